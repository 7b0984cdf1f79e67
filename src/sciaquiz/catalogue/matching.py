"""The cards that a query means: how many, which in their order, a page of them, and what each tick would give.

`tests/catalogue/test_matching.py` holds this to what looking at each card in plain Python gives.
"""

from __future__ import annotations

import json
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, assert_never

from msgspec import Struct

from sciaquiz.catalogue.codec import state_from
from sciaquiz.catalogue.mirror import EPOCH, GUESSED, WRONG
from sciaquiz.catalogue.pool import OF_DECKS
from sciaquiz.catalogue.recall import fading, teach
from sciaquiz.deck.folding import folded
from sciaquiz.ids import CardId, DeckId
from sciaquiz.journal.entries import CardState
from sciaquiz.memory.fits import DEFAULT_FITS, Fits
from sciaquiz.study.query import Field, Is, Order
from sciaquiz.study.querying import Vocabulary

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

    from sciaquiz.catalogue.catalogue import Catalogue
    from sciaquiz.clock import Moment
    from sciaquiz.study.query import Query, Term

IS_UNSAFE = "(danger AND unsafe)"
STATES = {
    Is.WRONG: f"answer = {WRONG}",
    Is.GUESSED: f"answer = {GUESSED}",
    Is.UNSEEN: "phase IS NULL AND answer IS NULL",
    Is.DUE: "phase IS NOT NULL AND due <= :today AND NOT suspended AND buried <= :today",
    Is.LEARNING: "phase < 2",
    Is.KNOWN: f"phase = 2 AND answer > {GUESSED} AND NOT {IS_UNSAFE}",
    Is.UNSAFE: IS_UNSAFE,
    Is.FLAGGED: "flagged",
    Is.SUSPENDED: "suspended",
    Is.PUT_OFF: "buried > :today",
    Is.NOTED: "noted",
    Is.LEECH: "lapses >= :lapses",
}
COMES_BACK = "phase IS NOT NULL AND NOT suspended"
BACK = "max(due, buried)"
WAITS = f"{COMES_BACK} AND due <= :today AND buried <= :today AND coalesce(due_at <= :now, 1)"
URGENCY = f"CASE WHEN {IS_UNSAFE} THEN 0 WHEN answer = {WRONG} THEN 1 ELSE 2 END"
BY_DUE = f"""
CASE WHEN suspended THEN 3 WHEN phase IS NULL THEN 2 WHEN {WAITS} THEN 0 ELSE 1 END,
CASE WHEN {WAITS} THEN {URGENCY} END,
CASE WHEN {WAITS} THEN due WHEN {COMES_BACK} THEN {BACK} END,
CASE WHEN {COMES_BACK} AND NOT ({WAITS}) THEN due_at END,
"""
IN_TURN = (
    *(
        f"card INDEXED BY card_waiting WHERE {WAITS} AND {URGENCY} = {urgency} ORDER BY due, place"
        for urgency in range(3)
    ),
    f"card INDEXED BY card_steps WHERE phase < 2 AND due <= :today AND {COMES_BACK} AND buried <= :today"
    f" AND due_at > :now ORDER BY {BACK}, due_at, place",
    f"card INDEXED BY card_back WHERE {COMES_BACK} AND {BACK} > :today ORDER BY {BACK}, due_at, place",
    "card INDEXED BY card_unseen WHERE phase IS NULL AND NOT suspended ORDER BY place",
    "card INDEXED BY card_apart WHERE suspended ORDER BY place",
)
"""All cards by BY_DUE, in pieces of which each is read off an index: the first page need not look at all of them."""

