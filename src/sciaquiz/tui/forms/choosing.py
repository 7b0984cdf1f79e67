"""Answering by choosing among options: one, several, or true and false."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, assert_never

from sciaquiz.marking.response import Choice, Choices, Judgements
from sciaquiz.text import LETTERS
from sciaquiz.tui.forms.form import Form, choose_prompt, keys_prompt, left
from sciaquiz.tui.text import ACCENT, MUTED, RIGHT, WRONG, line, lines, say
from sciaquiz.tui.widgets.sheet import Block
from sciaquiz.view.answered import Mark, parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.deck.kinds import MultipleAnswer, SingleBestAnswer, TrueFalse
    from sciaquiz.marking.response import Response
    from sciaquiz.study.turns import Outcome, Shown
    from sciaquiz.view.answered import Part


class OneOf(Form):
    """One out of a list: letters choose, a cursor moves, Enter picks, a click chooses."""

    draft: ClassVar[tuple[str, ...]] = ("_chosen",)
    around: ClassVar[tuple[str, ...]] = ("_cursor",)
    first_target: ClassVar[int] = 0
    """The target that a click on the first of the list reports."""

    _cursor: int | None = None
    _chosen: int | None = None

    @property
    def _count(self) -> int:
        raise NotImplementedError

    def letter(self, letter: str) -> bool:
        """Choose by letter."""
        place = LETTERS.index(letter)
        if place >= self._count:
            return False
        self._chosen = self._cursor = place
        return True

    def move(self, by: int) -> bool:
        """Move the cursor; once something is chosen the choice moves with it."""
        self._cursor = moved(self._cursor, by, self._count)
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
        place = target - self.first_target
        if not 0 <= place < self._count:
            return False
        commits = self._chosen == place
        self._chosen = self._cursor = place
        return commits


class ChoosingForm(OneOf):
    """One option out of a few."""

    def __init__(self, question: SingleBestAnswer, shown: Shown) -> None:
        by_id = {option.id: option for option in question.options}
        self._options = [by_id[option_id] for option_id in shown.order]
        self._order = shown.order

    @property
    def _count(self) -> int:
        return len(self._options)

    @property
    def response(self) -> Response | None:
        """The option chosen."""
        return None if self._chosen is None else Choice(self._order[self._chosen], self._order)

    def blocks(self) -> Sequence[Block]:
        """Return the options with what is chosen so far."""
        return [
            Block(
                sign=option_sign(LETTERS[place], under_cursor=place == self._cursor, chosen=place == self._chosen),
                text=say(option.text, "bold" if place == self._chosen else ""),
                target=place,
                lit=place == self._chosen,
                here=place == self._cursor,
                above=int(place == 0),
            )
            for place, option in enumerate(self._options)
        ]

    def revealed(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Mark the options where they are, with the rationale of the chosen and of the right one."""
        return revealed_options(parts(outcome, None), all_whys=all_whys)

    def prompt(self) -> Content:
        """Say which letters choose."""
        return choose_prompt(len(self._options))


