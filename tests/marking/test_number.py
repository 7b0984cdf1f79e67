"""Typed numbers: comma or point, sensible units, and nothing read in a way that was not meant."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from rows import each_row
from sciaquiz.deck.kinds import Numeric
from sciaquiz.ids import DeckId, Digest, QuestionId
from sciaquiz.marking.number import NumberVerdict, Reading, judge_number, read_number
from sciaquiz.marking.units import in_unit, is_converted

if TYPE_CHECKING:
    from decimal import Decimal


def asks(value: float, low: float, high: float, unit: str = "") -> Numeric:
    return Numeric(
        id=QuestionId("n"),
        deck_id=DeckId("d"),
        version=Digest("v"),
        stem="How much?",
        value=value,
        low=low,
        high=high,
        unit=unit,
    )


RESIDUAL = asks(200, 150, 250, "mL")


@given(st.decimals(min_value=-10_000, max_value=10_000, places=2))
def test_a_number_reads_alike_with_comma_and_with_point(number: Decimal) -> None:
    assert read_number(str(number)) == read_number(str(number).replace(".", ",")) == Reading(float(number))


@given(st.integers(1000, 10**9), st.sampled_from([" ", "\u202f", "'", "’"]))
def test_spaces_and_apostrophes_separate_thousands(number: int, mark: str) -> None:
    assert read_number(f"{number:,}".replace(",", mark)) == Reading(float(number))


@given(st.integers(10**6, 10**12), st.sampled_from([",", "."]))
def test_two_commas_or_points_separate_thousands(number: int, mark: str) -> None:
    assert read_number(f"{number:,}".replace(",", mark)) == Reading(float(number))


@each_row(
    ("text", "expected"),
    [
        ("1,234.5", Reading(1234.5)), ("1.234,5", Reading(1234.5)), ("0,125", Reading(0.125)), (".5", Reading(0.5)),
        ("200mL", Reading(200.0, "mL")), (" 0,2  L ", Reading(0.2, "L")), ("−5°", Reading(-5.0, "°")), ("5 mL.", Reading(5.0, "mL")),
        ("12 per cent", Reading(12.0, "per cent")), ("5 cm²", Reading(5.0, "cm^2")), ("28％", Reading(28.0, "%")),
        ("200\u200b", Reading(200.0)), ("10 cm H₂O", Reading(10.0, "cm H2O")), ("30 kg/m^2", Reading(30.0, "kg/m^2")),
    ],
)  # fmt: skip
def test_what_is_read(text: str, expected: Reading) -> None:
    assert read_number(text) == expected


@each_row(
    "text",
    [
        "", "five", "≥ 5", "<5", "about 5", "~5", "3-4", "3–4 mL", "5 or 6", "5 or 2", "1/2", "½", "3½", "5²", "1_000", "1.2.3",
        "1,234", "1.234", "-1,234 mL", "12,34,567", "12 34", "5\x00", "9" * 61, "nan", "inf", "5±1",
    ],
)  # fmt: skip
def test_what_could_mean_something_else_is_not_read(text: str) -> None:
    assert read_number(text) is None
    assert judge_number(text, RESIDUAL).verdict is NumberVerdict.UNREADABLE


@each_row(
    ("value", "unit", "wanted", "expected"),
    [
        (0.2, "L", "mL", 200), (2, "dL", "mL", 200), (200, "cc", "mL", 200), (15, "mm", "cm", 1.5), (0.1, "m", "mm", 100),
        (45, "deg", "°", 45), (45, "degrees", "°", 45), (5, "per cent", "%", 5), (2, "days", "h", 48), (1, "wk", "days", 7),
        (90, "min", "hours", 1.5), (1, "year", "months", 12), (4.2, "ms", "msec", 4.2), (50, "μV", "mV", 0.05), (3, "roots", "root", 3),
        (5, "", "mL", 5), (5, "points", "points", 5), (10, "cm H2O", "cmH2O", 10), (30, "kg/m^2", "kg/m2", 30), (1, "Hz", "/min", 60), (3, "m/s", "mm/ms", 3), (1, "mL", "mm³", 1000), (5, "‰", "%", 0.5),
        (12, "/min", "breaths/min", 12), (60, "bpm", "beats per minute", 60), (5, "×10³/µL", "×10⁹/L", 5), (2, "kPa", "mmHg", 15.00124),
        (1, "mol/L", "mmol/dL", 100), (5, "mL/(kg·h)", "mL/kg/h", 5), (1, "g/dL", "g/L", 10), (37, "degrees Celsius", "°C", 37),
    ],
)  # fmt: skip
def test_units_are_converted(value: float, unit: str, wanted: str, expected: float) -> None:
    assert in_unit(value, unit, wanted) == pytest.approx(expected)


@each_row(
    ("unit", "wanted"),
    [
        ("cm", "mL"),
        ("months", "weeks"),
        ("°C", "°"),
        ("mL", ""),
        ("%", "°"),
        ("points", "roots"),
        ("nm", "N·m"),
        ("breaths/min", "beats/min"),
        ("/min", "min"),
        ("mL/kg/h", "mL/h"),
    ],
)
def test_units_that_measure_something_else_are_not_converted(unit: str, wanted: str) -> None:
    assert in_unit(5, unit, wanted) is None


@pytest.mark.parametrize("typed", ["200", "150", "250 mL", "0.2 L", "0,25 l", "2 dl"])
def test_a_number_in_the_range_is_right(typed: str) -> None:
    assert judge_number(typed, RESIDUAL).verdict is NumberVerdict.RIGHT


def test_a_number_outside_the_range_is_wrong_and_told_which_way() -> None:
    assert judge_number("149", RESIDUAL).words == "too low"
    assert judge_number("0.3 L", RESIDUAL).words == "too high"
    assert judge_number("0.2 mL", RESIDUAL).verdict is NumberVerdict.WRONG


def test_another_unit_is_asked_again_in_the_unit_wanted() -> None:
    judged = judge_number("200 cm", RESIDUAL)
    assert (judged.verdict, judged.words, judged.value) == (NumberVerdict.OTHER_UNIT, "Write the number in mL.", None)
    assert judge_number("5 mL", asks(5, 5, 5)).words == "Write the number without a unit."


def test_words_say_how_to_write_a_number_that_can_be_read_in_two_ways() -> None:
    assert judge_number("1,234", RESIDUAL).words == "That can be read in two ways: write 1234 or 1.2340."


@given(
    st.sampled_from([("mm", "cm"), ("mL", "L"), ("min", "h")]),
    st.decimals(min_value="0.01", max_value=1000, places=2),
)
def test_a_converted_number_is_right_for_a_range_of_one_value(units: tuple[str, str], typed: Decimal) -> None:
    small, large = units
    converted = float(typed * {"cm": 10, "L": 1000, "h": 60}[large])
    assert judge_number(f"{typed} {large}", asks(converted, converted, converted, small)).verdict is NumberVerdict.RIGHT


@given(st.text())
def test_judging_a_number_never_raises(typed: str) -> None:
    assert judge_number(typed, RESIDUAL).verdict in NumberVerdict


@each_row(
    "typed",
    [
        "1e3", "1E3", "1E+3", "1e+03", "1×10^3", "1x10^3", "1 X 10^3", "1×10³", "1x10³", "1 × 10 ³", "10^3", "10³", "1·10³", "1⋅10³",
        "1*10^3", "1*10**3", "1.0e3", "1,0e3", "0.1e4", "10e2", "10000e−1", "1×10^(3)", "１e３", "100×10¹", "1 000", "1\u202f000",
        "1'000", "1000", "1 10³", "1000.0", "1 thousand", "1✕10³", "1 e3",
    ],
)  # fmt: skip
def test_a_power_of_ten_is_read(typed: str) -> None:
    assert judge_number(typed, asks(1000, 1000, 1000)).verdict is NumberVerdict.RIGHT
    assert judge_number(f"{typed} mL", asks(1000, 1000, 1000, "mL")).verdict is NumberVerdict.RIGHT


@pytest.mark.parametrize(
    "typed", ["1.5e-3", "1.5E−3", "1,5×10⁻³", "1.5·10^-3", "1.5x10^–3", "15e-4", "0.0015", "0.15%"]
)
def test_a_negative_power_of_ten_is_read(typed: str) -> None:
    unit = "" if "%" not in typed else "%"
    value = 0.0015 if not unit else 0.15
    assert judge_number(typed, asks(value, value, value, unit)).verdict is NumberVerdict.RIGHT


@pytest.mark.parametrize("typed", ["1e2", "1e4", "10²", "10⁴", "1e-3", "10⁻³", "103", "1×103"])
def test_another_power_of_ten_is_not_right(typed: str) -> None:
    assert judge_number(typed, asks(1000, 1000, 1000)).verdict is not NumberVerdict.RIGHT


@each_row("typed", ["1e", "1e3.5", "1e3e3", "1e400", "1x103", "10^", "2^3", "1 e 3", "e3", "3½", "1e3-1e4"])
def test_half_an_exponent_is_not_read_and_never_a_unit(typed: str) -> None:
    assert judge_number(typed, asks(1000, 1000, 1000)).verdict is NumberVerdict.UNREADABLE


SHOWN = [250_000_000, 1234.567, 1.234, 1000, 0.1, 1e12, 123_456_789.25, -5, 0.00001, 6.02e-23, 1e-7, 12.5]


@each_row(("value", "unit"), product(SHOWN, ["", "mL", "°"]))
def test_what_is_shown_as_right_is_right_when_it_is_typed(value: float, unit: str) -> None:
    question = asks(value, value, value, unit)
    assert judge_number(question.words(), question).verdict is NumberVerdict.RIGHT


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (250_000_000, "250000000"),
        (1234.567, "1234.567"),
        (1e12, "1000000000000"),
        (0.00001, "0.00001"),
        (6.02e-23, "6.02e-23"),
        (5, "5"),
    ],
)
def test_a_number_is_shown_as_it_is_written(value: float, words: str) -> None:
    assert asks(value, value, value).words() == words


def test_a_range_may_be_typed_as_it_is_shown() -> None:
    question = replace(asks(0, 10, 15, "mm"), value=None)
    assert question.words() == "10 to 15 mm"
    assert judge_number("10 to 15 mm", question).verdict is NumberVerdict.RIGHT


UNITS_OF_ALL_SORTS = [
    "N·m", "/min", "×10⁹/L", "‰", "s⁻¹", "x10^9/L", "10⁹/L", "mL/kg/h", "kg·m²", "m s⁻¹", "µmol/L", "°C", "cm H₂O", "IU/L", "per 100 000",
    "mm Hg", "points of 100", "€", "$", "Ω", "kΩ", "1/s", "beats/min", "mL·min⁻¹·(1.73 m²)⁻¹", "′", "″", "%", "h⁻¹", "log10", "/mm³", "+",
    "dB(A)", "metres", "×10⁻³", "½-hours", "#",
]  # fmt: skip


@each_row("unit", UNITS_OF_ALL_SORTS)
def test_every_unit_can_be_typed_as_it_is_shown(unit: str) -> None:
    question = asks(5, 5, 5, unit)
    together = f"5{unit}" if not unit[0].isdigit() else "5"
    for typed in (f"5 {unit}", together, "5", question.words(), f" 5  {unit} "):
        assert judge_number(typed, question).verdict is NumberVerdict.RIGHT, typed
        assert judge_number(typed.replace("5", "6"), question).verdict is NumberVerdict.WRONG, typed


@given(st.text(min_size=1, max_size=20).filter(lambda unit: unit.strip() and not unit.strip()[0].isnumeric()))
def test_any_unit_at_all_can_be_typed_as_it_is_shown(unit: str) -> None:
    question = asks(5, 5, 5, unit.strip())
    assert judge_number(question.words(), question).verdict is NumberVerdict.RIGHT


@each_row(
    ("unit", "ways"),
    [
        ("N·m", ["Nm", "N m", "N*m", "N.m", "N⋅m", "newton metres", "newton-metres"]),
        ("/min", ["per minute", "/ min", "min⁻¹", "min^-1", "1/min", "per min", "/minute"]),
        ("s⁻¹", ["/s", "per second", "1/s", "s^-1", "s-1", "Hz"]),
        (
            "×10⁹/L",
            [
                "×10^9/L",
                "x10^9/L",
                "x 10^9/l",
                "*10^9 /L",
                "·10⁹/L",
                "10⁹/L",
                "×10⁹",
                "× 10^9 per litre",
                "billion/L",
                "k/µL",
            ],
        ),
        ("mL/min/1.73 m²", ["ml/min/1.73m2", "mL / min / 1.73 m^2"]),
        ("°", ["º", "˚", " °", "deg", "degrees"]),
        ("‰", ["per mille", "per thousand", "permille", "promille"]),
        ("%", ["per cent", "percent", "pc", "％"]),
        ("µg", ["ug", "mcg", "μg", "micrograms"]),
        ("breaths/min", ["breaths per minute", "/min", "per minute", "breaths / min"]),
        ("mL/kg/h", ["ml/kg/h", "mL/(kg·h)", "ml per kg per hour", "mL kg⁻¹ h⁻¹", "mL·kg⁻¹·h⁻¹"]),
        ("cm²", ["cm2", "cm^2", "cm ²"]),
        ("°C", ["C", "degrees C", "celsius", "℃", "º C", "deg C"]),
    ],
)
def test_other_ways_to_write_a_unit(unit: str, ways: list[str]) -> None:
    for way in ways:
        assert judge_number(f"5 {way}", asks(5, 5, 5, unit)).verdict is NumberVerdict.RIGHT, way


def test_a_unit_is_converted_where_all_of_it_is_known() -> None:
    assert all(map(is_converted, ["", "mL", "/min", "×10⁹/L", "N·m", "breaths/min", "µmol/L", "s⁻¹", "‰"]))
    assert not any(map(is_converted, ["furlongs", "points", "furlongs/week"]))


def test_a_raised_zero_is_a_degree_behind_any_number_but_ten() -> None:
    assert judge_number("90⁰", asks(90, 90, 90, "°")).verdict is NumberVerdict.RIGHT
    assert judge_number("10⁰", asks(1, 1, 1)).verdict is NumberVerdict.RIGHT
