"""A page of text over the screen, which scrolls, until a key is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from sciaquiz.text import cut
from sciaquiz.tui.screens.front import Dialogue
from sciaquiz.tui.screens.pages import ScrollingScreen
from sciaquiz.tui.text import ACCENT, MUTED, line, say, spread

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content

WIDEST = 78
"""Cells of text in a line."""
AROUND = 5
"""Rows of the box that are not text: its margin, its title with a blank row, and what says that there is more."""
PADDING = {False: (8, 2), True: (4, 0)}
"""Columns at both sides and rows above the title, by whether the terminal is short or narrow."""
NARROW, SHORT = 60, 20


class MessageScreen(ScrollingScreen[None], Dialogue[None]):
    """A title, a text, and a way back."""

    CSS_PATH = "message.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,w,question_mark", "dismiss(None)", "back", show=False),
    ]

    def __init__(self, title: str, text: str = "") -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        with Vertical(id="box"):
            yield Static(id="message-title")
            with VerticalScroll(id="message-page", can_focus=False):
                yield Static(id="message-text")
            yield Static(id="message-foot")

    def on_mount(self) -> None:
        """Say what is below as the page scrolls."""
        self.watch(self.scrolling, "scroll_y", self._tell_more, init=False)
        self.watch(self.scrolling, "virtual_size", self._tell_more, init=False)

    def on_resize(self) -> None:
        """Lay the text out for the room there is."""
        is_tight = self.size.width < NARROW or self.size.height < SHORT
        columns, rows = PADDING[is_tight]
        room = max(10, min(WIDEST, self.size.width - columns - 1))
        self.query_one("#box").styles.width = room + columns - 2 + 1  # one for the scroll bar
        self.query_one("#box").set_class(is_tight, "-tight")
        self.scrolling.styles.max_height = max(1, self.size.height - rows - AROUND)
        close = line(say("esc", f"bold {ACCENT}"), say(" close", MUTED))
        title = say(cut(self._title, room - close.cell_length - 2), "bold")
        self.query_one("#message-title", Static).update(spread(title, close, room))
        self.query_one("#message-text", Static).update(self.text(room))
        self.call_after_refresh(self._tell_more)

    def text(self, width: int) -> Content:
        """Return the text for lines of so many cells."""
        return say(self._text)

    def _tell_more(self) -> None:
        """Say whether there is more below, or above."""
        page = self.scrolling
        told = line()
        if page.scroll_offset.y < page.max_scroll_y:
            told = line(say("↓ more below  ", MUTED), say("space", f"bold {ACCENT}"))
        elif page.max_scroll_y:
            told = line(say("↑ more above  ", MUTED), say("home", f"bold {ACCENT}"))
        self.query_one("#message-foot", Static).update(told)
