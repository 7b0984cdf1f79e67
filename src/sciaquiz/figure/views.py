"""The views of a figure laid out in cells: where each stands, and which zone each cell belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from msgspec import Struct

from sciaquiz.figure.cells import Cell, fit, solid
from sciaquiz.figure.drawing import spread
from sciaquiz.figure.layers import FIRST_DRAWN, ordered, samples
from sciaquiz.figure.raster import NOTHING, TALL
from sciaquiz.figure.strokes import heads

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sciaquiz.deck.figure import Figure, View

T = TypeVar("T")

WIDEST_STRETCH = 1.4
NARROWEST = 0.9
FEWEST_CELLS = 110
FEWEST_ACROSS = 6
MOST_GAP = 12
FEWEST_TARGETS = 3
TONES = 4


class Box(Struct, frozen=True):
    """Where a view stands, in cells. `first` is the place of its first zone, `drawn` the id of its first shape."""

    view: View
    first: int
    drawn: int
    row: int
    column: int
    width: int
    height: int


class Written(NamedTuple):
    """A text of the author: its first cell, and what stands in each."""

    row: int
    column: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """Views in cells, compared by identity: `lay` makes each once.

    The ids in `cells` are places of zones + 1; `owners` and `targets` hold places, the latter for the mouse.
    """

    boxes: tuple[Box, ...]
    cells: tuple[tuple[Cell, ...], ...]
    owners: tuple[tuple[int | None, ...], ...]
    targets: tuple[tuple[int | None, ...], ...]
    places: range
    texts: tuple[Written, ...] = ()

    def anchor(self, place: int) -> tuple[float, float]:
        """Row and column of the point where the author put a zone's label."""
        box = next(box for box in self.boxes if box.first <= place < box.first + len(box.view.regions))
        x, y = ordered(box.view)[place - box.first].label
        return box.row + y * box.height - 0.5, box.column + x * box.width - 0.5


def first_places(figure: Figure) -> list[int]:
    """Return the place of each view's first zone, and one past the last."""
    places = [0]
    for view in figure.views:
        places.append(places[-1] + len(view.regions))
    return places


def first_drawn(figure: Figure) -> list[int]:
    """Return the id of each view's first shape or line, and one past the last."""
    ids = [FIRST_DRAWN]
    for view in figure.views:
        ids.append(ids[-1] + len(view.shapes) + len(view.lines))
    return ids


def ranges(figure: Figure, focus: int) -> list[tuple[int, int]]:
    """Return the ranges of views to try, the most views first, all with the view of a zone."""
    count, firsts = len(figure.views), first_places(figure)
    view = next((view for view in range(count) if focus < firsts[view + 1]), count - 1)
    return [
        (start, start + shown)
        for shown in range(count, 0, -1)
        for start in range(max(0, view - shown + 1), min(view, count - shown) + 1)
    ]


@lru_cache(maxsize=16)
def lay(figure: Figure, start: int, stop: int, width: int, height: int) -> Laid | None:
    """Lay the views from `start` up to `stop` side by side, or return None where they would be too small."""
    firsts = first_places(figure)
    boxes = _boxes(figure, start, stop, width, height)
    if boxes is None:
        return None
    cells = [[solid(NOTHING)] * width for _ in range(height)]
    owners: list[list[int | None]] = [[None] * width for _ in range(height)]
    under: list[list[int | None]] = [[None] * width for _ in range(height)]
    for box in boxes:
        size = box.width, box.height
        fitted = fit(samples(box.view, box.first + 1, box.drawn, *size))
        bare = fit(samples(box.view, box.first + 1, box.drawn, *size, lines=False)) if box.view.lines else fitted
        for row in range(box.height):
            at = slice(box.column, box.column + box.width)
            cells[box.row + row][at] = fitted.cells[row]
            owners[box.row + row][at] = [_place(number) for number in fitted.owners[row]]
            under[box.row + row][at] = [_place(number) for number in bare.owners[row]]
        for number, stroke in enumerate(box.view.lines, start=box.drawn + len(box.view.shapes)):
            for (x, y), glyph in heads(stroke, *size):
                row, column = min(box.height - 1, int(y * box.height)), min(box.width - 1, int(x * box.width))
                cells[box.row + row][box.column + column] = Cell(glyph, number, bare.owners[row][column])
                owners[box.row + row][box.column + column] = None
    places = range(firsts[start], firsts[stop])
    laid = Laid(tuple(boxes), (), (), (), places)
    for place in places:
        if not _enlarge(laid, place, cells, owners):
            return None
    targets = [
        [below if owner is None else owner for owner, below in zip(row, lower, strict=True)]
        for row, lower in zip(owners, under, strict=True)
    ]
    for place in places:
        _widen(place, targets)
    return Laid(tuple(boxes), _frozen(cells), _frozen(owners), _frozen(targets), places, _texts(boxes, width))


