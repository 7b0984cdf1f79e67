"""Judging a typed number with its unit: a comma or a point, a power of ten, and the units that a question can mean."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.kinds import figures
from sciaquiz.marking.units import in_unit, is_unit, plain, scale_of

if TYPE_CHECKING:
    from sciaquiz.deck.kinds import Numeric

LONGEST_NUMBER = 60

SLACK = 1e-9
"""The share of itself by which a converted value may pass a limit, for what binary fractions cannot say."""

DIGITS = r"\d+(?:[.,' ]\d{3}(?!\d))*(?:[.,]\d+)?|[.,]\d+"
POWER = r" ?[x·] ?10 ?\^ ?\(?(?P<power>[-+]?\d{1,2})\)?| ?e(?P<e>[-+]?\d{1,2})| ?(?P<word>thousand|million|billion)\b"
ALONE = r"10 ?\^ ?\(?(?P<alone>[-+]?\d{1,2})\)?"
NUMBER = re.compile(
    rf"(?P<sign>[-+]?) ?(?:{ALONE}|(?P<digits>{DIGITS})(?:{POWER})?)(?!\d) ?(?P<unit>\D.*)?", re.IGNORECASE
)
GROUPED = re.compile(r"[1-9]\d{0,2}(?P<mark>[.,' ])\d{3}(?:(?P=mark)\d{3})*(?P<rest>(?!(?P=mark))[.,]\d+)?")
TWO_WAYS = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
WORDS = {"thousand": 3, "million": 6, "billion": 9}


class NumberVerdict(StrEnum):
    """What a typed number is worth: UNREADABLE and OTHER_UNIT are asked again once."""

    RIGHT = "right"
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    OTHER_UNIT = "other-unit"


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it was read, the power of ten that was typed with it, and its unit (empty for none)."""

    value: float
    unit: str = ""
    power: int = field(default=0, compare=False)


class NumberJudged(Struct, frozen=True):
    """The verdict on a typed number, and words for the student where there is something to say.

    `value` is in the question's unit; None where it could not be read or converted.
    """

    verdict: NumberVerdict
    words: str = ""
    value: float | None = None


def read_number(text: str) -> Reading | None:
    """Read one number and what follows it. None for anything else: a range, a limit, "about", or two ways to read it.

    Comma and point are decimal signs. They separate thousands where nothing else is possible (1,234,567 or 1.234,5), as
    a space or an apostrophe does; "1,234" could be either and is not read. A power of ten may follow (1e3, 1.5×10⁻³)
    or stand alone (10³).
    """
    found = NUMBER.fullmatch(with_factor(plain(text))) if len(text) <= LONGEST_NUMBER else None
    if found is None:
        return None
    unit = (found["unit"] or "").strip(" .")
    if not is_unit(unit):
        return None
    typed_power = found["alone"] or found["power"] or found["e"]
    power = int(typed_power or WORDS.get((found["word"] or "").casefold(), 0))
    digits = in_figures(found["digits"] or "1", is_decimal=bool(typed_power or found["word"]))
    return None if digits is None else Reading(float(f"{found['sign']}{digits}e{power}"), unit, power)


def with_factor(text: str) -> str:
    """Return "5 10^9/L" as "5·10^9/L", and "5 1/min" as "5 /min"."""
    return re.sub(r"(?<=\d) 1(?=/[^\W\d_])", " ", re.sub(r"(?<=\d) (?=10\^)", "·", text))


def in_figures(digits: str, *, is_decimal: bool) -> str | None:
    """Return digits with a decimal point and nothing else; None where they can be read in two ways.

    `is_decimal`: a power of ten follows, so that a single comma or point cannot separate thousands.
    """
    if TWO_WAYS.fullmatch(digits) and not is_decimal:
        return None
    if re.fullmatch(r"\d*[.,]?\d+", digits):
        return digits.replace(",", ".")
    if grouped := GROUPED.fullmatch(digits):
        rest = grouped["rest"] or ""
        return re.sub(r"\D", "", digits.removesuffix(rest)) + rest.replace(",", ".")
    return None


def read_for(typed: str, question: Numeric) -> Reading | None:
    """Read a number in answer to a question, whose own numbers and unit may be typed as they are shown."""
    if len(typed) > LONGEST_NUMBER:
        return None
    text = plain(typed)
    if text == plain(question.words()):
        return Reading(question.low)
    number = without_unit(text, plain(question.unit))
    for shown in (question.value, question.low, question.high):
        if shown is not None and number == plain(figures(shown)):
            return Reading(shown)
    reading = read_number(number)
    return reading if reading and not reading.unit else read_number(typed)


def without_unit(text: str, unit: str) -> str:
    """Return a number without the unit behind it, in either case and whatever spaces, if it is this very unit."""
    if not unit or unit[0].isdigit():
        return text
    signs = " ?".join(re.escape(sign) + ("?" if sign == "^" else "") for sign in unit.replace(" ", ""))
    return re.sub(rf" ?{signs}$", "", text, flags=re.IGNORECASE)


def in_wanted_unit(reading: Reading, unit: str) -> float | None:
    """Return a value in the unit that is asked for, None for another kind. "5×10⁹" alone is 5 where that is ×10⁹/L."""
    if reading.power == scale_of(unit) != 0 and not reading.unit:
        return reading.value / 10.0**reading.power
    return in_unit(reading.value, reading.unit, unit)


def judge_number(typed: str, question: Numeric) -> NumberJudged:
    """Judge a typed number against the question's range, after conversion into its unit. Never raises."""
    reading = read_for(typed, question)
    if reading is None:
        return NumberJudged(NumberVerdict.UNREADABLE, why_unreadable(typed))
    value = in_wanted_unit(reading, question.unit)
    if value is None or not math.isfinite(value):
        wanted = f"in {question.unit}" if question.unit else "without a unit"
        return NumberJudged(NumberVerdict.OTHER_UNIT, f"Write the number {wanted}.")
    slack = SLACK * abs(value)
    if value < question.low - slack:
        return NumberJudged(NumberVerdict.WRONG, "too low", value)
    if value > question.high + slack:
        return NumberJudged(NumberVerdict.WRONG, "too high", value)
    return NumberJudged(NumberVerdict.RIGHT, "", value)


def why_unreadable(typed: str) -> str:
    """Return what to do about a number that was not read."""
    found = NUMBER.fullmatch(plain(typed)) if len(typed) <= LONGEST_NUMBER else None
    if found and (both := TWO_WAYS.fullmatch(found["digits"] or "")):
        whole, rest = both.groups()
        return f"That can be read in two ways: write {whole}{rest} or {whole}.{rest}0."
    if any(sign.isdigit() for sign in typed):
        return "Write one number alone, without a range, “about” or <."
    return "Write a number, such as 4.5."
