"""Units as they are typed: what each measures, its size, and one form for the many ways to write it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from msgspec import Struct

from sciaquiz.marking.words import key

FRACTIONS = frozenset("½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞")
KEPT = FRACTIONS | frozenset("µº°˚″′´")
"""Signs that keep their form: what stands for them otherwise would read as other digits or letters."""

SUPERSCRIPT = re.compile("[⁺⁻]?[⁰¹²³⁴-⁹]+")
DEGREE = re.compile(r"(?<=\d)(?<!\b10)⁰(?![⁰¹²³⁴-⁹])")
"""A raised zero behind a number other than ten is meant for the sign of a degree."""

SPACES = re.compile(r"\s+")
FORMS = dict.fromkeys("×✕✖⨯*∗⋅∙•‧・", "·") | dict.fromkeys("º˚", "°") | dict.fromkeys("’‘ʼ", "'")
FORMS |= {"⁄": "/", "∕": "/", "÷": "/", "−": "-", "➖": "-", "˗": "-", "μ": "µ", "\u2126": "Ω"}

SIGN = r"(?:[^\W\d_]|[%‰°′″])(?:\^[-+]?\d+|[2-9])?"
UNIT = re.compile(rf"(?:/ ?)?{SIGN}(?:[-·./ ()]*{SIGN})*(?:-[1-9])?\)?")
"""What can be a unit behind a number: letters and signs, powers and quotients; never "or 6" or "-4 mL"."""

EXPONENT = re.compile(r"e(?:\^?[-+]?\d*)?", re.IGNORECASE)
SHARES = re.compile(r"\b(?:per ?cent|percentage)\b", re.IGNORECASE)
PER_MILLE = re.compile(r"\b(?:per ?mille|promille|per thousand)\b", re.IGNORECASE)
PER = re.compile(r"\s*(?:/|\bper\b)\s*", re.IGNORECASE)
HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
GROUPS = re.compile(r"(?<=\d)[ ,.'](?=\d{3}(?!\d))")
POWER_OF_TEN = re.compile(r"^[·x]? ?10\^([-+]?\d{1,2})(?!\d)[ ·]*")
TOKEN = re.compile(r"(?P<name>.+?)(?:\^(?P<power>[-+]?\d{1,2})|(?P<digit>-?[1-9]))?")

NUMBER_OF = "number of "
"""Stands before the name of a unit that is not known: it is a quantity of its own."""

LONGEST_COUNT = 9


class Measure(Struct, frozen=True):
    """What a unit measures, as powers of quantities, and its size in the base unit of each."""

    size: float
    powers: tuple[tuple[str, int], ...]


BASES: dict[str, dict[float, str]] = {
    "length": {
        1e-6: "nm nanometre nanometer", 1e-3: "µm um micron micrometre micrometer", 1.0: "mm millimetre millimeter",
        10.0: "cm centimetre centimeter", 100.0: "dm", 1000.0: "m metre meter", 1e6: "km kilometre kilometer",
    },
    "angle": {1.0: "° deg degree"},
    "share": {1e-4: "ppm", 0.1: "‰", 1.0: "% pc"},
    "time": {
        1e-6: "µs us microsecond", 1e-3: "ms msec millisecond", 1.0: "s sec second", 60.0: "min minute",
        3600.0: "h hr hour", 86400.0: "d day", 604800.0: "w wk week",
    },
    "calendar": {1.0: "mo month", 12.0: "y yr year"},
    "mass": {
        1e-9: "ng nanogram", 1e-6: "µg ug mcg microgram", 1e-3: "mg milligram", 1.0: "g gram", 1000.0: "kg kilogram",
    },
    "voltage": {1e-6: "µv uv microvolt", 1e-3: "mv millivolt", 1.0: "v volt"},
    "current": {1e-6: "µa microampere", 1e-3: "ma milliampere", 1.0: "ampere"},
    "pressure": {1.0: "mmhg torr", 7.50062: "kpa", 0.735559: "cmh2o"},
    "amount": {
        1e-9: "nmol nanomole", 1e-6: "µmol umol micromole", 1e-3: "mmol millimole", 1.0: "mol mole",
    },
    "activity": {1.0: "u iu"},
    "temperature": {1.0: "°c c celsius °celsius degcelsius degreecelsius degc degreec"},
    "force": {1.0: "n newton", 1000.0: "kn kilonewton"},
    "energy": {1.0: "j joule", 1000.0: "kj kilojoule", 4.184: "cal", 4184.0: "kcal"},
}  # fmt: skip
COMPOUND: dict[str, Measure] = {
    name: Measure(size, powers)
    for powers, sizes in {
        (("length", 3),): {
            1.0: "µl ul microlitre microliter", 1e3: "ml cc ccm millilitre milliliter", 1e4: "cl centilitre centiliter",
            1e5: "dl decilitre deciliter", 1e6: "l litre liter",
        },
        (("force", 1), ("length", 1)): {1e3: "Nm newtonmetre newtonmeter"},
        (("time", -1),): {1.0: "hz hertz", 1000.0: "khz kilohertz"},
        ((NUMBER_OF + "beat", 1), ("time", -1)): {1 / 60: "bpm"},
        (): {1000.0: "k"},
    }.items()
    for size, names in sizes.items()
    for name in names.split()
}  # fmt: skip
"""Units that are powers of others. A month has no fixed number of days, so it is another quantity than time."""

UNITS = {
    name: Measure(size, ((quantity, 1),))
    for quantity, sizes in BASES.items()
    for size, names in sizes.items()
    for name in names.split()
} | COMPOUND

COUNTED = frozenset(NUMBER_OF + what for what in ("beat", "breath", "cycle", "pulse", "time"))
"""What is counted may be left out: 12 /min are 12 breaths/min."""


def plain(text: str) -> str:
    """Return the text with one sort of digit, space, minus, times, micro sign and apostrophe, and with ^ for raised
    digits, without what cannot be seen."""
    degrees = DEGREE.sub("°", text)
    raised = SUPERSCRIPT.sub(lambda found: "^" + unicodedata.normalize("NFKC", found[0]), degrees).replace("**", "^")
    compatible = "".join(sign if sign in KEPT else unicodedata.normalize("NFKC", sign) for sign in raised)
    seen = "".join(
        "-" if unicodedata.category(sign) == "Pd" else FORMS.get(sign, sign)
        for sign in compatible
        if unicodedata.category(sign) != "Cf"
    )
    return SPACES.sub(" ", seen.strip()).replace(" ^", "^")


def is_unit(text: str) -> bool:
    """Say whether what follows a number can be a unit, known or not, or nothing. An exponent cannot: e3."""
    if not text or known(text.replace(" ", "")):
        return True
    return UNIT.fullmatch(text) is not None and not EXPONENT.fullmatch(text) and FRACTIONS.isdisjoint(text)


def is_converted(unit: str) -> bool:
    """Say whether every part of a unit is known by more than the one name."""
    return not any(
        quantity.startswith(NUMBER_OF) and quantity not in COUNTED for quantity, _ in measure(plain(unit)).powers
    )


def in_unit(value: float, unit: str, wanted: str) -> float | None:
    """Convert a value from one unit to another; None where they measure different things. No unit is `wanted`."""
    if not unit or together(plain(unit)) == together(plain(wanted)):
        return value
    one, other = measure(plain(unit)), measure(plain(wanted))
    if one.powers == other.powers or is_the_same_but_for_what_is_counted(one, other):
        return value * one.size / other.size
    return None


def together(unit: str) -> str:
    """Return a unit without the spaces and dots between its factors."""
    return re.sub(r"[· .^]", "", unit)


def is_the_same_but_for_what_is_counted(one: Measure, other: Measure) -> bool:
    """Say whether two units are the same once one of them does not say what it counts."""
    bare_one, bare_other = without_what_is_counted(one), without_what_is_counted(other)
    return bare_one == bare_other and (one.powers == bare_one or other.powers == bare_other)


def without_what_is_counted(unit: Measure) -> tuple[tuple[str, int], ...]:
    """Return the powers of what is measured."""
    return tuple((quantity, power) for quantity, power in unit.powers if quantity not in COUNTED)


@lru_cache(maxsize=1024)
def measure(unit: str) -> Measure:
    """Return what a unit measures, from its plain text. A name that is not known is a quantity of its own.

    Everything behind the first "/" or "per" divides: mL/kg/h is mL/(kg·h).
    """
    size, powers = 10.0 ** scale_of(unit), Counter[str]()
    unit = POWER_OF_TEN.sub("", unit, count=1)
    unit = PER_MILLE.sub("‰", SHARES.sub("%", GROUPS.sub("", HYPHEN.sub(" ", unit))))
    for place, part in enumerate(PER.split(unit)):
        for token, power in tokens(part.strip(" ().")):
            signed = -power if place else power
            if token.isdecimal() and float(token) > 0 and len(token) <= LONGEST_COUNT:
                size *= float(token) ** signed
                continue
            found = known(token) or Measure(1.0, ((NUMBER_OF + (" ".join(key(token)) or token), 1),))
            size *= found.size**signed
            powers.update({quantity: each * signed for quantity, each in found.powers})
    return Measure(size, tuple(sorted((quantity, power) for quantity, power in powers.items() if power)))


def scale_of(unit: str) -> int:
    """Return the power of ten with which a unit begins: 9 for ×10⁹/L."""
    found = POWER_OF_TEN.match(plain(unit))
    return int(found[1]) if found else 0


def tokens(part: str) -> list[tuple[str, int]]:
    """Return the factors of one side of a quotient with their powers; "cm H2O" is one."""
    joined = re.sub(r"[ .]", "", part)
    if not part or known(joined):
        return [(joined, 1)] if part else []
    found = []
    for token in re.split(r"[· .()]+", part):
        if match := TOKEN.fullmatch(token):
            name, power, digit = match["name"], match["power"], match["digit"]
            if power or (digit and known(name)):
                found.append((name, int(power or digit)))
            else:
                found.append((token, 1))
    return found


def known(name: str) -> Measure | None:
    """Return the measure of a unit by its name, in either case and number; None if it is not known."""
    name = name.removesuffix(".")
    small = name.casefold().replace("μ", "µ")  # case folding makes a Greek letter of the micro sign
    one = re.sub("^degrees", "degree", small)
    return UNITS.get(name) or UNITS.get(small) or UNITS.get(one) or UNITS.get(one.removesuffix("s"))
