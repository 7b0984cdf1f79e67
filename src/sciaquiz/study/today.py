"""What waits today, counted once: Home, the commands and the queue of a sitting all ask here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from sciaquiz.study.danger import dangers
from sciaquiz.study.pace import Pace
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Today:
    """The work of a study day, and the unsafe cards among all, which may come whatever the daily limit."""

    work: Workload
    unsafe: Mapping[CardId, Danger]


def today(pool: Pool, snapshot: Snapshot, study_day: date, limits: Limits) -> Today:
    """Return what waits on a study day. The daily limits count what was done on it in all decks."""
    unsafe = dangers(pool)
    due = {card_id: case.due for card_id, case in unsafe.items()}
    left = limits.left(snapshot.tally(study_day))
    fits = snapshot.fits
    work = pool.workload(study_day, left, unsafe=due, ranking=partial(ranking_of, snapshot.habits, fits), fits=fits)
    return Today(work=work, unsafe=unsafe)


def ranking_of(habits: Callable[[], Habits], fits: Fits) -> Ranking:
    """Return the order of reviews on a day that cannot hold them all, by this student's own pace and memory."""
    known = habits()
    seconds = {kind: usual / 1000 for kind, usual in Pace.of(known.right_answers).by_kind.items()}
    return Ranking(fits=fits, seconds=seconds, usual=known.seconds_per_answer or USUAL_SECONDS)
