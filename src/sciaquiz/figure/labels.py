"""Where the letters or names of zones stand: inside, or beside the figure at the end of a leader."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.figure.drawing import spread
from sciaquiz.figure.layers import BODY, FIRST_DRAWN
from sciaquiz.figure.raster import NOTHING, TALL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.figure.views import Laid

LEADER = 2
"""Cells of line between a label and its zone."""
UNEVEN = 0.8
"""What a cell that two zones share costs a label, in squared rows."""
NO_ROOM_FOR_MARK = 1.5
OVER_ANOTHER = 4
SIDEWAYS = 0.5


class Label(Struct, frozen=True):
    """The text of a zone in cells of a row, the cell for its mark, and the cells of its leader (none: inside)."""

    place: int
    row: int
    column: int
    text: tuple[str, ...]
    mark: int | None
    leader: range


@lru_cache(maxsize=16)
def put(laid: Laid, texts: tuple[str, ...]) -> tuple[Label, ...]:
    """Place a text for each of `laid.places`, the smallest zone first; a label that finds no room is left out."""
    sizes = {place: sum(row.count(place) for row in laid.owners) for place in laid.places}
    taken = _Taken(set(), set())
    for text in laid.texts:
        taken.add(Label(-1, text.row, text.column, text.cells, None, range(0)))
    labels: list[Label] = []
    for place in sorted(laid.places, key=lambda place: (sizes[place], place)):
        found = next(_ways(laid, place, spread(texts[place - laid.places.start], len(laid.cells[0])), taken), None)
        if found is not None:
            labels.append(found)
            taken.add(found)
    return tuple(_with_mark(laid, label, taken.written) for label in labels)


class _Taken(Struct, frozen=True):
    """Cells that labels stand in, and these with the cells beside them."""

    written: set[tuple[int, int]]
    spaced: set[tuple[int, int]]

    def add(self, label: Label) -> None:
        start, stop = label.column, label.column + len(label.text)
        self.written.update((label.row, column) for column in (*range(start, stop), *label.leader))
        self.spaced.update((label.row, column) for column in (*range(start - 1, stop + 1), *label.leader))


def _ways(laid: Laid, place: int, text: tuple[str, ...], taken: _Taken) -> Iterator[Label]:
    """Ways to label a zone, best first: all inside, at a leader, close to another label, over a neighbour."""
    if not text:
        return
    yield from _inside(laid, place, text, taken.spaced, len(text))
    yield from _beside(laid, place, text, taken.spaced)
    yield from _inside(laid, place, text, taken.written, len(text))
    yield from _inside(laid, place, text, taken.spaced, 1)
    yield from _inside(laid, place, text, taken.written, 1)


def _inside(laid: Laid, place: int, text: tuple[str, ...], taken: set[tuple[int, int]], fewest: int) -> Iterator[Label]:
    """Yield the place nearest to the author's point with at least `fewest` cells of the zone under the text."""
    up, along = laid.anchor(place)
    best: tuple[float, int, int] | None = None
    for row, owners in enumerate(laid.owners):
        if place not in owners:
            continue
        first, last = _extent(owners, place)
        for column in range(max(0, first - len(text) + 1), min(last, len(owners) - len(text)) + 1):
            span = range(column, column + len(text))
            own = sum(owners[c] == place for c in span)
            if own < fewest or any((row, c) in taken for c in span):
                continue
            middle = column + (len(text) - 1) / 2
            cost = (row - up) ** 2 + ((middle - along) / TALL) ** 2
            cost += UNEVEN * sum(not laid.cells[row][c].is_full for c in span) + OVER_ANOTHER * (len(text) - own)
            if column == 0 or owners[column - 1] != place:
                cost += NO_ROOM_FOR_MARK
            if best is None or (cost, row, column) < best:
                best = cost, row, column
    if best is not None:
        yield Label(place, best[1], best[2], text, None, range(0))


def _beside(laid: Laid, place: int, text: tuple[str, ...], taken: set[tuple[int, int]]) -> Iterator[Label]:
    """Yield the nearest free cells left or right of the figure; a cell for the mark is kept at the outer end."""
    up, _ = laid.anchor(place)
    best: tuple[float, Label] | None = None
    for row, owners in enumerate(laid.owners):
        if place not in owners:
            continue
        first, last = _extent(owners, place)
        left, right = _outward(laid, row, first, -1), _outward(laid, row, last, 1)
        for label in (
            Label(place, row, left - LEADER + 1 - len(text), text, None, range(left - LEADER + 1, first)),
            Label(place, row, right + LEADER, text, None, range(last + 1, right + LEADER)),
        ):
            span = {*range(label.column - 1, label.column + len(text) + 1), *label.leader}
            if any((row, column) in taken or not _free(laid, row, column, place) for column in span):
                continue
            cost = (row - up) ** 2 + SIDEWAYS * len(label.leader)
            if best is None or cost < best[0]:
                best = cost, label
    if best is not None:
        yield best[1]


def _extent(owners: tuple[int | None, ...], place: int) -> tuple[int, int]:
    """First and last cell of a zone in a row that holds it."""
    return owners.index(place), len(owners) - 1 - owners[::-1].index(place)


def _outward(laid: Laid, row: int, column: int, step: int) -> int:
    """Return the first cell outside of the figure that shows nothing of it."""
    column += step
    while 0 <= column < len(laid.cells[0]) and laid.cells[row][column] != (" ", NOTHING, NOTHING):
        column += step
    return column


def _free(laid: Laid, row: int, column: int, place: int) -> bool:
    """Whether nothing but the zone's own wider target is there."""
    return (
        0 <= column < len(laid.cells[0])
        and laid.owners[row][column] is None
        and laid.targets[row][column] in (None, place)
        and not any(FIRST_DRAWN <= number < BODY for number in laid.cells[row][column][1:])
    )


def _with_mark(laid: Laid, label: Label, written: set[tuple[int, int]]) -> Label:
    """Give a label a cell for its mark: before it, or else after it."""
    before, after = label.column - 1, label.column + len(label.text)
    if label.leader and label.leader.start < label.column:
        before, after = after, before
    mark = next((at for at in (before, after) if 0 <= at < len(laid.cells[0]) and (label.row, at) not in written), None)
    return Label(label.place, label.row, label.column, label.text, mark, label.leader)
