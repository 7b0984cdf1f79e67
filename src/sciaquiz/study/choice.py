"""A sitting of one's own choice as a value: which questions are asked, how many and how; and the line that says it."""

from __future__ import annotations

import re
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from sciaquiz.study.query import Field, Is, Order, Query, text_of
from sciaquiz.study.querying import FIELD, NAMES, WORD, Completions, Fault, completions, parse
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sciaquiz.ids import CardId
    from sciaquiz.study.querying import Vocabulary

OUT_OF_SIGHT = (Is.SUSPENDED, Is.PUT_OFF)
"""What is asked only where it is named."""

MOST_MINUTES = 1440
MOST_SECONDS = 3600
MOST_AHEAD = 365
MOST_NEW = 9999
NUMBER = re.compile("[0-9]{1,5}")


class Answers(StrEnum):
    """When it is said whether an answer was right."""

    EACH = "each"
    END = "end"


class Schedule(StrEnum):
    """What the answers do to the schedule."""

    COUNTS = "counts"
    STAYS = "stays"


COUNTS_WORDS = "Answers count as reviews."
STAYS_WORDS = "Practice: the schedule stays as it is."


class Choice(Struct, frozen=True):
    """Which questions to ask, in which order and how many (`query`), and how.

    `minutes` is when the sitting ends, `seconds` what an answer may take; 0 is no limit. With `ahead`, what comes back
    in so many days is asked, and what is due; with `new`, so many new questions whatever the day's limit; or both.
    `cards` are asked instead of what the query matches.
    """

    query: Query = field(default_factory=Query)
    minutes: int = 0
    seconds: int = 0
    answers: Answers = Answers.EACH
    schedule: Schedule = Schedule.COUNTS
    ahead: int = 0
    new: int = 0
    cards: tuple[CardId, ...] = ()

    @property
    def is_practice(self) -> bool:
        """Whether the schedule stays as it is."""
        return self.schedule is Schedule.STAYS

    @property
    def tells_at_the_end(self) -> bool:
        """Whether nothing is said of an answer before the last is given."""
        return self.answers is Answers.END

    @property
    def consequence(self) -> str:
        """What the answers do to the schedule, for the student: said before the sitting begins."""
        return STAYS_WORDS if self.is_practice else COUNTS_WORDS

    def means(self, other: Choice) -> bool:
        """Whether another choice asks the same in the same way, however its line is written."""
        return self._meaning() == other._meaning()

    def _meaning(self) -> tuple[object, ...]:
        terms = {(term.field, frozenset(term.values), term.excluded) for term in self.query.terms}
        return replace(self, query=replace(self.query, terms=())), terms

    def parts(self) -> tuple[Query, ...]:
        """Return the queries whose cards are asked, one after another; what is out of sight only where it is named."""
        query = askable(replace(self.query, most=None))
        found = []
        if self.ahead:
            found.append(query.having(Field.DUE, [str(self.ahead + 1)]))
        if self.new:
            found.append(replace(query.having(Field.IS, [Is.UNSEEN]), order=Order.DECK, most=self.new))
        return tuple(found) or (query,)

    def __str__(self) -> str:
        """Return the line that says it; `parse_choice` reads it. Cards that were named one by one are not in it."""
        numbers = {name: getattr(self, name) for name in LIMITS}
        words = [text_of(self.query), *(f"{name}:{value}" for name, value in numbers.items() if value)]
        words += [f"answers:{self.answers}"] if self.answers is not Answers.EACH else []
        words += [f"schedule:{self.schedule}"] if self.schedule is not Schedule.COUNTS else []
        return " ".join(word for word in words if word)


class Found(Struct, frozen=True):
    """What a choice comes to: how many cards match, and how many would if a value were ticked, by field and value.

    `firsts` is how the questions begin that would be asked first.
    """

    total: int = 0
    counts: Mapping[Field, Mapping[str, int]] = field(default_factory=dict)
    firsts: tuple[str, ...] = ()


LIMITS = {"minutes": MOST_MINUTES, "seconds": MOST_SECONDS, "ahead": MOST_AHEAD, "new": MOST_NEW}
"""The words that take a number, and the highest that each takes."""
CHOSEN: dict[str, type[StrEnum]] = {"answers": Answers, "schedule": Schedule}
"""The words that take one of a few values."""
ALL_NAMES = (*NAMES, *LIMITS, *CHOSEN)


