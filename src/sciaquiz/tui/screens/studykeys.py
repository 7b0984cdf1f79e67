"""The keys of the study screen, and what its help says before it lists them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from textual.binding import Binding

from sciaquiz.text import LETTERS
from sciaquiz.tui.screens.studypage import Stage
from sciaquiz.view.words import sources_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from textual.binding import ActiveBinding, BindingType

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
    Binding("l", "skip", "later", id="study.skip", tooltip="Later in this sitting; twice: not in it"),
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
"""The place of each action among the keys; a key with two meanings stands where the one in force belongs."""


def is_offered(action: str, stage: Stage, *, sources: int, at_the_end: bool) -> bool | None:
    """Return whether a key means something at a stage; None if that does not depend on it.

    `sources` is how many the question has; `at_the_end` says that nothing is told of an answer before the last.
    """
    match action:
        case "skip" | "hint":
            return stage is not Stage.ANSWERED
        case "choose":
            return stage is Stage.ASKED
        case "all_whys" | "contrast" | "sources" if at_the_end:
            return False
        case "all_whys" | "contrast":
            return stage is Stage.ANSWERED
        case "sources":
            return stage is Stage.ANSWERED and sources > 0
        case _:
            return None


def words_at(stage: Stage, *, sources: int, mixed_up: bool, back: str) -> dict[str, str]:
    """Return what keys are called at a stage that have other words there, by action; nothing for one left untold."""
    words = {"sources": sources_words(sources), "contrast": "mixed up" if mixed_up else "", "back": back}
    return words | ({"bury": ""} if stage is Stage.ANSWERED else {"go_on": "", "why": ""})


def told_as(active: Mapping[str, ActiveBinding], words: Mapping[str, str]) -> dict[str, ActiveBinding]:
    """Return keys in their order, with other words where there are some."""
    found = {}
    for key, each in active.items():
        told = words.get(each.binding.action)
        if told is None:
            found[key] = each
        else:
            found[key] = each._replace(binding=replace(each.binding, description=told, show=bool(told)))
    return dict(sorted(found.items(), key=lambda entry: _rank_of(entry[1].binding.action)))


def _rank_of(action: str) -> int:
    return ORDER.index(action) if action in ORDER else len(ORDER)
