"""What of a figure nobody would see: found by drawing it in every size in which the app does."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sciaquiz.figure.draw import shown
from sciaquiz.figure.layers import BODY, FIRST_DRAWN, areas, ordered, samples
from sciaquiz.figure.raster import NOTHING, SAMPLES, area
from sciaquiz.figure.room import PAGES, room_for, views_without_room
from sciaquiz.figure.views import first_drawn, first_places
from sciaquiz.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.deck.figure import Figure, Region, View
    from sciaquiz.figure.room import Room
    from sciaquiz.figure.views import Laid

FINEST = 40
"""Cells across a view in which its regions are looked for, whatever has room in a terminal."""

LEAST_SEEN = 0.1
"""The share of a region that has to be seen beside what lies over it, and inside the outline."""

MOST_KEPT = 100
"""Figures of which it is kept what is unseen: drawing one takes longer than all else that is checked of a deck."""

EVERYWHERE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))

Unseen = tuple[tuple[str | int, ...], str]
"""Where in the figure, and what is the matter."""


@lru_cache(MOST_KEPT)
def unseen(figure: Figure) -> tuple[Unseen, ...]:
    """Return what cannot be drawn, seen or told apart in a terminal of any size that the app is made for; each once."""
    return tuple(_unseen(figure))


def _unseen(figure: Figure) -> Iterator[Unseen]:
    yield from _alike_in_words(figure)
    told: set[tuple[str | int, ...]] = set()
    for number, view in enumerate(figure.views):
        for where, what in _hidden_regions(number, view):
            told.add(where[:4])
            yield where, what
    for terminal, page in PAGES.items():
        room = room_for(figure, *page)
        for where, what in _unseen_in(figure, room):
            if where not in told:
                told.add(where)
                yield where, f"{what} in a terminal of {terminal}"


def _alike_in_words(figure: Figure) -> Iterator[Unseen]:
    """Areas that are told with the same words: in plain lines nobody can tell them apart."""
    places: list[tuple[str | int, ...]] = [
        ("views", number, "regions", view.regions.index(region))
        for number, view in enumerate(figure.views)
        for region in ordered(view)
    ]
    places += [("panels", number) for number in range(len(figure.panels))]
    known: dict[str, str] = {}
    for place, zone in zip(places, figure.zones(), strict=True):
        words = figure.where(zone)
        key = known.setdefault(words.casefold(), zone.key)
        if key != zone.key:
            one, other = shortened(key), shortened(zone.key)
            yield (*place, "describe"), f"“{one}” and “{other}” are described alike: in plain lines they are one"


def _hidden_regions(number: int, view: View) -> Iterator[Unseen]:
    """Regions of which next to nothing is seen, however large they are drawn."""
    height = max(4, round(FINEST / view.aspect / 2))
    rows = samples(view, NOTHING + 1, FIRST_DRAWN, FINEST, height, lines=False)
    painted = b"".join(rows)
    regions = ordered(view)
    for place, region in enumerate(regions):
        whole = sum(area(polygon) for polygon in areas(region)) * FINEST * height * SAMPLES**2
        has_no_own_cell = whole >= SAMPLES**2
        if has_no_own_cell and painted.count(place + 1) < LEAST_SEEN * whole:
            cover = _cover(rows, view, region)
            lies = "outside of the outline"
            if cover not in (NOTHING, BODY):
                lies = f"under “{shortened(regions[cover - 1].key)}”" if cover < FIRST_DRAWN else "under a shape"
            where = ("views", number, "regions", view.regions.index(region))
            yield where, f"next to nothing is seen of “{shortened(region.key)}”: it lies {lies}"


def _cover(rows: list[bytearray], view: View, region: Region) -> int:
    """Return the id that is seen most in the place of a region; it may reach beyond the view."""
    alone = samples(
        replace(view, regions=(region,), shapes=(), outline=EVERYWHERE),
        1,
        FIRST_DRAWN,
        FINEST,
        len(rows) // SAMPLES,
        lines=False,
    )
    found = Counter(
        there
        for row, own in zip(rows, alone, strict=True)
        for there, is_own in zip(row, own, strict=True)
        if is_own == 1
    )
    return found.most_common(1)[0][0] if found else NOTHING


def _unseen_in(figure: Figure, room: Room) -> Iterator[Unseen]:
    without = views_without_room(figure, room)
    if figure.panels:
        if without:
            yield ("panels",), f"{len(figure.panels)} panels have no room"
        return
    for number, first in enumerate(first_places(figure)[:-1]):
        laid = None if number in without else shown(figure, room.width, room.height, first)
        if laid is None:
            yield ("views", number), "has no room with a letter and a short name for each region"
        else:
            yield from _unseen_of(figure, number, laid)


def _unseen_of(figure: Figure, number: int, laid: Laid) -> Iterator[Unseen]:
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
