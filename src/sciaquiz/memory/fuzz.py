"""Spreading due dates: a little, and always the same way for the same card and count of reviews."""

from __future__ import annotations

from hashlib import blake2b
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sciaquiz.ids import CardId

SHORTEST_FUZZED = 2.5
SPANS = ((2.5, 7.0, 0.15), (7.0, 20.0, 0.10), (20.0, float("inf"), 0.05))
"""From, to (days), and the share of that part of the interval by which it may move (Anki's ranges)."""


def fraction(card_id: CardId, reps: int) -> float:
    """Return the card's own number in 0..1 (1 excluded) for its next interval."""
    digest = blake2b(f"{card_id}\0{reps}".encode(), digest_size=8).digest()
    return int.from_bytes(digest[:7]) / 2**56


def fuzz_range(interval: float, maximum: int, least: int = 1) -> tuple[int, int]:
    """Return the shortest and longest whole days that an interval may become, both between `least` and `maximum`."""
    capped = min(interval, float(maximum))
    if capped < SHORTEST_FUZZED:
        whole = min(max(round_half_up(capped), least), maximum)
        return whole, whole
    delta = 1.0 + sum(share * max(0.0, min(capped, upto) - start) for start, upto, share in SPANS)
    shortest = min(max(round_half_up(capped - delta), 2, least), maximum)
    longest = min(max(round_half_up(capped + delta), shortest), maximum)
    if longest == shortest and longest > 2 and longest < maximum:
        longest = shortest + 1
    return shortest, longest


def fuzzed(interval: float, spread: float, maximum: int, least: int = 1) -> int:
    """Return whole days inside the range, at `spread` (0..1) of the way."""
    shortest, longest = fuzz_range(interval, maximum, least)
    return min(longest, floor(shortest + spread * (longest - shortest + 1)))


def round_half_up(days: float) -> int:
    """Round to whole days; a half goes up, unlike Python's `round`."""
    return floor(days + 0.5)
