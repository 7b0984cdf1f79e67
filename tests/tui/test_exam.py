"""The place Exam, walked by keys."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pytest

from drawn import settled, text_of
from sciaquiz.exams import exams_in
from sciaquiz.tui.screens import begin, exam, examreading
from sciaquiz.tui.screens.exam import ExamScreen
from sciaquiz.tui.screens.home import HomeScreen
from sciaquiz.tui.screens.mockstart import MockStartScreen
from sciaquiz.tui.screens.study import StudyScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.screen import Screen

    from sciaquiz.exam.exam import Exam
    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything be worked out at once."""
    monkeypatch.setattr(exam, "REST", 0.0)
    monkeypatch.setattr(examreading, "REST", 0.0)


def said(app: SciaquizApp) -> str:
    return " ".join(text_of(app).split())


def in_front(app: SciaquizApp) -> type[Screen[Any]]:
    return type(app.screen)


def days_left(app: SciaquizApp, made: Exam) -> int:
    return made.days_left(app.workspace.clock.now().study_day)


async def kept(app: SciaquizApp) -> list[Exam]:
    return list(await app.journal.call(exams_in))


async def test_an_exam_is_planned_changed_studied_for_and_removed_by_keys(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "e")
        assert "No exam is planned" in said(app)
        await press(pilot, "enter")
        assert "! When is it?" in said(app)
        assert await kept(app) == []
        await press(pilot, "3", "0", "enter")
        assert "Exam in 30 days" in said(app)
        assert "20 min a day" in said(app)
        [made] = await kept(app)
        assert (made.minutes, made.target, made.pass_mark, days_left(app, made)) == (20, 80, 60, 30)
        await press(pilot, "plus", "minus", "minus")
        assert "15 min a day" in said(app)
        assert [each.minutes for each in await kept(app)] == [15]
        await press(pilot, "1")
        assert [each.target for each in await kept(app)] != [80] or "Not enough time" not in said(app)
        await press(pilot, "tab", "down", "right", "down", "down", "right")
        assert "tab done" in said(app)
        [changed] = await kept(app)
        assert days_left(app, changed) == 31
        assert changed.days_off == {6}
        await press(pilot, "enter", *["backspace"] * 9, *"never", "enter")
        assert "! Days off are days of the week" in said(app)
        await press(pilot, "escape", "left", "tab", "m")
        assert in_front(app) is MockStartScreen
        await press(pilot, "escape", "h")
        await pilot.pause(begin.OPENING_DELAY)
        await settled(pilot)
        assert in_front(app) is HomeScreen
        assert "Exam Exam in 31 days" in said(app)
        assert "), pass 60% e" in said(app)
        await pilot.resize_terminal(120, 40)
        await press(pilot, "e", "enter")
        assert in_front(app) is StudyScreen
        await press(pilot, "enter", "3", "q", "enter")
        assert in_front(app) is ExamScreen
        assert "Plan tab change" in said(app)
        await press(pilot, "a", "escape")
        assert "Plan tab change" in said(app)
        await press(pilot, "x")
        assert len(await kept(app)) == 1
        await press(pilot, "x")
        assert await kept(app) == []
        assert "No exam is planned" in said(app)
        await press(pilot, "escape")
        await pilot.pause(begin.OPENING_DELAY)
        await settled(pilot)
        assert "Exam Exam" not in said(app)


async def test_without_an_exam_nothing_of_exams_is_imported_before_the_first_question(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """None in their place makes an import fail, and the app with it."""
    for name in ("exams", "mocks", "exam.outlook", "exam.plan", "exam.prediction", "tui.screens.examreading"):
        monkeypatch.setitem(sys.modules, f"sciaquiz.{name}", None)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause(begin.OPENING_DELAY)
        await press(pilot, "enter")
        assert in_front(app) is StudyScreen
