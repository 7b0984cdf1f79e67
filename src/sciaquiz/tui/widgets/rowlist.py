"""A list of as many rows as there are: only those in sight are drawn, each when it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

from sciaquiz.tui.widgets.cursorrow import CursorRow

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual import events
    from textual.binding import BindingType
    from textual.content import Content


class RowList(ScrollView, CursorRow, can_focus=True):
    """Rows of one line each, one of them under the cursor."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"rowlist--cursor"}
    DEFAULT_CSS = """
    RowList {
        scrollbar-gutter: stable;
    }
    RowList > .rowlist--cursor {
        background: $block-cursor-background;
        text-style: $block-cursor-text-style;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", "down", show=False, tooltip="Move"),
        Binding("up,k", "move(-1)", "up", show=False, tooltip="Move"),
        Binding("pagedown", "page(1)", "page down", show=False, tooltip="Page on, page back"),
        Binding("pageup", "page(-1)", "page up", show=False, tooltip="Page on, page back"),
        Binding("home,g", "first", "first", show=False, tooltip="First, last"),
        Binding("end,G", "last", "last", show=False, tooltip="First, last"),
    ]

    class Moved(Message):
        """Another row is under the cursor."""

    class Chosen(Message):
        """The row under the cursor was clicked."""

    class Scrolled(Message):
        """Other rows are in sight."""

    def __init__(self, row: Callable[[int, int], Content | None], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._row = row
        self._total = 0
        self.cursor = 0

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self._total

    @property
    def in_sight(self) -> range:
        """The places of the rows that are in sight."""
        first = self.scroll_offset.y
        return range(first, min(self._total, first + max(1, self.size.height)))

    def show(self, total: int, cursor: int | None = None) -> None:
        """Show so many rows, drawn by the function that was given: of a place and a width. The cursor stays near."""
        self._total = total
        self.virtual_size = Size(self.scrollable_content_region.width, total)
        self.move_to(self.cursor if cursor is None else cursor)
        self.refresh()

    def move_to(self, place: int) -> None:
        """Put the cursor on a row, or on the last one."""
        before, self.cursor = self.cursor, max(0, min(place, self._total - 1))
        region = Region(0, self.cursor, 1, 1)
        self.scroll_to_region(region, animate=False, force=True, immediate=True)
        if self.cursor != before:
            self.refresh()
            self.post_message(self.Moved())

    def action_move(self, by: int) -> None:
        """Move the cursor."""
        self.move_to(self.cursor + by)

    def action_page(self, by: int) -> None:
        """Move the cursor by what is in sight."""
        self.move_to(self.cursor + by * max(1, self.size.height - 1))

    def action_first(self) -> None:
        """Go to the first row."""
        self.move_to(0)

    def action_last(self) -> None:
        """Go to the last row."""
        self.move_to(self._total - 1)

    def on_click(self, event: events.Click) -> None:
        """Put the cursor where the mouse is; on the row under the cursor, choose it."""
        place = event.y + self.scroll_offset.y
        if 0 <= place < self._total:
            if place == self.cursor and event.chain > 1:
                self.post_message(self.Chosen())
            self.move_to(place)

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Say that other rows are in sight."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Scrolled())

    def on_resize(self) -> None:
        """Keep the cursor in sight."""
        self.show(self._total)

    def render_line(self, y: int) -> Strip:
        """Draw one row of those in sight."""
        place, width = y + self.scroll_offset.y, self.scrollable_content_region.width
        content = self._row(place, width) if place < self._total else None
        if content is None or width < 1:
            return Strip.blank(max(0, width), self.rich_style)
        style = self.get_visual_style("rowlist--cursor") if place == self.cursor else self.visual_style
        [strip, *_] = Visual.to_strips(self, content, width, 1, style, pad=True)
        return strip.crop_extend(0, width, style.rich_style)
