"""How well chances of recall were foretold: log loss, RMSE(bins) and AUC, as the srs-benchmark defines them."""

from __future__ import annotations

from collections import defaultdict
from itertools import groupby
from math import floor, log, sqrt
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.memory.fitting.seen import Log

LEAST_CHANCE = 1e-4
"""A chance is held this far from 0 and 1, so that one surprise is not all of the log loss."""


class Trial(NamedTuple):
    """A review that counts: `place` is where it stands in its card, `card` where that stands in the log.

    `days` are the study days since the card's review before, at least 1; `reviews` the card's next-day reviews up to
    this one, `lapses` the wrong ones before it.
    """

    at: float
    card: int
    place: int
    days: int
    reviews: int
    lapses: int
    right: bool
    floor: float


class Score(NamedTuple):
    """How well a model foretold `reviews` reviews. `auc` is None where all were right, or none."""

    model: str
    log_loss: float
    rmse_bins: float
    auc: float | None
    reviews: int


def trials(cards: Log) -> list[Trial]:
    """Return the next-day reviews of all cards in the order of time."""
    found = []
    for number, card in enumerate(cards):
        reviews = lapses = 0
        for place in range(1, len(card)):
            days = card[place].day - card[place - 1].day
            if days < 1:
                continue
            reviews += 1
            seen = card[place]
            found.append(Trial(seen.at, number, place, days, reviews, lapses, seen.right, seen.floor))
            lapses += not seen.right
    return sorted(found)


def score(model: str, tried: Sequence[Trial], chances: Sequence[float]) -> Score:
    """Return how well these chances of being right, 0..1, foretold these reviews, of which there is at least one."""
    rights = [trial.right for trial in tried]
    return Score(model, log_loss(rights, chances), rmse_bins(tried, chances), auc(rights, chances), len(tried))


def log_loss(rights: Sequence[bool], chances: Sequence[float]) -> float:
    """Return the mean of -ln of the chance that was given to what happened."""
    held = [min(max(chance, LEAST_CHANCE), 1 - LEAST_CHANCE) for chance in chances]
    return -sum(log(chance if right else 1 - chance) for right, chance in zip(rights, held, strict=True)) / len(held)


def rmse_bins(tried: Sequence[Trial], chances: Sequence[float]) -> float:
    """Return the root mean square, over reviews, of the difference in their bin between foretold and observed recall.

    A bin holds reviews alike in elapsed days, reviews before and lapses before, each on a scale of powers.
    """
    bins: dict[tuple[int, int, int], list[float]] = defaultdict(lambda: [0.0, 0])
    for trial, chance in zip(tried, chances, strict=True):
        summed = bins[_power(248, 3.62, trial.days), _power(1.99, 1.89, trial.reviews + 1), _lapses(trial.lapses)]
        summed[0] += chance - trial.right
        summed[1] += 1
    return sqrt(sum(away * away / count for away, count in bins.values()) / len(tried))


def auc(rights: Sequence[bool], chances: Sequence[float]) -> float | None:
    """Return the share of pairs of a right and a wrong review of which the right one was given the higher chance.

    Equal chances count half.
    """
    right, wrong = sum(rights), len(rights) - sum(rights)
    if not right or not wrong:
        return None
    won, below = 0.0, 0
    for _, equal in groupby(sorted(zip(chances, rights, strict=True)), key=lambda pair: pair[0]):
        passed = [is_right for _, is_right in equal]
        failed = len(passed) - sum(passed)
        won += sum(passed) * (below + failed / 2)
        below += failed
    return won / (right * wrong)


def _power(scale: float, base: float, value: int) -> int:
    return round(scale * base ** floor(log(value) / log(base)))


def _lapses(lapses: int) -> int:
    return _power(1.65, 1.73, lapses) if lapses else 0
