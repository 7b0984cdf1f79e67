"""Backups: SQLite's online copy to a temporary name, checked, then renamed, and thinned with age."""

from __future__ import annotations

import os
import re
import sqlite3
import time
from datetime import date, timedelta
from secrets import token_hex
from typing import TYPE_CHECKING

from sciaquiz.store.connect import connect
from sciaquiz.store.errors import DamagedError, NotAJournalError, StoreError, UnwritableError

if TYPE_CHECKING:
    from pathlib import Path

    from sciaquiz.clock import Moment

DAILY, WEEKLY, MONTHLY = 7, 4, 12
NAME = re.compile(r"journal-(\d{4}-\d{2}-\d{2})\.db")
LEFT_OVER_AFTER = 3600
"""Seconds after which a partial copy belongs to nobody any more."""
COMPANIONS = ("", "-journal", "-wal", "-shm")


def copy_verified(source: Path, to: Path) -> Path:
    """Copy a journal that may be in use; the copy exists under its name only once it has passed its check.

    Raises StoreError.
    """
    partial = to.with_name(f"{to.name}.{token_hex(4)}.part")  # another instance may make the same backup just now
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(to)
        original = connect(source)
        copy = sqlite3.connect(partial)
        try:
            before = _counts(original)
            original.backup(copy)
            copied, after = _counts(copy), _counts(original)
            check = copy.execute("PRAGMA integrity_check").fetchone()[0]
        finally:
            copy.close()
            original.close()
        is_whole = all(least <= found <= most for least, found, most in zip(before, copied, after, strict=True))
        if check != "ok" or not is_whole:
            raise DamagedError(source, f"its copy did not pass the check: {check}, {copied} of {before} entries")
        _sync(partial)
        partial.replace(to)
        _sync(to.parent)
    except (OSError, sqlite3.Error) as error:
        raise UnwritableError(to, str(error)) from None
    finally:
        partial.unlink(missing_ok=True)
    return to


def _clear_leftovers(to: Path) -> None:
    """Delete parts of a copy that was broken off long ago."""
    for part in to.parent.glob(f"{to.name}.*.part"):
        if time.time() - part.stat().st_mtime > LEFT_OVER_AFTER:
            part.unlink(missing_ok=True)


def _counts(connection: sqlite3.Connection) -> tuple[int, ...]:
    return tuple(
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 -- our own names
        for table in ("review", "event")
    )


def _sync(path: Path) -> None:
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def back_up(journal: Path, folder: Path, study_day: date, *, to: Path | None = None) -> Path:
    """Write a backup now, to `to` or under the day's name in `folder`, and thin out the folder. Raises StoreError."""
    if to is not None:
        if to.exists():
            raise UnwritableError(to, "there is a file of this name already")
        return copy_verified(journal, to)
    made = copy_verified(journal, folder / f"journal-{study_day.isoformat()}.db")
    thin(folder, study_day)
    return made


def back_up_daily(journal: Path, folder: Path, study_day: date) -> Path | None:
    """Write the day's backup unless there is one already."""
    if (folder / f"journal-{study_day.isoformat()}.db").exists():
        return None
    return back_up(journal, folder, study_day)


def list_backups(folder: Path) -> tuple[Path, ...]:
    """Return the backups in the folder, the newest first."""
    return tuple(sorted((path for path in folder.glob("journal-*.db") if NAME.fullmatch(path.name)), reverse=True))


def thin(folder: Path, today: date) -> None:
    """Keep the last 7 days, then the newest of each of 4 weeks and of 12 months; delete the other backups."""
    keep: set[Path] = set()
    weeks: set[tuple[int, int]] = set()
    months: set[tuple[int, int]] = set()
    for path in list_backups(folder):
        match = NAME.fullmatch(path.name)
        assert match is not None  # noqa: S101 -- list_backups lists only such names
        day = date.fromisoformat(match[1])
        week = day.isocalendar()[:2]
        if today - day < timedelta(days=DAILY) or (week not in weeks and len(weeks) < WEEKLY):
            keep.add(path)
        elif (day.year, day.month) not in months and len(months) < MONTHLY:
            keep.add(path)
            months.add((day.year, day.month))
        weeks.add(week) if path in keep and today - day >= timedelta(days=DAILY) else None
    for path in list_backups(folder):
        if path not in keep:
            path.unlink(missing_ok=True)


def restore(backup: Path, journal: Path, now: Moment) -> Path | None:
    """Put a backup in place of the journal; returns where the journal that was there is kept.

    The backup is checked first. The old file and its companions are moved aside together, never deleted; the journal
    gets a new device, so that what is answered from now on cannot be taken for what was answered after the backup.
    Raises StoreError.
    """
    from sciaquiz.store.journal import Journal
    from sciaquiz.store.migrations import version_of

    if not backup.is_file():
        raise StoreError(backup, "there is no such backup.")
    if version_of(backup) == 0:
        raise NotAJournalError(backup)
    fresh = copy_verified(backup, journal.with_name("restoring.db"))
    aside = None
    try:
        if journal.exists():
            stamp = f"{now.local:%Y-%m-%d-%H%M%S}"
            aside = journal.with_name(f"journal.before-restore-{stamp}.db")
            number = 1
            while aside.exists():
                number += 1
                aside = journal.with_name(f"journal.before-restore-{stamp}-{number}.db")
            for ending in COMPANIONS:
                companion = journal.with_name(journal.name + ending)
                if companion.exists():
                    companion.replace(aside.with_name(aside.name + ending))
        fresh.replace(journal)
    except OSError as error:
        raise UnwritableError(journal, str(error)) from None
    opened = Journal.open(journal, now)
    opened.become_new_device(now)
    opened.close()
    return aside
