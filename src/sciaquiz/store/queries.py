"""Reads of the whole journal, by the standard library's sqlite3 alone: the snapshot that everything starts from.

SQLModel takes longer to import than an empty app takes to start, and Home needs only a few SELECTs.
"""

from __future__ import annotations

from contextlib import closing
from datetime import date, timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from sciaquiz.ids import CardId
from sciaquiz.journal.entries import DayTally
from sciaquiz.journal.snapshot import Conviction, Given, RightAnswer, Snapshot, Totals
from sciaquiz.store.beside import refuse_if_lost
from sciaquiz.store.codec import as_day, as_json
from sciaquiz.store.connect import connect
from sciaquiz.store.errors import SQLITE_FAULTS
from sciaquiz.store.reading import states_in

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

KNOWN_SCHEMA = 1
LATEST_ANSWERS = 300
FEWEST_FOR_A_USUAL = 10
LONGEST_GAP_MS = 180_000
HEATMAP_DAYS = 400

# Each statement is also the journal's: `store/journal.py` runs the same text over its own connection.
STANDING = "NOT EXISTS (SELECT 1 FROM event WHERE event.target = review.id AND event.kind = 'void')"
BY_DAY = f"SELECT study_day, count(*) FROM review WHERE study_day >= ? AND {STANDING} GROUP BY study_day"  # noqa: S608
INTRODUCED = "SELECT count(*) FROM card_state WHERE first_day = ?"
REVIEWED = f"""
SELECT count(DISTINCT review.card_id) FROM review JOIN card_state USING (card_id)
WHERE review.study_day = ? AND card_state.first_day < ? AND {STANDING}
"""  # noqa: S608
LATENCIES = f"""
SELECT card_id, kind, latency_ms FROM review
WHERE correct AND latency_ms IS NOT NULL AND {STANDING} ORDER BY at_ms DESC LIMIT {LATEST_ANSWERS}
"""  # noqa: S608
CONVICTIONS = f"""
SELECT card_id, study_day, correct, coalesce(certainty = 3, 0) FROM review
WHERE card_id IN (SELECT card_id FROM review WHERE certainty = 3 AND NOT correct)
AND (certainty = 3 OR NOT correct) AND {STANDING} ORDER BY at_ms, seq
"""  # noqa: S608
GIVEN = f"""
SELECT card_id, study_day, correct AND coalesce(certainty, 2) > 1, CASE WHEN correct THEN NULL ELSE response END
FROM review
WHERE {STANDING} ORDER BY at_ms, seq
"""  # noqa: S608
TOTALS = f"""
SELECT count(*), coalesce(sum(correct), 0), count(DISTINCT card_id), count(DISTINCT study_day) FROM review
WHERE {STANDING}
"""  # noqa: S608
INSTANTS = f"SELECT at_ms FROM review ORDER BY at_ms DESC LIMIT {LATEST_ANSWERS}"  # noqa: S608


def read_snapshot(path: Path, today: date) -> Snapshot | None:
    """Read the journal without waiting for it to be opened; None if there is none, or if only a full open can tell.

    Raises LostJournalError.
    """
    refuse_if_lost(path)
    if not path.exists():
        return None
    try:
        with closing(connect(path)) as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] != KNOWN_SCHEMA:
                return None
            return snapshot_through(connection, today)
    except SQLITE_FAULTS:
        return None


def given_through(connection: sqlite3.Connection) -> list[Given]:
    """Read every answer that counts, oldest first. A damaged row is skipped."""
    given = []
    for card_id, day, known, response in connection.execute(GIVEN):
        try:
            said = None if response is None else as_json(response)
            if isinstance(card_id, str):
                given.append(Given(CardId(card_id), as_day(day), bool(known), said))
        except (TypeError, ValueError, RecursionError):
            continue
    return given


def snapshot_through(connection: sqlite3.Connection, today: date) -> Snapshot:
    """Read everything over one connection, in one transaction."""
    connection.execute("BEGIN")
    try:
        now = today.isoformat()
        since = (today - timedelta(days=HEATMAP_DAYS)).isoformat()
        return Snapshot(
            today=today,
            states=states_in(connection.execute),
            done=DayTally(
                introduced=connection.execute(INTRODUCED, (now,)).fetchone()[0],
                reviewed=connection.execute(REVIEWED, (now, now)).fetchone()[0],
            ),
            answers_by_day={day: row[1] for row in connection.execute(BY_DAY, (since,)) if (day := _day(row[0]))},
            right_answers=tuple(
                RightAnswer(CardId(card_id), kind, latency)
                for card_id, kind, latency in connection.execute(LATENCIES)
                if isinstance(card_id, str) and isinstance(kind, str) and isinstance(latency, int)
            ),
            convictions=tuple(
                Conviction(CardId(card_id), day, bool(correct), bool(certain))
                for card_id, answered_on, correct, certain in connection.execute(CONVICTIONS)
                if isinstance(card_id, str) and (day := _day(answered_on))
            ),
            seconds_per_answer=pace_of([at for (at,) in connection.execute(INSTANTS) if isinstance(at, int)]),
        )
    finally:
        connection.rollback()


def totals_through(connection: sqlite3.Connection) -> Totals:
    """Count all answers that count."""
    return Totals(*connection.execute(TOTALS).fetchone())


def _day(value: Any) -> date | None:
    try:
        return as_day(value)
    except (TypeError, ValueError):
        return None


def pace_of(instants_ms: list[int]) -> float | None:
    """Return the median seconds between answers of one sitting; longer gaps are breaks and do not count."""
    gaps = [later - earlier for later, earlier in pairwise(instants_ms) if 0 < later - earlier <= LONGEST_GAP_MS]
    return median(gaps) / 1000 if len(gaps) >= FEWEST_FOR_A_USUAL else None
