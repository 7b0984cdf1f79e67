"""Answers that are told before they are asked: in the stem, the case, the hint, the convention, the figure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.look import stands_in
from sciaquiz.deck.kinds import Asks, Cloze, Hotspot, Matching, Numeric, Typed, figures

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.authoring.lint.look import Look

CHOICE = re.compile(r"\bor\b|\bnot\b|/|,")
"""A hint that names several answers gives none of them away."""

SHORTEST = 4
"""Shorter answers than this stand in other words for other reasons."""


def answer_in_stem(look: Look) -> str | None:
    """The stem, or the vignette before it, says the answer."""
    question = look.question
    told = look.stem if not question.case else f"{look.stem}\n{look.case_text}"
    said = told.casefold()
    if isinstance(question, Numeric):
        if (
            question.value is None
            or not question.unit
            or not stands_in(f"{figures(question.value)} {question.unit}", said)
        ):
            return None
        return f"the stem says the answer ({figures(question.value)} {question.unit})"
    if isinstance(question, Matching):
        names = {option.id: option.text for option in question.options}
        for stem in question.stems:
            if _is_told(names[stem.answer], stem.text.casefold()) and not any(
                stands_in(text, stem.text.casefold()) for name, text in names.items() if name != stem.answer
            ):
                return f"“{stem.id}” says its own match, “{names[stem.answer]}”: describe it without the name"
        return None
    keys = [text for text in look.keys if _is_told(text, said)]
    if not keys or any(stands_in(text, said) for text in look.wrong):
        return None
    return f"the answer “{keys[0]}” is said before it is asked: describe it without the name"


def answer_beside(look: Look) -> str | None:
    """What is shown beside the stem says the answer: the convention, a hint, a figure in words."""
    for _, where, found in _told_beside(look):
        return f"{where} says the answer “{found}” before it is asked: say it in the explanation"
    return None


def where_beside(look: Look) -> str:
    """Return the key of a question under which the answer is said beside the stem."""
    return next(key for key, _, _ in _told_beside(look))


def _told_beside(look: Look) -> Iterable[tuple[str, str, str]]:
    """Yield the key of the question, what it is called there, and the answer that is said."""
    for key, where, text, answers in _beside(look):
        said = text.casefold()
        found = next((answer for answer in answers if _is_told(answer, said)), None)
        if found is not None and not any(_is_told(wrong, said) for wrong in look.wrong):
            yield key, where, found


def _beside(look: Look) -> Iterable[tuple[str, str, str, list[str]]]:
    question = look.question
    keys = look.keys
    if question.according_to and keys:
        yield "according_to", "“according_to”", question.according_to, keys
    if question.picture is not None and keys:
        yield "picture", "“alt”", question.picture.alt, keys
    match question:
        case Typed(hint=hint) if hint and not CHOICE.search(hint):
            yield "hint", "“hint”", hint, keys
        case Cloze():
            for part in question.parts:
                if not isinstance(part, str) and part.hint and not CHOICE.search(part.hint):
                    yield "text", "a hint", part.hint, list(part.answers)
        case Hotspot() if look.head is not None:
            figure = next((figure for figure in look.head.figures if figure.id == question.figure), None)
            if figure is None:
                return
            lit = [zone for zone in figure.zones() if zone.key in question.regions]
            if question.asks is Asks.NAME:
                names = [zone.name for zone in lit]
                yield "stem", "the stem", look.stem, names
                yield "figure", "the caption", figure.caption, names
            for zone in lit:
                yield "figure", "“describe”", zone.describe, [zone.name]
        case _:
            return


def _is_told(answer: str, text: str) -> bool:
    return len(answer) >= SHORTEST and stands_in(answer, text)
