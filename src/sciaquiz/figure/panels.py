"""Panels of piriformis and sciatic nerve: fills on whole rows, and nerves in lines whose levels come from the panel."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.figure import Course, Ellipse
from sciaquiz.figure.cells import Cell, fit
from sciaquiz.figure.courses import tracked
from sciaquiz.figure.raster import NOTHING, blank, fill, polygon_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.deck.figure import Panel, Point

MUSCLE, BONE, TIBIAL, FIBULAR = 1, 2, 3, 4
NARROWEST, LOWEST = 12, 8
USUAL_WIDTH, USUAL_HEIGHT = 16, 8
WIDEST, HIGHEST = 36, 13
APART = 3
"""Fewest columns between divisions that take different courses; those of an undivided nerve touch."""
SHOULDER = 0.62
"""How far along its length the muscle starts to taper."""


class Grid(Struct, frozen=True):
    """Panels in rows and columns, in cells. Each panel's first row is for its number."""

    columns: int
    width: int
    height: int
    row_gap: int
    column_gap: int
    left: int

    def corner(self, place: int) -> tuple[int, int]:
        """Row and column of a panel's upper left cell."""
        down, across = divmod(place, self.columns)
        return down * (self.height + self.row_gap), self.left + across * (self.width + self.column_gap)


@lru_cache(maxsize=64)
def grid(count: int, width: int, height: int) -> Grid | None:
    """Return the grid that draws `count` panels largest, or None where they would be too small."""
    grids = [found for columns in range(1, count + 1) if (found := _grid(count, columns, width, height))]
    return max(grids, key=lambda found: min(found.width / USUAL_WIDTH, found.height / USUAL_HEIGHT), default=None)


def _grid(count: int, columns: int, width: int, height: int) -> Grid | None:
    rows = -(-count // columns)
    across = min(WIDEST, (width - (columns - 1)) // columns)
    down = min(HIGHEST, (height - (rows - 1)) // rows)
    if across < NARROWEST or down < LOWEST:
        return None
    column_gap = min(4, (width - across * columns) // max(1, columns - 1))
    left = (width - across * columns - column_gap * (columns - 1)) // 2
    return Grid(columns, across, down, 1, column_gap, left)


class Levels(Struct, frozen=True):
    """Rows and columns of one panel below its number."""

    width: int
    height: int

    @property
    def muscle_rows(self) -> int:
        return 3 if self.height < 9 else 5

    @property
    def top(self) -> int:
        """The muscle's first row."""
        return 1 if self.height < 11 else 2

    @property
    def gap(self) -> int:
        """The row between the heads."""
        return self.top + self.muscle_rows // 2

    @property
    def bottom(self) -> int:
        """The muscle's last row."""
        return self.top + self.muscle_rows - 1

    @property
    def sacrum(self) -> int:
        return 2 if self.width < USUAL_WIDTH else 3

    @property
    def trochanter(self) -> int:
        """Its width; none where a nerve would run into it."""
        return 0 if self.width < NARROWEST + 2 else self.sacrum

    @property
    def end(self) -> int:
        """The column after the muscle."""
        return self.width - max(1, self.trochanter)

    def columns(self, *, together: bool) -> tuple[int, int]:
        """Columns of the tibial and of the fibular division."""
        tibial = self.sacrum + round((self.end - self.sacrum) * 0.28)
        return tibial, tibial + (1 if together else max(APART, self.width // 6))


@lru_cache(maxsize=32)
def drawn(panel: Panel, width: int, height: int) -> tuple[tuple[Cell, ...], ...]:
    """Draw a panel without its number in `height` rows.

    The ids in the cells are MUSCLE, BONE, TIBIAL, FIBULAR, or those of `tracked`.
    """
    if panel.layers:
        return tracked(panel, width, height)
    levels = Levels(width, height)
    rows = blank(width, height)
    for polygon, material in fills(levels, split=panel.split):
        fill(rows, [(x / width, y / height) for x, y in polygon], material)
    fitted = fit(rows)
    cells = fitted.cells
    for row, column, glyph, division in _nerves(panel, levels):
        cells[row][column] = Cell(glyph, division, fitted.owners[row][column])
    return tuple(tuple(row) for row in cells)


def fills(levels: Levels, *, split: bool) -> Iterator[tuple[tuple[Point, ...], int]]:
    """Polygons in cells, the later over the earlier."""
    left, right, top, bottom = levels.sacrum, levels.end, levels.top, levels.bottom + 1
    middle, length = levels.gap + 0.5, right - left
    shoulder, drop = left + length * SHOULDER, 0.35
    yield (
        (
            (left - 1, top),
            (shoulder, top + drop),
            (right + 0.5, middle - 0.5),
            (right + 0.5, middle + 0.5),
            (shoulder, bottom - drop),
            (left - 1, bottom),
        ),
        MUSCLE,
    )
    if split:
        fork = left + length * 0.75
        yield ((left, middle - 0.5), (fork, middle - 0.5), (fork, middle + 0.5), (left, middle + 0.5)), NOTHING
    yield ((0, top - 0.75), (left, top - 0.25), (left, bottom), (left - 1, bottom + 0.75), (0, bottom + 0.75)), BONE
    if levels.trochanter:
        half = levels.trochanter / 2
        yield polygon_of(Ellipse(cx=levels.width - half, cy=middle, rx=half, ry=1.5)), BONE


def _nerves(panel: Panel, levels: Levels) -> Iterator[tuple[int, int, str, int]]:
    """Yield row, column, line and division; the hidden parts first, because what lies upon the muscle covers them."""
    together = panel.tibial == panel.fibular
    tibial, fibular = levels.columns(together=together)
    divisions = ((panel.tibial, tibial, TIBIAL), (panel.fibular, fibular, FIBULAR))
    for course, column, division in divisions:
        if not (together and division == FIBULAR):
            stop = column - 1 if course is Course.ABOVE else column
            yield from ((hidden_row(course, levels), at, "╌", division) for at in range(levels.sacrum + 1, stop))
    for course, column, division in divisions:
        follows = together and division == FIBULAR
        row = hidden_row(course, levels)
        match course:
            case Course.ABOVE:
                row = levels.top - 1
                yield row, column, "┓", division
                if not follows:
                    yield row, column - 1, "┏", division
                    yield levels.top, column - 1, "╯", division
            case Course.THROUGH:
                yield row, column, "┓", division
            case Course.BELOW:
                yield row, column, "╮", division
        yield from ((below, column, "┃", division) for below in range(row + 1, levels.height - 1))
        yield levels.height - 1, column, "t" if division == TIBIAL else "p", division


def hidden_row(course: Course, levels: Levels) -> int:
    """The row in which a division runs deep to the muscle."""
    match course:
        case Course.ABOVE:
            return levels.top
        case Course.THROUGH:
            return levels.gap
        case Course.BELOW:
            return levels.bottom