class SelectingForm(Form):
    """Several options out of a few: letters tick and untick."""

    commits_at_once: ClassVar[bool] = False
    draft: ClassVar[tuple[str, ...]] = ("_ticked",)
    around: ClassVar[tuple[str, ...]] = ("_cursor",)

    def __init__(self, question: MultipleAnswer, shown: Shown) -> None:
        by_id = {option.id: option for option in question.options}
        self._options = [by_id[option_id] for option_id in shown.order]
        self._order = shown.order
        self._cursor: int | None = None
        self._ticked: set[int] = set()

    @property
    def response(self) -> Response | None:
        """The options ticked, in the order shown."""
        if not self._ticked:
            return None
        return Choices(tuple(self._order[place] for place in sorted(self._ticked)), self._order)

    def blocks(self) -> Sequence[Block]:
        """Return the options with what is chosen so far."""
        return [
            Block(
                sign=line(
                    say("›" if place == self._cursor else " ", ACCENT),
                    say("■" if place in self._ticked else "□", ACCENT if place in self._ticked else MUTED),
                    say(f" {LETTERS[place]}", ACCENT),
                ),
                text=say(option.text, "bold" if place in self._ticked else ""),
                target=place,
                lit=place in self._ticked,
                here=place == self._cursor,
                above=int(place == 0),
            )
            for place, option in enumerate(self._options)
        ]

    def letter(self, letter: str) -> bool:
        """Tick or untick by letter."""
        place = LETTERS.index(letter)
        if place >= len(self._options):
            return False
        self._cursor = place
        self._ticked ^= {place}
        return True

    def move(self, by: int) -> bool:
        """Move the cursor."""
        self._cursor = moved(self._cursor, by, len(self._options))
        return True

    def missing(self) -> str:
        """Say that nothing is ticked."""
        return "Nothing is ticked yet."

    def pick(self) -> bool:
        """Tick or untick what the cursor is on."""
        if self._cursor is None:
            return False
        self._ticked ^= {self._cursor}
        return True

    def click(self, target: int) -> bool:
        """Tick or untick."""
        self._cursor = target
        self._ticked ^= {target}
        return False

    def revealed(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Mark each option where it is: chosen or not, rightly or not."""
        return revealed_options(parts(outcome, None), all_whys=all_whys)

    def prompt(self) -> Content:
        """Say which letters tick."""
        return choose_prompt(len(self._options), "tick, all that apply")


class JudgingForm(Form):
    """Statements, each true or false: t and f judge the one under the cursor and go on to the next."""

    commits_at_once: ClassVar[bool] = False
    draft: ClassVar[tuple[str, ...]] = ("_judged",)
    around: ClassVar[tuple[str, ...]] = ("_cursor",)

    def __init__(self, question: TrueFalse, shown: Shown) -> None:
        by_id = {statement.id: statement for statement in question.statements}
        self._statements = [by_id[statement_id] for statement_id in shown.order]
        self._judged: dict[int, bool] = {}
        self._cursor = 0

    @property
    def response(self) -> Response | None:
        """All statements judged."""
        if len(self._judged) < len(self._statements):
            return None
        return Judgements(tuple((entry.id, self._judged[place]) for place, entry in enumerate(self._statements)))

    def blocks(self) -> Sequence[Block]:
        """Return the statements with what is judged so far."""
        found = []
        for place, statement in enumerate(self._statements):
            here = place == self._cursor
            said = ("T" if self._judged[place] else "F") if place in self._judged else "·"
            sign = line(say("› " if here else "  ", ACCENT), say(said, f"bold {ACCENT}" if said != "·" else MUTED))
            text = say(statement.text)
            found.append(Block(sign=sign, text=text, target=place, lit=here, here=here, above=int(place == 0)))
        return found

    def letter(self, letter: str) -> bool:
        """Judge the statement under the cursor."""
        if letter not in "tf":
            return False
        self._judged[self._cursor] = letter == "t"
        waiting = [place for place in range(len(self._statements)) if place not in self._judged]
        after = [place for place in waiting if place > self._cursor]
        if waiting:
            self._cursor = (after or waiting)[0]
        return True

    def move(self, by: int) -> bool:
        """Move the cursor."""
        self._cursor = (self._cursor + by) % len(self._statements)
        return True

    def pick(self) -> bool:
        """Hold the statement under the cursor for true, or turn its judgement over."""
        self._judged[self._cursor] = not self._judged.get(self._cursor, False)
        return True

    def missing(self) -> str:
        """Say how many statements are not judged yet."""
        return left(len(self._statements) - len(self._judged))

    def click(self, target: int) -> bool:
        """Go to a statement; a click on the one under the cursor turns its judgement over."""
        if target == self._cursor or target in self._judged:
            self._judged[target] = not self._judged.get(target, False)
        self._cursor = target
        return False

    def revealed(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Mark each statement: what it is, and whether the student held it for that."""
        found = []
        for place, part in enumerate(parts(outcome, None)):
            answer = say(part.answer, f"bold {RIGHT}")
            if part.said:
                answer = line(answer, say(f", {part.said}", WRONG))
            texts: list[Content | str] = [line(answer, ": ", part.text)]
            if why := part.shown_why(all_whys=all_whys):
                texts.append(say(why))
            right = part.mark is Mark.RIGHT
            sign = say("  ✓" if right else "  ✗", f"bold {RIGHT if right else WRONG}")
            found.append(Block(sign=sign, text=lines(texts), above=int(place == 0)))
        return found

    def prompt(self) -> Content:
        """Say which keys judge."""
        return keys_prompt("t", "true", "f", "false", "↑↓", "move")


def moved(cursor: int | None, by: int, count: int) -> int:
    """Return where a cursor goes that may not be anywhere yet."""
    start = cursor if cursor is not None else (-1 if by > 0 else 0)
    return (start + by) % count


def option_sign(letter: str, *, under_cursor: bool, chosen: bool) -> Content:
    """Return the sign of an option that waits."""
    if chosen:
        return say(f"→ {letter}", f"bold {ACCENT}")
    return say(f"› {letter}" if under_cursor else f"  {letter}", ACCENT)


def revealed_options(options: Sequence[Part], *, all_whys: bool) -> list[Block]:
    """Return the options as they look once the answer is known."""
    found = []
    for place, (letter, part) in enumerate(zip(LETTERS, options, strict=False)):
        match part.mark:
            case Mark.RIGHT:
                sign, text = say(f"✓ {letter}", f"bold {RIGHT}"), say(part.text, f"bold {RIGHT}")
            case Mark.MISSED:
                sign, text = say(f"✗ {letter}", f"bold {WRONG}"), say(part.text, f"bold {RIGHT}")
            case Mark.WRONG:
                sign, text = say(f"✗ {letter}", f"bold {WRONG}"), say(part.text, WRONG)
            case Mark.OPEN:
                sign, text = say(f"  {letter}", MUTED), say(part.text, MUTED)
            case _ as never:
                assert_never(never)
        if part.said:
            text = line(text, say(f"  {part.said}", WRONG))
        if why := part.shown_why(all_whys=all_whys):
            text = lines([text, say(why, "" if part.matters else MUTED)])
        found.append(Block(sign=sign, text=text, above=int(place == 0)))
    return found
