"""What answering a question by keys has in common, whatever its kind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from sciaquiz.text import LETTERS
from sciaquiz.tui.text import ACCENT, MUTED, line, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.marking.response import Response
    from sciaquiz.study.sitting import Outcome
    from sciaquiz.tui.widgets.sheet import Block


@dataclass(frozen=True, slots=True)
class Surface:
    """What a form may draw on: cells wide and high, and what the terminal's colours are."""

    width: int = 76
    height: int = 20
    dark: bool = True
    colours: int = 2**24


class Form:
    """The draft of one answer. Keys change it, `response` is what it says so far, `blocks` shows it.

    A form knows no screen: whoever holds it hands it keys and draws its blocks.
    """

    self_graded: ClassVar[bool] = False
    """Whether the answer is revealed first and graded by the student."""

    commits_at_once: ClassVar[bool] = True
    """Whether one key makes a whole answer, so that a capital letter may commit it."""

    verdict_first: ClassVar[bool] = False
    """Whether the verdict stands above what is revealed, so that a figure stays where it was."""

    surface: Surface = Surface()

    is_left: bool = False
    """Whether the student left the line that is typed into, so that keys are commands."""

    @property
    def wants_text(self) -> bool:
        """Whether a text is typed into a line next."""
        return False

    @property
    def response(self) -> Response | None:
        """The answer as it stands, or None while it is not one yet."""
        return None

    def blocks(self) -> Sequence[Block]:
        """Return what stands below the stem while the question is asked."""
        return ()

    def answer_blocks(self) -> Sequence[Block]:
        """Return what stands below the stem once a self-graded answer is revealed."""
        return ()

    def revealed(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Return what stands below the stem once it was answered."""
        return self.answer_blocks()

    def letter(self, letter: str) -> bool:
        """Take a letter key; returns whether it meant something."""
        return False

    def move(self, by: int) -> bool:
        """Take the down (1) or up (-1) key; returns whether it meant something."""
        return False

    def aside(self, by: int) -> bool:
        """Take the right (1) or left (-1) key; returns whether it meant something."""
        return False

    def cycle(self, by: int) -> bool:
        """Take Tab (1) or Shift+Tab (-1); returns whether it meant something."""
        return self.move(by)

    def carry(self, by: int) -> bool:
        """Take the keys that move what is under the cursor down (1) or up (-1)."""
        return False

    def pick(self) -> bool:
        """Take Enter or Space while there is no answer yet; returns whether it meant something."""
        return False

    def click(self, target: int) -> bool:
        """Take a click on a target; returns whether the click commits the answer that stands."""
        return False

    def point(self, target: int | None) -> bool:
        """Take the mouse over a target; returns whether something looks different now."""
        return False

    def submit(self, text: str) -> None:
        """Take a typed line."""

    def give_up(self) -> bool:
        """Take an empty line: the second one in turn is the answer; returns whether it is."""
        return False

    def reopen(self) -> str:
        """Take the last text that was typed back, and return it."""
        return ""

    def remind(self) -> str:
        """Take a typed answer back, since the student is asked once more; returns what to begin with."""
        return ""

    def hint(self) -> str:
        """Return a hint, and remember that it was given."""
        return ""

    def prompt(self) -> Content:
        """Return what the status line says while there is no answer yet."""
        return line()


def keys_prompt(*pairs: str, gap: int = 3) -> Content:
    """Return keys and what they do, in turn, `gap` cells apart, for the status line."""
    told = [line(say(key, ACCENT), say(f" {does}", MUTED)) for key, does in zip(pairs[::2], pairs[1::2], strict=True)]
    return say(" " * gap).join(told)


def choose_prompt(count: int, what: str = "choose") -> Content:
    """Say which letters choose."""
    return keys_prompt(f"{LETTERS[0]}–{LETTERS[max(0, count - 1)]}", what)
