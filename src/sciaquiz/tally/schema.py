"""The tables of the cache of statistics. They hold nothing that cannot be made anew from the journal and the decks."""

from __future__ import annotations

import sqlite3
import struct
from typing import TYPE_CHECKING

from sciaquiz import __version__
from sciaquiz.catalogue.schema import DAMAGE as OF_SQLITE
from sciaquiz.catalogue.schema import make, transaction
from sciaquiz.tally.figures import COLUMNS
from sciaquiz.tally.standing import STANDINGS

if TYPE_CHECKING:
    from pathlib import Path

FORMAT = 4
"""To be raised whenever a table changes, or what a fact is."""

DAMAGE = (*OF_SQLITE, struct.error)
"""What using a damaged file raises."""

TOTAL = 0
"""The day that stands for all days: the sum of the others."""

TABLES = f"""
CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE scope(key TEXT PRIMARY KEY, name TEXT NOT NULL, cards INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE card(
    id TEXT NOT NULL UNIQUE, deck TEXT NOT NULL, scopes TEXT NOT NULL, chance INTEGER NOT NULL, facts BLOB NOT NULL,
    answers INTEGER NOT NULL, correct INTEGER NOT NULL, weakness REAL NOT NULL, reasons INTEGER NOT NULL,
    day INTEGER NOT NULL, stability REAL NOT NULL, difficulty REAL NOT NULL, fast REAL NOT NULL,
    answered INTEGER NOT NULL,
    begun INTEGER NOT NULL, learning INTEGER NOT NULL, due INTEGER NOT NULL, lapses INTEGER NOT NULL,
    firmness REAL NOT NULL, hardness REAL NOT NULL
);
CREATE TABLE figure(
    scope TEXT NOT NULL, day INTEGER NOT NULL,
    {", ".join(f"{name} INTEGER NOT NULL" for name in COLUMNS)},
    PRIMARY KEY (scope, day)
) WITHOUT ROWID;
CREATE TABLE standing(
    scope TEXT PRIMARY KEY, {", ".join(f"{name} INTEGER NOT NULL" for name in STANDINGS)}
) WITHOUT ROWID;
CREATE TABLE due(scope TEXT NOT NULL, day INTEGER NOT NULL, cards INTEGER NOT NULL, PRIMARY KEY (scope, day))
    WITHOUT ROWID;
CREATE TABLE course_day(day INTEGER PRIMARY KEY);
CREATE TABLE course(scope TEXT NOT NULL, day INTEGER NOT NULL, known INTEGER NOT NULL, PRIMARY KEY (scope, day))
    WITHOUT ROWID;
CREATE INDEX card_deck ON card(deck);
CREATE INDEX card_weak ON card(weakness, id, deck, scopes) WHERE answers >= 3 AND correct < answers;
CREATE INDEX card_scopes ON card(scopes) WHERE deck <> '';
CREATE INDEX card_lapses ON card(lapses, scopes, id) WHERE deck <> '' AND lapses > 0;
CREATE INDEX card_firm ON card(firmness, scopes) WHERE deck <> '' AND firmness > 0;
CREATE INDEX card_hard ON card(hardness, scopes) WHERE deck <> '' AND firmness > 0;
CREATE INDEX card_reasons ON card(reasons, id, deck, scopes) WHERE reasons <> 0;
"""
"""A scope's key is empty for all, else "deck:", "kind:" or "topic:" and its value. The scopes of a card stand in lines;
a card that is not installed has none but that of all. `day` to `answered` of a card are what the last fact in order
that moves its memory has left."""

ADD_FIGURES = (
    f"INSERT INTO figure VALUES ({', '.join('?' * (len(COLUMNS) + 2))}) ON CONFLICT (scope, day) DO UPDATE SET "  # noqa: S608 -- our own names
    + ", ".join(f"{name} = {name} + excluded.{name}" for name in COLUMNS)
)
ADD_KNOWN = """
INSERT INTO course VALUES (?, ?, ?) ON CONFLICT (scope, day) DO UPDATE SET known = known + excluded.known
"""
ADD_STANDING = (
    f"INSERT INTO standing VALUES ({', '.join('?' * (len(STANDINGS) + 1))}) ON CONFLICT (scope) DO UPDATE SET "  # noqa: S608 -- our own names
    + ", ".join(f"{name} = {name} + excluded.{name}" for name in STANDINGS)
)
ADD_DUE = "INSERT INTO due VALUES (?, ?, ?) ON CONFLICT (scope, day) DO UPDATE SET cards = cards + excluded.cards"
VERSION = f"{FORMAT} {__version__}"


def open_tally(path: Path | None) -> sqlite3.Connection:
    """Open the file, made if there is none; without a path, in memory. Raises sqlite3.Error or OSError.

    A file that holds anything else, or is of another version, is not touched.
    """
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False, timeout=10)
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        if not _is_empty(connection) and _version(connection) != VERSION:
            raise sqlite3.DatabaseError("these are no statistics of this version")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        with transaction(connection):
            if _is_empty(connection):  # another window may have been faster
                make(connection, TABLES)
                connection.execute("INSERT INTO meta VALUES ('version', ?)", (VERSION,))
    except BaseException:
        connection.close()
        raise
    return connection


def forget_all(connection: sqlite3.Connection) -> None:
    """Take everything out that came from the journal, within a transaction."""
    for table in ("card", "figure", "standing", "due", "course_day", "course"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own names
    connection.execute("DELETE FROM meta WHERE name <> 'version'")


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _version(connection: sqlite3.Connection) -> object:
    return next((value for (value,) in connection.execute("SELECT value FROM meta WHERE name = 'version'")), None)
