"""The pass over what counts: the state before each review, and the first review of a day."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from remembering import CARD, NO_STEPS, STEADY, act, noon, review
from sciaquiz.insight.recent import Retention, retention_since
from sciaquiz.journal.entries import Event, EventKind, Phase, Rating
from sciaquiz.journal.snapshot import DayFigures
from sciaquiz.memory.derive import derive
from sciaquiz.memory.history import history_of
from sciaquiz.memory.replay import replay, standing_reviews

if TYPE_CHECKING:
    from sciaquiz.journal.entries import Review

POLICIES = {policy.digest: policy for policy in (STEADY, NO_STEPS)}
Answers = list[tuple[int, int]]


def given_by(answers: Answers) -> list[Review]:
    """Reviews of one card, as days and ratings; each a minute after the one before."""
    return [
        review(seq, noon(day, seq), rating, policy=NO_STEPS.digest)
        for seq, (day, rating) in enumerate(sorted(answers), start=1)
    ]


def retention_of(reviews: list[Review], events: list[Event], since: int) -> Retention:
    days = derive(CARD, reviews, events, POLICIES).days
    figures = [DayFigures(day, deck_id, *found) for (deck_id, day), found in days.items()]
    return retention_since(figures, noon(since).study_day)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 4)), max_size=12), st.integers(0, 60), st.data())
def test_true_retention_is_what_replaying_each_beginning_gives(
    answers: Answers, since: int, data: st.DataObject
) -> None:
    reviews = given_by(answers)
    gone = data.draw(st.sets(st.sampled_from([answer.id for answer in reviews]))) if reviews else set()
    voids = [act(100 + seq, EventKind.VOID, noon(70), target=name) for seq, name in enumerate(sorted(gone))]
    kept = standing_reviews(reviews, voids)
    passed = asked = 0
    for place, answer in enumerate(kept):
        before = replay(CARD, kept[:place], [], POLICIES).progress
        days_before = {earlier.moment.study_day for earlier in kept[:place]}
        day = answer.moment.study_day
        if before is not None and before.phase is Phase.REVIEW and day not in days_before:
            asked += day >= noon(since).study_day
            passed += day >= noon(since).study_day and answer.rating is not Rating.AGAIN
    assert retention_of(reviews, voids, since) == Retention(passed, asked)


def test_the_first_review_of_a_day_counts_and_the_first_day_does_not() -> None:
    reviews = given_by([(0, 3), (0, 3), (5, 1), (5, 3), (9, 3)])
    assert retention_of(reviews, [], 0) == Retention(passed=1, reviews=2)
    assert retention_of(reviews, [], 9) == Retention(passed=1, reviews=1)
    assert retention_of(reviews, [], 10) == Retention(passed=0, reviews=0)


def test_the_rating_that_counts_is_the_overruled_one() -> None:
    reviews = given_by([(0, 3), (5, 1)])
    overrule = act(9, EventKind.OVERRULE, noon(5), target=reviews[1].id, payload={"rating": 3})
    assert retention_of(reviews, [overrule], 0) == Retention(passed=1, reviews=1)


def test_the_state_before_a_review_is_that_of_all_before_it() -> None:
    reviews = given_by([(0, 3), (4, 3), (20, 2)])
    found = list(history_of(CARD, reviews, [], POLICIES))
    states = [replay(CARD, reviews[:place], [], POLICIES) for place in range(4)]
    assert [(standing.before, standing.after) for standing in found] == list(pairwise(states))
    assert all(standing.is_first_of_day for standing in found)
