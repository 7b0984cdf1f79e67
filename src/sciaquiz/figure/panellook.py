"""How panels look: a bar with the number above each, which also shows its state."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.figure import Material
from sciaquiz.figure.courses import FIRST_COURSE, FIRST_LAYER, NAME
from sciaquiz.figure.drawing import MARKS, PLAIN, Canvas, Ink, State, Style, canvas, spread
from sciaquiz.figure.palette import BLACK, SIGNS, is_seen, palette, text_on
from sciaquiz.figure.panels import BONE, FIBULAR, MUSCLE, TIBIAL, drawn
from sciaquiz.figure.raster import NOTHING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.deck.figure import Panel
    from sciaquiz.figure.cells import Cell
    from sciaquiz.figure.panels import Grid

WITHOUT_COLOUR = {NOTHING: " ", MUSCLE: "░", BONE: "#"}
RULE = "─"
RULES = {State.WAITING: RULE, State.FOCUS: "═", State.CHOSEN: "•", State.RIGHT: "✓", State.WRONG: "✗"}
"""What the bar is made of without colour."""


class PanelLook(Struct, frozen=True, kw_only=True):
    """Everything that colours depend on."""

    panels: Sequence[Panel]
    look: Mapping[int, State]
    labels: Sequence[str]
    ink: Ink
    dark: bool


def panel_cells(grid: Grid, panel_look: PanelLook, width: int, height: int) -> tuple[Canvas, list[list[int | None]]]:
    """Return the cells of all panels and the panel under each; a panel is one target."""
    cells = canvas(width, height)
    targets: list[list[int | None]] = [[None] * width for _ in range(height)]
    for place, panel in enumerate(panel_look.panels):
        row, column = grid.corner(place)
        across = slice(column, column + grid.width)
        cells[row][across] = _bar(panel_look, place, grid.width)
        for below, line in enumerate(drawn(panel, grid.width, grid.height - 1), start=row + 1):
            cells[below][across] = [_painted(cell, panel, panel_look) for cell in line]
        for below in range(row, row + grid.height):
            targets[below][across] = [place] * grid.width
    return cells, targets


def _bar(panel_look: PanelLook, place: int, width: int) -> list[tuple[str, Style]]:
    state = panel_look.look.get(place, State.WAITING)
    label = panel_look.labels[place] if place < len(panel_look.labels) else ""
    text = spread(f" {MARKS[state]}{label} ", width)
    left = (width - len(text)) // 2
    padded = (*" " * left, *text, *" " * (width - left - len(text)))
    if panel_look.ink is Ink.NONE:
        style = Style(bold=True, reverse=state is State.FOCUS)
        return [(padded[at] if left <= at < left + len(text) else RULES[state], style) for at in range(width)]
    colours = palette(panel_look.ink, dark=panel_look.dark)
    fill = colours.body if state is State.WAITING else colours.of(state)
    ink = text_on(fill)
    style = Style(ink, fill, bold=panel_look.ink is Ink.TRUE_COLOUR or ink != BLACK)
    return [(character, style) for character in padded]


def _painted(cell: Cell, panel: Panel, panel_look: PanelLook) -> tuple[str, Style]:
    is_line = cell.front in (TIBIAL, FIBULAR) or cell.front >= FIRST_COURSE
    if panel_look.ink is Ink.NONE:
        if is_line:
            return cell.glyph, Style(bold=True)
        number = cell.back if cell.is_full else cell.front or cell.back
        has_material = number >= FIRST_LAYER
        sign = SIGNS[panel.layers[number - FIRST_LAYER].material] if has_material else WITHOUT_COLOUR[number]
        return sign, PLAIN
    front, back = _colour(cell.front, panel, panel_look), _colour(cell.back, panel, panel_look)
    if cell.is_full:
        return " ", Style(background=back)
    if cell.front == NOTHING:
        return cell.glyph, Style(back, reverse=True)
    if cell.front >= FIRST_COURSE and back and (cell.front == NAME or not is_seen(front, back)):
        front = text_on(back)
    return cell.glyph, Style(front, back, bold=is_line and front != BLACK)


def _colour(number: int, panel: Panel, panel_look: PanelLook) -> str:
    """The colour of an id; of two nerves in one panel the second has another."""
    colours = palette(panel_look.ink, dark=panel_look.dark)
    if number < FIRST_LAYER:
        return ("", colours.muscle, colours.bone, colours.tibial, colours.fibular)[number]
    if number < FIRST_COURSE:
        material = panel.layers[number - FIRST_LAYER].material
        return colours.muscle if material is Material.MUSCLE else colours.materials[material]
    if number == NAME:
        return ""
    material = panel.courses[number - FIRST_COURSE].material
    if material is Material.NERVE:
        nerves = [place for place, course in enumerate(panel.courses) if course.material is material]
        return (colours.tibial, colours.fibular)[nerves.index(number - FIRST_COURSE) % 2]
    return colours.materials[material]
