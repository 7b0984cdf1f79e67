"""A view as samples: its regions, shapes and lines painted layer upon layer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.figure.raster import NOTHING, area, blank, clip, fill, polygon_of
from sciaquiz.figure.strokes import polygons

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.deck.figure import Region, Shape, View
    from sciaquiz.figure.raster import Polygon

FIRST_DRAWN = 100
"""The id of the first shape or line of a figure; below are places of zones + 1."""
BODY = 255
"""The id of what lies inside an outline and in nothing else."""


def ordered(view: View) -> list[Region]:
    """Return the regions of a view in the order of the figure's zones."""
    return sorted(view.regions, key=lambda region: (region.label[1], region.label[0]))


def samples(view: View, first: int, drawn: int, width: int, height: int, *, lines: bool = True) -> list[bytearray]:
    """Return the ids of a view's samples; its first region has the id `first`, its first shape `drawn`.

    In one layer small areas are painted over large ones, and lines last. Lines alone go on outside of the outline.
    """
    rows = blank(width, height)
    layers = [
        (region.layer, False, polygon, number)
        for number, region in enumerate(ordered(view), start=first)
        for polygon in areas(region)
    ]
    layers += [
        (shape.layer, False, polygon, number)
        for number, shape in enumerate(view.shapes, start=drawn)
        for polygon in areas(shape)
    ]
    first_line = drawn + len(view.shapes)
    if lines:
        layers += [
            (line.layer, True, polygon, number)
            for number, line in enumerate(view.lines, start=first_line)
            for polygon in polygons(line, width, height)
        ]
    for _, _, polygon, number in sorted(layers, key=lambda one: (one[0], one[1], 0 if one[1] else -area(one[2]))):
        fill(rows, polygon, number)
    clipped = clip(rows, view.outline, BODY)
    if lines and view.lines:
        for row, kept in zip(rows, clipped, strict=True):
            for at, number in enumerate(row):
                if number >= first_line and kept[at] == NOTHING:
                    kept[at] = number
    return clipped


def areas(part: Region | Shape) -> Iterator[Polygon]:
    """Yield what a region or shape covers."""
    yield from part.polygons
    if part.ellipse:
        yield polygon_of(part.ellipse)
