"""Moments, answers and acts for tests of memory, made by plain calls."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId, DeckId, DeviceId, Digest, EntryId, digest_of
from sciaquiz.journal.entries import Certainty, Event, EventKind, Mode, Rating, Review
from sciaquiz.memory.fsrs7 import FSRS7_PARAMETERS
from sciaquiz.memory.model import model_named
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.schedule import Graded, advance

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sciaquiz.clock import Moment
    from sciaquiz.journal.entries import Memory, Progress

CARD = CardId("nerve-roots")
FIRST_NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
STEADY = Policy(fuzz=False)
NO_STEPS = Policy(fuzz=False, learning_steps=(), relearning_steps=())
SEVEN = Policy(fuzz=False, model="fsrs-7", parameters=FSRS7_PARAMETERS)
OTHER_SEVEN = Policy(model="fsrs-7", parameters=(*(2 * w for w in FSRS7_PARAMETERS[:4]), *FSRS7_PARAMETERS[4:]))


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


def by_hand(answers: Sequence[tuple[Graded, Policy]]) -> Progress | None:
    """What a card comes to by answers each under its own policy: a change of model begins again with the first."""
    progress: Progress | None = None
    for number, (given, policy) in enumerate(answers):
        if progress is not None and policy.model != answers[number - 1][1].model:
            progress = replace(progress, memory=from_the_first([before for before, _ in answers[:number]], policy))
        progress = advance(progress, given, policy)
    return progress


def from_the_first(answers: Sequence[Graded], policy: Policy) -> Memory:
    """What the answers come to under one model, by its own two functions."""
    model = model_named(policy.model)
    memory = model.first(policy.parameters, answers[0].rating)
    for before, given in pairwise(answers):
        days: float = (given.moment.study_day - before.moment.study_day).days
        if policy.model == "fsrs-7":
            days = (given.moment.instant - before.moment.instant).total_seconds() / 86400
        memory = model.after(policy.parameters, memory, max(0, days), given.rating)
    return memory


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
    mode: Mode = Mode.STUDY,
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
        mode=mode,
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
