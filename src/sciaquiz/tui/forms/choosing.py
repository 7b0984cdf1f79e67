"""Answering a single best answer: one letter, or the arrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.marking.response import Choice
from sciaquiz.tui.forms.form import LETTERS, Form, choose_prompt
from sciaquiz.tui.text import ACCENT, MUTED, RIGHT, WRONG, lines, say
from sciaquiz.tui.widgets.sheet import Block

if TYPE_CHECKING:
    from collections.abc import Sequence, Set

    from textual.content import Content

    from sciaquiz.deck.model import Option, SingleBestAnswer
    from sciaquiz.marking.response import Response
    from sciaquiz.study.sitting import Outcome, Shown


class ChoosingForm(Form):
    """One option out of a few."""

    def __init__(self, question: SingleBestAnswer, shown: Shown) -> None:
        by_id = {option.id: option for option in question.options}
        self._options = [by_id[option_id] for option_id in shown.order]
        self._order = shown.order
        self._cursor: int | None = None
        self._chosen: int | None = None

    @property
    def response(self) -> Response | None:
        """The option chosen."""
        return None if self._chosen is None else Choice(self._order[self._chosen], self._order)

    def blocks(self) -> Sequence[Block]:
        """Return the options as they stand."""
        return [
            Block(
                sign=option_sign(LETTERS[place], under_cursor=place == self._cursor, chosen=place == self._chosen),
                text=say(option.text, "bold" if place == self._chosen else ""),
                target=place,
                lit=place == self._chosen,
                above=int(place == 0),
            )
            for place, option in enumerate(self._options)
        ]

    def letter(self, letter: str) -> bool:
        """Choose by letter."""
        place = LETTERS.index(letter)
        if place >= len(self._options):
            return False
        self._chosen = self._cursor = place
        return True

    def move(self, by: int) -> bool:
        """Move the cursor; once something is chosen the choice moves with it."""
        start = self._cursor if self._cursor is not None else (-1 if by > 0 else 0)
        self._cursor = (start + by) % len(self._options)
        if self._chosen is not None:
            self._chosen = self._cursor
        return True

    def pick(self) -> bool:
        """Choose what the cursor is on."""
        if self._cursor is None:
            return False
        self._chosen = self._cursor
        return True

    def click(self, target: int) -> bool:
        """Choose; a click on what is chosen commits it."""
        commits = self._chosen == target
        self._chosen = self._cursor = target
        return commits

    def revealed(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Mark the options where they stand, with the rationale of the chosen and of the right one."""
        chosen = outcome.response.option if isinstance(outcome.response, Choice) else ""
        return revealed_options(self._options, {chosen}, all_whys=all_whys)

    def prompt(self) -> Content:
        """Say which letters choose."""
        return choose_prompt(len(self._options))


def option_sign(letter: str, *, under_cursor: bool, chosen: bool) -> Content:
    """Return the sign of an option that waits."""
    if chosen:
        return say(f"→ {letter}", f"bold {ACCENT}")
    return say(f"› {letter}" if under_cursor else f"  {letter}", ACCENT)


def revealed_options(options: Sequence[Option], chosen: Set[str], *, all_whys: bool) -> list[Block]:
    """Return the options as they look once the answer is known."""
    found = []
    for place, (letter, option) in enumerate(zip(LETTERS, options, strict=False)):
        if option.correct:
            sign, text = say(f"✓ {letter}", f"bold {RIGHT}"), say(option.text, f"bold {RIGHT}")
        elif option.id in chosen:
            sign, text = say(f"✗ {letter}", f"bold {WRONG}"), say(option.text, WRONG)
        else:
            sign, text = say(f"  {letter}", MUTED), say(option.text, MUTED)
        matters = option.correct or option.id in chosen
        if option.why and (matters or all_whys):
            text = lines([text, say(option.why, "" if matters else MUTED)])
        found.append(Block(sign=sign, text=text, above=int(place == 0)))
    return found
