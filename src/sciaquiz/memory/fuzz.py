"""Spreading due dates a little: as the answer says that was given, else by the card and its count of reviews."""

from __future__ import annotations

from hashlib import blake2b
from math import floor
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sciaquiz.ids import CardId

    Spreads = tuple[float | None, ...]
    """Where in its range the interval after each rating ends, 0..1 (1 excluded), Again first; None as `fraction` says.
    """

SHORTEST_FUZZED = 2.5
SPREAD = "spread"
"""Under this name an answer keeps the spreads that were chosen when it was given."""


def fraction(card_id: CardId, reps: int) -> float:
    """Return the card's own number in 0..1 (1 excluded) for its next interval."""
    digest = blake2b(f"{card_id}\0{reps}".encode(errors="replace"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / 2**53  # 53 bits: more would round up to 1.0


def fuzz_range(interval: float, maximum: int, least: int = 1) -> tuple[int, int]:
    """Return the shortest and longest whole days that an interval may become, both between `least` and `maximum`.

    The interval is held between the two before it is spread, and the range after (Anki's rule).
    """
    least = min(least, maximum)
    held = min(max(interval, float(least)), float(maximum))
    delta = _delta(held)
    shortest = min(max(round_half_up(held - delta), least), maximum)
    longest = min(max(round_half_up(held + delta), least), maximum)
    return shortest, longest


def pick(spread: float, shortest: int, longest: int) -> int:
    """Return whole days of a range, at `spread` (0..1, 1 excluded) of the way."""
    return min(longest, floor(shortest + spread * (longest - shortest + 1)))


def spread_at(days: int, shortest: int, longest: int) -> float:
    """Return the spread, of few digits, that picks so many days of a range."""
    return round((days - shortest + 0.5) / (longest - shortest + 1), 5)


def spreads_in(response: Mapping[str, object]) -> Spreads:
    """Return the spreads that an answer keeps; one from another journal can say anything."""
    said = response.get(SPREAD)
    return tuple(each if _is_spread(each) else None for each in said[:4]) if isinstance(said, list | tuple) else ()


def said_of(spreads: Spreads) -> dict[str, object]:
    """Return what an answer keeps of the spreads that were chosen for it."""
    return {SPREAD: list(spreads)} if spreads else {}


def _is_spread(said: object) -> bool:
    return isinstance(said, float) and 0 <= said < 1


def least_after(last: int, interval: float, maximum: int) -> int:
    """Return the days below which fuzz must not pull the interval that follows one of `last` days.

    An interval that grows stays at least a day above the last one, and one that could have come out as long as the
    last one stays there; 0 where the model says clearly that it is shorter (Anki's rule).
    """
    if round_half_up(interval) > last:
        return last + 1
    return last if last <= fuzz_range(interval, maximum)[1] else 0


def round_half_up(days: float) -> int:
    """Round to whole days; a half goes up, unlike Python's `round`."""
    return floor(days + 0.5)


def _delta(interval: float) -> float:
    """Return by how many days an interval may move: 15% of its part up to 7 days, 10% up to 20, 5% of the rest."""
    if interval < SHORTEST_FUZZED:
        return 0.0
    delta = 1.0 + 0.15 * (min(interval, 7.0) - SHORTEST_FUZZED)
    if interval > 7.0:
        delta += 0.10 * (min(interval, 20.0) - 7.0)
    if interval > 20.0:
        delta += 0.05 * (interval - 20.0)
    return delta
