"""Answers for tests of the journal; light, since processes of the fault tests load it many times."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from making import single
from sciaquiz.clock import Moment, moment_at
from sciaquiz.ids import CardId, DeckId, EntryId, new_entry_id
from sciaquiz.journal.entries import Act, Answer, Certainty, EventKind, Rating
from sciaquiz.memory.policy import Policy

if TYPE_CHECKING:
    from sciaquiz.store.journal import Journal

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
NOW = moment_at(START)
STEADY = Policy(fuzz=False)


def answer(
    name: str = "q1", rating: Rating = Rating.GOOD, at: Moment = NOW, entry: str = "", policy: Policy = STEADY
) -> Answer:
    """An answer to the question of this name; right unless it is rated again."""
    question = single(name)
    return Answer(
        id=EntryId(entry or new_entry_id()),
        card_id=CardId(name),
        deck_id=DeckId("demo"),
        question_version=question.version,
        moment=at,
        response={"chosen": "o0", "shown": ["o1", "o0"]},
        correct=rating is not Rating.AGAIN,
        score=float(rating is not Rating.AGAIN),
        certainty=Certainty.CERTAIN,
        latency_ms=4000,
        rating=rating,
        rule="evidence@1",
        policy=policy.digest,
    )


def act(kind: EventKind, name: str = "q1", at: Moment = NOW, **more: Any) -> Act:
    """Something else that the journal holds."""
    return Act(id=new_entry_id(), kind=kind, moment=at, card_id=CardId(name), **more)


def keep(journal: Journal, given: Answer, policy: Policy = STEADY) -> None:
    """Make an answer durable."""
    journal.keep(given, policy, single(given.card_id))
