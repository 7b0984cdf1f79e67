"""From evidence to rating: the table in the documentation, held against the code for every combination."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from sciaquiz.journal.assumed import Assumed
from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.marking.rating import NEWEST, RULES, Evidence, rate

TABLE = Path(__file__).parents[2] / "docs" / "rating.md"


def assumed(known: float) -> Assumed:
    """What is assumed of a guess that was known with this chance."""
    return Assumed(known=known, recall=0.9, of_known=0.05, of_unknown=0.65, is_own=True)


SCORES = {"0": [0.0], "part": [0.2, 0.74], "most": [0.75, 0.99], "1": [1.0]}
CERTAINTIES: dict[str, list[Certainty | None]] = {
    "guess": [Certainty.GUESS],
    "think so": [Certainty.THINK_SO],
    "certain": [Certainty.CERTAIN],
    "not asked": [None],
}
KNOWN: dict[str, list[Assumed | None]] = {
    "unlikely": [None, assumed(0.0), assumed(0.4999)],
    "likely": [assumed(0.5), assumed(1.0)],
}
TIMES: dict[str, list[tuple[int | None, int | None]]] = {
    "fast": [(3000, 5000), (10, 5000)],
    "usual": [(3001, 5000), (12500, 5000)],
    "slow": [(12501, 5000)],
    "not measured": [(None, 5000), (60000, None), (None, None)],
}
HELP = {"none": [(0, 0)], "hint": [(1, 0), (1, 1)], "second try": [(0, 1)]}
GUESSES = {"rare": [0.0, 0.25, 0.34], "common": [0.35, 0.5, 1.0]}
COLUMNS: list[list[str]] = [list(column) for column in (SCORES, CERTAINTIES, KNOWN, TIMES, HELP, GUESSES)]


def rows() -> list[list[str]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines[2:]]


def fits(cell: str, name: str) -> bool:
    return cell == "any" or name in [part.strip() for part in cell.split(",")]


def test_every_cell_of_the_table_is_known() -> None:
    for row in rows():
        for cell, known in zip(row, COLUMNS, strict=False):
            assert cell == "any" or {part.strip() for part in cell.split(",")} <= set(known), row
    assert f"`evidence@{NEWEST}`" in TABLE.read_text(encoding="utf-8")


def decided(names: tuple[str, ...]) -> set[tuple[str, str]]:
    """The ratings that the rule gives to all evidence that these cells stand for, with their reasons."""
    score, certainty, known, time, help_, guess = names
    verdicts = [
        rate(
            Evidence(
                correct=value == 1,
                score=value,
                certainty=sure,
                latency_ms=latency,
                usual_ms=usual,
                guess_probability=chance,
                hints=hints,
                near_misses=near,
                assumed=likely,
            )
        )
        for value, sure, likely, (latency, usual), (hints, near), chance in product(
            SCORES[score], CERTAINTIES[certainty], KNOWN[known], TIMES[time], HELP[help_], GUESSES[guess]
        )
    ]
    return {(verdict.rating.name.capitalize(), verdict.reason) for verdict in verdicts}


def test_the_table_is_what_the_rule_does() -> None:
    table = rows()
    expected = {
        names: {(row[6], row[7])}
        for names in product(*COLUMNS)
        for row in [next(row for row in table if all(map(fits, row, names)))]
    }
    assert {names: (decided(names), row) for names, row in expected.items() if decided(names) != row} == {}


def test_every_row_of_the_table_decides_something() -> None:
    table = rows()
    first = {
        next(place for place, row in enumerate(table) if all(map(fits, row, names))) for names in product(*COLUMNS)
    }
    assert first == set(range(len(table)))


@pytest.mark.parametrize("grade", Rating)
@pytest.mark.parametrize("rule", RULES)
def test_the_students_own_grade_is_taken_as_it_is(grade: Rating, rule: int) -> None:
    evidence = Evidence(correct=grade > 1, score=float(grade > 1), self_grade=grade)
    assert RULES[rule](evidence).rating is grade


def test_the_second_rule_still_calls_every_guess_again_and_the_third_only_one_that_was_hardly_known() -> None:
    guess = Evidence(correct=True, score=1, certainty=Certainty.GUESS, assumed=assumed(0.71))
    assert (RULES[2](guess).rating, RULES[3](guess).rating) == (Rating.AGAIN, Rating.HARD)
    assert RULES[3](replace(guess, assumed=assumed(0.49))) == RULES[2](guess)
    assert RULES[3](replace(guess, assumed=None)) == RULES[2](guess)
    partly = replace(guess, correct=False, score=0.8)
    assert RULES[3](partly) == RULES[2](partly)


def test_the_first_rule_still_says_what_it_said() -> None:
    fast = Evidence(correct=True, score=1, certainty=Certainty.CERTAIN, latency_ms=100, usual_ms=5000)
    assert RULES[1](fast).rating is Rating.GOOD
    assert RULES[2](fast).rating is Rating.EASY
    partly = Evidence(correct=False, score=0.8, certainty=Certainty.THINK_SO)
    assert RULES[1](partly).rating is Rating.AGAIN
    assert RULES[2](partly).rating is Rating.HARD


@given(
    st.floats(0, 1),
    st.none() | st.sampled_from(Certainty),
    st.none() | st.integers(0, 10**7),
    st.none() | st.integers(1, 10**6),
    st.floats(0, 1),
    st.none() | st.floats(0, 1),
)
def test_what_is_not_all_right_is_never_good_and_a_guess_never_more_than_hard(
    score: float,
    certainty: Certainty | None,
    latency_ms: int | None,
    usual_ms: int | None,
    chance: float,
    known: float | None,
) -> None:
    evidence = Evidence(
        correct=score == 1, score=score, certainty=certainty, latency_ms=latency_ms, usual_ms=usual_ms,
        guess_probability=chance, assumed=None if known is None else assumed(known),
    )  # fmt: skip
    rating = rate(evidence).rating
    assert score == 1 or rating <= Rating.HARD
    is_likely_known = score == 1 and known is not None and known >= 0.5
    assert certainty is not Certainty.GUESS or rating is (Rating.HARD if is_likely_known else Rating.AGAIN)
    assert rating is not Rating.EASY or (certainty is Certainty.CERTAIN and chance <= 0.34)
