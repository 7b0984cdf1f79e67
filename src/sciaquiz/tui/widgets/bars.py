"""Shapes of eighths of cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS = "▁▂▃▄▅▆▇█"
EIGHTHS = f" {STEPS}"


def area(values: Sequence[float], width: int, height: int, lowest: float = 0.0) -> list[str]:
    """Draw values from `lowest` to 1 as a filled shape of `width` x `height` cells; the top row comes first."""
    eighths = []
    for column in range(width):
        place, part = divmod(column * (len(values) - 1) / max(1, width - 1), 1)
        value = (1 - part) * values[int(place)] + part * values[min(int(place) + 1, len(values) - 1)]
        eighths.append(round(8 * height * min(1.0, max(0.0, (value - lowest) / (1 - lowest)))))
    return [
        "".join(EIGHTHS[min(8, max(0, level - 8 * (height - row - 1)))] for level in eighths) for row in range(height)
    ]
