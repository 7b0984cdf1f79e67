"""How the file is opened: settings that a power cut was shown not to beat."""

from __future__ import annotations

import sqlite3
import sys
from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from sciaquiz.store.errors import DamagedError, UnwritableError

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

BUSY_SECONDS = 5
PRAGMAS = ("synchronous=EXTRA", "foreign_keys=ON", "trusted_schema=OFF", "cell_size_check=ON")


def prepare(connection: sqlite3.Connection) -> None:
    """Set a connection up: DELETE journal, synchronous=EXTRA, and no trust in what the schema says."""
    connection.isolation_level = None  # BEGIN is sent by us
    connection.execute("PRAGMA journal_mode=DELETE")
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    if sys.platform == "darwin":
        connection.execute("PRAGMA fullfsync=ON")


def make_engine(path: Path) -> tuple[Engine, Engine]:
    """Return the engines for reading and for writing; they share one connection, and a write begins IMMEDIATE."""
    reader = create_engine(
        f"sqlite:///{path}",
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        poolclass=StaticPool,
    )

    @event.listens_for(reader, "connect")
    def _connect(connection: Any, record: object) -> None:
        prepare(connection)

    @event.listens_for(reader, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get("sqlite_begin", "DEFERRED"))

    return reader, reader.execution_options(sqlite_begin="IMMEDIATE")


def raw(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    """Open the file with the standard library. Raises StoreError."""
    try:
        if read_only:
            return sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS)
        prepare(connection)
    except sqlite3.DatabaseError as error:
        if getattr(error, "sqlite_errorname", "") in ("SQLITE_NOTADB", "SQLITE_CORRUPT"):
            raise DamagedError(path, str(error)) from None
        raise UnwritableError(path, str(error)) from None
    return connection
