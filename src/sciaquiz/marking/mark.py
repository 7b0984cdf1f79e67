"""Was it right: the table that finds the marker for each kind of question. Marking never raises for what was answered
in the app; it raises ValueError for a response that the question cannot be given."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
    match card.question, response:
        case SingleBestAnswer() as question, Choice(option):
            return mark_single(question, option)
        case MultipleAnswer() as question, Choices(options):
            return mark_multiple(question, options)
        case TrueFalse() as question, Judgements(answers):
            return mark_true_false(question, answers)
        case ((Recall() | Cloze()), SelfGrade(rating)):
            return all_or_nothing(rating is not Rating.AGAIN)
        case ((Typed() | Numeric() | Cloze()), Written() as written):
            from sciaquiz.marking.writing import mark_written  # the words of typed answers are needed only here

            return mark_written(card, written, lexicon)
        case Ordering() as question, Sequence(items):
            return mark_ordering(question, items)
        case Matching() as question, Pairs(pairs):
            return mark_matching(question.stems_of(card.part), pairs)
        case Hotspot() as question, Pointed(region):
            return mark_hotspot(question, region)
        case question, _:
            raise ValueError(f"{question.id}: a {question.kind} question cannot be answered with {response!r}")
