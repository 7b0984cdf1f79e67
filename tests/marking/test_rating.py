"""From evidence to rating, row by row."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sciaquiz.deck.model import Kind
from sciaquiz.marking.rating import Evidence, rate
from sciaquiz.record import Certainty, Rating


@pytest.mark.parametrize(
    ("correct", "certainty", "latency_ms", "usual_ms", "rating", "reason"),
    [
        (False, Certainty.CERTAIN, 5000, 5000, Rating.AGAIN, "wrong, and you were certain"),
        (False, Certainty.GUESS, 5000, 5000, Rating.AGAIN, "wrong"),
        (False, None, None, None, Rating.AGAIN, "wrong"),
        (True, Certainty.GUESS, 5000, 5000, Rating.AGAIN, "right, but you guessed: back soon"),
        (True, Certainty.THINK_SO, 5000, 5000, Rating.GOOD, "right"),
        (True, Certainty.CERTAIN, 500, 5000, Rating.GOOD, "right"),
        (True, Certainty.CERTAIN, 12501, 5000, Rating.HARD, "right, but slow for you"),
        (True, Certainty.THINK_SO, 12500, 5000, Rating.GOOD, "right"),
        (True, Certainty.THINK_SO, 60000, None, Rating.GOOD, "right"),
        (True, Certainty.THINK_SO, None, 5000, Rating.GOOD, "right"),
        (True, None, 5000, 5000, Rating.GOOD, "right"),
    ],
)
def test_rating_follows_the_evidence(
    correct: bool,
    certainty: Certainty | None,
    latency_ms: int | None,
    usual_ms: int | None,
    rating: Rating,
    reason: str,
) -> None:
    verdict = rate(
        Evidence(
            kind=Kind.SINGLE,
            correct=correct,
            score=float(correct),
            certainty=certainty,
            latency_ms=latency_ms,
            usual_ms=usual_ms,
        )
    )
    assert (verdict.rating, verdict.reason) == (rating, reason)


@pytest.mark.parametrize("grade", Rating)
def test_the_students_own_grade_is_taken_as_it_is(grade: Rating) -> None:
    evidence = Evidence(kind=Kind.RECALL, correct=grade > 1, score=float(grade > 1), self_grade=grade)
    assert rate(evidence).rating is grade


@given(
    st.booleans(),
    st.none() | st.sampled_from(Certainty),
    st.none() | st.integers(0, 10**7),
    st.none() | st.integers(1, 10**6),
)
def test_recognition_never_earns_easy_and_an_error_never_more_than_again(
    correct: bool, certainty: Certainty | None, latency_ms: int | None, usual_ms: int | None
) -> None:
    evidence = Evidence(
        kind=Kind.SINGLE, correct=correct, score=float(correct), certainty=certainty,
        latency_ms=latency_ms, usual_ms=usual_ms,
    )  # fmt: skip
    rating = rate(evidence).rating
    assert rating is not Rating.EASY
    assert correct or rating is Rating.AGAIN
