"""Answering by arranging: bringing steps into order, matching stems to options."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace

from sciaquiz.ids import OptionId
from sciaquiz.marking.response import Pairs
from sciaquiz.marking.response import Sequence as Order
from sciaquiz.text import LETTERS
from sciaquiz.tui.blocks import SIGN, Block, Yields
from sciaquiz.tui.forms.choosing import cursor_mark
from sciaquiz.tui.forms.form import Form, key_cap, keys_prompt, left
from sciaquiz.tui.forms.reasons import key_of, mark_of
from sciaquiz.tui.text import ACCENT, MUTED, RIGHT, WRONG, line, lines, say
from sciaquiz.view.answered import Mark, parts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content

    from sciaquiz.deck.kinds import Matching, Ordering
    from sciaquiz.marking.response import Response
    from sciaquiz.study.turns import Outcome, Shown

OPTIONS = 100
"""Targets from here on are the options of a matching question; below they are its stems."""


NO_KEY = say(" ")
"""Stands where the others have a letter, so that all texts begin in one column."""


class OrderingForm(Form):
    """Steps: their letters in the right order place them one after another; Shift and arrows carry one."""

    commits_at_once: ClassVar[bool] = False
    draft: ClassVar[tuple[str, ...]] = ("_order", "_placed", "_placed_itself")
    around: ClassVar[tuple[str, ...]] = ("_cursor",)

    def __init__(self, question: Ordering, shown: Shown) -> None:
        self._text = {item.id: item.text for item in question.items}
        self._shown = shown.order
        self._order = list(shown.order)
        self._letter = dict(zip(shown.order, LETTERS, strict=False))
        self._placed = 0
        self._placed_itself: OptionId | None = None
        self._cursor: int | None = None

    @property
    def response(self) -> Response | None:
        """The order, once every step has its place."""
        return self.partial if self._placed == len(self._order) else None

    @property
    def partial(self) -> Response | None:
        """The steps that have their place so far."""
        return Order(tuple(self._order[: self._placed]), self._shown) if self._placed else None

    def restore(self, response: Response) -> None:
        """Place again what was placed."""
        if isinstance(response, Order):
            placed = [item for item in dict.fromkeys(response.items) if item in self._letter]
            self._order = [*placed, *(item for item in self._shown if item not in placed)]
            self._placed = len(placed)

    def blocks(self) -> Sequence[Block]:
        """Return the steps: those placed with their number, then those that wait."""
        found = []
        for place, item in enumerate(self._order):
            has_place, here = place < self._placed, place == self._cursor
            number = say(f"{place + 1}" if has_place else "·", f"bold {ACCENT}" if has_place else MUTED)
            key = line(number, say(f" {self._letter[item]}", f"bold {ACCENT}"))
            text = say(self._text[item], "bold" if has_place else "")
            mark = cursor_mark(is_here=here)
            found.append(Block(mark=mark, key=key, text=text, target=place, lit=here, here=here, above=int(place == 0)))
        return found

    @property
    def is_picking(self) -> bool:
        """Whether there is a cursor."""
        return self._cursor is not None

    def letter(self, letter: str) -> bool:
        """Give a step the next place, or take its place away."""
        item = next((item for item, its in self._letter.items() if its == letter), None)
        if item is None:
            return False
        if item != self._placed_itself:
            self._toggle(self._order.index(item))
        return True

    def _toggle(self, place: int) -> None:
        item = self._order.pop(place)
        self._placed_itself = None
        if place < self._placed:
            self._placed -= 1
            self._order.insert(self._placed, item)
        else:
            self._order.insert(self._placed, item)
            self._placed += 1
            if self._placed == len(self._order) - 1:
                self._placed += 1  # the last place is the only one left; its letter changes nothing
                self._placed_itself = self._order[-1]

    def move(self, by: int) -> bool:
        """Move the cursor."""
        start = self._cursor if self._cursor is not None else (-1 if by > 0 else 0)
        self._cursor = (start + by) % len(self._order)
        return True

    def carry(self, by: int) -> bool:
        """Carry the step under the cursor up or down; whoever carries is not placing by letters, so all are placed."""
        if self._cursor is None:
            return self.move(by)
        to = self._cursor + by
        if 0 <= to < len(self._order):
            self._order.insert(to, self._order.pop(self._cursor))
            self._cursor = to
            self._placed = len(self._order)
        return True

    def pick(self) -> bool:
        """Give the step under the cursor the next place and go to the next that waits, or take its place away."""
        if self._cursor is None:
            return False
        if self._order[self._cursor] != self._placed_itself:
            self._toggle(self._cursor)
            self._cursor = min(self._placed, len(self._order) - 1)
        return True

    def missing(self) -> str:
        """Say how many steps have no place yet."""
        return left(len(self._order) - self._placed)

    def click(self, target: int) -> bool:
        """Give a step the next place, or take its place away."""
        self._cursor = None
        self._toggle(target)
        return False

    def revealed(self, outcome: Outcome) -> Sequence[Block]:
        """Mark the steps where they were put: ✓ for one behind the right one, and the place that is right."""
        right = {part.text: (place, part) for place, part in enumerate(parts(outcome, None), start=1)}
        found = []
        given = outcome.response.items if isinstance(outcome.response, Order) else self._order
        for row, item in enumerate(given):
            place, part = right[self._text[item]]
            key = line(key_of(f"{place}", part), say(f" {self._letter[item]}", MUTED))
            style = "" if part.mark is Mark.OPEN else RIGHT if part.mark is Mark.RIGHT else WRONG
            found.append(Block(mark=mark_of(part), key=key, text=say(part.text, style), above=int(row == 0)))
        return found

    def reasons(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Return the steps in the right order, where each was put otherwise, and why; nothing where all is right."""
        found: list[Block] = []
        for place, part in enumerate(parts(outcome, None), start=1):
            text = line(say(part.text), say(f"  {part.said}" if part.said else "", MUTED))
            if why := part.shown_why(all_whys=all_whys):
                text = lines([text, say(why, MUTED)])
            if part.said or not outcome.marked.correct or part.shown_why(all_whys=all_whys):
                key, above = key_of(f"{place}", part), int(not found)
                found.append(Block(mark=mark_of(part), key=key, text=text, above=above))
        return found

    def prompt(self) -> Content:
        """Say which keys order."""
        return keys_prompt(
            f"{LETTERS[0]}–{LETTERS[len(self._order) - 1]}", "first, second, …", "⇧↑↓", "carry", "⏎", "done"
        )


