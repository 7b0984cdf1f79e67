"""What a drawn figure is made of."""

from __future__ import annotations

import unicodedata
from enum import Enum, StrEnum
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable


class State(StrEnum):
    """How a zone stands in the question."""

    WAITING = "waiting"
    FOCUS = "focus"
    CHOSEN = "chosen"
    RIGHT = "right"
    WRONG = "wrong"


MARKS = {State.WAITING: "", State.FOCUS: "›", State.CHOSEN: "•", State.RIGHT: "✓", State.WRONG: "✗"}
"""What stands beside a label, so that colour is never the only sign."""


class Ink(Enum):
    """What a terminal can show: colours of 24 bits, the sixteen of ANSI, or none."""

    TRUE_COLOUR = "true-colour"
    SIXTEEN = "sixteen"
    NONE = "none"


class Run(Struct, frozen=True):
    """Neighbouring cells of a row that look alike.

    Colours are `#rrggbb`, or empty for the widget's own. `reverse` swaps the two after that replacement.
    """

    text: str
    foreground: str = ""
    background: str = ""
    bold: bool = False
    reverse: bool = False


class Drawing(Struct, frozen=True, kw_only=True):
    """A figure in `height` rows of `width` cells; `targets` says which zone lies under each cell.

    A drawing that does not fit is blank: show the zones' `describe` texts as a list instead.
    """

    rows: tuple[tuple[Run, ...], ...]
    targets: tuple[tuple[int | None, ...], ...]
    fits: bool


class Style(NamedTuple):
    """How a cell looks, apart from its character."""

    foreground: str = ""
    background: str = ""
    bold: bool = False
    reverse: bool = False


Canvas = list[list[tuple[str, Style]]]
"""A character and a style for each cell; the cell after a wide character holds no character."""

PLAIN = Style()
ELLIPSIS = "…"


def canvas(width: int, height: int) -> Canvas:
    """Return an empty canvas."""
    return [[(" ", PLAIN)] * width for _ in range(height)]


def runs(row: Iterable[tuple[str, Style]]) -> tuple[Run, ...]:
    """Join neighbouring cells of one style."""
    return tuple(
        Run("".join(character for character, _ in cells), *style) for style, cells in groupby(row, lambda cell: cell[1])
    )


def spread(text: str, room: int) -> tuple[str, ...]:
    """Return what stands in each cell: a wide character is followed by an empty cell, an accent joins its letter.

    Text longer than `room` cells ends in an ellipsis.
    """
    cells: list[str] = []
    for sign in text:
        kind = unicodedata.category(sign)
        if kind in ("Mn", "Me", "Cf"):
            if cells and kind != "Cf":
                cells[-1 if cells[-1] else -2] += sign
        elif kind[0] not in ("C", "Z") or sign == " ":
            cells += [sign, ""] if unicodedata.east_asian_width(sign) in "WF" else [sign]
    if len(cells) <= room:
        return tuple(cells)
    kept = cells[: max(0, room - 1)]
    if kept and len(cells) > len(kept) and cells[len(kept)] == "":
        kept[-1] = " "
    return (*kept, ELLIPSIS)[:room]
