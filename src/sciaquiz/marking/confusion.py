"""What a wrong answer shows that the student had in mind."""

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
from sciaquiz.marking.response import Choice, Choices, Judgements, Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sciaquiz.deck.kinds import WrongAnswer
    from sciaquiz.deck.model import Card, Question
    from sciaquiz.ids import ConceptId
    from sciaquiz.marking.response import Response


def had_in_mind(card: Card, response: Response) -> tuple[ConceptId, ...]:
    """Return the concepts that the wrong parts of an answer stand for, each once."""
    return tuple(dict.fromkeys(concept for concept in _named(card.question, response) if concept is not None))


def _named(question: Question, response: Response) -> Iterable[ConceptId | None]:
    """Yield what each wrong part of an answer stands for; nothing where the response belongs to another kind."""
    match question:
        case SingleBestAnswer(options=options):
            if isinstance(response, Choice):
                chosen = response.option
                yield from (option.confuses for option in options if option.id == chosen and not option.correct)
        case MultipleAnswer(options=options):
            if isinstance(response, Choices):
                several = response.options
                yield from (option.confuses for option in options if option.id in several and not option.correct)
        case TrueFalse(statements=statements):
            if isinstance(response, Judgements):
                given = dict(response.answers)
                yield from (
                    entry.confuses for entry in statements if given.get(entry.id, entry.correct) != entry.correct
                )
        case Typed(wrong=wrong):
            if isinstance(response, Written):
                yield from (entry.confuses for text in response.texts for entry in named_among(wrong, text))
        case Recall() | Numeric() | Cloze() | Ordering() | Matching() | Hotspot():
            return
        case _ as never:
            assert_never(never)


def named_among(wrong: Sequence[WrongAnswer], typed: str) -> tuple[WrongAnswer, ...]:
    """Return the wrong answers of a question that were typed: in these words, else under another name of the same."""
    from sciaquiz.marking.words import key

    found = tuple(entry for entry in wrong if sorted(key(entry.text)) == sorted(key(typed)))
    if found or not wrong or not key(typed):
        return found
    from sciaquiz.marking.equivalents import shipped

    meaning = shipped().meaning(typed)
    return tuple(entry for entry in wrong if shipped().meaning(entry.text) == meaning)
