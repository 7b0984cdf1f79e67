"""Where arrow keys lead in a figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.figure.layers import ordered
from sciaquiz.figure.panels import grid

if TYPE_CHECKING:
    from sciaquiz.deck.figure import Figure

USUAL_COLUMNS = 3
BETWEEN = 0.3
"""Room between views, in their height."""
ACROSS = 2.0
"""How much more a step to the side of the key's direction costs than one along it."""


def neighbour(figure: Figure, place: int, dx: int, dy: int, *, size: tuple[int, int] = (0, 0)) -> int | None:
    """Return the zone that an arrow key leads to, or None at the edge. One of `dx` and `dy` is -1 or 1.

    In views it is the nearest label in a cone, or else the nearest on that side; up and down stay in the view. Panels
    go by their grid, which depends on `size`, the width and height that they are drawn in.
    """
    if figure.panels:
        found = grid(len(figure.panels), *size)
        return _beside(len(figure.panels), found.columns if found else USUAL_COLUMNS, place, dx, dy)
    points = _points(figure)
    view, x, y = points[place]
    best: tuple[bool, float, int] | None = None
    for other, (other_view, other_x, other_y) in enumerate(points):
        along = (other_x - x) * dx + (other_y - y) * dy
        aside = abs((other_x - x) * dy) + abs((other_y - y) * dx)
        if other == place or along <= 0 or (dy and other_view != view):
            continue
        candidate = (aside > along, along + ACROSS * aside, other)
        if best is None or candidate < best:
            best = candidate
    return None if best is None else best[2]


def _points(figure: Figure) -> list[tuple[int, float, float]]:
    """View, x and y of each zone's label, in the view's height; views stand side by side."""
    points, left = [], 0.0
    for number, view in enumerate(figure.views):
        points += [(number, left + region.label[0] * view.aspect, region.label[1]) for region in ordered(view)]
        left += view.aspect + BETWEEN
    return points


def _beside(count: int, columns: int, place: int, dx: int, dy: int) -> int | None:
    row, column = divmod(place, columns)
    to = (row + dy) * columns + column + dx
    return to if 0 <= column + dx < columns and 0 <= to < count else None
