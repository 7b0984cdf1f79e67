"""What a list of cards holds: the numbers of all that were found, the rows that were read, and what is marked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sciaquiz.catalogue.matching import Row

PAGE = 120
"""Cards that are read at once: more than any terminal shows."""


@dataclass
class Listed:
    """The cards by their places in the list. `is_whole` says whether `nums` are all of them, `hint` why there are
    none."""

    nums: list[int] = field(default_factory=list)
    is_whole: bool = False
    hint: str = ""
    rows: Mapping[int, Row] = field(default_factory=dict)
    marked: dict[int, None] = field(default_factory=dict)

    def num(self, place: int) -> int | None:
        """Return the number of the card in a place."""
        return self.nums[place] if 0 <= place < len(self.nums) else None

    def row(self, place: int) -> Row | None:
        """Return the card in a place, if there is one and it was read."""
        num = self.num(place)
        return None if num is None else self.rows.get(num)

    def missing(self, sight: range) -> list[int]:
        """Return which of the cards in sight and around them were not read."""
        return [num for num in self._around(sight) if num not in self.rows]

    def take(self, rows: Mapping[int, Row], sight: range) -> None:
        """Keep these rows beside those that are near what is in sight, and forget those far away."""
        self.rows = {num: self.rows[num] for num in self._around(sight) if num in self.rows} | dict(rows)

    def _around(self, sight: range) -> list[int]:
        return self.nums[max(0, sight.start - PAGE // 2) : sight.stop + PAGE // 2]

    def is_marked(self, place: int) -> bool | None:
        """Say whether the card in a place is marked, None as long as none is."""
        return self.nums[place] in self.marked if self.marked else None

    def mark(self, place: int) -> None:
        """Mark a card, or take the mark away."""
        num = self.num(place)
        if num in self.marked:
            del self.marked[num]
        elif num is not None:
            self.marked[num] = None

    def mark_up_to(self, place: int) -> None:
        """Mark all cards from the one marked last to the one in a place."""
        begins = self.nums.index(next(reversed(self.marked))) if self.marked else place
        self.marked |= dict.fromkeys(self.nums[min(begins, place) : max(begins, place) + 1])
