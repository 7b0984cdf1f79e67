"""The cards of exams: what each is about, and whether it can be asked, by one query."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.catalogue.codec import question_from
from sciaquiz.deck.model import Card
from sciaquiz.ids import CardId, DeckId

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection

    from sciaquiz.catalogue.catalogue import Catalogue

CARDS = """
SELECT card.id, card.part, question.kind, question.stored, deck.id, card."case", card.stage, card.suspended, card.buried
FROM card JOIN question ON question.num = card.question JOIN deck ON deck.num = card.deck
WHERE deck.kept AND (:decks IS NULL OR deck.id IN (SELECT value FROM json_each(:decks))) ORDER BY card.place
"""


class Sat(NamedTuple):
    """A card with its deck, the case that links it to others (empty for none) with its stage, and whether it is out of
    sight: suspended, or put off until a day, as an ordinal."""

    card: Card
    deck: DeckId
    case: str
    stage: int
    suspended: bool
    buried: int


def cards_sat(catalogue: Catalogue, decks: Collection[DeckId] | None = None) -> list[Sat]:
    """Return the cards of some decks that are installed, or of all, in reading order."""
    scope = {"decks": None if decks is None else json.dumps(list(decks))}

    def read(connection: sqlite3.Connection) -> list[Sat]:
        return [
            Sat(Card(CardId(name), question_from(kind, stored), part), DeckId(deck), case, stage, bool(out), buried)
            for name, part, kind, stored, deck, case, stage, out, buried in connection.execute(CARDS, scope)
        ]

    return catalogue.ask(read)
