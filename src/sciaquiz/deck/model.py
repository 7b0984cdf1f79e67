"""A deck and its questions as the rest of the app sees them: frozen, validated, tamed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from msgspec import Struct

from sciaquiz.deck.figure import Figure
from sciaquiz.deck.picture import Picture
from sciaquiz.ids import CardId, CaseId, ConceptId, DeckId, Digest, OptionId, QuestionId, SourceId

if TYPE_CHECKING:
    from sciaquiz.deck.kinds import Question as Question


class Kind(StrEnum):
    """The kinds of question."""

    SINGLE = "single"
    RECALL = "recall"
    MULTIPLE = "multiple"
    TRUE_FALSE = "true-false"
    TYPED = "typed"
    NUMERIC = "numeric"
    CLOZE = "cloze"
    ORDERING = "ordering"
    MATCHING = "matching"
    HOTSPOT = "hotspot"


class Safety(StrEnum):
    """How much harm a wrong belief can do."""

    MUST_NOT_MISS = "must-not-miss"


class Change(StrEnum):
    """What an edit of a question changes, the least first."""

    TYPO = "typo"
    CLARIFICATION = "clarification"
    DISTRACTOR = "distractor"
    KEY = "key"


class Urgency(StrEnum):
    """How fast an option acts, the most urgent first."""

    NOW = "now"
    SAME_DAY = "same-day"
    URGENT = "urgent"
    ROUTINE = "routine"
    NONE = "none"


class Source(Struct, frozen=True, kw_only=True):
    """Where a key comes from. Identifiers are given only where they are known."""

    id: SourceId
    citation: str
    doi: str | None = None
    pmid: str | None = None
    url: str | None = None


class Concept(Struct, frozen=True, kw_only=True):
    """Something that can be taken for something else."""

    id: ConceptId
    name: str
    aliases: tuple[str, ...] = ()


class Contrast(Struct, frozen=True, kw_only=True):
    """Two concepts that are mixed up, and the one line that tells them apart."""

    between: tuple[ConceptId, ConceptId]
    discriminator: str
    sources: tuple[SourceId, ...] = ()


class Option(Struct, frozen=True, kw_only=True):
    """One option. `why` is its rationale; `confuses` the concept that a student who picks it has in mind.

    `urgency` is how fast it acts, None where the question is not about action; `harm` says that to act on it would
    hurt a patient.
    """

    id: OptionId
    text: str
    correct: bool
    why: str
    confuses: ConceptId | None = None
    urgency: Urgency | None = None
    harm: bool = False


class Card(Struct, frozen=True):
    """What gets scheduled. Most questions give one card; `part` names it where a question gives several."""

    id: CardId
    question: Question
    part: str = ""


class QuestionBase(Struct, frozen=True, kw_only=True):
    """What every kind of question has; a `Question` is one of the kinds.

    Texts hold paragraphs separated by one blank line. `level` is what answering takes, in the
    author's word. `according_to` names the convention that a contested key rests on. `concept` is what the question is
    about, which a student who answers wrongly takes for something else. `case` names the vignette it needs, revealed
    up to `stage` (from 1). `version` is a digest of all that the student can see: it detects an edit and names nothing.
    `replaces` are the ids that the question had before; the history of the first goes on. `change` is the author's word
    on the edits so far, the latest last.
    """

    kind: ClassVar[Kind]

    id: QuestionId
    deck_id: DeckId
    version: Digest
    stem: str
    topics: tuple[str, ...] = ()
    level: str | None = None
    according_to: str = ""
    explanation: str = ""
    sources: tuple[SourceId, ...] = ()
    safety: Safety | None = None
    desired_retention: float | None = None
    reviewed_on: date | None = None
    concept: ConceptId | None = None
    case: CaseId | None = None
    stage: int = 1
    picture: Picture | None = None
    replaces: tuple[QuestionId, ...] = ()
    change: tuple[Change, ...] = ()

    @property
    def history_id(self) -> QuestionId:
        """The id under which students answer it: the one that it had first."""
        return self.replaces[0] if self.replaces else self.id

    def cards(self) -> tuple[Card, ...]:
        """Return the cards this question gives, in the author's order."""
        return (Card(CardId(self.history_id), cast("Question", self)),)


class Case(Struct, frozen=True, kw_only=True):
    """A vignette that is revealed in stages; the questions that name it are linked by it."""

    id: CaseId
    title: str
    stages: tuple[str, ...]
    sources: tuple[SourceId, ...] = ()


class DeckHead(Struct, frozen=True, kw_only=True):
    """All of a deck but its questions. `retired` are the questions that are asked no more, by their `history_id`."""

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
    figures: tuple[Figure, ...] = ()
    cases: tuple[Case, ...] = ()
    retired: tuple[QuestionId, ...] = ()
    path: Path | None = None

    def case_of(self, question: Question) -> Case | None:
        """Return the vignette that a question needs."""
        return next((case for case in self.cases if case.id == question.case), None)


class Deck(DeckHead, frozen=True, kw_only=True):
    """A deck as it was read; the questions that could not be read are in the `Problem`s beside it."""

    questions: Sequence[Question] = ()

    def cards(self) -> tuple[Card, ...]:
        """Return every card of the deck, in the author's order."""
        return tuple(card for question in self.questions for card in question.cards())
