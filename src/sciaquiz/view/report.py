"""A report of a question for its author, as Markdown: what it said, what was answered, and what the student says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.solution import solution
from sciaquiz.text import path_words, tame
from sciaquiz.view.history import Answered, row_words
from sciaquiz.view.words import citations
from sciaquiz.words import instant_words

if TYPE_CHECKING:
    from pathlib import Path

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Card, Deck, Question

HEADING = "# Reports on {title}\n\nWritten by sciaquiz for the author of the deck. Nothing here was sent to anyone.\n"
ASKS = "What is wrong with this question? Your words go to a file for its author; nothing is sent."
NOTHING_WRITTEN = "Nothing was written: a report needs a few words."


class Report(Struct, frozen=True, kw_only=True):
    """What a student has to say about a question, with all that its author needs to find the fault.

    `answered` is the last answer, None if there was none. `app` is the version of sciaquiz.
    """

    card: Card
    deck: Deck | None
    words: str
    now: Moment
    app: str
    answered: Answered | None = None

    @property
    def heading(self) -> str:
        """Return what a new file begins with."""
        return HEADING.format(title=self._title)

    @property
    def _title(self) -> str:
        return _in_a_line(self.deck.title if self.deck else self.card.question.deck_id)

    def text(self) -> str:
        """Return the report; what the author or the student wrote is quoted, so that it reads as what it is."""
        question = self.card.question
        version = f" version {_in_a_line(self.deck.version)}" if self.deck and self.deck.version else ""
        facts = [
            f"deck: {self._title} (`{question.deck_id}`){version}",
            f"question: `{question.id}`, text `{question.version}`, {question.kind.value}",
            *([f"card: `{self.card.id}`"] if self.card.part else []),
            "last answer: "
            + (_in_a_line(row_words(self.answered, self.now.study_day)) if self.answered else "none yet"),
            f"sciaquiz {self.app}",
        ]
        return "\n".join(
            (
                "",
                f"## {instant_words(self.now.local)}: {question.id}",
                "",
                *_quoted(self.words),
                "",
                *(f"- {fact}" for fact in facts),
                "",
                "As it reads:",
                "",
                *_quoted(question_text(question, self.deck)),
                "",
            )
        )


def question_text(question: Question, deck: Deck | None) -> str:
    """Return a question with its answer, its reasons and its sources, a line each."""
    answers = [
        f"{'✓' if entry.right else '·'} {entry.text}" + (f" ({entry.why})" if entry.why else "")
        for entry in solution(question, deck)
    ]
    parts = [question.stem, "", *answers]
    if question.explanation:
        parts += ["", question.explanation]
    if source := citations(question, deck):
        parts += ["", f"Source: {source}"]
    return "\n".join(parts).strip("\n")


def kept_words(file: Path, authors: tuple[str, ...] = ()) -> str:
    """Return what is said once a report is written: where it is, and that nothing was sent."""
    to = f" to {', '.join(_in_a_line(author) for author in authors)}" if authors else " to the author"
    return f"Written to {path_words(file)}. Nothing was sent: give the file{to} when you like."


def _in_a_line(text: str) -> str:
    return " ".join(tame(text).split())


def _quoted(text: str) -> list[str]:
    return [f"> {line}".rstrip() for line in tame(text).strip().split("\n")]
