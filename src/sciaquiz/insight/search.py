"""Searching cards by their words, and by parts of words: some scripts put no spaces between them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import CardState, Phase
from sciaquiz.study.queue import is_hidden

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sciaquiz.deck.model import Card, Deck, Question
    from sciaquiz.ids import CardId

MOST_FOUND = 200
LONGEST_QUERY = 200
ACCENT = re.compile("[\u0300-\u036f]")
STROKES = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ς": "σ"})
"""What stands for letters that have no accent to take away."""
BETWEEN = re.compile(r"[\W_]+")


class Filter(StrEnum):
    """Which cards to look at."""

    ALL = "all"
    DUE = "due"
    NEW = "new"
    LEARNING = "learning"
    FLAGGED = "flagged"
    SUSPENDED = "suspended"
    PUT_OFF = "put off"
    LEECHES = "leeches"
    NOTED = "with a note"


@dataclass(frozen=True, slots=True)
class Found:
    """One card that matches, with what is known of it."""

    card: Card
    deck: Deck
    state: CardState


def words_of(question: Question) -> str:
    """Return every word of a question that a student can see, for searching."""
    return "\n".join([question.id.replace("-", " "), *question.topics, *texts_in(question)])


READ = {"stem", "explanation", "text", "why", "answer", "answers", "hint", "options", "statements", "items", "stems",
        "parts", "wrong"}  # fmt: skip
"""The fields of a question that hold words for the student, or tables that do."""


def texts_in(value: object) -> Iterable[str]:
    """Yield the words of a question that a student can read, whatever its kind."""
    match value:
        case str():
            yield value
        case tuple():
            for part in value:
                yield from texts_in(part)
        case _ if is_dataclass(value):
            for field in fields(value):
                if field.name in READ:
                    yield from texts_in(getattr(value, field.name))
        case _:
            return


class CardIndex:
    """The words of the cards of some decks. Build it in a worker thread; it may be asked from any."""

    def __init__(self, decks: Iterable[Deck]) -> None:
        self._cards = [(card, deck) for deck in decks for card in deck.cards()]
        self._texts = [folded(words_of(card.question)) for card, _ in self._cards]

    def find(
        self,
        text: str,
        only: Filter,
        states: Mapping[CardId, CardState],
        today: date,
        leech_lapses: int = 8,
    ) -> tuple[tuple[Found, ...], int]:
        """Return up to 200 matching cards, the best first, and how many match in all.

        Every word has to occur, if only as a part of another; whole words and beginnings of words come first. Without
        words all cards match, in the author's order.
        """
        found: list[Found] = []
        total = 0
        for place in self._places(text):
            card, deck = self._cards[place]
            state = states.get(card.id) or CardState(card_id=card.id)
            if matches(state, only, today, leech_lapses):
                total += 1
                if len(found) < MOST_FOUND:
                    found.append(Found(card, deck, state))
        return tuple(found), total

    def _places(self, text: str) -> Iterable[int]:
        words = set(folded(text[:LONGEST_QUERY]).split())
        if not words:
            return range(len(self._cards))
        hits = [place for place, known in enumerate(self._texts) if all(word in known for word in words)]
        return sorted(hits, key=lambda place: -sum(_weight(word, self._texts[place]) for word in words))


def folded(text: str) -> str:
    """Return the words of a text, in one case and without accents, with a space around each."""
    plain = ACCENT.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(STROKES)
    return f" {' '.join(BETWEEN.split(plain))} "


def _weight(word: str, text: str) -> int:
    """Return more for a word that stands as such, or begins one."""
    return 2 if f" {word} " in text else 1 if f" {word}" in text else 0


def matches(state: CardState, only: Filter, today: date, leech_lapses: int = 8) -> bool:
    """Say whether a card is one of those to look at."""
    progress, marks = state.progress, state.marks
    match only:
        case Filter.ALL:
            return True
        case Filter.NEW:
            return progress is None
        case Filter.DUE:
            return progress is not None and progress.due_day <= today and not is_hidden(state, today)
        case Filter.LEARNING:
            return progress is not None and progress.phase is not Phase.REVIEW
        case Filter.FLAGGED:
            return marks.flagged
        case Filter.SUSPENDED:
            return marks.suspended
        case Filter.PUT_OFF:
            return marks.buried_until is not None and marks.buried_until > today
        case Filter.LEECHES:
            return progress is not None and progress.lapses >= leech_lapses
        case Filter.NOTED:
            return bool(marks.note)
