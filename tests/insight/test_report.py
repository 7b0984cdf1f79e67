"""The values that statistics are told in: shares with their n, and what is concluded from them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rows import each_row
from sciaquiz.insight.report import Certainties, Knowledge, Known, Recalled, Sureness, Verdict
from sciaquiz.insight.scope import Period
from sciaquiz.insight.shares import Share, wilson
from sciaquiz.journal.entries import Certainty

TODAY = date(2026, 11, 22)


@each_row(
    ("right", "n", "low", "high"),
    [  # Newcombe, Statistics in Medicine 17:857-872, 1998, table I, method 3
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_that_newcombe_prints(right: int, n: int, low: float, high: float) -> None:
    assert wilson(right, n) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_an_interval_holds_its_share_and_stays_within_bounds(counts: tuple[int, int]) -> None:
    right, n = counts
    low, high = wilson(right, n)
    assert 0 <= low <= right / n <= high <= 1
    assert low < high
    other_low, other_high = wilson(n - right, n)
    assert (low, high) == pytest.approx((1 - other_high, 1 - other_low))


def test_a_share_of_nothing_has_no_value_and_nine_are_few() -> None:
    assert Share().value is None
    assert Share().interval is None
    assert Share(9, 9).is_few
    assert not Share(0, 10).is_few
    assert Share(1, 2) + Share(3, 4) == Share(4, 6)


@each_row(
    ("period", "first"),
    [
        (Period.WEEK, date(2026, 11, 16)),
        (Period.MONTH, date(2026, 10, 24)),
        (Period.QUARTER, date(2026, 8, 25)),
        (Period.ALL, date.min),
    ],
)
def test_a_period_ends_today(period: Period, first: date) -> None:
    assert period.since(TODAY) == first


@each_row(
    ("certainty", "right", "n", "verdict"),
    [
        (Certainty.CERTAIN, 97, 100, Verdict.FITS),
        (Certainty.CERTAIN, 60, 100, Verdict.OVER),
        (Certainty.CERTAIN, 75, 100, Verdict.FITS),  # 66 to 82: nothing is said on so few
        (Certainty.CERTAIN, 5, 9, Verdict.FEW),
        (Certainty.THINK_SO, 95, 100, Verdict.UNDER),
        (Certainty.THINK_SO, 40, 100, Verdict.OVER),
        (Certainty.GUESS, 5, 100, Verdict.FITS),
        (Certainty.GUESS, 90, 100, Verdict.UNDER),
    ],
)
def test_a_word_of_certainty_is_judged_by_its_interval(
    certainty: Certainty, right: int, n: int, verdict: Verdict
) -> None:
    assert Sureness(certainty, Share(right, n)).verdict is verdict


def test_too_much_confidence_in_one_word_is_what_is_told() -> None:
    over, under = Sureness(Certainty.CERTAIN, Share(60, 100)), Sureness(Certainty.GUESS, Share(90, 100))
    assert Certainties(certain=over, guess=under).verdict is Verdict.OVER
    assert Certainties(guess=under).verdict is Verdict.UNDER
    assert Certainties().verdict is Verdict.FEW
    assert Certainties(certain=over).certain_and_wrong == 40


def test_a_prediction_is_off_where_it_lies_outside_the_interval() -> None:
    assert Recalled(Share(90, 100), 0.95).error == pytest.approx(0.05)
    assert not Recalled(Share(90, 100), 0.94).is_off
    assert Recalled(Share(90, 100), 0.97).is_off
    assert not Recalled(Share(1, 9), 0.97).is_off
    assert Recalled().error is None


def test_what_moved_in_a_week_is_told_from_the_day_a_week_ago() -> None:
    course = tuple(
        Known(TODAY - timedelta(days=ago), cards) for ago, cards in ((14, 1.0), (7, 4.0), (3, 6.0), (0, 9.0))
    )
    assert Knowledge(10, known=9.0, course=course).moved == 5.0
    assert Knowledge(10, known=9.0, course=course[2:]).moved is None
    assert Knowledge(10, known=9.0, course=course).share == 0.9
