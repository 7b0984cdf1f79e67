"""When a card comes back is said in one way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembering import STEADY, course, noon
from sciaquiz.memory.words import days_words, interval_words

if TYPE_CHECKING:
    from sciaquiz.record import Progress


def on_a_step(minutes: float) -> Progress:
    """A card on a step that is due so many minutes after noon of the first day."""
    return replace(course([(noon(0), 1)], STEADY), due_at=noon(0).instant + timedelta(minutes=minutes))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (-400, "today"),
        (0, "today"),
        (1, "in 1 day"),
        (2, "in 2 days"),
        (59, "in 59 days"),
        (60, "in 2 months (60 days)"),
        (365, "in 12 months (365 days)"),
        (729, "in 24 months (729 days)"),
        (731, "in 2 years (731 days)"),
        (1000, "in 2.7 years (1000 days)"),
        (36500, "in 99.9 years (36500 days)"),
    ],
)
def test_days_ahead_in_words(days: int, words: str) -> None:
    assert days_words(days) == words


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (-5, "now"),
        (0, "now"),
        (0.2, "in 1 min"),
        (1, "in 1 min"),
        (5.5, "in 6 min"),
        (59, "in 59 min"),
        (60, "in 1 h"),
        (89.5, "in 1 h 30 min"),
        (600, "in 10 h"),
    ],
)
def test_minutes_ahead_in_words(minutes: float, words: str) -> None:
    assert interval_words(on_a_step(minutes), noon(0)) == words


@pytest.mark.parametrize(("day", "words"), [(0, "in 8 days"), (7, "in 1 day"), (8, "today"), (20, "today")])
def test_a_card_past_its_steps_is_told_in_days(day: int, words: str) -> None:
    assert interval_words(course([(noon(0), 4)], STEADY), noon(day)) == words


def test_days_are_study_days_and_not_hours() -> None:
    progress = course([(noon(0), 4)], STEADY)
    assert interval_words(progress, noon(7, 60 * 15)) == "in 1 day"  # three at night, before the day ends
    assert interval_words(progress, noon(7, 60 * 17)) == "today"


@given(st.integers(2, 36500))
def test_long_intervals_have_their_days_beside_them(days: int) -> None:
    words = days_words(days)
    assert f"{days} days" in words
    assert words.startswith("in ")
    assert ".0 " not in words
