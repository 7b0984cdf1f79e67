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
    since = (today - min(answers_by_day, default=today)).days // 7 + 2
    shown = weeks(answers_by_day, today, max(1, min(max(FEWEST_WEEKS, since), MOST_WEEKS, (width - GUTTER) // 2)))
    rows = [
        line(say(f"{name:<{GUTTER}}", FAINT), *(_cell(week.levels[weekday]) for week in shown))
        for weekday, name in enumerate(DAY_NAMES)
    ]
    return lines([*rows, say(" " * GUTTER + months(shown), FAINT)])


def _cell(level: int | None) -> Content | str:
    if level is None:
        return "  "
    return say(GLYPHS[level], HEAT[level])


def months(shown: tuple[Week, ...]) -> str:
    """Return the names of the months, each under the first week that begins in it; one that does not fit is left out.

    The name of a month that begins in the last week stands one cell earlier.
    """
    text = ""
    for place, week in enumerate(shown):
        name = MONTHS[week.monday.month - 1]
        starts = place == 0 or week.monday.month != shown[place - 1].monday.month
        left = min(place * 2, len(shown) * 2 - len(name))
        if starts and len(text) <= left and (place > 0 or week.monday.day <= 21):
            text = f"{text:<{left}}{name} "
    return text.rstrip()
