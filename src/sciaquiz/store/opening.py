"""Opening the file of a journal: made or migrated if need be, or to be read only, and brought up to date."""

from __future__ import annotations

import errno
import shutil
import sqlite3
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from sciaquiz.store.beside import clear, leftovers, refuse_if_lost
from sciaquiz.store.connect import can_write, connect, open_for_writing, rolled_back_copy, temporary_copy
from sciaquiz.store.deriving import AT_ONCE, settle, unsettled
from sciaquiz.store.errors import ReadOnlyError, StoreError, place_error
from sciaquiz.store.file import JournalFile
from sciaquiz.store.format import SCHEMA_VERSION
from sciaquiz.store.migrations import migrate, version_of
from sciaquiz.store.reading import is_settled

if TYPE_CHECKING:
    from pathlib import Path

CANNOT_BE_WRITTEN = (errno.EROFS, errno.EACCES, errno.EPERM)


def open_file(path: Path) -> JournalFile:
    """Return the file ready for use, with a refusal where the place cannot be written. Raises StoreError."""
    refuse_if_lost(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except (PermissionError, OSError) as error:
        if error.errno not in CANNOT_BE_WRITTEN:
            raise place_error(path, error) from None
    if not can_write(path):
        return _file_to_read(path)
    is_new = not path.exists() or path.stat().st_size == 0
    migrate(path)
    return JournalFile(path, lambda: open_for_writing(path), is_new=is_new)


def _file_to_read(path: Path) -> JournalFile:
    """Return a file that cannot be written; one that does not exist is empty."""
    refusal = str(ReadOnlyError(path))
    if not path.exists():
        return JournalFile(path, _empty, refusal=refusal)
    copy = rolled_back_copy(path)
    try:
        if version_of(copy or path) < SCHEMA_VERSION:
            copy = copy or temporary_copy(path, "it has to be brought to the format of this version first")
            migrate(copy)
    except BaseException:
        if copy is not None:
            shutil.rmtree(copy.parent, ignore_errors=True)
        raise
    place = copy or path
    return JournalFile(path, lambda: connect(place), refusal=refusal, copied_to=copy and copy.parent)


def _empty() -> sqlite3.Connection:
    """Return a journal in memory in which nothing stands."""
    from sciaquiz.store.shape import create_tables

    connection = sqlite3.connect(":memory:", check_same_thread=False)
    create_tables(connection)
    return connection


def clear_leftovers(file: JournalFile) -> None:
    """Undo a restore that was broken off. One that goes on just now is waited for: it holds the journal."""
    if leftovers(file.path):
        with suppress(StoreError), file.arranging():
            clear(leftovers(file.path))


def settle_for(file: JournalFile, seconds: float) -> None:
    """Go on for some time with what a journal of an older format has not yet derived; the next opening goes on.

    Meanwhile everything is read in the older way, so it is left for later also where it fails. Raises StoreError if
    the file cannot be read.
    """
    with file.reading() as connection:
        if is_settled(connection.execute):
            return
        waiting = unsettled(connection)
    until = time.monotonic() + seconds
    with suppress(StoreError):
        while time.monotonic() < until:
            some, waiting = waiting[:AT_ONCE], waiting[AT_ONCE:]
            with file.arranging() as connection:
                settle(connection, some, is_last=not waiting)
            if not waiting:
                return
