"""A real person's 12,580 answers, replayed: finite throughout, and as the other packages remember them."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from math import isfinite
from pathlib import Path

import fsrs
import fsrs_rs_python as fsrs_rs
import pytest

from sciaquiz.clock import Moment
from sciaquiz.ids import CardId, DeckId, DeviceId, EntryId, digest_of
from sciaquiz.journal.entries import CardState, Rating, Review
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.replay import replay

FIRST_DAY = date(2024, 3, 29)
POLICY = Policy()
TOLERANCE = 1e-4

Cards = dict[CardId, list[Review]]


@pytest.fixture(scope="module")
def log() -> Cards:
    cards: Cards = defaultdict(list)
    with (Path(__file__).parent / "data" / "josh.csv").open(encoding="utf-8", newline="") as lines:
        for seq, row in enumerate(csv.DictReader(lines), start=1):
            rating = Rating(int(row["rating"]))
            instant = datetime.fromtimestamp(0, UTC) + timedelta(milliseconds=int(row["review_time_ms"]))
            card_id = CardId(row["card_id"])
            cards[card_id].append(
                Review(
                    id=EntryId(str(seq)),
                    card_id=card_id,
                    deck_id=DeckId("josh"),
                    question_version=digest_of(card_id),
                    moment=Moment(instant, 0, FIRST_DAY + timedelta(days=int(row["day"]))),
                    response={},
                    correct=rating is not Rating.AGAIN,
                    score=float(rating is not Rating.AGAIN),
                    certainty=None,
                    latency_ms=int(row["duration_ms"]),
                    rating=rating,
                    rule="self@1",
                    policy=POLICY.digest,
                    device_id=DeviceId("desk"),
                    seq=seq,
                )
            )
    return cards


@pytest.fixture(scope="module")
def states(log: Cards) -> dict[CardId, CardState]:
    return {card_id: replay(card_id, reviews, (), {POLICY.digest: POLICY}) for card_id, reviews in log.items()}


def memory_of(state: CardState) -> tuple[float, ...]:
    assert state.progress is not None
    return state.progress.memory.stability, state.progress.memory.difficulty


def gaps(reviews: list[Review]) -> list[int]:
    days = [review.moment.study_day for review in reviews]
    return [0, *((later - earlier).days for earlier, later in pairwise(days))]


def test_the_log_is_whole(log: Cards) -> None:
    assert len(log) == 1205
    assert sum(map(len, log.values())) == 12580


def test_every_card_has_a_finite_state_that_lies_ahead(log: Cards, states: dict[CardId, CardState]) -> None:
    for card_id, state in states.items():
        progress = state.progress
        assert progress is not None
        assert all(map(isfinite, memory_of(state)))
        assert 0.001 <= progress.memory.stability <= 36500
        assert 1 <= progress.memory.difficulty <= 10
        assert progress.reps == len(log[card_id])
        assert progress.last_day == log[card_id][-1].moment.study_day
        assert progress.due_day >= progress.last_day
        assert 0 <= progress.interval_days <= POLICY.maximum_interval


def test_py_fsrs_remembers_the_same(log: Cards, states: dict[CardId, CardState]) -> None:
    scheduler = fsrs.Scheduler(learning_steps=(), relearning_steps=(), enable_fuzzing=False)
    for card_id, reviews in log.items():
        card = fsrs.Card(card_id=1)
        for review in reviews:
            noon = datetime.combine(review.moment.study_day, datetime.min.time(), UTC) + timedelta(hours=12)
            card, _ = scheduler.review_card(card, fsrs.Rating(review.rating), noon)
        assert memory_of(states[card_id]) == pytest.approx((card.stability, card.difficulty), rel=TOLERANCE)


def test_fsrs_rs_remembers_the_same(log: Cards, states: dict[CardId, CardState]) -> None:
    items = [
        fsrs_rs.FSRSItem(
            [
                fsrs_rs.FSRSReview(rating=int(review.rating), delta_t=gap)
                for review, gap in zip(reviews, gaps(reviews), strict=True)
            ]
        )
        for reviews in log.values()
    ]
    found = fsrs_rs.FSRS(POLICY.parameters).memory_state_batch(items)
    for card_id, theirs in zip(log, found, strict=True):
        assert memory_of(states[card_id]) == pytest.approx((theirs.stability, theirs.difficulty), rel=TOLERANCE)
