"""Numbers, dates and cut text are said in one way, in correct English."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import sciaquiz
from rows import each_row
from sciaquiz.text import cells, cut, shortened
from sciaquiz.words import count, day_words, instant_words, percent, times, weekday_words

COUNTED = r"(cards?|questions?|answers?|days?|errors?|warnings?|decks?|problems?|entry|entries|times?|backups?|reviews?|notes?)"
BY_HAND = re.compile(r"\{[^{}]+\} " + COUNTED + r"\b")
"""A number in braces and a noun behind it: right for one number only."""
SAFE = re.compile(r"\{[A-Z_]{4,}|> 1\b|== \"?1\b|\{days\b|\{lapses|range_days|times\(|count\(|kind|share|title")
"""Constants above one, what is written only from two on, and numbers inside of `count`."""


PERCENT_BY_HAND = re.compile(r"\{[^{}]+:[^{}]*%\}|\} ?%|[0-9] %")
"""A share formatted where it is said, or a number and a percent sign with a space between."""


@pytest.mark.parametrize(("number", "words"), [(0, "0 days"), (1, "1 day"), (2, "2 days")])
def test_one_is_counted_in_the_singular(number: int, words: str) -> None:
    assert count(number, "day") == words


def test_nouns_that_do_not_take_an_s_are_counted_too() -> None:
    assert [count(number, "entry", "entries") for number in (0, 1, 2)] == ["0 entries", "1 entry", "2 entries"]
    assert [times(number) for number in (1, 2)] == ["once", "2 times"]


def test_days_have_their_year_only_where_it_is_another() -> None:
    assert day_words(date(2026, 11, 4), date(2026, 12, 31)) == "4 Nov"
    assert day_words(date(2027, 1, 1), date(2026, 12, 31)) == "1 Jan 2027"
    assert weekday_words(date(2026, 11, 22)) == "Sun 22 Nov"
    assert instant_words(datetime(2026, 5, 3, 7, 5, tzinfo=UTC)) == "3 May 2026 07:05"


def test_no_plural_is_made_by_hand() -> None:
    """Every number with a noun goes through `count`, so that no face ever says “1 cards”."""
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in Path(sciaquiz.__file__).parent.rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if BY_HAND.search(line) and not SAFE.search(line)
    ]
    assert found == []


def test_a_share_is_said_in_one_way() -> None:
    """Every share of a hundred goes through `percent`, so that no face says “62 %” where another says “62%”."""
    assert [percent(share) for share in (0, 0.625, 0.9, 1)] == ["0%", "62%", "90%", "100%"]
    found = [
        f"{path.name}:{number}: {line.strip()}"
        for path in Path(sciaquiz.__file__).parent.rglob("*.py")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if PERCENT_BY_HAND.search(line) and path.name != "words.py"
    ]
    assert found == []


@each_row(
    ("text", "room", "cut_to"),
    [
        ("Piriformis syndrome", 19, "Piriformis syndrome"),
        ("Piriformis syndrome (8", 22, "Piriformis syndrome (8"),
        ("Piriformis syndrome of the hip", 22, "Piriformis syndrome…"),
        ("Piriformis syndrome (eight)", 22, "Piriformis syndrome…"),
        ("deep-gluteal-syndrome.foot-drop", 28, "deep-gluteal-syndrome.foot…"),
        ("Donaudampfschifffahrtsgesellschaft", 12, "Donaudampfs…"),
        ("座骨神経は何から", 9, "座骨神経…"),
        ("座骨神経は何から", 10, "座骨神経…"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
    ],
)
def test_text_is_cut_at_a_word_with_an_ellipsis(text: str, room: int, cut_to: str) -> None:
    assert cut(text, room) == cut_to


@given(st.text(max_size=80), st.integers(0, 60))
def test_what_is_cut_always_fits(text: str, room: int) -> None:
    assert cells(cut(text, room)) <= room
    assert cells(shortened(text, room)) <= room
    if cells(text) <= room:
        assert cut(text, room) == text


def test_the_names_of_months_are_whole_under_every_calendar() -> None:
    from sciaquiz.insight.heatmap import weeks
    from sciaquiz.tui.widgets.heatmap import months

    for day in range(0, 366, 5):  # every month, begun on every day of the week
        for number in (*range(1, 7), 13, 36):
            shown = weeks({}, date(2026, 1, 1) + timedelta(days=day), number)
            named = months(shown)
            assert len(named) <= 2 * number
            assert all(len(name) == 3 for name in named.split())
