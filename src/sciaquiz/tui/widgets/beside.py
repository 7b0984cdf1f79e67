"""Blocks of lines beside each other."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING

from sciaquiz.tui.text import line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual.content import Content


def beside(blocks: Sequence[Sequence[Content]], width: int, gap: int) -> list[Content]:
    """Return blocks as columns of `width` cells with `gap` blank cells between; no line of one may be wider."""
    drawn = []
    for cells in zip_longest(*blocks, fillvalue=line()):
        parts: list[Content | str] = []
        for part in cells:
            parts += [part, " " * (width + gap - part.cell_length)]
        drawn.append(line(*parts[:-1]))
    return drawn
