"""Reads of the whole journal, by the standard library's sqlite3 alone: the snapshot that everything starts from.

SQLModel takes longer to import than an empty app takes to start, and Home needs only a few SELECTs.
"""

from __future__ import annotations

import json
from contextlib import closing
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, partial
from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sciaquiz.ids import CardId, DeckId
from sciaquiz.journal.entries import Certainty, DayTally
from sciaquiz.journal.snapshot import Avowal, DayFigures, Given, Habits, RightAnswer, Snapshot, Totals
from sciaquiz.memory.belief import HARM, belief_after
from sciaquiz.store.beside import refuse_if_lost
from sciaquiz.store.codec import as_day, as_json
from sciaquiz.store.connect import connect
from sciaquiz.store.errors import SQLITE_FAULTS, store_error
from sciaquiz.store.fits import fits_in
from sciaquiz.store.reading import each_state, is_settled

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from sciaquiz.journal.costs import Costs
    from sciaquiz.journal.entries import CardState, Unsafe

    Mirror = Callable[[sqlite3.Connection], Mapping[CardId, CardState]]
    """Brings itself up with a journal over a connection to it, and returns the states that it holds."""

KNOWN_SCHEMA = 4
LATEST_ANSWERS = 300
LATEST_AVOWALS = 2000
TIMED_ANSWERS = 1000
FEWEST_FOR_A_USUAL = 10
HEATMAP_DAYS = 400
BRIEFLY = 0.2
"""Seconds that reading the habits may wait for another window."""

STANDING = "NOT EXISTS (SELECT 1 FROM event WHERE event.target = review.id AND event.kind = 'void')"
SCHEDULES = "(review.mode IN ('study', 'drill') OR (review.mode = 'exam' AND NOT review.correct))"
IS_COUNT = "typeof({0}) = 'integer' AND {0} >= 0"
ENTRIES = "SELECT (SELECT coalesce(max(rowid), 0) FROM review) + (SELECT coalesce(max(rowid), 0) FROM event)"
DONE = "SELECT introduced, reviewed, young, young_kept, mature, mature_kept FROM day_stat WHERE study_day = ?"
NOTHING_DONE = (0,) * 6
DAYS = f"""
SELECT study_day, sum(answers), min({IS_COUNT.format("answers")})
FROM day_stat WHERE study_day >= ? GROUP BY study_day
"""  # noqa: S608 -- our own names
ALL_DAYS = f"""
SELECT coalesce(sum(answers), 0), coalesce(sum(correct), 0), coalesce(sum(introduced), 0), count(DISTINCT study_day),
coalesce(min({" AND ".join(IS_COUNT.format(name) for name in ("answers", "correct", "introduced"))}), 1)
FROM day_stat
"""  # noqa: S608 -- our own names
EVERY_DAY = f"""
SELECT {", ".join(DayFigures.__struct_fields__)} FROM day_stat WHERE study_day >= ? ORDER BY study_day, deck_id
"""  # noqa: S608 -- our own names

# The same from the answers themselves, as long as a journal of an older format is not settled, or a day is damaged.
BY_DAY = f"SELECT study_day, count(*) FROM review WHERE study_day >= ? AND {STANDING} GROUP BY study_day"  # noqa: S608
INTRODUCED = "SELECT count(*) FROM card_state WHERE first_day = ?"
REVIEWED = f"""
SELECT count(DISTINCT review.card_id) FROM review JOIN card_state USING (card_id)
WHERE review.study_day = ? AND card_state.first_day < ? AND {SCHEDULES} AND {STANDING}
"""  # noqa: S608
CONVICTIONS = f"""
SELECT card_id, study_day, correct, coalesce(certainty = 3, 0),
CASE WHEN json_valid(response) THEN json_type(response, '$.{HARM}') IS NOT 'false' ELSE 1 END, {SCHEDULES}
FROM review
WHERE card_id IN (SELECT card_id FROM review WHERE certainty = 3 AND NOT correct)
AND (certainty = 3 OR NOT correct) AND {STANDING} ORDER BY at_ms, seq
"""  # noqa: S608
TOTALS = f"""
SELECT count(*), coalesce(sum(correct), 0), count(DISTINCT CASE WHEN {SCHEDULES} THEN card_id END),
count(DISTINCT study_day) FROM review
WHERE {STANDING}
"""  # noqa: S608

