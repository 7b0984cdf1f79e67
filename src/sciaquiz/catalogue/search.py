"""Finding cards by query: the words of a question are kept folded, what a card has come to in columns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, assert_never

from sciaquiz.catalogue.codec import question_from, state_from
from sciaquiz.deck.model import Card
from sciaquiz.ids import CardId
from sciaquiz.insight.search import LONGEST_QUERY, Filter, folded
from sciaquiz.journal.entries import CardState

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

    from sciaquiz.catalogue.catalogue import Catalogue

MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class Found:
    """One card that matches, with what it has come to."""

    card: Card
    state: CardState


@dataclass(frozen=True, slots=True)
class Matches:
    """The cards that match, the best first, at most MOST_FOUND of them, and how many match in all."""

    found: tuple[Found, ...] = ()
    total: int = 0


def find_cards(catalogue: Catalogue, text: str, only: Filter, today: date, leech_lapses: int) -> Matches:
    """Find cards by parts of words and by what they have come to.

    Every word has to occur, if only as a part of another; whole words and beginnings of words come first. Without
    words all cards match, in the author's order.
    """
    words = sorted(set(folded(text[:LONGEST_QUERY]).split()))
    names = [f":w{number}" for number in range(len(words))]
    given: dict[str, Any] = {"today": today.toordinal(), "lapses": leech_lapses, "most": MOST_FOUND}
    given |= {name[1:]: word for name, word in zip(names, words, strict=True)}
    source = "card JOIN text ON text.question = card.question" if words else "card"
    where = " AND ".join([_condition(only), *(f"instr(words, {name})" for name in names)])
    begins, is_word = "instr(words, ' ' || {0}) > 0", "instr(words, ' ' || {0} || ' ') > 0"
    weight = " + ".join(f"({begins}) + ({is_word})".format(name) for name in names)
    ordered = f"SELECT num, {weight or 0} AS weight, place FROM {source} WHERE {where} ORDER BY weight DESC, place"
    everything = f"SELECT count(*) FROM {source} WHERE {where}"

    def find(connection: sqlite3.Connection) -> Matches:
        rows = connection.execute(
            f"""
            SELECT card.id, card.part, question.kind, question.stored, card.state
            FROM ({ordered} LIMIT :most) AS best
            JOIN card ON card.num = best.num JOIN question ON question.num = card.question
            ORDER BY best.weight DESC, best.place
            """,
            given,
        )
        found = tuple(_found(*row) for row in rows)
        total = len(found)
        if total == MOST_FOUND:
            total = connection.execute(everything, given).fetchone()[0]
        return Matches(found, total)

    return catalogue.ask(find)


def _found(card_id: str, part: str, kind: str, stored: bytes, state: bytes | None) -> Found:
    card = Card(CardId(card_id), question_from(kind, stored), part)
    return Found(card, CardState(card_id=card.id) if state is None else state_from(state))


def _condition(only: Filter) -> str:
    """Return which cards a filter lets through. What is put off is not due."""
    match only:
        case Filter.ALL:
            return "1"
        case Filter.NEW:
            return "phase IS NULL"
        case Filter.DUE:
            return "phase IS NOT NULL AND due <= :today AND NOT suspended AND buried <= :today"
        case Filter.LEARNING:
            return "phase < 2"
        case Filter.FLAGGED:
            return "flagged"
        case Filter.SUSPENDED:
            return "suspended"
        case Filter.PUT_OFF:
            return "buried > :today"
        case Filter.LEECHES:
            return "lapses >= :lapses"
        case Filter.NOTED:
            return "noted"
        case _ as never:
            assert_never(never)
