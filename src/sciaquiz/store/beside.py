"""The files beside a journal: its backups, what a restore or a migration put aside, and what a restore left behind."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from datetime import date
from typing import TYPE_CHECKING

from sciaquiz.store.errors import LostJournalError

if TYPE_CHECKING:
    from pathlib import Path

BACKUPS = "backups"
NAME = re.compile(r"journal-(\d{4}-\d{2}-\d{2})(?:-(\d{1,4}))?\.db")
RESTORING = "restoring.db"
"""The name under which a restore makes the new journal ready, beside the old one."""
ASIDE = "journal.before-restore-"
REACH = """
SELECT max(latest), total(entries) FROM (
    SELECT max(at_ms) AS latest, count(*) AS entries FROM review UNION ALL SELECT max(at_ms), count(*) FROM event
)
"""
COMPANIONS = ("-journal", "-wal", "-shm")
"""What SQLite puts behind the name of a file for the files that belong to it."""


def day_of(backup: Path) -> date | None:
    """Return the study day of a backup by its name, None for any other file."""
    match = NAME.fullmatch(backup.name)
    try:
        return date.fromisoformat(match[1]) if match else None
    except ValueError:
        return None


def list_backups(folder: Path) -> tuple[Path, ...]:
    """Return the backups in the folder, the newest first; none if it cannot be read."""
    found = []
    for path in _listed(folder):
        day, match = day_of(path), NAME.fullmatch(path.name)
        if day is not None and match is not None:
            found.append((day, int(match[2] or 1), path))
    return tuple(path for _, _, path in sorted(found, reverse=True))


def list_asides(journal: Path) -> tuple[Path, ...]:
    """Return the whole journals that a restore or a migration put aside, the newest first."""
    names = re.compile(rf"({re.escape(ASIDE)}.*|{re.escape(journal.stem)}\.pre-v\d+)\.db")
    found = [path for path in _listed(journal.parent) if names.fullmatch(path.name)]
    return tuple(sorted(found, key=_age, reverse=True))


def list_strays(journal: Path) -> tuple[Path, ...]:
    """Return other journals beside this one by their names: a sync folder keeps what it cannot merge as such copies."""
    asides = {journal, *list_asides(journal), *leftovers(journal)}
    strays = [path for path in _listed(journal.parent) if path.suffix == journal.suffix and path not in asides]
    return tuple(sorted(path for path in strays if path.stem.startswith(journal.stem)))


def refuse_if_lost(journal: Path) -> None:
    """Tell a journal that is gone or empty from one that never was. Raises LostJournalError.

    A journal is made before anything is backed up or put aside, so whoever has copies had answers.
    """
    try:
        if journal.stat().st_size > 0:
            return
        state = "the journal is empty"
    except OSError:
        state = "there is no journal here"
    backups, asides = list_backups(journal.parent / BACKUPS), list_asides(journal)
    if backups or asides:
        raise LostJournalError(journal, state, len(backups), len(asides), max((*backups, *asides), key=_reach))


def leftovers(journal: Path) -> tuple[Path, ...]:
    """Return what a restore that was broken off left beside the journal, which is still the old one.

    That is the copy that was made ready, and a second name of the journal where it should have been put aside.
    """
    found = []
    for path in _listed(journal.parent):
        belongs = any(path.with_name(path.name + ending).exists() for ending in COMPANIONS)
        if path.name.startswith(RESTORING) or (path.name.startswith(ASIDE) and not belongs and _same(path, journal)):
            found.append(path)
    return tuple(found)


def clear(paths: tuple[Path, ...]) -> None:
    """Delete files; one that cannot be deleted stays."""
    for path in paths:
        with suppress(OSError):
            path.unlink(missing_ok=True)


def _listed(folder: Path) -> tuple[Path, ...]:
    try:
        return tuple(folder.iterdir())
    except OSError:
        return ()


def _reach(copy: Path) -> tuple[int, float, float]:
    """Return the instant of a journal's last entry, how many it has, and its age, which a home that was copied lost."""
    try:
        with closing(sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            latest, entries = connection.execute(REACH).fetchone()
    except (sqlite3.Error, UnicodeDecodeError):
        latest = entries = 0
    return (latest if isinstance(latest, int) else 0, entries, _age(copy))


def _age(path: Path) -> float:
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0


def _same(path: Path, other: Path) -> bool:
    try:
        return path.samefile(other)
    except OSError:
        return False
