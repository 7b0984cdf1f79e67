"""Answers to any question, right and wrong, as the forms would make them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.kinds import (
    Cloze,
    Gaps,
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
from sciaquiz.marking.response import (
    Choice,
    Choices,
    Judgements,
    Pairs,
    Pointed,
    Response,
    SelfGrade,
    Sequence,
    Written,
)
from sciaquiz.study.shown import figure_shown

if TYPE_CHECKING:
    from collections.abc import Sequence as Several

    from sciaquiz.deck.model import Deck
    from sciaquiz.study.turns import Shown

NONSENSE = "quite another thing"


def responses(shown: Shown, deck: Deck) -> tuple[Response, Several[Response]]:
    """The right answer, and wrong ones: each wrong option where one is chosen, one that is wrong throughout elsewhere."""
    order = shown.order
    match shown.card.question:
        case SingleBestAnswer() as question:
            wrong = [Choice(option.id, order) for option in question.options if not option.correct]
            return Choice(question.key.id, order), wrong
        case MultipleAnswer(options=options):
            sides = [tuple(option.id for option in options if option.correct is side) for side in (True, False)]
            right, wrong_one = (Choices(tuple(entry for entry in order if entry in side), order) for side in sides)
            return right, [wrong_one]
        case TrueFalse(statements=statements):
            truth = {statement.id: statement.correct for statement in statements}
            judged = [tuple((entry, truth[entry] is side) for entry in order) for side in (True, False)]
            return Judgements(judged[0]), [Judgements(judged[1])]
        case Recall() | Cloze(gaps=Gaps.REVEALED):
            return SelfGrade(Rating.GOOD), [SelfGrade(Rating.AGAIN)]
        case Typed(answers=answers):
            return Written(answers[:1]), [Written((NONSENSE,)), Written(("",))]
        case Numeric() as question:
            value = question.low if question.value is None else question.value
            return Written((f"{value:g} {question.unit}",)), [Written((f"{(value or 0) + 1e6:g}",))]
        case Cloze() as question:
            gaps = question.gaps_of(shown.card.part)
            return Written(tuple(gap.answers[0] for gap in gaps)), [Written((NONSENSE,) * len(gaps))]
        case Ordering(items=items):
            steps = tuple(item.id for item in items)
            return Sequence(steps, order), [Sequence(steps[::-1], order)]
        case Matching() as question:
            belongs = {stem.id: stem.answer for stem in question.stems}
            ids = [option.id for option in question.options]
            moved = {stem: ids[(ids.index(belongs[stem]) + 1) % len(ids)] for stem in order}
            return Pairs(tuple((stem, belongs[stem]) for stem in order), order), [Pairs(tuple(moved.items()), order)]
        case Hotspot() as question:
            figure = figure_shown(question, shown.answer_id, deck)
            assert figure is not None
            zones = list(enumerate(figure.zones()))
            at = next(Pointed(zone.key, place) for place, zone in zones if zone.key in question.regions)
            beside = next(Pointed(zone.key, place) for place, zone in zones if zone.key not in question.regions)
            return at, [beside]
