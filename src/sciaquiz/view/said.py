"""What a student answered, in the words that stood there then."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from sciaquiz.deck.kinds import Hotspot, Matching, MultipleAnswer, Ordering, SingleBestAnswer, TrueFalse, Typed
from sciaquiz.marking.response import (
    Choice,
    Choices,
    Judgements,
    Pairs,
    Pointed,
    SelfGrade,
    Sequence,
    Written,
    from_json,
)
from sciaquiz.view.words import RATING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from typing import Any

    from sciaquiz.deck.model import Deck, Question

NOTHING = "nothing"
NOT_KNOWN = "an answer that this version cannot read"


def wrong_words(question: Question, said: str) -> str:
    """Return "taken for “L5”" of a wrong answer in words, in a line; what is no choice of one was not taken for it."""
    verb = "taken for" if isinstance(question, SingleBestAnswer | Hotspot | Typed) else "answered"
    return f"{verb} “{' '.join(said.split())}”"


def said_words(kept: Mapping[str, Any], then: Question | None, deck: Deck | None = None) -> str:
    """Return an answer as the journal keeps it, in the words of the question as it was `then`.

    Where they are not known, the names that the author gave them stand instead. `deck` knows the names in figures.
    """
    response = from_json(kept)
    texts = _texts(then)
    match response:
        case None:
            return NOT_KNOWN
        case Choice(option):
            return texts.get(option, option)
        case Choices(options):
            return _listed(texts.get(option, option) for option in options)
        case Judgements(answers):
            return _listed(f"{'true' if said else 'false'}: {texts.get(entry, entry)}" for entry, said in answers)
        case Written(written):
            return _listed(f"“{text}”" if text else NOTHING for text in written)
        case Sequence(items):
            return " → ".join(texts.get(item, item) for item in items)
        case Pairs(pairs):
            given = {option.id: option.text for option in then.options} if isinstance(then, Matching) else {}
            return _listed(f"{texts.get(stem, stem)} → {given.get(option, option)}" for stem, option in pairs)
        case Pointed(region):
            return _region(region, then, deck)
        case SelfGrade(rating):
            return f"your own grade: {RATING[rating]}"
        case _ as never:
            assert_never(never)


def _listed(texts: Iterable[str]) -> str:
    return "; ".join(texts) or NOTHING


def _texts(question: Question | None) -> Mapping[str, str]:
    """Return the texts of a question that an answer names: of options, statements, steps or stems."""
    match question:
        case SingleBestAnswer(options=entries) | MultipleAnswer(options=entries) | TrueFalse(statements=entries):
            return {entry.id: entry.text for entry in entries}
        case Ordering(items=items):
            return {item.id: item.text for item in items}
        case Matching(stems=stems):
            return {stem.id: stem.text for stem in stems}
        case _:
            return {}


def _region(region: str, question: Question | None, deck: Deck | None) -> str:
    figure = getattr(question, "figure", None)
    for known in deck.figures if deck else ():
        if known.id == figure:
            return next((zone.name for zone in known.zones() if zone.key == region), region)
    return region
