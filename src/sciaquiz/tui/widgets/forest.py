"""A forest plot: shares under each other on one scale, each with its interval, what was predicted and a mark.

Shares are 0..1, widths are in cells. The bar is the interval, ● the share, ◇ the prediction, ┊ chance or a pass mark.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.text import cells, cut
from sciaquiz.tui.text import ACCENT, ACCENT_DIM, FAINT, LINE, MUTED, line, say
from sciaquiz.tui.widgets.axis import axis
from sciaquiz.words import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

EMPTY, BAR, SHARE, PREDICTED, MARK = "┄", "━", "●", "◇", "┊"
BESIDE = 2
"""Cells at either side of the plot."""
LEAST_PLOT, LEAST_LABEL = 8, 10
"""Cells of a plot below which it says nothing and is left out, and of a label that is cut to make room for it."""


class ForestRow(Struct, frozen=True, kw_only=True):
    """One share of `n`. Without a `share` there is no plot; `told` stands at the right, or else the share itself."""

    label: str
    n: int | None = None
    share: float | None = None
    interval: tuple[float, float] | None = None
    predicted: float | None = None
    mark: float | None = None
    told: str = ""

    @property
    def words(self) -> str:
        """What stands at the right."""
        return self.told or ("" if self.share is None else percent(self.share))


class Scale(Struct, frozen=True):
    """What the plot reaches from and to, and where numbers stand below it."""

    low: float = 0.0
    high: float = 1.0
    step: float = 0.25

    def at(self, share: float, width: int) -> int:
        """Return the cell of a share, of so many; what is beyond the scale stands at its end."""
        part = (share - self.low) / (self.high - self.low)
        return round(min(1.0, max(0.0, part)) * (width - 1))


def scale_for(rows: Sequence[ForestRow]) -> Scale:
    """Return the scale on which everything has its place: from 70% on, where that is enough."""
    values = [value for row in rows for value in (row.share, row.predicted, *(row.interval or ())) if value is not None]
    lowest = min(values, default=0.0)
    return next((Scale(low, step=step) for low, step in ((0.7, 0.1), (0.5, 0.1)) if lowest >= low), Scale())


def forest(rows: Sequence[ForestRow], scale: Scale, width: int, *, label: int = 0, gaps: bool = False) -> list[Content]:
    """Return the rows and the axis below them; `label` is the least width of the labels, `gaps` leaves a row between.

    Where there is no room for a plot, the rows have only their words, and there is no axis.
    """
    number = max((len(str(row.n)) for row in rows if row.n is not None), default=0)
    words = max((cells(row.words) for row in rows), default=0)
    beside = number + words + 2 * BESIDE + (BESIDE if number else 0)
    longest = max(label, *(cells(row.label) for row in rows))
    has_plot = width - beside - LEAST_PLOT >= min(longest, LEAST_LABEL)
    label = max(1, min(longest, width - beside - (LEAST_PLOT if has_plot else 0)))
    room = max(0, width - label - beside)
    drawn: list[Content] = []
    for row in rows:
        if gaps and drawn:
            drawn.append(line())
        name = cut(row.label, label)
        n = f"{'' if row.n is None else row.n:>{number + BESIDE}}" if number else ""
        middle = plot(row, scale, room) if has_plot else say(" " * room)
        few = say(f"{row.words:>{words + BESIDE}}", FAINT if row.share is None else "")
        drawn.append(line(name, " " * (label - cells(name)), say(n, MUTED), " " * BESIDE, middle, few))
    if has_plot:
        drawn.append(say(" " * (width - words - BESIDE - room) + numbers(scale, room), FAINT))
    return drawn


def plot(row: ForestRow, scale: Scale, width: int) -> Content:
    """Return the plot of one row; what says more stands over what says less."""
    drawn = [(EMPTY, LINE)] * width
    if row.share is not None and row.interval is not None:
        for cell in range(scale.at(row.interval[0], width), scale.at(row.interval[1], width) + 1):
            drawn[cell] = (BAR, ACCENT_DIM)
    points = [(row.mark, MARK, MUTED), (row.predicted, PREDICTED, ""), (row.share, SHARE, ACCENT)]
    for value, sign, style in points:
        if value is not None:
            drawn[scale.at(value, width)] = (sign, style)
    parts: list[Content] = []
    begins = 0
    for cell in range(1, width + 1):
        if cell == width or drawn[cell][1] != drawn[begins][1]:
            parts.append(say("".join(sign for sign, _ in drawn[begins:cell]), drawn[begins][1]))
            begins = cell
    return line(*parts)


def numbers(scale: Scale, width: int) -> str:
    """Return the numbers below a plot, in per cent: both ends, and between them those that touch no other."""
    steps = round((scale.high - scale.low) / scale.step)
    values = [scale.low + step * scale.step for step in range(steps + 1)]
    told = [f"{100 * value:.0f}" for value in values]
    ends = [(0, told[0]), (width - len(told[-1]), told[-1])]
    between = [(scale.at(value, width), words) for value, words in zip(values[1:-1], told[1:-1], strict=True)]
    return axis((*ends, *between), width, between=1)


def legend(*, predicted: bool = False, mark: str = "") -> Content:
    """Return what the signs mean: the share and the prediction, and the mark by its name."""
    parts: list[Content | str] = []
    if predicted:
        parts += [say(SHARE, ACCENT), say(" you  ", MUTED), PREDICTED, say(" predicted", MUTED)]
    if mark:
        parts += ["  " if parts else "", say(f"{MARK} {mark}", MUTED)]
    return line(*parts)
