"""Amounts as columns beside each other, each with its dates or hours below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.tui.text import FAINT, LINE, line, say
from sciaquiz.tui.widgets.axis import axis
from sciaquiz.tui.widgets.bars import STEPS
from sciaquiz.words import MONTHS, WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from textual.content import Content

EIGHTHS = len(STEPS)


def columns(
    values: Sequence[float | None], rows: int, style: str, *, wide: int = 1, gap: int = 0, top: float = 0.0
) -> list[Content]:
    """Draw each value as a column of `wide` cells and `gap` blank ones, `rows` high where it is the largest or `top`.

    What is more than nothing is always seen; nothing is a line at the foot, and None is left blank.
    """
    largest = top or max((value for value in values if value is not None), default=0.0) or 1.0

    def high(value: float | None) -> int | None:
        if not value:
            return None if value is None else 0
        return max(1, round(min(1.0, value / largest) * rows * EIGHTHS))

    heights = [high(value) for value in values]
    drawn = []
    for floor in range((rows - 1) * EIGHTHS, -1, -EIGHTHS):
        parts: list[Content | str] = []
        for height in heights:
            full = min(EIGHTHS, (height or 0) - floor)
            if full > 0:
                parts.append(say(STEPS[full - 1] * wide, style))
            else:
                parts.append(say(STEPS[0] * wide, LINE) if floor == 0 and height is not None else " " * wide)
            parts.append(" " * gap)
        drawn.append(line(*parts))
    return drawn


def below(words: Iterable[tuple[int, str]], step: int, width: int) -> Content:
    """Return the row below columns that are `step` cells apart: words at the places of their columns."""
    return say(axis(((place * step, told) for place, told in words), width), FAINT)


def mondays(days: Sequence[date]) -> list[tuple[int, str]]:
    """Return the dates for days to come: the first with its weekday, then each Monday."""
    first = [(0, f"{WEEKDAYS[days[0].weekday()][:3]} {days[0].day}")] if days else []
    return [*first, *_dates(days[1:], lambda day: day.weekday() == 0, 1)]


def firsts(days: Sequence[date]) -> list[tuple[int, str]]:
    """Return the dates for days behind: the first of each month, the newest before the others; else each Monday."""
    months = _dates(days, lambda day: day.day == 1, 0)
    return list(reversed(months or _dates(days, lambda day: day.weekday() == 0, 0)))


def _dates(days: Sequence[date], is_told: Callable[[date], bool], begins: int) -> list[tuple[int, str]]:
    return [(place, f"{day.day} {MONTHS[day.month - 1]}") for place, day in enumerate(days, begins) if is_told(day)]
