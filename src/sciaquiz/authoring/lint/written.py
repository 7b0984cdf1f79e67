"""What a student is to write: answers that are right and wrong at once, units and tolerances."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from sciaquiz.deck.kinds import Numeric, Typed, figures
from sciaquiz.marking.units import UNITS, in_unit, is_converted
from sciaquiz.marking.words import key

if TYPE_CHECKING:
    from sciaquiz.authoring.lint.look import Look

ASKED_UNIT = re.compile(
    r"(?:\bhow many|\bin|\bof how many|\((?:in )?)\s*(?P<unit>[^\W\d_]{1,14}(?:/[^\W\d_]{1,6})?|°|%)(?=[?,.;:) ]|$)",
    re.IGNORECASE,
)
"""A word of the question where it may say in which unit it wants its number."""


def wrong_and_accepted(look: Look) -> str | None:
    """A wrong answer is read as one that is accepted."""
    question = look.question
    if not isinstance(question, Typed):
        return None
    accepted = {key(answer): answer for answer in reversed(question.answers)}
    for entry in question.wrong:
        if (words := key(entry.text)) and words in accepted:
            return f"“{entry.text}” is in “wrong” and is read as the answer “{accepted[words]}”: it counts as right"
    return None


def wrong_by_another_name(look: Look) -> str | None:
    """A wrong answer is another name of an accepted one in the table of equivalents."""
    question = look.question
    if not isinstance(question, Typed):
        return None
    if not question.wrong:
        return None
    from sciaquiz.marking.equivalents import shipped

    accepted = {shipped().meaning(answer, loose=False): answer for answer in reversed(question.answers)}
    accepted_words = {key(answer) for answer in question.answers}
    for entry in question.wrong:
        answer = accepted.get(shipped().meaning(entry.text))
        if answer and key(entry.text) not in accepted_words:
            return (
                f"“{entry.text}” is in “wrong” and is another name of the answer “{answer}”: it stays wrong, and no "
                "name of that answer counts but those listed"
            )
    return None


def unknown_unit(look: Look) -> str | None:
    """The unit is none that is read under its other names and converted."""
    question = look.question
    if not isinstance(question, Numeric):
        return None
    unit = question.unit
    if not unit or is_converted(unit):
        return None
    if unit[0].isdigit() and not unit.startswith("10"):
        return f"unknown unit “{unit}”: it begins with a digit, which is read as part of the number"
    return f"unknown unit “{unit}”: only this very word will be read, and nothing is converted"


def tolerance_beyond_value(look: Look) -> str | None:
    """The tolerance is larger than the value itself, so that numbers on the other side of 0 count."""
    question = look.question
    if not isinstance(question, Numeric):
        return None
    value, low, high = question.value, question.low, question.high
    if not value or not math.isclose(value - low, high - value) or low * high >= 0:
        return None
    return f"the tolerance is larger than the value {figures(value)}: all from {figures(low)} to {figures(high)} counts"


def unit_of_another_sort(look: Look) -> str | None:
    """The question asks for a number in one unit, and the key is in another."""
    question = look.question
    if not isinstance(question, Numeric):
        return None
    asked = [unit for found in ASKED_UNIT.finditer(look.lead) if (unit := _known_unit(found["unit"]))]
    if not asked or any(question.unit and in_unit(1.0, unit, question.unit) == 1.0 for unit in asked):
        return None
    own = f"“{question.unit}”" if question.unit else "missing"
    return f"the stem asks for {asked[0]}, and “unit” is {own}: make the two the same"


def _known_unit(word: str) -> str:
    """Return a word that names a unit, and cannot be meant as another word."""
    if word in UNITS and word not in ("a", "s", "h", "d", "k", "c", "v", "n", "j", "u", "y", "pc", "m", "l", "g"):
        return word
    lower = word.casefold()
    return next((form for form in (lower, lower.removesuffix("s")) if form in UNITS and len(form) > 1), "")
