"""A mock exam in the app: what is drawn of it, and one walk through all its screens."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from answers_of_exams import made
from drawn import settled, text_of
from sciaquiz.clock import moment_at
from sciaquiz.journal.entries import Certainty
from sciaquiz.mock.attempt import Said
from sciaquiz.mock.form import Away
from sciaquiz.mock.meter import Meter
from sciaquiz.plain.mockresult import result_lines
from sciaquiz.tui.screens import mockpage, mockresultpage
from sciaquiz.tui.screens.mock import MockScreen
from sciaquiz.tui.screens.mockasking import StopScreen, stop_strip
from sciaquiz.tui.screens.mockresult import MockAnswersScreen, MockResultScreen
from sciaquiz.tui.screens.mockstart import MockStartScreen, _stepped
from sciaquiz.view.mock import (
    TIME_OVER,
    certain_and_wrong_words,
    changed_words,
    clock_words,
    left_out_words,
    marks_words,
    predicted_words,
    score_words,
    sure_words,
    time_words,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.screen import Screen

    from sciaquiz.mock.attempt import Attempt
    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

NOON = moment_at(datetime(2026, 11, 22, 12, tzinfo=UTC))
SAID = Said(response={}, is_whole=True, certainty=None, thought_ms=None, moment=NOON)
RIGHT, WRONG = True, False


def attempt(number: int = 40, here: int = 16, answered: int = 16, **terms: Any) -> Attempt:
    found = replace(made([None] * number, **terms).attempt, ended=None, here=here, flagged=frozenset({7, 13}))
    return replace(found, said={place: SAID for place in range(answered) if place != 7})


def test_the_strip_has_a_sign_for_each_question_in_groups_of_five() -> None:
    drawn = mockpage.strip(attempt(), 76).plain
    assert drawn.startswith("■■■■■ ■■◇■■ ■■■◆■ ■▣□□□ □□□□□ □□□□□ □□□□□ □□□□□ ")
    assert drawn.endswith("15 answered  2 flagged")
    assert len(drawn) == 76


@pytest.mark.parametrize("width", [36, 56, 76, 116])
@pytest.mark.parametrize("number", [1, 7, 40, 200])
def test_the_strip_fits_any_width_and_always_shows_where_one_is(width: int, number: int) -> None:
    for here in {0, number // 2, number - 1}:
        drawn = mockpage.strip(attempt(number, here, answered=min(8, number)), width)
        assert "▣" in drawn.plain
        assert drawn.cell_length <= width
        assert "\n" not in drawn.plain


@pytest.mark.parametrize("width", [20, 36, 56, 76, 116])
def test_the_first_row_fits_and_the_last_minutes_are_shown_though_the_clock_is_hidden(width: int) -> None:
    late, early = (
        mockpage.top(attempt(title="Anatomy practical"), left, width, hides_clock=True).plain.split("\n")
        for left in (4 * 60_000, 38 * 60_000)
    )
    assert all(len(row) <= width for row in (*late, *early))
    assert "38:" not in early[0]
    assert width < 36 or "4:00 left" in late[0]


def test_the_hairline_is_the_time_that_is_used_or_what_is_answered_where_there_is_no_limit() -> None:
    timed = mockpage.top(attempt(minutes=60), 30 * 60_000, 76, hides_clock=False).plain.split("\n")[1]
    free = mockpage.top(attempt(minutes=0), None, 76, hides_clock=False).plain.split("\n")[1]
    assert timed.count("━") == 38
    assert free.count("━") == round(76 * 15 / 40 - 0.5)


@pytest.mark.parametrize(
    ("left", "told"),
    [(None, ""), (0, "0:00 left"), (1, "0:01 left"), (60_000, "1:00 left"), (7_200_000, "2:00:00 left")],
)
def test_the_clock_tells_a_second_that_has_begun(left: int | None, told: str) -> None:
    assert clock_words(left) == told


def test_what_stopping_means_is_said_before_it_is_done() -> None:
    told = stop_strip(attempt(away=Away.COUNTS), 76).plain
    assert "it waits, the clock runs on" in told
    assert "25 questions have no answer and would count as wrong." in told


SCORES = [(RIGHT, Certainty.CERTAIN)] * 3 + [(WRONG, Certainty.CERTAIN), (WRONG, Certainty.GUESS), None]


def test_the_results_say_what_was_right_by_topic_and_how_sure_it_was() -> None:
    found = made(SCORES, topics=["discs", "discs", "foot-drop", "foot-drop", "discs", "foot-drop"])
    assert mockresultpage.score(found, 76).plain.startswith("3 of 6   50%   not passed, the mark is 60%")
    drawn = mockresultpage.topics(found, 76, gaps=False).plain.split("\n")
    assert [row.split("  ")[0] for row in drawn[1:4]] == ["foot drop", "discs", "all"]
    assert "┊" in drawn[1]
    told = mockresultpage.below(found, 76, is_alone=True).plain
    assert "certain 3 of 4   guess 0 of 1" in told
    assert "! 1 certain and wrong" in told
    assert marks_words(found) == "By certainty 3 of 18 marks, 17%."
    assert predicted_words(found) == "Predicted 70% (41–99), came 50%."


@pytest.mark.parametrize("width", [36, 56, 76, 116])
def test_the_results_fit_any_width(width: int) -> None:
    found = made(SCORES, topics=["a topic with a very long name"] * 6, left_out={0: "its deck is gone"})
    for part in (
        mockresultpage.score(found, width),
        mockresultpage.topics(found, width, gaps=False),
        mockresultpage.below(found, width, is_alone=True),
        mockresultpage.pane(found, [found, found], lambda _, most: "A question"[:most], width),
        mockresultpage.row(found, width),
    ):
        assert max(len(row) for row in part.plain.split("\n")) <= width


def test_both_faces_tell_the_same_of_what_an_exam_came_to() -> None:
    found = made(SCORES, topics=["discs"] * 3 + ["foot-drop"] * 3, left_out={0: "its deck is gone"})
    parts = (
        mockresultpage.score(found, 120),
        mockresultpage.topics(found, 120, gaps=False),
        mockresultpage.below(found, 120, is_alone=True),
    )
    drawn, told = " ".join(part.plain for part in parts), " ".join(result_lines(found))
    came, share, passed = score_words(found)
    for words in (
        came, share, passed, time_words(found), predicted_words(found), marks_words(found), changed_words(found),
        certain_and_wrong_words(found), *left_out_words(found), *(of for _, of in sure_words(found)), "foot drop",
    ):  # fmt: skip
        assert words
        assert words in drawn, words
        assert words in told, words


def test_what_can_be_set_goes_in_steps_within_its_bounds() -> None:
    assert [_stepped(value, 1, 5, 1, 200) for value in (1, 5, 43, 200)] == [5, 10, 45, 200]
    assert [_stepped(value, -1, 5, 1, 200) for value in (1, 5, 43, 200)] == [1, 1, 40, 195]


def front(app: SciaquizApp) -> Screen[Any]:
    return app.screen


async def test_one_is_begun_answered_paused_gone_on_with_handed_in_and_gone_through(
    make_app: MakeApp, press: Press
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "m")
        assert isinstance(front(app), MockStartScreen)
        await press(pilot, "enter")
        screen = front(app)
        assert isinstance(screen, MockScreen)
        number = len(screen._held.attempt.form)
        for place in range(number):
            shown = screen._held.shown()
            assert shown is not None
            if place == 1:
                await press(pilot, "asterisk")
            await press(pilot, *(("enter", "3") if shown.card.question.kind == "recall" else ("B", "c", "2")))
            if place + 1 < number:
                await press(pilot, "enter")
        assert len(screen._held.attempt.answers) == number
        assert not screen._held.pending
        told = text_of(app)
        assert f"{number} answered" in told
        assert "principle" not in told
        await press(pilot, "left", "backspace")
        assert len(screen._held.attempt.answers) == number - 1
        screen.action_stop()
        await pilot.pause()
        while not isinstance(front(app), StopScreen):
            await pilot.pause()
        await pilot.press("1")
        await settled(pilot)
        assert not isinstance(front(app), MockScreen)
        await press(pilot, "m", "enter")
        again = front(app)
        assert isinstance(again, MockScreen)
        assert again._held.attempt.said == screen._held.attempt.said
        assert again._held.here == number - 2
        again._held.meter = Meter(again._held.attempt.form.limit_ms or 0, Away.STOPS, lambda: 0.0)
        again._look_at_the_clock()
        await settled(pilot)
        assert isinstance(front(app), MockResultScreen)
        assert f" of {number}" in text_of(app)
        assert TIME_OVER in text_of(app)
        await press(pilot, "enter")
        assert isinstance(front(app), MockAnswersScreen)
        assert "The principle behind" in text_of(app)
