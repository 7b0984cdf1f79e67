"""The expected score: what is recalled, guessed and slipped, corrected by the student's own answers; its spread."""

from __future__ import annotations

from math import exp, log, sqrt
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.exam.evidence import chance_right

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sciaquiz.exam.evidence import Asked
    from sciaquiz.exam.plan import Candidate

SHIFT_SPREAD, SLOPE_SPREAD = 0.4, 0.25
"""Standard deviations of the two numbers of the recalibration, before any answer."""
NEWTON_STEPS = 25
CLOSE = 1e-9
EDGE = 1e-4

FORTNIGHT = 14
FORTNIGHTS = 4
FEWEST_IN_A_FORTNIGHT = 20
USUAL_ERROR = 2.5
"""Points by which a forecast of a fortnight is usually off; it counts for two fortnights."""

NINETY_PERCENT = 1.645
PAPER_SHARE = 0.85
"""The share of the chance of a paper that is left as its questions are not equally hard."""


class Recalibration(Struct, frozen=True):
    """What the student's own answers correct a chance by: logit P' = shift + slope logit P."""

    shift: float = 0.0
    slope: float = 1.0

    def __call__(self, chance: float) -> float:
        """Return the chance corrected."""
        return 1 / (1 + exp(-self.shift - self.slope * _logit(chance)))


def _logit(chance: float) -> float:
    inside = min(max(chance, EDGE), 1 - EDGE)
    return log(inside / (1 - inside))


def recalibration_of(asked: Iterable[Asked]) -> Recalibration:
    """Fit the two numbers to next-day answers by Newton's method, with normal priors around no correction."""
    known = [(_logit(each.chance), each.correct) for each in asked]
    shift, slope = 0.0, 1.0
    for _step in range(NEWTON_STEPS):
        down_shift, down_slope = shift / SHIFT_SPREAD**2, (slope - 1) / SLOPE_SPREAD**2
        both, of_shift, of_slope = 0.0, 1 / SHIFT_SPREAD**2, 1 / SLOPE_SPREAD**2
        for logit, correct in known:
            chance = 1 / (1 + exp(-shift - slope * logit))
            off, weight = chance - correct, chance * (1 - chance)
            down_shift += off
            down_slope += off * logit
            of_shift += weight
            both += weight * logit
            of_slope += weight * logit * logit
        size = of_shift * of_slope - both * both
        by_shift = (of_slope * down_shift - both * down_slope) / size
        by_slope = (of_shift * down_slope - both * down_shift) / size
        shift, slope = shift - by_shift, slope - by_slope
        if abs(by_shift) + abs(by_slope) < CLOSE:
            break
    return Recalibration(shift, slope)


def past_error(asked: Sequence[Asked], today: int) -> float:
    """Return by how many points the forecasts of this student were off: E, from the last fortnights.

    Each fortnight is forecast from its start: the next answer to each card asked in it, corrected by what was answered
    before it. What chance alone does is taken off.
    """
    total, found = 0.0, 0
    for ago in range(1, FORTNIGHTS + 1):
        start = today - ago * FORTNIGHT
        within = [each for each in asked if each.last < start <= each.day < start + FORTNIGHT]
        if len(within) < FEWEST_IN_A_FORTNIGHT:
            continue
        recalibration = recalibration_of(each for each in asked if each.day < start)
        chances = [recalibration(each.chance) for each in within]
        off = (sum(each.correct for each in within) - sum(chances)) / len(within)
        by_chance = sum(chance * (1 - chance) for chance in chances) / len(within) ** 2
        total += max(0.0, off * off - by_chance) * 100**2
        found += 1
    return sqrt((total + 2 * USUAL_ERROR**2) / (found + 2))


class Prediction(Struct, frozen=True):
    """An expected score in points of 100, with the interval that is expected to hold it nine times in ten."""

    score: float
    low: float
    high: float


def prediction(score: float, days: int, error: float, questions: int = 0) -> Prediction:
    """Return a score with its interval, so many days before; with the chance of a paper of so many questions, if any.

    The points that are missing tell most of how far off a prediction is; then the days, and the student's past error.
    """
    missing = 100 - score
    width = 0.8**2 + (0.6 * error) ** 2 + ((0.08 + 0.14 * sqrt(max(0, days) / 30)) * missing) ** 2
    if questions:
        width += PAPER_SHARE * score * missing / questions
    half = NINETY_PERCENT * sqrt(width)
    return Prediction(score, max(0.0, score - half), min(100.0, score + half))


def score_of(
    cards: Sequence[Candidate], recall: Sequence[float | None], exam: int, recalibration: Recalibration
) -> float:
    """Return the expected score in points of 100, where so much of each card is recalled; None for one never met."""
    total = 0.0
    for card, known in zip(cards, recall, strict=True):
        if weight := card.weights[exam]:
            total += weight * chance_of(card, known, recalibration)
    return 100 * total


def chance_of(card: Candidate, recall: float | None, recalibration: Recalibration) -> float:
    """Return the chance of a right answer to one card."""
    return card.right if recall is None else recalibration(chance_right(recall, card.guess))
