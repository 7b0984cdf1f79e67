"""The keys of the study screen, and what its help says before it lists them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.binding import Binding

from sciaquiz.text import LETTERS

if TYPE_CHECKING:
    from textual.binding import BindingType

HELP = """\
Choose with a letter, then say how sure you are with 1, 2 or 3; Enter means 2.
A capital letter chooses and says “certain” in one stroke. After the answer,
1 to 4 overrule the rating: Again, Hard, Good, Easy. t and f judge a statement;
letters in turn put steps in order; Tab goes through a figure; Escape leaves the
line you type into, and Enter twice on an empty line shows the answer.
"""

BINDINGS: list[BindingType] = [
    *(Binding(letter, f"choose('{letter}', False)", show=False, id=f"study.choose-{letter}") for letter in LETTERS),
    *(Binding(letter.upper(), f"choose('{letter}', True)", show=False) for letter in LETTERS),
    Binding("1", "number(1)", show=False),
    Binding("2", "number(2)", show=False),
    Binding("3", "number(3)", show=False),
    Binding("4", "number(4)", show=False),
    Binding("enter", "go_on", "next", id="study.on", tooltip="Think so; go on"),
    Binding("escape", "back", show=False, id="study.back", tooltip="Back, end the sitting"),
    Binding("space", "pick", show=False, id="study.pick", tooltip="Pick; read on, then go on"),
    Binding("down,j", "move(1)", show=False, id="study.down", tooltip="Move"),
    Binding("up,k", "move(-1)", show=False, id="study.up", tooltip="Move"),
    Binding("right", "aside(1)", show=False, id="study.right", tooltip="Aside, in a figure"),
    Binding("left", "aside(-1)", show=False, id="study.left", tooltip="Aside, in a figure"),
    Binding("tab", "cycle(1)", show=False, id="study.next", tooltip="Next part, the one before"),
    Binding("shift+tab", "cycle(-1)", show=False, id="study.previous", tooltip="Next part, the one before"),
    Binding("shift+down,J", "carry(1)", show=False, id="study.carry-down", tooltip="Carry a step down, up"),
    Binding("shift+up,K", "carry(-1)", show=False, id="study.carry-up", tooltip="Carry a step down, up"),
    Binding("pagedown", "page(1)", show=False, id="study.page-down", tooltip="Read on, read back"),
    Binding("pageup", "page(-1)", show=False, id="study.page-up", tooltip="Read on, read back"),
    Binding("backspace", "retype", show=False, id="study.retype", tooltip="Take back a step"),
    Binding("f2", "hint", show=False, id="study.hint", tooltip="Hint; right is then Hard"),
    Binding("l", "skip", "later", id="study.skip", tooltip="Not in this sitting"),
    Binding("z", "bury", "tomorrow", id="study.bury", tooltip="Not before tomorrow"),
    Binding("u", "undo", "undo", id="study.undo", tooltip="Take back the last step"),
    Binding("o", "all_whys", "all reasons", id="study.reasons", tooltip="Every option's reason"),
    Binding("w", "why", "why", id="study.why", tooltip="When it comes back, and why"),
    Binding("r", "sources", "sources", id="study.sources", tooltip="Sources"),
    Binding("n", "note", "note", id="study.note", tooltip="Your note"),
    Binding("asterisk", "flag", "flag", id="study.flag", tooltip="Flag"),
    Binding("d", "contrast", "mixed up", id="study.contrast", tooltip="What you mixed up"),
    Binding("y", "why_wrong", "why wrong", id="study.why-wrong", tooltip="Why it was wrong"),
    Binding("f", "report", "report", id="study.report", show=False, tooltip="Report a fault"),
    Binding("e", "edit", "edit", id="study.edit", show=False, tooltip="Open it in your editor"),
    Binding("x", "suspend", "suspend", id="study.suspend", show=False, tooltip="Never again"),
    Binding("p", "pane", "pane", id="study.pane", show=False, tooltip="The pane beside it"),
    Binding("q", "stop", "end sitting", id="study.stop", tooltip="End the sitting"),
]
ORDER = [binding.action for binding in BINDINGS if isinstance(binding, Binding)]


def rank_of(action: str) -> int:
    """Return the place of an action among the keys; a key with two meanings stands where the one in force belongs."""
    return ORDER.index(action) if action in ORDER else len(ORDER)
