"""Due dates are spread a little, inside bounds, and always the same way for the same card."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembering import CARD, STEADY, course, noon
from rows import each_row
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import Phase, Rating
from sciaquiz.memory.fuzz import fraction, fuzz_range, pick, round_half_up
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.schedule import preview

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors" / "fsrs.json").read_text("utf-8"))["fuzz"]

intervals = st.floats(0.001, 40000)
spreads = st.floats(0, 1, exclude_max=True)
maxima = st.integers(1, 36500)


@each_row(("interval", "least", "maximum", "low", "middle", "high"), VECTORS["cases"])
def test_spread_intervals_are_the_published_ones(
    interval: float, least: int, maximum: int, low: int, middle: int, high: int
) -> None:
    shortest, longest = fuzz_range(interval, maximum, least)
    assert [pick(spread, shortest, longest) for spread in (0.0, 0.5, 0.99)] == [low, middle, high]


@pytest.mark.parametrize(("interval", "least", "maximum", "wanted"), VECTORS["no_fuzz_cases"]["cases"])
def test_intervals_without_fuzz_are_the_published_ones(interval: float, least: int, maximum: int, wanted: int) -> None:
    assert min(max(round_half_up(interval), least), maximum) == wanted


@given(intervals, maxima, st.integers(1, 40000))
def test_range_keeps_to_the_least_and_the_maximum(interval: float, maximum: int, least: int) -> None:
    shortest, longest = fuzz_range(interval, maximum, least)
    assert 1 <= min(least, maximum) <= shortest <= longest <= maximum


@given(intervals, maxima, st.integers(1, 40000), spreads)
def test_pick_is_inside_its_range(interval: float, maximum: int, least: int, spread: float) -> None:
    shortest, longest = fuzz_range(interval, maximum, least)
    assert shortest <= pick(spread, shortest, longest) <= longest


@given(st.floats(2.5, 36000))
def test_range_moves_an_interval_by_a_day_and_at_most_by_its_share(interval: float) -> None:
    shortest, longest = fuzz_range(interval, 36500)
    allowed = 1 + 0.15 * interval + 0.5  # half a day comes from rounding
    assert interval - allowed <= shortest < longest <= interval + allowed


@given(st.floats(0.001, 2.499))
def test_short_intervals_are_not_spread(interval: float) -> None:
    shortest, longest = fuzz_range(interval, 36500)
    assert shortest == longest == max(1, round_half_up(interval))


@given(st.integers(1, 300), st.integers(1, 300), st.floats(0, 1, exclude_max=True))
def test_pick_grows_with_the_spread(shortest: int, more: int, spread: float) -> None:
    assert shortest == pick(0.0, shortest, shortest + more) <= pick(spread, shortest, shortest + more)
    assert pick(1 - 2**-53, shortest, shortest + more) == shortest + more


def test_every_day_of_a_range_comes_up_about_as_often() -> None:
    shortest, longest = fuzz_range(10.0, 36500)
    days = Counter(pick(fraction(CardId(f"card-{number}"), 1), shortest, longest) for number in range(5000))
    assert sorted(days) == list(range(shortest, longest + 1))
    assert min(days.values()) > 0.85 * 5000 / len(days)


@given(st.text(), st.integers(0, 10_000))
def test_fraction_is_below_one_and_always_the_same(card_id: str, reps: int) -> None:
    found = fraction(CardId(card_id), reps)
    assert 0 <= found < 1
    assert found == fraction(CardId(card_id), reps)


def test_fraction_is_fixed_for_good() -> None:
    """A change would move due dates of journals that are replayed."""
    assert [round(fraction(CARD, reps), 6) for reps in (0, 1, 2)] == [0.390053, 0.144726, 0.142926]


def test_fraction_differs_between_cards_and_between_answers() -> None:
    found = {fraction(CardId(f"card-{number}"), reps) for number in range(50) for reps in range(50)}
    assert len(found) == 2500


def test_half_a_day_rounds_up() -> None:
    assert [round_half_up(days) for days in (0.49, 0.5, 1.5, 2.5, 3.49)] == [0, 1, 2, 3, 3]


@each_row("number", range(20))
def test_all_ratings_of_one_answer_are_spread_alike_and_stay_in_order(number: int) -> None:
    card_id, policy = CardId(f"card-{number}"), Policy()
    progress = course([(noon(0), 4), (noon(8), 3)], policy, card_id)
    at = noon(8 + progress.interval_days)
    foreseen = preview(progress, card_id, at, policy)
    assert foreseen == preview(progress, card_id, at, policy)
    hard, good, easy = (foreseen[rating].interval_days for rating in (Rating.HARD, Rating.GOOD, Rating.EASY))
    assert hard < good < easy


@given(st.integers(5, 60), st.text(min_size=1, max_size=8))
def test_fuzz_never_passes_the_maximum(maximum: int, name: str) -> None:
    policy = Policy(maximum_interval=maximum)
    card_id = CardId(name)
    progress = course([(noon(0), 4), (noon(8), 4), (noon(100), 4)], policy, card_id)
    for after in preview(progress, card_id, noon(300), policy).values():
        assert after.interval_days <= maximum


def test_without_fuzz_all_cards_come_back_alike() -> None:
    days = {course([(noon(0), 4), (noon(8), 3)], STEADY, CardId(f"card-{n}")).interval_days for n in range(30)}
    spread = {course([(noon(0), 4), (noon(8), 3)], Policy(), CardId(f"card-{n}")).interval_days for n in range(30)}
    assert len(days) == 1
    assert len(spread) > 2
    assert min(spread) <= days.pop() <= max(spread)


def test_previewed_interval_is_the_one_that_comes() -> None:
    policy = Policy()
    progress = course([(noon(0), 4)], policy)
    for rating, foreseen in preview(progress, CARD, noon(8), policy).items():
        assert course([(noon(0), 4), (noon(8), rating)], policy) == foreseen
    assert preview(progress, CARD, noon(8), policy)[Rating.GOOD].phase is Phase.REVIEW
