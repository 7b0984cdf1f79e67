"""What a fit makes small: the log loss of what happened, and how far the parameters are from the default."""

from __future__ import annotations

from itertools import islice
from math import log, sqrt
from operator import mul
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.memory.fitting.seen import courses, next_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.memory.fitting.seen import Log
    from sciaquiz.memory.fitting.slopes import Fittable

LEAST_CHANCE = 1e-4
BLOCK = 512
"""Rows of derivatives that are summed up at a time."""


class Measured(NamedTuple):
    """The objective at one point, its gradient, and the lower half of its curvature (Gauss-Newton), row by row."""

    value: float
    gradient: list[float]
    curvature: list[list[float]]


class Objective:
    """F(u) = sum of -ln p(what happened) + sum of ((u - u0)/deviation)^2, over the next-day reviews of a log.

    p = b + (1 - b) R where it was right and (1 - b)(1 - R) where not, b being the floor or what takes its place.
    """

    def __init__(self, model: Fittable, log: Log) -> None:
        """Take what the model needs out of the log, once for all rounds."""
        self._model = model
        self._cards = courses(log, in_study_days=model.in_study_days)
        self._outcomes = [
            (seen.right, seen.luck if seen.right and seen.luck is not None else seen.floor)
            for card in log
            for seen in next_day(card)
        ]

    def value(self, free: Sequence[float]) -> float:
        """Return F(u)."""
        return self.measure(free).value

    def measure(self, free: Sequence[float]) -> Measured:
        """Return F(u) with its gradient and curvature, in one pass over the log."""
        size = len(free)
        loss, gradient, curvature = 0.0, [0.0] * size, [[0.0] * (row + 1) for row in range(size)]
        slopes = zip(self._model.slopes(free, self._cards), self._outcomes, strict=True)
        while block := [*islice(slopes, BLOCK)]:
            pulls, rows = [], []
            for (recall, slope), (right, floor) in block:
                lost, pull, weight = _loss(recall, floor, right=right)
                loss += lost
                root = sqrt(weight)
                pulls.append(pull / root)
                rows.append([each * root for each in slope])
            columns = [(place, column) for place, column in enumerate(zip(*rows, strict=True)) if any(column)]
            for number, (row, column) in enumerate(columns):
                gradient[row] += sum(map(mul, pulls, column))
                along = curvature[row]
                for place, other in columns[: number + 1]:
                    along[place] += sum(map(mul, column, other))
        for place, (at, start, deviation) in enumerate(
            zip(free, self._model.start, self._model.deviations, strict=True)
        ):
            away = (at - start) / deviation
            loss += away * away
            gradient[place] += 2 * away / deviation
            curvature[place][place] += 2 / deviation**2
        return Measured(loss, gradient, curvature)


def _loss(recall: float, floor: float, *, right: bool) -> tuple[float, float, float]:
    """Return -ln p, its derivative by R, and its expected second derivative by R."""
    steep = 1 - floor
    chance = floor + steep * recall
    if floor >= 1:  # luck that says the answer was more likely without knowing
        return -log(chance), -steep / chance, max((steep / chance) ** 2, LEAST_CHANCE)
    chance = min(max(chance, LEAST_CHANCE), 1 - LEAST_CHANCE)
    weight = steep * steep / (chance * (1 - chance))
    if right:
        return -log(chance), -steep / chance, weight
    return -log(1 - chance), steep / (1 - chance), weight
