"""Connections by the standard library alone: who may write, and what the journal is opened with."""

from __future__ import annotations

import os
import sqlite3
import sys
from pathlib import Path

from sciaquiz.store.codec import text_or_bytes
from sciaquiz.store.errors import SQLITE_FAULTS, UnwritableError, store_error

BUSY_SECONDS = 5
PRAGMAS = ("synchronous=EXTRA", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON")
ROLLBACK = "-journal"
"""What SQLite puts behind the name of a file for its rollback journal."""


def can_write(path: Path) -> bool:
    """Say whether a journal may be written here: the file, if there is one, and its folder."""
    places = (path, path.parent) if path.exists() else (path.parent,)
    return all(os.access(place, os.W_OK) for place in places)


def connect(path: Path, timeout: float | None = None) -> sqlite3.Connection:
    """Open a journal that exists, as it is; one is never made. `timeout` is in seconds, else BUSY_SECONDS.

    Raises sqlite3.Error.

    A kill or a power cut can leave a transaction half written beside its rollback journal. Whoever reads next has to
    roll it back, which a read-only connection cannot; so it is opened for reading alone only where nobody may write.
    """
    mode = "rw" if can_write(path) else "ro"
    place = f"{path.absolute().as_uri()}?mode={mode}"
    wait = BUSY_SECONDS if timeout is None else timeout
    connection = sqlite3.connect(place, uri=True, timeout=wait, isolation_level=None, check_same_thread=False)
    connection.text_factory = text_or_bytes
    return connection


def prepare(connection: sqlite3.Connection) -> None:
    """Set a connection up: DELETE journal, synchronous=EXTRA, and no trust in what the schema says."""
    connection.isolation_level = None  # BEGIN is sent by us
    connection.text_factory = text_or_bytes
    connection.execute("PRAGMA journal_mode=DELETE")
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync=ON")


def open_for_writing(path: Path) -> sqlite3.Connection:
    """Open the file, made if need be, and set it up. Raises StoreError."""
    try:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
        try:
            prepare(connection)
        except BaseException:
            connection.close()
            raise
    except SQLITE_FAULTS as error:
        raise store_error(path, error) from None
    return connection


def rolled_back_copy(path: Path) -> Path | None:
    """Copy a journal that only a writer could roll back to a temporary folder, where that can be done.

    Returns None if there is nothing to roll back, or if it can be done in place. Raises StoreError.
    """
    rollback = path.with_name(path.name + ROLLBACK)
    try:
        if can_write(path) or not rollback.exists() or rollback.stat().st_size == 0:
            return None
    except OSError as error:
        raise UnwritableError(path, str(error)) from None
    return temporary_copy(path, "an unfinished answer has to be rolled back first")


def temporary_copy(path: Path, reason: str) -> Path:
    """Copy a journal, and what has to be rolled back in it, to a new temporary folder. Raises StoreError."""
    import shutil
    import tempfile

    try:
        folder = Path(tempfile.mkdtemp(prefix="sciaquiz-"))
        for source in (path, path.with_name(path.name + ROLLBACK)):
            if source.exists():
                shutil.copyfile(source, folder / source.name)
    except OSError as error:
        raise UnwritableError(path, f"{reason}: {error}") from None
    return folder / path.name
