"""When a card comes back, in words: one way of saying it for every face."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from sciaquiz.words import count

if TYPE_CHECKING:
    from sciaquiz.clock import Moment
    from sciaquiz.record import Progress

DAYS_IN_MONTH = 30.44
DAYS_IN_YEAR = 365.25
FIRST_IN_MONTHS = 60
FIRST_IN_YEARS = 730


def interval_words(progress: Progress, now: Moment) -> str:
    """Return "in 10 min", "in 1 day", "in 3 months (94 days)", or "now" and "today" for what is due already."""
    if progress.due_at is None:
        return days_words((progress.due_day - now.study_day).days)
    minutes = ceil((progress.due_at - now.instant).total_seconds() / 60)
    if minutes <= 0:
        return "now"
    if minutes < 60:
        return f"in {minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"in {hours} h {rest} min" if rest else f"in {hours} h"


def days_words(days: int) -> str:
    """Return a count of days ahead in words; months and years have the days beside them."""
    if days <= 0:
        return "today"
    if days < FIRST_IN_MONTHS:
        return f"in {count(days, 'day')}"
    if days < FIRST_IN_YEARS:
        return f"in {days / DAYS_IN_MONTH:.0f} months ({days} days)"
    return f"in {f'{days / DAYS_IN_YEAR:.1f}'.removesuffix('.0')} years ({days} days)"
