"""What follows from the entries, kept in step with them: the state of each card, and the figures of each day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.ids import CardId, DeckId
from sciaquiz.journal.snapshot import DayFigures
from sciaquiz.memory.daily import FIGURES, NOTHING, minus, plus
from sciaquiz.memory.derive import Derived, Reached, derive, derive_next
from sciaquiz.store.cardstates import STATE_COLUMNS, state_of, state_row
from sciaquiz.store.codec import (
    DamagedRowError,
    as_day,
    from_ms,
    insertion,
    to_ms,
    values_of,
)
from sciaquiz.store.reading import WITHOUT_STATE, cards_in, entries_about, is_settled, policies_in

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping
    from datetime import date

    from sciaquiz.ids import Digest, EntryId
    from sciaquiz.journal.entries import CardState, Review
    from sciaquiz.memory.daily import Days, Figures
    from sciaquiz.memory.policy import Policy
    from sciaquiz.store.reading import Run

REACHED_COLUMNS = ("reached_ms", "reached_day")
ALL_COLUMNS = (*STATE_COLUMNS, *REACHED_COLUMNS)
DAY_KEY = ("study_day", "deck_id")
PUT_STATE = (
    insertion("card_state", ALL_COLUMNS)
    + " ON CONFLICT (card_id) DO UPDATE SET "
    + ", ".join(f"{name} = excluded.{name}" for name in ALL_COLUMNS[1:])
)
ADD_DAY = (
    insertion("day_stat", (*DAY_KEY, *FIGURES))
    + " ON CONFLICT (study_day, deck_id) DO UPDATE SET "
    + ", ".join(f"{name} = CASE typeof({name}) WHEN 'integer' THEN {name} + excluded.{name} END" for name in FIGURES)
)
"""A figure that is damaged becomes NULL, never a number that looks sound."""
NO_SUCH_DAY = "DELETE FROM day_stat WHERE study_day = ? AND deck_id = ? AND answers = 0"
STORED = f"""
SELECT {", ".join(ALL_COLUMNS)} FROM card_state
WHERE card_id = ?1 AND reached_ms IS NOT NULL AND NOT EXISTS (SELECT 1 FROM event WHERE target = ?2)
AND NOT EXISTS (SELECT 1 FROM event WHERE card_id = ?1 AND kind = 'rerate' AND instr(payload, ?2))
"""  # noqa: S608 -- our own names
REACHED = "SELECT card_id, reached_ms, reached_day FROM card_state"
IS_COUNTED = "SELECT 1 FROM card_state WHERE card_id = ? AND reached_ms IS NOT NULL"
UNSETTLED = f"SELECT card_id FROM card_state WHERE reached_ms IS NULL UNION SELECT * FROM ({WITHOUT_STATE})"  # noqa: S608
SETTLED = "INSERT OR REPLACE INTO derived VALUES ('settled', 1)"
NEXT_GENERATION = (
    "INSERT INTO derived VALUES ('generation', 1) ON CONFLICT (name) DO UPDATE SET value = coalesce(value, 0) + 1"
)
AT_ONCE = 100
"""Cards that are settled in one transaction: a student's answer waits no longer than that."""


