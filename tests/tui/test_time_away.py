"""The time of an answer is kept only where the student had the question before them all the while."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual import events

from drawn import settled
from sciaquiz.ids import CardId
from sciaquiz.tui.screens.study import StudyScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.pilot import Pilot

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]


def latency(app: SciaquizApp, name: str) -> int | None:
    [review] = app.workspace.journal.history(CardId(name))[0]
    return review.latency_ms


async def look_away(pilot: Pilot[None]) -> None:
    pilot.app.post_message(events.AppBlur())
    await settled(pilot)


async def look_back(pilot: Pilot[None]) -> None:
    pilot.app.post_message(events.AppFocus())
    await settled(pilot)


async def test_time_in_front_of_the_question_is_kept(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "a", "3")
        assert latency(app, "q1") is not None


@pytest.mark.parametrize("comes_back", [True, False])
async def test_time_in_another_window_is_not_kept(make_app: MakeApp, press: Press, comes_back: bool) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        await look_away(pilot)
        if comes_back:
            await look_back(pilot)
        await press(pilot, "a", "3")
        assert latency(app, "q1") is None
        await press(pilot, "enter", "a", "3")
        assert latency(app, "q2") is not None


async def test_a_question_that_is_asked_while_the_student_is_in_another_window_keeps_no_time(
    make_app: MakeApp, press: Press
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        await look_away(pilot)
        screen = app.screen
        assert isinstance(screen, StudyScreen)
        screen._advance()  # as when the card was answered in another window
        await look_back(pilot)
        await press(pilot, "a", "3")
        [review] = [review for name in ("q1", "q2") for review in app.workspace.journal.history(CardId(name))[0]]
        assert review.latency_ms is None


async def test_time_during_which_the_app_was_suspended_is_not_kept(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        app.app_resume_signal.publish(app)
        await press(pilot, "a", "3")
        assert latency(app, "q1") is None


@pytest.mark.parametrize("dialogue", ["question_mark", "w", "n", "ctrl+p"])
async def test_time_under_a_dialogue_is_not_kept(make_app: MakeApp, press: Press, dialogue: str) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", dialogue, "escape", "a", "3")
        assert latency(app, "q1") is None
        await press(pilot, "enter", "a", "3")
        assert latency(app, "q2") is not None
