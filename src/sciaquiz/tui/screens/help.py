"""Help: the keys of the screen in front, read from its own bindings."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.widgets import Static

from sciaquiz.tui.screens.front import Dialogue
from sciaquiz.tui.text import ACCENT, MUTED, line, lines, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from textual.app import ComposeResult
    from textual.binding import BindingType
    from textual.content import Content
    from textual.screen import Screen

KEY_WORDS = {
    "question_mark": "?", "comma": ",", "asterisk": "*", "slash": "/", "enter": "⏎", "escape": "Esc",
    "down": "↓", "up": "↑", "left": "←", "right": "→", "space": "Space", "minus": "-",
    "pagedown": "PgDn", "pageup": "PgUp", "tab": "Tab", "home": "Home", "end": "End", "backspace": "⌫", "f2": "F2",
    "shift+tab": "⇧Tab", "shift+down": "⇧↓", "shift+up": "⇧↑",
}  # fmt: skip


class HelpScreen(Dialogue[None]):
    """What each key does here."""

    CSS_PATH = "message.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,enter,q,question_mark", "dismiss(None)", "back", show=False),
        Binding("down,j", "scroll(2)", show=False),
        Binding("up,k", "scroll(-2)", show=False),
    ]

    def __init__(self, about: Screen[object]) -> None:
        super().__init__()
        self._about = about

    def compose(self) -> ComposeResult:
        """Lay out the page."""
        with VerticalScroll(id="box", can_focus=False):
            yield Static(say("Keys", f"bold {ACCENT}"), id="message-title")
            intro = getattr(self._about, "HELP", "")
            if intro:
                yield Static(say(" ".join(intro.split())), id="help-intro")
            yield Static(lines(self._rows()), id="message-text")
            yield Static(say("Esc  back", MUTED), id="message-foot")

    def _rows(self) -> Iterable[Content]:
        seen: dict[str, tuple[list[str], str]] = {}
        for key, (_, binding, _, _) in self._about.active_bindings.items():
            if not binding.tooltip:
                continue
            keys, _ = seen.setdefault(binding.action, ([], binding.tooltip))
            keys.append(KEY_WORDS.get(key, key.replace("ctrl+", "^")))
        for keys, tooltip in seen.values():
            yield line(say(f"{' '.join(keys):>14}", ACCENT), say(f"   {tooltip}"))

    def action_scroll(self, by: int) -> None:
        """Scroll the text."""
        self.query_one("#box", VerticalScroll).scroll_relative(y=by, animate=False)
