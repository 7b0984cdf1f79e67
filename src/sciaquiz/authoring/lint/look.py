"""What rules ask of a question, worked out once: what a student sees before answering, and what is right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sciaquiz.deck.kinds import (
    Cloze,
    Matching,
    MultipleAnswer,
    Ordering,
    Recall,
    SingleBestAnswer,
    TrueFalse,
    Typed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.kinds import Item, MatchingStem
    from sciaquiz.deck.model import DeckHead, Option, Question

    Entry = Option | Item | MatchingStem

NAMES = (
    "unexplained", "unsourced", "unasked", "bare", "beside", "confusing", "numeric", "fixed", "long", "marked",
    "outlong", "alike", "begun",
)  # fmt: skip
TRAITS = {name: 1 << place for place, name in enumerate(NAMES)}
"""What a question may have that rules are about, as one bit each: an explanation is missing, …"""

UNEXPLAINED, UNSOURCED, UNASKED, BARE, BESIDE, CONFUSING, NUMBERS, FIXED, LONG, MARKED, OUTLONG, ALIKE, BEGUN = (
    TRAITS.values()
)
DIGITS = "0123456789-+−"
LONG_STEM = 240
LONG_ENTRY = 30
"""In characters: what is shorter has too few words to be long."""

LONGEST_NAME = 2
"""Words of a stem that can be no more than a name."""

SHORTEST_WORD = 6
"""Shorter words than this are too common to give something away."""

LETTERS = re.compile(r"[^\W\d_]+")
NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
SPACED = bytes.maketrans(NO_LETTERS, b" " * len(NO_LETTERS))
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"”’)])\s+")
LONGEST_HEAD = 1_000
"""Texts of which only so much is looked at for sentences."""


class Look:
    """One question as rules see it. `words` are those that a student sees before answering, as they are written.

    `entries` are options, statements, steps or stems; `right` and `wrong` the texts of those that are, and `folded` the
    texts of options in one case; so is `folded_stem`. `keys` are the texts that answer the question, whatever its kind.
    `head` is the deck it stands in, where that is known. `traits` are the bits of TRAITS that it has.
    """

    __slots__ = (
        "_said", "_telling", "entries", "folded", "folded_stem", "head", "keys", "question", "right", "shown", "stem",
        "traits", "words", "wrong",
    )  # fmt: skip

    def __init__(self, question: Question, head: DeckHead | None = None) -> None:
        self.question = question
        self.head = head
        self.stem = stem = question.stem
        self.folded_stem = stem.casefold()
        self._telling: frozenset[str] | None = None
        self._said: list[list[str]] | None = None
        self.entries: tuple[Entry, ...] = ()
        self.right: list[str] = []
        self.wrong: list[str] = []
        self.folded: list[str] = []
        self.keys: list[str] = []
        self.traits = (
            (0 if question.explanation else UNEXPLAINED)
            | (0 if question.sources else UNSOURCED)
            | (0 if "?" in stem and len(stem.replace("?", "").split(None, LONGEST_NAME)) > LONGEST_NAME else UNASKED)
            | (LONG if len(stem) > LONG_STEM else 0)
            | (BESIDE if question.according_to or question.picture is not None else 0)
            | (CONFUSING if question.concept is not None else 0)
        )
        match question:
            case SingleBestAnswer() | MultipleAnswer():
                self._options(question.options, question.shuffle)
                self.keys = self.right
            case TrueFalse():
                self._options(question.statements, question.shuffle)
            case Matching():
                self._texts((*question.options, *question.stems))
                if not all(entry.why for entry in question.stems):
                    self.traits |= BARE
            case Ordering():
                self._texts(question.items)
            case Cloze():
                self.shown = "\n".join([stem, *(part for part in question.parts if isinstance(part, str))])
                self.keys = [part.answers[0] for part in question.parts if not isinstance(part, str)]
                self.traits |= BESIDE
            case _:
                self.shown = stem
                self.keys = self._answers(question)
        self.words = frozenset(words_in(self.shown))

    def _options(self, options: tuple[Option, ...], shuffle: bool) -> None:
        self.entries = options
        right, wrong, folded = self.right, self.wrong, self.folded
        traits = 0 if shuffle else FIXED
        numbers = 0
        for option in options:
            text = option.text
            (right if option.correct else wrong).append(text)
            folded.append(text.casefold().strip(" ."))
            if not option.why:
                traits |= BARE
            if option.urgency is not None or option.harm:
                traits |= MARKED
            if option.confuses is not None:
                traits |= CONFUSING
            if len(text) > LONG_ENTRY:
                traits |= LONG
            if text[0] in DIGITS:
                numbers += 1
        if numbers > 1:
            traits |= NUMBERS
        if len(set(folded)) < len(folded):
            traits |= ALIKE
        if right and wrong and min(map(len, right)) > max(map(len, wrong)):
            traits |= OUTLONG
        if len(folded) > 1 and folded[0][:1] == folded[1][:1]:
            traits |= BEGUN
        self.traits |= traits
        self.shown = "\n".join([self.stem, *right, *wrong])

    def _texts(self, entries: tuple[Item | MatchingStem, ...]) -> None:
        self.entries = entries
        texts = [entry.text for entry in entries]
        self.shown = "\n".join([self.stem, *texts])
        if max([len(text) for text in texts]) > LONG_ENTRY:
            self.traits |= LONG
        if len({text.casefold().strip(" .") for text in texts}) < len(texts):
            self.traits |= ALIKE

    def _answers(self, question: Question) -> list[str]:
        match question:
            case Typed():
                self.traits |= BESIDE
                if any(entry.confuses for entry in question.wrong):
                    self.traits |= CONFUSING
                return list(question.answers)
            case Recall():
                return [question.answer]
            case _:
                self.traits |= BESIDE | NUMBERS
                return []

    @property
    def telling(self) -> frozenset[str]:
        """The words of the stem that are long enough to give something away, in one case."""
        if self._telling is None:
            self._telling = frozenset(telling(self.folded_stem))
        return self._telling

    @property
    def place_of_key(self) -> int:
        """Where among the entries the first right one stands."""
        return [entry.text for entry in self.entries].index(self.right[0])

    @property
    def said(self) -> list[list[str]]:
        """The words of each entry, in one case."""
        if self._said is None:
            self._said = [words_in(entry.text.casefold()) for entry in self.entries]
        return self._said

    @property
    def text(self) -> str:
        """All that is seen before answering, in one case."""
        return self.shown.casefold()

    @property
    def lead(self) -> str:
        """The sentence that asks, or the last one of the stem."""
        sentences = SENTENCE_END.split(self.stem.rpartition("\n\n")[2][-LONGEST_HEAD:])
        asking = [sentence for sentence in sentences if "?" in sentence]
        return (asking or sentences)[-1]

    @property
    def case_text(self) -> str:
        """What is told of the patient before the question is asked; nothing where there is no case."""
        case = self.head.case_of(self.question) if self.head is not None and self.question.case else None
        return "\n\n".join(case.stages[: self.question.stage]) if case is not None else ""


def words_of(listed: str) -> frozenset[str]:
    """Return the words of a list that is written as one text."""
    return frozenset(listed.split())


def words_in(text: str) -> list[str]:
    """Return the words of a text, without digits and signs."""
    words = text.encode().translate(SPACED).decode().split()
    if text.isascii():
        return words
    found: list[str] = []
    for word in words:
        if word.isalpha():
            found.append(word)
        else:
            found += LETTERS.findall(word)
    return found


def telling(text: str) -> set[str]:
    """Return the words long enough to give something away, in one case."""
    return {word for word in words_in(text.casefold()) if len(word) >= SHORTEST_WORD}


def stands_in(part: str, text: str) -> bool:
    """Say whether a text, in one case, holds these words and not as a part of others."""
    said = part.casefold().strip(" .")
    return said in text and re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text) is not None


def named(ids: Iterable[str]) -> str:
    """Return ids as a message lists them."""
    return ", ".join(ids)
