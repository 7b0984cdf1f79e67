"""The journal alone decides a card's state, whatever order its entries arrived in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from remembering import CARD, NO_STEPS, STEADY, act, course, noon, review
from sciaquiz.clock import moment_at
from sciaquiz.ids import Digest
from sciaquiz.journal.entries import CardState, Event, EventKind, Marks, Rating, Review
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.replay import DEFAULT_POLICY, in_order, is_leech, leech_now, replay, standing_reviews

POLICIES = {STEADY.digest: STEADY, NO_STEPS.digest: NO_STEPS}


def state(reviews: list[Review], events: list[Event] | None = None) -> CardState:
    return replay(CARD, reviews, events or [], POLICIES)


def marks(*events: Event) -> Marks:
    return state([], list(events)).marks


def two_devices() -> tuple[list[Review], list[Event]]:
    """A laptop and a phone in turn; the phone also overrules and notes."""
    reviews = [
        review(1, noon(0), 3),
        review(2, noon(0, 10), 3),
        review(1, noon(2), 1, device="phone"),
        review(2, noon(2, 10), 3, device="phone"),
        review(3, noon(9), 3),
        review(5, noon(30), 4, device="phone"),
    ]
    events = [
        act(3, EventKind.OVERRULE, noon(10), {"rating": 2}, target="laptop-3", device="phone"),
        act(4, EventKind.NOTE, noon(10), {"text": "from the phone"}, device="phone"),
        act(4, EventKind.NOTE, noon(11), {"text": "from the laptop"}),
        act(6, EventKind.VOID, noon(31), target="phone-5", device="phone"),
    ]
    return reviews, events


def test_a_card_nobody_answered_has_no_progress() -> None:
    assert state([]) == CardState(card_id=CARD)


def test_replaying_is_answering_one_after_another() -> None:
    answers = [(noon(0), 3), (noon(0, 10), 3), (noon(2), 1), (noon(2, 10), 3)]
    reviews = [review(seq, moment, rating) for seq, (moment, rating) in enumerate(answers, 1)]
    assert state(reviews).progress == course(answers, STEADY)


@given(st.permutations(two_devices()[0]), st.permutations(two_devices()[1]))
def test_the_order_of_arrival_changes_nothing(reviews: list[Review], events: list[Event]) -> None:
    assert state(reviews, events) == state(*two_devices())


def test_two_devices_are_merged_by_time() -> None:
    found = in_order(two_devices()[0])
    assert [entry.id for entry in found] == ["laptop-1", "laptop-2", "phone-1", "phone-2", "laptop-3", "phone-5"]


def test_a_device_whose_clock_went_backwards_keeps_its_own_order() -> None:
    reviews = [review(1, noon(5), 1), review(2, noon(1), 3), review(3, noon(6), 3)]
    assert [entry.seq for entry in in_order(reversed(reviews))] == [1, 2, 3]


def test_entries_after_a_jump_back_count_from_the_latest_time_their_device_had_reached() -> None:
    laptop = [review(1, noon(5)), review(2, noon(1))]
    phone = [review(1, noon(3), device="phone")]
    assert [entry.id for entry in in_order([*laptop, *phone])] == ["phone-1", "laptop-1", "laptop-2"]


@given(st.lists(st.tuples(st.sampled_from(["laptop", "phone"]), st.integers(-50, 50)), max_size=12))
def test_order_never_depends_on_arrival_even_where_clocks_jump(told: list[tuple[str, int]]) -> None:
    reviews = [review(seq, noon(0, minutes), device=device) for seq, (device, minutes) in enumerate(told)]
    found = in_order(reviews)
    assert in_order(sorted(reviews, key=lambda entry: entry.moment.instant, reverse=True)) == found
    for device in ("laptop", "phone"):
        places = [entry.seq for entry in found if entry.device_id == device]
        assert places == sorted(places)


def test_entries_of_the_same_instant_have_one_order() -> None:
    reviews = [review(1, noon(0), device=device) for device in ("tablet", "laptop", "phone")]
    assert [entry.device_id for entry in in_order(reviews)] == ["laptop", "phone", "tablet"]
    assert in_order(reversed(reviews)) == in_order(reviews)


def test_voiding_the_last_answer_is_as_if_it_had_never_been_given() -> None:
    before = [review(1, noon(0), 4), review(2, noon(8), 3)]
    taken_back = [*before, review(3, noon(30), 1)]
    undo = act(4, EventKind.VOID, noon(30, 1), target="laptop-3")
    assert state(taken_back, [undo]) == state(before)
    assert state(taken_back) != state(before)


def test_voiding_the_only_answer_makes_the_card_new_again() -> None:
    assert state([review(1, noon(0), 3)], [act(2, EventKind.VOID, noon(0), target="laptop-1")]).progress is None


def test_voiding_an_answer_in_the_middle_replays_the_others() -> None:
    kept = [review(1, noon(0), 4), review(3, noon(30), 3)]
    undo = act(4, EventKind.VOID, noon(31), target="laptop-2")
    assert state([kept[0], review(2, noon(8), 1), kept[1]], [undo]) == state(kept)


def test_a_void_cannot_be_voided() -> None:
    undo = act(2, EventKind.VOID, noon(1), target="laptop-1")
    undo_undo = act(3, EventKind.VOID, noon(2), target="laptop-2")
    assert state([review(1, noon(0))], [undo, undo_undo]).progress is None


def test_a_void_of_nothing_known_changes_nothing() -> None:
    reviews = [review(1, noon(0))]
    assert state(reviews, [act(2, EventKind.VOID, noon(1), target="elsewhere-9")]) == state(reviews)
    assert state(reviews, [act(2, EventKind.VOID, noon(1))]) == state(reviews)


def test_an_overruled_answer_counts_as_the_student_said() -> None:
    reviews = [review(1, noon(0), 4), review(2, noon(8), 1), review(3, noon(40), 3)]
    given_instead = act(4, EventKind.OVERRULE, noon(41), {"rating": 3}, target="laptop-2")
    found = state(reviews, [given_instead]).progress
    assert found == course([(noon(0), 4), (noon(8), 3), (noon(40), 3)], STEADY)


def test_the_last_of_several_overrules_counts_and_a_voided_one_does_not() -> None:
    reviews = [review(1, noon(0), 1)]
    first = act(2, EventKind.OVERRULE, noon(1), {"rating": 2}, target="laptop-1")
    second = act(3, EventKind.OVERRULE, noon(2), {"rating": 4}, target="laptop-1")
    undo = act(4, EventKind.VOID, noon(3), target="laptop-3")
    assert standing_reviews(reviews, [second, first])[0].rating is Rating.EASY
    assert standing_reviews(reviews, [second, first, undo])[0].rating is Rating.HARD


@pytest.mark.parametrize(
    "payload", [{}, {"rating": 0}, {"rating": 5}, {"rating": "good"}, {"rating": None}, {"rating": [3]}, {"x": 3}]
)
def test_an_overrule_without_a_rating_is_passed_over(payload: dict[str, object]) -> None:
    reviews = [review(1, noon(0), 1)]
    assert state(reviews, [act(2, EventKind.OVERRULE, noon(1), payload, target="laptop-1")]) == state(reviews)


def test_the_evidence_of_an_overruled_answer_stays() -> None:
    given_instead = act(2, EventKind.OVERRULE, noon(1), {"rating": 3}, target="laptop-1")
    first = review(1, noon(0), 1)
    assert standing_reviews([first], [given_instead]) == [replace(first, rating=Rating.GOOD)]


@pytest.mark.parametrize(
    ("kinds", "wanted"),
    [
        ([EventKind.SUSPEND], Marks(suspended=True)),
        ([EventKind.SUSPEND, EventKind.RESUME], Marks()),
        ([EventKind.RESUME, EventKind.SUSPEND], Marks(suspended=True)),
        ([EventKind.FLAG], Marks(flagged=True)),
        ([EventKind.FLAG, EventKind.UNFLAG], Marks()),
        ([EventKind.FLAG, EventKind.SUSPEND], Marks(flagged=True, suspended=True)),
    ],
)
def test_marks_are_what_was_set_last(kinds: list[EventKind], wanted: Marks) -> None:
    events = [act(seq, kind, noon(0, seq)) for seq, kind in enumerate(kinds, 1)]
    assert marks(*events) == wanted
    assert marks(*reversed(events)) == wanted


def test_a_card_is_buried_until_a_day_or_until_it_is_unburied() -> None:
    bury = act(1, EventKind.BURY, noon(0), {"until": "2026-03-05"})
    assert marks(bury).buried_until == date(2026, 3, 5)
    assert marks(bury, act(2, EventKind.UNBURY, noon(0, 1))).buried_until is None


def test_an_empty_note_removes_the_note() -> None:
    note = act(1, EventKind.NOTE, noon(0), {"text": "S1: the ankle jerk"})
    assert marks(note).note == "S1: the ankle jerk"
    assert marks(note, act(2, EventKind.NOTE, noon(1), {"text": ""})).note == ""


def test_a_voided_mark_gives_way_to_the_one_before() -> None:
    events = [
        act(1, EventKind.NOTE, noon(0), {"text": "first"}),
        act(2, EventKind.NOTE, noon(1), {"text": "second"}),
        act(3, EventKind.VOID, noon(2), target="laptop-2"),
    ]
    assert marks(*events).note == "first"


@pytest.mark.parametrize(
    ("kind", "payload"),
    [
        (EventKind.BURY, {}),
        (EventKind.BURY, {"until": "soon"}),
        (EventKind.BURY, {"until": 20260305}),
        (EventKind.BURY, {"until": None}),
        (EventKind.NOTE, {}),
        (EventKind.NOTE, {"text": 7}),
        (EventKind.NOTE, {"text": None}),
    ],
)
def test_an_act_that_says_nothing_usable_is_passed_over(kind: EventKind, payload: dict[str, object]) -> None:
    before = [act(1, EventKind.BURY, noon(0), {"until": "2026-03-05"}), act(2, EventKind.NOTE, noon(0), {"text": "a"})]
    assert marks(*before, act(3, kind, noon(1), payload)) == marks(*before)


def test_settings_and_policies_are_no_marks() -> None:
    setting = act(1, EventKind.SETTING, noon(0), {"name": "theme", "value": "dark"})
    assert marks(setting, act(2, EventKind.POLICY, noon(0), {"fuzz": False})) == Marks()


def test_each_answer_counts_under_the_policy_it_was_given_under() -> None:
    stepped = state([review(1, noon(0), 3)]).progress
    stepless = state([review(1, noon(0), 3, policy=NO_STEPS.digest)]).progress
    assert stepped is not None
    assert stepless is not None
    assert (stepped.interval_days, stepless.interval_days) == (0, 2)


def test_an_unknown_policy_counts_as_the_default() -> None:
    unknown = state([review(1, noon(0), 4, policy=Digest("0" * 32))]).progress
    assert unknown == course([(noon(0), 4)], DEFAULT_POLICY)
    assert Policy() == DEFAULT_POLICY


def test_a_later_change_of_policy_leaves_earlier_answers_as_they_were() -> None:
    first = review(1, noon(0), 3)
    before = state([first]).progress
    strict = Policy(fuzz=False, desired_retention=0.97)
    assert replay(CARD, [first], [], {**POLICIES, strict.digest: strict}).progress == before


def test_the_study_day_of_an_answer_is_never_computed_again() -> None:
    late = moment_at(noon(0).instant + timedelta(hours=14))  # two at night: still the first day
    found = state([review(1, late, 4)]).progress
    assert found is not None
    assert found.last_day == noon(0).study_day


@pytest.mark.parametrize(("lapses", "leech"), [(0, False), (7, False), (8, True), (9, False), (12, True), (16, True)])
def test_a_leech_is_told_at_the_threshold_and_every_half_of_it(lapses: int, leech: bool) -> None:
    assert is_leech(lapses) is leech


def test_only_the_answer_that_makes_a_leech_tells_so() -> None:
    before = course([(noon(0), 4)], NO_STEPS)
    lapsed = course([(noon(0), 4), (noon(8), 1)], NO_STEPS)
    known = course([(noon(0), 4), (noon(8), 1), (noon(9), 3)], NO_STEPS)
    assert leech_now(before, lapsed, threshold=1)
    assert not leech_now(lapsed, known, threshold=1)
    assert not leech_now(before, lapsed, threshold=2)
    assert not leech_now(None, before, threshold=1)
