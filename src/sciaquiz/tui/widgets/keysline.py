"""The last rows of a screen: what has just happened, and below it the keys, as many as have room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.style import Style
from textual.widgets import Static

from sciaquiz.tui.keycaps import key_word
from sciaquiz.tui.text import ACCENT, MUTED, line, lines, say
from sciaquiz.tui.widgets.toldline import told_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content
    from textual.screen import Screen

    from sciaquiz.tui.app import SciaquizApp

HELP = "help"
"""The action whose key stands at the right of every keys line."""
GAP = 2
SPACIOUS = 20
"""Rows of the terminal from which the row above the keys is kept free."""


class KeysLine(Static):
    """The keys of the screen in front, read from its bindings; above them, at the right, what the app has to tell."""

    DEFAULT_CSS = """
    KeysLine {
        dock: bottom;
        height: auto;
        text-wrap: nowrap;
        padding: 0 2;
    }
    """
    app: SciaquizApp

    def __init__(self, *, tells: bool = True) -> None:
        super().__init__()
        self.auto_links = False
        self._tells = tells

    def on_mount(self) -> None:
        """Follow the bindings and what is told."""
        self.screen.bindings_updated_signal.subscribe(self, self._follow)
        self.watch(self.app, "told", self._draw, init=False)
        self._draw()

    def on_resize(self) -> None:
        """Draw for the new width."""
        self._draw()

    def _follow(self, screen: Screen[object]) -> None:
        if screen is self.screen:
            self._draw()

    def _draw(self) -> None:
        screen = self.screen
        width = self.content_size.width or max(0, screen.size.width - self.styles.gutter.width)
        told = told_lines(self.app.told, width, keeps_free=self.app.size.height >= SPACIOUS) if self._tells else []
        drawn = lines([*told, keys_line(keys_of(screen), width)])
        before = self.content
        is_as_high = isinstance(before, type(drawn)) and before.plain.count("\n") == drawn.plain.count("\n")
        self.update(drawn, layout=not is_as_high)


def keys_of(screen: Screen[object]) -> list[tuple[str, str, str]]:
    """Return the action, the key and the words of all that can be done now and is told of, Enter first."""
    found: dict[str, tuple[str, str, str]] = {}
    for key, (_, binding, enabled, _) in screen.active_bindings.items():
        if binding.show and enabled and binding.description:
            found.setdefault(binding.action, (binding.action, key, binding.description))
    return sorted(found.values(), key=lambda each: each[1] != "enter")


def keys_line(keys: Sequence[tuple[str, str, str]], width: int) -> Content:
    """Return the keys that fit into so many cells, in their order: each an action, a key and words; help at the right.

    One that has no room is left out whole.
    """
    told = [(action, _button(key, words)) for action, key, words in keys]
    last = next((button for action, button in told if action == HELP), line())
    room = width - last.cell_length
    left = line()
    for action, button in told:
        if action != HELP and left.cell_length + button.cell_length + (GAP if left.plain else 0) + GAP <= room:
            left = line(left, " " * GAP, button) if left.plain else button
    if last.cell_length > width:
        return left
    return line(left, " " * (room - left.cell_length), last)


def _button(key: str, words: str) -> Content:
    told = line(say(key_word(key), f"bold {ACCENT}"), say(f" {words}", MUTED))
    return told.stylize(Style.from_meta({"@click": f"app.simulate_key({key!r})"}))
