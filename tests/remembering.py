"""Moments, answers and acts for tests of memory, made by plain calls."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId, DeckId, DeviceId, Digest, EntryId, digest_of
from sciaquiz.journal.entries import Certainty, Event, EventKind, Rating, Review
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.schedule import Graded, advance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sciaquiz.clock import Moment
    from sciaquiz.journal.entries import Progress

CARD = CardId("nerve-roots")
FIRST_NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
STEADY = Policy(fuzz=False)
NO_STEPS = Policy(fuzz=False, learning_steps=(), relearning_steps=())


def noon(day: int, minutes: float = 0) -> Moment:
    """Noon UTC of a study day counted from the first, and some minutes."""
    return moment_at(FIRST_NOON + timedelta(days=day, minutes=minutes))


def day(number: int) -> date:
    """The study day of that noon."""
    return noon(number).study_day


def graded(moment: Moment, rating: int, card_id: CardId = CARD) -> Graded:
    return Graded(card_id, moment, Rating(rating))


def course(answers: Iterable[tuple[Moment, int]], policy: Policy, card_id: CardId = CARD) -> Progress:
    """What a card comes to by these answers, one after another."""
    progress: Progress | None = None
    for moment, rating in answers:
        progress = advance(progress, graded(moment, rating, card_id), policy)
    assert progress is not None
    return progress


def review(
    seq: int,
    moment: Moment,
    rating: int = 3,
    *,
    device: str = "laptop",
    policy: Digest = STEADY.digest,
    certainty: Certainty | None = None,
    latency_ms: int | None = None,
    response: Mapping[str, object] | None = None,
    correct: bool | None = None,
    score: float | None = None,
) -> Review:
    return Review(
        id=EntryId(f"{device}-{seq}"),
        card_id=CARD,
        deck_id=DeckId("demo"),
        question_version=digest_of("text"),
        moment=moment,
        response=response or {},
        correct=rating > 1 if correct is None else correct,
        score=float(rating > 1) if score is None else score,
        certainty=certainty,
        latency_ms=latency_ms,
        rating=Rating(rating),
        rule="plain@1",
        policy=policy,
        device_id=DeviceId(device),
        seq=seq,
    )


def act(
    seq: int,
    kind: EventKind,
    moment: Moment,
    payload: Mapping[str, object] | None = None,
    *,
    target: str | None = None,
    device: str = "laptop",
) -> Event:
    return Event(
        id=EntryId(f"{device}-{seq}"),
        kind=kind,
        moment=moment,
        card_id=CARD,
        target=EntryId(target) if target else None,
        payload=payload or {},
        device_id=DeviceId(device),
        seq=seq,
    )
