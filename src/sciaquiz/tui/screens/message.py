"""A page of text over the screen, until a key is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from sciaquiz.tui.screens.front import Dialogue
from sciaquiz.tui.text import ACCENT, MUTED, say

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class MessageScreen(Dialogue[None]):
    """A title, a text, and a way back."""

    CSS_PATH = "message.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,w,space", "dismiss(None)", "back", show=False),
        Binding("down,j", "scroll(2)", show=False),
        Binding("up,k", "scroll(-2)", show=False),
        Binding("pagedown", "scroll(10)", show=False),
        Binding("pageup", "scroll(-10)", show=False),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll(id="box", can_focus=False):
            yield Static(say(self._title, f"bold {ACCENT}"), id="message-title")
            yield Static(say(self._text), id="message-text")
            yield Static(say("Esc  back", MUTED), id="message-foot")

    def action_scroll(self, by: int) -> None:
        """Scroll the text."""
        self.query_one("#box", VerticalScroll).scroll_relative(y=by, animate=False)
