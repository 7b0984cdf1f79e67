"""What answering a question by keys has in common, whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sciaquiz.tui.text import ACCENT, MUTED, line, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.marking.response import Response
    from sciaquiz.study.sitting import Outcome
    from sciaquiz.tui.widgets.sheet import Block

LETTERS = "abcdefghilmprtvy"
"""The letters that choose, in order: those that the screen does not need for something else."""


class Form:
    """The draft of one answer. Keys change it, `response` is what it says so far, `blocks` shows it.

    A form knows no screen: whoever holds it hands it keys and draws its blocks.
    """

    wants_text: ClassVar[bool] = False
    """Whether the answer is typed into a line."""

    @property
    def response(self) -> Response | None:
        """The answer as it stands, or None while it is not one yet."""
        return None

    def blocks(self) -> Sequence[Block]:
        """Return what stands below the stem while the question is asked."""
        return ()

    def revealed(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Return what stands below the stem once it was answered."""
        return ()

    def letter(self, letter: str) -> bool:
        """Take a letter key; returns whether it meant something."""
        return False

    def move(self, by: int) -> bool:
        """Take the down (1) or up (-1) key; returns whether it meant something."""
        return False

    def shift(self, by: int) -> bool:
        """Take a key that moves what is under the cursor; returns whether it meant something."""
        return False

    def pick(self) -> bool:
        """Take Enter or Space while there is no answer yet; returns whether it meant something."""
        return False

    def click(self, target: int) -> bool:
        """Take a click on a block; returns whether the click commits the answer that stands."""
        return False

    def point(self, target: int | None) -> bool:
        """Take the mouse over a target; returns whether something looks different now."""
        return False

    def prompt(self) -> Content:
        """Return what the status line says while there is no answer yet."""
        return line()


def choose_prompt(count: int, what: str = " choose") -> Content:
    """Say which letters choose."""
    return line(say(f"{LETTERS[0]}–{LETTERS[max(0, count - 1)]}", ACCENT), say(what, MUTED))