LATENCIES = f"""
SELECT card_id, kind, latency_ms FROM review
WHERE correct AND latency_ms IS NOT NULL AND {STANDING} ORDER BY at_ms DESC LIMIT {LATEST_ANSWERS}
"""  # noqa: S608
GIVEN = f"""
SELECT card_id, study_day, correct AND coalesce(certainty, 2) > 1, CASE WHEN correct THEN NULL ELSE response END
FROM review
WHERE card_id IN (SELECT value FROM json_each(?)) AND {STANDING} ORDER BY at_ms, seq
"""  # noqa: S608
WRONG = f"""
SELECT card_id, max(study_day) FROM review
WHERE at_ms >= ? AND study_day >= ? AND NOT correct AND {STANDING} GROUP BY card_id ORDER BY max(at_ms), card_id
"""  # noqa: S608
AVOWALS = f"""
SELECT certainty, correct, chance, count(*) FROM (
  SELECT certainty, correct, CASE WHEN json_valid(response) THEN json_extract(response, '$.guess_probability') END
  AS chance
  FROM (SELECT id, certainty, correct, score, response FROM review ORDER BY at_ms DESC LIMIT {LATEST_AVOWALS}) AS review
  WHERE certainty IN (1, 2, 3) AND score IN (0, 1) AND {STANDING}
)
WHERE typeof(chance) = 'real' AND chance < 1 GROUP BY certainty, correct, chance
"""  # noqa: S608
INSTANTS = f"SELECT at_ms FROM review ORDER BY at_ms DESC LIMIT {LATEST_ANSWERS}"  # noqa: S608
TIMED = f"""
SELECT review.card_id, study_day, at_ms, latency_ms, rating > 1, coalesce(first_day = study_day, 0), NOT {SCHEDULES}
FROM review LEFT JOIN card_state USING (card_id) WHERE {STANDING} ORDER BY at_ms DESC LIMIT {TIMED_ANSWERS}
"""  # noqa: S608


def read_snapshot(path: Path, today: date, mirror: Mirror | None = None) -> Snapshot | None:
    """Read the journal without waiting for it to be opened; None if there is none, or if only a full open can tell.

    Raises LostJournalError.
    """
    refuse_if_lost(path)
    if not path.exists():
        return None
    try:
        with closing(connect(path)) as connection:
            connection.execute("BEGIN")
            if connection.execute("PRAGMA user_version").fetchone()[0] != KNOWN_SCHEMA:
                return None
            return snapshot_through(connection, path, today, mirror)
    except SQLITE_FAULTS:
        return None


def given_through(connection: sqlite3.Connection, cards: Iterable[CardId]) -> list[Given]:
    """Read every answer to these cards that counts, oldest first. A damaged row is skipped."""
    given = []
    for card_id, day, known, response in connection.execute(GIVEN, (json.dumps(list(cards)),)):
        try:
            said = None if response is None else as_json(response)
            if isinstance(card_id, str):
                given.append(Given(CardId(card_id), as_day(day), bool(known), said))
        except (TypeError, ValueError, RecursionError):
            continue
    return given


def snapshot_through(connection: sqlite3.Connection, path: Path, today: date, mirror: Mirror | None = None) -> Snapshot:
    """Read everything over a connection to the journal at `path` that is in a transaction, but the habits.

    The states come from a mirror that is brought up over the connection, if there is one.
    """
    return Snapshot(
        today=today,
        states=mirror(connection) if mirror else states_through(connection),
        done=_done(connection, today),
        habits=cache(partial(read_habits, path, today)),
        avowals=cache(partial(read_avowals, path)),
        fits=fits_in(connection.execute),
        entries=entries_through(connection),
    )


def entries_through(connection: sqlite3.Connection) -> int:
    """Return how many entries the journal has, read from the end: neither table ever loses one."""
    return int(connection.execute(ENTRIES).fetchone()[0])


def read_habits(path: Path, today: date) -> Habits:
    """Read how the student has studied up to a study day. Raises StoreError.

    Whoever needs it does not wait for a journal that is held: an answer may be waiting for it.
    """
    try:
        with closing(connect(path, BRIEFLY)) as connection:
            connection.execute("BEGIN")
            return habits_through(connection, today)
    except SQLITE_FAULTS as error:
        raise store_error(path, error) from None


def read_avowals(path: Path) -> tuple[Avowal, ...]:
    """Count the latest answers by the certainty that was said, partly right ones aside. Raises StoreError.

    Like the habits, it does not wait for a journal that is held.
    """
    try:
        with closing(connect(path, BRIEFLY)) as connection:
            return tuple(
                Avowal(Certainty(said), bool(is_right), chance, count)
                for said, is_right, chance, count in connection.execute(AVOWALS)
            )
    except SQLITE_FAULTS as error:
        raise store_error(path, error) from None


def habits_through(connection: sqlite3.Connection, today: date) -> Habits:
    """Read how the student has studied, over a connection that is in a transaction."""
    by_day = _days(connection, today)
    return Habits(
        answers_by_day=_days_from_answers(connection, today) if by_day is None else by_day,
        right_answers=tuple(
            RightAnswer(CardId(card_id), kind, latency)
            for card_id, kind, latency in connection.execute(LATENCIES)
            if isinstance(card_id, str) and isinstance(kind, str) and isinstance(latency, int)
        ),
        seconds_per_answer=pace_of([at for (at,) in connection.execute(INSTANTS) if isinstance(at, int)]),
        costs=_costs(connection),
    )


