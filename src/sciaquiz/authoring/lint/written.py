"""What a student is to write: answers that are right and wrong at once, units and tolerances."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from sciaquiz.deck.kinds import figures
from sciaquiz.marking.units import is_converted
from sciaquiz.marking.words import key

if TYPE_CHECKING:
    from sciaquiz.deck.kinds import Numeric, Typed


def wrong_and_accepted(question: Typed) -> str | None:
    """A wrong answer is read as one that is accepted."""
    accepted = {key(answer): answer for answer in reversed(question.answers)}
    for entry in question.wrong:
        if (words := key(entry.text)) and words in accepted:
            return f"“{entry.text}” is in “wrong” and is read as the answer “{accepted[words]}”: it counts as right"
    return None


def wrong_by_another_name(question: Typed) -> str | None:
    """A wrong answer is another name of an accepted one in the table of equivalents."""
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


def unknown_unit(question: Numeric) -> str | None:
    """The unit is none that is read under its other names and converted."""
    unit = question.unit
    if not unit or is_converted(unit):
        return None
    if unit[0].isdigit() and not unit.startswith("10"):
        return f"unknown unit “{unit}”: it begins with a digit, which is read as part of the number"
    return f"unknown unit “{unit}”: only this very word will be read, and nothing is converted"


def tolerance_beyond_value(question: Numeric) -> str | None:
    """The tolerance is larger than the value itself, so that numbers on the other side of 0 count."""
    value, low, high = question.value, question.low, question.high
    if not value or not math.isclose(value - low, high - value) or low * high >= 0:
        return None
    return f"the tolerance is larger than the value {figures(value)}: all from {figures(low)} to {figures(high)} counts"