ORDERS = {
    Order.DUE: BY_DUE,
    Order.WEAKEST: f"phase IS NULL, NOT {IS_UNSAFE}, coalesce(answer, 3), -({{fading}}),",
    Order.OLDEST: "phase IS NULL, last,",
    Order.DECK: "",
    Order.MIXED: "((place % 999983 + :today) * 48271) % 65537,",
}
ROWS = """
SELECT card.num, card.id, card.part, deck.id, deck.title, question.opening, card.danger, card.state
FROM card JOIN question ON question.num = card.question JOIN deck ON deck.num = card.deck
WHERE card.num IN (SELECT value FROM json_each(:nums))
"""
TOPICS = """
WITH RECURSIVE known(slug) AS (
    SELECT min(slug) FROM topic
    UNION ALL SELECT (SELECT min(slug) FROM topic WHERE topic.slug > known.slug) FROM known WHERE slug IS NOT NULL
)
SELECT slug, (SELECT name FROM topic WHERE topic.slug = known.slug ORDER BY question LIMIT 1) FROM known
WHERE slug IS NOT NULL
"""
"""From each topic to the next by the key: the questions of one are not looked at."""

LEVELS = "SELECT DISTINCT level FROM card INDEXED BY card_level WHERE level <> '' ORDER BY level"
TITLES = "SELECT id, title FROM deck WHERE kept ORDER BY title, rank"
COUNTS = {
    Field.DECK: "SELECT deck.id, count(*) FROM card JOIN deck ON deck.num = card.deck WHERE {} GROUP BY card.deck",
    Field.TOPIC: "SELECT slug, count(*) FROM card JOIN topic ON topic.question = card.question WHERE {} GROUP BY slug",
    Field.KIND: "SELECT kind, count(*) FROM card WHERE {} GROUP BY kind",
    Field.LEVEL: "SELECT level, count(*) FROM card WHERE {} AND level <> '' GROUP BY level",
    Field.IS: f"SELECT {', '.join(f'total({condition})' for condition in STATES.values())} FROM card WHERE {{}}",
}


class Row(Struct, frozen=True):
    """A card as a list shows it: its deck with its title, how its question begins, what it has come to."""

    card_id: CardId
    part: str
    deck_id: DeckId
    deck: str
    opening: str
    must_not_miss: bool
    state: CardState


class Matching(Struct, frozen=True):
    """Looks for cards in a catalogue, as of a moment; a leech is a card with so many lapses.

    `fits` say by which models the cards are remembered.
    """

    catalogue: Catalogue
    now: Moment
    leech_lapses: int
    fits: Fits = DEFAULT_FITS

    def vocabulary(self) -> Vocabulary:
        """Return what a query can name."""
        decks = {DeckId(name): title for name, title in self.catalogue.rows(TITLES)}
        levels = tuple(level for (level,) in self.catalogue.rows(LEVELS))
        return Vocabulary(decks, dict(self.catalogue.rows(TOPICS)), levels)

    def total(self, query: Query) -> int:
        """Return how many cards match."""
        where, given = self.condition(query)
        return int(self.catalogue.rows(f"SELECT count(*) FROM card WHERE {where}", given)[0][0])

    def ways_out(self, query: Query) -> list[tuple[Term, int]]:
        """Return each term, and how many cards would match without it."""
        return [(term, self.total(query.without(term))) for term in query.terms]

    def ids(self, query: Query) -> tuple[CardId, ...]:
        """Return the cards that match in the order of the query, at most as many as it says."""
        most = -1 if query.most is None else query.most
        return tuple(CardId(name) for (name,) in self._sorted("id", query, 0, most))

    def page(self, query: Query, offset: int, limit: int) -> tuple[Row, ...]:
        """Return so many of the cards that match, in the order of the query, from a place on."""
        return tuple(self.rows(self.nums(query, offset, limit)).values())

    def nums(self, query: Query, offset: int = 0, limit: int = -1) -> list[int]:
        """Return the numbers that cards have in the catalogue now, in the order of the query; without a limit all."""
        if limit >= 0 and not query.terms and query.order is Order.DUE:
            return self.catalogue.ask(partial(_in_turn, given=self._given(), offset=offset, limit=limit))
        return [num for (num,) in self._sorted("num", query, offset, limit)]

    def rows(self, nums: Sequence[int]) -> dict[int, Row]:
        """Return the cards with these numbers, in this order; one that is gone is left out."""
        rows = {num: row for num, *row in self.catalogue.rows(ROWS, {"nums": json.dumps(nums)})}
        return {num: _row(*rows[num]) for num in nums if num in rows}

    def counts(self, query: Query, name: Field) -> Mapping[str, int]:
        """Return for each value of a field how many cards would match if it were ticked, and no other of its field.

        Decks, topics and kinds that none has are left out.
        """
        where, given = self.condition(query.beside(name))
        rows = self.catalogue.rows(COUNTS[name].format(where), given)
        if name is Field.IS:
            return {state.value: int(number) for state, number in zip(STATES, rows[0], strict=True)}
        return dict(rows)

    def _sorted(self, column: str, query: Query, offset: int, limit: int) -> list[Any]:
        where, given = self.condition(query)
        given |= {"most": limit, "after": offset}

        def read(connection: sqlite3.Connection) -> list[Any]:
            order = ORDERS[query.order]
            if query.order is Order.WEAKEST:
                teach(connection, self.fits)
                order = order.format(fading=fading(connection))
            statement = f"SELECT {column} FROM card WHERE {where} ORDER BY {order} place LIMIT :most OFFSET :after"
            return connection.execute(statement, given).fetchall()

        return self.catalogue.ask(read)

    def _given(self) -> dict[str, Any]:
        instant = (self.now.instant - EPOCH) // timedelta(microseconds=1)
        return {"today": self.now.study_day.toordinal(), "now": instant, "lapses": self.leech_lapses}

    def condition(self, query: Query) -> tuple[str, dict[str, Any]]:
        """Return the condition on the columns of `card` that a query is, and the values in it."""
        given = self._given()
        conditions = ["1"]
        words: list[str] = []
        for place, term in enumerate(query.terms):
            name = f"t{place}"
            given[name] = _value(term)
            condition = f"{'NOT ' if term.excluded else ''}({_condition(term, name)})"
            (words if term.field is Field.WORDS else conditions).append(condition)
        if words:  # one look at each text for all of them
            conditions.append(f"card.question IN (SELECT question FROM text WHERE {' AND '.join(words)})")
        return " AND ".join(conditions), given


