"""Lines as polygons, dashes and heads, at every size thick enough to be seen."""

from __future__ import annotations

from itertools import pairwise
from math import hypot
from typing import TYPE_CHECKING

from sciaquiz.deck.figure import Arrow, Ellipse
from sciaquiz.figure.raster import SAMPLES, TALL, polygon_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sciaquiz.deck.figure import Point, Stroke
    from sciaquiz.figure.raster import Polygon

THINNEST = 3.5
"""Samples across: of three in a row, a block element always shows some."""
DASH = float(SAMPLES)
"""A dash, and the gap after it: a row of cells, or two columns."""
JOINT_CORNERS = 12
HALF_A_ROW = 0.5
"""How far before its end the head of a line stands, so that it is in the end's own cell."""


def polygons(stroke: Stroke, width: int, height: int) -> list[Polygon]:
    """Return what a line covers (0..1) in a view of so many cells.

    Lengths are in samples down; a sample is TALL times as tall as wide.
    """
    across, down = width * SAMPLES, height * SAMPLES
    points = [(x * across / TALL, y * down) for x, y in stroke.points]
    thick = stroke.width * down
    half = max(thick, THINNEST / TALL) / 2, max(thick, THINNEST) / 2
    covered: list[Polygon] = []
    for piece in _dashes(points) if stroke.dashed else [points]:
        covered += [_bar(one, other, half) for one, other in pairwise(piece) if one != other]
        covered += [polygon_of(Ellipse(cx=x, cy=y, rx=half[0], ry=half[1]), JOINT_CORNERS) for x, y in piece[1:-1]]
    return [tuple((x * TALL / across, y / down) for x, y in polygon) for polygon in covered]


def _bar(one: Point, other: Point, half: tuple[float, float]) -> Polygon:
    """A straight piece; it is thicker down than across where it would be too thin to be seen."""
    (x1, y1), (x2, y2), (wide, tall) = one, other, half
    along, up = (x2 - x1) / wide, (y2 - y1) / tall
    length = hypot(along, up)
    aside, over = -up / length * wide, along / length * tall
    return (x1 + aside, y1 + over), (x2 + aside, y2 + over), (x2 - aside, y2 - over), (x1 - aside, y1 - over)


def heads(stroke: Stroke, width: int, height: int) -> list[tuple[Point, str]]:
    """Return the ends of a line that have a head (0..1), with the character that points there."""
    ends = []
    if stroke.arrow in (Arrow.START, Arrow.BOTH):
        ends.append(stroke.points[::-1])
    if stroke.arrow in (Arrow.END, Arrow.BOTH):
        ends.append(stroke.points)
    found = []
    for points in ends:
        x, y = points[-1]
        from_x, from_y = next(point for point in reversed(points) if point != points[-1])
        along, up = (x - from_x) * width / TALL, (y - from_y) * height
        back = min(1.0, HALF_A_ROW / hypot(along, up))
        level = ("◄", "►")[along > 0]
        glyph = level if abs(along) > abs(up) else ("▲", "▼")[up > 0]
        found.append(((x - (x - from_x) * back, y - (y - from_y) * back), glyph))
    return found


def _dashes(points: Sequence[Point]) -> Iterator[list[Point]]:
    """The pieces of a line that are drawn, the first at its beginning."""
    left, drawn = DASH, True
    piece = [points[0]]
    for (x1, y1), (x2, y2) in pairwise(points):
        length, done = hypot(x2 - x1, y2 - y1), 0.0
        while length - done > left:
            done += left
            at = x1 + (x2 - x1) * done / length, y1 + (y2 - y1) * done / length
            if drawn:
                yield [*piece, at]
            piece, drawn, left = [at], not drawn, DASH
        left -= length - done
        piece.append((x2, y2))
    if drawn and len(piece) > 1:
        yield piece
