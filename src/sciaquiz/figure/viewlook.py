"""How the views of a figure look: fills, textures, labels and marks by state and ink."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from sciaquiz.figure.drawing import MARKS, PLAIN, Canvas, Ink, State, Style, canvas
from sciaquiz.figure.labels import put, spread
from sciaquiz.figure.palette import BLACK, FADED, named, palette, text_on, towards
from sciaquiz.figure.raster import NOTHING
from sciaquiz.figure.views import BODY, tones

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.deck.figure import Figure
    from sciaquiz.figure.cells import Cell
    from sciaquiz.figure.labels import Label
    from sciaquiz.figure.views import Laid

TEXTURES = {State.CHOSEN: "░", State.WRONG: "╱"}
FAINT = 0.45
"""How far a texture is from its fill."""
CHOSEN = "*"
"""Without colour, every other cell of what was chosen."""
WHOLE = 80
LETTERLESS = ".:-+"
"""Fills of revealed zones without colour, one a tone; their names stand on them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLook:
    """Everything that colours depend on."""

    figure: Figure
    look: Mapping[int, State]
    labels: Sequence[str]
    ink: Ink
    dark: bool
    revealed: bool

    def state(self, place: int) -> State:
        return self.look.get(place, State.WAITING)

    def label(self, place: int) -> str:
        return self.labels[place] if place < len(self.labels) else ""

    @property
    def is_map(self) -> bool:
        """Whether names are shown and nothing was judged."""
        return self.revealed and not any(state in (State.RIGHT, State.WRONG) for state in self.look.values())

    def fills(self) -> tuple[str, ...]:
        """The colour of each zone. Only a map has the named colours."""
        colours = palette(self.ink, dark=self.dark)
        filled = []
        for place, (zone, tone) in enumerate(zip(self.figure.zones(), tones(self.figure), strict=True)):
            state = self.state(place)
            if state is not State.WAITING:
                filled.append(colours.of(state))
            elif not self.revealed:
                filled.append(colours.tones[tone])
            elif self.is_map:
                filled.append(named(zone.key, place, self.ink))
            elif self.ink is Ink.SIXTEEN:
                filled.append(colours.tones[tone])
            else:
                filled.append(towards(colours.tones[tone], colours.ground, FADED))
        return tuple(filled)


def view_cells(laid: Laid, view_look: ViewLook) -> tuple[Canvas, list[list[int | None]]]:
    """Return the cells of laid-out views and the zone under each, labels and leaders included."""
    painter: _Painter = _Letters(laid, view_look) if view_look.ink is Ink.NONE else _Colours(view_look)
    cells = canvas(len(laid.cells[0]), len(laid.cells))
    for row, line in enumerate(laid.cells):
        for column, cell in enumerate(line):
            if cell.back != NOTHING or cell.front != NOTHING:
                cells[row][column] = painter.cell(cell, row, column)
    targets = [list(row) for row in laid.targets]
    _write_titles(laid, cells)
    texts = tuple(view_look.label(place) for place in laid.places)
    for label in put(laid, texts):
        _write(label, view_look.state(label.place), painter, cells, targets)
    return cells, targets


def _write_titles(laid: Laid, cells: Canvas) -> None:
    """Write each view's title above it, as far as it does not run into the next."""
    middles = [(one.column + one.width + other.column) // 2 for one, other in pairwise(laid.boxes)]
    for box, start, stop in zip(laid.boxes, (0, *middles), (*middles, len(cells[0]) + 1), strict=True):
        title = spread(box.view.title, stop - start - 1)
        left = max(start, min(box.column + (box.width - len(title)) // 2, stop - 1 - len(title)))
        for column, character in enumerate(title, start=left):
            cells[0][column] = character, PLAIN


def _write(label: Label, state: State, painter: _Painter, cells: Canvas, targets: list[list[int | None]]) -> None:
    """Write a label with its mark and leader, and let it be hit."""
    for column in label.leader:
        cells[label.row][column] = "─", PLAIN
        targets[label.row][column] = label.place
    style = painter.text(label)
    written = list(enumerate(label.text, start=label.column))
    if MARKS[state] and label.mark is not None:
        written.append((label.mark, MARKS[state]))
    for column, character in written:
        cells[label.row][column] = character, style
        targets[label.row][column] = label.place


class _Painter(Protocol):
    def cell(self, cell: Cell, row: int, column: int) -> tuple[str, Style]: ...

    def text(self, label: Label) -> Style: ...


class _Colours:
    """Fills each zone with a colour."""

    def __init__(self, view_look: ViewLook) -> None:
        self._view_look = view_look
        self._body = palette(view_look.ink, dark=view_look.dark).body
        self._fills = view_look.fills()

    def cell(self, cell: Cell, row: int, column: int) -> tuple[str, Style]:
        """Return the block character of a cell, or the texture of a state."""
        if cell.front == NOTHING and not cell.is_full:
            return cell.glyph, Style(self._fill(cell.back), reverse=True)
        if not cell.is_full:
            return cell.glyph, Style(self._fill(cell.front), self._fill(cell.back))
        fill = self._fill(cell.back)
        texture = None if cell.back == BODY else TEXTURES.get(self._view_look.state(cell.back - 1))
        if texture is None:
            return " ", Style(background=fill)
        ink = text_on(fill)
        return texture, Style(ink if self._view_look.ink is Ink.SIXTEEN else towards(fill, ink, FAINT), fill)

    def text(self, label: Label) -> Style:
        """Return the style of a label: on its zone's fill, or plain at the end of a leader."""
        if label.leader and self._view_look.state(label.place) is State.WAITING:
            return Style(bold=True)
        fill = self._fills[label.place]
        ink = text_on(fill)
        return Style(ink, fill, bold=self._view_look.ink is Ink.TRUE_COLOUR or ink != BLACK)

    def _fill(self, number: int) -> str:
        if number == NOTHING:
            return ""
        return self._body if number == BODY else self._fills[number - 1]


class _Letters:
    """Fills each zone with its own letter, for terminals without colour."""

    def __init__(self, laid: Laid, view_look: ViewLook) -> None:
        self._laid = laid
        self._view_look = view_look
        self._tones = tones(view_look.figure)

    def cell(self, cell: Cell, row: int, column: int) -> tuple[str, Style]:
        """Return the letter of the zone that has most of a cell."""
        place = self._laid.owners[row][column]
        if place is None:
            return " ", PLAIN
        state = self._view_look.state(place)
        letter = self._letter(place)
        match state:
            case State.RIGHT | State.WRONG:
                return MARKS[state], Style(bold=True)
            case State.CHOSEN:
                return letter if column % 2 else CHOSEN, Style(bold=True)
            case State.FOCUS:
                return letter, Style(reverse=True)
            case State.WAITING:
                return letter, PLAIN

    def text(self, label: Label) -> Style:
        """Return the style of a label: bold, and reversed where its zone is."""
        return Style(bold=True, reverse=self._view_look.state(label.place) is State.FOCUS)

    def _letter(self, place: int) -> str:
        cells = spread(self._view_look.label(place), WHOLE)
        if self._view_look.revealed or len(cells) != 1:
            return LETTERLESS[self._tones[place]]
        return cells[0]