class MatchingForm(Form):
    """Stems and options: a letter gives its option to the stem under the cursor and goes on to the next."""

    commits_at_once: ClassVar[bool] = False
    draft: ClassVar[tuple[str, ...]] = ("_given",)
    around: ClassVar[tuple[str, ...]] = ("_cursor",)
    nothing_to_pick: ClassVar[str] = "A letter gives its option to the line with ›."

    def __init__(self, question: Matching, shown: Shown) -> None:
        self._question = question
        by_id = {stem.id: stem for stem in question.stems}
        self._stems = [by_id[stem_id] for stem_id in shown.order]
        self._options = question.options
        self._letter = {option.id: LETTERS[place] for place, option in enumerate(question.options)}
        self._given: dict[int, int] = {}
        self._cursor = 0

    @property
    def response(self) -> Response | None:
        """The pairs, once every stem has an option."""
        if len(self._given) < len(self._stems):
            return None
        return self.partial

    @property
    def partial(self) -> Response | None:
        """The pairs so far."""
        given = [(stem.id, self._given[place]) for place, stem in enumerate(self._stems) if place in self._given]
        pairs = tuple((stem, self._options[option].id) for stem, option in given)
        return Pairs(pairs, tuple(stem.id for stem in self._stems)) if pairs else None

    def restore(self, response: Response) -> None:
        """Give the stems again what they were given."""
        if isinstance(response, Pairs):
            said, place_of = dict(response.pairs), {option.id: place for place, option in enumerate(self._options)}
            found = {place: place_of.get(said.get(stem.id, OptionId(""))) for place, stem in enumerate(self._stems)}
            self._given = {place: option for place, option in found.items() if option is not None}
            waiting = [place for place in range(len(self._stems)) if place not in self._given]
            self._cursor = waiting[0] if waiting else 0

    def blocks(self) -> Sequence[Block]:
        """Return the list of options, then the stems with what they were given."""
        found = [
            Block(
                key=key_cap(LETTERS[place]),
                text=say(option.text, MUTED if not self._question.reuse and place in self._given.values() else ""),
                target=OPTIONS + place,
                above=int(place == 0),
                yields=Yields.FIRST,
            )
            for place, option in enumerate(self._options)
        ]
        for place in range(len(self._stems)):
            here = place == self._cursor
            text = self._stem(place, self._given.get(place), ACCENT, "bold" if here else "")
            mark = cursor_mark(is_here=True) if here else say("•", ACCENT)
            found.append(
                Block(mark=mark, key=NO_KEY, text=text, target=place, lit=here, here=here, above=int(place == 0))
            )
        return found

    def _stem(self, place: int, given: int | None, style: str, own_style: str = "") -> Content:
        """Return a stem with the option that it was given, on one line where both have room."""
        stem = self._stems[place]
        text = say(stem.text, own_style)
        if given is None:
            return text
        answer = say(f"→ {LETTERS[given]} {self._options[given].text}", style)
        fits = len(stem.text) + 2 + answer.cell_length <= self.surface.line - SIGN
        return line(text, "  ", answer) if fits else lines([text, answer])

    def letter(self, letter: str) -> bool:
        """Give an option to the stem under the cursor."""
        return self._give(LETTERS.index(letter))

    def _give(self, option: int) -> bool:
        if option >= len(self._options):
            return False
        if not self._question.reuse:
            self._given = {stem: given for stem, given in self._given.items() if given != option}
        self._given[self._cursor] = option
        waiting = [place for place in range(len(self._stems)) if place not in self._given]
        after = [place for place in waiting if place > self._cursor]
        if waiting:
            self._cursor = (after or waiting)[0]
        return True

    def move(self, by: int) -> bool:
        """Move the cursor among the stems."""
        self._cursor = (self._cursor + by) % len(self._stems)
        return True

    def missing(self) -> str:
        """Say how many lines have no option yet."""
        return left(len(self._stems) - len(self._given))

    def click(self, target: int) -> bool:
        """Go to a stem, or give an option to the stem under the cursor."""
        if target >= OPTIONS:
            self._give(target - OPTIONS)
        else:
            self._cursor = target
        return False

    def revealed(self, outcome: Outcome) -> Sequence[Block]:
        """Mark each stem where it is, with what it was given."""
        place_of = {option.id: place for place, option in enumerate(self._options)}
        pairs = dict(outcome.response.pairs) if isinstance(outcome.response, Pairs) else {}
        options = [replace(block, target=None) for block in self.blocks()[: len(self._options)]]
        found = []
        for place, part in enumerate(parts(outcome, None)):
            given = place_of.get(pairs.get(self._stems[place].id, OptionId("")))
            text = self._stem(place, given, f"bold {RIGHT if part.mark is Mark.RIGHT else WRONG}")
            found.append(Block(mark=mark_of(part), key=NO_KEY, text=text, above=int(place == 0)))
        return [*options, *found]

    def reasons(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Return the stems that were given another option, with the one they belong to, and the reasons."""
        found: list[Block] = []
        for part in parts(outcome, None):
            why = part.shown_why(all_whys=all_whys)
            if not part.said and not why:
                continue
            belongs = line(say(f"{part.text}  "), say(f"→ {part.answer}", f"bold {RIGHT}"))
            texts = [
                line(belongs, say(f"  {part.said}" if part.said else "", MUTED)),
                *([say(why, MUTED)] if why else []),
            ]
            found.append(Block(mark=mark_of(part), text=lines(texts), above=int(not found)))
        return found

    def prompt(self) -> Content:
        """Say which keys match."""
        last = LETTERS[len(self._options) - 1]
        return keys_prompt(f"{LETTERS[0]}–{last}", "the option for the line with ›", "↑↓", "another line")
