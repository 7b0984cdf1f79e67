"""The tables of the catalogue. They hold nothing that cannot be made anew from the decks and the journal."""

from __future__ import annotations

import math
import re
import sqlite3
from contextlib import contextmanager, suppress
from itertools import pairwise
from typing import TYPE_CHECKING

from sciaquiz import __version__

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence
    from pathlib import Path

FORMAT = 15
"""To be raised whenever a table or the JSON in it changes."""

DAMAGE = (sqlite3.Error, OSError, ValueError, TypeError, LookupError, ArithmeticError)
"""What using a damaged file raises: SQLite knows of its pages, and not of columns, in which anything may stand."""

PLACES_IN_A_DECK = 32
"""Bits of a card's place that are counted within its deck; the rank of the deck stands above them."""

TABLES = """
CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE deck(
    num INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE, stamp TEXT NOT NULL, rank INTEGER NOT NULL,
    id TEXT NOT NULL, title TEXT NOT NULL, kept INTEGER NOT NULL, pictured INTEGER NOT NULL,
    head BLOB NOT NULL, problems BLOB NOT NULL
);
CREATE TABLE question(
    num INTEGER PRIMARY KEY, deck INTEGER NOT NULL, place INTEGER NOT NULL, id TEXT NOT NULL, kind TEXT NOT NULL,
    concept TEXT, kept INTEGER NOT NULL, length INTEGER NOT NULL, opening TEXT NOT NULL, stored BLOB NOT NULL
);
CREATE TABLE topic(
    slug TEXT NOT NULL, question INTEGER NOT NULL, deck INTEGER NOT NULL, name TEXT NOT NULL,
    PRIMARY KEY (slug, question)
) WITHOUT ROWID;
CREATE TABLE text(question INTEGER PRIMARY KEY, deck INTEGER NOT NULL, words TEXT NOT NULL);
CREATE TABLE term(key TEXT NOT NULL, deck INTEGER NOT NULL, PRIMARY KEY (key, deck)) WITHOUT ROWID;
CREATE TABLE word(length INTEGER NOT NULL, word TEXT NOT NULL, deck INTEGER NOT NULL, PRIMARY KEY (length, word, deck))
    WITHOUT ROWID;
CREATE TABLE card(
    num INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, question INTEGER NOT NULL, part TEXT NOT NULL,
    deck INTEGER NOT NULL, place INTEGER NOT NULL, siblings INTEGER NOT NULL, "case" TEXT NOT NULL,
    stage INTEGER NOT NULL, danger INTEGER NOT NULL, kind TEXT NOT NULL, level TEXT NOT NULL,
    mirrored INTEGER NOT NULL DEFAULT 0, phase INTEGER, due INTEGER, due_at INTEGER, last INTEGER, stability REAL,
    difficulty REAL, fast REAL, lapses INTEGER, suspended INTEGER NOT NULL DEFAULT 0, buried INTEGER NOT NULL DEFAULT 0,
    flagged INTEGER NOT NULL DEFAULT 0, noted INTEGER NOT NULL DEFAULT 0, unsafe INTEGER NOT NULL DEFAULT 0,
    answer INTEGER, answered_at INTEGER, state BLOB
);
CREATE TABLE due_on(day INTEGER PRIMARY KEY, cards INTEGER NOT NULL);
CREATE INDEX question_deck ON question(deck, place);
CREATE INDEX text_deck ON text(deck);
CREATE INDEX topic_deck ON topic(deck);
CREATE INDEX term_deck ON term(deck);
CREATE INDEX word_deck ON word(deck);
CREATE INDEX question_id ON question(id);
CREATE INDEX question_concept ON question(concept) WHERE concept IS NOT NULL;
CREATE INDEX card_question ON card(question);
CREATE INDEX card_place ON card(place);
CREATE INDEX card_level ON card(level) WHERE level <> '';
CREATE INDEX card_unsafe ON card(place, deck) WHERE danger AND unsafe;
"""

