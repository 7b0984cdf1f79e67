"""FSRS-7 against the states and intervals of other implementations."""

from __future__ import annotations

import json
from itertools import pairwise
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remembering import course, noon
from sciaquiz.journal.entries import Memory, Rating
from sciaquiz.memory.fsrs7 import FSRS7, FSRS7_PARAMETERS, HIGH, LOW, sound_parameters
from sciaquiz.memory.model import MODELS, model_named
from sciaquiz.memory.policy import Policy

if TYPE_CHECKING:
    from collections.abc import Sequence

VECTORS = json.loads((Path(__file__).parent / "vectors" / "fsrs7.json").read_text(encoding="utf-8"))


def numbers(memory: Memory) -> tuple[float, float | None, float]:
    return memory.stability, memory.fast, memory.difficulty


def as_near_as_32_bits(state: Sequence[float]) -> object:
    return pytest.approx(state, rel=1e-4, abs=1e-7)


def test_defaults_and_bounds_are_the_published_ones() -> None:
    assert list(FSRS7_PARAMETERS) == VECTORS["weights"]
    assert list(LOW) == VECTORS["bounds"]["low"]
    assert list(HIGH) == VECTORS["bounds"]["high"]
    assert sound_parameters(FSRS7_PARAMETERS) == FSRS7_PARAMETERS


@pytest.mark.parametrize("case", VECTORS["histories"], ids=lambda case: str(case["rating"]))
def test_every_state_along_a_history(case: dict[str, Any]) -> None:
    memory = FSRS7.first(FSRS7_PARAMETERS, Rating(case["rating"][0]))
    found = [numbers(memory)]
    for gap, rating in zip(case["delta_t"][1:], case["rating"][1:], strict=True):
        memory = FSRS7.after(FSRS7_PARAMETERS, memory, gap, Rating(rating))
        found.append(numbers(memory))
    wanted = zip(case["stability"], case["stability_fast"], case["difficulty"], strict=True)
    assert found == [as_near_as_32_bits(state) for state in wanted]


@pytest.mark.parametrize("case", VECTORS["steps"], ids=lambda case: f"{case['state']} after {case['elapsed_days']}")
def test_one_step_and_the_intervals_after_it(case: dict[str, Any]) -> None:
    if case["state"] is None:
        states = [FSRS7.first(FSRS7_PARAMETERS, rating) for rating in Rating]
    else:
        slow, fast, difficulty = case["state"]
        before = Memory(slow, difficulty, fast)
        recall = FSRS7.retrievability(FSRS7_PARAMETERS, before, case["elapsed_days"])
        assert recall == pytest.approx(case["retrievability"], abs=5e-6)
        states = [FSRS7.after(FSRS7_PARAMETERS, before, case["elapsed_days"], rating) for rating in Rating]
    assert [numbers(state) for state in states] == [as_near_as_32_bits(state) for state in case["next"]]
    for desired, intervals in case["intervals"].items():
        found = [FSRS7.interval(FSRS7_PARAMETERS, state, float(desired)) for state in states]
        assert found == pytest.approx(intervals, rel=0.005, abs=1e-8), desired


@pytest.mark.parametrize(
    "parameters",
    [(), FSRS7_PARAMETERS[:33], (*FSRS7_PARAMETERS[:33], float("nan")), (*FSRS7_PARAMETERS[:33], "1"), (True,) * 34],
)
def test_parameters_that_are_not_34_finite_numbers_are_refused(parameters: tuple[Any, ...]) -> None:
    with pytest.raises(ValueError, match="34 finite parameters"):
        FSRS7.first(parameters, Rating.GOOD)
    with pytest.raises(ValueError, match="34 finite parameters"):
        Policy(model="fsrs-7", parameters=parameters)


