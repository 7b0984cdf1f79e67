"""Classical test theory on first answers, as numpy arrays: difficulty, discrimination, options, reliability.

Learners answer different questions, so that there is no total score that all share. A learner's ability, as far as one
question is concerned, is the mean score of their first answers to all others; where everybody answered everything, its
correlation with a question is exactly the item-rest correlation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from msgspec import Struct

from sciaquiz.insight.shares import wilson

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.analysis.logs import Item, Logs

    Floats = np.ndarray[Any, np.dtype[np.float64]]

ENOUGH = 30
"""Fewer first answers than this give no index: the standard error of a share of one half is then 0.09 and more."""
GROUP = 0.27
"""The share of learners in the upper and the lower group (T. L. Kelley, J Educ Psychol 30:17-24, 1939)."""
NOBODY = 0.05
"""An option that fewer choose does not work as a distractor (Haladyna and Downing 1993)."""
FEWEST_OTHERS = 5
"""A learner's ability is known from so many other questions on."""


class OptionIndex(Struct, frozen=True, kw_only=True):
    """An option: the share that chose it, and how its choice goes with ability; None where that cannot be said."""

    option: str
    chosen: int
    share: float
    correlation: float | None


class ItemIndex(Struct, frozen=True, kw_only=True):
    """The indices of a card while it had one text. Those that need `ENOUGH` answers are None below.

    `facility` is the share of right first answers with its 95% interval (Wilson); `mean` the mean score, which counts
    partly right answers. `item_rest` is the correlation of the score with ability, corrected for the question itself;
    `discrimination` the difference in facility between the upper and the lower 27% of learners.
    `certain_and_wrong` is the share of wrong answers among those given with certainty; `sure` has right and all answers
    for each word of certainty, 1 to 3.
    """

    card: str
    version: str
    kind: str
    n: int
    facility: float
    interval: tuple[float, float]
    mean: float
    item_rest: float | None = None
    discrimination: float | None = None
    options: tuple[OptionIndex, ...] = ()
    certain_and_wrong: float | None = None
    sure: Mapping[int, tuple[int, int]]


class Reliability(Struct, frozen=True, kw_only=True):
    """Of a form that `n` learners sat whole, with `k` questions: alpha (KR-20 where all is right or wrong), and the
    standard error of measurement in points of k."""

    n: int
    k: int
    mean: float
    deviation: float
    alpha: float | None
    error: float | None


def indices(logs: Logs) -> list[ItemIndex]:
    """Return the indices of every card and text, in the order in which they came."""
    totals, counts = _totals(logs)
    return [_index(item, totals, counts) for item in logs.items.values()]


def _totals(logs: Logs) -> tuple[Floats, Floats]:
    """Return for each learner the sum of the scores of first answers, and how many there are."""
    totals, counts = np.zeros(len(logs.learners)), np.zeros(len(logs.learners))
    for item in logs.items.values():
        learners = np.frombuffer(item.learners, dtype=np.int32)
        np.add.at(totals, learners, np.frombuffer(item.scores, dtype=np.float32))
        np.add.at(counts, learners, 1)
    return totals, counts


def _index(item: Item, totals: Floats, counts: Floats) -> ItemIndex:
    learners = np.frombuffer(item.learners, dtype=np.int32)
    scores = np.frombuffer(item.scores, dtype=np.float32).astype(float)
    right = np.frombuffer(item.right, dtype=np.int8).astype(bool)
    sure = np.frombuffer(item.sure, dtype=np.int8)
    n, hits = len(learners), int(right.sum())
    others = counts[learners] - 1
    known = others >= FEWEST_OTHERS
    ability = np.divide(totals[learners] - scores, others, out=np.full(n, np.nan), where=others > 0)
    is_enough = n >= ENOUGH and int(known.sum()) >= ENOUGH
    certain = sure == len(("guess", "think so", "certain"))
    return ItemIndex(
        card=item.card,
        version=item.version,
        kind=item.kind,
        n=n,
        facility=hits / n,
        interval=wilson(hits, n),
        mean=float(scores.mean()),
        item_rest=_correlation(scores[known], ability[known]) if is_enough else None,
        discrimination=_discrimination(scores[known], ability[known]) if is_enough else None,
        options=_options(item, ability, known) if n >= ENOUGH else (),
        certain_and_wrong=float((~right[certain]).mean()) if certain.sum() >= ENOUGH else None,
        sure={level: (int(right[sure == level].sum()), int((sure == level).sum())) for level in (1, 2, 3)},
    )


def _correlation(left: Floats, right: Floats) -> float | None:
    """Return Pearson's correlation; None where one of the two does not vary."""
    left, right = left - left.mean(), right - right.mean()
    spread = float(np.sqrt((left @ left) * (right @ right)))
    return float(left @ right) / spread if spread > 1e-12 else None


def _discrimination(scores: Floats, ability: Floats) -> float:
    """Return the mean score of the upper group less that of the lower; learners on the border count in part.

    Groups of 27% by rank would depend on the order of learners who are alike.
    """
    _, place, alike = np.unique(ability, return_inverse=True, return_counts=True)
    sums: Floats = np.bincount(place, weights=scores).astype(float)
    size = GROUP * len(scores)
    return _mean_of_first(sums[::-1], alike[::-1], size) - _mean_of_first(sums, alike, size)


def _mean_of_first(sums: Floats, alike: Any, size: float) -> float:
    """Return the mean score of the first `size` learners, by the sum and number of those who are alike."""
    shares = np.clip((size - (np.cumsum(alike) - alike)) / alike, 0, 1)
    return float(sums @ shares) / size


def _options(item: Item, ability: Floats, known: Any) -> tuple[OptionIndex, ...]:
    found, n = [], len(ability)
    for option, places in sorted(item.picked.items()):
        chose = np.zeros(n)
        chose[np.frombuffer(places, dtype=np.int32)] = 1
        enough = int(known.sum()) >= ENOUGH
        correlation = _correlation(chose[known], ability[known]) if enough else None
        found.append(OptionIndex(option=option, chosen=len(places), share=len(places) / n, correlation=correlation))
    return tuple(found)


def reliabilities(logs: Logs) -> list[Reliability]:
    """Return how reliable each form of a mock exam was that enough learners sat: the first sitting of each."""
    forms: dict[frozenset[str], dict[str, Mapping[str, float]]] = {}
    for (learner, _), scores in sorted(logs.exams.items()):
        forms.setdefault(frozenset(scores), {}).setdefault(learner, scores)
    found = []
    for cards, sat in forms.items():
        order = sorted(cards)
        if len(sat) >= ENOUGH and len(order) > 1:
            found.append(reliability(np.array([[scores[card] for card in order] for scores in sat.values()])))
    return found


def reliability(scores: Floats | Sequence[Sequence[float]]) -> Reliability:
    """Return the reliability of a form from scores of 0..1, a row for each learner and a column for each question.

    alpha = k/(k-1) · (1 - Σ s_i²/s_X²) with population variances (Cronbach 1951; for 0/1 it is KR-20, Kuder and
    Richardson 1937); the error is s_X · √(1 - alpha). None where all totals are alike.
    """
    table = np.asarray(scores, dtype=float)
    n, k = table.shape
    total = table.sum(axis=1)
    variance = float(total.var())
    alpha = k / (k - 1) * (1 - float(table.var(axis=0).sum()) / variance) if variance > 1e-12 else None
    error = None if alpha is None else float(np.sqrt(variance * max(0.0, 1 - alpha)))
    return Reliability(n=n, k=k, mean=float(total.mean()), deviation=float(np.sqrt(variance)), alpha=alpha, error=error)
