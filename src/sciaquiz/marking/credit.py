"""Saying what a partly right answer was given credit for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.kinds import MultipleAnswer, Ordering
from sciaquiz.marking.response import Choices, Sequence

if TYPE_CHECKING:
    from sciaquiz.deck.model import Question
    from sciaquiz.marking.marked import Marked
    from sciaquiz.marking.response import Response


def credit_words(question: Question, response: Response, marked: Marked) -> str:
    """Return what was right, in the terms in which the kind is scored: options, steps, or parts."""
    match question, response:
        case MultipleAnswer(options=options), Choices(chosen):
            right = {option.id for option in options if option.correct}
            counts = {
                "right": len(right & set(chosen)),
                "wrong": len(set(chosen) - right),
                "missed": len(right - set(chosen)),
            }
            return ", ".join(f"{count} {word}" for word, count in counts.items() if count)
        case Ordering(items=items), Sequence():
            return f"{sum(part.right for part in marked.parts)} of {len(items) - 1} steps follow the right one"
        case _:  # any other kind, and one that may come, is scored in parts
            return f"{sum(part.right for part in marked.parts)} of {len(marked.parts)}"
