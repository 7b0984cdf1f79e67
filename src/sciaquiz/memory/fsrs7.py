"""FSRS-7 on fractional days: a slow and a fast stability, and a difficulty.

Source of the formulas, the default parameters and the bounds: open-spaced-repetition, FSRS-7 (2026), as fsrs-rs and
ts-fsrs have it on their main branches.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp, isfinite, log
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.journal.entries import Memory, Rating

if TYPE_CHECKING:
    from collections.abc import Sequence

FSRS7_PARAMETERS = (
    0.1104, 2.2395, 3.9221, 11.7841, 6.1686, 0.6457, 3.6807, 1.9795, 0.0, 1.3826, 0.7024, 0.5999,
    0.8146, 0.6398, 1.0, 1.3207, 0.6707, 3.8668, 0.4416, 0.0934, 1.8631, 0.6162, 1.0869, 0.1567,
    0.0801, 0.2421, 0.9464, 0.1433, 0.7145, 0.0, 0.5667, 0.3734, 0.5333, 0.3048,
)  # fmt: skip
"""Default parameters of FSRS-7 (open-spaced-repetition, 2026)."""
LOW = (
    0.0001, 0.0001, 0.0001, 0.0001, 1.0, 0.001, 0.1, 0.0, 0.0, 0.3, 0.01, 0.1, 0.0, 0.0, 1.0, 0.0, 0.0, 0.5, 0.001,
    0.001, 0.0, 0.0, 1.0, 0.01, 0.01, 0.2, 0.5, 0.01, 0.1, 0.0, 0.1, 0.0, 0.0, 0.0,
)  # fmt: skip
HIGH = (
    50.0, 100.0, 100.0, 100.0, 10.0, 4.0, 4.0, 4.0, 1.2, 3.0, 1.5, 1.0, 3.5, 1.0, 7.0, 4.0, 2.0, 6.0, 1.5,
    1.0, 5.0, 1.0, 7.0, 0.25, 0.95, 0.85, 0.99, 1.0, 1.0, 0.9, 1.1, 1.0, 0.6, 0.6,
)  # fmt: skip
NEVER_BELOW = ((1, 0), (2, 1), (3, 2), (26, 25))
"""Parameters that are never smaller than another one, in the order in which they are raised to it."""

LOWEST_STABILITY = 0.0001
HIGHEST_STABILITY = 36500.0
LONGEST_INTERVAL = 36500.0
NO_INTERVAL_FROM = 0.9999
"""The desired retention from which on other implementations give an interval of 0."""
FAST_SHARE = 0.8
"""The fast stability of a new card, and the most of one that was forgotten, as a share of the slow one."""
SLOW_TRACE, FAST_TRACE = 7, 15
"""Where the eight parameters begin by which a stability changes."""
PRECISION = 1e-10
"""How near, in ln R, the recall at the end of an interval comes to the one desired."""
MOST_STEPS = 100


def sound_parameters(parameters: Sequence[float]) -> tuple[float, ...]:
    """Return the parameters clipped to their bounds. Raises ValueError unless they are 34 finite numbers."""
    numbers = [w for w in parameters if isinstance(w, int | float) and not isinstance(w, bool) and isfinite(w)]
    if len(numbers) != len(parameters) or len(numbers) != len(LOW):
        raise ValueError(f"FSRS-7 needs {len(LOW)} finite parameters")
    w = [min(max(float(w), low), high) for w, low, high in zip(numbers, LOW, HIGH, strict=True)]
    for more, less in NEVER_BELOW:
        w[more] = max(w[more], w[less])
    return tuple(w)


class Weights(Struct, frozen=True):
    """Sound parameters `w`, and what is worked out from them once instead of at every review."""

    w: tuple[float, ...]
    slow_decay: float
    slow_factor: float
    easy_difficulty: float


@lru_cache(maxsize=64)
def weights_of(parameters: tuple[float, ...]) -> Weights:
    """Return sound weights. Raises ValueError unless they are 34 finite numbers."""
    w = sound_parameters(parameters)
    return Weights(
        w=w, slow_decay=-w[24], slow_factor=w[26] ** (-1 / w[24]) - 1, easy_difficulty=_first_difficulty(w, Rating.EASY)
    )


class Curve(Struct, frozen=True):
    """The forgetting curve of one state: R(t) = (a Rf + b Rs) / (a + b), a power curve for each stability.

    `fast_rate` and `slow_rate` are F/S of each curve, per day; `share` is a / (a + b).
    """

    fast_decay: float
    fast_rate: float
    slow_decay: float
    slow_rate: float
    share: float

    def fast(self, days: float) -> float:
        """Return the recall of the fast curve alone."""
        recall: float = (1 + self.fast_rate * days) ** self.fast_decay
        return recall

    def __call__(self, days: float) -> float:
        """Return the chance of recall, from 1e-5 to 1 - 1e-5."""
        slow: float = (1 + self.slow_rate * days) ** self.slow_decay
        return (self.share * self.fast(days) + (1 - self.share) * slow) * (1 - 2e-5) + 1e-5

    def slope(self, days: float) -> float:
        """Return dR/dt, per day; never positive."""
        fast: float = self.fast_decay * self.fast_rate * (1 + self.fast_rate * days) ** (self.fast_decay - 1)
        slow: float = self.slow_decay * self.slow_rate * (1 + self.slow_rate * days) ** (self.slow_decay - 1)
        return (self.share * fast + (1 - self.share) * slow) * (1 - 2e-5)


class _Fsrs7:
    """The model as a stateless object behind `MemoryModel`."""

    name = "fsrs-7"
    counts_study_days = False

    def first(self, parameters: Sequence[float], rating: Rating) -> Memory:
        """S0(G) = w[G-1]; Sf = 0.8 S; D0(G) = w4 - e^(w5 (G-1)) + 1."""
        w = weights_of(tuple(parameters)).w
        stability = _stable(w[rating - 1])
        return Memory(stability, _difficult(_first_difficulty(w, rating)), _stable(FAST_SHARE * stability))

    def after(self, parameters: Sequence[float], memory: Memory, elapsed_days: float, rating: Rating) -> Memory:
        """Update both stabilities, by the recall of each, and difficulty."""
        weights, days = weights_of(tuple(parameters)), max(0.0, elapsed_days)
        curve, fast = _curve(weights, memory), _fast(memory)
        recall = curve(days)
        slow_after = _trace(weights.w, SLOW_TRACE, memory.stability, memory.difficulty, recall, rating)
        fast_after = _trace(weights.w, FAST_TRACE, fast, memory.difficulty, curve.fast(days), rating)
        if rating is Rating.AGAIN:
            fast_after = min(fast_after, FAST_SHARE * slow_after)
        return Memory(slow_after, _next_difficulty(weights, memory.difficulty, recall, rating), _stable(fast_after))

    def retrievability(self, parameters: Sequence[float], memory: Memory, elapsed_days: float) -> float:
        """Return the chance of recall by the mix of both curves."""
        return _curve(weights_of(tuple(parameters)), memory)(max(0.0, elapsed_days))

    def interval(self, parameters: Sequence[float], memory: Memory, desired_retention: float) -> float:
        """Solve R(t) = r for t, by Newton's method on ln R over ln t, held between bounds; 36500 days at most."""
        curve = _curve(weights_of(tuple(parameters)), memory)
        if desired_retention >= min(NO_INTERVAL_FROM, curve(0.0)):
            return 0.0
        if curve(LONGEST_INTERVAL) >= desired_retention:
            return LONGEST_INTERVAL
        wanted, low, high = log(desired_retention), log(1e-12), log(LONGEST_INTERVAL)
        at = min(max(log(memory.stability), low), high)
        for _ in range(MOST_STEPS):
            days = exp(at)
            recall = curve(days)
            missed = log(recall) - wanted
            if abs(missed) < PRECISION:
                break
            low, high = (at, high) if missed > 0 else (low, at)
            steepness = curve.slope(days) * days / recall
            guess = at - missed / steepness if steepness < 0 else low
            at = guess if low < guess < high else (low + high) / 2
        return exp(at)