def _costs(connection: sqlite3.Connection) -> Costs | None:
    """Return what a card takes on a day, by the latest answers; a damaged row is skipped."""
    from sciaquiz.journal.costs import Timed, costs_of

    found = []
    for card_id, told, at_ms, latency_ms, passed, is_met, is_practice in connection.execute(TIMED):
        day, is_timed = _day(told), isinstance(latency_ms, int) and latency_ms >= 0
        if isinstance(card_id, str) and isinstance(at_ms, int) and day is not None:
            latency = latency_ms if is_timed else None
            found.append(Timed(card_id, day, at_ms, latency, bool(passed), bool(is_met), bool(is_practice)))
    return costs_of(found[::-1], is_cut=len(found) >= TIMED_ANSWERS)


def states_through(connection: sqlite3.Connection) -> dict[CardId, CardState]:
    """Return the state of every card."""
    return {state.card_id: state for state in each_state_through(connection)}


def each_state_through(connection: sqlite3.Connection) -> Iterator[CardState]:
    """Yield the state of every card. In a journal of an older format the rows do not yet say what is unsafe."""
    cases: dict[object, Unsafe | None] = {}
    if not is_settled(connection.execute):
        for card_id, answered_on, is_correct, is_certain, is_harmful, schedules in connection.execute(CONVICTIONS):
            if day := _day(answered_on):
                cases[card_id] = belief_after(
                    cases.get(card_id),
                    day,
                    is_correct=bool(is_correct),
                    is_certain=bool(is_certain),
                    is_harmful=bool(is_harmful),
                    can_prove=bool(schedules),
                )
    for state in each_state(connection.execute):
        yield replace(state, unsafe=cases[state.card_id]) if state.card_id in cases else state


def wrong_through(connection: sqlite3.Connection, since: date) -> dict[CardId, date]:
    """Return the cards that were answered wrong on a study day or after it, each with the last such day, in order."""
    midnight = datetime.combine(since - timedelta(days=2), time(), UTC)  # whatever the zone of the answer
    rows = connection.execute(WRONG, (round(midnight.timestamp() * 1000), since.isoformat()))
    return {CardId(name): day for name, told in rows if isinstance(name, str) and (day := _day(told))}


def totals_through(connection: sqlite3.Connection) -> Totals:
    """Count all answers that count."""
    if is_settled(connection.execute):
        *counts, are_sound = connection.execute(ALL_DAYS).fetchone()
        if are_sound:
            return Totals(*counts)
    return Totals(*connection.execute(TOTALS).fetchone())


def days_through(connection: sqlite3.Connection, since: date | None = None) -> list[DayFigures] | None:
    """Return what was done on each day with each deck, oldest first, from a day on if one is given.

    None if `day_stat` cannot be relied on.
    """
    if not is_settled(connection.execute):
        return None
    found = []
    for name, deck_id, *figures in connection.execute(EVERY_DAY, (since.isoformat() if since else "",)):
        day = _day(name)
        if day is None or not isinstance(deck_id, str) or not all(type(n) is int and n >= 0 for n in figures):
            return None
        found.append(DayFigures(day, DeckId(deck_id), *figures))
    return found


def _done(connection: sqlite3.Connection, today: date) -> DayTally:
    """Return what was done today: from `day_stat`, or from the answers where that cannot be relied on."""
    now = today.isoformat()
    if is_settled(connection.execute):
        rows = connection.execute(DONE, (now,)).fetchall()
        if all(type(figure) is int and figure >= 0 for row in rows for figure in row):
            totals = (sum(figures) for figures in zip(NOTHING_DONE, *rows, strict=True))
            introduced, reviewed, young, young_kept, mature, mature_kept = totals
            return DayTally(introduced, reviewed, max(0, young - young_kept + mature - mature_kept))
    [introduced] = connection.execute(INTRODUCED, (now,)).fetchone()
    [reviewed] = connection.execute(REVIEWED, (now, now)).fetchone()
    return DayTally(introduced, reviewed)


def _days(connection: sqlite3.Connection, today: date) -> Mapping[date, int] | None:
    """Return the answers of each day from `day_stat`; None if it cannot be relied on."""
    if not is_settled(connection.execute):
        return None
    by_day = {}
    for name, answers, is_sound in connection.execute(DAYS, (_since(today),)):
        day = _day(name)
        if day is None or not is_sound:
            return None
        by_day[day] = answers
    return by_day


def _days_from_answers(connection: sqlite3.Connection, today: date) -> Mapping[date, int]:
    return {day: count for name, count in connection.execute(BY_DAY, (_since(today),)) if (day := _day(name))}


def _since(today: date) -> str:
    return (today - timedelta(days=HEATMAP_DAYS)).isoformat()


def _day(value: Any) -> date | None:
    try:
        return as_day(value)
    except (TypeError, ValueError):
        return None


def pace_of(instants_ms: list[int]) -> float | None:
    """Return the mean seconds between answers of one sitting; longer gaps are breaks and do not count."""
    from sciaquiz.journal.costs import LONGEST_GAP_MS

    gaps = [later - earlier for later, earlier in pairwise(instants_ms) if 0 < later - earlier <= LONGEST_GAP_MS]
    return fmean(gaps) / 1000 if len(gaps) >= FEWEST_FOR_A_USUAL else None
