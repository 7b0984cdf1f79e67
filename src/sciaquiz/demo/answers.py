"""What an invented student gives as an answer, right or wrong, to a question of any kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

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
    figures,
)
from sciaquiz.journal.entries import Rating
from sciaquiz.marking.response import Choice, Choices, Judgements, Pairs, Pointed, SelfGrade, Sequence, Written

if TYPE_CHECKING:
    from random import Random

    from sciaquiz.deck.figure import Figure
    from sciaquiz.deck.model import Card
    from sciaquiz.ids import OptionId
    from sciaquiz.marking.response import Response

    Order = tuple[OptionId, ...]

NOT_KNOWN = Written(("",))
"""An empty line: the student gave up."""


def right_answer(card: Card, order: Order, figure: Figure | None, random: Random) -> Response:
    """Return a response that is all right; `order` is how the options stood."""
    match card.question:
        case SingleBestAnswer() as question:
            return Choice(question.key.id, order)
        case MultipleAnswer(options=options):
            return Choices(tuple(option.id for option in options if option.correct), order)
        case TrueFalse(statements=statements):
            truth = {statement.id: statement.correct for statement in statements}
            return Judgements(tuple((name, truth[name]) for name in order))
        case Recall():
            return _own_grade(random)
        case Typed(answers=answers):
            return Written((random.choice(answers) if random.random() < 0.2 else answers[0],))
        case Numeric() as question:
            return Written((_number(question, question.value, 0.5),))
        case Cloze(gaps=Gaps.REVEALED):
            return _own_grade(random)
        case Cloze() as question:
            return Written(tuple(gap.answers[0] for gap in question.gaps_of(card.part)))
        case Ordering(items=items):
            return Sequence(tuple(item.id for item in items), order)
        case Matching() as question:
            right = {stem.id: stem.answer for stem in question.stems_of(card.part)}
            return Pairs(tuple((name, right[name]) for name in order), order)
        case Hotspot() as question:
            return _pointed(question, figure, random, is_right=True)
        case _ as never:
            assert_never(never)


def wrong_answer(
    card: Card, order: Order, figure: Figure | None, random: Random, belief: OptionId | None = None
) -> Response:
    """Return a response that is wrong somewhere; `belief` is the wrong option that the student holds for right."""
    match card.question:
        case SingleBestAnswer(options=options):
            wrong = [option.id for option in options if not option.correct]
            return Choice(belief if belief in wrong and belief is not None else random.choice(wrong), order)
        case MultipleAnswer(options=options):
            turned = belief or random.choice(order)
            return Choices(
                tuple(option.id for option in options if option.correct != (option.id == turned)), order
            )  # fmt: skip
        case TrueFalse(statements=statements):
            truth = {statement.id: statement.correct for statement in statements}
            turned = random.choice(order)
            return Judgements(tuple((name, truth[name] != (name == turned)) for name in order))
        case Recall() | Cloze(gaps=Gaps.REVEALED):
            return SelfGrade(Rating.AGAIN)
        case Typed(wrong=wrong_answers):
            if not wrong_answers or random.random() < 0.3:
                return NOT_KNOWN
            return Written((random.choice(wrong_answers).text,))
        case Numeric() as question:
            return Written((_number(question, None, random.choice((-2.0, 3.0))),))
        case Cloze() as question:
            gaps = [gap.answers[0] for gap in question.gaps_of(card.part)]
            gaps[random.randrange(len(gaps))] = ""
            return Written(tuple(gaps))
        case Ordering(items=items):
            order_given = [item.id for item in items]
            place = random.randrange(len(order_given) - 1)
            order_given[place : place + 2] = order_given[place : place + 2][::-1]
            return Sequence(tuple(order_given), order)
        case Matching() as question:
            return _mismatched(question, card.part, order, random)
        case Hotspot() as question:
            return _pointed(question, figure, random, is_right=False)
        case _ as never:
            assert_never(never)


def _own_grade(random: Random) -> SelfGrade:
    return SelfGrade(random.choices((Rating.HARD, Rating.GOOD, Rating.EASY), weights=(2, 7, 1))[0])


def _number(question: Numeric, value: float | None, along: float) -> str:
    """Return a number with its unit; without a value, the one that lies so far along from low to high."""
    width = question.high - question.low or abs(question.high) or 1
    found = question.low + along * width if value is None else value
    return f"{figures(round(found, 3))} {question.unit}".strip()


def _mismatched(question: Matching, part: str, order: Order, random: Random) -> Pairs:
    """Return the right pairs but for one stem, or for two that were exchanged where an option serves once."""
    given = {stem.id: stem.answer for stem in question.stems_of(part)}
    stem = random.choice(order)
    others = [option.id for option in question.options if option.id != given[stem]]
    free = [option for option in others if question.reuse or option not in given.values()]
    if free:
        given[stem] = random.choice(free)
    else:
        other = random.choice([name for name in order if name != stem])
        given[stem], given[other] = given[other], given[stem]
    return Pairs(tuple((name, given[name]) for name in order), order)


def _pointed(question: Hotspot, figure: Figure | None, random: Random, *, is_right: bool) -> Pointed:
    zones = figure.zones() if figure else ()
    places = [place for place, zone in enumerate(zones) if (zone.key in question.regions) is is_right]
    if not places:
        return Pointed(question.regions[0] if is_right else "", 0)
    place = random.choice(places)
    return Pointed(zones[place].key, place)