ORDERS = """
CREATE INDEX card_due ON card(
    due, suspended, buried, deck, siblings, question, last, stability, difficulty, fast, kind, place, id
) WHERE phase = 2;
CREATE INDEX card_known ON card(deck, last, stability, difficulty, fast) WHERE phase = 2;
CREATE INDEX card_steps ON card(due, deck) WHERE phase < 2;
CREATE INDEX card_fresh ON card(deck, place, suspended, buried, siblings, question, "case", stage, id)
    WHERE phase IS NULL;
CREATE INDEX card_met ON card(last, place, question, id) WHERE siblings > 1 AND phase IS NOT NULL;
CREATE INDEX card_waiting ON card(
    (CASE WHEN danger AND unsafe THEN 0 WHEN answer = 0 THEN 1 ELSE 2 END), due, place, buried, due_at
) WHERE phase IS NOT NULL AND NOT suspended;
CREATE INDEX card_back ON card(max(due, buried), due_at, place, deck) WHERE phase IS NOT NULL AND NOT suspended;
CREATE INDEX card_unseen ON card(place) WHERE phase IS NULL AND NOT suspended;
CREATE INDEX card_apart ON card(place) WHERE suspended;
CREATE INDEX card_unmirrored ON card(id) WHERE NOT mirrored;
CREATE INDEX card_seven ON card(id) WHERE fast IS NOT NULL;
DELETE FROM due_on;
INSERT INTO due_on
SELECT due, count(*) FROM card INDEXED BY card_due WHERE phase = 2 AND NOT suspended GROUP BY due;
CREATE TRIGGER card_moved AFTER UPDATE OF phase, due, suspended ON card
WHEN (OLD.phase, OLD.due, OLD.suspended) IS NOT (NEW.phase, NEW.due, NEW.suspended) BEGIN
    UPDATE due_on SET cards = cards - 1 WHERE day = OLD.due AND OLD.phase = 2 AND NOT OLD.suspended;
    INSERT INTO due_on SELECT NEW.due, 1 WHERE NEW.phase = 2 AND NOT NEW.suspended
        ON CONFLICT (day) DO UPDATE SET cards = cards + 1;
    END;
CREATE TRIGGER card_gone AFTER DELETE ON card WHEN OLD.phase = 2 AND NOT OLD.suspended BEGIN
    UPDATE due_on SET cards = cards - 1 WHERE day = OLD.due;
    END;
"""
"""What changes with states: indexes, and how many reviews are due on each day. Dropped and made anew where many do."""

NAMES_OF_ORDERS = (
    "card_due", "card_known", "card_steps", "card_fresh", "card_met", "card_waiting", "card_back", "card_unseen",
    "card_apart", "card_unmirrored", "card_seven",
)  # fmt: skip
DROP_ORDERS = (
    *(f"DROP INDEX {name}" for name in NAMES_OF_ORDERS), "DROP TRIGGER card_moved", "DROP TRIGGER card_gone"
)  # fmt: skip

VERSION = "SELECT value FROM meta WHERE name = 'version'"


@contextmanager
def transaction(connection: sqlite3.Connection) -> Generator[None]:
    """Begin a write transaction; commit it, or roll it back after an error."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


@contextmanager
def reading(connection: sqlite3.Connection) -> Generator[None]:
    """Let several queries see the same, whatever another window writes meanwhile."""
    connection.execute("BEGIN")
    try:
        yield
    finally:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")


def check_order(after: int, places: Sequence[int]) -> None:
    """Raise sqlite3.Error unless each place comes after the one before: in a damaged index no reading on would end."""
    if any(place <= before for before, place in pairwise((after, *places))):
        raise sqlite3.DatabaseError("the places are not in order")


def open_catalogue(path: Path | None) -> sqlite3.Connection:
    """Open the file, made if there is none; without a path, in memory. Raises sqlite3.Error or OSError.

    A file that holds anything else, or is of another format or version, is not touched: a link may lead to it, and
    another window may be using it. A power cut may lose the newest rows, with the marks that say how far they go: both
    come anew at the next look.
    """
    if path is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(
        path or ":memory:", isolation_level=None, check_same_thread=False, timeout=10, cached_statements=256
    )
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        _refuse_another(connection)
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("PRAGMA cache_size=-32768")
        teach_arithmetic(connection)
        with transaction(connection):
            if _is_empty(connection):  # another window may have been faster
                _make_catalogue(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def teach_arithmetic(connection: sqlite3.Connection) -> None:
    """Let the connection work with powers, where SQLite was built without them."""
    try:
        connection.execute("SELECT pow(2.0, 0.5), exp(1.0)")
    except sqlite3.OperationalError:
        connection.create_function("pow", 2, math.pow, deterministic=True)
        connection.create_function("exp", 1, math.exp, deterministic=True)


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone() is None


def _refuse_another(connection: sqlite3.Connection) -> None:
    """Raise sqlite3.Error for a file in which anything stands that this version did not write."""
    if _is_empty(connection):
        return
    [found] = connection.execute("PRAGMA user_version").fetchone()
    if found != FORMAT or connection.execute(VERSION).fetchone() != (__version__,):
        raise sqlite3.DatabaseError("this is no catalogue of this version")


def make(connection: sqlite3.Connection, script: str) -> None:
    """Run the statements of TABLES or ORDERS, of which further lines are indented, within the transaction open."""
    for statement in re.split(r";\n(?! )", script):
        if statement.strip():
            connection.execute(statement)


def _make_catalogue(connection: sqlite3.Connection) -> None:
    make(connection, TABLES + ORDERS)
    connection.execute("INSERT INTO meta VALUES ('version', ?)", (__version__,))
    connection.execute(f"PRAGMA user_version={FORMAT:d}")
