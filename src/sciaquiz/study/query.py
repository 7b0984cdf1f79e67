"""Which questions are meant: a query as a value, the line that says it, what a tick makes of it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.deck.folding import folded

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.model import Kind
    from sciaquiz.ids import CardId, DeckId


class Is(StrEnum):
    """What a card has come to, and what is set on it."""

    WRONG = "wrong"  # the last answer was wrong
    GUESSED = "guessed"  # the last answer was right, and a guess
    UNSEEN = "unseen"
    DUE = "due"  # today, and not put out of sight
    LEARNING = "learning"  # on a step of learning or relearning
    KNOWN = "known"  # past learning, and none of wrong, guessed and unsafe
    UNSAFE = "unsafe"  # must not be missed, and was answered wrong and certain
    FLAGGED = "flagged"
    SUSPENDED = "suspended"
    PUT_OFF = "put-off"
    NOTED = "noted"
    LEECH = "leech"


class Order(StrEnum):
    """Which card comes first."""

    DUE = "due"  # due: unsafe, wrong, longest overdue; then soonest; then unseen; suspended last
    WEAKEST = "weakest"  # unsafe, wrong, guessed, then the least likely to be recalled; unseen last
    OLDEST = "oldest"  # answered the longest ago; unseen last
    DECK = "deck"  # as their authors wrote them
    MIXED = "mixed"  # another order each day


class Field(StrEnum):
    """What a term is about. The values are of these types: DeckId, a topic's slug, Kind, a level, Is, a beginning of a
    CardId, a number of days, words as they were typed."""

    DECK = "deck"
    TOPIC = "topic"
    KIND = "kind"
    LEVEL = "level"
    IS = "is"
    ID = "id"
    DUE = "due"
    WORDS = "words"


class Term(Struct, frozen=True):
    """One word of a query: any of these values, or none of them where it is excluded."""

    field: Field
    values: tuple[str, ...]
    excluded: bool = False

    def __str__(self) -> str:
        """Return the term as it is typed."""
        minus = "-" if self.excluded else ""
        if self.field is Field.WORDS:
            return minus + _quoted(self.values[0], also=":-")
        if self.field is Field.DUE:
            return f"{minus}due:<{self.values[0]}"
        return f"{minus}{self.field}:{','.join(map(_quoted, self.values))}"


class Query(Struct, frozen=True):
    """The cards to which every term applies, in an order; `most` is how many of them at most, for a sitting."""

    terms: tuple[Term, ...] = ()
    order: Order = Order.DUE
    most: int | None = None

    def having(self, field: Field, values: Iterable[str], *, excluded: bool = False) -> Query:
        """Return this query with one more term, unless it names nothing."""
        term = Term(field, tuple(dict.fromkeys(values)), excluded)
        return replace(self, terms=(*self.terms, term)) if term.values else self

    def ticked(self, field: Field) -> tuple[str, ...]:
        """Return the values of a field of which a card needs one."""
        found = self._ticks(field)
        return found.values if found else ()

    def toggled(self, field: Field, value: str) -> Query:
        """Return this query with one more value ticked, or one less."""
        found = self._ticks(field)
        if found is None:
            return self.having(field, [value])
        left = tuple(each for each in found.values if each != value)
        changed = replace(found, values=left if value in found.values else (*left, value))
        terms = (changed if term is found else term for term in self.terms)
        return replace(self, terms=tuple(term for term in terms if term.values))

    def without(self, term: Term | None) -> Query:
        """Return this query less one of its terms."""
        return replace(self, terms=tuple(each for each in self.terms if each is not term))

    def beside(self, field: Field) -> Query:
        """Return this query without what is ticked in a field: what each of its values would be looked for in."""
        return self.without(self._ticks(field))

    def _ticks(self, field: Field) -> Term | None:
        return next((term for term in self.terms if term.field is field and not term.excluded), None)


def query_of(
    *,
    decks: Iterable[DeckId] = (),
    topics: Iterable[str] = (),
    kinds: Iterable[Kind] = (),
    levels: Iterable[str] = (),
    states: Iterable[Is] = (),
    ids: Iterable[CardId] = (),
    order: Order = Order.DUE,
    most: int | None = None,
) -> Query:
    """Return the query for cards that have one of each of these; where none is given, any will do."""
    query = Query(order=order, most=most)
    given = {
        Field.DECK: decks, Field.TOPIC: map(slug, topics), Field.KIND: kinds, Field.LEVEL: levels, Field.IS: states,
        Field.ID: ids,
    }  # fmt: skip
    for field, values in given.items():
        query = query.having(field, values)
    return query


def text_of(query: Query) -> str:
    """Return the line that says a query; `querying.parse` reads it."""
    words = [str(term) for term in query.terms]
    words += [f"order:{query.order}"] if query.order is not Order.DUE else []
    words += [f"n:{query.most}"] if query.most is not None else []
    return " ".join(words)


def slug(text: str) -> str:
    """Return a topic or a title as one word: "Foot drop" and "foot-drop" are the same; empty for a text without letters
    and digits."""
    return "-".join(folded(text).split())


def _quoted(value: str, also: str = "") -> str:
    """Return a value in quotes, if it holds what would end it or mean something else."""
    return f'"{value}"' if any(sign.isspace() or sign in f",{also}" for sign in value) else value
