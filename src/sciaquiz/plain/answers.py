"""The answer of a question in plain lines: of one graded by oneself, with all its reasons, and which question it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.kinds import Cloze, Hotspot, Recall, TrueFalse
from sciaquiz.deck.solution import key
from sciaquiz.deck.solution import solution as whole_solution
from sciaquiz.plain.asking import cloze_line
from sciaquiz.plain.lines import sentence
from sciaquiz.study.shown import figure_shown
from sciaquiz.study.summary import opening

if TYPE_CHECKING:
    from sciaquiz.deck.model import Card, Deck, Question
    from sciaquiz.study.turns import Outcome, Shown

LONGEST_NAME = 60
LONGEST_RETOLD = 400
"""Characters of a question that is told again with its answer."""


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
                f"{'True' if entry.correct else 'False'}: {sentence(entry.text)} {entry.why}".rstrip()
                for entry in statements
            ]
        case Hotspot():
            figure = figure_shown(question, outcome.shown.answer_id, deck)
            if figure is None:
                return []
            right = [zone for zone in figure.zones() if zone.key in question.regions]
            return [f"Right: {sentence(f'{zone.name} – {figure.where(zone)}')}" for zone in right]
        case _:
            return [
                f"{'Right' if line.right else 'Wrong'}: {sentence(line.text)} {line.why}".rstrip()
                for line in whole_solution(question)
            ]


def key_line(card: Card, deck: Deck | None) -> str:
    """Return what is right of what a card asks, in one line."""
    return f"Right: {'; '.join(line.text for line in key(card, deck))}"


def named(question: Question, deck: Deck | None, longest: int = LONGEST_NAME) -> str:
    """Return what a question is called where it is not shown: its deck, its case, how it begins, and its id."""
    case = deck.case_of(question) if deck else None
    places = [deck.title if deck else str(question.deck_id), *([case.title] if case else [])]
    return f"{': '.join(places)}: {opening(question, longest)} ({question.id})"
