"""Adding entries in a transaction that is open, and what is derived from them with it."""

from __future__ import annotations

import json
import sqlite3
from typing import TYPE_CHECKING, Any, TypeVar

from sciaquiz.clock import Moment
from sciaquiz.ids import CardId, DeviceId, new_entry_id
from sciaquiz.journal.acts import refusal_of
from sciaquiz.journal.entries import Act, Answer, Event, EventKind, Mode, Review
from sciaquiz.journal.port import KeepError
from sciaquiz.store.codec import (
    EVENT_READERS,
    MOST,
    REVIEW_READERS,
    SNAPSHOT_READERS,
    event_row,
    from_ms,
    insertion,
    payload_of,
    review_row,
    to_ms,
    values_of,
)
from sciaquiz.store.deriving import Deriving, next_generation
from sciaquiz.store.devices import add_device
from sciaquiz.store.reading import policies_in
from sciaquiz.store.versions import content_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sciaquiz.deck.model import Question
    from sciaquiz.ids import Digest, EntryId
    from sciaquiz.journal.entries import CardState
    from sciaquiz.memory.policy import Policy

ADD_REVIEW = insertion("review", REVIEW_READERS) + " ON CONFLICT (id) DO NOTHING"
ADD_EVENT = insertion("event", EVENT_READERS) + " ON CONFLICT (id) DO NOTHING"
ADD_TEXT = insertion("deck_snapshot", SNAPSHOT_READERS) + " ON CONFLICT DO NOTHING"
TAKEN = ("review", "event")
"""Both take their numbers from one sequence."""
ANSWERED = "SELECT mode, correct FROM review WHERE id = ?"
HAS_TEXT = "SELECT 1 FROM deck_snapshot WHERE question_version = ?"
SEQ_IN = "SELECT max(seq) FROM {} WHERE device_id = :device AND typeof(seq) = 'integer' AND seq < {}"
LATEST_SEQ = "SELECT max(" + ", ".join(f"coalesce(({SEQ_IN.format(table, MOST)}), 0)" for table in TAKEN) + ")"
LATEST_EVENT = "SELECT coalesce(max(rowid), 0) FROM event"
CARDS_UNDER = "SELECT DISTINCT card_id FROM review WHERE policy IN"
MODES = frozenset(Mode)
ANSWER_FIELDS = tuple(Answer.__struct_fields__)
ACT_FIELDS = tuple(Act.__struct_fields__)

EntryT = TypeVar("EntryT", Review, Event)


