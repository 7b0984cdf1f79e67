"""What of a question is made anew each time that it is shown."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sciaquiz.deck.kinds import Cloze, Matching, MultipleAnswer, Ordering, SingleBestAnswer, TrueFalse, Typed

if TYPE_CHECKING:
    from sciaquiz.deck.figure import Figure
    from sciaquiz.deck.kinds import Hotspot
    from sciaquiz.deck.model import Card, Deck, Question
    from sciaquiz.ids import EntryId, OptionId


def shuffled_ids(card: Card) -> tuple[OptionId, ...]:
    """Return the ids of what is shown in turn, in the author's order: options, statements, steps or stems."""
    match card.question:
        case SingleBestAnswer(options=options) | MultipleAnswer(options=options):
            return tuple(option.id for option in options)
        case TrueFalse(statements=statements):
            return tuple(statement.id for statement in statements)
        case Ordering(items=items):
            return tuple(item.id for item in items)
        case Matching() as question:
            return tuple(stem.id for stem in question.stems_of(card.part))
        case _:
            return ()


def is_shuffled(question: Question) -> bool:
    """Say whether the order is made anew each time; the order shown is kept with the answer."""
    match question:
        case SingleBestAnswer(shuffle=shuffle) | MultipleAnswer(shuffle=shuffle) | TrueFalse(shuffle=shuffle):
            return shuffle
        case Ordering() | Matching():
            return True
        case _:
            return False


def shuffled(card: Card, random: Random) -> tuple[OptionId, ...]:
    """Return the ids of what is shown in turn, in the order for one showing."""
    right = shuffled_ids(card)
    if not is_shuffled(card.question):
        return right
    order = list(right)
    random.shuffle(order)
    if isinstance(card.question, Ordering) and tuple(order) == right:
        order.reverse()  # the right order would give itself away
    return tuple(order)


def figure_shown(question: Hotspot, answer_id: EntryId, deck: Deck | None) -> Figure | None:
    """Return the figure of a question as it is shown for one answer: panels stand in another order each time."""
    figure = next((figure for figure in deck.figures if figure.id == question.figure), None) if deck else None
    if figure is None or not figure.panels:
        return figure
    panels = list(figure.panels)
    Random(answer_id).shuffle(panels)  # noqa: S311 -- the order of panels is no secret
    return replace(figure, panels=tuple(panels))


def hint_for(card: Card) -> str:
    """Return a hint for what is to be typed: the author's, or how it begins; nothing for other kinds."""
    match card.question:
        case Typed(hint=hint, answers=answers):
            return hint or f"It begins with {answers[0][0]}."
        case Cloze() as question:
            return "; ".join(gap.hint or f"{gap.answers[0][0]}…" for gap in question.gaps_of(card.part))
        case _:
            return ""
