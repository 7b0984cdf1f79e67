"""The days behind and the days ahead as one row of bars, a day a column, with today between them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.tui.text import ACCENT, ACCENT_DIM, FAINT, GHOST, LINE, line, say
from sciaquiz.tui.widgets.axis import axis
from sciaquiz.tui.widgets.bars import STEPS
from sciaquiz.words import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from textual.content import Content

BETWEEN = 3
"""Columns between the days behind and those ahead; the line of today stands in the middle one."""
FEWEST_AHEAD, MOST_AHEAD = 7, 45
EIGHTHS = 8


class Column(Struct, frozen=True):
    """One day: `low` of what there is anyway, and from there up to `high` what is added or taken away."""

    low: int
    high: int
    style: str
    above: str = ""


def days_picture(
    behind: Mapping[date, int],
    today: date,
    ahead: Sequence[int],
    width: int,
    rows: int,
    instead: Sequence[int] | None = None,
) -> list[Content]:
    """Draw so many columns and rows, and a row of dates: answers a day up to today, and what is due from tomorrow on.

    `instead` is how the days ahead would be after what is offered: where it is more, the accent stands on top; where
    it is less, a hollow is left.
    """
    future = min(max(FEWEST_AHEAD, (width - BETWEEN) // 4), MOST_AHEAD, len(ahead))
    past = width - BETWEEN - future
    first = today - timedelta(days=past - 1)
    answered = [behind.get(first + timedelta(days=place), 0) for place in range(past)]
    coming, then = list(ahead[:future]), list((instead if instead is not None else ahead)[:future])
    top = max(*answered, *coming, *then, 1)
    steps = rows * EIGHTHS

    def high(value: int) -> int:
        return 0 if value <= 0 else max(1, round(value / top * steps))

    columns = [Column(high(value), high(value), ACCENT_DIM) for value in answered]
    columns += [
        Column(high(min(now, after)), high(max(now, after)), GHOST, ACCENT if after > now else LINE)
        for now, after in zip(coming, then, strict=True)
    ]
    drawn = []
    for row in range(rows - 1, -1, -1):
        cells = [cell(column, row) for column in columns]
        drawn.append(line(*cells[:past], say(" │ ", ACCENT), *cells[past:]))
    return [*drawn, say(dates(first, today, past, width), FAINT)]


def cell(column: Column, row: int) -> Content | str:
    """Draw one cell. It has two colours, so a seam within a cell that is not full is put on its lower edge."""
    floor = row * EIGHTHS
    low, high = (min(max(value - floor, 0), EIGHTHS) for value in (column.low, column.high))
    if not high:
        return say(STEPS[0], LINE) if row == 0 else " "
    if high == low:
        return say(STEPS[low - 1], column.style)
    if low and high == EIGHTHS:
        return say(STEPS[low - 1], f"{column.style} on {column.above}")
    return say(STEPS[high - 1], column.above)


def dates(first: date, today: date, past: int, width: int) -> str:
    """Return the dates below the columns: today, the months behind and a Monday ahead.

    One that has no room is left out. `first` is the day of the first of `past` columns.
    """
    labels = [(past - 1, "today")]
    monday = today + timedelta(days=7 + (7 - today.weekday()) % 7)
    for day, at in [
        (monday, past + BETWEEN + (monday - today).days - 1),
        *((first + timedelta(days=place), place) for place in range(past - 1, -1, -1)),
    ]:
        if day == monday or day.day == 1:
            labels.append((at, f"{day.day} {MONTHS[day.month - 1]}"))
    return axis(labels, width)


def legend(*entries: tuple[str, str]) -> Content:
    """Return what the colours stand for: pairs of a word and its style."""
    parts: list[Content | str] = []
    for words, style in entries:
        parts += ["   " if parts else "", say("■", style), say(f" {words}", FAINT)]
    return line(*parts)
