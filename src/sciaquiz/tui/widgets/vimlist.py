"""A list that is moved through with the keys of vi beside the arrows, and keeps its place when it is drawn anew."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from sciaquiz.tui.widgets.cursorrow import CursorRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.binding import BindingType
    from textual.content import Content


class VimList(OptionList, CursorRow):
    """Rows, one of them under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "cursor_down", "down", show=False, tooltip="Move"),
        Binding("up,k", "cursor_up", "up", show=False, tooltip="Move"),
        Binding("home,g", "first", "first", show=False, tooltip="First, last"),
        Binding("end,G", "last", "last", show=False, tooltip="First, last"),
    ]

    def show_rows(self, rows: Sequence[Content]) -> None:
        """Show these rows, with the cursor in the place where it was, or in the last one."""
        if self.option_count == len(rows):
            for place, row in enumerate(rows):
                self.replace_option_prompt_at_index(place, row)
        else:
            place = self.highlighted or 0
            self.set_options(Option(row) for row in rows)
            self.highlighted = min(place, len(rows) - 1) if rows else None