def _fast(memory: Memory) -> float:
    """Return the fast stability; a state of another model, which has none, begins as a new card's does."""
    return _stable(FAST_SHARE * memory.stability) if memory.fast is None else memory.fast


def _curve(weights: Weights, memory: Memory) -> Curve:
    w, fast, easier = weights.w, _fast(memory), memory.difficulty - 5
    decay = -min(max(w[23] * fast ** (w[33] - 0.3), 0.01), 0.95)
    factor = exp(min(log(w[25]) / decay, 60.0)) - 1
    a: float = w[27] * fast ** -w[29]
    b: float = w[28] * memory.stability ** w[30] * exp(easier * (w[31] - 0.5))
    return Curve(
        fast_decay=decay,
        fast_rate=factor / fast,
        slow_decay=weights.slow_decay,
        slow_rate=weights.slow_factor * exp(easier * (w[32] - 0.3)) / memory.stability,
        share=a / (a + b),
    )


def _trace(
    w: tuple[float, ...], first: int, stability: float, difficulty: float, recall: float, rating: Rating
) -> float:
    """Return a stability after one more review, by the eight parameters from `first` on."""
    grown, shrinking, gain, lapse, power, by_recall, hard, easy = w[first : first + 8]
    kept: float = (stability + 1) ** power - 1
    lapsed = min(stability, lapse * kept * exp((1 - recall) * by_recall))
    if rating is Rating.AGAIN:
        return _stable(lapsed)
    fading: float = stability**-shrinking
    growth = exp(grown - 1.5) * (11 - difficulty) * fading * (exp((1 - recall) * gain) - 1)
    if rating is Rating.HARD:
        growth *= hard
    elif rating is Rating.EASY:
        growth *= easy
    return _stable(max(lapsed, stability * (1 + growth)))


def _first_difficulty(w: tuple[float, ...], rating: Rating) -> float:
    return w[4] - exp(w[5] * (rating - 1)) + 1


def _next_difficulty(weights: Weights, difficulty: float, recall: float, rating: Rating) -> float:
    change = -weights.w[6] * (rating - 3) * (recall + 0.1 if rating is Rating.AGAIN else 1.0)
    return _difficult(0.01 * weights.easy_difficulty + 0.99 * (difficulty + (10 - difficulty) / 9 * change))


def _stable(stability: float) -> float:
    return min(max(stability, LOWEST_STABILITY), HIGHEST_STABILITY)


def _difficult(difficulty: float) -> float:
    return min(max(difficulty, 1.0), 10.0)


FSRS7 = _Fsrs7()
