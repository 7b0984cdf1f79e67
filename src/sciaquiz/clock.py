"""The one door for time: instants, study days, and the clock that gives them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

DEFAULT_ROLLOVER_HOUR = 4
EARLIEST, LATEST = datetime(1970, 1, 1, tzinfo=UTC), datetime(5000, 1, 1, tzinfo=UTC)
"""From when on, and until when, a journal can hold an entry that every device reads."""


class Moment(Struct, frozen=True):
    """A point in time as the student lived it.

    `instant` is aware, in UTC, in whole milliseconds; `offset_minutes` is local time minus UTC then; `study_day` was
    computed once, with the rollover hour in force then, and is never computed again. `rollover_hour` is that hour, for
    telling when the day ends; moments read from the journal do not know it.
    """

    instant: datetime
    offset_minutes: int
    study_day: date
    rollover_hour: int = DEFAULT_ROLLOVER_HOUR

    @property
    def local(self) -> datetime:
        """The wall clock at this moment, where the student was."""
        return self.instant.astimezone(timezone(timedelta(minutes=self.offset_minutes)))


class Clock(Protocol):
    """Tells the time. One is built in `__main__` and handed down."""

    def now(self) -> Moment:
        """Return this moment."""
        ...

    def ending_days_at(self, rollover_hour: int) -> Clock:
        """Return the same clock with another rollover hour."""
        ...


def study_day_of(local: datetime, rollover_hour: int) -> date:
    """Return the study day of a wall-clock time: its date once `rollover_hour` (0-23) hours are taken off.

    The hours are taken off the wall clock, so that a day always ends when the clock on the wall says so, also on the
    two days of the year when the clocks change.
    """
    return (local.replace(tzinfo=None) - timedelta(hours=rollover_hour)).date()


def moment_at(local: datetime, rollover_hour: int = DEFAULT_ROLLOVER_HOUR) -> Moment:
    """Return the moment of an aware local time. Raises ValueError if `local` is naive."""
    offset = local.utcoffset()
    if offset is None:
        raise ValueError("a moment needs a time zone")
    instant = local.astimezone(UTC)
    return Moment(
        instant=instant.replace(microsecond=instant.microsecond // 1000 * 1000),
        offset_minutes=round(offset / timedelta(minutes=1)),
        study_day=study_day_of(local, rollover_hour),
        rollover_hour=rollover_hour,
    )


def can_be_kept(local: datetime) -> bool:
    """Say whether a journal can hold what is done at an aware local time."""
    return EARLIEST <= local < LATEST


class SystemClock(Struct, frozen=True):
    """The machine's clock in the machine's time zone."""

    rollover_hour: int = DEFAULT_ROLLOVER_HOUR

    def now(self) -> Moment:
        """Return this moment."""
        return moment_at(datetime.now().astimezone(), self.rollover_hour)

    def ending_days_at(self, rollover_hour: int) -> SystemClock:
        """Return the same clock with another rollover hour."""
        return replace(self, rollover_hour=rollover_hour)


class FixedClock(Struct, frozen=True):
    """A clock that stands still, for tests and demonstrations."""

    local: datetime
    rollover_hour: int = DEFAULT_ROLLOVER_HOUR

    def now(self) -> Moment:
        """Return the moment it was set to."""
        return moment_at(self.local, self.rollover_hour)

    def ending_days_at(self, rollover_hour: int) -> FixedClock:
        """Return the same clock with another rollover hour."""
        return replace(self, rollover_hour=rollover_hour)
