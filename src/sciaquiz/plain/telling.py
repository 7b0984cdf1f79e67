"""What is said once a question was answered: what is right, and why; one function a kind."""

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
from sciaquiz.marking.response import Choice, Choices, Judgements, Pairs, Written
from sciaquiz.plain.asking import cloze_line
from sciaquiz.study.shown import figure_shown
from sciaquiz.text import LETTERS

if TYPE_CHECKING:
    from sciaquiz.deck.model import Deck
    from sciaquiz.study.sitting import Outcome, Shown


def told(outcome: Outcome, deck: Deck | None) -> list[str]:
    """Return what is right, in words, and why."""
    shown = outcome.shown
    match shown.card.question, outcome.response:
        case SingleBestAnswer() as question, Choice() as response:
            return _single(question, response)
        case MultipleAnswer() as question, Choices() as response:
            return _multiple(question, response)
        case TrueFalse() as question, Judgements() as response:
            return _true_false(question, response)
        case Typed() as question, Written() as response:
            return _typed(question, response)
        case Numeric() as question, _:
            return [f"The answer is {question.words()}."]
        case Cloze() as question, Written():
            return [cloze_line(question, shown.card.part, filled=True)]
        case Ordering(items=items), _:
            return [f"{place}. {item.text}" for place, item in enumerate(items, start=1)]
        case Matching() as question, Pairs() as response:
            return _matching(question, response, shown.card.part)
        case Hotspot() as question, _:
            return _hotspot(question, shown, deck)
        case _:
            return []


def solution(shown: Shown) -> list[str]:
    """Return the answer of a self-graded card, a paragraph a line."""
    match shown.card.question:
        case Recall(answer=answer):
            return answer.split("\n\n")
        case Cloze() as question:
            return [cloze_line(question, shown.card.part, filled=True)]
        case _:
            return []


def _single(question: SingleBestAnswer, response: Choice) -> list[str]:
    letter = dict(zip(response.shown, LETTERS, strict=False))
    key = question.key
    found = [] if response.option == key.id else [f"The answer is {letter[key.id]}, {key.text}."]
    whys = [option for option in question.options if option.id == response.option and not option.correct]
    return found + [f"{letter[option.id]}: {option.why}" for option in (*whys, key) if option.why]


def _multiple(question: MultipleAnswer, response: Choices) -> list[str]:
    letter = dict(zip(response.shown, LETTERS, strict=False))
    right = ", ".join(sorted(letter[option.id] for option in question.options if option.correct))
    wrong = [option for option in question.options if (option.id in response.options) != option.correct]
    return [f"Right are {right}.", *(f"{letter[option.id]}: {option.why}" for option in wrong if option.why)]


def _true_false(question: TrueFalse, response: Judgements) -> list[str]:
    by_id = {statement.id: statement for statement in question.statements}
    return [
        f"{place} is {'true' if by_id[entry].correct else 'false'}. {by_id[entry].why}".rstrip()
        for place, (entry, answer) in enumerate(response.answers, start=1)
        if answer != by_id[entry].correct
    ]


def _typed(question: Typed, response: Written) -> list[str]:
    from sciaquiz.marking.words import normal

    first, *others = question.answers
    also = f" (also: {', '.join(others[:3])})" if others else ""
    said = normal("".join(response.texts[:1]))
    whys = [entry.why for entry in question.wrong if entry.why and normal(entry.text) == said]
    return [f"The answer is {first}{also}.", *whys]


def _matching(question: Matching, response: Pairs, part: str) -> list[str]:
    texts = {option.id: option.text for option in question.options}
    given = dict(response.pairs)
    return [
        f"{stem.text}: {texts[stem.answer]}. {stem.why}".rstrip()
        for stem in question.stems_of(part)
        if given.get(stem.id) != stem.answer
    ]


def _hotspot(question: Hotspot, shown: Shown, deck: Deck | None) -> list[str]:
    figure = figure_shown(question, shown.answer_id, deck)
    if figure is None:
        return []
    names = "; ".join(f"{zone.name}: {zone.describe}" for zone in figure.zones() if zone.key in question.regions)
    return [f"The answer is {names}.", figure.caption]
