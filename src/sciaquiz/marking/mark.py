"""Was it right: the table that finds the marker for each kind of question. Marking never raises for what was answered
in the app; it raises ValueError for a response that the question cannot be given."""

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
from sciaquiz.journal.entries import Rating
from sciaquiz.marking.choosing import mark_multiple, mark_single, mark_true_false
from sciaquiz.marking.marked import Marked, all_or_nothing
from sciaquiz.marking.placing import mark_hotspot, mark_matching, mark_ordering
from sciaquiz.marking.response import (
    Choice,
    Choices,
    Judgements,
    Pairs,
    Pointed,
    SelfGrade,
    Sequence,
    Written,
)

if TYPE_CHECKING:
    from sciaquiz.deck.model import Card
    from sciaquiz.marking.lexicon import Lexicon
    from sciaquiz.marking.response import Response


def mark(card: Card, response: Response, lexicon: Lexicon | None = None) -> Marked:
    """Mark a response to a card. `lexicon` holds the terms that a typing error must not be taken for.

    Raises ValueError if the response is not one that this question can be given.
    """
    match card.question:
        case SingleBestAnswer() as question:
            if isinstance(response, Choice):
                return mark_single(question, response.option)
        case MultipleAnswer() as question:
            if isinstance(response, Choices):
                return mark_multiple(question, response.options)
        case TrueFalse() as question:
            if isinstance(response, Judgements):
                return mark_true_false(question, response.answers)
        case Recall():
            if isinstance(response, SelfGrade):
                return all_or_nothing(response.rating is not Rating.AGAIN)
        case Cloze():
            if isinstance(response, SelfGrade):
                return all_or_nothing(response.rating is not Rating.AGAIN)
            if isinstance(response, Written):
                return _mark_written(card, response, lexicon)
        case Typed() | Numeric():
            if isinstance(response, Written):
                return _mark_written(card, response, lexicon)
        case Ordering() as question:
            if isinstance(response, Sequence):
                return mark_ordering(question, response.items)
        case Matching() as question:
            if isinstance(response, Pairs):
                return mark_matching(question.stems_of(card.part), response.pairs)
        case Hotspot() as question:
            if isinstance(response, Pointed):
                return mark_hotspot(question, response.region)
        case _ as never:
            assert_never(never)
    kind = card.question.kind
    raise ValueError(f"{card.question.id}: a {kind} question cannot be answered with {response!r}")


def _mark_written(card: Card, written: Written, lexicon: Lexicon | None) -> Marked:
    from sciaquiz.marking.writing import mark_written  # the words of typed answers are needed only here

    return mark_written(card, written, lexicon)
