"""The whole answer of a question in lines, as an author or a student reads it outside of a sitting."""

from __future__ import annotations

from dataclasses import dataclass
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
    from sciaquiz.deck.model import Question


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an answer: whether it is right, and why."""

    text: str
    right: bool = True
    why: str = ""


def solution(question: Question) -> tuple[Line, ...]:
    """Return what can be answered and which of it is right."""
    match question:
        case SingleBestAnswer(options=options) | MultipleAnswer(options=options):
            return tuple(Line(option.text, option.correct, option.why) for option in options)
        case TrueFalse(statements=statements):
            return tuple(
                Line(f"{'True' if entry.correct else 'False'}. {entry.text}", entry.correct, entry.why)
                for entry in statements
            )
        case Recall(answer=answer):
            return (Line(answer),)
        case Typed(answers=answers, wrong=wrong):
            right = tuple(Line(answer) for answer in answers)
            return right + tuple(Line(entry.text, False, entry.why) for entry in wrong)
        case Numeric():
            return (Line(question.words()),)
        case Cloze(parts=parts):
            return (Line("".join(part if isinstance(part, str) else part.answers[0] for part in parts)),)
        case Ordering(items=items):
            return tuple(Line(f"{place}. {item.text}", True, item.why) for place, item in enumerate(items, start=1))
        case Matching(options=options, stems=stems):
            text_of = {option.id: option.text for option in options}
            return tuple(Line(f"{stem.text} → {text_of[stem.answer]}", True, stem.why) for stem in stems)
        case Hotspot(regions=regions):
            return (Line(", ".join(regions)),)
        case _ as never:
            assert_never(never)
