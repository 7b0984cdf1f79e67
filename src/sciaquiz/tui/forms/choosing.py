"""Answering by choosing among options: one, several, or true and false."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from sciaquiz.marking.response import Choice, Choices, Judgements
from sciaquiz.text import LETTERS
from sciaquiz.tui.blocks import Block, Yields
from sciaquiz.tui.forms.form import Form, choose_prompt, key_cap, keys_prompt, left
from sciaquiz.tui.forms.reasons import key_of, mark_of, whys
from sciaquiz.tui.text import ACCENT, MUTED, RIGHT, WRONG, line, say
from sciaquiz.view.answered import Mark, parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.deck.kinds import MultipleAnswer, SingleBestAnswer, TrueFalse
    from sciaquiz.marking.response import Response
    from sciaquiz.study.turns import Outcome, Shown
    from sciaquiz.view.answered import Part


TEXT_STYLES = {
    Mark.RIGHT: f"bold {RIGHT}",
    Mark.MISSED: f"bold {RIGHT}",
    Mark.WRONG: f"bold {WRONG}",
    Mark.OPEN: MUTED,
}


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

    @property
    def is_picking(self) -> bool:
        """Whether there is a cursor."""
        return self._cursor is not None

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

    def restore(self, response: Response) -> None:
        """Choose again what was chosen."""
        if isinstance(response, Choice) and response.option in self._order:
            self._chosen = self._cursor = self._order.index(response.option)

    def blocks(self) -> Sequence[Block]:
        """Return the options with what is chosen so far."""
        return [
            Block(
                mark=cursor_mark(is_here=place == self._cursor),
                key=key_cap(LETTERS[place], chosen=place == self._chosen),
                text=say(option.text, "bold" if place == self._chosen else ""),
                target=place,
                here=place == self._cursor,
                above=int(place == 0),
            )
            for place, option in enumerate(self._options)
        ]

    def revealed(self, outcome: Outcome) -> Sequence[Block]:
        """Mark the options where they are."""
        chosen = [outcome.response.option] if isinstance(outcome.response, Choice) else []
        return revealed_options(parts(outcome, None), [option.id in chosen for option in self._options])

    def reasons(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Return why the choice is wrong, why the key is right, and then the others in the order of their letters."""
        told = list(zip(LETTERS, parts(outcome, None), strict=False))
        rank = {Mark.WRONG: 0, Mark.RIGHT: 1, Mark.MISSED: 1, Mark.OPEN: 2}
        return whys(sorted(told, key=lambda each: rank[each[1].mark]), all_whys=all_whys)

    def prompt(self) -> Content:
        """Say which letters choose."""
        return choose_prompt(len(self._options), certain=True)


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

    def restore(self, response: Response) -> None:
        """Tick again what was ticked."""
        if isinstance(response, Choices):
            self._ticked = {place for place, option in enumerate(self._order) if option in response.options}

    def blocks(self) -> Sequence[Block]:
        """Return the options with what is chosen so far."""
        return [
            Block(
                mark=cursor_mark(is_here=True) if place == self._cursor else tick(is_ticked=place in self._ticked),
                key=key_cap(LETTERS[place], chosen=place in self._ticked),
                text=say(option.text, "bold" if place in self._ticked else ""),
                target=place,
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

    @property
    def is_picking(self) -> bool:
        """Whether there is a cursor."""
        return self._cursor is not None

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

    def revealed(self, outcome: Outcome) -> Sequence[Block]:
        """Mark each option where it is: chosen or not, rightly or not."""
        chosen = outcome.response.options if isinstance(outcome.response, Choices) else ()
        return revealed_options(parts(outcome, None), [option.id in chosen for option in self._options])

    def reasons(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Return the reasons of what was ticked and of what is right, by letter."""
        return whys(list(zip(LETTERS, parts(outcome, None), strict=False)), all_whys=all_whys)

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
        return self.partial

    @property
    def partial(self) -> Response | None:
        """The statements judged so far."""
        judged = [
            (entry.id, self._judged[place]) for place, entry in enumerate(self._statements) if place in self._judged
        ]
        return Judgements(tuple(judged)) if judged else None

    def restore(self, response: Response) -> None:
        """Judge again what was judged."""
        if isinstance(response, Judgements):
            said = dict(response.answers)
            self._judged = {place: said[entry.id] for place, entry in enumerate(self._statements) if entry.id in said}
            waiting = [place for place in range(len(self._statements)) if place not in self._judged]
            self._cursor = waiting[0] if waiting else 0

    def blocks(self) -> Sequence[Block]:
        """Return the statements with what is judged so far."""
        found = []
        for place, statement in enumerate(self._statements):
            here = place == self._cursor
            said = ("T" if self._judged[place] else "F") if place in self._judged else "·"
            found.append(
                Block(
                    mark=cursor_mark(is_here=here),
                    key=line(say(f"{place + 1} ", MUTED), say(said, f"bold {ACCENT}" if said != "·" else MUTED)),
                    text=say(statement.text),
                    target=place,
                    lit=here,
                    here=here,
                    above=int(place == 0),
                )
            )
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

    @property
    def is_picking(self) -> bool:
        """Whether there is a cursor."""
        return True

    def revealed(self, outcome: Outcome) -> Sequence[Block]:
        """Mark each statement where it is: what it is, and whether the student held it for that."""
        found = []
        for place, part in enumerate(parts(outcome, None)):
            key = line(say(f"{place + 1} ", MUTED), say(part.answer[0], f"bold {RIGHT}"))
            found.append(Block(mark=mark_of(part), key=key, text=say(part.text), above=int(place == 0)))
        return found

    def reasons(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Return what the statements are that were judged otherwise, and why, by number."""
        return whys([(f"{place}", part) for place, part in enumerate(parts(outcome, None), start=1)], all_whys=all_whys)

    def prompt(self) -> Content:
        """Say which keys judge."""
        return keys_prompt("t", "true", "f", "false", "↑↓", "move")


def moved(cursor: int | None, by: int, count: int) -> int:
    """Return where a cursor goes that may not be anywhere yet."""
    start = cursor if cursor is not None else (-1 if by > 0 else 0)
    return (start + by) % count


def cursor_mark(*, is_here: bool) -> Content:
    """Return the mark of what is under the cursor."""
    return say("›" if is_here else " ", f"bold {ACCENT}")


def tick(*, is_ticked: bool) -> Content:
    """Return the mark of what can be ticked."""
    return say("■" if is_ticked else "□", ACCENT if is_ticked else MUTED)


def revealed_options(options: Sequence[Part], chosen: Sequence[bool]) -> list[Block]:
    """Return the options as they look once the answer is known; those that make room are neither chosen nor right."""
    found = []
    for place, (letter, part) in enumerate(zip(LETTERS, options, strict=False)):
        own = "your answer" if chosen[place] and sum(chosen) == 1 else ""
        told = part.said or own
        found.append(
            Block(
                mark=mark_of(part),
                key=key_of(letter, part),
                text=say(part.text, TEXT_STYLES[part.mark]),
                aside=say(told, MUTED) if told else None,
                above=int(place == 0),
                yields=Yields.FIRST if part.mark is Mark.OPEN else Yields.STAYS,
            )
        )
    return found
