"""How often a student who knows nothing is right."""

from __future__ import annotations

from math import factorial, perm
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
    from sciaquiz.deck.model import Card

FEWEST_CHOICES = 2


def guess_probability(card: Card) -> float:
    """Return the chance of a blind guess at the whole answer, 0..1; 0 where the answer is produced, not recognised."""
    match card.question:
        case SingleBestAnswer(options=options):
            return 1 / len(options)
        case MultipleAnswer(options=options):
            return float(1 / 2 ** len(options))
        case TrueFalse(statements=statements):
            return float(0.5 ** len(statements))
        case Ordering(items=items):
            return 1 / factorial(len(items))
        case Matching(options=options, reuse=reuse) as question:
            asked = len(question.stems_of(card.part))
            ways = len(options) ** asked if reuse else perm(max(len(options), asked), asked)
            return float(1 / ways)
        case Hotspot(choices=choices, right_choices=right):
            return min(1.0, right / max(FEWEST_CHOICES, choices))
        case Recall() | Typed() | Numeric() | Cloze():
            return 0.0
        case _ as never:
            assert_never(never)
