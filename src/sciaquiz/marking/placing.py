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
    """Mark an order by the share of neighbouring pairs that are kept: a part is a step that follows the right one.

    The first step follows none and is no part.
    """
    right = [item.id for item in question.items]
    if sorted(items) != sorted(right):
        raise ValueError(f"{question.id}: these are not its items: {list(items)!r}")
    kept = set(pairwise(items))
    return share(tuple(Part(step, (before, step) in kept) for before, step in pairwise(right)))


def mark_matching(stems: Sequence[MatchingStem], pairs: Sequence[tuple[OptionId, OptionId]]) -> Marked:
    """Mark each pairing; what was not matched is wrong."""
    given = dict(pairs)
    return share(tuple(Part(stem.id, given.get(stem.id) == stem.answer) for stem in stems))


def mark_hotspot(question: Hotspot, region: str) -> Marked:
    """Mark the region chosen: any of the right ones counts."""
    right = region in question.regions
    return all_or_nothing(right, Part(region, right))
