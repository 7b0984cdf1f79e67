"""The line in which a query is typed: what it means, what in it means nothing, and what could come next."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.deck.folding import folded
from sciaquiz.deck.model import Kind
from sciaquiz.study.query import Field, Is, Order, Query, Term, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sciaquiz.ids import DeckId

WORD = re.compile(r'(?:[^\s"]|"[^"]*"?)+')
VALUE = re.compile(r'(?:[^,"]|"[^"]*"?)+')
FIELD = re.compile(r"([^\W\d_]{2,}|n):")
DAYS = re.compile(r"(<=?)?(\d{1,5})")
NAMED_DAYS = {"today": "1", "tomorrow": "2"}
OTHER_NAMES = {"new": Is.UNSEEN, "note": Is.NOTED, "flag": Is.FLAGGED, "leeches": Is.LEECH}
FLAG = "flag"
"""`flag:` is `is:flagged`."""

CHOICES = (Field.DECK, Field.TOPIC, Field.KIND, Field.LEVEL, Field.IS)
"""The fields whose values can be listed."""

NAMES = (*(name.value for name in Field if name is not Field.WORDS), "order", "n", FLAG)
MOST = 9999
MOST_TERMS = 100
"""SQLite takes no more conditions than fit into its own bound."""


class Vocabulary(Struct, frozen=True):
    """What can be named: decks with their titles, topics by slug with their names, and levels."""

    decks: Mapping[DeckId, str] = msgspec.field(default_factory=dict)
    topics: Mapping[str, str] = msgspec.field(default_factory=dict)
    levels: tuple[str, ...] = ()

    def of(self, name: Field) -> tuple[str, ...]:
        """Return the values that a field can have, as they are typed."""
        match name:
            case Field.DECK:
                return tuple(self.decks)
            case Field.TOPIC:
                return tuple(self.topics)
            case Field.KIND:
                return tuple(Kind)
            case Field.LEVEL:
                return self.levels
            case Field.IS:
                return tuple(Is)
            case _:
                return ()


class Fault(Struct, frozen=True):
    """A part of the line, from `start` to before `end`, that means nothing; `instead` is what may be meant, if any."""

    start: int
    end: int
    message: str
    instead: str = ""


class Parsed(Struct, frozen=True):
    """What a line means; what is at fault in it is left out of the query."""

    query: Query
    faults: tuple[Fault, ...] = ()


class Completions(Struct, frozen=True):
    """What could stand in the line from `start` to before `end`, the likeliest first."""

    start: int
    end: int
    words: tuple[str, ...]


def parse(text: str, vocabulary: Vocabulary) -> Parsed:
    """Read a line: words, `field:one,other`, `-` before what is excluded, quotes around phrases.

    What is only half typed, as `is:`, is neither a term nor a fault.
    """
    line = _Line(vocabulary)
    for found in WORD.finditer(text):
        line.read(found[0], found.start())
    return Parsed(line.query, tuple(line.faults))


def completions(text: str, cursor: int, vocabulary: Vocabulary) -> Completions:
    """Return what could stand where the cursor is: names of fields, or values of the field that it is in."""
    word, start = _word_at(text, cursor)
    typed = word[: cursor - start]
    typed, start = (typed[1:], start + 1) if typed.startswith("-") else (typed, start)
    named = FIELD.match(typed)
    if named is None:
        fields = [f"{name}:" for name in NAMES if name.startswith(typed.casefold())]
        return Completions(start, cursor, tuple(fields))
    values = _values_of(named[1].casefold(), vocabulary)
    begins = max(named.end(), typed.rfind(",") + 1)
    before = typed[named.end() : begins].casefold().split(",")
    wanted = slug(typed[begins:].replace('"', ""))
    fitting = [value for value in values if value not in before and wanted in value != wanted]
    fitting.sort(key=lambda value: not value.startswith(wanted))
    return Completions(start + begins, start + len(word.removeprefix("-")), tuple(fitting))


@dataclass
class _Line:
    """A line that is being read."""

    vocabulary: Vocabulary
    query: Query = field(default_factory=Query)
    faults: list[Fault] = field(default_factory=list)

    def read(self, word: str, start: int) -> None:
        excluded = word.startswith("-")
        rest, at = (word[1:], start + 1) if excluded else (word, start)
        named = FIELD.match(rest)
        if len(self.query.terms) >= MOST_TERMS:
            self.faults.append(Fault(start, start + len(word), f"A query has at most {MOST_TERMS} words."))
            return
        if named is None:
            self._words(rest, excluded)
            return
        name, values = named[1].casefold(), list(_parts(rest, at, named.end()))
        if name in CHOICES:
            self._choose(Field(name), values, excluded)
        elif name == Field.ID:
            self._add(Term(Field.ID, tuple(dict.fromkeys(value for value, _, _ in values)), excluded))
        elif name == Field.DUE:
            self._due(values, excluded)
        elif name == FLAG and not values:
            self._add(Term(Field.IS, (Is.FLAGGED,), excluded))
        elif name in {"order", "n"} and not excluded:
            self._set(name, values)
        else:
            self._wrong_name(name, start, at + named.end() - 1)

    def _add(self, term: Term) -> None:
        if term.values:
            self.query = replace(self.query, terms=(*self.query.terms, term))

    def _words(self, typed: str, excluded: bool) -> None:
        words = typed.replace('"', "")
        if folded(words).strip():
            self._add(Term(Field.WORDS, (words,), excluded))

    def _choose(self, name: Field, values: Iterable[tuple[str, int, int]], excluded: bool) -> None:
        known = []
        for value, start, end in values:
            meant = _meant(name, value, self.vocabulary)
            if meant is None:
                self._unknown(f"There is no {_thing(name)} “{value}”", value, self.vocabulary.of(name), start, end)
            else:
                known.append(meant)
        self._add(Term(name, tuple(dict.fromkeys(known)), excluded))

    def _due(self, values: list[tuple[str, int, int]], excluded: bool) -> None:
        for value, start, end in values:
            if value in {"<", "<="}:
                continue  # half typed
            if (days := _days(value)) is None or len(values) > 1:
                self.faults.append(Fault(start, end, "due: takes one number of days, as in due:<3.", "<3"))
            else:
                self._add(Term(Field.DUE, (days,), excluded))

    def _set(self, name: str, values: Iterable[tuple[str, int, int]]) -> None:
        for value, start, end in values:
            order = next((each for each in Order if each == value.casefold()), None)
            if name == "order" and order is not None:
                self.query = replace(self.query, order=order)
            elif name == "order":
                self._unknown(f"There is no order “{value}”", value, tuple(Order), start, end)
            elif re.fullmatch("[0-9]{1,4}", value) and 1 <= int(value) <= MOST:
                self.query = replace(self.query, most=int(value))
            else:
                self.faults.append(Fault(start, end, f"n: takes a number from 1 to {MOST}, as in n:20.", "20"))

    def _wrong_name(self, name: str, start: int, end: int) -> None:
        if name in NAMES:
            what = "takes nothing after it" if name == FLAG else "cannot be excluded"
            self.faults.append(Fault(start, end, f"{name}: {what}.", name))
            return
        self._unknown(f"There is no “{name}:”", name, NAMES, start, end)

    def _unknown(self, message: str, value: str, known: Iterable[str], start: int, end: int) -> None:
        near = get_close_matches(slug(value), known, 1)
        hint = f" Did you mean {near[0]}?" if near else ""
        self.faults.append(Fault(start, end, f"{message}.{hint}", near[0] if near else ""))


def _parts(word: str, at: int, begins: int) -> Iterator[tuple[str, int, int]]:
    """Yield the values of a word behind its field, each without its quotes and with its place in the line."""
    for found in VALUE.finditer(word, begins):
        if value := found[0].replace('"', ""):
            yield value, at + found.start(), at + found.end()


def _meant(name: Field, value: str, vocabulary: Vocabulary) -> str | None:
    """Return the value of a field that was typed in any of its forms, None for one that there is not."""
    typed = slug(value)
    if name is Field.TOPIC:
        return typed if typed in vocabulary.topics else None
    if name is Field.DECK and value not in vocabulary.decks:
        return next((deck for deck, title in vocabulary.decks.items() if typed in {slug(deck), slug(title)}), None)
    if name is Field.IS and typed in OTHER_NAMES:
        return OTHER_NAMES[typed]
    return next((known for known in vocabulary.of(name) if value == known or typed == slug(known)), None)


def _values_of(name: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    if name in CHOICES:
        return vocabulary.of(Field(name))
    return {"order": tuple(Order), Field.DUE.value: ("today", "tomorrow", "<7", "<30")}.get(name, ())


def _word_at(text: str, cursor: int) -> tuple[str, int]:
    """Return the word that the cursor is in or behind, and where it begins."""
    for found in WORD.finditer(text):
        if found.start() < cursor <= found.end():
            return found[0], found.start()
    return "", cursor


def _days(value: str) -> str | None:
    """Return the number of days before which a card is due: "<3" and "2" both say 3."""
    if value.casefold() in NAMED_DAYS:
        return NAMED_DAYS[value.casefold()]
    found = DAYS.fullmatch(value)
    return None if found is None else str(int(found[2]) + (found[1] != "<"))


def _thing(name: Field) -> str:
    return "state" if name is Field.IS else name.value
