"""Pictures in half-blocks: two pixels a cell, in any terminal with colours, where Pillow is installed."""

from __future__ import annotations

from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING

from textual.content import Content

from sciaquiz.deck.picture import MOST_PIXELS
from sciaquiz.tui.text import line, say

if TYPE_CHECKING:
    from pathlib import Path

    from PIL.Image import Image as Pixels

UPPER_HALF = "▀"
SHARPEST = 2_000
"""The pixels a side that a terminal's own graphics are given."""
DEEP_GREYS = ("I", "I;16", "I;16B")
SOFTLY_SCALED = ("L", "LA", "RGB", "RGBA", "CMYK")
"""The modes in which Pillow blends neighbouring pixels; in the others it would drop thin lines."""


def half_blocks(path: Path, width: int, height: int) -> Content | None:
    """Return a picture scaled to fit into cells, or None where it cannot be drawn."""
    try:
        return _drawn(path, path.stat().st_mtime_ns, width, height)
    except OSError:
        return None


def pixels_of(path: Path, widest: int, highest: int) -> Pixels | None:
    """Return a picture upright, on white and at most so many pixels large, or None where it cannot be decoded.

    Its size is asked again: a file may carry a second header, or may have been replaced since the deck was read.
    """
    try:
        from PIL import Image, ImageOps
    except ImportError:
        return None
    try:
        with Image.open(path, formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                return None
            enough = 2 * max(widest, highest)
            opened.draft("RGB", (enough, enough))
            upright = ImageOps.exif_transpose(opened)
            if upright.mode in DEEP_GREYS:
                upright = upright.point(lambda grey: grey * (1 / 256)).convert("L")
            elif upright.mode not in SOFTLY_SCALED:
                upright = upright.convert("RGBA")
            upright.thumbnail((widest, highest))
            inked = upright.convert("RGBA")
            paper = Image.new("RGBA", inked.size, "white")
            return Image.alpha_composite(paper, inked).convert("RGB")
    except Exception:  # whatever a broken file makes the decoder raise, the words beside it are still told
        return None


@lru_cache(maxsize=8)
def _drawn(path: Path, modified: int, width: int, height: int) -> Content | None:
    picture = pixels_of(path, width, 2 * height)
    if picture is None:
        return None
    wide, high = picture.size
    data = picture.tobytes()
    pixels = [f"#{data[place : place + 3].hex()}" for place in range(0, len(data), 3)]
    rows = []
    for top in range(0, high, 2):
        upper_row, lower_row = (pixels[row * wide : (row + 1) * wide] for row in (top, top + 1))
        pairs = (
            [f"{upper} on {lower}" for upper, lower in zip(upper_row, lower_row, strict=True)]
            if lower_row
            else upper_row
        )
        runs = [(UPPER_HALF * len(list(run)), colours) for colours, run in groupby(pairs)]
        rows.append(line(*(say(text, colours) for text, colours in runs)))
    return Content("\n").join(rows)
