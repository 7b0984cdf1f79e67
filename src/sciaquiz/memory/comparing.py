"""Models of memory beside each other on one log: each foretells what came after the reviews it was fitted to."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.journal.entries import Rating
from sciaquiz.memory.evaluating import score, trials
from sciaquiz.memory.fitting.recipe import default, fit
from sciaquiz.memory.model import MODELS, model_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from sciaquiz.memory.evaluating import Score, Trial
    from sciaquiz.memory.fitting.seen import Log

FOLDS = 5
LEAST_REVIEWS = FOLDS + 1
"""Next-day reviews without which there are no folds."""
LEAST_FITTED = 64
LEAST_TESTED = 400
MOVING_AVERAGE = "MOVING-AVG"
FIRST_GUESS, LEARNING = 1.2, 0.3
"""Where the moving average begins, in log odds, and how far a review moves it."""


class Candidate(NamedTuple):
    """A model that takes part: `parameters` gives those it has after a log, or the same for any."""

    name: str
    model: str
    parameters: Callable[[Log], tuple[float, ...]]


class Split(NamedTuple):
    """What is fitted to, and the reviews after it that are foretold, in the order of time."""

    fitted: Log
    tested: Sequence[Trial]


def by_default(model: str) -> Candidate:
    """Return a model with the parameters that it has for everyone."""
    return Candidate(f"{model.upper()} default", model, lambda _: default(model))


def fitted(model: str) -> Candidate:
    """Return a model with the parameters that fit what was seen, also where it would not be in use yet."""
    return Candidate(f"{model.upper()} fitted", model, lambda log: fit(log, model, fewest=LEAST_FITTED).parameters)


def every_model() -> list[Candidate]:
    """Return all models, as they are by default and as they are fitted."""
    return [candidate(model) for model in MODELS for candidate in (by_default, fitted)]


def folds(log: Log) -> list[Split]:
    """Return five splits, each fitted to more: a sixth of the next-day reviews, two sixths, up to five.

    Raises ValueError for a log with fewer than LEAST_REVIEWS next-day reviews.
    """
    tried = trials(log)
    size = len(tried) // (FOLDS + 1)
    if not size:
        raise ValueError(f"there are {len(tried)} next-day reviews; at least {LEAST_REVIEWS} are needed")
    return [split(log, tried, size * number, size) for number in range(1, FOLDS + 1)]


def split(log: Log, tried: Sequence[Trial], first: int, tested: int) -> Split:
    """Return what was seen up to the `first` reviews that count, and so many that count after it."""
    until = tried[first - 1].at
    fitted = [card for card in ([seen for seen in card if seen.at <= until] for card in log) if card]
    return Split(fitted, tried[first : first + tested])


def first_then(log: Log, first: int) -> Split:
    """Return the first so many next-day reviews to fit to, and as many after them, or 400 where that is more."""
    return split(log, trials(log), first, max(LEAST_TESTED, first))


def compare(
    log: Log,
    splits: Sequence[Split] | None = None,
    candidates: Iterable[Candidate] | None = None,
    hears: Callable[[str], None] = lambda _: None,
) -> list[Score]:
    """Return how well each candidate foretells the reviews of all splits; all models on five folds if none are given.

    The moving average of what happened so far comes first: it has no model of memory, and each must beat it. `hears` is
    told what is done next.
    """
    splits = folds(log) if splits is None else splits
    tested = [trial for each in splits for trial in each.tested]
    scores = [score(MOVING_AVERAGE, tested, _moving_average(log, tested))]
    for name, model, parameters in every_model() if candidates is None else candidates:
        chances: list[float] = []
        for number, each in enumerate(splits, start=1):
            hears(f"{name}, part {number} of {len(splits)}")
            chances += foretold(log, each.tested, model, parameters(each.fitted))
        scores.append(score(name, tested, chances))
    return scores


def foretold(log: Log, tested: Sequence[Trial], model: str, parameters: tuple[float, ...]) -> list[float]:
    """Return the chance of being right, 0..1, for each of these reviews: by all that came before it on its card."""
    remembering = model_named(model)
    wanted: dict[int, int] = {}
    for trial in tested:
        wanted[trial.card] = max(trial.place, wanted.get(trial.card, 0))
    recalls: dict[tuple[int, int], float] = {}
    for number, last in wanted.items():
        card = log[number]
        memory = remembering.first(parameters, Rating(card[0].grade))
        for place in range(1, last + 1):
            before, seen = card[place - 1], card[place]
            days = seen.day - before.day if remembering.counts_study_days else seen.at - before.at
            recalls[number, place] = remembering.retrievability(parameters, memory, days)
            memory = remembering.after(parameters, memory, max(0.0, days), Rating(seen.grade))
    return [trial.floor + (1 - trial.floor) * recalls[trial.card, trial.place] for trial in tested]


def _moving_average(log: Log, tested: Sequence[Trial]) -> list[float]:
    """x = 1.2; p = 1 / (1 + e^-x); after each next-day review x += 0.3 (y - p)."""
    odds, chances = FIRST_GUESS, {}
    for trial in trials(log):
        chance = chances[trial.card, trial.place] = 1 / (1 + exp(-odds))
        odds += LEARNING * (trial.right - chance)
    return [chances[trial.card, trial.place] for trial in tested]
