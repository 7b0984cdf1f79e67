"""What answering a question by keys has in common, whatever its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec import Struct
from textual.style import Style

from sciaquiz.text import LETTERS
from sciaquiz.tui.blocks import WIDEST
from sciaquiz.tui.text import ACCENT, CHIP_KEY, MUTED, line, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.marking.response import Response
    from sciaquiz.study.turns import Outcome
    from sciaquiz.tui.blocks import Block


class Surface(Struct, frozen=True):
    """What a form may draw on: cells wide and high, and what the terminal's colours are."""

    width: int = 76
    height: int = 20
    dark: bool = True
    colours: int = 2**24

    @property
    def line(self) -> int:
        """Cells of a line of text."""
        return min(self.width, WIDEST)


class Form:
    """The draft of one answer. Keys change it, `response` is what it says so far, `blocks` shows it.

    A form knows no screen: whoever holds it hands it keys and draws its blocks.
    """

    self_graded: ClassVar[bool] = False
    """Whether the answer is revealed first and graded by the student."""

    commits_at_once: ClassVar[bool] = True
    """Whether one key makes a whole answer, so that a capital letter may commit it, and Enter what is under the cursor.
    """

    draft: ClassVar[tuple[str, ...]] = ()
    """The attributes that hold what the student has said so far: Undo takes them back step by step."""

    around: ClassVar[tuple[str, ...]] = ()
    """The attributes that go back with the draft and are no part of it, as the cursor."""

    @property
    def is_picking(self) -> bool:
        """Whether Space picks something now; else it reads on."""
        return False

    nothing_to_pick: ClassVar[str] = "Nothing is under the cursor: ↑↓ move it."
    """Why Space did nothing."""

    surface: Surface = Surface()

    is_left: bool = False
    """Whether the student left the line that is typed into, so that keys are commands."""

    line: str = ""
    """The text of the line that is typed into, when it is sent."""

    @property
    def wants_text(self) -> bool:
        """Whether a text is typed into a line next."""
        return False

    @property
    def response(self) -> Response | None:
        """The answer so far, or None while it is not one yet."""
        return None

    @property
    def partial(self) -> Response | None:
        """What was said so far, also while it is no whole answer; None for nothing."""
        return self.response

    def restore(self, response: Response) -> None:
        """Take up an answer that was given before, or the part of one; what does not fit is passed over."""

    def blocks(self) -> Sequence[Block]:
        """Return the blocks below the stem while the question is asked."""
        return ()

    def uncovered(self) -> Sequence[Block]:
        """Return the blocks below the stem once a self-graded answer is seen."""
        return self.blocks()

    def answer_blocks(self) -> Sequence[Block]:
        """Return the answer of a self-graded question where it is read below the stem, not in the place of a gap."""
        return ()

    def revealed(self, outcome: Outcome) -> Sequence[Block]:
        """Return the blocks below the stem once it was answered: the same rows as before, with signs and colours."""
        return self.uncovered()

    def reasons(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Return what is read of the parts of the question: why one is right, and another is not."""
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
        """Pick what is under the cursor, or no longer; returns whether that meant something."""
        return False

    def missing(self) -> str:
        """Say what is missing while there is no answer yet."""
        return "Nothing is chosen yet."

    def click(self, target: int) -> bool:
        """Take a click on a target; returns whether the click commits the answer."""
        return False

    def point(self, target: int | None) -> bool:
        """Take the mouse over a target; returns whether something looks different now."""
        return False

    def submit(self, text: str) -> None:
        """Take a typed line."""

    def give_up(self) -> bool:
        """Take an empty line: the second one in turn is the answer; returns whether it is."""
        return False

    def remind(self) -> str:
        """Take a typed answer back, since the student is asked once more; returns what to begin with."""
        return ""

    def hint(self) -> str:
        """Return a hint, and remember that it was given."""
        return ""

    def prompt(self) -> Content:
        """Return what the status line says while there is no answer yet."""
        return line()


PRESSED = {"⏎": "enter", "2 ⏎": "2", "3 ⏎": "3", "PgDn": "pagedown", "PgUp": "pageup", "space": "space", "F2": "f2"}
"""Keys by what they are called in the status line, where that is not their own sign."""


def keys_prompt(*pairs: str, gap: int = 3) -> Content:
    """Return keys and what they do, in turn, `gap` cells apart, for the status line; a click on one presses it."""
    buttons = [
        as_button(line(say(key, f"bold {ACCENT}"), say(f" {does}" if does else "", MUTED)), key)
        for key, does in zip(pairs[::2], pairs[1::2], strict=True)
    ]
    return say(" " * gap).join(buttons)


def as_button(words: Content, key: str) -> Content:
    """Let a click on words press the key that they name; ranges of keys cannot be pressed."""
    pressed = PRESSED.get(key, key if len(key) == 1 else "")
    return words.stylize(Style.from_meta({"@click": f"screen.press({pressed!r})"})) if pressed else words


def left(number: int) -> str:
    """Say how many parts of an answer are missing."""
    return f"{number} left"


def choose_prompt(count: int, what: str = "choose", *, certain: bool = False) -> Content:
    """Say which letters choose; a capital letter may say “certain” as well."""
    first, last = LETTERS[0], LETTERS[max(0, count - 1)]
    capitals = [f"{first}–{last}".upper(), "choose, certain"] if certain else []
    return keys_prompt(f"{first}–{last}", what, *capitals)


def key_cap(letter: str, *, chosen: bool = False) -> Content:
    """Return a letter as the cap of a key; that of what is chosen is filled."""
    return say(f" {letter} ", f"bold {CHIP_KEY}" if chosen else f"bold {ACCENT} on $panel")
