"""How the pages of Statistics are laid out: the row of tabs, and sections in one, two or three columns."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from textual.style import Style

from sciaquiz.text import cells, cut
from sciaquiz.tui.screens import statsblocks as blocks
from sciaquiz.tui.screens.statsblocks import Room
from sciaquiz.tui.text import ACCENT, CHIP, MUTED, line, say, spread
from sciaquiz.tui.widgets.beside import beside
from sciaquiz.view.statistics import BRIEFLY, PERIOD

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.insight.report import Report
    from sciaquiz.insight.scope import Period
    from sciaquiz.tui.screens.statsblocks import Block

TWO, THREE, THREE_HIGH = 68, 140, 39
"""Cells of a page from which sections stand in two columns and in three, and its rows from which in three."""
AIRY = 28
"""Rows of a page from which there is a blank row below each head, and two between sections."""
FEWEST_TOPICS, MOST_TOPICS = 4, 16
LEAST_SCOPE, GAP = 6, 2
"""Cells of the name of what is counted, at least, and between the parts of the row of tabs."""
AIRY_TAKES = 13
"""Rows that three airy rows of sections take more."""
LEAST_BELOW = 12
"""Rows that have to be left for one more row of sections."""


class Tab(Enum):
    """A page of Statistics."""

    OVERVIEW = "Overview"
    TOPICS = "Topics"
    MEMORY = "Memory"
    MISTAKES = "Mistakes"


def tabs_line(tab: Tab, period: Period, scope: str, width: int) -> Content:
    """Return the row of tabs, and at the right what is counted: the scope, where it is not all, and the period."""
    long, brief, is_whole = PERIOD[period], BRIEFLY[period], not scope
    every = [_tab(f"{place}", each, tab, is_named=True) for place, each in enumerate(Tab, 1)]
    digits = [_tab(f"{place}", each, tab, is_named=each is tab) for place, each in enumerate(Tab, 1)]
    named, numbered, alone = line(*every), line(*digits), every[list(Tab).index(tab)]
    ways = (
        (named, long, cells(scope)), (named, brief, LEAST_SCOPE), (numbered, brief, LEAST_SCOPE),
        (alone, brief, LEAST_SCOPE),
    )  # fmt: skip
    for left, told, least in ways:
        right = line(_press("["), f" {told} ", _press("]"))
        room = width - left.cell_length - right.cell_length - GAP
        if room >= (0 if is_whole else least + GAP):
            name = line() if is_whole else line(say(cut(scope, room - GAP), f"bold {ACCENT}"), " " * GAP)
            return spread(left, line(name, right), width)
    return alone.truncate(width)


def _tab(key: str, each: Tab, front: Tab, *, is_named: bool) -> Content:
    press = Style.from_meta({"@click": f"screen.tab({each.name!r})"})
    words = f" {each.value} " if is_named else " "
    if each is front:
        return line(say(f" {key}", f"bold {ACCENT} {CHIP}"), say(words, f"bold {CHIP}")).stylize(press)
    return line(say(f" {key}", f"bold {ACCENT}"), say(words, MUTED)).stylize(press)


def _press(key: str) -> Content:
    name = {"[": "left_square_bracket", "]": "right_square_bracket"}[key]
    return say(key, f"bold {ACCENT}").stylize(Style.from_meta({"@click": f"app.simulate_key({name!r})"}))


class Line(Struct, frozen=True):
    """A row of sections: so many rows for each, `is_last` with all that is left."""

    blocks: Sequence[Block]
    rows: int


def overview(report: Report, width: int, height: int, cursor: int | None) -> list[Content]:
    """Return the overview for a page of so many cells and rows; a row of it may be lower than the page."""
    airy = height >= AIRY
    topics = max(FEWEST_TOPICS, min(MOST_TOPICS, len(report.topics))) + 1 + airy
    if width >= THREE and height >= THREE_HIGH:
        left = height - 12 - 13 - 4
        grid = [
            Line((blocks.remembered, blocks.sureness, blocks.calendar), 12),
            Line((blocks.coming, blocks.topics, blocks.time), 13),
            Line((blocks.kinds, blocks.hours, blocks.firm), left),
        ]
        return _grid(report, grid, width, 3, airy=True, cursor=cursor)
    if width >= TWO:
        first, second, gaps = (8, 10, 4) if airy else (5, 6, 2)
        left = max(FEWEST_TOPICS + 1, height - first - second - gaps)
        grid = [
            Line((blocks.remembered, blocks.sureness), first),
            Line((blocks.calendar, blocks.coming), second),
            Line((blocks.topics, blocks.time), min(left, topics)),
        ]
        if left - min(left, topics) >= LEAST_BELOW:
            grid.append(Line((blocks.kinds, blocks.hours), left - topics - 2))
        return _grid(report, grid, width, 2, airy=airy, cursor=cursor)
    one = [
        (blocks.remembered, 7), (blocks.sureness, 7), (blocks.calendar, 6), (blocks.coming, 5),
        (blocks.topics, topics), (blocks.time, 5),
    ]  # fmt: skip
    return _grid(report, [Line((block,), rows) for block, rows in one], width, 1, airy=False, cursor=cursor)


def memory(report: Report, width: int, height: int) -> list[Content]:
    """Return what the model of memory knows, and what answers depend on, for a page of so many cells and rows."""
    bins, spread = len(report.recall.bins) + 3, max(len(report.stability.counts), len(report.difficulty.counts)) + 1
    places = len(report.positions) + 2
    if width >= THREE and height >= THREE_HIGH:
        grid = [
            Line((blocks.known, blocks.calibration, blocks.firm), height // 2 - 1),
            Line((blocks.difficult, blocks.places, blocks.hours), height // 2 - 1),
        ]
        return _grid(report, grid, width, 3, airy=True, cursor=None)
    if width >= TWO:
        pairs = ((blocks.known, blocks.calibration), (blocks.firm, blocks.difficult), (blocks.places, blocks.hours))
        rows = [max(7, bins), max(FEWEST_TOPICS, spread), max(6, places)]
        airy = sum(rows) + AIRY_TAKES <= height
        grid = [Line(pair, most + 3 * airy) for pair, most in zip(pairs, rows, strict=True)]
        return _grid(report, grid, width, 2, airy=airy, cursor=None)
    rows = [6, bins, spread, spread, places, 5]
    every = (
        blocks.known, blocks.calibration, blocks.firm, blocks.difficult, blocks.places, blocks.hours,
    )  # fmt: skip
    grid = [Line((block,), most) for block, most in zip(every, rows, strict=True)]
    return _grid(report, grid, width, 1, airy=False, cursor=None)


def _grid(
    report: Report, grid: Sequence[Line], width: int, across: int, *, airy: bool, cursor: int | None
) -> list[Content]:
    gap = 4 if width < 100 else 6
    room = Room((width - gap * (across - 1)) // across, 0, airy, cursor)
    drawn: list[Content] = []
    for each in grid:
        told = [block(report, replace(room, rows=each.rows)) for block in each.blocks]
        drawn += [line()] * ((1 + airy) if drawn else 0)
        drawn += beside(told, room.width, gap)
        drawn += [line()] * (each.rows - max(map(len, told)) if airy else 0)
    return drawn
