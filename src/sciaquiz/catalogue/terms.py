"""The lexicon of all installed decks, looked up in the catalogue instead of put together at a typed answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.catalogue.codec import head_from
from sciaquiz.marking.lexicon import Lexicon, terms_of, words_in
from sciaquiz.marking.words import key

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from sciaquiz.catalogue.catalogue import Catalogue
    from sciaquiz.deck.model import Deck, DeckHead
    from sciaquiz.ids import DeckId

BETWEEN = "\x1f"
"""Stands between the words of a key: no word has it."""

IS_TERM = """
SELECT 1 FROM term JOIN deck ON deck.num = term.deck WHERE term.key = ? AND deck.kept LIMIT 1
"""
IS_WORD = """
SELECT 1 FROM word JOIN deck ON deck.num = word.deck WHERE word.length = length(?1) AND word.word = ?1 AND deck.kept
LIMIT 1
"""
OF_LENGTH = """
SELECT DISTINCT word.word FROM word JOIN deck ON deck.num = word.deck WHERE word.length = ? AND deck.kept
"""

HEAD = "SELECT head FROM deck WHERE kept AND id = ?"


def add_terms(catalogue: sqlite3.Connection, num: int, deck: Deck) -> None:
    """Put the terms of a deck in, as they are compared."""
    keys: set[str] = set()
    words: set[str] = set()
    for text in set(terms_of(deck)):
        if text:
            keys.add(BETWEEN.join(key(text)))
            words |= words_in(text)
    catalogue.executemany("INSERT OR IGNORE INTO term VALUES (?, ?)", ((found, num) for found in keys))
    catalogue.executemany("INSERT OR IGNORE INTO word VALUES (length(?1), ?1, ?2)", ((found, num) for found in words))


class CatalogueLexicon(Lexicon):
    """Every term that a typing error must not be taken for, of all installed decks."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._known: dict[int, Sequence[str]] = {}

    def has_term(self, term: tuple[str, ...]) -> bool:
        """Say whether this is the key of a term."""
        return super().has_term(term) or bool(self._catalogue.rows(IS_TERM, (BETWEEN.join(term),)))

    def has_word(self, word: str) -> bool:
        """Say whether a word occurs in a term."""
        return super().has_word(word) or bool(self._catalogue.rows(IS_WORD, (word,)))

    def of_length(self, length: int) -> Sequence[str]:
        """Return the words of so many letters, read once."""
        if length not in self._known:
            found = (word for (word,) in self._catalogue.rows(OF_LENGTH, (length,)))
            self._known[length] = tuple({*super().of_length(length), *found})
        return self._known[length]

    def deck(self, deck_id: DeckId) -> DeckHead | None:
        """Return the concepts and vignettes of an installed deck, None if it is not there."""
        found = self._catalogue.rows(HEAD, (deck_id,))
        return head_from(found[0][0], ()) if found else None
