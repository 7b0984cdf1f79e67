"""The options of a question: mounted once, updated in place, marked where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widgets import Static

from sciaquiz.tui.text import ACCENT, MUTED, RIGHT, WRONG, line, lines, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events
    from textual.app import ComposeResult
    from textual.content import Content

    from sciaquiz.deck.model import Option
    from sciaquiz.ids import OptionId

LETTERS = "abcdefgh"


class OptionRow(Horizontal):
    """One option: its sign and letter, and its text with a hanging indent. Clicking it chooses it."""

    class Clicked(Message):
        """The option was clicked."""

        def __init__(self, place: int) -> None:
            super().__init__()
            self.place = place

    def __init__(self, place: int) -> None:
        super().__init__(classes="option")
        self._place = place
        self._letter = Static(classes="letter")
        self._text = Static(classes="text")
        self.display = False

    def compose(self) -> ComposeResult:
        """Mount the two parts."""
        yield self._letter
        yield self._text

    def show(self, letter: Content, text: Content) -> None:
        """Show this option."""
        self.display = True
        self._letter.update(letter, layout=False)
        self._text.update(text)

    def on_click(self, event: events.Click) -> None:
        """Choose this option."""
        event.stop()
        self.post_message(self.Clicked(self._place))


@dataclass(frozen=True, slots=True)
class Marks:
    """How the options look once the answer is revealed; with `all_whys` each shows its rationale."""

    chosen: OptionId
    all_whys: bool = False


class Options(Vertical):
    """Up to eight options in the order shown."""

    def compose(self) -> ComposeResult:
        """Mount all rows; those not needed stay hidden."""
        for place in range(len(LETTERS)):
            yield OptionRow(place)

    def ask(self, options: Sequence[Option], cursor: int | None, chosen: int | None) -> None:
        """Show the options as asked; `cursor` is where the arrows are, `chosen` what a letter chose."""
        for place, row in enumerate(self.query(OptionRow)):
            row.display = place < len(options)
            row.set_class(place == chosen, "-chosen")
            if place < len(options):
                row.show(
                    _letter(LETTERS[place], place == cursor, place == chosen), _text(options[place], place == chosen)
                )

    def reveal(self, options: Sequence[Option], marks: Marks) -> None:
        """Mark the options where they stand, with the rationale of the chosen and of the right one."""
        for place, (row, option) in enumerate(zip(self.query(OptionRow), options, strict=False)):
            row.remove_class("-chosen")
            row.show(*_revealed(LETTERS[place], option, marks))


def _letter(letter: str, under_cursor: bool, is_chosen: bool) -> Content:
    if is_chosen:
        return say(f"→ {letter}", f"bold {ACCENT}")
    return say(f"› {letter}" if under_cursor else f"  {letter}", ACCENT)


def _text(option: Option, is_chosen: bool) -> Content:
    return say(option.text, "bold" if is_chosen else "")


def _revealed(letter: str, option: Option, marks: Marks) -> tuple[Content, Content]:
    chosen = option.id == marks.chosen
    why = say(option.why, "" if option.correct or chosen else MUTED)
    if option.correct:
        sign, text = say(f"✓ {letter}", f"bold {RIGHT}"), say(option.text, f"bold {RIGHT}")
    elif chosen:
        sign, text = say(f"✗ {letter}", f"bold {WRONG}"), say(option.text, WRONG)
    else:
        sign, text = say(f"  {letter}", MUTED), say(option.text, MUTED)
    if option.why and (option.correct or chosen or marks.all_whys):
        return sign, lines([text, why])
    return sign, line(text)
