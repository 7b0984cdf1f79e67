"""Writing a note to keep with a card."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from sciaquiz.tui.screens.front import Dialogue
from sciaquiz.tui.text import ACCENT, MUTED, say

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.binding import BindingType


class NoteScreen(Dialogue[str | None]):
    """One line of text; gives the text back, or None if the student thought better of it."""

    CSS_PATH = "note.tcss"
    ASKS = "Your note for this card"
    PLACEHOLDER = "empty removes the note"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back", show=False)]

    def __init__(self, note: str) -> None:
        super().__init__()
        self._note = note

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        with Vertical(id="box", classes="pane"):
            yield Static(say(self.ASKS, f"bold {ACCENT}"))
            yield Input(self._note, placeholder=self.PLACEHOLDER, max_length=2000)
            yield Static(say("⏎ keep  esc back", MUTED))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the note."""
        from sciaquiz.text import tame

        self.dismiss(tame(event.value).strip())