class Deriving:
    """Brings what is derived to what one transaction has made of the entries.

    `policies` are those in force, `policies_before` those from before the transaction.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        policies: Mapping[Digest, Policy],
        policies_before: Mapping[Digest, Policy] | None = None,
    ) -> None:
        self._connection = connection
        self._policies = policies
        self._before = policies if policies_before is None else policies_before
        self._is_settled = is_settled(connection.execute)
        self._days: dict[tuple[DeckId, date], Figures] = {}

    def next(self, review: Review) -> CardState | None:
        """Advance a card by a review that was just added; None where only a replay can tell."""
        stored = self._connection.execute(STORED, (review.card_id, review.id)).fetchone()
        before = None if stored is None else _derived_of(stored)
        derived = before and derive_next(before, review, self._policies)
        if derived is None:
            return None
        self._put(derived, derived.days)
        return derived.state

    def replay(self, card_id: CardId, added: Collection[EntryId] = ()) -> CardState:
        """Replay a card. `added` are the entries that the transaction has added, about this card or others."""
        run = self._connection.execute
        reviews, events = entries_about(run, card_id)
        derived = derive(card_id, reviews, events, self._policies)
        days = dict(derived.days)
        if self._is_settled or run(IS_COUNTED, (card_id,)).fetchone() is not None:
            before = derive(
                card_id,
                [review for review in reviews if review.id not in added],
                [event for event in events if event.id not in added],
                self._before,
            )
            for key, figures in before.days.items():
                days[key] = minus(days.get(key, NOTHING), figures)
        self._put(derived, days)
        return derived.state

    def _put(self, derived: Derived, days: Days) -> None:
        row = (*values_of(state_row(derived.state)), *reached_columns(derived))
        self._connection.execute(PUT_STATE, row)
        for key, figures in days.items():
            self._days[key] = plus(self._days[key], figures) if key in self._days else figures

    def finish(self) -> None:
        """Add to the figures of the days what the cards gave, before the transaction ends."""
        for (deck_id, day), figures in self._days.items():
            if figures != NOTHING:
                key = (day.isoformat(), deck_id)
                self._connection.execute(ADD_DAY, (*key, *figures))
                if figures[0] < 0:
                    self._connection.execute(NO_SUCH_DAY, key)
        self._days = {}


def _derived_of(row: tuple[object, ...]) -> Derived | None:
    """Return what a row of `card_state` says, with no figures; None if it is damaged."""
    *state, reached_ms, reached_day = row
    try:
        if not isinstance(reached_ms, int) or not isinstance(reached_day, str | None):
            return None
        reached = Reached(from_ms(reached_ms), None if reached_day is None else as_day(reached_day))
        return Derived(state_of(tuple(state)), reached)
    except (DamagedRowError, ValueError, OverflowError):
        return None


def reached_columns(derived: Derived) -> tuple[int | None, str | None]:
    """Return what `card_state` says of how far the entries of a card go."""
    reached = derived.reached
    if reached is None:
        return None, None
    return to_ms(reached.instant), None if reached.day is None else reached.day.isoformat()


def reached_in(run: Run) -> Mapping[object, tuple[object, object]]:
    """Return how far the entries of each card go, as its row says."""
    return {card_id: (instant, day) for card_id, instant, day in run(REACHED)}


def days_by_replay(connection: sqlite3.Connection) -> list[DayFigures]:
    """Return what was done on each day with each deck, by a replay of every card."""
    run = connection.execute
    policies = policies_in(run)
    days: dict[tuple[DeckId, date], Figures] = {}
    for card_id in cards_in(run):
        for key, figures in derive(card_id, *entries_about(run, card_id), policies).days.items():
            days[key] = plus(days.get(key, NOTHING), figures)
    return sorted(
        (DayFigures(day, deck_id, *figures) for (deck_id, day), figures in days.items()),
        key=lambda row: (row.study_day, row.deck_id),
    )


def next_generation(connection: sqlite3.Connection) -> None:
    """Let whoever mirrors the states know that some changed that no new entry is about."""
    connection.execute(NEXT_GENERATION)


def rebuild(connection: sqlite3.Connection) -> int:
    """Make the indexes and all that is derived anew, in the transaction that is open; returns how many cards."""
    from sciaquiz.store.shape import remake_indexes

    remake_indexes(connection)
    for table in ("card_state", "day_stat"):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- our own names
    connection.execute("INSERT OR REPLACE INTO derived VALUES ('settled', 0)")
    deriving = Deriving(connection, policies_in(connection.execute))
    cards = cards_in(connection.execute)
    for card_id in sorted(cards):
        deriving.replay(card_id)
    deriving.finish()
    connection.execute(SETTLED)
    next_generation(connection)
    return len(cards)


def unsettled(connection: sqlite3.Connection) -> list[CardId]:
    """Return the cards that a journal of an older format has not yet in its figures."""
    return [CardId(name) for (name,) in connection.execute(UNSETTLED) if isinstance(name, str)]


def settle(connection: sqlite3.Connection, cards: Collection[CardId], *, is_last: bool) -> None:
    """Replay cards of an older format; after the last of them everything is read from what is derived."""
    deriving = Deriving(connection, policies_in(connection.execute))
    for card_id in cards:
        deriving.replay(card_id)
    deriving.finish()
    if is_last:
        connection.execute(SETTLED)
    next_generation(connection)
