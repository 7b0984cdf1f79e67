"""A mock exam follows from its entries, whatever is among them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId, DeckId, Digest, EntryId, OptionId, new_entry_id
from sciaquiz.journal.entries import Act, Certainty, EventKind
from sciaquiz.mock.attempt import By, What, after, answer, attempts, begin, entry, hand_in
from sciaquiz.mock.form import Away, Form, Item, Terms, form_from_json, form_to_json
from sciaquiz.mock.meter import Meter, used_on_opening

if TYPE_CHECKING:
    from sciaquiz.mock.attempt import Attempt

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
CHOSE_A, CHOSE_B = {"chosen": "a", "shown": ["a", "b"]}, {"chosen": "b", "shown": ["a", "b"]}


def at(seconds: float) -> Any:
    return moment_at(NOON + timedelta(seconds=seconds))


def form(number: int = 5, **terms: Any) -> Form:
    items = tuple(
        Item(
            card_id=CardId(f"q{place}"),
            deck_id=DeckId("demo"),
            version=Digest(f"v{place}"),
            answer_id=EntryId(f"answer-{place}"),
            order=(OptionId("a"), OptionId("b")),
            topic="imaging" if place % 2 else "tests",
            is_first=place == 0,
            chance=0.7,
        )
        for place in range(number)
    )
    return Form(id=new_entry_id(), end_id=new_entry_id(), terms=Terms(title="Trial", **terms), items=items, began=at(0))


def one(*acts: Act) -> Attempt:
    [found] = attempts(acts)
    return found


def test_a_form_comes_back_from_the_journal_as_it_was() -> None:
    begun = form(away=Away.COUNTS, minutes=30, seed=7, asks_certainty=False)
    assert form_from_json(begun.id, form_to_json(begun), begun.began) == begun


def test_what_was_said_last_counts_and_a_changed_answer_is_counted_as_changed() -> None:
    trial = form()
    found = one(
        begin(trial),
        answer(trial.id, 1, CHOSE_A, at(10), 10_000, certainty=Certainty.CERTAIN),
        answer(trial.id, 1, CHOSE_B, at(20), 20_000, thought_ms=9_000),
    )
    assert found.said[1].response == CHOSE_B
    assert (found.said[1].certainty, found.said[1].changes, found.said[1].thought_ms) == (None, 1, 9_000)
    assert (found.here, found.used_ms, found.first_open()) == (1, 20_000, 0)


def test_an_answer_that_is_cleared_is_open_again_and_a_part_of_an_answer_is_none() -> None:
    trial = form()
    found = one(
        begin(trial),
        answer(trial.id, 0, CHOSE_A, at(1), 1000),
        entry(trial.id, What.CLEAR, at(2), 2000, 0),
        answer(trial.id, 2, {"judged": []}, at(3), 3000, is_whole=False),
    )
    assert not found.answers
    assert 2 in found.said


def test_flags_pause_and_resume() -> None:
    trial = form()
    acts = [
        begin(trial),
        entry(trial.id, What.FLAG, at(1), 1000, 3),
        entry(trial.id, What.FLAG, at(2), 2000, 4),
        entry(trial.id, What.UNFLAG, at(3), 3000, 4),
        entry(trial.id, What.PAUSE, at(4), 4000),
    ]
    assert one(*acts).flagged == {3}
    assert one(*acts).is_paused
    assert not one(*acts, entry(trial.id, What.RESUME, at(400), 4000)).is_paused


def test_nothing_changes_an_exam_that_was_handed_in() -> None:
    trial = form()
    done = [begin(trial), answer(trial.id, 0, CHOSE_A, at(1), 1000), hand_in(trial, at(2), 2000, By.TIME, {4: "gone"})]
    found = one(*done, answer(trial.id, 0, CHOSE_B, at(3), 3000), entry(trial.id, What.CLEAR, at(4), 4000, 0))
    assert found == one(*done)
    assert found.ended is not None
    assert (found.ended.by, found.ended.left_out) == (By.TIME, {4: "gone"})
    assert not found.is_open


def test_two_exams_are_told_apart_and_stand_in_the_order_in_which_they_began() -> None:
    first, second = form(), form()
    found = attempts([begin(first), begin(second), answer(second.id, 0, CHOSE_A, at(1), 1)])
    assert {each.form.id: len(each.answers) for each in found} == {first.id: 0, second.id: 1}


def test_entries_of_a_device_whose_clock_is_behind_may_come_before_the_beginning() -> None:
    trial = form()
    assert one(answer(trial.id, 0, CHOSE_A, at(-9), 5), begin(trial)).answers


HOSTILE = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**40), 2**40) | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.sampled_from(
            ["what", "place", "used", "response", "whole", "certainty", "thought", "by", "left_out", "form"]
        ),
        HOSTILE | st.sampled_from([*What]),
    )
)
def test_an_entry_from_elsewhere_can_hold_anything_and_breaks_nothing(payload: dict[str, Any]) -> None:
    trial = form()
    strange = Act(id=new_entry_id(), kind=EventKind.MOCK, moment=at(5), payload={"mock": trial.id, **payload})
    assert one(begin(trial), strange).form == trial
    assert after(one(begin(trial)), strange).form == trial


@pytest.mark.parametrize("spoilt", ["items", "end", "away", "minutes"])
def test_a_form_that_makes_no_sense_is_no_exam(spoilt: str) -> None:
    kept = form_to_json(form()) | {spoilt: []}
    assert form_from_json(EntryId("x"), kept, at(0)) is None


def test_any_order_of_two_devices_that_went_on_by_themselves_loses_no_answer() -> None:
    trial = form(8)
    acts = [answer(trial.id, place, CHOSE_A, at(place), place) for place in range(8)]
    for seed in range(20):
        Random(seed).shuffle(acts)
        assert len(one(begin(trial), *acts).answers) == 8


class Ticking:
    """A clock that a test moves."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_the_clock_stops_while_one_is_away_or_runs_on_as_it_was_set() -> None:
    assert used_on_opening(60_000, NOON, NOON + timedelta(hours=2), Away.STOPS) == 60_000
    assert used_on_opening(60_000, NOON, NOON + timedelta(minutes=2), Away.COUNTS) == 180_000
    assert used_on_opening(60_000, NOON, NOON - timedelta(days=3), Away.COUNTS) == 60_000


@pytest.mark.parametrize(("away", "used"), [(Away.STOPS, 6_000), (Away.COUNTS, 106_000)])
def test_the_time_of_a_process_that_was_stopped_counts_only_if_time_away_does(away: Away, used: int) -> None:
    ticks = Ticking()
    meter = Meter(1000, away, ticks)
    ticks.now += 3
    meter.look()
    ticks.now += 100
    meter.went_on()
    ticks.now += 2
    assert meter.look() == used


def test_a_clock_that_goes_backwards_takes_no_time_away() -> None:
    ticks = Ticking()
    meter = Meter(5000, Away.STOPS, ticks)
    ticks.now -= 50
    assert meter.look() == 5000
