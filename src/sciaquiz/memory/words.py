"""When a card comes back, in words: one way of saying it for every face."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sciaquiz.clock import Moment
    from sciaquiz.record import Progress

DAYS_IN_MONTH = 30.44
DAYS_IN_YEAR = 365.25


def interval_words(progress: Progress, now: Moment) -> str:
    """Return "in 10 min", "tomorrow", "in 12 days", "in 3 months": from now to when the card is due."""
    if progress.due_at is not None:
        minutes = max(0, round((progress.due_at - now.instant).total_seconds() / 60))
        if minutes >= 90:
            return f"in {minutes / 60:.0f} hours"
        return f"in {minutes} min" if minutes else "in less than a minute"
    return days_words((progress.due_day - now.study_day).days)


def days_words(days: int) -> str:
    """Return a count of days ahead in words; months and years come with the days beside them."""
    if days <= 0:
        return "today"
    if days == 1:
        return "tomorrow"
    if days < 60:
        return f"in {days} days"
    if days < 730:
        return f"in {days / DAYS_IN_MONTH:.1f} months ({days} days)".replace(".0 ", " ")
    return f"in {days / DAYS_IN_YEAR:.1f} years ({days} days)".replace(".0 ", " ")