def _texts(boxes: Sequence[Box], width: int) -> tuple[Written, ...]:
    """The author's texts, each around its point, but not beyond the edge."""
    texts = []
    for box in boxes:
        for note in box.view.texts:
            cells = spread(note.text, width)
            x, y = note.at
            column = round(box.column + x * box.width - len(cells) / 2)
            row = box.row + min(box.height - 1, int(y * box.height))
            texts.append(Written(row, max(0, min(column, width - len(cells))), cells))
    return tuple(texts)


def _boxes(figure: Figure, start: int, stop: int, width: int, height: int) -> list[Box] | None:
    """Room for leaders is kept left and right of each view; the first row is for titles."""
    views = figure.views[start:stop]
    gap = min(MOST_GAP, max(len(region.short or region.key) for view in views for region in view.regions) + 2)
    rows = height - 1
    for_views = width - gap * (len(views) + 1)
    natural = sum(view.aspect for view in views) * TALL
    if for_views <= 0 or rows <= 0:
        return None
    rows = min(rows, int(for_views / (natural * NARROWEST)))
    stretch = min(for_views / (natural * max(rows, 1)), max(1.0, WIDEST_STRETCH - max(0, rows - 20) / 50))
    widths = [max(1, round(view.aspect * TALL * rows * stretch)) for view in views]
    if any(rows * across < FEWEST_CELLS or across < FEWEST_ACROSS for across in widths):
        return None
    space, left_over = divmod(width - sum(widths), len(views) + 1)
    firsts, drawn = first_places(figure), first_drawn(figure)
    boxes, column = [], space + left_over // 2
    for number, (view, across) in enumerate(zip(views, widths, strict=True)):
        boxes.append(Box(view, firsts[start + number], drawn[start + number], 1, column, across, rows))
        column += across + space
    return boxes


def _place(number: int) -> int | None:
    return number - 1 if NOTHING < number < FIRST_DRAWN else None


def _enlarge(laid: Laid, place: int, cells: list[list[Cell]], owners: list[list[int | None]]) -> bool:
    """Give a zone of a few part cells a whole one at its label, but never its neighbour's last cell."""
    own = [(r, c) for r, row in enumerate(owners) for c, owner in enumerate(row) if owner == place]
    if len(own) >= FEWEST_TARGETS or any(cells[r][c].is_full for r, c in own):
        return True
    row, column = laid.anchor(place)
    around = [
        (r, c) for r in range(round(row) - 1, round(row) + 2) for c in range(round(column) - 2, round(column) + 3)
    ]
    for r, c in sorted(own or around, key=lambda at: (at[0] - row) ** 2 * TALL**2 + (at[1] - column) ** 2):
        if 0 <= r < len(cells) and 0 <= c < len(cells[0]) and _spare(owners, owners[r][c], place):
            cells[r][c], owners[r][c] = solid(place + 1), place
            return True
    return False


def _spare(owners: list[list[int | None]], owner: int | None, place: int) -> bool:
    """Whether its owner can do without a cell."""
    return owner in (None, place) or sum(row.count(owner) for row in owners) > 1


def _widen(place: int, targets: list[list[int | None]]) -> None:
    """Let a zone of one or two cells be hit beside it as well, where nothing else is."""
    own = [(r, c) for r, row in enumerate(targets) for c, owner in enumerate(row) if owner == place]
    if len(own) >= FEWEST_TARGETS:
        return
    for r, c in own:
        for row, column in ((r, c - 1), (r, c + 1), (r, c - 2), (r, c + 2), (r - 1, c), (r + 1, c)):
            if 0 <= row < len(targets) and 0 <= column < len(targets[0]) and targets[row][column] is None:
                targets[row][column] = place


def _frozen(rows: Iterable[Iterable[T]]) -> tuple[tuple[T, ...], ...]:
    return tuple(tuple(row) for row in rows)


@lru_cache(maxsize=16)
def neighbours(figure: Figure) -> dict[int, set[int]]:
    """Return which zones touch which; independent of the size on the screen."""
    beside: dict[int, set[int]] = {}
    for view, first in zip(figure.views, first_places(figure), strict=False):
        beside |= _adjacent(samples(view, first + 1, FIRST_DRAWN, max(4, round(view.aspect * 30)), 15, lines=False))
    return beside


@lru_cache(maxsize=16)
def tones(figure: Figure) -> tuple[int, ...]:
    """Return a tone for each zone so that neighbours differ."""
    chosen: list[int] = []
    beside = neighbours(figure)
    for place in range(first_places(figure)[-1]):
        taken = {chosen[other] for other in beside.get(place, ()) if other < place}
        chosen.append(min((tone for tone in range(TONES) if tone not in taken), default=place % TONES))
    return tuple(chosen)


def _adjacent(rows: list[bytearray]) -> dict[int, set[int]]:
    pairs = set(chain.from_iterable(pairwise(row) for row in rows))
    pairs |= set(chain.from_iterable(zip(upper, lower, strict=True) for upper, lower in pairwise(rows)))
    beside: dict[int, set[int]] = {}
    for one, other in pairs:
        if one != other and NOTHING < one < FIRST_DRAWN and NOTHING < other < FIRST_DRAWN:
            beside.setdefault(one - 1, set()).add(other - 1)
            beside.setdefault(other - 1, set()).add(one - 1)
    return beside
