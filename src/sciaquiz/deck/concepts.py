"""What a question is about, what its wrong answers stand for, and which contrasts tell the two apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sciaquiz.deck.kinds import (
    Cloze,
    Hotspot,
    Matching,
    MultipleAnswer,
    Numeric,
    Ordering,
    Recall,
    SingleBestAnswer,
    TrueFalse,
    Typed,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.model import Contrast, Deck, Question
    from sciaquiz.ids import ConceptId

Pair = frozenset["ConceptId"]
"""Two concepts that are taken for each other."""


def stands_for(question: Question) -> frozenset[ConceptId]:
    """Return every concept that a wrong answer to the question stands for."""
    named: Iterable[ConceptId | None]
    match question:
        case SingleBestAnswer(options=options) | MultipleAnswer(options=options):
            named = [option.confuses for option in options if not option.correct]
        case TrueFalse(statements=statements):
            named = (statement.confuses for statement in statements)
        case Typed(wrong=wrong):
            named = (entry.confuses for entry in wrong)
        case Recall() | Numeric() | Cloze() | Ordering() | Matching() | Hotspot():
            named = ()
        case _ as never:
            assert_never(never)
    return frozenset([concept for concept in named if concept is not None])


def concept_of(question: Question) -> ConceptId | None:
    """Return what a question is about: as its author says, else what its one right option stands for.

    Nothing is inferred beyond that: a student must never be told that one thing was taken for another on a guess.
    """
    if question.concept is not None:
        return question.concept
    if isinstance(question, SingleBestAnswer | MultipleAnswer):
        own = {option.confuses for option in question.options if option.correct and option.confuses is not None}
        if len(own) == 1:
            return own.pop()
    return None


def contrast_of(decks: Iterable[Deck], pair: Pair) -> Contrast | None:
    """Return the contrast between two concepts, if a deck has it."""
    return next((contrast for deck in decks for contrast in deck.contrasts if Pair(contrast.between) == pair), None)


def name_of(decks: Iterable[Deck], concept: ConceptId) -> str:
    """Return what students call a concept."""
    return next((known.name for deck in decks for known in deck.concepts if known.id == concept), str(concept))


def short_name(name: str) -> str:
    """Return a name without what stands in brackets."""
    return name.split(" (")[0]
