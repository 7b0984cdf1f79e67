"""Putting a backup in place of the journal: at any instant, whatever happens, the journal is the old one or the new."""

from __future__ import annotations

import os
import shutil
import stat
from contextlib import closing, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.store.backup import copy_verified, sync
from sciaquiz.store.beside import ASIDE, COMPANIONS, RESTORING, clear, leftovers
from sciaquiz.store.connect import open_for_writing
from sciaquiz.store.errors import (
    SQLITE_FAULTS,
    DamagedError,
    NotAJournalError,
    StoreError,
    place_error,
    store_error,
)

if TYPE_CHECKING:
    import sqlite3

    from sciaquiz.clock import Moment


def restore(backup: Path, journal: Path, now: Moment) -> Path | None:
    """Put a backup in place of the journal; returns where the journal that was there is kept. Raises StoreError.

    All is made ready beside the journal: the checked copy becomes a new device, so that what is answered from now on
    cannot be taken for what was answered after the backup. The old journal gets a second name, and then one renaming
    puts the new one in its place. Meanwhile nobody else can write.
    """
    check_source(backup, journal)
    place = Path(os.path.realpath(journal))
    fresh = place.with_name(RESTORING)
    held = _hold(place)
    with nullcontext() if held is None else closing(held):
        try:
            clear(leftovers(place))
            copy_verified(backup, fresh)
            _become_new(fresh, now)
            sync(fresh)
            aside = put_aside(place, now, is_held=held is not None)
            if held is not None and os.name == "nt":
                held.close()  # an open file cannot be replaced there
            fresh.replace(place)
            sync(place.parent)
        except OSError as error:
            raise place_error(place, error) from None
        finally:
            clear(leftovers(place))
    return aside


def check_source(backup: Path, journal: Path) -> None:
    """Refuse whatever is no backup, before anything is touched; a pipe is never opened. Raises StoreError."""
    from sciaquiz.store.migrations import version_of

    try:
        mode = backup.stat().st_mode
        if stat.S_ISDIR(mode):
            raise StoreError(backup, "this is a folder. Name the file of a backup; to list them: sciaquiz restore")
        if not stat.S_ISREG(mode):
            raise StoreError(backup, "this is not a file. To list the backups: sciaquiz restore")
        if journal.exists() and backup.samefile(journal):
            raise StoreError(backup, "this is the journal itself. To list the backups: sciaquiz restore")
        with backup.open("rb") as file:
            file.read(1)
    except FileNotFoundError:
        raise StoreError(backup, "there is no such backup. To list them: sciaquiz restore") from None
    except OSError as error:
        raise StoreError(backup, f"this cannot be read ({error.strerror or error}). Nothing was changed.") from None
    try:
        if version_of(backup) > 0:
            return
    except NotAJournalError:
        pass
    raise StoreError(backup, "this is not a sciaquiz journal. Nothing was changed.")


def _hold(journal: Path) -> sqlite3.Connection | None:
    """Keep everyone from writing to the old journal, and roll back what a crash left half done in it.

    Returns None where there is no journal that could be written to: none at all, an empty or a damaged one.
    """
    try:
        if journal.stat().st_size == 0:
            return None
        connection = open_for_writing(journal)
    except (FileNotFoundError, DamagedError):
        return None
    except OSError as error:
        raise place_error(journal, error) from None
    try:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except SQLITE_FAULTS as error:
        connection.close()
        told = store_error(journal, error)
        if isinstance(told, DamagedError):
            return None
        raise told from None
    return connection


def _become_new(fresh: Path, now: Moment) -> None:
    from sciaquiz.store.file import JournalFile
    from sciaquiz.store.journal import Journal
    from sciaquiz.store.migrations import migrate

    migrate(fresh)
    journal = Journal(JournalFile(fresh, lambda: open_for_writing(fresh)))
    try:
        journal.become_new_device(now)
    finally:
        journal.close()


def put_aside(journal: Path, now: Moment, *, is_held: bool) -> Path | None:
    """Give the old journal a second name that it keeps; where files have only one, it is copied. Raises OSError.

    What belongs to a damaged one goes with it: a rollback journal that stayed would be rolled back into the new one.
    """
    if not journal.exists():
        return None
    aside, number = journal.with_name(f"{ASIDE}{now.local:%Y-%m-%d-%H%M%S}.db"), 1
    stem = aside.stem
    while os.path.lexists(aside):
        number += 1
        aside = aside.with_name(f"{stem}-{number}.db")
    try:
        os.link(journal, aside)
    except OSError:
        if is_held:
            copy_verified(journal, aside)  # by SQLite: closing the file ourselves would end its lock
        else:
            shutil.copyfile(journal, aside)
            sync(aside)
    if not is_held:
        for ending in COMPANIONS:
            companion = journal.with_name(journal.name + ending)
            if companion.exists():
                companion.replace(aside.with_name(aside.name + ending))
    sync(journal.parent)
    return aside
