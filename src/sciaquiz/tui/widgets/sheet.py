"""One widget for all that is read while studying: blocks of wrapped text, drawn and scrolled in one paint.

A question in a widget for each of its parts costs a layout of some thirty widgets with every key; this is one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from sciaquiz.tui.text import ACCENT, line, lines, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.selection import Selection

INSET = 2
"""Cells before the text of a block."""

SIGN = 6
"""Cells for a sign with its letter, before the text of an option."""

NARROW = 50
SHORT = 20
"""Below this width or height the inset goes and the sign takes less."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A piece of the sheet. `sign` stands before the first line and the text hangs after it.

    `above` is the number of empty lines before it. `target` is what a click on it reports; `cell_targets` tells, for a
    block that is not wrapped, which target stands where in a line. `lit` puts it on a panel, `bar` marks its left
    edge, `flush` uses the whole width. `here` is where the cursor is: it is kept in sight.
    """

    text: Content
    sign: Content | None = None
    above: int = 0
    target: int | None = None
    lit: bool = False
    bar: bool = False
    flush: bool = False
    here: bool = False
    wraps: bool = True
    cell_targets: Sequence[Sequence[int | None]] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class _Line:
    content: Content
    block: Block
    row: int
    left: int


class Sheet(ScrollView, can_focus=False):
    """A scrolling sheet of blocks."""

    class Clicked(Message):
        """A block, or a cell of a figure, that can be chosen was clicked."""

        def __init__(self, target: int) -> None:
            super().__init__()
            self.target = target

    class Pointed(Message):
        """The mouse is over something that can be chosen, or over nothing."""

        def __init__(self, target: int | None) -> None:
            super().__init__()
            self.target = target

    class Scrolled(Message):
        """Other lines are in sight."""

    class Resized(Message):
        """The sheet has a new size, and its blocks are wrapped for it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._blocks: Sequence[Block] = ()
        self._lines: list[_Line] = []
        self._starts: list[int] = []
        self._strips: list[Strip] = []
        self._laid_out_for = 0
        self._seen_from = 0
        self._pointed: int | None = None
        self.auto_links = False  # keys that can be pressed look as they are told

    def show(
        self,
        blocks: Sequence[Block],
        *,
        into_view: int | None = None,
        whole: int | None = None,
        follows_cursor: bool = False,
    ) -> None:
        """Show these blocks; `into_view` is the place of the first that has to be seen, as far down as they go.

        `whole` is the place of one that has to be seen to its end, as a figure has. With `follows_cursor` the block
        with the cursor has to be seen as well.
        """
        self._blocks = blocks
        self._lay_out()
        if into_view is None:
            target = min(self.scroll_offset.y, self.max_scroll_y)
        else:
            bottom = max(0, len(self._lines) - self.size.height)
            start = self._starts[into_view] if into_view < len(self._starts) else 0
            target = min(bottom, start)
        if whole is not None and whole < len(self._starts):
            end = self._starts[whole + 1] if whole + 1 < len(self._starts) else len(self._lines)
            target = max(target, min(self._starts[whole], end - self.size.height))
        self._seen_from = self._with_the_cursor_in_sight(target) if follows_cursor else target
        self.scroll_to(y=self._seen_from, animate=False, force=True)
        self.refresh()

    def _with_the_cursor_in_sight(self, target: int) -> int:
        """Return the first line to be seen so that the block with the cursor is, the line above it too."""
        place = next((place for place, block in enumerate(self._blocks) if block.here), None)
        if place is None:
            return target
        start = self._starts[place]
        end = self._starts[place + 1] if place + 1 < len(self._starts) else len(self._lines)
        return max(0, min(max(target, end - self.size.height), start - 1))

    @property
    def goes_on(self) -> bool:
        """Whether there is more below what is in sight."""
        return self._seen_from + self.size.height < len(self._lines)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say that other lines are in sight."""
        super().watch_scroll_y(old_value, new_value)
        self._seen_from = round(new_value)
        if old_value != new_value:
            self.post_message(self.Scrolled())

    @property
    def room(self) -> int:
        """The width of the text."""
        return max(20, self.scrollable_size.width)

    def on_resize(self) -> None:
        """Wrap anew for the new width."""
        if self.room != self._laid_out_for:
            self._lay_out()
            self.refresh()
        self.post_message(self.Resized())

    def _lay_out(self) -> None:
        width = self.room
        self._laid_out_for = width
        tight = width < NARROW or self.app.size.height < SHORT
        self._lines, self._starts = [], []
        for block in self._blocks:
            inset = 0 if block.flush or tight else INSET
            sign = 0 if block.sign is None else (4 if tight else SIGN)
            if block.above and self._lines:
                self._lines.append(_Line(Content(""), Block(text=Content("")), 0, 0))
            self._starts.append(len(self._lines))
            wrapped = block.text.wrap(width - inset - sign - inset) if block.wraps else block.text.split()
            for row, part in enumerate(wrapped or [Content("")]):
                head = " " * (inset + sign)
                if sign and row == 0 and block.sign is not None:
                    begun = line(" " * inset, block.sign)
                    whole = line(begun, " " * max(1, inset + sign - begun.cell_length), part)
                elif block.bar:
                    whole = line(say("▌ ".ljust(max(2, inset + sign)), ACCENT), part)
                else:
                    whole = line(head, part)
                if block.lit:
                    whole = line(whole, " " * max(0, width - whole.cell_length)).stylize_before("on $panel")
                self._lines.append(_Line(whole, block, row, inset + sign))
        self._strips = []
        self.virtual_size = Size(width, len(self._lines))

    def _drawn(self) -> list[Strip]:
        """Return the strips of all lines, drawn once until something changes."""
        if len(self._strips) != len(self._lines):
            content = lines(entry.content for entry in self._lines)
            strips = Visual.to_strips(self, content, self.room, None, self.visual_style, pad=True)
            self._strips = [strip.apply_offsets(0, y) for y, strip in enumerate(strips)]
        return self._strips

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in sight."""
        row = y + self.scroll_offset.y
        if row < len(self._lines):
            return self._drawn()[row].crop_extend(0, self.size.width, self.rich_style)
        return Strip.blank(self.size.width, self.rich_style)

    def notify_style_update(self) -> None:
        """Draw anew in the new colours."""
        self._strips = []
        super().notify_style_update()

    def selection_updated(self, selection: Selection | None) -> None:
        """Draw the selection."""
        self._strips = []
        self.refresh()

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """Return the text selected with the mouse."""
        return selection.extract("\n".join(entry.content.plain.rstrip() for entry in self._lines)), "\n"

    def target_at(self, x: int, y: int) -> int | None:
        """Return what a click on a cell of the visible part would choose."""
        row = y + self.scroll_offset.y
        if not 0 <= row < len(self._lines):
            return None
        entry = self._lines[row]
        if entry.block.cell_targets:
            cells = entry.block.cell_targets[entry.row] if entry.row < len(entry.block.cell_targets) else ()
            return cells[x - entry.left] if 0 <= x - entry.left < len(cells) else None
        return entry.block.target

    def on_click(self, event: events.Click) -> None:
        """Report what was clicked."""
        target = self.target_at(event.x, event.y)
        if target is not None:
            event.stop()
            self.post_message(self.Clicked(target))

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Report what the mouse is over, once each time that it changes."""
        target = self.target_at(event.x, event.y)
        if target != self._pointed:
            self._pointed = target
            self.post_message(self.Pointed(target))
