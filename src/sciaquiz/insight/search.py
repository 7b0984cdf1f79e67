"""Searching cards by their words: SQLite's FTS5 over a database in memory."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sciaquiz.record import CardState, Phase

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from sciaquiz.deck.model import Card, Deck, Question
    from sciaquiz.ids import CardId

MOST_FOUND = 200


class Filter(StrEnum):
    """Which cards to look at."""

    ALL = "all"
    DUE = "due"
    NEW = "new"
    LEARNING = "learning"
    FLAGGED = "flagged"
    SUSPENDED = "suspended"
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
    """An index over the cards of some decks. Build it in a worker thread; it may be asked from any."""

    def __init__(self, decks: Iterable[Deck]) -> None:
        self._cards = [(card, deck) for deck in decks for card in deck.cards()]
        self._db = sqlite3.connect(":memory:", check_same_thread=False)
        self._db.execute("CREATE VIRTUAL TABLE cards USING fts5(words, tokenize='unicode61 remove_diacritics 2')")
        self._db.executemany(
            "INSERT INTO cards(rowid, words) VALUES (?, ?)",
            ((place, words_of(card.question)) for place, (card, _) in enumerate(self._cards)),
        )

    def close(self) -> None:
        """Let go of the index."""
        self._db.close()

    def find(
        self,
        text: str,
        only: Filter,
        states: Mapping[CardId, CardState],
        today: date,
        leech_lapses: int = 8,
    ) -> tuple[tuple[Found, ...], int]:
        """Return up to 200 matching cards, the best first, and how many match in all.

        Every word has to occur, the last one as a beginning; without words all cards match, in the author's order.
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
        words = re.findall(r"\w+", text[:200])
        if not words:
            return range(len(self._cards))
        query = " ".join(f'"{word}"' for word in words) + "*"
        rows = self._db.execute("SELECT rowid FROM cards WHERE cards MATCH ? ORDER BY rank", (query,))
        return [place for (place,) in rows]


def matches(state: CardState, only: Filter, today: date, leech_lapses: int = 8) -> bool:
    """Say whether a card is one of those to look at."""
    progress, marks = state.progress, state.marks
    match only:
        case Filter.ALL:
            return True
        case Filter.NEW:
            return progress is None
        case Filter.DUE:
            return progress is not None and progress.due_day <= today and not marks.suspended
        case Filter.LEARNING:
            return progress is not None and progress.phase is not Phase.REVIEW
        case Filter.FLAGGED:
            return marks.flagged
        case Filter.SUSPENDED:
            return marks.suspended
        case Filter.LEECHES:
            return progress is not None and progress.lapses >= leech_lapses
        case Filter.NOTED:
            return bool(marks.note)
