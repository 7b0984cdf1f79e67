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

WIDEST = 76
"""Cells of text in a line."""
PADDING = 2
"""Cells between the edge of the box and its text."""
AROUND = 4
"""Rows of the box that are not text: an empty one, its title, another empty one, and what says that there is more."""
NARROW, SHORT = 60, 20
"""Below this width or height the box takes all but one column at its sides."""


class MessageScreen(Dialogue[None], ScrollingScreen[None]):
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
        with Vertical(id="box", classes="pane"):
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
        margin = 1 if is_tight else 2
        room = max(10, min(WIDEST, self.size.width - 2 * margin - 2 * PADDING))
        self.query_one("#box").styles.width = room + 2 * PADDING
        self.scrolling.styles.max_height = max(1, self.size.height - AROUND - margin)
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
