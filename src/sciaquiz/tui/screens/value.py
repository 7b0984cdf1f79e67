"""Typing the value of one setting."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.widgets import Input, Static

from sciaquiz.settings.values import SettingError
from sciaquiz.tui.screens.front import Dialogue
from sciaquiz.tui.text import ACCENT, AMBER, MUTED, line, lines, say
from sciaquiz.view.settings import about

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import ComposeResult
    from textual.binding import BindingType

    from sciaquiz.settings import Spec, TableSpec


KEYS = (say("⏎", f"bold {ACCENT}"), say(" keep  ", MUTED), say("esc", f"bold {ACCENT}"), say(" back", MUTED))


class ValueScreen(Dialogue[object]):
    """One line; gives back a value that the setting accepts, or None."""

    CSS_PATH = "note.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "dismiss(None)", "back", show=False)]

    def __init__(self, row: Spec | TableSpec, value: str, typed: Callable[[str], object]) -> None:
        """Ask for a value of a setting; `typed` reads it, and raises SettingError."""
        super().__init__()
        self._row, self._value, self._typed = row, value, typed

    def compose(self) -> ComposeResult:
        """Lay out the box."""
        with Vertical(id="box", classes="pane"):
            yield Static(say(self._row.title, "bold"))
            yield Static(lines(say(words, MUTED) for words in about(self._row)))
            yield Input(self._value, max_length=500)
            yield Static(line(*KEYS), id="foot")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Keep the value, or say what it can be."""
        try:
            self.dismiss(self._typed(event.value))
        except SettingError as error:
            self.query_one("#foot", Static).update(say(f"! {error}", AMBER))
