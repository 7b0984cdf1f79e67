"""Days played out: the same each time, dearer the more is wanted, and what the model itself would give."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest

from sciaquiz.ids import CardId
from sciaquiz.journal.costs import Costs
from sciaquiz.journal.entries import Memory
from sciaquiz.memory import simulation
from sciaquiz.memory.fits import DEFAULT_FITS
from sciaquiz.memory.fsrs6 import FSRS6
from sciaquiz.memory.policy import FSRS6_PARAMETERS
from sciaquiz.memory.simulation import Coming, Played, simulate

COSTS = Costs(new=50.0, right=12.0, wrong=30.0)
LIVES = 200
WISHES = (0.80, 0.90, 0.97)


def cards(number: int, retention: float, fast: float | None = None) -> list[Played]:
    return [
        Played(CardId(f"q{n}"), Memory(2.0 + n % 50, 1 + n % 9, fast), n % 20, n % 15, retention) for n in range(number)
    ]


def play(found: list[Played], days: int = 90) -> Coming:
    return simulate(found, DEFAULT_FITS, COSTS, days=days, longest=3650)


@pytest.fixture(autouse=True)
def few_lives(monkeypatch: pytest.MonkeyPatch) -> None:
    """Play each card out a few times only; its luck is the same each time."""
    monkeypatch.setattr(simulation, "LIVES", LIVES)


@pytest.mark.parametrize("fast", [None, 1.5])
def test_more_remembered_costs_more_minutes_and_the_same_cards_give_the_same_figures(fast: float | None) -> None:
    found = [play(cards(200, wish, fast)) for wish in WISHES]
    assert found[1] == play(cards(200, WISHES[1], fast))
    for less, more in pairwise(found):
        assert less.minutes < more.minutes
        assert less.reviews < more.reviews
        assert less.remembered < more.remembered
    assert all(0 < coming.remembered < 200 for coming in found)


def test_a_card_that_is_not_asked_costs_nothing_and_fades_as_the_model_says() -> None:
    memory = Memory(300.0, 5.0)
    coming = play([Played(CardId("q"), memory, 10, 200, 0.9)])
    assert (coming.minutes, coming.reviews) == (0.0, 0.0)
    assert coming.remembered == pytest.approx(FSRS6.retrievability(FSRS6_PARAMETERS, memory, 100))


def test_one_review_costs_what_its_chance_says_and_leaves_what_the_model_expects() -> None:
    """On the only day: r right at 12 s, the others wrong at 30 s; recall on the day after by both memories."""
    memory, lives = Memory(8.0, 5.0), LIVES
    coming = play([Played(CardId("q"), memory, 20, 0, 0.9)], days=1)
    recall = FSRS6.retrievability(FSRS6_PARAMETERS, memory, 20)
    assert coming.reviews == 1.0
    spread = 3 * 18 / lives**0.5
    assert coming.minutes * 60 == pytest.approx(12 * recall + 30 * (1 - recall), abs=spread)


def test_new_cards_begin_on_their_day_and_not_after_the_last() -> None:
    fresh = [Played(CardId(f"n{n}"), None, 0, n, 0.9) for n in (0, 89, 90)]
    assert play(fresh[2:]) == Coming(0.0, 0.0, 0.0)
    assert play(fresh[1:2]).minutes * 90 * 60 == pytest.approx(50.0)
    assert 0.8 < play(fresh[:1]).remembered < 1


def test_a_thousand_cards_at_eight_wishes_take_less_than_two_seconds() -> None:
    found = cards(1000, 0.9)
    play(found[:50])
    began = process_time()
    play(found)
    assert 8 * (process_time() - began) < 2.0