def _in_turn(connection: sqlite3.Connection, given: dict[str, Any], offset: int, limit: int) -> list[int]:
    """Return so many of all cards in the order in which they are due, from a place on."""
    found: list[int] = []
    for piece in IN_TURN:
        wanted = {**given, "most": limit - len(found), "after": offset}
        nums = [num for (num,) in connection.execute(f"SELECT num FROM {piece} LIMIT :most OFFSET :after", wanted)]
        found += nums
        if len(found) == limit:
            break
        passed = 0 if nums or not offset else connection.execute(f"SELECT count(*) FROM {piece}", given).fetchone()[0]
        offset = max(0, offset - passed) if not nums else 0
    return found


def _condition(term: Term, name: str) -> str:
    """Return the condition that a term is; its values are given by this name."""
    listed = f"IN (SELECT value FROM json_each(:{name}))"
    match term.field:
        case Field.DECK:
            return "card." + OF_DECKS.replace(":decks", f":{name}")
        case Field.TOPIC:
            return f"card.question IN (SELECT question FROM topic WHERE slug {listed})"
        case Field.KIND:
            return f"card.kind {listed}"
        case Field.LEVEL:
            return f"card.level {listed}"
        case Field.IS:
            return " OR ".join(f"coalesce({STATES[Is(state)]}, 0)" for state in term.values)
        case Field.ID:
            return f"EXISTS (SELECT 1 FROM json_each(:{name}) WHERE substr(card.id, 1, length(value)) = value)"
        case Field.DUE:
            return f"{COMES_BACK} AND {BACK} < :today + :{name}"
        case Field.WORDS:
            return f"instr(words, :{name})"
        case _ as never:
            assert_never(never)


def _value(term: Term) -> str | int:
    match term.field:
        case Field.DUE:
            return int(term.values[0])
        case Field.WORDS:
            return folded(term.values[0]).strip()
        case _:
            return json.dumps(term.values)


def _row(card_id: str, part: str, deck_id: str, deck: str, opening: str, danger: int, stored: bytes | None) -> Row:
    state = CardState(card_id=CardId(card_id)) if stored is None else state_from(stored)
    return Row(state.card_id, part, DeckId(deck_id), deck, opening, bool(danger), state)
