"""Was it right: one pure marker for each kind of question, and the table that finds it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sciaquiz.deck.model import Recall, SingleBestAnswer
from sciaquiz.marking.response import Choice, SelfGrade
from sciaquiz.record import Rating

if TYPE_CHECKING:
    from sciaquiz.deck.model import Question
    from sciaquiz.marking.response import Response


@dataclass(frozen=True, slots=True)
class Marked:
    """The verdict on one response: `score` is 0..1, `correct` whether it counts as right."""

    score: float
    correct: bool


def mark(question: Question, response: Response) -> Marked:
    """Mark a response. Raises ValueError if the response is not one that this question can be given."""
    match question, response:
        case SingleBestAnswer(), Choice(option):
            return mark_single(question, option)
        case Recall(), SelfGrade(rating):
            return Marked(score=float(rating is not Rating.AGAIN), correct=rating is not Rating.AGAIN)
        case _:
            raise ValueError(f"{question.id}: a {question.kind} question cannot be answered with {response!r}")


def mark_single(question: SingleBestAnswer, option: str) -> Marked:
    """Mark the option chosen: all or nothing."""
    if all(option != known.id for known in question.options):
        raise ValueError(f"{question.id} has no option {option!r}")
    right = option == question.key.id
    return Marked(score=float(right), correct=right)