def test_a_better_first_rating_never_begins_with_less() -> None:
    first = sound_parameters((5.0, 4.0, 0.1, 3.0, *FSRS7_PARAMETERS[4:25], 0.8, 0.6, *FSRS7_PARAMETERS[27:]))
    assert first[:4] == (5.0, 5.0, 5.0, 5.0)
    assert first[25:27] == (0.8, 0.8)


def test_the_model_is_found_by_name() -> None:
    assert model_named("fsrs-7") is FSRS7
    assert [model_named(name).name for name in MODELS] == list(MODELS)


def test_a_state_without_a_fast_stability_begins_as_a_new_one_does() -> None:
    for rating in Rating:
        assert FSRS7.after(FSRS7_PARAMETERS, Memory(4.0, 5.0), 2.5, rating) == FSRS7.after(
            FSRS7_PARAMETERS, Memory(4.0, 5.0, 3.2), 2.5, rating
        )


def test_the_schedule_counts_its_time_in_fractional_days() -> None:
    policy = Policy(model="fsrs-7", parameters=FSRS7_PARAMETERS, fuzz=False, learning_steps=(), relearning_steps=())
    begun = FSRS7.first(FSRS7_PARAMETERS, Rating.GOOD)
    for minutes in (0, 6, 360, 2000):
        after = course([(noon(0), 3), (noon(0, minutes), 1)], policy)
        assert after.memory == FSRS7.after(FSRS7_PARAMETERS, begun, minutes / 1440, Rating.AGAIN)
    backwards = course([(noon(1), 3), (noon(0), 1)], policy)
    assert backwards.memory == course([(noon(1), 3), (noon(1), 1)], policy).memory


memories = st.builds(Memory, st.floats(1e-4, 36500), st.floats(1, 10), st.none() | st.floats(1e-4, 36500))
parameter_sets = st.tuples(*(st.floats(low, high) for low, high in zip(LOW, HIGH, strict=True)))
days_apart = st.floats(0, 40000)


@settings(max_examples=40)
@given(parameter_sets, memories, days_apart, st.sampled_from(Rating))
def test_states_stay_within_their_bounds(
    parameters: tuple[float, ...], memory: Memory, days: float, rating: Rating
) -> None:
    after = FSRS7.after(parameters, memory, days, rating)
    assert after.fast is not None
    assert 1e-4 <= after.fast <= 36500
    assert 1e-4 <= after.stability <= 36500
    assert 1 <= after.difficulty <= 10
    assert rating is not Rating.AGAIN or after.fast <= max(1e-4, 0.8 * after.stability)


@settings(max_examples=40)
@given(parameter_sets, memories)
def test_recall_falls_with_time(parameters: tuple[float, ...], memory: Memory) -> None:
    recall = [FSRS7.retrievability(parameters, memory, days) for days in (-3, 0, 1e-3, 0.5, 1, 20, 36500)]
    assert recall[0] == recall[1] == pytest.approx(1 - 1e-5)
    assert all(sooner >= later - 1e-12 for sooner, later in pairwise(recall))
    assert recall[-1] > 0


@settings(max_examples=40)
@given(parameter_sets, memories, st.floats(0.1, 0.999))
def test_recall_is_what_was_desired_at_the_end_of_the_interval(
    parameters: tuple[float, ...], memory: Memory, desired: float
) -> None:
    days = FSRS7.interval(parameters, memory, desired)
    recall = FSRS7.retrievability(parameters, memory, days)
    assert isfinite(days)
    assert recall == pytest.approx(desired, rel=1e-6) or (days == 36500 and recall > desired) or days < 1e-11


@settings(max_examples=40)
@given(memories, st.floats(-4000, -1e-9), st.sampled_from(Rating))
def test_time_that_went_backwards_counts_as_none(memory: Memory, days: float, rating: Rating) -> None:
    then = FSRS7.after(FSRS7_PARAMETERS, memory, days, rating)
    assert then == FSRS7.after(FSRS7_PARAMETERS, memory, 0, rating)
