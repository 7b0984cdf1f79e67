"""What is said once a question was answered: what is right, and why; one function a kind."""

from __future__ import annotations

from itertools import pairwise
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
from sciaquiz.deck.solution import solution as whole_solution
from sciaquiz.marking.response import Choice, Choices, Judgements, Pairs, Sequence, Written
from sciaquiz.plain.asking import cloze_line
from sciaquiz.study.shown import figure_shown
from sciaquiz.study.summary import opening
from sciaquiz.text import LETTERS
from sciaquiz.words import count

if TYPE_CHECKING:
    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.study.turns import Outcome, Shown

LONGEST_NAME = 60


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
        case Ordering() as question, Sequence() as response:
            return _ordering(question, response)
        case Matching() as question, Pairs() as response:
            return _matching(question, response)
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


def reasons(outcome: Outcome, deck: Deck | None) -> list[str]:
    """Return all that could have been answered, whether it is right, and why."""
    question = outcome.shown.card.question
    match question:
        case TrueFalse(statements=statements):
            return [
                f"{_truth(entry.correct).capitalize()}: {_sentence(entry.text)} {entry.why}".rstrip()
                for entry in statements
            ]
        case Hotspot():
            return _hotspot(question, outcome.shown, deck)
        case _:
            return [
                f"{'Right' if line.right else 'Wrong'}: {_sentence(line.text)} {line.why}".rstrip()
                for line in whole_solution(question)
            ]


def named(question: Question, deck: Deck | None) -> str:
    """Return what a question is called where it does not stand: its deck, its case, how it begins, and its id."""
    case = deck.case_of(question) if deck else None
    places = [deck.title if deck else str(question.deck_id), *([case.title] if case else [])]
    return f"{': '.join(places)}: {opening(question, LONGEST_NAME)} ({question.id})"


def leech_words(lapses: int, taken_for: list[str], *, suspended: bool) -> str:
    """Return what a card that is forgotten again and again is mixed up with, and what can be done."""
    told = [f"You have forgotten this card {count(lapses, 'time')}."]
    if taken_for:
        told.append(f"It is mostly taken for {' or '.join(f'“{name}”' for name in taken_for)}.")
    can = ["drill what is mixed up (sciaquiz drill)"] if taken_for else []
    can.append("read all reasons (type :reasons)")
    if suspended:
        told.append("It is suspended until you resume it.")
    else:
        can.append("suspend it (type :suspend last)")
    *others, last = can
    told.append(f"You can {', '.join(others)} or {last}." if others else f"You can {last}.")
    return " ".join(told)


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
        f"{place}. {_truth(not answer).capitalize()} – you said {_truth(answer)}: "
        f"{_sentence(by_id[entry].text)} {by_id[entry].why}".rstrip()
        for place, (entry, answer) in enumerate(response.answers, start=1)
        if answer != by_id[entry].correct
    ]


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _typed(question: Typed, response: Written) -> list[str]:
    from sciaquiz.marking.words import normal

    first, *others = question.answers
    also = f" (also: {', '.join(others[:3])})" if others else ""
    said = normal("".join(response.texts[:1]))
    whys = [entry.why for entry in question.wrong if entry.why and normal(entry.text) == said]
    return [f"The answer is {first}{also}.", *whys]


def _ordering(question: Ordering, response: Sequence) -> list[str]:
    right = [item.text for item in question.items]
    text_of = {item.id: item.text for item in question.items}
    given = [text_of[item] for item in response.items]
    numbered = [f"  {place}. {text}" for place, text in enumerate(right, start=1)]
    if given == right:
        return numbered
    pairs = set(pairwise(right))
    said = [
        f"  {place}. {text.rstrip('.')} – {'right' if (before, text) in pairs else 'wrong'}"
        for place, (before, text) in enumerate(pairwise(given), start=2)
    ]
    return ["You put (right is what follows the right step):", f"  1. {given[0]}", *said, "The right order:", *numbered]


def _matching(question: Matching, response: Pairs) -> list[str]:
    text_of = {option.id: option.text for option in question.options}
    stem_of = {stem.id: stem for stem in question.stems}
    given = [(stem_of[stem], option) for stem, option in response.pairs]
    said = [
        f"  {stem.text} → {text_of[option].rstrip('.')} – {'right' if option == stem.answer else 'wrong'}"
        for stem, option in given
    ]
    mended = [
        f"  {stem.text} → {_sentence(text_of[stem.answer])} {stem.why}".rstrip()
        for stem, option in given
        if option != stem.answer
    ]
    return ["You matched:", *said, "Right is:", *mended] if mended else []


def _hotspot(question: Hotspot, shown: Shown, deck: Deck | None) -> list[str]:
    figure = figure_shown(question, shown.answer_id, deck)
    if figure is None:
        return []
    names = "; ".join(f"{zone.name}: {zone.describe}" for zone in figure.zones() if zone.key in question.regions)
    return [f"The answer is {names}.", figure.caption]
