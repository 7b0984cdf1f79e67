"""The ledger of confusions: what the student took for what, how often, and whether it is over.

It is worked out anew from the journal. An edge "took A for B" opens with a wrong answer about A that stands for B. It
closes once both sides, A and B, were answered rightly on three different days after the day of the last such mistake
(spaced right answers; an avowed guess is none, and a side without cards asks for none).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from sciaquiz.deck.concepts import Pair, concept_of
from sciaquiz.marking.confusion import had_in_mind
from sciaquiz.marking.response import from_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sciaquiz.deck.model import Card
    from sciaquiz.ids import CardId, ConceptId
    from sciaquiz.journal.snapshot import Given

SPACED_RIGHT_ANSWERS = 3


class Confusion(Struct):
    """Two concepts that were taken for each other. `took` counts each direction: (what it was, what it was taken for).

    `right_days` are, for each side, the study days with a right answer since the last mistake.
    """

    pair: Pair
    took: dict[tuple[ConceptId, ConceptId], int] = field(default_factory=dict)
    last_day: date | None = None
    right_days: dict[ConceptId, set[date]] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How often the two were taken for each other."""
        return sum(self.took.values())

    def is_open(self, with_cards: Iterable[ConceptId]) -> bool:
        """Say whether one of the sides that have cards still lacks spaced right answers."""
        return any(
            len(self.right_days.get(side, ())) < SPACED_RIGHT_ANSWERS for side in self.pair if side in set(with_cards)
        )


class Ledger(Struct, frozen=True):
    """Every confusion, the open ones first and the most frequent of them first."""

    confusions: tuple[Confusion, ...]
    cards: Mapping[ConceptId, tuple[Card, ...]]

    @property
    def open(self) -> tuple[Confusion, ...]:
        """The confusions that are not over."""
        return tuple(found for found in self.confusions if found.is_open(self.cards))

    def times(self, was: ConceptId, taken_for: ConceptId) -> int:
        """Return how often one concept was taken for another."""
        found = next((entry for entry in self.confusions if entry.pair == Pair((was, taken_for))), None)
        return 0 if found is None else found.took.get((was, taken_for), 0)


def ledger(cards: Iterable[Card], answers: Iterable[Given]) -> Ledger:
    """Return the ledger of the answers that count, oldest first, to cards that are about a concept."""
    by_id: dict[CardId, tuple[Card, ConceptId | None]] = {}
    sides: dict[ConceptId, list[Card]] = {}
    for card in cards:
        concept = concept_of(card.question)
        by_id[card.id] = (card, concept)
        if concept is not None:
            sides.setdefault(concept, []).append(card)
    found: dict[Pair, Confusion] = {}
    for answer in answers:
        if answer.card_id not in by_id:
            continue
        card, concept = by_id[answer.card_id]
        if concept is None:
            continue
        if answer.known:
            for confusion in found.values():
                if concept in confusion.pair and confusion.last_day and answer.study_day > confusion.last_day:
                    confusion.right_days.setdefault(concept, set()).add(answer.study_day)
            continue
        response = from_json(answer.response or {})
        for other in had_in_mind(card, response) if response is not None else ():
            if other == concept:
                continue
            confusion = found.setdefault(Pair((concept, other)), Confusion(Pair((concept, other))))
            confusion.took[concept, other] = confusion.took.get((concept, other), 0) + 1
            confusion.last_day = answer.study_day
            confusion.right_days.clear()
    order = sorted(found.values(), key=lambda entry: (not entry.is_open(sides), -entry.count, sorted(entry.pair)))
    return Ledger(tuple(order), {concept: tuple(cards) for concept, cards in sides.items()})
