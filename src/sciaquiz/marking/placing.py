"""Marking what was put in order, matched, or pointed at."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from sciaquiz.marking.marked import Marked, Part, all_or_nothing, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.deck.kinds import Hotspot, MatchingStem, Ordering
    from sciaquiz.ids import OptionId


def mark_ordering(question: Ordering, items: Sequence[OptionId]) -> Marked:
    """Mark an order by the share of neighbouring pairs that are kept; a step is right if it stands in its place."""
    right = [item.id for item in question.items]
    if sorted(items) != sorted(right):
        raise ValueError(f"{question.id}: these are not its items: {list(items)!r}")
    pairs = set(pairwise(right))
    kept = sum(pair in pairs for pair in pairwise(items))
    parts = tuple(Part(item, item == expected) for item, expected in zip(items, right, strict=True))
    correct = list(items) == right
    return Marked(kept / len(pairs) if pairs else 1.0, correct, parts)


def mark_matching(stems: Sequence[MatchingStem], pairs: Sequence[tuple[OptionId, OptionId]]) -> Marked:
    """Mark each pairing; what was not matched is wrong."""
    given = dict(pairs)
    return share(tuple(Part(stem.id, given.get(stem.id) == stem.answer) for stem in stems))


def mark_hotspot(question: Hotspot, region: str) -> Marked:
    """Mark the region chosen: any of the right ones counts."""
    right = region in question.regions
    return all_or_nothing(right, Part(region, right))
