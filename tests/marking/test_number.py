"""Typed numbers: comma or point, sensible units, and nothing read in a way that was not meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sciaquiz.deck.kinds import Numeric
from sciaquiz.ids import DeckId, Digest, QuestionId
from sciaquiz.marking.number import NumberVerdict, Reading, in_unit, judge_number, read_number

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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234.5", Reading(1234.5)), ("1.234,5", Reading(1234.5)), ("0,125", Reading(0.125)), (".5", Reading(0.5)),
        ("200mL", Reading(200.0, "mL")), (" 0,2  L ", Reading(0.2, "L")), ("−5°", Reading(-5.0, "°")), ("5 mL.", Reading(5.0, "mL")),
        ("12 per cent", Reading(12.0, "per cent")), ("5 cm²", Reading(5.0, "cm²")), ("28％", Reading(28.0, "%")),
        ("200\u200b", Reading(200.0)), ("10 cm H₂O", Reading(10.0, "cm H2O")), ("30 kg/m^2", Reading(30.0, "kg/m^2")),
    ],
)  # fmt: skip
def test_what_is_read(text: str, expected: Reading) -> None:
    assert read_number(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "five", "≥ 5", "<5", "about 5", "~5", "3-4", "3–4 mL", "5 or 6", "5 or 2", "1/2", "½", "3½", "5²", "1e5", "1_000", "1.2.3",
        "1,234", "1.234", "-1,234 mL", "12,34,567", "12 34", "5\x00", "9" * 61, "nan", "inf", "5±1",
    ],
)  # fmt: skip
def test_what_could_mean_something_else_is_not_read(text: str) -> None:
    assert read_number(text) is None
    assert judge_number(text, RESIDUAL).verdict is NumberVerdict.UNREADABLE


@pytest.mark.parametrize(
    ("value", "unit", "wanted", "expected"),
    [
        (0.2, "L", "mL", 200), (2, "dL", "mL", 200), (200, "cc", "mL", 200), (15, "mm", "cm", 1.5), (0.1, "m", "mm", 100),
        (45, "deg", "°", 45), (45, "degrees", "°", 45), (5, "per cent", "%", 5), (2, "days", "h", 48), (1, "wk", "days", 7),
        (90, "min", "hours", 1.5), (1, "year", "months", 12), (4.2, "ms", "msec", 4.2), (50, "μV", "mV", 0.05), (3, "roots", "root", 3),
        (5, "", "mL", 5), (5, "points", "points", 5), (10, "cm H2O", "cmH2O", 10), (30, "kg/m^2", "kg/m2", 30),
    ],
)  # fmt: skip
def test_units_are_converted(value: float, unit: str, wanted: str, expected: float) -> None:
    assert in_unit(value, unit, wanted) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("unit", "wanted"), [("cm", "mL"), ("months", "weeks"), ("°C", "°"), ("mL", ""), ("%", "°"), ("points", "roots")]
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
