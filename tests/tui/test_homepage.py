"""What Home shows of what is known, by plain calls."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.geometry import Size

from making import deck, single
from sciaquiz.deck.problem import Problem
from sciaquiz.ids import CardId
from sciaquiz.insight.overview import DeckRow, Overview
from sciaquiz.study.danger import Danger
from sciaquiz.tui.screens.homepage import Known, calendar, deck_line, in_room, next_due, notices, today_line

SUNDAY = date(2026, 11, 22)


ROW = DeckRow(deck=deck(single("q1")), due=3, new=2, learning=1, unseen=2, cards=9, known=0.5)
NOTHING = Overview(
    rows=(), beyond=0, above=0, unsafe={}, minutes=4, forecast=(0, 0, 0, 0, 0, 0, 0), streak=0, done_today=0
)


def row(**more: Any) -> DeckRow:
    return replace(ROW, **more)


def overview(*rows: DeckRow, **more: Any) -> Overview:
    return replace(NOTHING, rows=rows, **more)


@pytest.mark.parametrize(
    ("seen", "told"),
    [
        (overview(row()), "4 to review · 2 new · about 4 min"),
        (overview(row(due=0, learning=0)), "2 new · about 4 min"),
        (overview(), "No decks are installed."),
        (overview(row(due=0, learning=0, new=0)), "Nothing is due now. Browse, or come back later."),
    ],
)
def test_what_waits_is_counted(seen: Overview, told: str) -> None:
    assert today_line(seen, SUNDAY, 80).plain == told


def test_the_days_ahead_are_drawn_where_there_is_room() -> None:
    seen = overview(row(), forecast=(1, 0, 2, 0, 0, 0, 0))
    assert "next 7 days" in today_line(seen, SUNDAY, 60).plain
    assert "next 7 days" not in today_line(seen, SUNDAY, 59).plain


@pytest.mark.parametrize(
    ("forecast", "told"),
    [((2, 0), "2 cards tomorrow."), ((0, 1), "1 card on Tuesday."), ((0, 0), "Browse, or come back later.")],
)
def test_when_the_next_card_is_due_is_told(forecast: tuple[int, ...], told: str) -> None:
    assert next_due(forecast, SUNDAY) == told


def test_a_deck_is_told_with_what_waits_and_how_much_is_known() -> None:
    assert deck_line(row(), 60).plain.split() == ["Demo", "4", "due", "2", "new", "50%", "known"]
    assert deck_line(row(unseen=9), 60).plain.split()[-2:] == ["not", "begun"]
    assert "known" not in deck_line(row(), 55).plain


def test_where_there_is_nothing_to_tell_nothing_is_told() -> None:
    assert notices(Known(), overview(), (), 80).plain == ""


def test_what_has_to_be_told_stands_a_line_each_the_gravest_first() -> None:
    problem = Problem(path=Path("my.toml"), line=1, column=1, message="It has no title.", code="missing")
    known = Known(
        trouble="It is held.",
        suspect=datetime(2027, 1, 1, tzinfo=UTC),
        notices=("A key is unknown.",),
        aside=(Path("/home/me/sciaquiz-answer-1.jsonl"),),
        problems=(problem,),
    )
    unsafe = {CardId(name): Danger(CardId(name), SUNDAY) for name in ("q1", "q2")}
    told = notices(known, overview(unsafe=unsafe, beyond=3), (), 80).plain.splitlines()
    assert told[0] == "! It is held."
    assert told[1].startswith("! Your clock is behind your last answer (")
    assert told[2] == "! A key is unknown."
    assert told[3] == "! 1 answer could not be saved earlier  i take in, from /home/me"
    assert told[4] == "! unsafe now: 2  d which, and until when"
    assert told[5] == "3 more are due beyond today's limit."
    assert told[6] == "! 1 problem in your decks, first It has no title."
    assert told[7] == "  Run: sciaquiz check my.toml"


def test_the_calendar_gives_way_to_its_words_in_a_low_terminal() -> None:
    seen, days = overview(row(), streak=2, done_today=5), {SUNDAY: 5}
    assert calendar(seen, days, SUNDAY, Size(84, 21)).plain == "2 days in a row · 5 answered today"
    assert len(calendar(seen, days, SUNDAY, Size(84, 22)).plain.splitlines()) > 5


def test_before_the_first_answer_home_says_how_to_begin() -> None:
    assert "press Enter to begin" in calendar(overview(row()), {}, SUNDAY, Size(84, 40)).plain
    assert calendar(overview(), {}, SUNDAY, Size(84, 40)).plain == ""


@pytest.mark.parametrize(
    ("one", "other", "room", "told"),
    [
        ("Piriformis syndrome", "Deep gluteal syndrome", 60, ("Piriformis syndrome", "Deep gluteal syndrome")),
        ("Piriformis syndrome", "Deep gluteal syndrome", 30, ("Piriformis…", "Deep gluteal…")),
        ("S1", "Superior gluteal nerve at the notch", 20, ("S1", "Superior gluteal…")),
        ("Superior gluteal nerve at the notch", "S1", 20, ("Superior gluteal…", "S1")),
    ],
)
def test_two_names_share_the_room_there_is(one: str, other: str, room: int, told: tuple[str, str]) -> None:
    assert in_room(one, other, room) == told
