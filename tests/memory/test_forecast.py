"""What is expected: recall now, along time, and the load of the days to come."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembering import CARD, STEADY, course, day, noon
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import CardState, Marks
from sciaquiz.memory.forecast import due_forecast, forgetting_curve, retrievability_now
from sciaquiz.memory.policy import Policy


def due(number: int, marks: Marks | None = None) -> CardState:
    """A card that is due on this day: learnt with Easy 8 days before."""
    progress = course([(noon(number - 8), 4)], STEADY)
    assert progress.due_day == day(number)
    return CardState(card_id=CardId(f"card-{number}"), progress=progress, marks=marks or Marks())


def test_recall_is_certain_on_the_day_of_the_answer() -> None:
    assert retrievability_now(course([(noon(0), 3)], STEADY), day(0), STEADY) == 1.0


def test_recall_is_nine_in_ten_when_the_stability_has_passed() -> None:
    progress = course(
        [(noon(0), 4)], Policy(fuzz=False, parameters=(*STEADY.parameters[:3], 8.0, *STEADY.parameters[4:]))
    )
    assert progress.memory.stability == 8.0
    assert retrievability_now(progress, day(8), STEADY) == pytest.approx(0.9)


def test_recall_before_the_last_answer_is_that_of_its_day() -> None:
    assert retrievability_now(course([(noon(9), 3)], STEADY), day(2), STEADY) == 1.0


def test_the_curve_has_a_point_for_every_day_and_falls() -> None:
    progress = course([(noon(0), 4)], STEADY)
    curve = forgetting_curve(progress, STEADY, 30)
    assert len(curve) == 31
    assert curve[0] == 1.0
    assert list(curve) == sorted(set(curve), reverse=True)
    assert all(curve[n] == retrievability_now(progress, day(n), STEADY) for n in range(31))


def test_a_curve_of_no_days_is_the_day_of_the_answer() -> None:
    assert forgetting_curve(course([(noon(0), 4)], STEADY), STEADY, 0) == (1.0,)


def test_cards_are_counted_on_the_day_they_are_due() -> None:
    assert due_forecast([due(10), due(11), due(11), due(13)], day(10), 5) == (1, 2, 0, 1, 0)


def test_what_is_overdue_counts_today() -> None:
    assert due_forecast([due(2), due(9), due(10)], day(10), 2) == (3, 0)


def test_what_is_due_after_the_last_day_is_not_counted() -> None:
    assert due_forecast([due(12)], day(10), 2) == (0, 0)


def test_cards_on_a_step_count_today() -> None:
    learning = CardState(card_id=CARD, progress=course([(noon(10), 1)], STEADY))
    assert due_forecast([learning], day(10), 2) == (1, 0)


def test_new_and_suspended_cards_are_not_counted() -> None:
    assert due_forecast([CardState(card_id=CARD), due(10, Marks(suspended=True))], day(10), 1) == (0,)


@pytest.mark.parametrize(("until", "wanted"), [(9, (1, 0, 0, 0)), (12, (0, 0, 1, 0)), (40, (0, 0, 0, 0))])
def test_a_buried_card_counts_on_the_day_it_shows_again(until: int, wanted: tuple[int, ...]) -> None:
    assert due_forecast([due(10, Marks(buried_until=day(until)))], day(10), 4) == wanted


def test_an_overdue_card_that_was_buried_until_a_day_gone_by_counts_today() -> None:
    assert due_forecast([due(6, Marks(buried_until=day(8)))], day(10), 5) == (1, 0, 0, 0, 0)


def test_a_forecast_of_no_days_is_empty() -> None:
    assert due_forecast([due(10)], day(10), 0) == ()


@given(st.lists(st.integers(0, 60), max_size=20), st.integers(0, 60))
def test_every_card_is_counted_once_at_most(due_days: list[int], today: int) -> None:
    states = [due(number) for number in due_days]
    last = max([day(today), *(state.progress.due_day for state in states if state.progress)])
    days = (last - day(today)) // timedelta(days=1) + 1
    assert sum(due_forecast(states, day(today), days)) == len(states)
