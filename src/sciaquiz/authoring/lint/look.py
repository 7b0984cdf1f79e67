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

TRAITS = ("bare", "beside", "confusing", "digits", "fixed", "long", "marked")
LONG_STEM = 240
LONG_ENTRY = 30
"""In characters: what is shorter has too few words to be long."""

DIGIT = re.compile(r"\d")
LETTERS = re.compile(r"[^\W\d_]+")
SIGNS = {code: " " for code in range(128) if not chr(code).isalpha()}
SENTENCE_END = re.compile(r"(?<=[.!?])\s+|(?<=[.!?][\"”’)])\s+")
LONGEST_HEAD = 1_000
"""Texts of which only so much is looked at for sentences."""


class Look:
    """One question as rules see it. `words` are those that a student sees before answering, as they are written.

    `entries` are options, statements, steps or stems; `right` and `wrong` the texts of those that are, and `folded` the
    texts of options in one case. `keys` are the texts that answer the question, whatever its kind. `head` is the deck
    it stands in, where that is known. Each name in TRAITS says whether there is what some rules are about.
    """

    __slots__ = (
        "bare", "beside", "confusing", "digits", "entries", "fixed", "folded", "head", "keys", "long", "marked",
        "question", "right", "shown", "stem", "words", "wrong",
    )  # fmt: skip

    def __init__(self, question: Question, head: DeckHead | None = None) -> None:
        self.question = question
        self.head = head
        self.stem = stem = question.stem
        self.entries: tuple[Entry, ...] = ()
        self.right: list[str] = []
        self.wrong: list[str] = []
        self.folded: list[str] = []
        self.long = len(stem) > LONG_STEM
        self.beside = bool(question.according_to) or question.picture is not None
        self.confusing = question.concept is not None
        self.bare = self.marked = self.digits = self.fixed = False
        match question:
            case SingleBestAnswer() | MultipleAnswer():
                self._options(question.options)
                self.fixed = not question.shuffle
                self.keys = self.right
            case TrueFalse():
                self._options(question.statements)
                self.keys = []
            case Matching():
                self._texts((*question.options, *question.stems))
                self.bare = not all(entry.why for entry in question.stems)
                self.keys = []
            case Ordering():
                self._texts(question.items)
                self.keys = []
            case Cloze():
                self.shown = "\n".join([stem, *(part for part in question.parts if isinstance(part, str))])
                self.keys = [part.answers[0] for part in question.parts if not isinstance(part, str)]
                self.beside = True
            case _:
                self.shown = stem
                self.keys = self._answers(question)
        self.words = frozenset(words_in(self.shown))

    def _options(self, options: tuple[Option, ...]) -> None:
        self.entries = options
        right, wrong, folded = self.right, self.wrong, self.folded
        for option in options:
            text = option.text
            (right if option.correct else wrong).append(text)
            folded.append(text.casefold().strip(" ."))
            if not option.why:
                self.bare = True
            if option.urgency is not None or option.harm:
                self.marked = True
            if option.confuses is not None:
                self.confusing = True
            if len(text) > LONG_ENTRY:
                self.long = True
        self.shown = "\n".join([self.stem, *right, *wrong])
        self.digits = DIGIT.search(self.shown, len(self.stem)) is not None

    def _texts(self, entries: tuple[Item | MatchingStem, ...]) -> None:
        self.entries = entries
        texts = [entry.text for entry in entries]
        self.shown = "\n".join([self.stem, *texts])
        self.long = self.long or max([len(text) for text in texts]) > LONG_ENTRY

    def _answers(self, question: Question) -> list[str]:
        match question:
            case Typed():
                self.beside = True
                self.confusing = self.confusing or any(entry.confuses for entry in question.wrong)
                return list(question.answers)
            case Recall():
                return [question.answer]
            case _:
                self.beside = self.digits = True
                return []

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
    return text.translate(SIGNS).split() if text.isascii() else LETTERS.findall(text)


def stands_in(part: str, text: str) -> bool:
    """Say whether a text, in one case, holds these words and not as a part of others."""
    said = part.casefold().strip(" .")
    return said in text and re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text) is not None


def named(ids: Iterable[str]) -> str:
    """Return ids as a message lists them."""
    return ", ".join(ids)
