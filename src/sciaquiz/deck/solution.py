"""The whole answer of a question in lines, as an author or a student reads it outside of a sitting."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from msgspec import Struct

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
    from sciaquiz.deck.model import Card, Deck, Question


class Line(Struct, frozen=True):
    """One line of an answer: whether it is right, and why."""

    text: str
    right: bool = True
    why: str = ""


def key(card: Card, deck: Deck | None) -> tuple[Line, ...]:
    """Return what is right of what a card asks; of statements all, since to be false is a key as well."""
    found = solution(card.question, deck)
    match card.question:
        case TrueFalse():
            return found
        case Matching() as question:
            asked = question.stems_of(card.part)
            return tuple(line for line, stem in zip(found, question.stems, strict=True) if stem in asked)
        case _:
            return tuple(line for line in found if line.right)


def solution(question: Question, deck: Deck | None = None) -> tuple[Line, ...]:
    """Return what can be answered and which of it is right; zones by their names where their deck is there."""
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
        case Hotspot() as asked:
            return (Line("; ".join(_zones(asked, deck))),)
        case _ as never:
            assert_never(never)


def _zones(question: Hotspot, deck: Deck | None) -> list[str]:
    figure = next((figure for figure in deck.figures if figure.id == question.figure), None) if deck else None
    if figure is None:
        return list(question.regions)
    return [f"{zone.name} – {figure.where(zone)}" for zone in figure.zones() if zone.key in question.regions]
