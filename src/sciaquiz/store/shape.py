"""Tables, columns, keys and indexes of a journal, made and looked for by what the models in `tables` say.

Whoever opens a journal of the usual shape needs none of this, and so not SQLAlchemy, which takes longer to import than
all the rest of a command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable

from sciaquiz.store.format import APPLICATION_ID, SCHEMA_VERSION
from sciaquiz.store.tables import TABLES

if TYPE_CHECKING:
    import sqlite3

    from sqlalchemy.schema import DDLElement


def create_tables(connection: sqlite3.Connection) -> None:
    """Write the current schema into a database that is empty."""
    for table in TABLES.values():
        connection.execute(_sql(CreateTable(table)))
        for index in sorted(table.indexes, key=lambda index: str(index.name)):
            connection.execute(_sql(CreateIndex(index)))
    connection.execute("INSERT INTO derived VALUES ('generation', 0), ('settled', 1)")
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def missing_parts(connection: sqlite3.Connection) -> list[str]:
    """Return what of the current schema is not there and cannot be done without: tables, columns, keys."""
    missing = []
    for name, table in TABLES.items():
        columns = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
        keys = sum(row[2] for row in connection.execute(f"PRAGMA index_list({name})"))
        unique = sum(isinstance(part, PrimaryKeyConstraint | UniqueConstraint) for part in table.constraints)
        if not columns:
            missing.append(f"the table {name}")
        else:
            missing += [f"the column {name}.{column.name}" for column in table.c if column.name not in columns]
            missing += [f"a key of {name}"] if keys < unique else []
    return missing


def missing_indexes(connection: sqlite3.Connection) -> list[str]:
    """Return the indexes that are not there: without them everything works, more slowly."""
    found = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'index'")}
    return sorted({str(index.name) for table in TABLES.values() for index in table.indexes} - found)


def remake_indexes(connection: sqlite3.Connection) -> None:
    """Make every index anew from the rows, in the transaction that is open."""
    for table in TABLES.values():
        for index in table.indexes:
            connection.execute(_sql(CreateIndex(index, if_not_exists=True)))
    connection.execute("REINDEX")


def _sql(statement: DDLElement) -> str:
    return str(statement.compile(dialect=sqlite.dialect()))
