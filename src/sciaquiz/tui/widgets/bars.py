"""Small bars of text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

STEPS = "▁▂▃▄▅▆▇█"


def bars(values: Sequence[float]) -> str:
    """Return one bar a value, in eighths of the largest; zero is a dot, so that it reads as nothing."""
    top = max(values, default=0)
    return "".join("·" if value <= 0 else STEPS[min(7, int(value / top * 8 - 1e-9))] for value in values)
