"""The cards that come back within the day, by the instant at which they do."""

from __future__ import annotations

from heapq import heapify, heappop, heappush
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sciaquiz.ids import CardId

    Step = tuple[datetime, CardId]


class Steps:
    """A queue by instant in which a card stands once. What was moved or taken out stays in the heap until it shows."""

    def __init__(self, cards: Mapping[CardId, datetime]) -> None:
        self._at = dict(cards)
        self._heap = [(instant, card_id) for card_id, instant in self._at.items()]
        heapify(self._heap)

    def __len__(self) -> int:
        """How many cards wait."""
        return len(self._at)

    def put(self, card_id: CardId, instant: datetime) -> None:
        """Let a card come back at an instant, instead of when it would have."""
        self._at[card_id] = instant
        heappush(self._heap, (instant, card_id))

    def take_out(self, card_id: CardId) -> None:
        """Let a card not come back; nothing if it does not wait."""
        self._at.pop(card_id, None)

    def instants(self) -> list[datetime]:
        """Return when each card comes back, in no order."""
        return list(self._at.values())

    def has_other(self, card_id: CardId | None) -> bool:
        """Say whether any other card waits."""
        return len(self._at) > (card_id in self._at)

    def first(self, until: datetime | None = None, *, rather_not: CardId | None = None) -> Step | None:
        """Return the card that comes first, up to an instant; `rather_not` only if it is the only one."""
        found = self._peek()
        if found is None or found[1] != rather_not:
            return _by(found, until)
        heappop(self._heap)
        second = self._peek()
        heappush(self._heap, found)
        return _by(second, until) or _by(found, until)

    def _peek(self) -> Step | None:
        while self._heap:
            instant, card_id = self._heap[0]
            if self._at.get(card_id) == instant:
                return self._heap[0]
            heappop(self._heap)
        return None


def _by(entry: Step | None, until: datetime | None) -> Step | None:
    return None if entry is None or (until is not None and entry[0] > until) else entry
