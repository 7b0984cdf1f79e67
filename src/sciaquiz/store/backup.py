"""Backups: SQLite's online copy to a temporary name, checked, then renamed, and thinned with age."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from datetime import date, timedelta
from secrets import token_hex
from typing import TYPE_CHECKING

from sciaquiz.store.beside import clear, day_of, list_backups
from sciaquiz.store.connect import connect
from sciaquiz.store.errors import SQLITE_FAULTS, BackupError, DamagedError, UnwritableError, store_error
from sciaquiz.store.integrity import Integrity, integrity_of
from sciaquiz.words import count

if TYPE_CHECKING:
    from pathlib import Path

DAILY, WEEKLY, MONTHLY = 7, 4, 12
LEFT_OVER_AFTER = 3600
"""Seconds after which a partial copy belongs to nobody any more."""


def copy_verified(source: Path, to: Path) -> Integrity:
    """Copy a journal that may be in use; the copy exists under its name only once it has passed its check.

    Returns the faults of single rows, which the copy shares. Raises StoreError.
    """
    partial = to.with_name(f"{to.name}.{token_hex(4)}.part")  # another instance may make the same backup just now
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        _clear_leftovers(to)
        with closing(connect(source)) as original, closing(sqlite3.connect(partial)) as copy:
            before = _counts(original)
            original.backup(copy)
            copied, after = _counts(copy), _counts(original)
            check = integrity_of(copy)
        is_whole = all(least <= found <= most for least, found, most in zip(before, copied, after, strict=True))
        if check.file or not is_whole:
            raise DamagedError(
                source,
                f"its copy did not pass the check: {check.words()}, {sum(copied)} of {count(sum(before), 'row')}",
            )
        sync(partial)
        partial.replace(to)
        sync(to.parent)
    except SQLITE_FAULTS as error:
        told = store_error(source, error)
        raise (BackupError(to, str(error)) if isinstance(told, UnwritableError) else told) from None
    except OSError as error:
        raise BackupError(to, error.strerror or str(error)) from None
    finally:
        clear((partial,))
    return check


def _clear_leftovers(to: Path) -> None:
    """Delete parts of a copy that was broken off long ago."""
    for part in to.parent.glob(f"{to.name}.*.part"):
        with suppress(OSError):
            if time.time() - part.stat().st_mtime > LEFT_OVER_AFTER:
                part.unlink(missing_ok=True)


def _counts(connection: sqlite3.Connection) -> tuple[int, ...]:
    return tuple(
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]  # noqa: S608 -- our own names
        for table in ("review", "event")
    )


def _entries_in(path: Path) -> int:
    """Return how many entries a journal has, 0 if it cannot be read."""
    try:
        with closing(connect(path)) as connection:
            return sum(_counts(connection))
    except SQLITE_FAULTS:
        return 0


def sync(path: Path) -> None:
    """Wait until a file or the names in a folder are on the disk. Raises OSError."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def back_up(journal: Path, folder: Path, study_day: date, *, to: Path | None = None) -> Path:
    """Write a backup now, to `to` or under the day's name in `folder`, and thin out the folder. Raises StoreError.

    One with fewer entries than the backup before it, or with damaged rows, replaces none and thins none out.
    """
    if to is not None:
        if os.path.lexists(to):
            raise BackupError(to, "there is a file of this name already")
        copy_verified(journal, to)
        return to
    known = list_backups(folder)
    has_fewer = bool(known) and _entries_in(journal) < _entries_in(known[0])
    made = folder / f"journal-{study_day.isoformat()}.db"
    number = 1
    while has_fewer and os.path.lexists(made):
        number += 1
        made = folder / f"journal-{study_day.isoformat()}-{number}.db"
    check = copy_verified(journal, made)
    if not has_fewer and not check.rows:
        thin(folder, study_day)
    return made


def back_up_daily(journal: Path, folder: Path, study_day: date) -> Path | None:
    """Write the day's backup unless there is one already. Raises StoreError."""
    if any(day_of(backup) == study_day for backup in list_backups(folder)):
        return None
    return back_up(journal, folder, study_day)


def thin(folder: Path, today: date) -> None:
    """Keep the last 7 days, then the newest of each of 4 weeks and of 12 months; delete the other backups."""
    keep: set[Path] = set()
    weeks: set[tuple[int, int]] = set()
    months: set[tuple[int, int]] = set()
    backups = list_backups(folder)
    for path in backups:
        day = day_of(path) or today
        week = day.isocalendar()[:2]
        if today - day < timedelta(days=DAILY) or (week not in weeks and len(weeks) < WEEKLY):
            keep.add(path)
        elif (day.year, day.month) not in months and len(months) < MONTHLY:
            keep.add(path)
            months.add((day.year, day.month))
        weeks.add(week) if path in keep and today - day >= timedelta(days=DAILY) else None
    clear(tuple(path for path in backups if path not in keep))
