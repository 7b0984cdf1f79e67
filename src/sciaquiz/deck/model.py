"""A deck and its questions as the rest of the app sees them: frozen, validated, tamed."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, ClassVar

from sciaquiz.ids import CardId

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from sciaquiz.ids import ConceptId, DeckId, Digest, OptionId, QuestionId, SourceId


class Kind(StrEnum):
    """The kinds of question."""

    SINGLE = "single"
    RECALL = "recall"


class Safety(StrEnum):
    """How much harm a wrong belief can do."""

    MUST_NOT_MISS = "must-not-miss"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a key comes from. Identifiers are given only where they are known."""

    id: SourceId
    citation: str
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """Something that can be taken for something else."""

    id: ConceptId
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Contrast:
    """Two concepts that are mixed up, and the one line that tells them apart."""

    between: tuple[ConceptId, ConceptId]
    discriminator: str
    sources: tuple[SourceId, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option. `why` is its rationale; `confuses` the concept that a student who picks it has in mind."""

    id: OptionId
    text: str
    correct: bool
    why: str
    confuses: ConceptId | None = None


@dataclass(frozen=True, slots=True)
class Card:
    """What gets scheduled. Most questions give one card; `part` names it where a question gives several."""

    id: CardId
    question: Question
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What every kind of question has.

    Texts hold paragraphs separated by one blank line. `according_to` names the convention that a contested key rests
    on. `version` is a digest of all that the student can see: it detects an edit and names nothing.
    """

    kind: ClassVar[Kind]

    id: QuestionId
    deck_id: DeckId
    version: Digest
    stem: str
    topics: tuple[str, ...] = ()
    according_to: str = ""
    explanation: str = ""
    sources: tuple[SourceId, ...] = ()
    safety: Safety | None = None
    desired_retention: float | None = None
    reviewed_on: date | None = None

    def cards(self) -> tuple[Card, ...]:
        """Return the cards this question gives, in the author's order."""
        return (Card(CardId(self.id), self),)


@dataclass(frozen=True, slots=True, kw_only=True)
class SingleBestAnswer(Question):
    """One best answer among a few options, shuffled unless the author fixed their order."""

    kind = Kind.SINGLE

    options: tuple[Option, ...]
    shuffle: bool = True

    @property
    def key(self) -> Option:
        """The right option."""
        return next(option for option in self.options if option.correct)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recall(Question):
    """A question that the student answers in the head and grades."""

    kind = Kind.RECALL

    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """A deck as it was read; the questions that could not be read are in the `Problem`s beside it."""

    id: DeckId
    title: str
    version: str
    language: str = "en"
    licence: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    desired_retention: float | None = None
    sources: tuple[Source, ...] = ()
    concepts: tuple[Concept, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    questions: tuple[Question, ...] = ()
    path: Path | None = field(default=None, compare=False)

    def cards(self) -> tuple[Card, ...]:
        """Return every card of the deck, in the author's order."""
        return tuple(card for question in self.questions for card in question.cards())
