"""What of a figure nobody would see: found by drawing it as small and as large as the app does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.figure.draw import shown
from sciaquiz.figure.panels import grid
from sciaquiz.figure.views import first_drawn, first_places

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.deck.figure import Figure
    from sciaquiz.figure.views import Laid

VIEW_AREAS = ((38, 14), (78, 22))
"""Cells that the page of a question has for views in terminals of 80 x 24 and 120 x 40."""
PANEL_AREAS = ((76, 17), (116, 22))
TERMINALS = ("80×24", "120×40")

Unseen = tuple[tuple[str | int, ...], str]
"""Where in the figure, and what is the matter."""


def unseen(figure: Figure) -> Iterator[Unseen]:
    """Yield what cannot be drawn or seen in a terminal of usual size; each fault once."""
    told: set[tuple[str | int, ...]] = set()
    for terminal, view_area, panel_area in zip(TERMINALS, VIEW_AREAS, PANEL_AREAS, strict=True):
        if figure.panels and grid(len(figure.panels), *panel_area) is None:
            yield ("panels",), f"{len(figure.panels)} panels have no room in a terminal of {terminal}"
            return
        for number, first in enumerate(first_places(figure)[:-1]):
            laid = shown(figure, *view_area, first)
            found = [(("views", number), "has no room with a letter and a short name for each region")]
            for where, what in found if laid is None else _unseen_in(figure, number, laid):
                if where not in told:
                    told.add(where)
                    yield where, f"{what} in a terminal of {terminal}"


def _unseen_in(figure: Figure, number: int, laid: Laid) -> Iterator[Unseen]:
    """What does not show of one view where it is laid out: too small, under something else, or over another text."""
    view = figure.views[number]
    ids = {drawn for row in laid.cells for cell in row for drawn in cell[1:]}
    first_shape = first_drawn(figure)[number]
    first_line = first_shape + len(view.shapes)
    for place, _ in enumerate(view.shapes):
        if first_shape + place not in ids:
            yield ("views", number, "shapes", place), "nothing of this shape is seen"
    for place, _ in enumerate(view.lines):
        if first_line + place not in ids:
            yield ("views", number, "lines", place), "nothing of this line is seen"
    first = first_places(figure)[number]
    before = sum(len(box.view.texts) for box in laid.boxes if box.first < first)
    taken: set[tuple[int, int]] = set()
    for place, text in enumerate(laid.texts[before : before + len(view.texts)]):
        cells = {(text.row, text.column + at) for at in range(len(text.cells))}
        if cells & taken:
            yield ("views", number, "texts", place), "this text stands on another"
        taken |= cells