def askable(query: Query) -> Query:
    """Return a query that leaves out what is suspended or put off, unless it asks for that."""
    named = {value for term in query.terms if term.field is Field.IS for value in term.values}
    return query.having(Field.IS, [state for state in OUT_OF_SIGHT if state not in named], excluded=True)


class ParsedChoice(Struct, frozen=True):
    """What a line means; what is at fault in it is left out of the choice."""

    choice: Choice
    faults: tuple[Fault, ...] = ()


def parse_choice(text: str, vocabulary: Vocabulary) -> ParsedChoice:
    """Read a line: a query, and words such as `minutes:20`, `answers:end` and `schedule:stays`."""
    given: dict[str, Any] = {}
    faults = []
    rest = text
    for found in WORD.finditer(text):
        word, start, end = found[0], *found.span()
        named = FIELD.match(word.removeprefix("-"))
        if named is None or (name := named[1].casefold()) in NAMES:
            continue
        rest = rest[:start] + " " * len(word) + rest[end:]
        value = word.removeprefix("-")[named.end() :].replace('"', "").casefold()
        meant = _meant(name, value, is_excluded=word.startswith("-"))
        if isinstance(meant, _Nothing):
            faults.append(Fault(start, end, meant.message, meant.instead))
        elif meant is not None:
            given[name] = meant
    parsed = parse(rest, vocabulary)
    every = sorted((*faults, *parsed.faults), key=lambda fault: fault.start)
    return ParsedChoice(Choice(query=parsed.query, **given), tuple(every))


class _Nothing(Struct, frozen=True):
    """Why a word means nothing, and what may be meant."""

    message: str
    instead: str


def _meant(name: str, value: str, *, is_excluded: bool) -> int | StrEnum | _Nothing | None:
    """Return what a word of a choice means; None for one that is half typed."""
    if name not in ALL_NAMES:
        return _unknown(f"There is no “{name}:”", name, ALL_NAMES)
    if is_excluded:
        return _Nothing(f"{name}: cannot be excluded.", name)
    if not value:
        return None
    if name in CHOSEN:
        known = {each.value: each for each in CHOSEN[name]}
        return known.get(value) or _unknown(f"{name}: is {' or '.join(known)}, not “{value}”", value, known)
    most = LIMITS[name]
    if NUMBER.fullmatch(value) and 1 <= int(value) <= most:
        return int(value)
    example = min(20, most)
    return _Nothing(f"{name}: takes a number from 1 to {most}, as in {name}:{example}.", str(example))


def _unknown(message: str, typed: str, known: Iterable[str]) -> _Nothing:
    near = get_close_matches(typed, known, 1)
    return _Nothing(f"{message}.{f' Did you mean {near[0]}?' if near else ''}", near[0] if near else "")


def words_at(text: str, cursor: int, vocabulary: Vocabulary) -> Completions:
    """Return what could stand where the cursor is: names of fields, or values of the field that it is in."""
    found = completions(text, cursor, vocabulary)
    begins = text[:cursor].rfind(" ") + 1
    named = FIELD.match(text, begins)
    if named is None or named.end() > cursor:
        typed = text[begins:cursor].casefold()
        return replace(
            found, words=(*found.words, *(f"{name}:" for name in (*LIMITS, *CHOSEN) if name.startswith(typed)))
        )
    if (name := named[1].casefold()) not in CHOSEN:
        return found
    typed = text[named.end() : cursor].casefold()
    return Completions(named.end(), cursor, tuple(each for each in CHOSEN[name] if each.startswith(typed)))


def in_order(cards: tuple[CardId, ...], linked: Mapping[CardId, tuple[int, object, int]]) -> tuple[CardId, ...]:
    """Return cards so that none gives another away: the cards of a case together, by stage; of several cards of one
    question the first in its place and the others at the end.

    `linked` has of each card that is linked to others: its question, its case (None for none) and its stage.
    """
    first: dict[object, list[CardId]] = {}
    later: list[CardId] = []
    asked: set[int] = set()
    for card_id in cards:
        question, case, _ = linked.get(card_id, (None, None, 0))
        if question in asked:
            later.append(card_id)
            continue
        if question is not None:
            asked.add(question)
        first.setdefault(case if case is not None else card_id, []).append(card_id)
    for together in first.values():
        together.sort(key=lambda card_id: linked.get(card_id, (0, None, 0))[2])
    return (*(card_id for together in first.values() for card_id in together), *later)


def number_words(asked: int, matching: int) -> str:
    """Return how many questions are asked of how many that match."""
    return count(asked, "question") if asked == matching else f"{asked} of {count(matching, 'question')}"
