"""What waits today, counted once: Home, the commands and the queue of a sitting all ask here."""

from __future__ import annotations

from functools import partial
from statistics import fmean
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.journal.costs import Costs
from sciaquiz.study.budget import day_work
from sciaquiz.study.danger import dangers
from sciaquiz.study.pace import FEWEST
from sciaquiz.study.queue import USUAL_SECONDS, Ranking

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from sciaquiz.ids import CardId
    from sciaquiz.journal.snapshot import Habits, Snapshot
    from sciaquiz.memory.fits import Fits
    from sciaquiz.study.danger import Danger
    from sciaquiz.study.pool import Pool
    from sciaquiz.study.queue import Limits, Workload


class Today(Struct, frozen=True, kw_only=True):
    """The work of a study day, and the unsafe cards among all, which may come whatever the daily limit."""

    work: Workload
    unsafe: Mapping[CardId, Danger]


def today(pool: Pool, snapshot: Snapshot, study_day: date, limits: Limits) -> Today:
    """Return what waits on a study day. The daily limits count what was done on it in all decks."""
    unsafe = dangers(pool)
    due = {card_id: case.due for card_id, case in unsafe.items()}
    tally, fits = snapshot.tally(study_day), snapshot.fits
    ranking = partial(ranking_of, snapshot.habits, fits)
    work = day_work(pool, study_day, limits, tally, unsafe=due, ranking=ranking, fits=fits)
    return Today(work=work, unsafe=unsafe)


def ranking_of(habits: Callable[[], Habits], fits: Fits) -> Ranking:
    """Return the order of reviews on a day that cannot hold them all, by this student's own pace and memory."""
    known = habits()
    costs = costs_of(known)
    by_kind: dict[str, list[int]] = {}
    for answer in known.right_answers:
        by_kind.setdefault(answer.kind, []).append(answer.latency_ms)
    usual = fmean(answer.latency_ms for answer in known.right_answers) if known.right_answers else 0.0
    slower = {kind: fmean(found) / usual for kind, found in by_kind.items() if len(found) >= FEWEST and usual}
    return Ranking(
        fits=fits,
        seconds={kind: costs.right * times for kind, times in slower.items()},
        usual=costs.right,
        more_when_wrong=costs.more_when_wrong,
    )


def costs_of(known: Habits) -> Costs:
    """Return what a card takes on a day: as this student does, or as is foreseen for all."""
    return known.costs or Costs.usual(known.seconds_per_answer or USUAL_SECONDS)
