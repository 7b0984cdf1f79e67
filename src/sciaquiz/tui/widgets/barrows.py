"""Amounts under each other, each with its name, a bar and its numbers at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.text import cells, cut
from sciaquiz.tui.text import ACCENT, FAINT, LINE, MUTED, line, say, spread

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

FULL, REST = "━", "─"
BESIDE_BAR = 2
LEAST_BAR, LEAST_NAME = 5, 12
"""Cells of a bar below which it is left out, and of a name that is cut to make room for it."""


class BarRow(Struct, frozen=True):
    """One amount: `share` is the part, 0..1, of the bar that is full, None for no bar; `words` say it."""

    name: str
    share: float | None
    words: str
    of: str = ""


class BarColumns(Struct, frozen=True):
    """How wide the columns are; a bar of 0 is left out."""

    name: int
    bar: int
    words: int
    of: int

    def row(self, row: BarRow, style: str = "") -> Content:
        """Return an amount in one line; a style is that of the whole line."""
        name = cut(row.name, self.name)
        drawn = line(
            name, " " * (self.name - cells(name)), " " * (BESIDE_BAR if self.bar else 0), bar(row.share, self.bar),
            say(f"{row.words:>{self.words}}", FAINT if row.share is None else ""),
            say(f"{row.of:>{self.of}}", MUTED) if self.of else "",
        )  # fmt: skip
        return drawn.stylize(style) if style else drawn

    def head(self, title: str, style: str, words: str, of: str, width: int) -> Content:
        """Return the line above: the title, only to its first comma where it has no room, and the heads of numbers."""
        right = say((f"{words:>{self.words}}" + (f"{of:>{self.of}}" if self.of else "")).lstrip(), FAINT)
        room = max(1, width - right.cell_length - 2)
        told = title if cells(title) <= room else cut(title.partition(",")[0], room)
        return spread(say(told, style), right, width)


def bar_columns(rows: Sequence[BarRow], width: int, *, heads: tuple[str, str] = ("", "")) -> BarColumns:
    """Choose the columns for lines of so many cells."""
    words = max(cells(heads[0]), *(cells(row.words) for row in rows), 0) + 2
    of = max((cells(row.of) for row in rows if row.of), default=0)
    of = max(of, cells(heads[1])) + 2 if of else 0
    longest = max((cells(row.name) for row in rows), default=0)
    room = width - words - of
    if room - BESIDE_BAR - LEAST_BAR < min(longest, LEAST_NAME):
        return BarColumns(max(1, room), 0, words, of)
    name = min(longest, max(LEAST_NAME, room - BESIDE_BAR - LEAST_BAR))
    return BarColumns(name, room - name - BESIDE_BAR, words, of)


def bar(share: float | None, width: int) -> Content:
    """Return a bar of so many cells; None is a blank one."""
    if share is None:
        return say(" " * width)
    full = round(min(1.0, max(0.0, share)) * width)
    return line(say(FULL * full, ACCENT), say(REST * (width - full), LINE))
