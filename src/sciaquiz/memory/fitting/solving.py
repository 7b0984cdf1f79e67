"""Levenberg and Marquardt's way to the least of an objective, between bounds."""

from __future__ import annotations

from math import sqrt
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sciaquiz.memory.fitting.objective import Measured
    from sciaquiz.memory.fitting.slopes import Fittable

MOST_ROUNDS = 30
ENOUGH = 3e-5
"""A gain below this share of the objective ends the search."""
LEAST_DAMPING = 1e-6
"""A share of the diagonal of the curvature."""


class StoppedError(Exception):
    """A fit was ended before it was done."""


class Round(NamedTuple):
    """How far a search has come: rounds done, of how many at most, and the least value so far."""

    done: int
    most: int
    value: float


def least(
    model: Fittable,
    measure: Callable[[Sequence[float]], Measured],
    go_on: Callable[[Round], bool],
) -> list[float]:
    """Return the free parameters at the least value that is found from the model's start.

    Raises StoppedError if `go_on` says no after a round.
    """
    at, damping, refused = [*model.start], model.first_damping, 0
    here = measure(at)
    for done in range(1, MOST_ROUNDS + 1):
        step = _step(here, at, model, damping)
        trial = [
            min(max(value + change, low), high)
            for value, change, low, high in zip(at, step, model.low, model.high, strict=True)
        ]
        there = measure(trial)
        gain, promise = here.value - there.value, _promise(here, step)
        if gain > 0:
            at, here, refused = trial, there, 0
            damping = max(damping * _change(gain / promise), LEAST_DAMPING)
        else:
            refused += 1
            damping *= 4**refused
        if not go_on(Round(done, MOST_ROUNDS, here.value)):
            raise StoppedError
        if (gain if gain > 0 else promise) < ENOUGH * max(1.0, here.value):
            break
    return at


def _change(kept: float) -> float:
    """Return by what the damping is multiplied after a step that gained such a share of what the curvature promised."""
    if kept > 0.75:
        return 1 / 6
    return 0.5 if kept > 0.4 else 1.0 if kept > 0.2 else 2.0


def _promise(here: Measured, step: Sequence[float]) -> float:
    """Return the gain of a step if the objective were as curved everywhere as here: -(g d + d H d / 2)."""
    along = 0.0
    for row, line in enumerate(here.curvature):
        dot = sum(map(mul, line, step))
        along += step[row] * (here.gradient[row] + dot - line[row] * step[row] / 2)
    return -along


def _step(here: Measured, at: Sequence[float], model: Fittable, damping: float) -> list[float]:
    """Return the step that solves (H + damping diag H) d = -g between the bounds.

    What the gradient holds at a bound stays there; what would leave its bounds goes as far as them, and the others are
    solved for anew.
    """
    step = [0.0] * len(at)
    free = []
    for place, (value, pull) in enumerate(zip(at, here.gradient, strict=True)):
        is_held = value <= model.low[place] if pull > 0 else value >= model.high[place]
        if not is_held:
            free.append(place)
    while free:
        for place, change in zip(free, _solved(here, free, step, damping), strict=True):
            step[place] = change
        leaving = []
        for place in free:
            within = min(max(at[place] + step[place], model.low[place]), model.high[place])
            if within != at[place] + step[place]:
                step[place] = within - at[place]
                leaving.append(place)
        if not leaving:
            break
        free = [place for place in free if place not in leaving]
    return step


def _solved(here: Measured, free: Sequence[int], step: Sequence[float], damping: float) -> list[float]:
    """Return the changes of the free parameters, by Cholesky's way, with the steps of the others as they are."""
    curvature, places = here.curvature, set(free)
    held = [(place, change) for place, change in enumerate(step) if change and place not in places]
    lower: list[list[float]] = []
    towards: list[float] = []
    for row in free:
        pull = here.gradient[row]
        pull += sum(curvature[max(row, place)][min(row, place)] * change for place, change in held)
        line: list[float] = []
        for before, column in zip(lower, free, strict=False):
            line.append((curvature[row][column] - sum(map(mul, line, before))) / before[-1])
        pivot = sqrt(curvature[row][row] * (1 + damping) - sum(map(mul, line, line)))
        towards.append((-pull - sum(map(mul, line, towards))) / pivot)
        lower.append([*line, pivot])
    for number in range(len(free) - 1, -1, -1):
        dot = sum(lower[other][number] * towards[other] for other in range(number + 1, len(free)))
        towards[number] = (towards[number] - dot) / lower[number][number]
    return towards
