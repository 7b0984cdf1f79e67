"""Reading rows over any connection: each is whole, or damaged and named, and what is damaged stops nothing else."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId, EntryId
from sciaquiz.journal.entries import EventKind, Rating
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.replay import in_order, replay
from sciaquiz.memory.schedule import Graded, advance
from sciaquiz.store.cardstates import STATE_COLUMNS, state_of
from sciaquiz.store.codec import (
    READERS,
    DamagedRowError,
    event_of,
    read_row,
    review_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from datetime import date

    from sciaquiz.ids import Digest
    from sciaquiz.journal.entries import CardState, Event, Marks, Review

    Run = Callable[..., Iterable[Any]]
    """Runs a statement with its parameters."""

STATES = f"SELECT {', '.join(STATE_COLUMNS)} FROM card_state"  # noqa: S608 -- our own names
IS_SETTLED = "SELECT 1 FROM derived WHERE name = 'settled' AND value = 1"
ANY_MOMENT = moment_at(datetime(2026, 1, 1, 12, tzinfo=UTC))
MARKED = """
SELECT card_id FROM card_state WHERE buried_until > ?
OR suspended IS NOT 0 OR flagged IS NOT 0 OR typeof(buried_until) NOT IN ('text', 'null')
UNION SELECT * FROM (SELECT card_id FROM event EXCEPT SELECT card_id FROM card_state)
"""
"""The cards that may be set apart: also where what stands there is no mark, or nothing stands there."""
WITHOUT_STATE = " UNION ".join(
    f"SELECT * FROM (SELECT card_id FROM {table} EXCEPT SELECT card_id FROM card_state)"  # noqa: S608
    for table in ("review", "event")
)


class Damage(Struct, frozen=True):
    """A row that cannot be read: where it stands, the first of its columns, and what is wrong with it."""

    table: str
    name: object
    what: str

    @property
    def shown(self) -> str:
        """Its name as any terminal can show it."""
        name = self.name
        return name if isinstance(name, str) and name.isascii() and name.isprintable() else ascii(name)

    def __str__(self) -> str:
        """Name it in one line."""
        return f"{self.table} {self.shown}: {self.what}"


def rows_in(run: Run, table: str, where: str = "", *parameters: object) -> Iterator[dict[str, Any] | Damage]:
    """Read rows of a table, the whole of it if `where` is empty."""
    readers = READERS[table]
    statement = f"SELECT {', '.join(readers)} FROM {table} {where}"  # noqa: S608 -- our own names
    for raw in run(statement, parameters):
        try:
            yield read_row(readers, raw)
        except DamagedRowError as error:
            yield Damage(table, raw[0], str(error))


def sound_rows(run: Run, table: str, where: str = "", *parameters: object) -> Iterator[dict[str, Any]]:
    """Read the rows that can be read."""
    return (row for row in rows_in(run, table, where, *parameters) if not isinstance(row, Damage))


def entries_about(run: Run, card_id: CardId) -> tuple[list[Review], list[Event]]:
    """Return all entries about a card that can be read, voided ones too."""
    about = "WHERE card_id = ?"
    return (
        [review_of(row) for row in sound_rows(run, "review", about, card_id)],
        [event_of(row) for row in sound_rows(run, "event", about, card_id)],
    )


def events_of(run: Run, kind: EventKind) -> list[Event]:
    """Return the events of one kind that are about no card, in the order that counts; none of them is ever voided."""
    return in_order(event_of(row) for row in sound_rows(run, "event", "WHERE card_id IS NULL AND kind = ?", kind.value))


def has_event(run: Run, entry: EntryId) -> bool:
    """Say whether an event is there."""
    return any(True for _ in run("SELECT 1 FROM event WHERE id = ?", (entry,)))


def reviews_named(run: Run, ids: Iterable[EntryId]) -> tuple[dict[EntryId, Review], frozenset[EntryId]]:
    """Return the answers with these names that can be read, and which of the names were voided."""
    names = json.dumps(list(ids))
    rows = sound_rows(run, "review", "WHERE id IN (SELECT value FROM json_each(?))", names)
    reviews = {review.id: review for review in map(review_of, rows)}
    gone = run("SELECT target FROM event WHERE kind = 'void' AND target IN (SELECT value FROM json_each(?))", (names,))
    return reviews, frozenset(EntryId(name) for (name,) in gone if isinstance(name, str))


def cards_in(run: Run) -> set[CardId]:
    """Return every card that an entry speaks of."""
    found = run("SELECT card_id FROM review UNION SELECT card_id FROM event")
    return {CardId(name) for (name,) in found if isinstance(name, str)}


def policies_in(run: Run, *, after: int = 0) -> dict[Digest, Policy]:
    """Return every scheduling policy that can be read, of the events after this rowid."""
    rows = sound_rows(run, "event", "WHERE kind = ? AND rowid > ?", EventKind.POLICY.value, after)
    return {policy.digest: policy for row in rows if (policy := policy_of(row["payload"])) is not None}


def policy_of(payload: Mapping[str, Any]) -> Policy | None:
    """Return the policy of an event, None if it is not one (it may come from another journal)."""
    try:
        plain: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in payload.items()}
        policy = Policy(**plain)
        advance(None, Graded(CardId(""), ANY_MOMENT, Rating.GOOD), policy)
    except (TypeError, ValueError, AttributeError, ArithmeticError, IndexError):
        return None
    return policy


def is_settled(run: Run) -> bool:
    """Say whether every card is in `day_stat`, and its row says whether it is unsafe: not at once in an older file."""
    return any(True for _ in run(IS_SETTLED))


def stored_states(run: Run) -> tuple[dict[CardId, CardState], list[Damage]]:
    """Return the states as they stand in the file, and the rows that hold none."""
    states: dict[CardId, CardState] = {}
    damaged = []
    for row in run(STATES):
        try:
            state = state_of(row)
        except DamagedRowError as error:
            damaged.append(Damage("card_state", row[0], str(error)))
        else:
            states[state.card_id] = state
    return states, damaged


def each_state(run: Run) -> Iterator[CardState]:
    """Yield the state of every card: where the stored one is damaged or gone, as it follows from the entries."""
    lost: set[object] = set()
    for row in run(STATES):
        try:
            yield state_of(row)
        except DamagedRowError:
            lost.add(row[0])
    lost |= {name for (name,) in run(WITHOUT_STATE)}
    if lost:
        policies = policies_in(run)
        for name in sorted(name for name in lost if isinstance(name, str)):
            card_id = CardId(name)
            reviews, events = entries_about(run, card_id)
            if reviews or events:
                yield replay(card_id, reviews, events, policies)


def states_of(run: Run, cards: Iterable[CardId]) -> list[CardState]:
    """Return the states of some cards; those of which the journal knows nothing are left out."""
    found = []
    for card_id in cards:
        row = next(iter(run(f"{STATES} WHERE card_id = ?", (card_id,))), None)
        try:
            state = None if row is None else state_of(row)
        except DamagedRowError:
            state = None
        if state is None:
            reviews, events = entries_about(run, card_id)
            state = replay(card_id, reviews, events, policies_in(run)) if reviews or events else None
        if state is not None:
            found.append(state)
    return found


def marked_in(run: Run, today: date) -> list[CardState]:
    """Return the states of the cards that are suspended, flagged or put off beyond a study day, by their ids."""
    names = sorted(name for (name,) in run(MARKED, (today.isoformat(),)) if isinstance(name, str))
    return [state for state in states_of(run, map(CardId, names)) if _is_set_apart(state.marks, today)]


def _is_set_apart(marks: Marks, today: date) -> bool:
    return marks.suspended or marks.flagged or (marks.buried_until is not None and marks.buried_until > today)


def generation_in(run: Run) -> object:
    """Return the mark that changes whenever states do that no new entry is about; a damaged one is a mark as well."""
    return next((value for (value,) in run("SELECT value FROM derived WHERE name = 'generation'")), 0)
