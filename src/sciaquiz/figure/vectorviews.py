"""Views of a figure as SVG: the polygons and tones that cells are made of."""

from __future__ import annotations

from math import hypot
from typing import TYPE_CHECKING

from sciaquiz.deck.figure import Arrow
from sciaquiz.figure.drawing import Ink
from sciaquiz.figure.layers import areas, ordered
from sciaquiz.figure.palette import palette, towards
from sciaquiz.figure.raster import area as size_of
from sciaquiz.figure.svg import INK, LIT, LIT_FILL, PAPER, RADIUS, area, document, letter, line, path, said
from sciaquiz.figure.viewlook import BEHIND, ViewLook
from sciaquiz.figure.views import first_places

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sciaquiz.deck.figure import Figure, Point, Region, Shape, Stroke, View

WIDEST, HIGHEST = 600.0, 330.0
"""What a page has room for beside its margins, and about a third of its height."""
MARGIN = 40.0
"""Left and right of a view, for letters at the end of a leader."""
TITLE, BARE = 20.0, 6.0
THINNEST = 1.8
HEAD = 9.0
APART = 2 * RADIUS + 2
NARROW = 0.65 * RADIUS
"""From the point of a letter to the edge of its zone: where it is less, the letter would cover others."""


def views_svg(figure: Figure, name: str, labels: Sequence[str], lit: int | None) -> str:
    """Return the views of a figure side by side; `name` keeps what is defined in one SVG apart from another."""
    look = ViewLook(figure=figure, look={}, labels=(), ink=Ink.TRUE_COLOUR, dark=False, revealed=False)
    fills, firsts = look.fills(), first_places(figure)
    wide = sum(view.aspect for view in figure.views)
    high = min(HIGHEST, (WIDEST - 2 * MARGIN * len(figure.views)) / wide)
    top = TITLE if len(figure.views) > 1 else BARE
    parts: list[str] = []
    left = 0.0
    for number, view in enumerate(figure.views):
        drawn = _Drawn(view, left + MARGIN, top, high)
        zones = range(firsts[number], firsts[number + 1])
        tones = [LIT_FILL if zone == lit else fills[zone] for zone in zones]
        if len(figure.views) > 1:
            parts.append(said(view.title, drawn.left + drawn.width / 2, TITLE - 7, size=12))
        parts += drawn.parts(tones, f"{name}-{number}")
        if lit is None:
            parts += drawn.letters([labels[zone] for zone in zones])
        elif lit in zones:
            parts += drawn.letters([LIT if zone == lit else "" for zone in zones])
        left += drawn.width + 2 * MARGIN
    return document(left, top + high + BARE, parts)


_Layered = tuple[int, bool, float, str]
"""A layer, whether it is a line, minus the area, and what is drawn."""


