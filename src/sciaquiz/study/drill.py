"""The contrast drill: both sides of a confusion next to each other, then asked in turn.

Only once both are past learning: what is still being learned is kept apart, and mixed afterwards (Monteiro 2017).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.concepts import contrast_of, name_of
from sciaquiz.journal.entries import Phase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.deck.model import Card, Deck
    from sciaquiz.ids import CardId, ConceptId
    from sciaquiz.journal.entries import CardState
    from sciaquiz.study.confusions import Confusion, Ledger

CARDS_A_SIDE = 2
EXAMPLES_A_SIDE = 2


class Side(Struct, frozen=True, kw_only=True):
    """One of the two concepts: its name, and the cards about it that are past learning, the longest unseen first.

    The first of them are asked; the others may serve as `examples`, since what was just read proves nothing.
    """

    concept: ConceptId
    name: str
    ready: tuple[Card, ...]
    cards: int

    @property
    def asked(self) -> tuple[Card, ...]:
        """The cards that a drill asks: all but one of them if there are no more than it asks."""
        return self.ready[: max(1, min(CARDS_A_SIDE, len(self.ready) - 1))]

    @property
    def examples(self) -> tuple[Card, ...]:
        """Cards that may be shown with their answers before the drill, the latest seen first."""
        return self.ready[len(self.asked) :][::-1][:EXAMPLES_A_SIDE]


class Drill(Struct, frozen=True, kw_only=True):
    """A confusion and what tells its sides apart. `cards` alternate between the sides."""

    confusion: Confusion
    sides: tuple[Side, Side]
    discriminator: str

    @property
    def is_ready(self) -> bool:
        """Whether both sides have a card that is past learning."""
        return all(side.ready for side in self.sides)

    @property
    def cards(self) -> tuple[Card, ...]:
        """The cards to ask: one of each side in turn."""
        one, other = (side.asked for side in self.sides)
        longer = max(len(one), len(other))
        return tuple(side[place] for place in range(longer) for side in (one, other) if place < len(side))


def drills(decks: Sequence[Deck], ledger: Ledger, states: Mapping[CardId, CardState]) -> tuple[Drill, ...]:
    """Return a drill for each open confusion, those that can be held now first."""
    found = [_drill(decks, ledger, confusion, states) for confusion in ledger.open]
    return tuple(sorted(found, key=lambda drill: not drill.is_ready))


def _drill(decks: Sequence[Deck], ledger: Ledger, confusion: Confusion, states: Mapping[CardId, CardState]) -> Drill:
    contrast = contrast_of(decks, confusion.pair)
    one, other = contrast.between if contrast else tuple(sorted(confusion.pair))
    sides = []
    for concept in (one, other):
        cards = ledger.cards.get(concept, ())
        ready = sorted(
            (card for card in cards if _is_past_learning(states.get(card.id))),
            key=lambda card: _last_asked(states[card.id]),
        )
        sides.append(Side(concept=concept, name=name_of(decks, concept), ready=tuple(ready), cards=len(cards)))
    return Drill(
        confusion=confusion,
        sides=(sides[0], sides[1]),
        discriminator=contrast.discriminator if contrast else "",
    )


def _is_past_learning(state: CardState | None) -> bool:
    return state is not None and state.progress is not None and state.progress.phase is Phase.REVIEW


def _last_asked(state: CardState) -> str:
    return "" if state.progress is None else state.progress.last_at.isoformat()
