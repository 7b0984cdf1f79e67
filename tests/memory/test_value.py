"""What a review is worth, held against the model of memory itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sciaquiz.journal.entries import Memory, Rating
from sciaquiz.memory.fsrs6 import FSRS6
from sciaquiz.memory.policy import FSRS6_PARAMETERS
from sciaquiz.memory.value import HORIZON_DAYS, worth

OF = worth(FSRS6_PARAMETERS)


def by_the_model(elapsed: int, memory: Memory) -> float:
    def recall(state: Memory, days: int) -> float:
        return FSRS6.retrievability(FSRS6_PARAMETERS, state, days)

    now = recall(memory, elapsed)
    passed = FSRS6.after(FSRS6_PARAMETERS, memory, elapsed, Rating.GOOD)
    failed = FSRS6.after(FSRS6_PARAMETERS, memory, elapsed, Rating.AGAIN)
    relearned = FSRS6.after(FSRS6_PARAMETERS, failed, 0, Rating.GOOD)
    gain = now * recall(passed, HORIZON_DAYS) + (1 - now) * recall(relearned, HORIZON_DAYS)
    return (gain - recall(memory, elapsed + HORIZON_DAYS)) / (2 - now)


@given(st.integers(1, 2000), st.floats(0.01, 20_000), st.floats(1, 10))
def test_it_is_the_gain_that_the_model_expects_for_each_answer(
    elapsed: int, stability: float, difficulty: float
) -> None:
    assert OF(elapsed, stability, difficulty) == pytest.approx(
        by_the_model(elapsed, Memory(stability, difficulty)), abs=1e-9
    )


def test_what_is_safe_is_worth_less_than_what_is_about_to_go() -> None:
    assert OF(20, 20, 5) > OF(20, 200, 5) > OF(20, 2000, 5)
