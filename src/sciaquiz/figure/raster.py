"""Polygons to samples: which zone is at each of 8 x 8 points of a terminal cell."""

from __future__ import annotations

from math import ceil, cos, pi, sin
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sciaquiz.deck.figure import Ellipse, Point

SAMPLES = 8
"""Samples a cell, across and down: eighths are the finest a block character shows."""

TALL = 2
"""Height of a cell for each unit of its width."""

NOTHING = 0
"""The id of a sample outside of everything."""

Polygon = tuple["Point", ...]


def blank(width: int, height: int) -> list[bytearray]:
    """Return sample rows for `width` x `height` cells, all NOTHING."""
    return [bytearray(width * SAMPLES) for _ in range(height * SAMPLES)]


def fill(rows: list[bytearray], polygon: Sequence[Point], number: int) -> None:
    """Paint a polygon (0..1 of the rows' extent) with an id, by the even-odd rule at the samples' centres."""
    for y, start, stop in _spans(polygon, len(rows[0]) if rows else 0, len(rows)):
        rows[y][start:stop] = bytes((number,)) * (stop - start)


def clip(rows: list[bytearray], outline: Sequence[Point], inside: int) -> list[bytearray]:
    """Return the rows cut off at an outline; what it holds beside the zones becomes `inside`."""
    table = bytes((inside, *range(1, 256)))
    clipped = [bytearray(len(row)) for row in rows]
    for y, start, stop in _spans(outline, len(rows[0]) if rows else 0, len(rows)):
        clipped[y][start:stop] = rows[y][start:stop].translate(table)
    return clipped


def polygon_of(ellipse: Ellipse, corners: int = 48) -> Polygon:
    """Return an ellipse as a polygon."""
    angles = (2 * pi * corner / corners for corner in range(corners))
    return tuple((ellipse.cx + ellipse.rx * cos(angle), ellipse.cy + ellipse.ry * sin(angle)) for angle in angles)


def area(polygon: Sequence[Point]) -> float:
    """Return the area of a polygon that does not cross itself."""
    edges = zip(polygon, (*polygon[1:], *polygon[:1]), strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in edges)) / 2


def _spans(polygon: Sequence[Point], width: int, height: int) -> Iterable[tuple[int, int, int]]:
    """Rows and half-open ranges of samples whose centres lie inside."""
    crossings: dict[int, list[float]] = {}
    for one, other in zip(polygon, (*polygon[1:], *polygon[:1]), strict=True):
        (x1, y1), (x2, y2) = (one, other) if one[1] < other[1] else (other, one)
        for row in range(max(0, int(max(0, y1) * height) - 1), min(height, int(min(1, y2) * height) + 1)):
            y = (row + 0.5) / height
            if y1 <= y < y2:
                crossings.setdefault(row, []).append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    for row in sorted(crossings):
        edges = sorted(crossings[row])
        for left, right in zip(edges[::2], edges[1::2], strict=True):
            start, stop = max(0, ceil(left * width - 0.5)), min(width, ceil(right * width - 0.5))
            if start < stop:
                yield row, start, stop
