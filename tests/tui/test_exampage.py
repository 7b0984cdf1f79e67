"""What the place Exam draws, at every width, from a plan over cards made by chance."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any

import pytest
from msgspec.structs import replace

from examining import COSTS, MODEL, TOPICS, cards_of
from sciaquiz.exam.after import After
from sciaquiz.exam.exam import Exam
from sciaquiz.exam.outlook import Outlook, Preparation, Variants, outlook, variants
from sciaquiz.exam.prediction import Recalibration
from sciaquiz.text import cells
from sciaquiz.tui.screens import exampage, examside
from sciaquiz.tui.screens.exampage import Shown
from sciaquiz.tui.screens.examplan import Field, setting_row, settings_of, turned, typed_at_first, typed_checked
from sciaquiz.view.exam import home_words, ways

TODAY = date(2026, 11, 22)
EXAM = Exam(id="anatomy", name="Anatomy practical", day=TODAY + timedelta(days=12), minutes=8, pass_mark=60)
TITLES = {"nerve-roots": "Nerve roots"}
NAMES = ("nerve-roots", "red-flags", "variants", "a topic with a name that is longer than most columns are wide")
WIDTHS = (36, 44, 56, 75, 96, 116)


@cache
def looked(target: int | None, minutes: int = 8, off: frozenset[int] = frozenset({6})) -> tuple[Outlook, Variants]:
    cards = tuple(cards_of(3, 300))
    exam = replace(EXAM, target=target, minutes=minutes, days_off=off)
    preparation = Preparation(
        exams=(exam,), today=TODAY, cards=cards, parts=(tuple(NAMES[place % TOPICS] for place in range(len(cards))),),
        costs=COSTS, model=MODEL, recalibration=Recalibration(), error=2.5, firsts=40,
    )  # fmt: skip
    return outlook(preparation, 0), variants(preparation, 0)


def shown(target: int | None = None, minutes: int = 8, **more: Any) -> Shown:
    seen, told = looked(target, minutes)
    return replace(Shown(exam=seen.exam, today=TODAY, seen=seen, told=told, work=told, titles=TITLES), **more)


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize(("target", "minutes"), [(None, 8), (10, 8), (99, 8), (80, 8), (70, 60)])
def test_no_line_is_longer_than_the_page(width: int, target: int | None, minutes: int) -> None:
    for told in (shown(target, minutes), shown(target, minutes, told=None), shown(target, minutes, seen=None)):
        for rows in (12, 20, 36):
            drawn = exampage.page(told, width, rows, [examside.more(told, width), examside.other_time(told, width)])
            assert max(cells(row) for row in drawn.plain.splitlines()) <= width
        for has_page in (True, False):
            assert max(cells(row) for row in examside.head(told, width, has_page=has_page).plain.splitlines()) <= width


def test_where_time_is_short_the_page_says_no_and_offers_ways() -> None:
    told = shown(80)
    drawn = exampage.page(told, 76, 20).plain
    assert "! Not enough time" in drawn
    assert "8 min a day" in drawn
    found = ways(*looked(80))
    assert [row[1] for row in drawn.splitlines() if row[:2] in (" 1", " 2", " 3")] == ["1", "2", "3"][: len(found)]
    assert all(any(words in drawn for words in way.does) for way in found)
    assert "does not fit" in drawn


def test_each_way_can_be_taken_and_the_goal_is_then_within_reach() -> None:
    seen, told = looked(80)
    first, second, third = ways(seen, told)
    assert first.exam.target == round(seen.then.score) == round(first.score)
    assert second.exam.minutes > seen.exam.minutes
    assert third.exam.days_off == frozenset()
    assert looked(first.exam.target)[0].reaches
    assert looked(80, second.exam.minutes)[0].reaches


def test_where_there_is_time_one_muted_line_says_how_much() -> None:
    seen, told = looked(70, 60)
    assert seen.reaches
    [line] = exampage.answer(shown(70, 60), seen, 76)
    assert "to spare" in line.plain
    assert not line.plain.startswith("!")
    assert told.needed is not None
    assert "does not fit" not in exampage.page(shown(70, 60), 76, 20).plain


def test_until_it_is_worked_out_nothing_is_claimed() -> None:
    waiting = exampage.page(shown(80, told=None, work=None), 76, 20).plain
    assert "working it out" in waiting
    assert "of work" not in waiting
    assert "Reading your answers" in exampage.page(shown(80, seen=None, told=None), 76, 20).plain


def test_nothing_moves_while_the_ways_are_worked_out_anew() -> None:
    """Under other minutes a day the work is the same, and each way keeps its row."""
    before, meanwhile = (exampage.page(told, 76, 20).plain.splitlines() for told in (shown(80), shown(80, told=None)))
    assert [row for row, old in zip(meanwhile, before, strict=True) if row != old] == [
        " 2  working it out …", " 3  working it out …"
    ]  # fmt: skip


def test_of_an_exam_that_is_over_the_page_tells_what_came_of_it() -> None:
    seen, _ = looked(None)
    over = After(exam=seen.exam, expected=seen.now, met=3, cards=9, asked=2, right=1, chance=0.8)
    later = seen.exam.day + timedelta(days=3)
    for width in WIDTHS:
        drawn = exampage.page(shown(None, today=later, seen=None, told=None, over=over), width, 20).plain
        assert "3 days ago" in drawn
        assert "It is over" in " ".join(drawn.split())
        assert max(cells(row) for row in drawn.splitlines()) <= width
    assert home_words(seen.exam, later, None) == ("Anatomy practical 3 days ago", "what came of it")


def test_the_columns_of_minutes_end_where_the_limit_is() -> None:
    """A column within the limit never touches the colour of what does not fit."""
    seen, told = looked(80)
    drawn = exampage.minutes(seen, told, TODAY, 76, 4)
    assert "exam" in drawn[-1].plain
    assert len(drawn) == 4 + 2
    assert {span.style for row in drawn[1:-1] for span in row.spans if "on" in str(span.style)} == set()


def test_every_setting_has_a_row_and_can_be_turned() -> None:
    seen, _ = looked(80)
    rows = settings_of(seen.parts)
    shares = {part.name: part.share for part in seen.parts}
    assert len(rows) == len(Field) + TOPICS
    for row in rows:
        for width in (20, 40, 76):
            assert setting_row(row, seen.exam, shares, TODAY, TITLES, width).cell_length == width
        if row.field is not Field.NAME:
            assert turned(row, seen.exam, 1, shares, []) != seen.exam or row.field is Field.DECKS


@pytest.mark.parametrize("field", Field)
def test_what_stands_in_the_line_of_a_field_means_what_is_set(field: Field) -> None:
    exam = replace(EXAM, target=80, questions=60, days_off=frozenset({5, 6}))
    assert typed_checked(field, exam, typed_at_first(field, exam), TODAY) == exam


def test_home_says_when_the_exam_is_and_then_what_is_expected() -> None:
    seen, _ = looked(None)
    assert home_words(seen.exam, TODAY, None) == ("Anatomy practical in 12 days", "")
    when, expected = home_words(seen.exam, TODAY, seen.then)
    assert when == "Anatomy practical in 12 days"
    assert expected.endswith("), pass 60%")
