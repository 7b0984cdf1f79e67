"""The pieces of a page of study, and how they become rows: which stay where they are, and which are read by scrolling.

A question in a widget for each of its parts costs a layout of some thirty widgets with every key; this is one.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace
from textual.content import Content

from sciaquiz.tui.text import ACCENT, MUTED, line, say

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDEST = 76
"""Cells of a line of text; a figure may be wider."""

SIGN, TIGHT_SIGN = 7, 5
"""Cells for a mark with its key before the text of an option, in a page of usual width and in a narrow one."""

MARK, TIGHT_MARK = 3, 2
"""Cells for a mark without a key before what follows from an answer."""

TIGHT = 50
"""Below this width the text of an option begins further to the left."""

TALL = 27
"""Rows of a page from which there is an empty one between options."""

SNUG = 14
"""Rows of a page below which a question that made room has no empty ones."""

TO_READ = 4
"""Rows that are kept for what is read below a question, if it has as many."""

LEAST_TO_READ = 2
"""With fewer rows than this left, the question scrolls with what is read."""


class Yields(IntEnum):
    """When a piece makes room for what is read below it: never, first if nothing below it stays, or last."""

    STAYS = 0
    FIRST = 1
    LAST = 2


class Block(Struct, frozen=True, kw_only=True):
    """A piece of the page. `mark` and `key` stand before the first line and the text hangs after them.

    `above` is the number of empty lines before it; `close` says that there is none in a spacious page either. `aside`
    follows the text where its last line has room. `target` is what a click on it reports; `cell_targets` tells, for a
    block that is not wrapped, which target stands where in a line. `lit` puts it on a panel, `bar` marks its left
    edge. `here` is where the cursor is: it is kept in sight.
    """

    text: Content
    mark: Content | None = None
    key: Content | None = None
    aside: Content | None = None
    above: int = 0
    close: bool = False
    target: int | None = None
    lit: bool = False
    bar: bool = False
    here: bool = False
    wraps: bool = True
    yields: Yields = Yields.STAYS
    cell_targets: Sequence[Sequence[int | None]] = ()


class Line(Struct, frozen=True):
    """One row: what it shows, the block that it is of, which row of that, and where the text begins."""

    content: Content
    block: Block
    row: int
    left: int


class Laid(Struct, frozen=True):
    """A page as rows. The first `pinned` of them never scroll; `hidden` rows of the question have made room.

    `starts` are the rows where blocks begin, in turn: those of the question that are shown, and those that are read.
    """

    lines: Sequence[Line]
    blocks: Sequence[Block]
    starts: Sequence[int]
    pinned: int = 0
    hidden: int = 0

    def end_of(self, place: int) -> int:
        """Return the row below a block."""
        return self.starts[place + 1] if place + 1 < len(self.starts) else len(self.lines)


NOTHING = Block(text=Content(""))


def lay_out(
    question: Sequence[Block], reading: Sequence[Block], width: int, height: int, *, opened: bool = False
) -> Laid:
    """Lay a question out with what is read below it, for so many cells and rows.

    The question keeps its rows and the rest scrolls below it. Until there is room for some rows of that, first the
    options that matter least make room, then all that comes before what is asked. Where even that is not enough, and
    where it is `opened`, everything scrolls together.
    """
    spacious = height >= TALL and len(rows_of(question, width, spacious=True).lines) <= height - TO_READ - 2
    whole = rows_of(question, width, spacious=spacious)
    if not reading:
        return whole
    below = rows_of(reading, width, spacious=spacious)
    gap = max(1, reading[0].above)
    enough = min(TO_READ, len(below.lines))
    shown, hidden = whole, 0
    for step in Yields if not opened else ():
        kept = _left_of(question, step)
        shown = rows_of(kept, width, spacious=spacious)
        hidden = len(whole.lines) - len(shown.lines)
        if step is Yields.LAST:
            if len(kept) < len(_left_of(question, Yields.FIRST)):
                kept = [_folded(hidden), replace(kept[0], above=0, close=True), *kept[1:]]
            shown = rows_of(kept, width, is_snug=height < SNUG)
        if height - len(shown.lines) - gap >= enough:
            return _joined(shown, below, gap, pinned=True, hidden=hidden)
    if not opened and height - len(shown.lines) - gap >= LEAST_TO_READ:
        return _joined(shown, below, gap, pinned=True, hidden=hidden)
    return _joined(whole, below, gap, pinned=False, hidden=0)


def _left_of(question: Sequence[Block], step: Yields) -> list[Block]:
    """Return the blocks that have not made room: first only those go that are below all that stays; nothing moves."""
    if step is Yields.LAST:
        return _closed_up(question)
    end = len(question)
    while step is Yields.FIRST and end and question[end - 1].yields is Yields.FIRST:
        end -= 1
    return list(question[:end])


def _closed_up(question: Sequence[Block]) -> list[Block]:
    """Return the blocks that stay, each with the empty rows that were above those that have gone."""
    kept: list[Block] = []
    above = 0
    for block in question:
        above = max(above, block.above)
        if block.yields is Yields.STAYS:
            kept.append(replace(block, above=above))
            above = 0
    return kept


def _folded(hidden: int) -> Block:
    """Say how much of a question has made room, and the key that shows it."""
    rows = "1 line" if hidden == 1 else f"{hidden} lines"
    return Block(text=line(say(f"{rows} above  ", MUTED), say("PgUp", f"bold {ACCENT}")))


def _joined(above: Laid, below: Laid, gap: int, *, pinned: bool, hidden: int) -> Laid:
    empty = [Line(Content(""), NOTHING, 0, 0)] * gap
    first = len(above.lines) + gap
    return Laid(
        [*above.lines, *empty, *below.lines],
        [*above.blocks, *below.blocks],
        [*above.starts, *(start + first for start in below.starts)],
        first if pinned else 0,
        hidden,
    )


def rows_of(blocks: Sequence[Block], width: int, *, spacious: bool = False, is_snug: bool = False) -> Laid:
    """Wrap blocks into rows, one below the other, with more or without any empty ones between."""
    rows: list[Line] = []
    starts = []
    for block in blocks:
        above = 0 if is_snug else max(block.above, int(spacious and not block.close))
        rows += [Line(Content(""), NOTHING, 0, 0)] * (above if rows else 0)
        starts.append(len(rows))
        rows += _wrapped(block, width)
    return Laid(rows, tuple(blocks), starts)


def _wrapped(block: Block, width: int) -> list[Line]:
    tight = width < TIGHT
    sign = _sign(block, tight=tight)
    left = sign.cell_length
    if block.wraps:
        parts = block.text.wrap(max(1, min(width, WIDEST) - left)) or [Content("")]
    else:
        parts = block.text.split() or [Content("")]
    if block.aside is not None and left + parts[-1].cell_length + 3 + block.aside.cell_length <= width:
        parts[-1] = line(parts[-1], "   ", block.aside)
    found = []
    for row, part in enumerate(parts):
        whole = line(sign if row == 0 or block.bar else " " * left, part)
        if block.lit:
            whole = line(whole, " " * max(0, width - whole.cell_length)).stylize_before("on $panel")
        found.append(Line(whole, block, row, left))
    return found


def _sign(block: Block, *, tight: bool) -> Content:
    """Return what stands before the text: the mark in the first cell, then the key, a cap around it or not."""
    alone = TIGHT_MARK if tight else MARK
    if block.bar:
        return line(say("▌", ACCENT), " " * (alone - 1))
    mark, key = block.mark or Content(" "), block.key
    if key is None:
        return Content("") if block.mark is None else line(mark, " " * (alone - mark.cell_length))
    place = (2 if tight else 3) - (key.cell_length > 1)
    begun = line(mark, " " * (place - mark.cell_length), key)
    return line(begun, " " * max(1, (TIGHT_SIGN if tight else SIGN) - begun.cell_length))
