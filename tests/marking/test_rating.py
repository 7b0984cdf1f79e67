"""From evidence to rating: the table in the documentation, held against the code for every combination."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.marking.rating import NEWEST, RULES, Evidence, rate

TABLE = Path(__file__).parents[2] / "docs" / "rating.md"
SCORES = {"0": [0.0], "part": [0.2, 0.74], "most": [0.75, 0.99], "1": [1.0]}
CERTAINTIES: dict[str, list[Certainty | None]] = {
    "guess": [Certainty.GUESS],
    "think so": [Certainty.THINK_SO],
    "certain": [Certainty.CERTAIN],
    "not asked": [None],
}
TIMES: dict[str, list[tuple[int | None, int | None]]] = {
    "fast": [(3000, 5000), (10, 5000)],
    "usual": [(3001, 5000), (12500, 5000)],
    "slow": [(12501, 5000)],
    "not measured": [(None, 5000), (60000, None), (None, None)],
}
HELP = {"none": [(0, 0)], "hint": [(1, 0), (1, 1)], "second try": [(0, 1)]}
GUESSES = {"rare": [0.0, 0.25, 0.34], "common": [0.35, 0.5, 1.0]}
COLUMNS: list[list[str]] = [list(column) for column in (SCORES, CERTAINTIES, TIMES, HELP, GUESSES)]


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
    score, certainty, time, help_, guess = names
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
            )
        )
        for value, sure, (latency, usual), (hints, near), chance in product(
            SCORES[score], CERTAINTIES[certainty], TIMES[time], HELP[help_], GUESSES[guess]
        )
    ]
    return {(verdict.rating.name.capitalize(), verdict.reason) for verdict in verdicts}


def test_the_table_is_what_the_rule_does() -> None:
    table = rows()
    expected = {
        names: {(row[5], row[6])}
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
)
def test_what_is_not_all_right_is_never_good_and_a_guess_is_always_again(
    score: float, certainty: Certainty | None, latency_ms: int | None, usual_ms: int | None, chance: float
) -> None:
    evidence = Evidence(
        correct=score == 1, score=score, certainty=certainty, latency_ms=latency_ms, usual_ms=usual_ms,
        guess_probability=chance,
    )  # fmt: skip
    rating = rate(evidence).rating
    assert score == 1 or rating <= Rating.HARD
    assert certainty is not Certainty.GUESS or rating is Rating.AGAIN
    assert rating is not Rating.EASY or (certainty is Certainty.CERTAIN and chance <= 0.34)
