"""The keys of a deck in front of its author, and what its help says before it lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from sciaquiz.tui.screens.formkeys import MOVING_KEYS, choosing_keys

if TYPE_CHECKING:
    from textual.binding import BindingType

EDIT, ABOUT = "e", "i"
"""Letters that choose where a question has so many options, and else do something of their own."""

HELP = """\
The deck is read again whenever it is saved. Answer as a student would: nothing
is recorded. Where an answer is typed, Enter leads to the line and Escape out of it.
"""

BINDINGS: list[BindingType] = [
    Binding("enter", "go_on", "answer, next", show=False, id="preview.on", tooltip="Answer; the next question"),
    Binding("right,n", "turn(1)", "next", id="preview.next", tooltip="The next question"),
    Binding("left,p", "turn(-1)", "before", id="preview.before", tooltip="The question before"),
    Binding("slash", "find", "go to", id="preview.find", tooltip="Go to a question by its id"),
    Binding(EDIT, "edit", "edit", id="preview.edit", tooltip="Open your editor at its line"),
    Binding("z", "view", "80×24, plain", id="preview.view", tooltip="As on 80×24, as plain text, as it is"),
    Binding("w", "wrong", "all problems", id="preview.wrong", tooltip="All that is wrong"),
    Binding(ABOUT, "about", "about it", id="preview.about", tooltip="Topics, sources, licence, authors"),
    Binding("u,backspace", "retype", show=False, id="preview.retype", tooltip="Take back a step, or the answer"),
    Binding("q", "stop", "quit", id="preview.stop", tooltip="End the preview"),
    Binding("escape", "back", show=False, id="preview.back", tooltip="Out of the line; as it is; end"),
    *choosing_keys((EDIT, ABOUT)),
    Binding("space", "pick", show=False, id="preview.pick", tooltip="Pick; read on"),
    Binding("f2", "hint", show=False, id="preview.hint", tooltip="Hint"),
    *MOVING_KEYS,
]