class _Drawn:
    """One view at its place in the picture."""

    def __init__(self, view: View, left: float, top: float, high: float) -> None:
        self.view, self.left, self.top, self.high = view, left, top, high
        self.width = view.aspect * high

    def _at(self, point: Point) -> Point:
        return self.left + point[0] * self.width, self.top + point[1] * self.high

    def _all(self, points: Iterable[Point]) -> list[Point]:
        return [self._at(point) for point in points]

    def parts(self, tones: Sequence[str], clip: str) -> Iterator[str]:
        """Yield what is drawn in the order of the cells: by layer, lines last, small areas over large ones."""
        colours = palette(Ink.TRUE_COLOUR, dark=False)
        outline = self._all(self.view.outline)
        inside = f' clip-path="url(#{clip})" stroke="{PAPER}" stroke-width="0.8"'
        layers: list[_Layered] = []
        for region, tone in zip(ordered(self.view), tones, strict=True):
            layers += self._areas(region, tone, inside)
        for shape in self.view.shapes:
            layers += self._areas(shape, towards(colours.materials[shape.material], colours.ground, BEHIND), inside)
        for stroke in self.view.lines:
            colour = colours.pointer if stroke.material is None else colours.materials[stroke.material]
            layers.append((stroke.layer, True, 0.0, "".join(self._line(stroke, colour))))
        yield f'<clipPath id="{clip}"><path d="{path(outline)}"/></clipPath>'
        yield area(outline, colours.body)
        yield from (part for *_, part in sorted(layers, key=lambda layer: layer[:3]))
        yield area(outline, "none", f' stroke="{INK}" stroke-width="1.2" stroke-linejoin="round"')
        for note in self.view.texts:
            x, y = self._at(note.at)
            yield said(note.text, x, y + 4, size=11)

    def _areas(self, part: Region | Shape, tone: str, inside: str) -> Iterator[_Layered]:
        for polygon in areas(part):
            yield part.layer, False, -size_of(polygon), area(self._all(polygon), tone, inside)

    def _line(self, stroke: Stroke, colour: str) -> Iterator[str]:
        """Yield a line, with an edge that tells it from what it lies on, and its heads."""
        points, wide = self._all(stroke.points), max(THINNEST, stroke.width * self.high)
        dashes = f"{3 * wide:.1f} {2 * wide:.1f}" if stroke.dashed else ""
        yield line(points, PAPER, wide + 1.6)
        yield line(points, colour, wide, dashes=dashes)
        if stroke.arrow in (Arrow.START, Arrow.BOTH):
            yield _head(points[::-1], colour)
        if stroke.arrow in (Arrow.END, Arrow.BOTH):
            yield _head(points, colour)

    def letters(self, texts: Sequence[str]) -> Iterator[str]:
        """Yield each zone's text in a circle: in the zone, or beside the view at the end of a leader."""
        regions = ordered(self.view)
        taken: list[Point] = []
        leaders: list[str] = []
        circles: list[str] = []
        rooms = [self._room(region) for region in regions]
        for place in sorted(range(len(regions)), key=lambda place: -rooms[place]):
            if not texts[place]:
                continue
            point = self._at(regions[place].label)
            at = point
            if rooms[place] < NARROW or not _is_free(point, taken):
                at = self._beside(point, taken)
                leaders.append(line((at, point), PAPER, 2.6) + line((at, point), INK, 1.0))
                leaders.append(f'<circle cx="{point[0]:.1f}" cy="{point[1]:.1f}" r="2" fill="{INK}" stroke="{PAPER}"/>')
            taken.append(at)
            circles.append(letter(texts[place], at))
        yield from (*leaders, *circles)

    def _room(self, region: Region) -> float:
        """Return how far the edge of a region is from the point of its letter."""
        point = self._at(region.label)
        edges = [edge for polygon in areas(region) for edge in _edges(self._all(polygon))]
        return min(_distance(point, *edge) for edge in edges)

    def _beside(self, point: Point, taken: Sequence[Point]) -> Point:
        """Return the nearest free point left or right of the view."""
        sides = (self.left - MARGIN + RADIUS + 2, self.left + self.width + MARGIN - RADIUS - 2)
        steps = [step * APART / 2 for step in range(-40, 41)]
        ways = [
            (x, point[1] + step)
            for x in sides
            for step in steps
            if self.top + RADIUS <= point[1] + step <= self.top + self.high - RADIUS
        ]
        free = [way for way in ways if _is_free(way, taken)] or ways or [point]
        return min(free, key=lambda way: hypot(way[0] - point[0], 2 * (way[1] - point[1])))


def _is_free(point: Point, taken: Iterable[Point]) -> bool:
    return all(hypot(point[0] - x, point[1] - y) >= APART for x, y in taken)


def _edges(polygon: Sequence[Point]) -> Iterator[tuple[Point, Point]]:
    yield from zip(polygon, (*polygon[1:], polygon[0]), strict=True)


def _distance(point: Point, one: Point, other: Point) -> float:
    """Return how far a point is from a straight piece."""
    along, up = other[0] - one[0], other[1] - one[1]
    length = along * along + up * up
    part = ((point[0] - one[0]) * along + (point[1] - one[1]) * up) / length if length else 0.0
    part = min(1.0, max(0.0, part))
    return hypot(point[0] - one[0] - part * along, point[1] - one[1] - part * up)


def _head(points: Sequence[Point], colour: str) -> str:
    """Return the head at the end of a line."""
    x, y = points[-1]
    before = next((point for point in reversed(points) if point != points[-1]), (x, y - 1))
    length = hypot(x - before[0], y - before[1])
    along, up = (x - before[0]) / length, (y - before[1]) / length
    back, half = (x - along * HEAD, y - up * HEAD), HEAD / 2
    corners = ((x, y), (back[0] - up * half, back[1] + along * half), (back[0] + up * half, back[1] - along * half))
    return area(corners, colour, f' stroke="{PAPER}" stroke-width="0.8"')
