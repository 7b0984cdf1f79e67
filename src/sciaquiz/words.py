"""Plain English for numbers and dates: the one place for plurals, percentages, and the names of days and months."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def count(number: int, one: str, more: str = "") -> str:
    """Return "1 day" and "2 days", "1 entry" and "2 entries", "1 card is" and "2 cards are"."""
    return f"{number} {one}" if number == 1 else f"{number} {more or f'{one}s'}"


def as_sentence(words: str) -> str:
    """Return words with a capital letter before them and a full stop behind."""
    return f"{words[:1].upper()}{words[1:]}."


def times(number: int) -> str:
    """Return "once", "2 times"."""
    return "once" if number == 1 else f"{number} times"


def percent(share: float) -> str:
    """Return a share of 0..1 as "62%"."""
    return f"{share:.0%}"


def duration_words(minutes: int) -> str:
    """Return "14 min", "1 h 50 min"."""
    hours, rest = divmod(minutes, 60)
    return f"{minutes} min" if not hours else f"{hours} h {rest} min" if rest else f"{hours} h"


def exact_percent(share: float) -> str:
    """Return a share of 0..1 as "92.5%", with all the digits that it has."""
    return f"{round(100 * share, 6):g}%"


def day_words(day: date, today: date) -> str:
    """Return "24 Nov", with the year if it is another than this one."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{day.day} {MONTHS[day.month - 1]}{year}"


def weekday_words(day: date) -> str:
    """Return "Tue 24 Nov"."""
    return f"{WEEKDAYS[day.weekday()][:3]} {day.day} {MONTHS[day.month - 1]}"


def instant_words(instant: datetime) -> str:
    """Return "24 Nov 2026 09:05"."""
    return f"{instant.day} {MONTHS[instant.month - 1]} {instant.year} {instant:%H:%M}"
