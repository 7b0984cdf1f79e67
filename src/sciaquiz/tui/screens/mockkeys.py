"""The keys of a mock exam, and what its help says before it lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from sciaquiz.tui.screens.formkeys import MOVING_KEYS, choosing_keys

if TYPE_CHECKING:
    from textual.binding import BindingType

FIRST_OPEN, OVERVIEW = "g", "o"
"""Letters that choose where a question has so many options, and else do something of their own."""

HELP = """\
A letter answers, instead of what was chosen before; ⌫ takes an answer away.
How sure you are may be said with 1, 2 or 3 and counts in a second mark.
Nothing is said of right or wrong before you hand in.
"""

BINDINGS: list[BindingType] = [
    Binding("enter", "go_on", "next", id="mock.on", tooltip="Next question"),
    Binding("left", "turn(-1)", "back", id="mock.back", tooltip="The question before, the next one"),
    Binding("right", "turn(1)", show=False, id="mock.forth", tooltip="The question before, the next one"),
    Binding("asterisk", "flag", "flag", id="mock.flag", tooltip="Flag, to come back to it"),
    Binding("q,escape", "stop", "pause or hand in", id="mock.stop", tooltip="Pause, or hand in"),
    Binding(FIRST_OPEN, "first_open", "first open one", id="mock.open", tooltip="The first that is open"),
    Binding(OVERVIEW, "overview", "all questions", id="mock.all", tooltip="All questions"),
    Binding("w", "clock", "clock", id="mock.clock", tooltip="Hide the clock, or show it"),
    *choosing_keys((FIRST_OPEN, OVERVIEW)),
    Binding("space", "pick", show=False, id="mock.pick", tooltip="Pick; read on"),
    *MOVING_KEYS,
    Binding("backspace,u", "retype", show=False, id="mock.retype", tooltip="Take back a step, or the answer"),
    Binding("p", "pane", show=False, id="mock.pane", tooltip="The pane beside it"),
]
