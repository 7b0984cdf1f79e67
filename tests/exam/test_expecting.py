"""What a review can be expected to lead to, held against the model of memory itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examining import MODEL
from sciaquiz.exam.expecting import expecting
from sciaquiz.journal.entries import Memory, Rating
from sciaquiz.memory.fsrs6 import FSRS6
from sciaquiz.memory.policy import FSRS6_PARAMETERS

MEMORIES = st.builds(Memory, st.floats(0.01, 20_000), st.floats(1, 10))


def later(memory: Memory, days: int) -> float:
    return FSRS6.retrievability(FSRS6_PARAMETERS, memory, days)


@given(MEMORIES, st.integers(1, 900), st.integers(1, 90))
def test_a_review_leads_to_the_mean_of_good_and_of_again_with_its_step(memory: Memory, elapsed: int, days: int) -> None:
    recall = later(memory, elapsed)
    passed = FSRS6.after(FSRS6_PARAMETERS, memory, elapsed, Rating.GOOD)
    failed = FSRS6.after(FSRS6_PARAMETERS, memory, elapsed, Rating.AGAIN)
    failed = FSRS6.after(FSRS6_PARAMETERS, failed, 0, Rating.GOOD)
    expected = recall * later(passed, days) + (1 - recall) * later(failed, days)
    held = MODEL.held(memory.stability, memory.difficulty)
    reviewed = MODEL.review(held, elapsed)
    assert MODEL.ahead(reviewed, days) == pytest.approx(expected, abs=1e-9)
    after = MODEL.after(held, reviewed, days)
    assert MODEL.recall(days, after.stability) == pytest.approx(expected, abs=1e-6)
    assert after.difficulty == pytest.approx(recall * passed.difficulty + (1 - recall) * failed.difficulty)


@pytest.mark.parametrize(("steps", "known", "learned"), [(2, (3, 3), (1, 3, 3)), (0, (3,), (1,)), (1, (3,), (1, 3))])
def test_a_first_answer_ends_its_day_with_the_steps_that_are_set(
    steps: int, known: tuple[int, ...], learned: tuple[int, ...]
) -> None:
    found = expecting(FSRS6_PARAMETERS, learning_steps=steps)
    for ratings, memory in ((known, found.known), (learned, found.learned)):
        state = FSRS6.first(FSRS6_PARAMETERS, Rating(ratings[0]))
        for rating in ratings[1:]:
            state = FSRS6.after(FSRS6_PARAMETERS, state, 0, Rating(rating))
        assert memory == state
