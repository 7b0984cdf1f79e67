"""A key that was wrong, answers that another rule rates, and answers in a mock exam: what each does to a card."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from remembering import CARD, STEADY, act, noon, review
from sciaquiz.ids import Digest
from sciaquiz.journal.entries import EventKind, Mode, Phase, Rating, Review, Unsafe, schedules
from sciaquiz.memory.derive import derive
from sciaquiz.memory.model import model_named
from sciaquiz.memory.replay import replay, standing_reviews

POLICIES = {STEADY.digest: STEADY}
LEARNED = [review(1, noon(0), 4), review(2, noon(8), 3), review(3, noon(40), 3)]
CORRECTION = act(4, EventKind.CORRECTED, noon(41), {"from": "old", "to": "new"})


def test_a_corrected_card_is_asked_at_once_and_learned_anew() -> None:
    found = replay(CARD, LEARNED, [CORRECTION], POLICIES).progress
    before = replay(CARD, LEARNED, [], POLICIES).progress
    assert found is not None
    assert before is not None
    assert (found.phase, found.due_day, found.due_at) == (Phase.REVIEW, noon(41).study_day, None)
    assert found.memory == model_named(STEADY.model).first(STEADY.parameters, Rating.AGAIN)
    assert (found.reps, found.lapses, found.first_day) == (before.reps, before.lapses, before.first_day)


def test_a_correction_counts_once_however_many_devices_tell_of_it() -> None:
    relearned = [*LEARNED, review(6, noon(42), 3)]
    again = act(1, EventKind.CORRECTED, noon(50), {"from": "old", "to": "new"}, device="phone")
    assert replay(CARD, relearned, [CORRECTION, again], POLICIES) == replay(CARD, relearned, [CORRECTION], POLICIES)


def test_who_has_answered_the_corrected_text_already_is_not_asked_again_for_it() -> None:
    new = replace(review(4, noon(42), 3), question_version=Digest("new"))
    late = act(1, EventKind.CORRECTED, noon(50), {"to": "new"}, device="phone")
    assert replay(CARD, [*LEARNED, new], [late], POLICIES) == replay(CARD, [*LEARNED, new], [], POLICIES)


def test_a_voided_correction_never_was() -> None:
    undo = act(9, EventKind.VOID, noon(41), target=CORRECTION.id)
    assert replay(CARD, LEARNED, [CORRECTION, undo], POLICIES) == replay(CARD, LEARNED, [], POLICIES)


def test_a_card_that_nobody_answered_is_not_reopened_and_a_belief_in_the_old_key_is_no_danger() -> None:
    assert replay(CARD, [], [CORRECTION], POLICIES).progress is None
    wrong = replace(review(4, noon(40, 5), 1), correct=False)
    assert isinstance(replay(CARD, [*LEARNED, wrong], [], POLICIES).unsafe, Unsafe | None)
    assert (
        replay(CARD, [*LEARNED, wrong], [act(5, EventKind.CORRECTED, noon(41), {"to": "new"})], POLICIES).unsafe is None
    )


def test_another_rule_rates_old_answers_and_the_students_own_word_still_wins() -> None:
    first, second, third = LEARNED
    rules = act(5, EventKind.RERATE, noon(42), {"rule": "evidence@9", "ratings": {first.id: 2, second.id: 1, "x": 9}})
    own = act(6, EventKind.OVERRULE, noon(41), {"rating": 4}, target=second.id)
    assert [found.rating for found in standing_reviews(LEARNED, [rules, own])] == [2, 4, third.rating]
    later = act(7, EventKind.RERATE, noon(43), {"rule": "evidence@8", "ratings": {first.id: 3}})
    assert standing_reviews(LEARNED, [rules, later])[0].rating is Rating.GOOD
    assert standing_reviews(LEARNED, [act(5, EventKind.RERATE, noon(42), {"ratings": [1]})]) == LEARNED


@pytest.mark.parametrize("mode", Mode)
def test_in_a_mock_exam_only_what_was_missed_moves_the_schedule(mode: Mode) -> None:
    moves = (schedules(mode, correct=False), schedules(mode, correct=True))
    assert moves == {Mode.PRACTICE: (False, False), Mode.EXAM: (True, False)}.get(mode, (True, True))
    for correct, rating in ((True, 3), (False, 1)):
        late = replace(review(4, noon(45), rating), mode=mode, correct=correct)
        moved = replay(CARD, [*LEARNED, late], [], POLICIES).progress != replay(CARD, LEARNED, [], POLICIES).progress
        assert moved is moves[correct]


@given(st.permutations([*LEARNED, review(5, noon(43), 3)]))
def test_whatever_the_order_of_arrival_the_corrected_card_is_the_same(reviews: list[Review]) -> None:
    expected = replay(CARD, [*LEARNED, review(5, noon(43), 3)], [CORRECTION], POLICIES)
    assert replay(CARD, reviews, [CORRECTION], POLICIES) == expected
    assert derive(CARD, reviews, [CORRECTION], POLICIES).state == expected
