"""How the views of a figure look: fills, textures, labels and marks by state and ink."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Protocol

from msgspec import Struct

from sciaquiz.deck.figure import Material, Stroke
from sciaquiz.figure.cells import SHAPES
from sciaquiz.figure.drawing import MARKS, PLAIN, Canvas, Ink, State, Style, canvas, spread
from sciaquiz.figure.labels import put
from sciaquiz.figure.layers import BODY, FIRST_DRAWN, ordered
from sciaquiz.figure.palette import BLACK, FADED, SIGNS, is_seen, named, palette, shade, text_on, towards
from sciaquiz.figure.raster import NOTHING, SAMPLES
from sciaquiz.figure.views import neighbours, tones

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.deck.figure import Figure, Shape
    from sciaquiz.figure.cells import Cell
    from sciaquiz.figure.labels import Label
    from sciaquiz.figure.views import Laid

TEXTURES = {State.CHOSEN: "░", State.WRONG: "╱"}
FAINT = 0.45
"""How far a texture is from its fill."""
CHOSEN = "*"
"""Without colour, every other cell of what was chosen."""
WHOLE = 80
UNFADED = (Material.NERVE, Material.VESSEL)
"""Thin, so that their tone has to carry when all else steps back behind what was right."""
BEHIND = 0.45
"""How far the tone of a shape is from that of a zone of its material."""
POINTER = "│"
LETTERLESS = ".:-+"
"""Fills of revealed zones without colour, one a tone; their names stand on them."""


class ViewLook(Struct, frozen=True, kw_only=True):
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
        materials = [region.material for view in self.figure.views for region in ordered(view)]
        filled = []
        for place, (zone, material) in enumerate(zip(self.figure.zones(), materials, strict=True)):
            state = self.state(place)
            if state is not State.WAITING:
                filled.append(colours.of(state))
            elif self.is_map and material is None:
                filled.append(named(zone.key, place, self.ink))
            elif self.is_map or not self.revealed or self.ink is Ink.SIXTEEN or material in UNFADED:
                filled.append(self._tone(place, materials))
            else:
                filled.append(towards(self._tone(place, materials), colours.ground, FADED))
        return tuple(filled)

    def _tone(self, place: int, materials: Sequence[Material | None]) -> str:
        """A zone's tone: of its material in a shade of its own, or neutral.

        Sixteen colours have no shades: there a zone beside one of its material is neutral.
        """
        colours, tone, material = palette(self.ink, dark=self.dark), tones(self.figure)[place], materials[place]
        if material is None:
            return colours.tones[tone]
        if self.ink is not Ink.SIXTEEN:
            return shade(colours.materials[material], tone, dark=self.dark)
        beside = [materials[other] for other in neighbours(self.figure).get(place, ()) if other < place]
        drawn = [shape.material for view in self.figure.views for shape in view.shapes]
        return colours.tones[tone] if material in (*beside, *drawn) else colours.materials[material]

    def parts(self) -> tuple[Shape | Stroke, ...]:
        """Return what is drawn beside the zones, in the order of its ids."""
        found: list[Shape | Stroke] = []
        for view in self.figure.views:
            found += [*view.shapes, *view.lines]
        return tuple(found)


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
    for written in laid.texts:
        for column, character in enumerate(written.cells, start=written.column):
            cells[written.row][column] = character, painter.on(laid.cells[written.row][column])
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


def _sign(part: Shape | Stroke) -> str:
    """What fills a shape or makes a line without colour."""
    return SIGNS[part.material] if part.material else POINTER


def _most(cell: Cell) -> int:
    """The id that has most of a cell."""
    return cell.front if 2 * SHAPES.get(cell.glyph, 0).bit_count() >= SAMPLES**2 else cell.back


class _Painter(Protocol):
    def cell(self, cell: Cell, row: int, column: int) -> tuple[str, Style]: ...

    def text(self, label: Label) -> Style: ...

    def on(self, cell: Cell) -> Style: ...


class _Colours:
    """Fills each zone with a colour."""

    def __init__(self, view_look: ViewLook) -> None:
        self._view_look = view_look
        self._body = palette(view_look.ink, dark=view_look.dark).body
        self._fills = view_look.fills()
        self._parts = view_look.parts()

    def cell(self, cell: Cell, row: int, column: int) -> tuple[str, Style]:
        """Return the block character of a cell, or the texture of a state."""
        if cell.front == NOTHING and not cell.is_full:
            return cell.glyph, Style(self._fill(cell.back), reverse=True)
        if not cell.is_full:
            return cell.glyph, Style(self._fill(cell.front, cell.back), self._fill(cell.back, cell.front))
        fill = self._fill(cell.back)
        texture = TEXTURES.get(self._view_look.state(cell.back - 1)) if cell.back < FIRST_DRAWN else None
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

    def on(self, cell: Cell) -> Style:
        """Return the style of a text of the author on a cell."""
        fill = self._fill(_most(cell))
        ink = text_on(fill) if fill else ""
        return Style(ink, fill, bold=ink != BLACK)

    def _fill(self, number: int, beside: int = NOTHING) -> str:
        """The colour of an id; a line that would not be seen on what is beside it is black or white there."""
        if number == NOTHING:
            return ""
        if number == BODY:
            return self._body
        if number < FIRST_DRAWN:
            return self._fills[number - 1]
        part = self._parts[number - FIRST_DRAWN]
        colours = palette(self._view_look.ink, dark=self._view_look.dark)
        colour = colours.pointer if part.material is None else colours.materials[part.material]
        if isinstance(part, Stroke):
            ground = "" if FIRST_DRAWN <= beside < BODY else self._fill(beside)
            return text_on(ground) if ground and not is_seen(colour, ground) else colour
        return colour if self._view_look.ink is Ink.SIXTEEN else towards(colour, colours.ground, BEHIND)


class _Letters:
    """Fills each zone with its own letter, for terminals without colour."""

    def __init__(self, laid: Laid, view_look: ViewLook) -> None:
        self._laid = laid
        self._view_look = view_look
        self._tones = tones(view_look.figure)
        self._parts = view_look.parts()

    def cell(self, cell: Cell, row: int, column: int) -> tuple[str, Style]:
        """Return the letter of the zone that has most of a cell; of a line, wherever there is some of it."""
        drawn = [self._parts[number - FIRST_DRAWN] for number in cell[1:] if FIRST_DRAWN <= number < BODY]
        line = next((part for part in drawn if isinstance(part, Stroke)), None)
        if line is not None:
            has_head = not cell.is_full and cell.glyph not in SHAPES
            return cell.glyph if has_head else _sign(line), Style(bold=True)
        place = self._laid.owners[row][column]
        if place is None:
            most = _most(cell)
            return (_sign(drawn[0]) if FIRST_DRAWN <= most < BODY else " "), PLAIN
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

    def on(self, cell: Cell) -> Style:
        """Return the style of a text of the author."""
        return Style(bold=True)

    def _letter(self, place: int) -> str:
        cells = spread(self._view_look.label(place), WHOLE)
        if self._view_look.revealed or len(cells) != 1:
            return LETTERLESS[self._tones[place]]
        return cells[0]
