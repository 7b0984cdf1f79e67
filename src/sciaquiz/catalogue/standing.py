"""How the cards of each topic stand, and which can be reviewed ahead: by query, when it is asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, NamedTuple

from sciaquiz.catalogue.recall import chance, teach
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import Memory

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable
    from datetime import date

    from sciaquiz.catalogue.catalogue import Catalogue
    from sciaquiz.ids import DeckId
    from sciaquiz.memory.fits import Fits

TOPICS = """
SELECT slug, min(name), count(*), total(phase IS NULL), total(phase < 2), total(phase = 2),
    total(CASE WHEN phase = 2 THEN {chance} END),
    total(phase = 2 AND id IN today), total(phase < 2 AND id IN today), total(phase IS NULL AND id IN today),
    total(danger AND unsafe)
FROM topic JOIN card ON card.question = topic.question {scope} GROUP BY slug
"""
OF_DECK = "WHERE topic.deck = (SELECT num FROM deck WHERE kept AND id = :deck)"
TOMORROW = """
SELECT id, max(:today - last, 0), stability, difficulty, fast FROM card INDEXED BY card_due
WHERE phase = 2 AND due = :today + 1 AND NOT suspended AND buried <= :today AND last < :today ORDER BY place
"""
BY_DAY = "SELECT day, cards FROM due_on WHERE day > :today AND day <= :until AND cards"
SOUND = """
SELECT id FROM card WHERE id IN (SELECT value FROM json_each(:ids)) AND NOT suspended AND buried <= :today
"""


class TopicStanding(NamedTuple):
    """A topic: its word in a query and its name, how many cards it has, and how many of them were never answered, are
    being learned, or are past learning; of the last, how many would be recalled now, as a sum of chances. `due`,
    `learning_today` and `new` are of the cards of today."""

    slug: str
    name: str
    cards: int
    unseen: int
    learning: int
    learnt: int
    recalled: float
    due: int
    learning_today: int
    new: int
    unsafe: int


class Ahead(NamedTuple):
    """A card that is due tomorrow and was not answered today, with the days since its last answer."""

    card_id: CardId
    elapsed: int
    memory: Memory


def topics(
    catalogue: Catalogue,
    today: date,
    fits: Fits,
    cards_of_today: Iterable[CardId] = (),
    deck: DeckId | None = None,
) -> list[TopicStanding]:
    """Return how each topic of a deck stands, or of all decks, as the fits in force have it."""

    def count(connection: sqlite3.Connection) -> list[TopicStanding]:
        learned = teach(connection, fits)
        topics = TOPICS.format(scope=OF_DECK if deck else "", chance=chance(connection))
        statement = "WITH today AS (SELECT value FROM json_each(:ids)) " + topics
        given = {
            "today": today.toordinal(),
            "ids": json.dumps(list(cards_of_today)),
            "deck": deck,
            **learned,
        }
        return [_topic(row) for row in connection.execute(statement, given)]

    return catalogue.ask(count)


def _topic(row: tuple[Any, ...]) -> TopicStanding:
    slug, name, cards, unseen, learning, learnt, recalled, *of_today = row
    return TopicStanding(slug, name, cards, int(unseen), int(learning), int(learnt), recalled, *map(int, of_today))


def due_tomorrow(catalogue: Catalogue, today: date) -> list[Ahead]:
    """Return the cards that can be reviewed a day ahead, in reading order."""
    rows = catalogue.rows(TOMORROW, {"today": today.toordinal()})
    return [Ahead(CardId(name), elapsed, Memory(*memory)) for name, elapsed, *memory in rows]


def due_by_day(catalogue: Catalogue, today: date, days: int) -> dict[date, int]:
    """Return how many reviews of all decks are due on each of so many days to come, where there are any."""
    first = today.toordinal()
    rows = catalogue.rows(BY_DAY, {"today": first, "until": min(first + days, today.max.toordinal())})
    return {today.fromordinal(due): cards for due, cards in rows}


def sound(catalogue: Catalogue, today: date, cards: Iterable[CardId]) -> list[CardId]:
    """Return those of some cards, in their order, that are installed and not put out of sight."""
    wanted = list(cards)
    given = {"ids": json.dumps(wanted), "today": today.toordinal()}
    found = {name for (name,) in catalogue.rows(SOUND, given)} if wanted else set()
    return [card_id for card_id in wanted if card_id in found]
