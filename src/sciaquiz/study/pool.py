"""The cards a sitting chooses from: what each is, what it has come to, and which of them wait."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

from sciaquiz.journal.entries import CardState
from sciaquiz.memory.forecast import day_asked
from sciaquiz.study.queue import DEFAULT_RANKING, Limits, Ranking, Workload, workload

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date

    from sciaquiz.deck.model import Card
    from sciaquiz.ids import CardId
    from sciaquiz.journal.snapshot import Snapshot


class Pool(Protocol):
    """Cards, as they stand in the journal when they are asked for. A catalogue reads each when it is shown."""

    def __contains__(self, card_id: object) -> bool:
        """Say whether a card is one of these."""
        ...

    def card(self, card_id: CardId) -> Card:
        """Return a card with its question. Raises KeyError."""
        ...

    def state(self, card_id: CardId) -> CardState:
        """Return what a card has come to."""
        ...

    def put(self, states: Iterable[CardState]) -> None:
        """Replace what some cards have come to: the journal has it."""
        ...

    def as_of(self, snapshot: Snapshot) -> Pool:
        """Return the same cards as they stand in a later snapshot of the journal."""
        ...

    def due_on(self, day: date, today: date) -> int:
        """Return how many cards will be asked on a day after today."""
        ...

    def workload(
        self,
        today: date,
        left: Limits,
        *,
        unsafe: Mapping[CardId, date],
        without: Collection[CardId] = (),
        ranking: Ranking = DEFAULT_RANKING,
    ) -> Workload:
        """Return what waits on a study day of all cards but some, by the rules of `study.queue.workload`."""
        ...


@dataclass(frozen=True)
class CardPool:
    """A pool of cards that are in memory: for drills, for decks that are tried, and for tests."""

    cards: Iterable[Card]
    states: Mapping[CardId, CardState]

    @cached_property
    def _by_id(self) -> Mapping[CardId, Card]:
        return {card.id: card for card in self.cards}

    @cached_property
    def _known(self) -> dict[CardId, CardState]:
        return dict(self.states)

    def __contains__(self, card_id: object) -> bool:
        return card_id in self._by_id

    def card(self, card_id: CardId) -> Card:
        return self._by_id[card_id]

    def state(self, card_id: CardId) -> CardState:
        return self._known.get(card_id) or CardState(card_id=card_id)

    def put(self, states: Iterable[CardState]) -> None:
        self._known.update({state.card_id: state for state in states})

    def as_of(self, snapshot: Snapshot) -> CardPool:
        return CardPool(self.cards, snapshot.states)

    def due_on(self, day: date, today: date) -> int:
        return sum(day_asked(self.state(card_id), today) == day for card_id in self._by_id)

    def workload(
        self,
        today: date,
        left: Limits,
        *,
        unsafe: Mapping[CardId, date],
        without: Collection[CardId] = (),
        ranking: Ranking = DEFAULT_RANKING,
    ) -> Workload:
        cards = (card for card in self._by_id.values() if card.id not in without)
        return workload(cards, self._known, today, left, unsafe, ranking)