class Writer:
    """Adds entries as one device, and remembers what it need not look up again.

    `added` counts the entries that were added and that nobody has asked for since.
    """

    def __init__(self) -> None:
        self.device = DeviceId("")
        self.added = 0
        self._policies: dict[Digest, Policy] = {}
        self._events_read = 0
        self._texts: set[str] = set()

    def forget(self) -> None:
        """Look everything up again: a transaction was taken back."""
        self._policies, self._events_read = {}, 0
        self._texts = set()

    def policies(self, connection: sqlite3.Connection) -> Mapping[Digest, Policy]:
        """Return every scheduling policy in the journal; only events that are new since the last time are read."""
        [latest] = connection.execute(LATEST_EVENT).fetchone()
        if latest > self._events_read:
            self._policies = {**self._policies, **policies_in(connection.execute, after=self._events_read)}
            self._events_read = latest
        return self._policies

    def answer(
        self,
        connection: sqlite3.Connection,
        answer: Answer,
        policy: Policy,
        question: Question,
        followed: Sequence[Act] = (),
    ) -> CardState:
        """Add one answer with what follows from it; returns what its card has come to."""
        self._add_policy(connection, policy, answer.moment)
        self.text(connection, question)
        columns = {name: getattr(answer, name) for name in ANSWER_FIELDS}
        columns["moment"] = _as_read_again(answer.moment)
        kind = question.kind.value

        def made(device: DeviceId, seq: int) -> tuple[Review, dict[str, Any]]:
            review = Review(**columns, device_id=device, seq=seq)
            return review, review_row(review, kind)

        review, is_new = self._add(connection, ADD_REVIEW, made, answer.moment)
        deriving = Deriving(connection, self._policies)
        state = deriving.next(review) if is_new and not followed else None
        if state is None:
            state = deriving.replay(answer.card_id, {answer.id} if is_new else set())
        deriving.finish()
        return self.acts(connection, followed, answer.card_id) if followed else state

    def acts(self, connection: sqlite3.Connection, acts: Sequence[Act], card_id: CardId) -> CardState:
        """Add acts on one card; returns what it has come to. Raises KeepError for one that makes no sense."""
        for act in acts:
            _refuse_senseless(connection, act)
        added = {act.id for act in acts if self._add_event(connection, act)}
        deriving = Deriving(connection, self.policies(connection))
        state = deriving.replay(card_id, added)
        deriving.finish()
        return state

    def record(self, connection: sqlite3.Connection, acts: Sequence[Act]) -> None:
        """Add acts that are about no card: no state follows from them."""
        for act in acts:
            assert act.card_id is None  # noqa: S101 -- what is about a card is derived from
            self._add_event(connection, act)

    def derive_under(
        self,
        connection: sqlite3.Connection,
        before: Mapping[Digest, Policy],
        cards: Collection[CardId] = (),
        added: Collection[EntryId] = (),
    ) -> None:
        """Replay these cards, and those whose answers name a policy that is new since `before`.

        Answers may come before their policy does. `added` are the entries that the transaction has added.
        """
        policies = self.policies(connection)
        new = sorted(policies.keys() - before.keys())
        found = connection.execute(f"{CARDS_UNDER} ({', '.join('?' * len(new))})", new)
        under = {CardId(name) for (name,) in found if isinstance(name, str)}
        deriving = Deriving(connection, policies, before)
        for card_id in sorted({*cards, *under}):
            deriving.replay(card_id, added)
        deriving.finish()
        if under:
            next_generation(connection)

    def _add_policy(self, connection: sqlite3.Connection, policy: Policy, moment: Moment) -> None:
        before = self.policies(connection)
        if policy.digest not in before:
            payload = payload_of(policy)
            self._add_event(connection, Act(id=new_entry_id(), kind=EventKind.POLICY, moment=moment, payload=payload))
            self.derive_under(connection, before)

    def text(self, connection: sqlite3.Connection, question: Question) -> None:
        """Add the text of a question version, unless it is there."""
        version = question.version
        if version in self._texts:
            return
        if connection.execute(HAS_TEXT, (version,)).fetchone() is None:
            content = json.dumps(content_of(question))
            connection.execute(ADD_TEXT, (version, question.id, question.deck_id, content))
        self._texts.add(version)

    def _add_event(self, connection: sqlite3.Connection, act: Act) -> bool:
        columns = {name: getattr(act, name) for name in ACT_FIELDS}

        def made(device: DeviceId, seq: int) -> tuple[Event, dict[str, Any]]:
            event = Event(**columns, device_id=device, seq=seq)
            return event, event_row(event)

        return self._add(connection, ADD_EVENT, made, act.moment)[1]

    def _add(
        self,
        connection: sqlite3.Connection,
        statement: str,
        made: Callable[[DeviceId, int], tuple[EntryT, dict[str, Any]]],
        now: Moment,
    ) -> tuple[EntryT, bool]:
        """Add an entry under this device's next number; returns it, and whether it is new.

        Where a damaged index gave a number that is taken, go on as another device: no answer is refused for that.
        """
        entry, row = made(self.device, self._next_seq(connection))
        try:
            count = connection.execute(statement, values_of(row)).rowcount
        except sqlite3.IntegrityError:
            self.device = add_device(connection, now)
            entry, row = made(self.device, self._next_seq(connection))
            count = connection.execute(statement, values_of(row)).rowcount
        self.added += count
        return entry, count > 0

    def _next_seq(self, connection: sqlite3.Connection) -> int:
        """Return this device's next number; reviews and events share one sequence."""
        [latest] = connection.execute(LATEST_SEQ, {"device": self.device}).fetchone()
        return int(latest) + 1


def _refuse_senseless(connection: sqlite3.Connection, act: Act) -> None:
    """Raise KeepError for an act that the answer it names does not allow."""
    for mode, correct in connection.execute(ANSWERED, (act.target,)):
        if mode in MODES and (why := refusal_of(act.kind, mode=Mode(mode), correct=bool(correct))):
            raise KeepError(why)


def _as_read_again(moment: Moment) -> Moment:
    """Return a moment as its row gives it: what is derived now has to be what a replay derives from the row."""
    return Moment(from_ms(to_ms(moment.instant)), moment.offset_minutes, moment.study_day)
