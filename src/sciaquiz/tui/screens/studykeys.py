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
    Binding("enter", "go_on", "next", id="study.on", tooltip="Commit the answer, or go to the next card"),
    Binding("space", "pick", show=False, id="study.pick", tooltip="Pick what is under the cursor; read on"),
    Binding("down,j", "move(1)", show=False, id="study.down", tooltip="Next option"),
    Binding("up,k", "move(-1)", show=False, id="study.up", tooltip="Previous option"),
    Binding("right", "aside(1)", show=False, id="study.right", tooltip="To the right, in a figure"),
    Binding("left", "aside(-1)", show=False, id="study.left", tooltip="To the left, in a figure"),
    Binding("tab", "cycle(1)", show=False, id="study.next", tooltip="Next option, statement, stem or region"),
    Binding("shift+tab", "cycle(-1)", show=False, id="study.previous", tooltip="The one before"),
    Binding("shift+down,J", "carry(1)", show=False, id="study.carry-down", tooltip="Carry a step down"),
    Binding("shift+up,K", "carry(-1)", show=False, id="study.carry-up", tooltip="Carry a step up"),
    Binding("pagedown", "page(1)", show=False, id="study.page-down", tooltip="Further down the page"),
    Binding("pageup", "page(-1)", show=False, id="study.page-up", tooltip="Further up the page"),
    Binding("backspace", "retype", show=False, id="study.retype", tooltip="Take back the last step of this answer"),
    Binding("f2", "hint", show=False, id="study.hint", tooltip="Show a hint; right with a hint counts as hard"),
    Binding("l", "skip", "later", id="study.skip", tooltip="Leave this card out of the sitting"),
    Binding("z", "bury", "tomorrow", id="study.bury", tooltip="Put the card off until tomorrow"),
    Binding("u", "undo", "undo", id="study.undo", tooltip="Take back the last step"),
    Binding("o", "all_whys", "all reasons", id="study.reasons", tooltip="Show the reason of every option, from now on"),
    Binding("w", "why", "why", id="study.why", tooltip="When it comes back, and why"),
    Binding("r", "sources", "sources", id="study.sources", tooltip="Where the answer comes from"),
    Binding("n", "note", "note", id="study.note", tooltip="Keep a note with the card"),
    Binding("asterisk", "flag", "flag", id="study.flag", tooltip="Mark the card to look at later"),
    Binding("d", "contrast", "mixed up", id="study.contrast", tooltip="Both sides of what you mixed up"),
    Binding("y", "why_wrong", "why wrong", id="study.why-wrong", tooltip="Why it was wrong"),
    Binding("f", "report", "report", id="study.report", show=False, tooltip="Write down a fault for the author"),
    Binding("e", "edit", "edit", id="study.edit", show=False, tooltip="Open your deck in your editor here"),
    Binding("x", "suspend", "suspend", id="study.suspend", show=False, tooltip="Do not ask the card again"),
    Binding("p", "pane", "pane", id="study.pane", show=False, tooltip="Show or hide what stands beside the question"),
    Binding("q", "stop", "end sitting", id="study.stop", tooltip="End the sitting; every answer is kept"),
    Binding("escape", "back", show=False, id="study.back", tooltip="Leave the line or the pane, or end the sitting"),
]
ORDER = [binding.action for binding in BINDINGS if isinstance(binding, Binding)]


def rank_of(action: str) -> int:
    """Return the place of an action among the keys; a key with two meanings stands where the one in force belongs."""
    return ORDER.index(action) if action in ORDER else len(ORDER)
