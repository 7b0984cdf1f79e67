"""Which scopes a card belongs to today, and how easily its question is guessed: asked of the catalogue of decks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.catalogue.codec import question_from
from sciaquiz.deck.model import Card
from sciaquiz.ids import CardId
from sciaquiz.marking.chance import guess_probability
from sciaquiz.study.query import Field, slug
from sciaquiz.tally.facts import NANO

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Iterable, Mapping

    from sciaquiz.catalogue.catalogue import Catalogue

ALL = ""
SIGNATURES = "SELECT id, json_array(num, rank, stamp) FROM deck WHERE kept"
QUESTIONS = """
SELECT card.id, card.part, question.kind, question.stored FROM card JOIN question ON question.num = card.question
WHERE card.id IN (SELECT value FROM json_each(?))
"""
IN_DECKS = """
SELECT card.id FROM card JOIN deck ON deck.num = card.deck
WHERE deck.kept AND deck.id IN (SELECT value FROM json_each(?))
"""
SCOPES = """
SELECT 'deck:' || deck.id, deck.title, count(card.num) FROM deck LEFT JOIN card ON card.deck = deck.num
    WHERE deck.kept GROUP BY deck.num
UNION ALL SELECT 'kind:' || kind, kind, count(*) FROM card GROUP BY kind
UNION ALL SELECT 'topic:' || slug, min(name), count(*) FROM topic JOIN card ON card.question = topic.question
    GROUP BY slug
UNION ALL SELECT '', '', count(*) FROM card
"""


class Member(NamedTuple):
    """The deck of a card, the keys of its scopes, and the chance of a blind guess in billionths."""

    deck: str
    scopes: tuple[str, ...]
    chance: int


NOWHERE = Member("", (ALL,), 0)
"""What a card is that is not installed."""


def members(catalogue: Catalogue, cards: Iterable[CardId]) -> Mapping[CardId, Member]:
    """Return what those of some cards are that are installed."""

    def read(connection: sqlite3.Connection) -> dict[CardId, Member]:
        found = {}
        for name, part, kind, stored in connection.execute(QUESTIONS, (json.dumps(list(cards)),)):
            found[CardId(name)] = member_of(Card(CardId(name), question_from(kind, stored), part))
        return found

    return catalogue.ask(read)


def member_of(card: Card) -> Member:
    """Return what a card is that is installed."""
    question = card.question
    topics = sorted({name for topic in question.topics if (name := slug(topic))})
    keys = [ALL, key_of(Field.DECK, question.deck_id), key_of(Field.KIND, question.kind)]
    keys += [key_of(Field.TOPIC, name) for name in topics]
    return Member(question.deck_id, tuple(keys), round(guess_probability(card) * NANO))


def key_of(field: Field | None, value: str) -> str:
    """Return the key of a scope."""
    return ALL if field is None else f"{field}:{value}"


def signatures(catalogue: Catalogue) -> dict[str, str]:
    """Return for each deck what changes whenever its cards may have."""
    return dict(catalogue.rows(SIGNATURES))


def cards_in_decks(catalogue: Catalogue, decks: Collection[str]) -> list[CardId]:
    """Return the cards of some decks."""
    return [CardId(name) for (name,) in catalogue.rows(IN_DECKS, (json.dumps(list(decks)),))]


def scopes(catalogue: Catalogue) -> list[tuple[str, str, int]]:
    """Return the key of each scope that has cards, its name, and how many there are; a deck without any too."""
    return list(catalogue.rows(SCOPES))
