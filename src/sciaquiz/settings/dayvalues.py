"""What a setting of the student's days can be: days that are to hold less than others."""

from __future__ import annotations

import re
from datetime import date

from sciaquiz.settings.values import SettingError, Value, as_list, parts_of
from sciaquiz.text import cut
from sciaquiz.words import percent

MOST_BREAKS = 50
LAST_YEAR = 9000
LONGEST_TOLD = 40
LONGEST_BREAK = 366
"""Days of a planned break."""
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
SPAN = re.compile(r"\s*(?:/|\bto\b)\s*")
BETWEEN_DAYS = re.compile(r"\s+(?=[A-Za-z]{3})")
EQUALS = re.compile(r"\s*[=:\s]\s*")


class EasyDays(Value[tuple[str, ...]]):
    """Weekdays with the percentage of a full day that each is to hold, such as sat=30; others hold all."""

    unit = "day"

    @property
    def allowed(self) -> str:
        """How a weekday and its share are written."""
        return f"weekdays with {percent(0)} to {percent(1)}, such as sat=30, sun=0"

    def parse(self, value: object) -> tuple[str, ...]:
        """Take a list of weekdays with shares; the last word on a day counts."""
        found: dict[str, int] = {}
        for said in as_list(value):
            day, _, share = str(said).partition("=")
            found[self._day(day)] = self._share(share)
        return tuple(f"{day}={found[day]}" for day in WEEKDAYS if found.get(day, 100) < 100)

    def words(self, value: tuple[str, ...]) -> str:
        """Return the days with their shares."""
        days = (said.split("=") for said in value)
        return ", ".join(f"{day.capitalize()} {percent(int(share) / 100)}" for day, share in days) or "none"

    def text(self, value: tuple[str, ...]) -> str:
        """Return the days as they are written."""
        return ", ".join(value) or "none"

    def typed(self, text: str) -> tuple[str, ...]:
        """Take days with commas or spaces between them: sat=30, sat: 30, or the words."""
        parts = parts_of(BETWEEN_DAYS.sub(",", text.strip()))
        return self.parse([EQUALS.sub("=", part, count=1) for part in parts])

    def _day(self, said: str) -> str:
        day = said.strip().lower()[:3]
        if day not in WEEKDAYS or not said.strip().isalpha():
            raise SettingError(f"must be {self.allowed}")
        return day

    def _share(self, said: str) -> int:
        bare = said.strip().removesuffix("%").strip()
        if not bare.isdecimal() or len(bare) > 3 or int(bare) > 100:
            raise SettingError(f"must be {self.allowed}")
        return int(bare)


class Breaks(Value[tuple[str, ...]]):
    """Planned breaks by their first and last day, in their order; those that touch are one."""

    unit = "break"

    @property
    def allowed(self) -> str:
        """How a break is written."""
        return "breaks such as 2026-12-20/2027-01-03"

    def parse(self, value: object) -> tuple[str, ...]:
        """Take a list of breaks."""
        said = as_list(value)
        if len(said) > MOST_BREAKS:
            raise SettingError(f"must be up to {MOST_BREAKS} {self.allowed}")
        try:
            found = sorted(days_of_break(str(each)) for each in said)
        except ValueError as error:
            raise SettingError(f"must be {self.allowed}: {error}") from None
        return tuple(f"{first}/{last}" for first, last in _joined(found))

    def words(self, value: tuple[str, ...]) -> str:
        """Return the breaks."""
        return ", ".join(said.replace("/", " to ") for said in value) or "none"

    def text(self, value: tuple[str, ...]) -> str:
        """Return the breaks as they are written."""
        return ", ".join(value) or "none"

    def typed(self, text: str) -> tuple[str, ...]:
        """Take breaks with commas between them."""
        return self.parse(parts_of(text))


def days_of_break(said: str) -> tuple[date, date]:
    """Return the first and the last day of a break. Raises ValueError, which says what is wrong."""
    match SPAN.split(said.strip()):
        case [begins, ends]:
            first, last = _day(begins), _day(ends)
        case _:
            raise ValueError("a break has a first and a last day")
    if last < first:
        raise ValueError(f"{last} is before {first}")
    if last.year > LAST_YEAR:
        raise ValueError(f"{last} is too far off, a break ends before the year {LAST_YEAR + 1}")
    if (days := (last - first).days + 1) > LONGEST_BREAK:
        raise ValueError(f"{first} to {last} are {days} days, a break has up to {LONGEST_BREAK}")
    return first, last


def _day(said: str) -> date:
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise ValueError(f"“{cut(said, LONGEST_TOLD)}” is no day such as 2026-12-20") from None


def _joined(breaks: list[tuple[date, date]]) -> list[tuple[date, date]]:
    found: list[tuple[date, date]] = []
    for first, last in breaks:
        if found and (first - found[-1][1]).days <= 1 and (last - found[-1][0]).days < LONGEST_BREAK:
            found[-1] = (found[-1][0], max(found[-1][1], last))
        else:
            found.append((first, last))
    return found
