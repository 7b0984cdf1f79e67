"""Bringing a journal to the schema of this version: numbered steps, each in one transaction, a backup first."""

from __future__ import annotations

from contextlib import closing
from secrets import token_hex
from typing import TYPE_CHECKING

from sciaquiz.store.beside import clear
from sciaquiz.store.connect import connect, open_for_writing
from sciaquiz.store.errors import (
    SQLITE_FAULTS,
    DamagedError,
    NewerSchemaError,
    NotAJournalError,
    place_error,
    sqlite_name,
    store_error,
)
from sciaquiz.store.format import APPLICATION_ID, SCHEMA_VERSION, has_usual_shape

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Mapping
    from pathlib import Path

    Step = Callable[[sqlite3.Connection], None]


def _to_2(connection: sqlite3.Connection) -> None:
    """Add what is derived from version 2 on, still empty: it is filled in little by little, since that takes a replay.

    What a damaged row of `card_state` held is left out; it follows from the entries.
    """
    columns = ", ".join(row[1] for row in connection.execute("PRAGMA table_info(card_state)"))
    for statement in (
        "ALTER TABLE card_state RENAME TO card_state_1",
        TO_2_STATE,
        f"INSERT OR IGNORE INTO card_state ({columns}) SELECT {columns} FROM card_state_1",  # noqa: S608 -- our own
        "DROP TABLE card_state_1",
        TO_2_DAYS,
        "CREATE TABLE derived (name VARCHAR NOT NULL, value INTEGER, PRIMARY KEY (name)) WITHOUT ROWID",
        "INSERT INTO derived VALUES ('generation', 0), ('settled', 0)",
        "DROP INDEX IF EXISTS review_day",
        "CREATE INDEX review_at ON review (at_ms)",
    ):
        connection.execute(statement)


def _to_3(connection: sqlite3.Connection) -> None:
    """Say for each card what its latest answer was, from the entries, in the order in which they count.

    Nothing has to be replayed for it. Rows that cannot be read count for nothing here either.
    """
    for statement in (
        "ALTER TABLE card_state ADD COLUMN last_answer_ms BIGINT",
        "ALTER TABLE card_state ADD COLUMN last_answer_correct BOOLEAN",
        "ALTER TABLE card_state ADD COLUMN last_answer_certainty INTEGER",
        TO_3_LAST,
    ):
        connection.execute(statement)


def _to_4(connection: sqlite3.Connection) -> None:
    """Make room for the second stability of FSRS-7, which no card has yet."""
    connection.execute("ALTER TABLE card_state ADD COLUMN fast_stability FLOAT")


STANDS_IN_2 = """
NOT EXISTS (
    SELECT 1 FROM event AS void WHERE void.target = {0}.id AND void.kind = 'void' AND void.card_id = {0}.card_id
)
AND typeof({0}.id) = 'text' AND typeof(card_id) = 'text' AND typeof(device_id) = 'text'
AND typeof(seq) = 'integer' AND typeof(at_ms) = 'integer'
"""
TO_3_LAST = f"""
INSERT INTO card_state (card_id, suspended, flagged, note,
    last_answer_ms, last_answer_correct, last_answer_certainty)
SELECT card_id, 0, 0, '', at_ms, correct, certainty FROM (
    SELECT *, row_number() OVER (PARTITION BY card_id ORDER BY reached DESC, device_id DESC, seq DESC, id DESC) AS nth
    FROM (
        SELECT *, max(at_ms) OVER (PARTITION BY card_id, device_id ORDER BY seq, id ROWS UNBOUNDED PRECEDING) AS reached
        FROM (
            SELECT id, card_id, device_id, seq, at_ms, correct, certainty FROM review
            WHERE {STANDS_IN_2.format("review")} AND correct IN (0, 1) AND coalesce(certainty, 1) IN (1, 2, 3)
            AND mode IN ('study', 'drill') AND json_valid(response)
            UNION ALL
            SELECT id, card_id, device_id, seq, at_ms, NULL, NULL FROM event
            WHERE {STANDS_IN_2.format("event")} AND kind <> 'void' AND json_valid(payload)
        )
    )
    WHERE correct IS NOT NULL
)
WHERE nth = 1 AND card_id IN (SELECT card_id FROM card_state)
ON CONFLICT (card_id) DO UPDATE SET last_answer_ms = excluded.last_answer_ms,
    last_answer_correct = excluded.last_answer_correct, last_answer_certainty = excluded.last_answer_certainty
"""  # noqa: S608 -- our own text

