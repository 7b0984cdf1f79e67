"""How much room a figure gets on a page of study: one rule for the app, which draws it, and for the check of decks."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.figure.draw import is_drawn
from sciaquiz.figure.views import first_places

if TYPE_CHECKING:
    from sciaquiz.deck.figure import Figure

ROOM_FOR_STEM = 11
"""Rows kept free for the stem above a figure and the verdict below."""

LEAST_HEIGHT = 14
LEAST_FOR_PANELS = 17
SIDE = 38
"""Cells for the words beside a figure."""

PAGES = {"60×20": (56, 14), "80×24": (76, 18), "120×40": (116, 33), "160×50": (156, 43)}
"""Cells and rows of the page of a question in terminals of these sizes."""


class Room(Struct, frozen=True):
    """Cells for a figure, and whether its words stand beside it."""

    width: int
    height: int
    is_beside: bool = False


def rooms(figure: Figure, width: int, height: int) -> tuple[Room, ...]:
    """Return the rooms for a figure on a page of so many cells and rows, the best first."""
    if figure.panels:
        return (Room(width, max(LEAST_FOR_PANELS, height - ROOM_FOR_STEM)),)
    rows = max(LEAST_HEIGHT, height - ROOM_FOR_STEM)
    below = Room(width, rows)
    return (Room(width - SIDE, rows, is_beside=True), below) if width >= 2 * SIDE else (below,)


@lru_cache(maxsize=64)
def room_for(figure: Figure, width: int, height: int) -> Room:
    """Return the room in which most of a figure is drawn; it is the same whatever is chosen."""
    best, *others = rooms(figure, width, height)
    missing = len(views_without_room(figure, best))
    for other in others if missing else ():
        if len(views_without_room(figure, other)) < missing:
            return other
    return best


def views_without_room(figure: Figure, room: Room) -> list[int]:
    """Return the places of the views that are not drawn when one of their zones is in focus; 0 stands for panels."""
    firsts = first_places(figure)[:-1] if figure.views else [0]
    return [place for place, first in enumerate(firsts) if not is_drawn(figure, room.width, room.height, first)]
