"""What a student types or turns of an exam: its day, its days off, and the shares of its blueprint."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sciaquiz.exam.exam import WHOLE, ExamError
from sciaquiz.words import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Mapping

NO_DAYS = "none"
SHARE_STEP = 5
USUAL_DAYS_OFF = ((), (6,), (5, 6), (5,), (4,), (4, 5))
"""Weekdays, 0 for Monday, in the order in which they are turned to."""


def day_from(text: str, today: date) -> date:
    """Return the day that was typed: 2027-02-18, 18 Feb, 18 Feb 2027, or 30 for in 30 days. Raises ExamError."""
    words = text.strip().casefold().removeprefix("in ").removesuffix("days").removesuffix("day").strip()
    try:
        if re.fullmatch(r"\d{1,3}", words, re.ASCII):
            return today + timedelta(days=int(words))
        if found := re.fullmatch(r"(\d{1,2})\.? ([a-z]{3,})\.?(?: (\d{4}))?", words, re.ASCII):
            month = next(number for number, name in enumerate(MONTHS, 1) if found[2].startswith(name.casefold()))
            day = date(int(found[3] or today.year), month, int(found[1]))
            return day if found[3] or day >= today else day.replace(year=day.year + 1)
        return date.fromisoformat(words)
    except (ValueError, StopIteration, OverflowError):
        raise ExamError(f"{text!r} is no day. Type it as 2027-02-18, 18 Feb, or 30 for in 30 days.") from None


def number_from(text: str, what: str) -> int:
    """Return the whole number that was typed. Raises ExamError."""
    words = text.strip().removesuffix("%").removesuffix("min").strip()
    if not re.fullmatch(r"\d{1,4}", words, re.ASCII):
        raise ExamError(f"{what} is a whole number, not {text!r}.")
    return int(words)


def days_off_from(text: str) -> frozenset[int]:
    """Return the weekdays that were typed, as in "sat sun"; none for "none". Raises ExamError."""
    names = [name for name in re.split(r"[\s,]+|\band\b", text.casefold()) if name]
    if names in ([], [NO_DAYS]):
        return frozenset()
    found = {_weekday(name, text) for name in names}
    return frozenset(found)


def _weekday(name: str, text: str) -> int:
    for number, day in enumerate(WEEKDAYS):
        if len(name) >= 3 and f"{day.casefold()}s".startswith(name):
            return number
    raise ExamError(f"Days off are days of the week such as sat sun, or {NO_DAYS}, not {text!r}.")


def days_off_turned(now: frozenset[int], by: int) -> frozenset[int]:
    """Return the next of the usual days off."""
    usual = [frozenset(days) for days in USUAL_DAYS_OFF]
    return usual[(usual.index(now) + by) % len(usual)] if now in usual else usual[0]


def with_share(shares: Mapping[str, float], name: str, by: int) -> dict[str, float]:
    """Return a blueprint in which one part has five points more or fewer, to whole fives, and the others the rest.

    The others keep their proportions; all come to 100, in whole points.
    """
    others = {each: share for each, share in shares.items() if each != name}
    if not others:
        return dict(shares)
    now = shares[name]
    wanted = SHARE_STEP * (now // SHARE_STEP + 1 if by > 0 else -(-now // SHARE_STEP) - 1)
    new = int(min(WHOLE, max(0, wanted)))
    rest, total = WHOLE - new, sum(others.values())
    exact = {each: rest * (share / total if total else 1 / len(others)) for each, share in others.items()}
    found = {each: int(share) for each, share in exact.items()}
    missing = rest - sum(found.values())
    for each in sorted(exact, key=lambda each: found[each] - exact[each])[:missing]:
        found[each] += 1
    return {each: float(new if each == name else found[each]) for each in shares}
