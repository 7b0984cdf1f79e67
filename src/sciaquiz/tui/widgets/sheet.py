"""One widget for all that is read while studying: rows of text in one paint, the first of them pinned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from sciaquiz.tui.blocks import Laid, lay_out
from sciaquiz.tui.text import lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.selection import Selection

    from sciaquiz.tui.blocks import Block

SEEN_AGAIN = 1
"""Rows of a page that are seen again on the next one."""


class Sheet(ScrollView, can_focus=False):
    """A sheet of blocks: the rows of a question stay where they are, and what is read below it scrolls."""

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

    class Changed(Message):
        """Something about a sheet."""

        def __init__(self, sheet: Sheet) -> None:
            super().__init__()
            self.sheet = sheet

        @property
        def control(self) -> Sheet:
            """The sheet."""
            return self.sheet

    class Scrolled(Changed):
        """Other lines are in sight."""

    class Resized(Changed):
        """The sheet has a new size, and its blocks are laid out for it."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's own name
        super().__init__(id=id)
        self._question: Sequence[Block] = ()
        self._reading: Sequence[Block] = ()
        self._laid = Laid((), (), ())
        self._laid_out_for = Size(0, 0)
        self._opened = False
        self._strips: list[Strip] = []
        self._seen_from = 0
        self._pointed: int | None = None
        self.auto_links = False  # keys that can be pressed look as they are told

    def show(
        self,
        question: Sequence[Block],
        reading: Sequence[Block] = (),
        *,
        rows: int = 0,
        from_top: bool = False,
        whole: int | None = None,
        follows_cursor: bool = False,
    ) -> None:
        """Show a question, and what is read below it, laid out for so many rows, or for those that the sheet has.

        It is seen `from_top`, or from where it was; once the question is pinned, from the beginning of what is read.
        With `follows_cursor` the block with the cursor has to be seen, and the one at the place `whole` to its end, as
        a figure has.
        """
        self._question, self._reading = question, reading
        self._opened = self._opened and not from_top
        was_pinned = self._laid.pinned > 0
        self._lay_out(rows)
        is_begun = from_top or (self._laid.pinned > 0 and not was_pinned)
        target = 0 if is_begun else min(self.scroll_offset.y, self.max_scroll_y)
        if follows_cursor and whole is not None and whole < len(self._laid.starts):
            target = max(target, min(self._laid.starts[whole], self._laid.end_of(whole) - self.size.height))
        self._scroll(self._with_the_cursor_in_sight(target) if follows_cursor else target)
        self.refresh()

    def show_from(self, place: int) -> None:
        """Show the blocks from one on, as far down as they go."""
        if place < len(self._laid.starts):
            self._scroll(min(self._laid.starts[place], max(0, len(self._laid.lines) - self.size.height)))

    def _scroll(self, row: int) -> None:
        self._seen_from = max(0, row)
        self.scroll_to(y=self._seen_from, animate=False, force=True)

    def _with_the_cursor_in_sight(self, target: int) -> int:
        """Return the first line to be seen so that the block with the cursor is, the line above it too."""
        place = next((place for place, block in enumerate(self._laid.blocks) if block.here), None)
        if place is None:
            return target
        return max(0, min(max(target, self._laid.end_of(place) - self.size.height), self._laid.starts[place] - 1))

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return len(self._laid.lines)

    @property
    def below(self) -> int:
        """How many rows are below what is in sight."""
        return max(0, len(self._laid.lines) - self.size.height - self._seen_from)

    def page(self, by: int) -> None:
        """Go a page down or up; up from the beginning shows what has made room."""
        rows = max(1, self.size.height - self._laid.pinned - SEEN_AGAIN)
        if by < 0 and self._seen_from == 0 and self._laid.hidden:
            self._opened = True
            self._lay_out()
            self._scroll(0)
            self.refresh()
            self.post_message(self.Scrolled(self))
        else:
            self.scroll_relative(y=by * rows, animate=False)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say that other lines are in sight."""
        super().watch_scroll_y(old_value, new_value)
        self._seen_from = round(new_value)
        if old_value != new_value:
            self.post_message(self.Scrolled(self))

    @property
    def room(self) -> int:
        """The width of the text."""
        return max(20, self.scrollable_size.width)

    def on_resize(self) -> None:
        """Lay out anew for the new size."""
        if Size(self.room, self.size.height) != self._laid_out_for:
            self._lay_out()
            self.refresh()
        self.post_message(self.Resized(self))

    def _lay_out(self, rows: int = 0) -> None:
        self._laid_out_for = Size(self.room, rows or self.size.height)
        self._laid = lay_out(self._question, self._reading, *self._laid_out_for, opened=self._opened)
        self._strips = []
        self.virtual_size = Size(self.room, len(self._laid.lines))

    def _drawn(self) -> list[Strip]:
        """Return the strips of all lines, drawn once until something changes."""
        if len(self._strips) != len(self._laid.lines):
            content = lines(entry.content for entry in self._laid.lines)
            strips = Visual.to_strips(self, content, self.room, None, self.visual_style, pad=True)
            self._strips = [strip.apply_offsets(0, y) for y, strip in enumerate(strips)]
        return self._strips

    def _row_at(self, y: int) -> int:
        """Return the row that stands at a height of the widget."""
        return y if y < self._laid.pinned else y + self.scroll_offset.y

    def render_line(self, y: int) -> Strip:
        """Draw one line of what is in sight."""
        row = self._row_at(y)
        is_laid_out = self._laid_out_for.width == self.room  # else it is in a moment, and was not even once
        if is_laid_out and row < len(self._laid.lines):
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
        return selection.extract("\n".join(entry.content.plain.rstrip() for entry in self._laid.lines)), "\n"

    def target_at(self, x: int, y: int) -> int | None:
        """Return what a click on a cell of the visible part would choose."""
        row = self._row_at(y)
        if not 0 <= row < len(self._laid.lines):
            return None
        entry = self._laid.lines[row]
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
