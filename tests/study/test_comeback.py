"""Coming back after a break: what is offered, that no way holds more than it says, and when all is clear."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sciaquiz.ids import CardId
from sciaquiz.study.comeback import (
    FEW,
    LITTLE_MINUTES,
    Comeback,
    Overdue,
    Plan,
    ahead,
    catching_up,
    is_backlog,
    is_break,
    plans,
    seconds_for,
    within,
)

TODAY = date(2026, 11, 22)
SHARES = st.floats(0, 1, allow_nan=False)
DUE = st.lists(st.tuples(SHARES, st.booleans()), max_size=400).map(
    lambda rows: [Overdue(CardId(f"q{place}"), *row) for place, row in enumerate(rows)]
)
SECONDS = st.floats(1, 180)
ARRIVALS = st.lists(st.integers(0, 30), min_size=1, max_size=90)


def due(number: int, recall: float = 0.6, must: int = 0) -> list[Overdue]:
    return [Overdue(CardId(f"q{place}"), recall, place < must) for place in range(number)]


def by_way(found: tuple[Plan, ...]) -> dict[Comeback, Plan]:
    return {plan.way: plan for plan in found}


@pytest.mark.parametrize(
    ("days_away", "number", "usual", "expected"),
    [(40, 205, 30, True), (7, 61, 30, True), (6, 205, 30, False), (40, 60, 30, False), (40, 10, 1, False)],
)
def test_a_break_is_a_week_away_and_more_due_than_two_usual_days(
    days_away: int, number: int, usual: float, expected: bool
) -> None:
    assert is_break(TODAY - timedelta(days=days_away), TODAY, number, usual) is expected
    assert is_break(None, TODAY, number, usual) is False
    assert is_backlog(number, usual) is (number > max(FEW, 2 * usual))


def test_after_forty_days_there_are_four_ways_and_each_says_what_it_leads_to() -> None:
    found = by_way(plans(due(205, 0.6, must=41), [3] * 60, 20.0, 200))
    assert list(found) == [Comeback.LITTLE, Comeback.MUST_NOT_MISS, Comeback.ALL, Comeback.FEW]
    little, must, everything, few = found.values()
    assert (len(little.cards), little.minutes, little.wait, little.per_day) == (42, 20, 163, 42)
    assert little.cards[0] == "q0"
    assert little.clear_in is not None
    assert 5 <= little.clear_in <= 12
    assert (len(must.cards), must.wait, must.per_day) == (41, 164, None)
    assert (len(everything.cards), everything.minutes, everything.wait, everything.clear_in) == (205, 96, 0, 0)
    assert (len(few.cards), few.wait) == (10, 195)


def test_a_way_that_would_be_all_of_it_anyway_is_not_offered_twice() -> None:
    assert list(by_way(plans(due(12, 0.9, must=12), [0], 10.0, 200))) == [Comeback.ALL, Comeback.FEW]
    assert plans([], [0], 10.0, 200) == ()


def test_what_is_known_best_is_the_short_beginning() -> None:
    cards = [Overdue(CardId(f"q{place}"), place / 100, False) for place in range(50)]
    few = by_way(plans(cards, [0], 20.0, 200))[Comeback.FEW]
    assert few.cards == tuple(f"q{place}" for place in range(49, 39, -1))


@given(DUE, SECONDS, ARRIVALS)
def test_no_way_holds_more_than_it_says(cards: list[Overdue], seconds: float, arrivals: list[int]) -> None:
    found = by_way(plans(cards, arrivals, seconds, 200))
    for plan in found.values():
        assert len(set(plan.cards)) == len(plan.cards)
        assert set(plan.cards) <= {card.card_id for card in cards}
        assert len(plan.cards) + plan.wait == len(cards)
        assert len(plan.days) == len(arrivals) + 1
        assert plan.days[0] == len(plan.cards)
        assert all(day <= (plan.per_day or 200) for day in plan.days[1:])
    if little := found.get(Comeback.LITTLE):
        chosen = [card for card in cards if card.card_id in set(little.cards)]
        assert seconds_for(chosen, seconds) <= LITTLE_MINUTES * 60 + 1e-6
        assert little.cards == tuple(card.card_id for card in cards[: len(chosen)])
    if must := found.get(Comeback.MUST_NOT_MISS):
        assert must.cards == tuple(card.card_id for card in cards if card.must_not_miss)
    if cards:
        assert found[Comeback.ALL].cards == tuple(card.card_id for card in cards)
        assert len(by_way(tuple(found.values())).get(Comeback.FEW, found[Comeback.ALL]).cards) >= min(FEW, len(cards))


@given(DUE, st.floats(0, 60), SECONDS)
def test_as_many_are_taken_as_fit_and_not_one_more(cards: list[Overdue], minutes: float, seconds: float) -> None:
    taken = within(cards, minutes, seconds)
    assert list(taken) == cards[: len(taken)]
    assert seconds_for(taken, seconds) <= minutes * 60 + 1e-6
    if len(taken) < len(cards):
        assert seconds_for(cards[: len(taken) + 1], seconds) > minutes * 60 - 1e-6


@given(st.integers(0, 400), SHARES, ARRIVALS, st.integers(1, 80))
def test_what_is_planned_while_catching_up_is_what_was_told(
    number: int, recall: float, arrivals: list[int], per_day: int
) -> None:
    cards = due(number, recall)
    planned, _ = catching_up(number, sum(1 - card.recall for card in cards), per_day, arrivals)
    told, _ = ahead(cards, min(number, per_day), arrivals, per_day)
    assert all(abs(one - other) <= 1 for one, other in zip(planned, told, strict=True))  # rounded alike, or nearly
    assert max(planned) <= per_day


@given(DUE, ARRIVALS, st.integers(1, 80))
def test_more_a_day_is_clear_no_later_and_once_clear_nothing_is_left_over(
    cards: list[Overdue], arrivals: list[int], per_day: int
) -> None:
    days, clear_in = ahead(cards, min(per_day, len(cards)), arrivals, per_day)
    _, sooner = ahead(cards, min(2 * per_day, len(cards)), arrivals, 2 * per_day)
    if clear_in is None:
        assert all(day == per_day for day in days[1:]) or not cards
    else:
        assert sooner is not None
        assert sooner <= clear_in
        assert sum(days[: clear_in + 1]) >= len(cards) + sum(arrivals[:clear_in]) - 1
