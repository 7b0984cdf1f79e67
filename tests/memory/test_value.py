"""What a review is worth, held against the model of memory itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sciaquiz.journal.entries import Memory, Rating
from sciaquiz.memory.fits import DEFAULT_FITS
from sciaquiz.memory.fsrs6 import FSRS6
from sciaquiz.memory.fsrs7 import FSRS7, FSRS7_PARAMETERS
from sciaquiz.memory.policy import FSRS6_PARAMETERS
from sciaquiz.memory.value import HORIZON_DAYS, faded, worth, worth_of

if TYPE_CHECKING:
    from sciaquiz.memory.model import MemoryModel

OF = worth(FSRS6_PARAMETERS)


def by_the_model(
    elapsed: int,
    memory: Memory,
    model: MemoryModel = FSRS6,
    parameters: tuple[float, ...] = FSRS6_PARAMETERS,
    horizon: int = HORIZON_DAYS,
    more: float = 1.0,
) -> float:
    def recall(state: Memory, days: int) -> float:
        return model.retrievability(parameters, state, days)

    now = recall(memory, elapsed)
    passed = model.after(parameters, memory, elapsed, Rating.GOOD)
    failed = model.after(parameters, memory, elapsed, Rating.AGAIN)
    relearned = model.after(parameters, failed, 0, Rating.GOOD)
    gain = now * recall(passed, horizon) + (1 - now) * recall(relearned, horizon)
    return (gain - recall(memory, elapsed + horizon)) / (1 + (1 - now) * more)


@given(st.integers(1, 2000), st.floats(0.01, 20_000), st.floats(1, 10))
def test_it_is_the_gain_that_the_model_expects_for_each_answer(
    elapsed: int, stability: float, difficulty: float
) -> None:
    assert OF(elapsed, stability, difficulty) == pytest.approx(
        by_the_model(elapsed, Memory(stability, difficulty)), abs=1e-9
    )


@given(st.integers(1, 400), st.floats(0.1, 2000), st.floats(1, 10), st.integers(1, 60), st.floats(0, 5))
def test_any_horizon_and_any_time_of_a_wrong_answer_may_be_asked_for(
    elapsed: int, stability: float, difficulty: float, horizon: int, more: float
) -> None:
    value = worth_of(DEFAULT_FITS, horizon, more)
    for memory, model, parameters in (
        (Memory(stability, difficulty), FSRS6, FSRS6_PARAMETERS),
        (Memory(stability, difficulty, stability / 2), FSRS7, FSRS7_PARAMETERS),
    ):
        wanted = by_the_model(elapsed, memory, model, parameters, horizon, more)
        assert value(memory, elapsed) == pytest.approx(wanted, abs=1e-9)


def test_what_is_safe_is_worth_less_than_what_is_about_to_go() -> None:
    assert OF(20, 20, 5) > OF(20, 200, 5) > OF(20, 2000, 5)


@given(st.integers(0, 400), st.floats(0.01, 3000), st.floats(0.01, 3000), st.floats(1, 10))
def test_of_a_memory_of_seven_it_is_the_gain_that_this_model_expects(
    days: int, stability: float, fast: float, difficulty: float
) -> None:
    memory = Memory(stability, difficulty, fast)
    assert worth_of(DEFAULT_FITS)(memory, days) == pytest.approx(by_the_model(days, memory, FSRS7, FSRS7_PARAMETERS))
    as_six = Memory(1.0, 5.0)
    assert DEFAULT_FITS.recall(as_six, faded(DEFAULT_FITS, memory, days)) == pytest.approx(
        DEFAULT_FITS.recall(memory, days)
    )
