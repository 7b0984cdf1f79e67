"""FSRS-6 on whole study days.

Source of the formulas and bounds: open-spaced-repetition, FSRS-6 (2025), as py-fsrs and fsrs-rs have them alike.
"""

from __future__ import annotations

import math
from math import exp, isfinite
from typing import TYPE_CHECKING

from sciaquiz.record import Memory, Rating

if TYPE_CHECKING:
    from collections.abc import Sequence

LOWEST_STABILITY = 0.001
HIGHEST_STABILITY = 36500.0
LOW = (*(0.001,) * 4, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, *(0.001,) * 4, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1)
HIGH = (*(100.0,) * 4, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5, 5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8)


def sound_parameters(parameters: Sequence[float]) -> tuple[float, ...]:
    """Return the parameters clipped to their bounds. Raises ValueError unless they are 21 finite numbers."""
    if len(parameters) != len(LOW) or not all(isfinite(w) for w in parameters):
        raise ValueError("FSRS-6 needs 21 finite parameters")
    return tuple(min(max(w, low), high) for w, low, high in zip(parameters, LOW, HIGH, strict=True))


class _Fsrs6:
    """The model as a stateless object behind `MemoryModel`."""

    name = "fsrs-6"

    def first(self, parameters: Sequence[float], rating: Rating) -> Memory:
        """S0(G) = w[G-1]; D0(G) = w4 - e^(w5 (G-1)) + 1."""
        return Memory(_stable(parameters[rating - 1]), _difficult(_first_difficulty(parameters, rating)))

    def after(self, parameters: Sequence[float], memory: Memory, elapsed_days: int, rating: Rating) -> Memory:
        """Update stability (same day, success or failure on a later day) and difficulty."""
        if elapsed_days <= 0:
            stability = self._same_day(parameters, memory.stability, rating)
        else:
            recall = self.retrievability(parameters, memory, elapsed_days)
            update = self._failure if rating is Rating.AGAIN else self._success
            stability = update(parameters, memory, recall, rating)
        return Memory(_stable(stability), self._difficulty(parameters, memory.difficulty, rating))

    def retrievability(self, parameters: Sequence[float], memory: Memory, elapsed_days: float) -> float:
        """R(t, S) = (1 + F t / S)^decay, so that R(S, S) = 0.9."""
        decay = -parameters[20]
        factor = math.pow(0.9, 1 / decay) - 1
        return math.pow(1 + factor * max(0.0, elapsed_days) / memory.stability, decay)

    def interval(self, parameters: Sequence[float], memory: Memory, desired_retention: float) -> float:
        """(S / F) (r^(1/decay) - 1)."""
        decay = -parameters[20]
        factor = math.pow(0.9, 1 / decay) - 1
        return memory.stability / factor * (math.pow(desired_retention, 1 / decay) - 1)

    def _same_day(self, w: Sequence[float], stability: float, rating: Rating) -> float:
        growth = exp(w[17] * (rating - 3 + w[18])) * math.pow(stability, -w[19])
        return stability * (growth if rating is Rating.AGAIN else max(1.0, growth))

    def _success(self, w: Sequence[float], memory: Memory, recall: float, rating: Rating) -> float:
        growth = (
            exp(w[8]) * (11 - memory.difficulty) * math.pow(memory.stability, -w[9]) * (exp((1 - recall) * w[10]) - 1)
        )
        if rating is Rating.HARD:
            growth *= w[15]
        elif rating is Rating.EASY:
            growth *= w[16]
        return memory.stability * (1 + growth)

    def _failure(self, w: Sequence[float], memory: Memory, recall: float, rating: Rating) -> float:
        lapsed = (
            w[11]
            * math.pow(memory.difficulty, -w[12])
            * (math.pow(memory.stability + 1, w[13]) - 1)
            * exp((1 - recall) * w[14])
        )
        return min(lapsed, memory.stability / exp(w[17] * w[18]))

    def _difficulty(self, w: Sequence[float], difficulty: float, rating: Rating) -> float:
        damped = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
        return _difficult(w[7] * _first_difficulty(w, Rating.EASY) + (1 - w[7]) * damped)


def _first_difficulty(w: Sequence[float], rating: Rating) -> float:
    return w[4] - exp(w[5] * (rating - 1)) + 1


def _stable(stability: float) -> float:
    return min(max(stability, LOWEST_STABILITY), HIGHEST_STABILITY)


def _difficult(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)


FSRS6 = _Fsrs6()
