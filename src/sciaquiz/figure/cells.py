"""Samples to characters: the block element and the two ids that reproduce most samples of a cell."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache
from itertools import permutations
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.figure.raster import NOTHING, SAMPLES

if TYPE_CHECKING:
    from collections.abc import Sequence

FULL = (1 << SAMPLES * SAMPLES) - 1
QUADRANTS = " ▘▝▀▖▌▞▛▗▚▐▜▄▙▟█"
"""In the order of a number whose bits are upper left, upper right, lower left, lower right."""
LOWER_EIGHTHS = "▁▂▃▄▅▆▇"
LEFT_EIGHTHS = "▏▎▍▌▋▊▉"
MOST_IDS = 3
"""Ids tried in a cell: a fourth never covers enough of it to matter."""


class Cell(NamedTuple):
    """A character and the ids of its foreground and background; one id alone is a space."""

    glyph: str
    front: int
    back: int

    @property
    def is_full(self) -> bool:
        """Whether one id fills it."""
        return self.glyph == " "


class Fitted(NamedTuple):
    """Rows of cells, and the id that covers most of each."""

    cells: list[list[Cell]]
    owners: list[list[int]]


def fit(rows: Sequence[bytes | bytearray]) -> Fitted:
    """Fit characters to sample rows; their counts are multiples of SAMPLES."""
    cells: list[list[Cell]] = []
    owners: list[list[int]] = []
    for top in range(0, len(rows), SAMPLES):
        band = [bytes(row) for row in rows[top : top + SAMPLES]]
        fitted = [
            _cell(b"".join(row[left : left + SAMPLES] for row in band)) for left in range(0, len(band[0]), SAMPLES)
        ]
        cells.append([cell for cell, _ in fitted])
        owners.append([owner for _, owner in fitted])
    return Fitted(cells, owners)


def solid(number: int) -> Cell:
    """Return a cell that one id fills."""
    return Cell(" ", NOTHING, number)


def _cell(samples: bytes) -> tuple[Cell, int]:
    owner = samples[0]
    if samples.count(owner) == len(samples):
        return solid(owner), owner
    counts = Counter(samples)
    owner = max(counts, key=lambda number: (counts[number], number))
    common = [number for number, _ in counts.most_common(MOST_IDS)]
    masks = {number: _mask(samples, number) for number in common}
    best, most = solid(owner), counts[owner]
    for front, back in permutations(common, 2):
        ink, paper = masks[front], masks[back]
        for glyph, shape in GLYPHS:
            right = (shape & ink | (FULL ^ shape) & paper).bit_count()
            if right > most:
                best, most = Cell(glyph, front, back), right
    if best.front == NOTHING and best.glyph in COMPLEMENT:
        best = Cell(COMPLEMENT[best.glyph], best.back, best.front)
    return best, owner


def _mask(samples: bytes, number: int) -> int:
    """The samples that have an id, as bits in reading order."""
    return int(samples.translate(_digits(number)), 2)


@lru_cache(maxsize=256)
def _digits(number: int) -> bytes:
    """A table that turns one id into the digit 1 and all others into 0."""
    return b"".join(b"1" if byte == number else b"0" for byte in range(256))


def _shape(test: Sequence[bool]) -> int:
    return int("".join("01"[bit] for bit in test), 2)


def _glyphs() -> dict[str, int]:
    places = [(x, y) for y in range(SAMPLES) for x in range(SAMPLES)]
    half = SAMPLES // 2
    shapes = {
        glyph: _shape([bool(number >> (x >= half) + 2 * (y >= half) & 1) for x, y in places])
        for number, glyph in enumerate(QUADRANTS)
    }
    for eighths, glyph in enumerate(LOWER_EIGHTHS, start=1):
        shapes[glyph] = _shape([y >= SAMPLES - eighths for _, y in places])
    for eighths, glyph in enumerate(LEFT_EIGHTHS, start=1):
        shapes[glyph] = _shape([x < eighths for x, _ in places])
    return {glyph: shape for glyph, shape in shapes.items() if shape not in (0, FULL)}


SHAPES = _glyphs()
GLYPHS = tuple(SHAPES.items())
COMPLEMENT = {glyph: other for glyph, shape in GLYPHS for other, opposite in GLYPHS if opposite == FULL ^ shape}
