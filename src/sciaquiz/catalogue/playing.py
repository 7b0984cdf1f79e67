"""The cards that a student has before them, for playing out the days to come."""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.ids import CardId, DeckId
from sciaquiz.journal.entries import Memory

if TYPE_CHECKING:
    from datetime import date

    from sciaquiz.catalogue.catalogue import Catalogue

CARDS = """
SELECT card.id, deck.id, phase, max(due, buried), last, stability, difficulty, fast
FROM card JOIN deck ON deck.num = card.deck WHERE NOT suspended ORDER BY card.place
"""
REVIEW = 2


class Waiting(NamedTuple):
    """A card that is not suspended: its memory, the days since its last answer, and in how many it is asked.

    A card on a step is asked today. Of a new one the memory is None, and the days are those until it is its turn.
    """

    card_id: CardId
    deck_id: DeckId
    memory: Memory | None
    elapsed: int
    due_in: int


def cards_to_come(catalogue: Catalogue, today: date, new_per_day: int) -> list[Waiting]:
    """Return the cards of all decks; new ones one from each deck in turn, so many a day, or none at all."""
    first, known = today.toordinal(), list[Waiting]()
    fresh: dict[str, list[str]] = {}
    for card_id, deck_id, phase, due, last, stability, difficulty, fast in catalogue.rows(CARDS):
        if phase is None:
            fresh.setdefault(deck_id, []).append(card_id)
            continue
        due_in = max(0, due - first) if phase == REVIEW else 0
        memory = Memory(stability, difficulty, fast)
        known.append(Waiting(CardId(card_id), DeckId(deck_id), memory, max(0, first - last), due_in))
    if new_per_day:
        rows = zip_longest(*([(name, deck) for name in names] for deck, names in fresh.items()))
        in_turn = [each for row in rows for each in row if each is not None]
        for place, (name, deck) in enumerate(in_turn):
            known.append(Waiting(CardId(name), DeckId(deck), None, 0, place // new_per_day))
    return known
