"""Giving a name to what is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from sciaquiz.settings.choices import LONGEST_NAME
from sciaquiz.tui.screens.front import Dialogue
from sciaquiz.tui.text import ACCENT, MUTED, say

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class NamingScreen(Dialogue[str | None]):
    """One line; gives the name back, or None if the student thought better of it."""

    CSS_PATH = "note.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back", show=False)]

    def __init__(self, name: str) -> None:
        super().__init__()
        self._begins = name

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        with Vertical(id="box", classes="pane"):
            yield Static(say("Save this sitting as", f"bold {ACCENT}"))
            empty = "empty saves it no longer" if self._begins else "a name"
            yield Input(self._begins, placeholder=empty, max_length=LONGEST_NAME)
            yield Static(say("⏎ save   esc back", MUTED))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Give the name back."""
        from sciaquiz.text import tame

        self.dismiss(" ".join(tame(event.value).split()))
