"""FSRS-6 with its derivatives, carried along each card by hand: formulas in docs/memory.md."""

from __future__ import annotations

from math import exp, log
from typing import TYPE_CHECKING

from sciaquiz.memory.fsrs6 import HIGH, HIGHEST_STABILITY, LOW, LOWEST_STABILITY
from sciaquiz.memory.policy import FSRS6_PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sciaquiz.memory.fitting.seen import Course
    from sciaquiz.memory.fitting.slopes import Slopes

DEVIATIONS = (
    1.0, 1.0, 1.0, 1.0, 0.57, 0.28, 0.6, 0.12, 0.39, 0.18, 0.33, 0.3, 0.09, 0.16, 0.57, 0.25, 1.03, 0.31, 0.32, 0.14,
    0.27,
)  # fmt: skip
"""How far students are from the default: as fsrs-rs has it, but for ln w0..w3, where 1 takes the place of 6 to 28 days,
which would be no knowledge at all."""

AGAIN, HARD, EASY = 1, 2, 4


class _Fsrs6Slopes:
    """The model behind `Fittable`."""

    name = "fsrs-6"
    in_study_days = True
    default: tuple[float, ...] = FSRS6_PARAMETERS
    start: tuple[float, ...] = (*map(log, FSRS6_PARAMETERS[:4]), *FSRS6_PARAMETERS[4:])
    deviations: tuple[float, ...] = DEVIATIONS
    low: tuple[float, ...] = (*map(log, LOW[:4]), *LOW[4:])
    high: tuple[float, ...] = (*map(log, HIGH[:4]), *HIGH[4:])
    first_damping = 1e-3
    rises = False

    def slopes(self, free: Sequence[float], cards: Iterable[Course]) -> Iterator[Slopes]:
        """Replay each card once, carrying S with all its derivatives, and D with those by w4..w7."""
        w = (*map(exp, free[:4]), *free[4:])
        w6, w7, w8, w9, w10, w11, w12, w13, w14, w15, w16, w17, w18, w19, w20 = w[6:]
        factor = 0.9 ** (-1 / w20) - 1
        factor_by_w20 = (factor + 1) * log(0.9) / w20**2
        grown, divisor = exp(w8), exp(w17 * w18)
        hardest_by_w5 = -3 * exp(3 * w[5])
        hardest = w[4] + hardest_by_w5 / 3 + 1
        first = [_first(w, grade) for grade in (1, 2, 3, 4)]
        for course in cards:
            stability, by, difficulty, by_d = first[course.first_grade - 1]
            d4, d5, d6, d7 = by_d
            for days, grade, counts in course.steps:
                ln_s = log(stability)
                if days <= 0:
                    lifted = grade - 3 + w18
                    growth = exp(w17 * lifted) * stability**-w19
                    if grade == AGAIN or growth > 1:
                        after = stability * growth
                        by_s = growth * (1 - w19)
                        by = [each * by_s for each in by]
                        by[17] += after * lifted
                        by[18] += after * w17
                        by[19] -= after * ln_s
                    else:
                        after = stability
                else:
                    rate = factor * days / stability
                    base = 1 + rate
                    recall = base**-w20
                    r_by_s = w20 * recall / base * rate / stability
                    r_by_w20 = -recall * (log(base) + w20 * days * factor_by_w20 / (stability * base))
                    if counts:
                        slope = [each * r_by_s for each in by]
                        slope[20] += r_by_w20
                        yield recall, slope
                    forgotten = 1 - recall
                    if grade != AGAIN:
                        spread = stability * grown * (11 - difficulty) * stability**-w9
                        lift = exp(forgotten * w10)
                        plain = spread * (lift - 1)
                        bonus = w15 if grade == HARD else w16 if grade == EASY else 1.0
                        gain, lifted = plain * bonus, spread * lift * bonus
                        after = stability + gain
                        by_s = 1 + gain * (1 - w9) / stability - lifted * w10 * r_by_s
                        by_difficulty = -gain / (11 - difficulty)
                        by = [each * by_s for each in by]
                        by[4] += by_difficulty * d4
                        by[5] += by_difficulty * d5
                        by[6] += by_difficulty * d6
                        by[7] += by_difficulty * d7
                        by[8] += gain
                        by[9] -= gain * ln_s
                        by[10] += lifted * forgotten
                        by[20] -= lifted * w10 * r_by_w20
                        if grade == HARD:
                            by[15] += plain
                        elif grade == EASY:
                            by[16] += plain
                    else:
                        power = (stability + 1) ** w13
                        kept = difficulty**-w12 * (power - 1) * exp(forgotten * w14)
                        lapsed = w11 * kept
                        if lapsed <= stability / divisor:
                            after = lapsed
                            steep = power / (power - 1)
                            by_s = w13 * steep / (stability + 1) * lapsed - w14 * lapsed * r_by_s
                            by_difficulty = -w12 * lapsed / difficulty
                            by = [each * by_s for each in by]
                            by[4] += by_difficulty * d4
                            by[5] += by_difficulty * d5
                            by[6] += by_difficulty * d6
                            by[7] += by_difficulty * d7
                            by[11] += kept
                            by[12] -= lapsed * log(difficulty)
                            by[13] += lapsed * steep * log(stability + 1)
                            by[14] += lapsed * forgotten
                            by[20] -= w14 * lapsed * r_by_w20
                        else:
                            after = stability / divisor
                            by = [each / divisor for each in by]
                            by[17] -= after * w18
                            by[18] -= after * w17
                if after < LOWEST_STABILITY or after > HIGHEST_STABILITY:
                    after = LOWEST_STABILITY if after < LOWEST_STABILITY else HIGHEST_STABILITY
                    by = [0.0] * 21
                stability = after
                eased = (grade - 3) / 9
                room = 10 - difficulty
                damped = difficulty - w6 * eased * room
                passed_on = (1 - w7) * (1 + w6 * eased)
                d4 = passed_on * d4 + w7
                d5 = passed_on * d5 + w7 * hardest_by_w5
                d6 = passed_on * d6 - (1 - w7) * eased * room
                d7 = passed_on * d7 + hardest - damped
                difficulty = w7 * hardest + (1 - w7) * damped
                if difficulty < 1 or difficulty > 10:
                    difficulty = 1.0 if difficulty < 1 else 10.0
                    d4 = d5 = d6 = d7 = 0.0


def _first(w: Sequence[float], grade: int) -> tuple[float, list[float], float, tuple[float, float, float, float]]:
    """Return S0 with its derivatives by all parameters, and D0 with those by w4..w7."""
    by = [0.0] * 21
    by[grade - 1] = stability = w[grade - 1]
    lifted = exp(w[5] * (grade - 1))
    difficulty = w[4] - lifted + 1
    if 1 <= difficulty <= 10:
        return stability, by, difficulty, (1.0, -(grade - 1) * lifted, 0.0, 0.0)
    return stability, by, min(max(difficulty, 1.0), 10.0), (0.0, 0.0, 0.0, 0.0)


FSRS6_SLOPES = _Fsrs6Slopes()
