"""When a card comes back is said in one way."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from remembering import STEADY, course, noon
from rows import each_row
from sciaquiz.clock import FixedClock
from sciaquiz.view.words import interval_words, short_interval_words

if TYPE_CHECKING:
    from sciaquiz.journal.entries import Progress


def on_a_step(minutes: float) -> Progress:
    """A card on a step that is due so many minutes after noon of the first day."""
    return replace(course([(noon(0), 1)], STEADY), due_at=noon(0).instant + timedelta(minutes=minutes))


def in_days(days: int) -> Progress:
    """A card past its steps that is due so many days after noon of the first day."""
    return replace(course([(noon(0), 4)], STEADY), due_at=None, due_day=noon(0).study_day + timedelta(days=days))


@each_row(
    ("days", "words"),
    [
        (-400, "today"),
        (0, "today"),
        (1, "tomorrow (after 04:00)"),
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
    assert interval_words(in_days(days), noon(0)) == words


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


@pytest.mark.parametrize(
    ("day", "words"), [(0, "in 8 days"), (7, "tomorrow (after 04:00)"), (8, "today"), (20, "today")]
)
def test_a_card_past_its_steps_is_told_in_days(day: int, words: str) -> None:
    assert interval_words(course([(noon(0), 4)], STEADY), noon(day)) == words


def test_days_are_study_days_and_not_hours() -> None:
    progress = course([(noon(0), 4)], STEADY)
    assert interval_words(progress, noon(7, 60 * 15)) == "tomorrow (after 04:00)"  # three at night, before the day ends
    assert interval_words(progress, noon(7, 60 * 17)) == "today"


@pytest.mark.parametrize(("hour", "local"), [(4, "03:55"), (4, "23:30"), (0, "23:59"), (5, "04:59"), (12, "11:00")])
def test_the_next_study_day_is_told_by_when_it_begins_however_near_that_is(hour: int, local: str) -> None:
    now = FixedClock(datetime.fromisoformat(f"2026-03-10T{local}:00+01:00"), hour).now()
    progress = replace(in_days(0), due_day=now.study_day + timedelta(days=1))
    assert interval_words(progress, now) == f"tomorrow (after {hour:02}:00)"
    assert short_interval_words(progress, now) == "tomorrow"


@given(st.integers(2, 36500))
def test_long_intervals_have_their_days_beside_them(days: int) -> None:
    words = interval_words(in_days(days), noon(0))
    assert f"{days} days" in words
    assert words.startswith("in ")
    assert ".0 " not in words
