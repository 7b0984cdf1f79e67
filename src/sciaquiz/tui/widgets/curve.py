"""The forgetting curve of one card, in braille dots."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DOTS = ((0x01, 0x08), (0x02, 0x10), (0x04, 0x20), (0x40, 0x80))
"""The bit of each dot of a braille cell, by row and column."""


def curve(values: Sequence[float], width: int, height: int, lowest: float = 0.0) -> list[str]:
    """Plot values from `lowest` to 1 over `width` x `height` cells; each row is a line of text, the top one first."""
    cells = [[0] * width for _ in range(height)]
    columns, rows = width * 2, height * 4
    for column in range(columns):
        value = values[min(len(values) - 1, column * len(values) // columns)] if values else lowest
        share = min(1.0, max(0.0, (value - lowest) / (1 - lowest)))
        row = min(rows - 1, round((1 - share) * (rows - 1)))
        cells[row // 4][column // 2] |= DOTS[row % 4][column % 2]
    return ["".join(chr(0x2800 + bits) for bits in row) for row in cells]


EIGHTHS = " ▁▂▃▄▅▆▇█"


def filled(values: Sequence[float], width: int, height: int, lowest: float = 0.0) -> list[str]:
    """Fill the area below values from `lowest` to 1, sampled over `width` columns; each row is a line of text."""
    rows = [[" "] * width for _ in range(height)]
    for column in range(width if values else 0):
        value = values[min(len(values) - 1, round(column * (len(values) - 1) / max(1, width - 1)))]
        eighths = round(min(1.0, max(0.0, (value - lowest) / (1 - lowest))) * height * 8)
        for row in range(height):
            rows[height - 1 - row][column] = EIGHTHS[min(8, max(0, eighths - 8 * row))]
    return ["".join(row) for row in rows]
