"""FSRS-6 on whole study days.

Source of the formulas and the bounds: open-spaced-repetition, FSRS-6 (2025), as py-fsrs and fsrs-rs agree on it.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, isfinite
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.journal.entries import Memory, Rating

if TYPE_CHECKING:
    from collections.abc import Sequence

LOWEST_STABILITY = 0.001
HIGHEST_STABILITY = 36500.0
LOW = (*(0.001,) * 4, 1.0, 0.001, 0.001, 0.001, 0.0, 0.0, *(0.001,) * 4, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.1)
HIGH = (*(100.0,) * 4, 10.0, 4.0, 4.0, 0.75, 4.5, 0.8, 3.5, 5.0, 0.25, 0.9, 4.0, 1.0, 6.0, 2.0, 2.0, 0.8, 0.8)


def sound_parameters(parameters: Sequence[float]) -> tuple[float, ...]:
    """Return the parameters clipped to their bounds. Raises ValueError unless they are 21 finite numbers."""
    numbers = [w for w in parameters if isinstance(w, int | float) and not isinstance(w, bool) and isfinite(w)]
    if len(numbers) != len(parameters) or len(numbers) != len(LOW):
        raise ValueError(f"FSRS-6 needs {len(LOW)} finite parameters")
    return tuple(min(max(float(w), low), high) for w, low, high in zip(numbers, LOW, HIGH, strict=True))


class Weights(Struct, frozen=True):
    """Sound parameters `w`, and what is worked out from them once instead of at every review."""

    w: tuple[float, ...]
    decay: float
    factor: float
    growth: float
    lapse_divisor: float
    easy_difficulty: float


@lru_cache(maxsize=64)
def weights_of(parameters: tuple[float, ...]) -> Weights:
    """Return sound weights. Raises ValueError unless they are 21 finite numbers."""
    w = sound_parameters(parameters)
    decay = -w[20]
    return Weights(
        w=w,
        decay=decay,
        factor=0.9 ** (1 / decay) - 1,
        growth=exp(w[8]),
        lapse_divisor=exp(w[17] * w[18]),
        easy_difficulty=_first_difficulty(w, Rating.EASY),
    )


def _first_difficulty(w: tuple[float, ...], rating: Rating) -> float:
    return w[4] - exp(w[5] * (rating - 1)) + 1


class _Fsrs6:
    """The model as a stateless object behind `MemoryModel`."""

    name = "fsrs-6"
    counts_study_days = True

    def first(self, parameters: Sequence[float], rating: Rating) -> Memory:
        """S0(G) = w[G-1]; D0(G) = w4 - e^(w5 (G-1)) + 1."""
        w = weights_of(tuple(parameters)).w
        return Memory(_stable(w[rating - 1]), _difficult(_first_difficulty(w, rating)))

    def after(self, parameters: Sequence[float], memory: Memory, elapsed_days: float, rating: Rating) -> Memory:
        """Update stability (same study day, success or failure on a later one) and difficulty."""
        weights = weights_of(tuple(parameters))
        if elapsed_days <= 0:
            stability = _same_day(weights, memory.stability, rating)
        elif rating is Rating.AGAIN:
            stability = _failure(weights, memory, _recall(weights, memory.stability, elapsed_days))
        else:
            stability = _success(weights, memory, _recall(weights, memory.stability, elapsed_days), rating)
        return Memory(_stable(stability), _next_difficulty(weights, memory.difficulty, rating))

    def retrievability(self, parameters: Sequence[float], memory: Memory, elapsed_days: float) -> float:
        """R(t, S) = (1 + F t / S)^decay with F = 0.9^(1/decay) - 1, so that R(S, S) = 0.9."""
        return _recall(weights_of(tuple(parameters)), memory.stability, max(0.0, elapsed_days))

    def recall(self, parameters: Sequence[float], elapsed_days: float, stability: float) -> float:
        """Return R(t, S), as `retrievability` does."""
        return _recall(weights_of(tuple(parameters)), stability, max(0.0, elapsed_days))

    def interval(self, parameters: Sequence[float], memory: Memory, desired_retention: float) -> float:
        """(S / F) (r^(1/decay) - 1)."""
        weights = weights_of(tuple(parameters))
        spread: float = desired_retention ** (1 / weights.decay) - 1
        return memory.stability / weights.factor * spread


def _recall(weights: Weights, stability: float, elapsed_days: float) -> float:
    recall: float = (1 + weights.factor * elapsed_days / stability) ** weights.decay
    return recall


def _same_day(weights: Weights, stability: float, rating: Rating) -> float:
    w = weights.w
    growth: float = exp(w[17] * (rating - 3 + w[18])) * stability ** -w[19]
    return stability * (growth if rating is Rating.AGAIN else max(1.0, growth))


def _success(weights: Weights, memory: Memory, recall: float, rating: Rating) -> float:
    w = weights.w
    shrinking: float = memory.stability ** -w[9]
    growth = weights.growth * (11 - memory.difficulty) * shrinking * (exp((1 - recall) * w[10]) - 1)
    if rating is Rating.HARD:
        growth *= w[15]
    elif rating is Rating.EASY:
        growth *= w[16]
    return memory.stability * (1 + growth)


def _failure(weights: Weights, memory: Memory, recall: float) -> float:
    w = weights.w
    kept: float = memory.difficulty ** -w[12] * ((memory.stability + 1) ** w[13] - 1)
    return min(w[11] * kept * exp((1 - recall) * w[14]), memory.stability / weights.lapse_divisor)


def _next_difficulty(weights: Weights, difficulty: float, rating: Rating) -> float:
    w = weights.w
    damped = difficulty - w[6] * (rating - 3) * (10 - difficulty) / 9
    return _difficult(w[7] * weights.easy_difficulty + (1 - w[7]) * damped)


def _stable(stability: float) -> float:
    return min(max(stability, LOWEST_STABILITY), HIGHEST_STABILITY)


def _difficult(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)


FSRS6 = _Fsrs6()
