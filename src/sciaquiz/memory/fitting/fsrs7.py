"""FSRS-7 with its derivatives, carried along each card by hand: formulas in docs/memory.md."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.memory.fsrs7 import (
    FAST_SHARE,
    FAST_TRACE,
    FSRS7_PARAMETERS,
    HIGH,
    HIGHEST_STABILITY,
    LOW,
    LOWEST_STABILITY,
    SLOW_TRACE,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sciaquiz.memory.fitting.seen import Course
    from sciaquiz.memory.fitting.slopes import Slopes

    Sloped = tuple[float, list[float]]
    """A value and its derivatives by all free parameters."""

DEVIATIONS = (
    1.0, 1.0, 1.0, 1.0, 0.523, 0.2528, 0.4329, 0.2966, 0.2139, 0.2889, 0.1862, 0.175, 0.3812, 0.3013, 0.9104, 0.3234,
    0.2448, 0.3273, 0.1842, 0.1735, 0.4608, 0.311, 0.864, 0.0418, 0.2596, 0.0798, 0.0682, 0.1282, 0.1397, 0.1407,
    0.1489, 0.2, 0.15, 0.15,
)  # fmt: skip
"""How far students are from the default: as srs-benchmark has it, but for ln w0..w3, of which it says nothing."""

AGAIN, HARD, EASY = 1, 2, 4
HELD = 1 - 2e-5
"""How much of the mixed curve is left between the least and the highest recall."""


class _Fsrs7Slopes:
    """The model behind `Fittable`."""

    name = "fsrs-7"
    in_study_days = False
    default: tuple[float, ...] = FSRS7_PARAMETERS
    start: tuple[float, ...] = (*map(log, FSRS7_PARAMETERS[:4]), *FSRS7_PARAMETERS[4:])
    deviations: tuple[float, ...] = DEVIATIONS
    low: tuple[float, ...] = (*map(log, LOW[:4]), *LOW[4:])
    high: tuple[float, ...] = (*map(log, HIGH[:4]), *HIGH[4:])
    first_damping = 1.0
    rises = True

    def slopes(self, free: Sequence[float], cards: Iterable[Course]) -> Iterator[Slopes]:
        """Replay each card once; S, Sf and D are carried with their derivatives by all parameters."""
        w = (*map(exp, free[:4]), *free[4:])
        w6 = w[6]
        hardest = w[4] - exp(3 * w[5]) + 1
        hardest_by_w5 = -3 * exp(3 * w[5])
        curve = _curve(w)
        first = [_first(w, grade) for grade in (1, 2, 3, 4)]
        for course in cards:
            slow, by_slow, fast, by_fast, difficulty, by_d = first[course.first_grade - 1]
            for days, grade, counts in course.steps:
                at = curve(days, slow, fast, difficulty)
                by_recall = [
                    at.by_slow * a + at.by_fast * b + at.by_difficulty * c + d
                    for a, b, c, d in zip(by_slow, by_fast, by_d, at.own, strict=True)
                ]
                if counts:
                    yield at.recall, by_recall
                by_quick = [at.quick_by_fast * each for each in by_fast]
                for place, value in zip((23, 25, 33), at.quick_own, strict=True):
                    by_quick[place] += value
                slow, by_slow = _trace(
                    w, SLOW_TRACE, grade, (slow, by_slow), (difficulty, by_d), (at.recall, by_recall)
                )
                fast, by_fast = _trace(w, FAST_TRACE, grade, (fast, by_fast), (difficulty, by_d), (at.quick, by_quick))
                if grade == AGAIN and fast > FAST_SHARE * slow:
                    fast, by_fast = FAST_SHARE * slow, [FAST_SHARE * each for each in by_slow]
                    if fast < LOWEST_STABILITY:
                        fast, by_fast = LOWEST_STABILITY, [0.0] * 34
                times = -(grade - 3) * (at.recall + 0.1 if grade == AGAIN else 1.0)
                room = (10 - difficulty) / 9
                kept = 0.99 * (1 - w6 * times / 9)
                if grade == AGAIN:
                    by_miss = 0.99 * room * w6 * 2
                    by_d = [kept * a + by_miss * b for a, b in zip(by_d, by_recall, strict=True)]
                else:
                    by_d = [kept * each for each in by_d]
                by_d[4] += 0.01
                by_d[5] += 0.01 * hardest_by_w5
                by_d[6] += 0.99 * room * times
                difficulty = 0.01 * hardest + 0.99 * (difficulty + room * w6 * times)
                if difficulty < 1 or difficulty > 10:
                    difficulty, by_d = 1.0 if difficulty < 1 else 10.0, [0.0] * 34


class _At(NamedTuple):
    """The curve at one review: recall of the mix and of the fast curve (`quick`), with their derivatives.

    `own` is by the parameters where these stand in the formula themselves, `quick_own` the same by w23, w25 and w33.
    """

    recall: float
    by_slow: float
    by_fast: float
    by_difficulty: float
    own: list[float]
    quick: float
    quick_by_fast: float
    quick_own: tuple[float, float, float]


def _curve(w: Sequence[float]) -> Callable[[float, float, float, float], _At]:
    """Return the function of days, S, Sf and D that gives the forgetting curve."""
    w23, w24, w25, w26, w27, w28, w29, w30, w31, w32, w33 = w[23:]
    power, ln_w25, ln_w26 = w33 - 0.3, log(w25), log(w26)
    flat = w26 ** (-1 / w24)
    flat_by_w24, flat_by_w26 = flat * ln_w26 / w24**2, -flat / (w26 * w24)
    nothing = [0.0] * 23

    def curve(days: float, slow: float, fast: float, difficulty: float) -> _At:
        ln_slow, ln_fast, easier = log(slow), log(fast), difficulty - 5

        raised = fast**power
        decay, decay_by_fast, decay_by_w23, decay_by_w33 = -w23 * raised, 0.0, 0.0, 0.0
        if -0.95 < decay < -0.01:
            decay_by_fast, decay_by_w23, decay_by_w33 = decay * power / fast, -raised, decay * ln_fast
        else:
            decay = -0.01 if decay >= -0.01 else -0.95
        steep = ln_w25 / decay
        whole = exp(min(steep, 60.0))
        is_free = steep < 60
        each = days / fast
        base = 1 + (whole - 1) * each
        quick = base**decay
        by_factor = decay * quick / base * each
        by_decay = quick * log(base) - (by_factor * whole * steep / decay if is_free else 0.0)
        quick_by_fast = by_decay * decay_by_fast - by_factor * (whole - 1) / fast
        quick_own = (
            by_decay * decay_by_w23,
            by_factor * whole / (w25 * decay) if is_free else 0.0,
            by_decay * decay_by_w33,
        )

        bent = exp(easier * (w32 - 0.3))
        factor, each = (flat - 1) * bent, days / slow
        base = 1 + factor * each
        lasting = base**-w24
        by_factor = -w24 * lasting / base * each

        a = w27 * fast**-w29
        b = w28 * slow**w30 * exp(easier * (w31 - 0.5))
        share = a / (a + b)
        more, less = HELD * share, HELD * (1 - share)
        tilt = HELD * share * (1 - share) * (quick - lasting)
        return _At(
            recall=more * quick + less * lasting + 1e-5,
            by_slow=-less * by_factor * factor / slow - tilt * w30 / slow,
            by_fast=more * quick_by_fast - tilt * w29 / fast,
            by_difficulty=less * by_factor * factor * (w32 - 0.3) - tilt * (w31 - 0.5),
            own=[
                *nothing,
                more * quick_own[0],
                less * (by_factor * bent * flat_by_w24 - lasting * log(base)),
                more * quick_own[1],
                less * by_factor * bent * flat_by_w26,
                tilt / w27,
                -tilt / w28,
                -tilt * ln_fast,
                -tilt * ln_slow,
                -tilt * easier,
                less * by_factor * factor * easier,
                more * quick_own[2],
            ],
            quick=quick,
            quick_by_fast=quick_by_fast,
            quick_own=quick_own,
        )

    return curve


def _trace(w: Sequence[float], first: int, grade: int, stability: Sloped, difficulty: Sloped, recall: Sloped) -> Sloped:
    """Return a stability after one more review, by the eight parameters from `first` on, with its derivatives."""
    grown, shrinking, gain, lapse, power, by_miss, hard, easy = w[first : first + 8]
    (x, by_x), (d, by_d), (q, by_q) = stability, difficulty, recall
    raised = (x + 1) ** power
    kept = (raised - 1) * exp((1 - q) * by_miss)
    lapsed = lapse * kept
    forgotten = 1 - q
    grows = False
    if grade != AGAIN:
        bonus = hard if grade == HARD else easy if grade == EASY else 1.0
        spread = exp(grown - 1.5) * (11 - d) * x ** (1 - shrinking)
        lift = exp(forgotten * gain)
        plain = spread * (lift - 1)
        more = plain * bonus
        grows = x + more >= min(x, lapsed)
    if grows:
        after, lifted = x + more, spread * lift * bonus
        at_x, at_q, at_d = 1 + more * (1 - shrinking) / x, -lifted * gain, -more / (11 - d)
        by = [at_x * a + at_q * b + at_d * c for a, b, c in zip(by_x, by_q, by_d, strict=True)]
        by[first] += more
        by[first + 1] -= more * log(x)
        by[first + 2] += lifted * forgotten
        if grade == HARD:
            by[first + 6] += plain
        elif grade == EASY:
            by[first + 7] += plain
    elif lapsed < x:
        after, share = lapsed, raised / (raised - 1)
        at_x, at_q = power * share / (x + 1) * lapsed, -by_miss * lapsed
        by = [at_x * a + at_q * b for a, b in zip(by_x, by_q, strict=True)]
        by[first + 3] += kept
        by[first + 4] += lapsed * share * log(x + 1)
        by[first + 5] += lapsed * forgotten
    else:
        after, by = x, [*by_x]
    if after < LOWEST_STABILITY or after > HIGHEST_STABILITY:
        return (LOWEST_STABILITY if after < LOWEST_STABILITY else HIGHEST_STABILITY), [0.0] * 34
    return after, by


def _first(w: Sequence[float], grade: int) -> tuple[float, list[float], float, list[float], float, list[float]]:
    """Return S0, Sf0 and D0, each with its derivatives."""
    by_slow, by_fast, by_d = [0.0] * 34, [0.0] * 34, [0.0] * 34
    by_slow[grade - 1] = slow = w[grade - 1]
    by_fast[grade - 1] = fast = FAST_SHARE * slow
    if fast < LOWEST_STABILITY:
        fast, by_fast = LOWEST_STABILITY, [0.0] * 34
    lifted = exp(w[5] * (grade - 1))
    difficulty = w[4] - lifted + 1
    if 1 <= difficulty <= 10:
        by_d[4], by_d[5] = 1.0, -(grade - 1) * lifted
    return slow, by_slow, fast, by_fast, min(max(difficulty, 1.0), 10.0), by_d


FSRS7_SLOPES = _Fsrs7Slopes()
