"""A fit to a student's own answers, held against the parameters in force on answers that it has not seen."""

from __future__ import annotations

from itertools import pairwise
from statistics import quantiles
from typing import TYPE_CHECKING, Any, NamedTuple

from sciaquiz.journal.entries import EventKind, Mode, Rating, Review
from sciaquiz.memory.comparing import folds, foretold, split
from sciaquiz.memory.evaluating import Score, score, trials
from sciaquiz.memory.fits import FIRST_FIT
from sciaquiz.memory.fitting.recipe import RECIPE, fit, model_for
from sciaquiz.memory.fitting.seen import Seen
from sciaquiz.memory.guessing import floor_of
from sciaquiz.memory.model import model_named

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sciaquiz.memory.comparing import Split
    from sciaquiz.memory.fits import Fits
    from sciaquiz.memory.fitting.seen import Card, Log
    from sciaquiz.memory.fitting.solving import Round
    from sciaquiz.memory.replay import InForce

RETENTION = 0.9
"""At which intervals are compared."""
SECONDS_A_DAY = 86_400


class TooFewError(ValueError):
    """There are too few next-day reviews to fit to: so many."""

    def __init__(self, reviews: int) -> None:
        """Take how many there are."""
        super().__init__(f"{reviews} next-day reviews are too few to fit to")
        self.reviews = reviews


class Moves(NamedTuple):
    """How much longer intervals are than before: the ratio in the middle of all cards, and about the middle half."""

    low: float
    median: float
    high: float
    cards: int


class Refit(NamedTuple):
    """Parameters that were fitted, and what they are worth.

    `old` and `new` foretell the same reviews, which the fits that are scored had not seen; `kept` says whether the new
    ones did at least as well. What is in force then is fitted to all reviews; `is_news` says whether that is
    anything else than before.
    """

    model: str
    parameters: tuple[float, ...]
    reviews: int
    days: int
    trust: float
    old: Score
    new: Score
    kept: bool
    is_news: bool
    moves: Moves


def seen_of(counted: InForce, luck: Callable[[Review], float | None] = lambda _: None) -> list[Seen]:
    """Return what a fit reads of one card: answers in study, since its key was corrected last.

    Drills, practice and mock exams are left out. `luck` says of a right answer what stands in for its floor, None where
    nothing is known of this student. What the student has overruled is what they say it was.
    """
    found: list[Seen] = []
    for entry in counted.moving:
        if not isinstance(entry, Review):
            assert entry.kind is EventKind.CORRECTED  # noqa: S101 -- nothing else moves a card
            found.clear()
        elif entry.mode is Mode.STUDY:
            rating, moment = counted.rating(entry), entry.moment
            own = entry.id in counted.overrules
            found.append(
                Seen(
                    at=moment.instant.timestamp() / SECONDS_A_DAY,
                    day=moment.study_day.toordinal(),
                    grade=int(rating),
                    right=rating is not Rating.AGAIN or (entry.correct and not own),
                    floor=0.0 if own else min(floor_of(entry), 0.99),
                    luck=None if own else luck(entry),
                )
            )
    return found


def refit(log: Log, fits: Fits, hears: Callable[[float], None] = lambda _: None) -> Refit:
    """Fit the model that suits a log of this length, and try it against what is in force.

    It is tried on folds in the order of time, each fitted to what came before it, as far as the fit in force has not
    seen them. `hears` is told the share, 0..1, of the work that may have to be done. Raises TooFewError.
    """
    reviews = len(trials(log))
    if reviews < FIRST_FIT:
        raise TooFewError(reviews)
    model = model_for(log)
    parts = _unseen(log, fits.own.reviews if fits.own else 0)
    chances: list[float] = []
    for part, fold in enumerate(parts):
        named = model if fold is parts[-1] else model_for(fold.fitted)
        made = fit(fold.fitted, named, _told(hears, part, len(parts) + 1), fewest=0)
        chances += foretold(log, fold.tested, named, made.parameters)
    tested = [trial for fold in parts for trial in fold.tested]
    old = score("in force", tested, foretold(log, tested, fits.model, fits.parameters))
    new = score("fitted", tested, chances)
    found = fit(log, model, _told(hears, len(parts), len(parts) + 1))
    return Refit(
        model=model,
        parameters=found.parameters,
        reviews=found.reviews,
        days=found.days,
        trust=found.trust,
        old=old,
        new=new,
        kept=new.log_loss <= old.log_loss,
        is_news=(model, found.parameters) != (fits.model, fits.parameters),
        moves=_moves(log, (fits.model, fits.parameters), (model, found.parameters)),
    )


def _unseen(log: Log, known: int) -> list[Split]:
    """Return the folds beyond the first so many next-day reviews; all after these where that is less than one fold."""
    tried = trials(log)
    beyond = [fold for fold in folds(log) if len(trials(fold.fitted)) >= known]
    return beyond or [split(log, tried, known, len(tried)) if known < len(tried) else folds(log)[-1]]


def _told(hears: Callable[[float], None], part: int, parts: int) -> Callable[[Round], bool]:
    def go_on(at: Round) -> bool:
        hears((part + at.done / at.most) / parts)
        return True

    return go_on


Model = tuple[str, tuple[float, ...]]


def _moves(log: Log, old: Model, new: Model) -> Moves:
    ratios = [_interval(card, new) / max(_interval(card, old), 1e-6) for card in log]
    if len(ratios) < 2:
        ratios *= 2
    low, median, high = quantiles(ratios, n=4)
    return Moves(low, median, high, len(log))


def _interval(card: Card, by: Model) -> float:
    """Return the days until a card is to be asked after its answers, unrounded."""
    name, parameters = by
    model = model_named(name)
    memory = model.first(parameters, Rating(card[0].grade))
    for before, seen in pairwise(card):
        days = seen.day - before.day if model.counts_study_days else seen.at - before.at
        memory = model.after(parameters, memory, max(0.0, days), Rating(seen.grade))
    return model.interval(parameters, memory, RETENTION)


def payload_of(found: Refit, study_day: date) -> dict[str, Any]:
    """Return what the journal keeps of a fit."""
    return {
        "model": found.model,
        "recipe": RECIPE,
        "parameters": list(found.parameters),
        "reviews": found.reviews,
        "days": found.days,
        "trust": found.trust,
        "study_day": study_day.isoformat(),
        "old": _figures(found.old),
        "new": _figures(found.new),
        "kept": found.kept,
        "intervals": {"low": found.moves.low, "median": found.moves.median, "high": found.moves.high},
        "cards": found.moves.cards,
    }


def _figures(scored: Score) -> dict[str, Any]:
    return {
        "log_loss": scored.log_loss, "rmse_bins": scored.rmse_bins, "auc": scored.auc, "reviews": scored.reviews,
    }  # fmt: skip
