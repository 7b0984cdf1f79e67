"""How many of the days that were planned a student has kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

LOOKS_BACK = 28
FEWEST_DAYS = 7


def missed_share(studied: Collection[int], today: int, is_planned: Callable[[int], bool]) -> float:
    """Return the share of planned days without an answer, of the last four weeks; days are ordinals.

    It is counted from the first day with an answer in these weeks on, so that a break that is over does not count, and
    it is 0 where there are too few days to tell.
    """
    recent = [day for day in studied if today - LOOKS_BACK <= day < today]
    planned = [day for day in range(min(recent, default=today), today) if is_planned(day)]
    if len(planned) < FEWEST_DAYS:
        return 0.0
    return sum(day not in studied for day in planned) / len(planned)
