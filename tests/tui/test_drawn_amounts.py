"""Columns, bars and the small calendar, by plain calls."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from sciaquiz.text import cells
from sciaquiz.tui.widgets.axis import axis
from sciaquiz.tui.widgets.barrows import BarRow, bar_columns
from sciaquiz.tui.widgets.columns import below, columns, firsts, mondays
from sciaquiz.tui.widgets.heatmap import half_blocks

TODAY = date(2026, 11, 22)
ROWS = [
    BarRow("bladder", 0.54, "54%", "41"),
    BarRow("electrophysiology", 1.0, "100%", "88"),
    BarRow("imaging", None, "few", "3"),
]


def test_columns_are_as_high_as_their_values_and_what_is_more_than_nothing_is_seen() -> None:
    drawn = columns([16, 8, 0.1, 0, None, 12], 2, "", wide=1, gap=1)
    assert [row.plain for row in drawn] == ["█         ▄ ", "█ █ ▁ ▁   █ "]
    assert [row.plain for row in columns([0.5, 1.0], 1, "", wide=2, top=1.0)] == ["▄▄██"]
    assert [row.plain for row in columns([0, 0], 2, "")] == ["  ", "▁▁"]
    assert [row.plain for row in columns([], 2, "")] == ["", ""]


def test_dates_stand_below_their_days_and_never_touch() -> None:
    ahead = [TODAY + timedelta(days=day) for day in range(1, 19)]
    assert below(mondays(ahead), 2, 36).plain == "Mon 23        30 Nov        7 Dec"
    behind = [TODAY - timedelta(days=day) for day in range(54, -1, -1)]
    assert below(firsts(behind), 1, 55).plain == "  1 Oct                          1 Nov"
    assert below(firsts(behind[-7:]), 3, 21).plain == "16 Nov"
    assert axis([(0, "one"), (4, "two"), (5, "three"), (9, "four")], 12) == "one  three"


def test_a_calendar_in_half_blocks_has_two_weekdays_a_cell() -> None:
    answers = {TODAY: 4, TODAY - timedelta(days=1): 1, TODAY - timedelta(days=6): 4}
    rows = half_blocks(answers, TODAY, 20).plain.split("\n")
    assert [row[-1] for row in rows[:4]] == ["▀", " ", "▄", "▀"]
    assert rows[4] == "Aug  Sep Oct Nov"
    assert half_blocks({}, TODAY - timedelta(days=3), 4).plain.split("\n")[2][-1] == " "
    assert max(cells(row) for row in half_blocks(answers, TODAY, 11).plain.split("\n")) <= 11


@pytest.mark.parametrize(
    ("width", "first"),
    [
        (36, "bladder            ━━━───    54%  41"),
        (30, "bladder       ━━━──    54%  41"),
        (24, "bladder          54%  41"),
        (16, "blad…    54%  41"),
    ],
)
def test_bars_under_each_other_fill_their_room_and_the_bar_goes_first(width: int, first: str) -> None:
    shown = bar_columns(ROWS, width, heads=("right", "of"))
    assert shown.row(ROWS[0]).plain == first
    assert "━" not in shown.row(ROWS[2]).plain
    drawn = [*(shown.row(row) for row in ROWS), shown.head("Topics, weakest first", "", "right", "of", width)]
    assert [cells(row.plain) for row in drawn] == [width] * 4
