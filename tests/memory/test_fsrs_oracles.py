"""FSRS-6 against the packages `fsrs` and `fsrs-rs-python`, where they count days as we do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import fsrs
import fsrs_rs_python as fsrs_rs
import pytest

from sciaquiz.journal.entries import Memory, Rating
from sciaquiz.memory.fsrs6 import FSRS6, HIGH, LOW
from sciaquiz.memory.policy import FSRS6_PARAMETERS

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HISTORIES = 2000
GAPS = (0, 0, 0, 1, 1, 2, 3, 5, 8, 13, 30, 90, 365)
TOLERANCE = 1e-4


@dataclass(frozen=True)
class History:
    """The reviews of one card: days since the one before, and ratings."""

    parameters: tuple[float, ...]
    gaps: tuple[int, ...]
    ratings: tuple[Rating, ...]


def near(random: Random, low: float, high: float, usual: float) -> float:
    return min(max(usual * random.lognormvariate(0, 0.25), low), high)


def parameter_sets(random: Random) -> list[tuple[float, ...]]:
    """The defaults, two fitted sets and three random ones; fsrs-rs takes no w19 below 0.01."""
    vectors = json.loads((Path(__file__).parent / "vectors" / "fsrs.json").read_text(encoding="utf-8"))
    fitted = vectors["fsrs6"]["differential"]["parameters"]
    low = (*LOW[:19], 0.01, LOW[20])
    near_defaults = [
        tuple(near(random, *bounds) for bounds in zip(low, HIGH, FSRS6_PARAMETERS, strict=True)) for _ in range(3)
    ]
    return [FSRS6_PARAMETERS, tuple(fitted["2"]), tuple(fitted["3"]), *near_defaults]


@pytest.fixture(scope="module")
def histories() -> list[History]:
    random = Random(2026)
    sets = parameter_sets(random)
    drawn = []
    for number in range(HISTORIES):
        length = random.randrange(1, 21)
        drawn.append(
            History(
                parameters=sets[number % len(sets)],
                gaps=(0, *random.choices(GAPS, k=length - 1)),
                ratings=tuple(random.choices(tuple(Rating), weights=(3, 2, 8, 2), k=length)),
            )
        )
    return drawn


def ours(history: History) -> list[Memory]:
    states = [FSRS6.first(history.parameters, history.ratings[0])]
    for gap, rating in zip(history.gaps[1:], history.ratings[1:], strict=True):
        states.append(FSRS6.after(history.parameters, states[-1], gap, rating))
    return states


def flat(states: list[Memory]) -> list[float]:
    return [number for state in states for number in (state.stability, state.difficulty)]


def test_py_fsrs_agrees_on_every_review_of_2000_histories(histories: list[History]) -> None:
    schedulers = {
        parameters: fsrs.Scheduler(parameters, learning_steps=(), relearning_steps=(), enable_fuzzing=False)
        for parameters in {history.parameters for history in histories}
    }
    compared = 0
    for history in histories:
        scheduler = schedulers[history.parameters]
        card, when = fsrs.Card(card_id=1), NOON
        theirs: list[Memory] = []
        for gap, rating in zip(history.gaps, history.ratings, strict=True):
            when += timedelta(days=gap)
            card, _ = scheduler.review_card(card, fsrs.Rating(rating), when)
            assert card.stability is not None
            assert card.difficulty is not None
            if card.stability > 36500:  # it has no highest stability, and goes its own way from there
                break
            theirs.append(Memory(card.stability, card.difficulty))
        compared += len(theirs) == len(history.ratings)
        assert flat(ours(history)[: len(theirs)]) == pytest.approx(flat(theirs), rel=TOLERANCE)
    assert compared > 0.98 * HISTORIES


def test_fsrs_rs_agrees_on_every_review_of_2000_histories(histories: list[History]) -> None:
    compared = 0
    for parameters in {history.parameters for history in histories}:
        mine = [history for history in histories if history.parameters == parameters]
        items = [
            fsrs_rs.FSRSItem(
                [
                    fsrs_rs.FSRSReview(rating=int(rating), delta_t=gap)
                    for gap, rating in zip(history.gaps, history.ratings, strict=True)
                ]
            )
            for history in mine
        ]
        found = fsrs_rs.FSRS(parameters).historical_memory_state_batch(items)
        for history, states in zip(mine, found, strict=True):
            theirs = [Memory(state.stability, state.difficulty) for state in states]
            assert len(theirs) == len(history.ratings)
            assert flat(ours(history)) == pytest.approx(flat(theirs), rel=TOLERANCE)
            compared += 1
    assert compared == HISTORIES


def test_fsrs_rs_agrees_on_unrounded_intervals(histories: list[History]) -> None:
    for history in histories[:300]:
        oracle = fsrs_rs.FSRS(history.parameters)
        memory = ours(history)[-1]
        before = fsrs_rs.MemoryState(memory.stability, memory.difficulty)
        for desired in (0.7, 0.9, 0.97):
            states = oracle.next_states(before, desired, 9)
            for rating, theirs in zip(Rating, (states.again, states.hard, states.good, states.easy), strict=True):
                after = FSRS6.after(history.parameters, memory, 9, rating)
                interval = FSRS6.interval(history.parameters, after, desired)
                assert interval == pytest.approx(theirs.interval, rel=TOLERANCE)
