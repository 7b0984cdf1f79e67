"""A day measured by time: how many cards its minutes hold, and which are asked ahead of a planned break."""

from __future__ import annotations

from enum import StrEnum
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.memory.fits import DEFAULT_FITS
from sciaquiz.study.queue import Limits, Waiting, plain_ranking

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import date

    from sciaquiz.ids import CardId
    from sciaquiz.journal.costs import Costs
    from sciaquiz.journal.entries import DayTally
    from sciaquiz.memory.fits import Fits
    from sciaquiz.study.comeback import Overdue
    from sciaquiz.study.pool import Pool
    from sciaquiz.study.queue import Ranking, Workload


class Holds(StrEnum):
    """What the minutes do to the day."""

    ALWAYS = "always"  # the student's minutes a day: what does not fit waits
    BACKLOG = "backlog"  # after a planned break: likewise, while more is due than they hold, and nothing new
    NOTHING = "nothing"  # before a planned break: they only tell what is to spare


class Early(NamedTuple):
    """Cards due from `first` to `last` may be asked ahead, by what they are worth `horizon` days from now."""

    first: date
    last: date
    horizon: int


class Budget(Struct, frozen=True, kw_only=True):
    """The seconds of a day, what a card costs of them, and what they are for."""

    seconds: float
    costs: Costs
    holds: Holds = Holds.ALWAYS
    early: Early | None = None

    def left(self, tally: DayTally) -> float:
        """Return the seconds that are left of the day: each card that was asked has used up what its sort costs.

        No stopwatch runs, so that the list of a day neither grows nor shrinks under a fast or a slow hand.
        """
        kept = max(0, tally.reviewed - tally.failed)
        costs = self.costs
        return self.seconds - tally.introduced * costs.new - kept * costs.right - tally.failed * costs.wrong


def day_work(
    pool: Pool,
    today: date,
    limits: Limits,
    tally: DayTally,
    *,
    unsafe: Mapping[CardId, date],
    without: Collection[CardId] = (),
    ranking: Callable[[], Ranking] = plain_ranking,
    most: int | None = None,
    fits: Fits = DEFAULT_FITS,
) -> Workload:
    """Return what waits on a study day of which some is done, within its limits of cards and of time.

    Reviews come first, then new cards; those that come ahead of a break are the last.
    """
    left, budget = limits.left(tally), limits.budget
    if budget is None:
        return pool.workload(today, left, unsafe=unsafe, without=without, ranking=ranking, most=most, fits=fits)
    due = [card for card in pool.overdue(today, ranking()) if card.card_id not in without]
    seconds = budget.left(tally)
    held = _held(left, budget, due, seconds)
    work = pool.workload(today, held, unsafe=unsafe, without=without, ranking=ranking, most=most, fits=fits)
    work = replace(work, is_full=held != left)
    if budget.early is None or work.unlisted:
        return work
    seconds -= sum(_costs(budget, due[: held.reviews_per_day])) + len(work.new) * budget.costs.new
    order = replace(ranking(), horizon=budget.early.horizon)
    listed = {waiting.card_id for waiting in work.reviews} | set(without)
    ahead = [card for card in pool.overdue(today, order, budget.early[:2]) if card.card_id not in listed]
    fit, _ = _fitting(_costs(budget, ahead), seconds)
    early = tuple(Waiting(card.card_id, pool.card(card.card_id).question.deck_id) for card in ahead[:fit])
    return replace(work, reviews=(*work.reviews, *early), early=len(early))


def full_minutes(work: Workload, limits: Limits) -> int:
    """Return the minutes of a day where they are what holds no more of its work; 0 where they are not."""
    return round(limits.budget.seconds / 60) if work.is_full and limits.budget else 0


def _held(left: Limits, budget: Budget, due: Sequence[Overdue], seconds: float) -> Limits:
    if budget.holds is Holds.NOTHING:
        return left
    fit, used = _fitting(_costs(budget, due), seconds)
    if fit < len(due):
        return Limits(new_per_day=0, reviews_per_day=min(fit, left.reviews_per_day))
    if budget.holds is Holds.BACKLOG:
        return left
    new = max(0, floor((seconds - used) / budget.costs.new + 0.5))
    return replace(left, new_per_day=min(new, left.new_per_day))


def _costs(budget: Budget, cards: Sequence[Overdue]) -> list[float]:
    return [budget.costs.review(card.recall) for card in cards]


def _fitting(costs: Sequence[float], seconds: float) -> tuple[int, float]:
    """Return how many of some cards fit, to the nearest half, and what these take."""
    used = 0.0
    for place, cost in enumerate(costs):
        if used + cost / 2 > seconds:
            return place, used
        used += cost
    return len(costs), used