TO_2_STATE = """
CREATE TABLE card_state (
    card_id VARCHAR NOT NULL, phase VARCHAR, step INTEGER, stability FLOAT, difficulty FLOAT, due_day DATE,
    due_at_ms BIGINT, interval_days INTEGER, first_day DATE, last_day DATE, last_at_ms BIGINT, last_rating INTEGER,
    reps INTEGER, lapses INTEGER, suspended BOOLEAN NOT NULL, buried_until DATE, flagged BOOLEAN NOT NULL,
    note VARCHAR NOT NULL, unsafe_since DATE, unsafe_proved DATE, reached_ms BIGINT, reached_day DATE,
    PRIMARY KEY (card_id)
)
"""
TO_2_DAYS = """
CREATE TABLE day_stat (
    study_day DATE NOT NULL, deck_id VARCHAR NOT NULL, answers INTEGER, correct INTEGER, latency_ms INTEGER,
    timed INTEGER, again INTEGER, hard INTEGER, good INTEGER, easy INTEGER, guess INTEGER, guess_correct INTEGER,
    think INTEGER, think_correct INTEGER, sure INTEGER, sure_correct INTEGER, introduced INTEGER, reviewed INTEGER,
    young INTEGER, young_kept INTEGER, mature INTEGER, mature_kept INTEGER,
    PRIMARY KEY (study_day, deck_id)
) WITHOUT ROWID
"""

STEPS: Mapping[int, Step] = {1: _to_2, 2: _to_3, 3: _to_4}
"""From each released schema to the next: STEPS[1] turns a journal of version 1 into version 2."""


def version_of(path: Path) -> int:
    """Return the schema of the file, 0 if it is new or empty. What a crash left half done in it is rolled back.

    Raises StoreError.
    """
    try:
        if not path.exists() or path.stat().st_size == 0:
            return 0
        with closing(connect(path)) as connection:
            application = connection.execute("PRAGMA application_id").fetchone()[0]
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            is_current = version == SCHEMA_VERSION and application == APPLICATION_ID
            lacking = _missing_parts(connection) if is_current and not has_usual_shape(connection) else []
    except SQLITE_FAULTS as error:
        if sqlite_name(error) == "SQLITE_NOTADB":
            raise NotAJournalError(path) from None
        raise store_error(path, error) from None
    except OSError as error:
        raise place_error(path, error) from None
    if application != APPLICATION_ID:
        if tables or application:
            raise NotAJournalError(path)
        return 0
    if version > SCHEMA_VERSION:
        raise NewerSchemaError(path, version, SCHEMA_VERSION)
    if version < 1:
        raise DamagedError(path, f"its format is given as {version}")
    if lacking:
        raise DamagedError(path, f"missing: {', '.join(lacking)}")
    return version


def _missing_parts(connection: sqlite3.Connection) -> list[str]:
    from sciaquiz.store.shape import missing_parts

    return missing_parts(connection)


def migrate(path: Path, steps: Mapping[int, Step] = STEPS, target: int = SCHEMA_VERSION) -> None:
    """Bring the file to `target`, after a backup of each format on the way. Raises StoreError; then it is as it was.

    A step that loses or changes a review is rolled back and raises DamagedError.
    """
    from sciaquiz.store.backup import copy_verified, sync

    version = version_of(path)
    if version == 0:
        _create(path)
        return
    while version < target:
        kept = path.with_name(f"{path.stem}.pre-v{version + 1}.db")
        copy = kept.with_name(f"{kept.name}.{token_hex(4)}.part")
        copy_verified(path, copy)
        connection = open_for_writing(path)
        try:
            connection.execute("PRAGMA foreign_keys=OFF")  # inside a transaction it would do nothing
            connection.execute("BEGIN EXCLUSIVE")
            if connection.execute("PRAGMA user_version").fetchone()[0] == version:  # no other instance was faster
                copy.replace(kept)
                sync(kept.parent)
                _step(connection, path, steps[version], version + 1)
            connection.execute("COMMIT")
        except SQLITE_FAULTS as error:
            raise store_error(path, error) from None
        except OSError as error:
            raise place_error(path, error) from None
        finally:
            connection.close()  # what was not committed is rolled back
            clear((copy,))
        version += 1


def _step(connection: sqlite3.Connection, path: Path, step: Step, target: int) -> None:
    """Take one step in the transaction that is open. Raises DamagedError."""
    before = evidence_of(connection)
    step(connection)
    if evidence_of(connection) != before or connection.execute("PRAGMA foreign_key_check").fetchall():
        raise DamagedError(path, f"the step to format {target} would have changed answers; it was undone")
    connection.execute(f"PRAGMA user_version = {target}")


def evidence_of(connection: sqlite3.Connection) -> tuple[object, ...]:
    """Return what no migration may change: how many reviews and events there are, and their checksums."""
    return tuple(
        connection.execute(f"SELECT count(*), group_concat(checksum) FROM (SELECT checksum FROM {table} ORDER BY id)")  # noqa: S608 -- our own names
        .fetchone()
        for table in ("review", "event")
    )  # fmt: skip


def _create(path: Path) -> None:
    """Write the current schema into a new file, in one transaction."""
    from sciaquiz.store.shape import create_tables

    try:
        with closing(open_for_writing(path)) as connection:
            connection.execute("BEGIN EXCLUSIVE")
            if connection.execute("PRAGMA user_version").fetchone()[0] == 0:  # another instance may have been faster
                create_tables(connection)
            connection.execute("COMMIT")
    except SQLITE_FAULTS as error:
        raise store_error(path, error) from None
