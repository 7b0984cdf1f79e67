"""Judging a typed number with its unit: a comma or a point, and the units that a question can sensibly mean."""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sciaquiz.marking.words import key

if TYPE_CHECKING:
    from sciaquiz.deck.kinds import Numeric

LONGEST_NUMBER = 60

SLACK = 1e-9
"""The share of itself by which a converted value may pass a limit, for what binary fractions cannot say."""

NUMBER = re.compile(r"(?P<sign>[-+]?)\s?(?P<digits>\d+(?:[.,' ]\d{3}(?!\d))*(?:[.,]\d+)?|[.,]\d+)\s?(?P<unit>\D.*)?")
UNIT = re.compile(r"(?:[^\W\d_]|[%°º˚/. ])+(?:(?<! )\^?[23²³])?")
GROUPED = re.compile(r"[1-9]\d{0,2}(?P<mark>[.,' ])\d{3}(?:(?P=mark)\d{3})*(?P<rest>(?!(?P=mark))[.,]\d+)?")
TWO_WAYS = re.compile(r"([1-9]\d{0,2})[.,](\d{3})")
KEPT = frozenset("½⅓⅔¼¾⅕⅙⅛⅜⅝⅞²³µº°˚")
"""Signs that keep their form: what stands for them otherwise would read as other digits or letters."""

SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")

UNITS: dict[str, tuple[str, float]] = {
    name: (quantity, size)
    for quantity, sizes in {
        "volume": {
            1e-3: "µl ul microlitre microliter", 1.0: "ml cc cm3 millilitre milliliter",
            10.0: "cl centilitre centiliter", 100.0: "dl decilitre deciliter", 1000.0: "l litre liter dm3",
        },
        "length": {
            1e-3: "µm um micron micrometre micrometer", 1.0: "mm millimetre millimeter",
            10.0: "cm centimetre centimeter", 1000.0: "m metre meter",
        },
        "area": {1.0: "mm2", 100.0: "cm2"},
        "angle": {1.0: "° deg degree"},
        "share": {1.0: "% percent pc"},
        "time": {
            1e-3: "ms msec millisecond", 1.0: "s sec second", 60.0: "min minute", 3600.0: "h hr hour",
            86400.0: "d day", 604800.0: "w wk week",
        },
        "calendar": {1.0: "mo month", 12.0: "y yr year"},
        "mass": {1e-6: "µg ug mcg microgram", 1e-3: "mg milligram", 1.0: "g gram", 1000.0: "kg kilogram"},
        "speed": {1e-3: "mm/s", 1e-2: "cm/s", 1.0: "m/s"},
        "voltage": {1e-6: "µv uv microvolt", 1e-3: "mv millivolt", 1.0: "v volt"},
        "pressure": {1.0: "mmhg", 7.50062: "kpa", 0.735559: "cmh2o"},
    }.items()
    for size, names in sizes.items()
    for name in names.split()
}  # fmt: skip
"""Each unit's quantity and its size. A month has no fixed number of days, so it is another quantity than time."""


class NumberVerdict(StrEnum):
    """What a typed number is worth: UNREADABLE and OTHER_UNIT are asked again once."""

    RIGHT = "right"
    WRONG = "wrong"
    UNREADABLE = "unreadable"
    OTHER_UNIT = "other-unit"


@dataclass(frozen=True, slots=True)
class Reading:
    """A number as it was read, and the unit as it was typed (empty for none)."""

    value: float
    unit: str = ""


@dataclass(frozen=True, slots=True)
class NumberJudged:
    """The verdict on a typed number, and words for the student where there is something to say.

    `value` is in the question's unit; None where it could not be read or converted.
    """

    verdict: NumberVerdict
    words: str = ""
    value: float | None = None


def read_number(text: str) -> Reading | None:
    """Read one number and what follows it. None for anything else: a range, a limit, "about", or two ways to read it.

    Comma and point are decimal signs. They separate thousands where nothing else is possible (1,234,567 or 1.234,5), as
    a space or an apostrophe does; "1,234" could be either and is not read.
    """
    found = NUMBER.fullmatch(plain(text)) if len(text) <= LONGEST_NUMBER else None
    if found is None:
        return None
    digits, unit = found["digits"], (found["unit"] or "").strip(" .")
    if TWO_WAYS.fullmatch(digits) or not is_unit(unit):
        return None
    if grouped := GROUPED.fullmatch(digits):
        rest = grouped["rest"] or ""
        digits = re.sub(r"\D", "", digits.removesuffix(rest)) + rest.replace(",", ".")
    elif re.fullmatch(r"\d*[.,]?\d+", digits):
        digits = digits.replace(",", ".")
    else:
        return None
    return Reading(float(found["sign"] + digits), unit)


def plain(text: str) -> str:
    """Return the text with one sort of digit, space, minus sign and apostrophe, and without what cannot be seen."""
    compatible = "".join(sign if sign in KEPT else unicodedata.normalize("NFKC", sign) for sign in text)
    seen = "".join(sign for sign in compatible if unicodedata.category(sign) != "Cf")
    return SPACES.sub(" ", seen.strip()).translate({0x2212: "-", 0x2010: "-", 0x2011: "-", 0x2013: "-", 0x2019: "'"})


def is_unit(text: str) -> bool:
    """Say whether what follows a number can be a unit, known or not, or nothing; "½" and "or 6" cannot."""
    if spelling(text) in UNITS:
        return True
    letters = text.rstrip("23²³^")
    named = letters != "" and letters[0] != "/" and not any(sign.isnumeric() for sign in letters)
    return not text or (named and UNIT.fullmatch(text) is not None)


def in_unit(value: float, unit: str, wanted: str) -> float | None:
    """Convert a value from one unit to another; None where they measure different things. No unit is `wanted`."""
    if not unit or spelling(unit) == spelling(wanted):
        return value
    quantity, size = UNITS.get(spelling(unit), ("", 1.0))
    other, wanted_size = UNITS.get(spelling(wanted), ("", 1.0))
    if quantity == other != "":
        return value * size / wanted_size
    same_words = key(unit) == key(wanted) != ()
    return value if same_words else None


def spelling(unit: str) -> str:
    """Return the name under which a unit is known: lower case, one micro sign, no plural, no full stop."""
    name = unit.casefold().replace("μ", "µ").replace("²", "2").replace("³", "3").replace("^", "")
    name = name.replace(" ", "").rstrip(".")
    name = name.replace("º", "°").replace("˚", "°")
    return name.removesuffix("s") if name not in UNITS and name.removesuffix("s") in UNITS else name


def judge_number(typed: str, question: Numeric) -> NumberJudged:
    """Judge a typed number against the question's range, after conversion into its unit. Never raises."""
    reading = read_number(typed)
    if reading is None:
        return NumberJudged(NumberVerdict.UNREADABLE, why_unreadable(typed))
    value = in_unit(reading.value, reading.unit, question.unit)
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
    if found and (both := TWO_WAYS.fullmatch(found["digits"])):
        whole, rest = both.groups()
        return f"That can be read in two ways: write {whole}{rest} or {whole}.{rest}0."
    if any(sign.isdigit() for sign in typed):
        return "Write one number alone, without a range, “about” or <."
    return "Write a number, such as 4.5."
