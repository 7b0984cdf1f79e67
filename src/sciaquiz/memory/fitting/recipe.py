"""Fitting the parameters of a model of memory to one student's reviews: docs/memory.md has the recipe."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.memory.fitting.fsrs6 import FSRS6_SLOPES
from sciaquiz.memory.fitting.fsrs7 import FSRS7_SLOPES
from sciaquiz.memory.fitting.objective import Objective
from sciaquiz.memory.fitting.seen import next_day
from sciaquiz.memory.fitting.solving import least

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sciaquiz.memory.fitting.seen import Log
    from sciaquiz.memory.fitting.slopes import Fittable
    from sciaquiz.memory.fitting.solving import Round

SLOPES: dict[str, Fittable] = {FSRS6_SLOPES.name: FSRS6_SLOPES, FSRS7_SLOPES.name: FSRS7_SLOPES}
RECIPE = "map@1"
"""The name and version of this recipe."""
LEAST_REVIEWS = {"fsrs-6": 64, "fsrs-7": 512}
"""Next-day reviews below which a model keeps its default parameters."""
FIRST_GRADES = 4
HALFWAY_DAYS = {"fsrs-6": 10, "fsrs-7": 0}
"""Study days at which a model is halfway from the default to what fits best."""


class Fit(NamedTuple):
    """Parameters that fit a log, or the default where that is too short.

    `reviews` are the next-day reviews it was made from, `days` the study days that they are on, `trust` the share of
    the way from the default to what fits best, 0..1.
    """

    model: str
    parameters: tuple[float, ...]
    reviews: int
    days: int
    trust: float


def model_for(log: Log) -> str:
    """Return the model that is best fitted to a log of this length."""
    reviews = sum(1 for card in log for _ in next_day(card))
    return "fsrs-7" if reviews >= LEAST_REVIEWS["fsrs-7"] else "fsrs-6"


def default(model: str) -> tuple[float, ...]:
    """Return the parameters of a model that is not fitted. Raises KeyError if there is none of this name."""
    return SLOPES[model].default


def fit(log: Log, model: str, go_on: Callable[[Round], bool] = lambda _: True, *, fewest: int | None = None) -> Fit:
    """Fit a model to a log. `go_on` hears of every round, and ends the fit by False: then this raises StoppedError.

    `fewest` next-day reviews are needed, those of LEAST_REVIEWS if it is not given.
    """
    counted = [seen.day for card in log for seen in next_day(card)]
    reviews, days = len(counted), len(set(counted))
    if not reviews or reviews < (LEAST_REVIEWS[model] if fewest is None else fewest):
        return Fit(model, default(model), reviews, days, 0.0)
    slopes = SLOPES[model]
    best = least(slopes, Objective(slopes, log).measure, go_on)
    trust = days / (days + HALFWAY_DAYS[model])
    free = [start + trust * (value - start) for start, value in zip(slopes.start, best, strict=True)]
    return Fit(model, parameters_of(slopes, free), reviews, days, trust)


def parameters_of(model: Fittable, free: Sequence[float]) -> tuple[float, ...]:
    """Return the parameters of u; those that nothing moved are the default to the last digit.

    Where a better first grade never begins with less, one that was never given makes room for those that were.
    """
    found = [
        default if at == start else exp(at) if place < FIRST_GRADES else at
        for place, (at, start, default) in enumerate(zip(free, model.start, model.default, strict=True))
    ]
    if model.rises:
        moved = [place for place in range(FIRST_GRADES) if free[place] != model.start[place]]
        for place in {*range(FIRST_GRADES)} - {*moved}:
            found[place] = max([found[place], *(found[other] for other in moved if other < place)])
            found[place] = min([found[place], *(found[other] for other in moved if other > place)])
    return tuple(found)
