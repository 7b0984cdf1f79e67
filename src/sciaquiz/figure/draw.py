"""Draw a figure in cells: its geometry is made once a size, and a changed state only changes how cells look."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from sciaquiz.figure.drawing import Drawing, State, canvas, runs
from sciaquiz.figure.labels import put
from sciaquiz.figure.panellook import PanelLook, panel_cells
from sciaquiz.figure.panels import grid
from sciaquiz.figure.viewlook import ViewLook, view_cells
from sciaquiz.figure.views import lay, ranges

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.deck.figure import Figure
    from sciaquiz.figure.drawing import Ink
    from sciaquiz.figure.views import Laid


def draw(
    figure: Figure,
    width: int,
    height: int,
    *,
    look: Mapping[int, State],
    labels: Sequence[str],
    ink: Ink,
    dark: bool,
    revealed: bool,
) -> Drawing:
    """Draw a figure in `height` rows of `width` cells.

    `look` and `labels` go by places in `figure.zones()`; zones without a state are waiting. `labels` are letters or
    numbers while asked and short names when `revealed`. Where not all views have room, those by the focused zone are
    shown.
    """
    cells, fits = canvas(width, height), False
    targets: list[list[int | None]] = [[None] * width for _ in range(height)]
    if figure.views:
        laid = shown(figure, width, height, _focus(look))
        if laid is not None:
            view_look = ViewLook(figure=figure, look=look, labels=labels, ink=ink, dark=dark, revealed=revealed)
            cells, targets = view_cells(laid, view_look)
            fits = True
    elif (found := grid(len(figure.panels), width, height)) is not None:
        panel_look = PanelLook(panels=figure.panels, look=look, labels=labels, ink=ink, dark=dark)
        cells, targets = panel_cells(found, panel_look, width, height)
        fits = True
    return Drawing(rows=tuple(runs(row) for row in cells), targets=tuple(tuple(row) for row in targets), fits=fits)


@lru_cache(maxsize=64)
def shown(figure: Figure, width: int, height: int, focus: int) -> Laid | None:
    """Return as many views as have room with every zone labelled, among them the view of the focused zone."""
    for start, stop in ranges(figure, focus):
        laid = lay(figure, start, stop, width, height)
        if laid is not None and _labelled(figure, laid):
            return laid
    return None


def is_drawn(figure: Figure, width: int, height: int, focus: int) -> bool:
    """Say whether a figure finds room in so many cells, with the zone in focus in sight."""
    if figure.panels:
        return grid(len(figure.panels), width, height) is not None
    return shown(figure, width, height, focus) is not None


def _labelled(figure: Figure, laid: Laid) -> bool:
    """Whether letters and names find room, so that a figure that fits still fits when it is revealed."""
    zones = figure.zones()
    texts = (("a",) * len(laid.places), tuple(zones[place].label for place in laid.places))
    return all(len(put(laid, labels)) == len(laid.places) for labels in texts)


def _focus(look: Mapping[int, State]) -> int:
    """The zone that has to be seen: in focus, or else chosen, right or wrong, or else the first."""
    order = (State.FOCUS, State.CHOSEN, State.RIGHT, State.WRONG)
    return next((place for state in order for place, found in sorted(look.items()) if found is state), 0)
