"""How SQLAlchemy opens the file: settings that a power cut was shown not to beat."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.pool import StaticPool

from sciaquiz.store.connect import prepare

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from sqlalchemy import Connection


def make_engine(connects: Callable[[], sqlite3.Connection]) -> tuple[Engine, Engine]:
    """Return the engines for reading and for writing; they share one connection, and a write begins IMMEDIATE."""
    reader = create_engine("sqlite://", creator=connects, poolclass=StaticPool)

    @event.listens_for(reader, "connect")
    def _connect(connection: Any, record: object) -> None:
        prepare(connection)

    @event.listens_for(reader, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN " + connection.get_execution_options().get("sqlite_begin", "DEFERRED"))

    return reader, reader.execution_options(sqlite_begin="IMMEDIATE")
