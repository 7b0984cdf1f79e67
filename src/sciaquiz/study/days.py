"""The student's own days: easy ones, days off, planned breaks, and the minutes of a day."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from math import floor
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.settings.dayvalues import WEEKDAYS, days_of_break
from sciaquiz.study.queue import USUAL_SECONDS

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sciaquiz.journal.snapshot import Habits
    from sciaquiz.settings import Settings
    from sciaquiz.study.budget import Budget

DAYS_BEFORE = 7
"""From so many days before a planned break on, cards are asked ahead of it."""
DAYS_BEHIND = 14
"""What falls due within so many days after a break counts with it."""
DAYS_AFTER = 60
"""So long after a break, at most, its backlog is worked off by the minutes of a day."""
LITTLE_MINUTES = 20
USUAL_DAYS = 28
"""How many of the last days with an answer say what is usual."""


class Stage(StrEnum):
    """Where a day lies to a planned break."""

    BEFORE = "before"
    DURING = "during"
    AFTER = "after"


class PlannedBreak(NamedTuple):
    """The first and the last day off."""

    first: date
    last: date

    def stage(self, today: date) -> Stage | None:
        """Say where a day lies; None for one that it does not touch."""
        if self.first <= today <= self.last:
            return Stage.DURING
        if today < self.first:
            return Stage.BEFORE if (self.first - today).days <= DAYS_BEFORE else None
        return Stage.AFTER if (today - self.last).days <= DAYS_AFTER else None


def breaks_of(settings: Settings) -> tuple[PlannedBreak, ...]:
    """Return the planned breaks, in their order."""
    return tuple(PlannedBreak(*days_of_break(said)) for said in settings.breaks)


def break_on(settings: Settings, today: date) -> tuple[PlannedBreak, Stage] | None:
    """Return the planned break that a day has to do with: the one it lies in, else the next, else the last."""
    staged = [(planned, stage) for planned in breaks_of(settings) if (stage := planned.stage(today))]
    order = (Stage.DURING, Stage.BEFORE, Stage.AFTER)
    return min(staged, key=lambda each: (order.index(each[1]), abs(each[0].first - today)), default=None)


def days_off(settings: Settings) -> frozenset[date]:
    """Return every day that the student has planned off, alone or in a break."""
    single = {date.fromisoformat(day) for day in settings.days_off}
    spans = (
        planned.first + timedelta(days=ahead)
        for planned in breaks_of(settings)
        for ahead in range((planned.last - planned.first).days + 1)
    )
    return frozenset(single.union(spans))


def share_of(settings: Settings) -> Callable[[date], float]:
    """Return the function that gives a day its share, 0..1, of a full day: nothing on a planned day off."""
    shares, off = _weekday_shares(settings), days_off(settings)
    return lambda day: 0.0 if day in off else shares[day.weekday()]


def easy_share(settings: Settings, day: date) -> float:
    """Return the share, 0..1, that the weekday of a day has of a full day."""
    return _weekday_shares(settings)[day.weekday()]


def new_on(settings: Settings, day: date) -> int:
    """Return how many new cards a day takes: an easy one its share."""
    return floor(settings.new_per_day * easy_share(settings, day) + 0.5)


def _weekday_shares(settings: Settings) -> list[float]:
    easy = dict(said.split("=") for said in settings.easy_days)
    return [int(easy.get(name, "100")) / 100 for name in WEEKDAYS]


def budget_on(settings: Settings, today: date, habits: Callable[[], Habits]) -> Budget | None:
    """Return the time of a day, with what it is for; None where neither minutes nor a break are planned.

    Without minutes in the settings, those for a break are the student's usual ones, at least 20; an easy day has its
    share of them.
    """
    from sciaquiz.study.budget import Budget, Early, Holds
    from sciaquiz.study.today import costs_of

    planned = break_on(settings, today)
    stage = planned[1] if planned else None
    if not settings.minutes_per_day and stage in (None, Stage.DURING):
        return None
    early = None
    if planned is not None and stage is Stage.BEFORE:
        first, last = planned[0]
        early = Early(first, last + timedelta(days=DAYS_BEHIND), (last - today).days + 1)
    known, limit = habits(), settings.minutes_per_day * 60.0
    usual = usual_answers(known.answers_by_day, today) * (known.seconds_per_answer or USUAL_SECONDS)
    unlimited = Holds.BACKLOG if stage is Stage.AFTER else Holds.NOTHING
    return Budget(
        seconds=(limit or max(LITTLE_MINUTES * 60.0, usual)) * easy_share(settings, today),
        costs=costs_of(known),
        holds=Holds.ALWAYS if limit else unlimited,
        early=early,
    )


def usual_answers(answers_by_day: Mapping[date, int], today: date) -> float:
    """Return the mean number of answers on the last days before today with any; 0 where there are none."""
    days = sorted((day for day, given in answers_by_day.items() if given and day < today), reverse=True)[:USUAL_DAYS]
    return sum(answers_by_day[day] for day in days) / len(days) if days else 0.0
