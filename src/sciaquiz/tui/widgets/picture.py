"""Pictures in half-blocks: two pixels a cell, in any terminal with colours, where Pillow is installed."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content

from sciaquiz.tui.text import line, say

if TYPE_CHECKING:
    from pathlib import Path

UPPER_HALF = "▀"


def half_blocks(path: Path, width: int, height: int) -> Content | None:
    """Return a picture scaled to fit into cells, or None where it cannot be drawn."""
    try:
        return _drawn(path, path.stat().st_mtime_ns, width, height)
    except OSError:
        return None


@lru_cache(maxsize=8)
def _drawn(path: Path, modified: int, width: int, height: int) -> Content | None:
    try:
        from PIL import Image
    except ImportError:
        return None
    try:
        with Image.open(path) as opened:
            opened.thumbnail((width, 2 * height))
            picture = opened.convert("RGB")
    except Exception:  # whatever a broken file makes the decoder raise, the words beside it are still told
        return None
    wide, high = picture.size
    data = picture.tobytes()
    pixels = [data[place : place + 3].hex() for place in range(0, len(data), 3)]
    rows = []
    for top in range(0, high - 1, 2):
        upper_row, lower_row = (pixels[row * wide : (row + 1) * wide] for row in (top, top + 1))
        pairs = list(zip(upper_row, lower_row, strict=True))
        runs = [(UPPER_HALF * len(list(run)), colours) for colours, run in groupby(pairs)]
        rows.append(line(*(say(text, f"#{upper} on #{lower}") for text, (upper, lower) in runs)))
    return Content("\n").join(rows)
