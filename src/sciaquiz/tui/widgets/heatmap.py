"""The year behind, as a small heatmap; in words and shapes as well as in colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.insight.heatmap import Week, weeks
from sciaquiz.tui.text import FAINT, HEAT, line, lines, say
from sciaquiz.words import MONTHS

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from textual.content import Content

GLYPHS = ("· ", "▪ ", "■ ", "■ ", "■ ")
DAY_NAMES = ("Mon", "", "Wed", "", "Fri", "", "Sun")
GUTTER = 5
FEWEST_WEEKS, MOST_WEEKS = 16, 36


def heatmap(answers_by_day: Mapping[date, int], today: date, width: int) -> Content:
    """Draw as many weeks as fit into `width` cells: seven rows and a row of months."""
    shown = _shown(answers_by_day, today, (width - GUTTER) // 2)
    rows = [
        line(say(f"{name:<{GUTTER}}", FAINT), *(_cell(week.levels[weekday]) for week in shown))
        for weekday, name in enumerate(DAY_NAMES)
    ]
    return lines([*rows, say(" " * GUTTER + months(shown), FAINT)])


def half_blocks(answers_by_day: Mapping[date, int], today: date, width: int) -> Content:
    """Draw as many weeks as fit, a cell each with two weekdays in it: four rows and a row of months."""
    shown = _shown(answers_by_day, today, width)
    rows = [line(*(_two(*week.levels[day : day + 2]) for week in shown)) for day in range(0, 7, 2)]
    return lines([*rows, say(months(shown, 1), FAINT)])


def _shown(answers_by_day: Mapping[date, int], today: date, room: int) -> tuple[Week, ...]:
    since = (today - min(answers_by_day, default=today)).days // 7 + 2
    return weeks(answers_by_day, today, max(1, min(max(FEWEST_WEEKS, since), MOST_WEEKS, room)))


def _cell(level: int | None) -> Content | str:
    if level is None:
        return "  "
    return say(GLYPHS[level], HEAT[level])


def _two(upper: int | None, lower: int | None = None) -> Content | str:
    """Draw two days in a cell. Where there are no tones, a day without answers is the ground, and looks like it."""
    if upper is None:
        return " "
    if lower is None:
        return say("▀", HEAT[upper]) if upper else say("·", HEAT[0])
    if not upper:
        return say("▄" if lower else " ", f"{HEAT[lower]} on {HEAT[0]}")
    return say("▀", f"{HEAT[upper]} on {HEAT[lower]}")


def months(shown: tuple[Week, ...], wide: int = 2) -> str:
    """Return the names of the months, each under the first week that begins in it, a week being so many cells wide.

    One that does not fit is left out; that of a month that begins in the last week stands one cell earlier.
    """
    text = ""
    for place, week in enumerate(shown):
        name = MONTHS[week.monday.month - 1]
        starts = place == 0 or week.monday.month != shown[place - 1].monday.month
        left = min(place * wide, len(shown) * wide - len(name))
        if starts and len(text) <= left and (place > 0 or week.monday.day <= 21):
            text = f"{text:<{left}}{name} "
    return text.rstrip()
