"""Answering on a figure: pointing at a region, or naming the one that is lit."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from msgspec.structs import replace
from textual.content import Content

from sciaquiz.deck.kinds import Asks
from sciaquiz.figure.arrows import neighbour
from sciaquiz.figure.draw import draw
from sciaquiz.figure.drawing import Ink, State
from sciaquiz.figure.room import SIDE, room_for
from sciaquiz.marking.response import Pointed
from sciaquiz.study.shown import figure_shown
from sciaquiz.text import LETTERS
from sciaquiz.tui.blocks import Block, Yields
from sciaquiz.tui.forms.choosing import OneOf, moved
from sciaquiz.tui.forms.form import Form, choose_prompt, keys_prompt
from sciaquiz.tui.text import ACCENT, MUTED, RIGHT, WRONG, line, say
from sciaquiz.view.answered import Mark, area_meant, zones

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.deck.figure import Figure
    from sciaquiz.deck.kinds import Hotspot
    from sciaquiz.deck.model import Deck
    from sciaquiz.figure.drawing import Drawing, Run
    from sciaquiz.figure.room import Room
    from sciaquiz.marking.response import Response
    from sciaquiz.study.turns import Outcome, Shown

    Words = tuple[Content, Content, int | None]
    """A sign, words, and the target that a click on them chooses."""

NAMES = 100
"""Targets from here on are names; below they are the zones of the figure."""

SIGN_WIDTH = 4
GAP = 2
SIDE_WORDS = SIDE - SIGN_WIDTH - GAP


def pointing_form(question: Hotspot, shown: Shown, deck: Deck | None) -> Form:
    """Return the form for a hotspot. Raises ValueError if the deck has no such figure."""
    figure = figure_shown(question, shown.answer_id, deck)
    if figure is None:
        raise ValueError(f"{question.id}: there is no figure {question.figure!r}")
    return NamingForm(question, figure) if question.asks is Asks.NAME else PointingForm(question, figure)


class FigureForm(Form):
    """What pointing and naming share: the figure with words beside it."""

    def __init__(self, question: Hotspot, figure: Figure) -> None:
        self._question = question
        self._figure = figure
        self._zones = figure.zones()
        self._right = [place for place, zone in enumerate(self._zones) if zone.key in question.regions]

    def _drawn(
        self, look: Mapping[int, State], labels: Sequence[str], side: Sequence[Words], *, revealed: bool = False
    ) -> list[Block]:
        """Return the figure with words beside it, or below where there is no room; only words where it does not fit."""
        drawing = self._drawing(look, labels, revealed=revealed)
        panels = bool(self._figure.panels)
        listed = [Block(key=sign, text=text, target=place) for sign, text, place in side]
        caption = Block(text=say(self._figure.caption, f"italic {MUTED}"), close=True, yields=Yields.FIRST)
        if not drawing.fits:
            return [*self._in_words, *listed]
        if self._room.is_beside:
            return [_beside(drawing, _as_many_as_fit(side, len(drawing.rows), look)), caption]
        if panels and not revealed:
            return [_picture(drawing), caption]
        return [_picture(drawing), caption, *listed]

    @property
    def _in_words(self) -> list[Block]:
        """What stands in place of a figure that has no room anywhere."""
        return []

    @property
    def _room(self) -> Room:
        return room_for(self._figure, self.surface.width, self.surface.height)

    def _drawing(self, look: Mapping[int, State], labels: Sequence[str], *, revealed: bool) -> Drawing:
        surface, room = self.surface, self._room
        ink = Ink.NONE if not surface.colours else Ink.SIXTEEN if surface.colours == 16 else Ink.TRUE_COLOUR
        drawing = draw(
            self._figure,
            room.width,
            room.height,
            look=look,
            labels=labels,
            ink=ink,
            dark=surface.dark,
            revealed=revealed,
        )
        return _without_empty_end(drawing)

    def revealed(self, outcome: Outcome) -> Sequence[Block]:
        """Show the figure with all names, the right zones, and the one chosen if it was another."""
        return self._reveal(outcome.response)[0]

    def reasons(self, outcome: Outcome, *, all_whys: bool) -> Sequence[Block]:
        """Return pictures of the areas for which the figure has no room."""
        return self._reveal(outcome.response)[1]

    def _reveal(self, response: Response) -> tuple[list[Block], list[Block]]:
        """Return what stands in the place of the figure, and what is read below it."""
        look: dict[int, State] = {}
        side: list[Words] = []
        for place, part in enumerate(zones(self._question, self._figure, response)):
            if part.mark is Mark.OPEN:
                continue
            is_right = part.mark is Mark.RIGHT
            look[place] = State.RIGHT if is_right else State.WRONG
            sign, style = ("✓", RIGHT) if is_right else ("✗", WRONG)
            said = f" ({part.said})" if part.said else ""
            side.append((say(sign, f"bold {style}"), say(f"{part.text}{said}", style), place))
        keys = [zone.label for zone in self._zones]
        return self._drawn(look, keys, side, revealed=True), self._out_of_sight(look, keys)

    def _out_of_sight(self, look: Mapping[int, State], labels: Sequence[str]) -> list[Block]:
        """Return pictures of the areas that lie in views for which the first picture has no room."""
        found: list[Block] = []
        in_sight = _places(self._drawing(look, labels, revealed=True))
        for place, state in look.items():
            if in_sight and place not in in_sight:
                drawing = self._drawing({place: state}, labels, revealed=True)
                found.append(_picture(drawing))
                in_sight |= _places(drawing)
        return found


class PointingForm(FigureForm):
    """The stem names a region: letters choose one, Tab and arrows go through them, Enter picks."""

    draft: ClassVar[tuple[str, ...]] = ("_chosen",)
    around: ClassVar[tuple[str, ...]] = ("_focus",)

    def __init__(self, question: Hotspot, figure: Figure) -> None:
        super().__init__(question, figure)
        self._focus: int | None = None
        self._chosen: int | None = None

    @property
    def response(self) -> Response | None:
        """The region chosen."""
        return None if self._chosen is None else Pointed(self._zones[self._chosen].key, self._chosen)

    def restore(self, response: Response) -> None:
        """Choose again what was chosen."""
        if isinstance(response, Pointed):
            is_there = response.place < len(self._zones) and self._zones[response.place].key == response.region
            self._chosen = self._focus = response.place if is_there else None

    def blocks(self) -> Sequence[Block]:
        """Return the figure with letters, and where each letter lies in words."""
        look: dict[int, State] = {}
        if self._focus is not None:
            look[self._focus] = State.FOCUS
        if self._chosen is not None:
            look[self._chosen] = State.CHOSEN
        side = [
            (
                _sign(LETTERS[place], under_cursor=place == self._focus, chosen=place == self._chosen),
                say(self._figure.where(zone), "bold" if place == self._chosen else MUTED),
                place,
            )
            for place, zone in enumerate(self._zones)
        ]
        return self._drawn(look, LETTERS[: len(self._zones)], side)

    def letter(self, letter: str) -> bool:
        """Choose by letter."""
        place = LETTERS.index(letter)
        if place >= len(self._zones):
            return False
        self._chosen = self._focus = place
        return True

    def _to(self, place: int | None) -> bool:
        if place is not None:
            self._focus = place
            if self._chosen is not None:
                self._chosen = place
        return True

    def cycle(self, by: int) -> bool:
        """Go to the next region from top to bottom."""
        return self._to(moved(self._focus, by, len(self._zones)))

    def move(self, by: int) -> bool:
        """Go to the region below or above."""
        return self._to(0 if self._focus is None else neighbour(self._figure, self._focus, 0, by))

    def aside(self, by: int) -> bool:
        """Go to the region to the right or left."""
        return self._to(0 if self._focus is None else neighbour(self._figure, self._focus, by, 0))

    @property
    def is_picking(self) -> bool:
        """Whether an area is in focus."""
        return self._focus is not None

    def pick(self) -> bool:
        """Choose what is in focus."""
        if self._focus is None:
            return False
        self._chosen = self._focus
        return True

    def click(self, target: int) -> bool:
        """Choose; a click on what is chosen commits it."""
        commits = self._chosen == target
        self._chosen = self._focus = target
        return commits

    def point(self, target: int | None) -> bool:
        """Light what the mouse is over while nothing is chosen."""
        if self._chosen is not None or target == self._focus:
            return False
        self._focus = target
        return True

    def prompt(self) -> Content:
        """Say which keys point."""
        return keys_prompt(f"{LETTERS[0]}–{LETTERS[len(self._zones) - 1]}", "choose", "Tab ↑↓←→", "go", "⏎", "pick")


class NamingForm(OneOf, FigureForm):
    """A region is lit: letters choose its name."""

    first_target: ClassVar[int] = NAMES

    def __init__(self, question: Hotspot, figure: Figure) -> None:
        super().__init__(question, figure)
        self._lit = self._right[:1]
        named = {zone.name: (zone.key, place) for place, zone in reversed(list(enumerate(self._zones)))}
        self._names = sorted(named)
        self._targets = [named[name] for name in self._names]

    @property
    def _in_words(self) -> list[Block]:
        """Say which area is lit, as plain lines do."""
        return [Block(text=say(area_meant(self._question, self._figure)))]

    @property
    def _count(self) -> int:
        return len(self._names)

    @property
    def response(self) -> Response | None:
        """The region whose name was chosen."""
        return None if self._chosen is None else Pointed(*self._targets[self._chosen])

    def restore(self, response: Response) -> None:
        """Choose again what was chosen."""
        if isinstance(response, Pointed) and (response.region, response.place) in self._targets:
            self._chosen = self._cursor = self._targets.index((response.region, response.place))

    def blocks(self) -> Sequence[Block]:
        """Return the figure with one region lit, and the names."""
        look = dict.fromkeys(self._lit, State.FOCUS)
        side = [
            (
                _sign(LETTERS[place], under_cursor=place == self._cursor, chosen=place == self._chosen),
                say(name, "bold" if place == self._chosen else ""),
                NAMES + place,
            )
            for place, name in enumerate(self._names)
        ]
        labels = ["?" if place in self._lit else "" for place in range(len(self._zones))]
        return self._drawn(look, labels, side)

    def prompt(self) -> Content:
        """Say which letters name."""
        return choose_prompt(len(self._names), "name the lit area")


def _sign(letter: str, *, under_cursor: bool, chosen: bool) -> Content:
    """Return the sign of an area or a name that waits."""
    if chosen:
        return say(f"→ {letter}", f"bold {ACCENT}")
    return say(f"› {letter}" if under_cursor else f"  {letter}", ACCENT)


def _without_empty_end(drawing: Drawing) -> Drawing:
    """Leave out the rows below the last that shows anything, so that the caption is right under the figure."""
    shown = [place for place, row in enumerate(drawing.rows) if any(run.background or run.text.strip() for run in row)]
    end = shown[-1] + 1 if shown else len(drawing.rows)
    return replace(drawing, rows=drawing.rows[:end], targets=drawing.targets[:end])


def _places(drawing: Drawing) -> set[int]:
    """Return the places of the areas that can be seen."""
    return {place for row in drawing.targets for place in row if place is not None}


def _picture(drawing: Drawing) -> Block:
    rows = [line(*(_run(run) for run in row)) for row in drawing.rows]
    return Block(text=Content("\n").join(rows), wraps=False, above=1, cell_targets=drawing.targets)


def _run(run: Run) -> Content:
    style = " ".join(
        part
        for part in (
            "bold" if run.bold else "",
            "reverse" if run.reverse else "",
            run.foreground,
            f"on {run.background}" if run.background else "",
        )
        if part
    )
    return say(run.text, style)


def _as_many_as_fit(side: Sequence[Words], rows: int, look: Mapping[int, State]) -> Sequence[Words]:
    """Return all words if they are no taller than the figure, else those of what is chosen or under the cursor.

    Words taller than the figure would push the stem off the page; the letters on the figure are enough to choose.
    """
    if sum(len(text.wrap(SIDE_WORDS)) for _, text, _ in side) <= rows:
        return side
    seen = [words for words in side if words[2] in look]
    return seen or [
        (say(""), say("Each letter is on its area. The one under the cursor is described here.", MUTED), None)
    ]


def _beside(drawing: Drawing, side: Sequence[Words]) -> Block:
    """Put words to the right of a figure, each with a hanging indent; a click on them counts as well."""
    beside: list[tuple[Content, int | None]] = []
    for sign, text, place in side:
        for row, part in enumerate(text.wrap(SIDE_WORDS)):
            before = line(sign, " " * (SIGN_WIDTH - sign.cell_length)) if row == 0 else say(" " * SIGN_WIDTH)
            beside.append((line(before, part), place))
    rows, targets = [], []
    blank = " " * len(drawing.targets[0])
    for number in range(max(len(drawing.rows), len(beside))):
        has_row = number < len(drawing.rows)
        left = line(*(_run(run) for run in drawing.rows[number])) if has_row else say(blank)
        cells = list(drawing.targets[number]) if has_row else [None] * len(blank)
        if number < len(beside):
            words, place = beside[number]
            left = line(left, " " * GAP, words)
            cells += [*[None] * GAP, *[place] * words.cell_length]
        rows.append(left)
        targets.append(tuple(cells))
    return Block(text=Content("\n").join(rows), wraps=False, above=1, cell_targets=tuple(targets))
