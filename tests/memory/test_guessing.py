"""Whether a right answer was known: by Bayes, with rates that are counted from a student's own answers."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from remembering import noon, review
from sciaquiz.journal.entries import Certainty
from sciaquiz.journal.snapshot import Avowal
from sciaquiz.memory.guessing import (
    DEFAULT_RATES,
    FEWEST_ANSWERS,
    FEWEST_WRONG,
    FIRST,
    Rates,
    floor_of,
    knew,
    knew_of,
    luck,
    luck_of,
    rates_from,
)

CHANCES = st.floats(0.01, 0.99)
WEIGHTS = st.tuples(*[st.floats(0.01, 1)] * 3)


def shares(weights: tuple[float, float, float]) -> tuple[float, float, float]:
    guess, think, certain = (weight / sum(weights) for weight in weights)
    return guess, think, certain


@given(CHANCES, st.floats(0.05, 0.99), WEIGHTS, WEIGHTS, st.sampled_from(Certainty))
def test_it_is_what_counting_all_that_can_happen_gives(
    recall: float,
    chance: float,
    known: tuple[float, float, float],
    unknown: tuple[float, float, float],
    said: Certainty,
) -> None:
    rates = Rates(shares(known), shares(unknown))
    right: dict[bool, float] = {}
    for knows, before in ((True, recall), (False, 1 - recall)):
        for certainty in Certainty:
            says = (rates.known if knows else rates.unknown)[certainty - 1]
            if certainty is said:
                right[knows] = before * says * (1 if knows else chance)
    expected = right[True] / (right[True] + right[False])
    assert knew(recall, luck(said, chance, rates)) == pytest.approx(expected)


@given(st.floats(0, 1), st.floats(0, 1), st.floats(0, 10))
def test_it_is_a_chance_that_rises_with_recall_and_falls_with_luck(one: float, other: float, rho: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= knew(low, rho) <= knew(high, rho) <= 1
    assert knew(one, rho) >= knew(one, rho + 1)


def test_what_is_typed_was_known_unless_it_is_called_a_guess_and_without_a_certainty_only_the_floor_counts() -> None:
    assert knew(0.2, luck(Certainty.THINK_SO, 0.0, DEFAULT_RATES)) == 1
    assert (
        knew(FIRST, luck(Certainty.GUESS, 0.0, DEFAULT_RATES))
        < 0.5
        < knew(0.9, luck(Certainty.GUESS, 0.0, DEFAULT_RATES))
    )
    assert knew(0.0, 0.0) == 1
    assert luck(None, 0.25, DEFAULT_RATES) == 0.25
    assert knew(0.6, 0.25) == pytest.approx(0.6 / (0.6 + 0.4 * 0.25))


@pytest.mark.parametrize(("says_guess", "expected"), [(0.05, 0.73), (0.01, 0.36)])
def test_the_figures_that_the_rule_was_made_for(says_guess: float, expected: float) -> None:
    rates = Rates((says_guess, 0.35, 0.65 - says_guess), (0.65, 0.29, 0.06))
    assert knew(0.9, luck(Certainty.GUESS, 0.25, rates)) == pytest.approx(expected, abs=0.006)


def answers(rates: Rates, number: int, recall: float, chance: float, random: Random) -> list[Avowal]:
    """Answers of a student with known rates, counted."""
    found: Counter[tuple[Certainty, bool]] = Counter()
    for _ in range(number):
        knows = random.random() < recall
        said = random.choices(tuple(Certainty), weights=rates.known if knows else rates.unknown)[0]
        found[said, knows or random.random() < chance] += 1
    return [Avowal(said, right, chance, count) for (said, right), count in found.items()]


@pytest.mark.parametrize("says_guess", [0.01, 0.05, 0.15])
@pytest.mark.parametrize("options", [2, 4, 5])
def test_the_rates_of_a_student_are_found_again(says_guess: float, options: int) -> None:
    true = Rates((says_guess, 0.35, 0.65 - says_guess), (0.6, 0.3, 0.1))
    found = rates_from(answers(true, 10_000, 0.8, 1 / options, Random(1)))
    assert found.answers == 10_000
    assert found.known == pytest.approx(true.known, abs=0.01)
    assert found.unknown == pytest.approx(true.unknown, abs=0.025)


def test_questions_with_more_and_fewer_options_are_counted_together() -> None:
    true, random = Rates((0.04, 0.36, 0.6), (0.6, 0.3, 0.1)), Random(2)
    some = answers(true, 10_000, 0.8, 0.5, random) + answers(true, 10_000, 0.7, 0.2, random)
    assert rates_from(some).known == pytest.approx(true.known, abs=0.01)


def test_until_there_are_enough_answers_the_defaults_stand() -> None:
    right, wrong = FEWEST_ANSWERS - FEWEST_WRONG, FEWEST_WRONG
    enough = [Avowal(Certainty.CERTAIN, True, 0.25, right), Avowal(Certainty.GUESS, False, 0.25, wrong)]
    assert rates_from(enough).answers == FEWEST_ANSWERS
    assert rates_from([*enough[1:], enough[0]._replace(answers=right - 1)]) is DEFAULT_RATES
    assert rates_from([enough[0]._replace(answers=10_000), enough[1]._replace(answers=wrong - 1)]) is DEFAULT_RATES
    assert rates_from([]) is DEFAULT_RATES
    typed = [avowal._replace(chance=0.0) for avowal in enough]
    assert rates_from(typed) is DEFAULT_RATES


@given(st.lists(st.tuples(st.sampled_from(Certainty), st.booleans(), st.floats(0, 1), st.integers(1, 3000))))
def test_rates_are_shares_of_one_and_none_is_nothing(rows: list[tuple[Certainty, bool, float, int]]) -> None:
    rates = rates_from(Avowal(*row) for row in rows)
    for found in (rates.known, rates.unknown):
        assert sum(found) == pytest.approx(1)
        assert min(found) > 0


def test_a_review_in_the_journal_says_what_its_right_answer_was_worth() -> None:
    kept = replace(
        review(1, noon(0), rating=3, certainty=Certainty.GUESS),
        response={"chosen": "a", "guess_probability": 0.25}, correct=True,
    )  # fmt: skip
    rho = luck(Certainty.GUESS, 0.25, DEFAULT_RATES)
    assert luck_of(kept, DEFAULT_RATES) == rho
    assert knew_of(kept, DEFAULT_RATES, 0.9) == knew(0.9, rho)
    assert knew_of(kept, DEFAULT_RATES) == knew(FIRST, rho)
    assert knew_of(replace(kept, correct=False), DEFAULT_RATES, 0.9) == 0
    for odd in ("0.25", True, None, -1, 2):
        assert floor_of(replace(kept, response={"guess_probability": odd})) == 0
