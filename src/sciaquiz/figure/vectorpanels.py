"""Panels of a figure as SVG: layers across, and courses that are dashed where they lie deep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.figure import Course, Material, Pass
from sciaquiz.figure.drawing import Ink
from sciaquiz.figure.palette import palette
from sciaquiz.figure.panels import BONE, MUSCLE, Levels, fills, hidden_row
from sciaquiz.figure.svg import INK, LIT, PAPER, RADIUS, area, document, letter, line, said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sciaquiz.deck.figure import Panel, Point, Track

COLUMNS = 4
ACROSS, DOWN = 24, 11
"""A panel in the units in which piriformis and nerve are laid out."""
UNIT_X, UNIT_Y = 5.8, 11.6
WIDE, HIGH = ACROSS * UNIT_X, DOWN * UNIT_Y
GAP = 10.0
HEAD = 2 * RADIUS + 8
"""Room above a panel for its letter."""
NERVE = 3.4
DASHES = "3 3"


def panels_svg(panels: Sequence[Panel], labels: Sequence[str], lit: int | None) -> str:
    """Return panels in rows, each with its letter above it, or only one of them marked."""
    columns = min(COLUMNS, len(panels))
    parts: list[str] = []
    for place, panel in enumerate(panels):
        down, across = divmod(place, columns)
        left, top = GAP / 2 + across * (WIDE + GAP), down * (HEAD + HIGH + GAP)
        parts.append(f'<g transform="translate({left:.1f} {top + HEAD:.1f})">')
        edge = 2.4 if place == lit else 0.8
        parts.append(
            f'<rect width="{WIDE:.1f}" height="{HIGH:.1f}" fill="{PAPER}" stroke="{INK}" stroke-width="{edge}"/>'
        )
        parts += _tracked(panel) if panel.layers else _nerves(panel)
        parts.append("</g>")
        if lit is None or place == lit:
            parts.append(letter(LIT if place == lit else labels[place], (left + WIDE / 2, top + HEAD / 2)))
    rows = -(-len(panels) // columns)
    return document(columns * (WIDE + GAP), rows * (HEAD + HIGH + GAP), parts)


def _tracked(panel: Panel) -> Iterator[str]:
    """Yield layers as bands, and courses that run down over, under or through them."""
    colours = palette(Ink.TRUE_COLOUR, dark=False)
    count = len(panel.layers)
    gap = 16.0
    high = min(46.0, (HIGH - 34.0 - gap * (count - 1)) / count)
    first = (HIGH - 14.0 - high * count - gap * (count - 1)) / 2
    tops = [first + place * (high + gap) for place in range(count)]
    for layer, top in zip(panel.layers, tops, strict=True):
        fill = colours.muscle if layer.material is Material.MUSCLE else colours.materials[layer.material]
        heads = [(top, top + high)]
        if layer.split:
            heads = [(top, top + high * 0.42), (top + high * 0.58, top + high)]
        for start, stop in heads:
            yield area(((0.8, start), (WIDE - 0.8, start), (WIDE - 0.8, stop), (0.8, stop)), fill)
    apart = min(28.0, WIDE * 0.5 / len(panel.courses))
    for place, course in enumerate(panel.courses):
        x = 16.0 + apart * place
        yield from _course(course, x, tops, high, _colour(panel, place))
        yield said(course.mark, x, HIGH - 4, size=11, bold=True)
    for layer, top in zip(panel.layers, tops, strict=True):
        yield said(layer.name, WIDE - 5, top + high - 4, size=9.5, anchor="end")


def _course(course: Track, x: float, tops: Sequence[float], high: float, colour: str) -> Iterator[str]:
    """Yield the pieces of a course: whole where it is seen, dashed where it is covered."""
    deep = []
    for how, top in zip(course.passes, tops, strict=True):
        if how is Pass.UNDER:
            deep.append((top, top + high))
        elif how is Pass.THROUGH:
            deep.append((top, top + high / 2))
    at = 4.0
    for start, stop in deep:
        yield line(((x, at), (x, start)), colour, NERVE)
        yield line(((x, start), (x, stop)), colour, NERVE * 0.6, dashes=DASHES)
        at = stop
    yield line(((x, at), (x, HIGH - 15)), colour, NERVE)


def _colour(panel: Panel, place: int) -> str:
    colours, material = palette(Ink.TRUE_COLOUR, dark=False), panel.courses[place].material
    if material is not Material.NERVE:
        return colours.materials[material]
    nerves = [number for number, course in enumerate(panel.courses) if course.material is material]
    return (colours.tibial, colours.fibular)[nerves.index(place) % 2]


def _nerves(panel: Panel) -> Iterator[str]:
    """Yield piriformis, bones, and the two divisions of the sciatic nerve."""
    colours = palette(Ink.TRUE_COLOUR, dark=False)
    levels = Levels(ACROSS, DOWN)
    tones = {MUSCLE: colours.muscle, BONE: colours.bone}
    for polygon, material in fills(levels, split=panel.split):
        yield area([_at(point) for point in polygon], tones.get(material, PAPER))
    together = panel.tibial == panel.fibular
    tibial, fibular = levels.columns(together=together)
    divisions = ((panel.tibial, tibial, colours.tibial), (panel.fibular, fibular, colours.fibular))
    for course, column, colour in divisions:
        if not (together and column == fibular):
            row = hidden_row(course, levels) + 0.5
            hidden = [_at((levels.sacrum + 0.2, row)), _at((column + 0.5 - (course is Course.ABOVE), row))]
            yield line(hidden, colour, NERVE * 0.6, dashes=DASHES)
    for (course, column, colour), mark in zip(divisions, "tp", strict=True):
        x, row = column + 0.5, hidden_row(course, levels) + 0.5
        seen: list[Point] = [(x, row), (x, DOWN - 1.2)]
        if course is Course.ABOVE:
            top = levels.top - 0.5
            start = [(x, top)] if together and column == fibular else [(x - 1, row), (x - 1, top), (x, top)]
            seen = [*start, (x, DOWN - 1.2)]
        yield line([_at(point) for point in seen], PAPER, NERVE + 1.6)
        yield line([_at(point) for point in seen], colour, NERVE)
        yield said(mark, x * UNIT_X, HIGH - 4, size=11, bold=True)


def _at(point: Point) -> Point:
    return min(max(point[0] * UNIT_X, 0.8), WIDE - 0.8), point[1] * UNIT_Y
