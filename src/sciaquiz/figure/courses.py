"""Panels of any courses past any layers: bands across, and lines that run down over, under or through them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sciaquiz.deck.figure import Pass
from sciaquiz.figure.cells import Cell, fit
from sciaquiz.figure.drawing import spread
from sciaquiz.figure.raster import NOTHING, blank, fill

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.deck.figure import Panel

FIRST_LAYER, FIRST_COURSE, NAME = 10, 20, 30
"""Ids in the cells: layers and courses by their places; NAME is the ink of what a layer is called."""
LEFT, APART, FARTHEST_APART = 2, 3, 6
HIGHEST_BAND = 4
SPLIT, HIGHEST_SPLIT = 3, 5
"""Rows of a layer with two heads and the gap between them."""
SHORTEST_NAME = 3


@lru_cache(maxsize=64)
def tracked(panel: Panel, width: int, height: int) -> tuple[tuple[Cell, ...], ...]:
    """Draw a panel without its number in `height` rows."""
    rows = blank(width, height)
    bands = _bands(panel, height)
    for number, (layer, band) in enumerate(zip(panel.layers, bands, strict=True), start=FIRST_LAYER):
        _strip(rows, band.start, band.stop, width, height, number)
        if layer.split:
            gap = band[len(band) // 2]
            _strip(rows, gap, gap + 1, width, height, NOTHING)
    fitted = fit(rows)
    for row, column, glyph, number in (*_names(panel, bands, width), *_lines(panel, bands, width, height)):
        fitted.cells[row][column] = Cell(glyph, number, fitted.owners[row][column])
    return tuple(tuple(row) for row in fitted.cells)


def _bands(panel: Panel, height: int) -> list[range]:
    """The rows of each layer; the first row and the last are free, and one between two.

    A layer with two heads has an odd number of rows, so that the gap is a whole one.
    """
    count = len(panel.layers)
    room = height - 2 - (count - 1)
    high = min(HIGHEST_BAND, room // count)
    heads = min(HIGHEST_SPLIT, max(SPLIT, high - (high + 1) % 2))
    if any(layer.split for layer in panel.layers):
        high = min(high, (room - heads) // max(1, count - 1))
    heights = [heads if layer.split else high for layer in panel.layers]
    bands, top = [], 1 + (room - sum(heights)) // 2
    for rows in heights:
        bands.append(range(top, top + rows))
        top += rows + 1
    return bands


def _strip(rows: list[bytearray], top: int, bottom: int, width: int, height: int, number: int) -> None:
    corners = ((0.0, top), (width, top), (width, bottom), (0.0, bottom))
    fill(rows, [(x / width, y / height) for x, y in corners], number)


def _columns(count: int, width: int) -> range:
    apart = max(APART, min(FARTHEST_APART, width * 6 // 10 // count))
    return range(LEFT, LEFT + apart * count, apart)


def _names(panel: Panel, bands: list[range], width: int) -> Iterator[tuple[int, int, str, int]]:
    """What each layer is called, at its right end, where there is room beside the courses."""
    room = width - _columns(len(panel.courses), width)[-1] - 3
    for layer, band in zip(panel.layers, bands, strict=True):
        text = spread(layer.name, room) if room >= SHORTEST_NAME else ()
        for column, sign in enumerate(text, start=width - 1 - len(text)):
            yield band.stop - 1, column, sign, NAME


def _lines(panel: Panel, bands: list[range], width: int, height: int) -> Iterator[tuple[int, int, str, int]]:
    for number, (course, column) in enumerate(
        zip(panel.courses, _columns(len(panel.courses), width), strict=True), start=FIRST_COURSE
    ):
        glyphs = dict.fromkeys(range(height - 1), "┃")
        for how, band in zip(course.passes, bands, strict=True):
            for row in band:
                glyphs[row] = _glyph(how, row - band.start, len(band))
        yield from ((row, column, glyph, number) for row, glyph in glyphs.items())
        yield height - 1, column, course.mark, number


def _glyph(how: Pass, row: int, rows: int) -> str:
    """What a course looks like in a row of a layer: dashed where it is deep."""
    if how is Pass.THROUGH and rows == 1:
        return "╽"
    is_deep = how is Pass.UNDER or (how is Pass.THROUGH and 2 * row + 1 < rows)
    return "╎" if is_deep else "┃"
