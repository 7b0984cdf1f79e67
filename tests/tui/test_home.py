"""Home when all is done and after a break: what it offers can be taken, and what was chosen stays chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from drawn import text_of
from lived import answered, gone_for_forty_days
from making import written
from sciaquiz.settings.file import read_settings
from sciaquiz.study import comeback
from sciaquiz.tui.screens.custom import CustomScreen
from sciaquiz.tui.screens.study import StudyScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.screen import Screen

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    """Twenty questions, of which the first option is right."""
    path = tmp_path / "many.toml"
    path.write_text(written(*(f"q{number:02}" for number in range(20))), encoding="utf-8")
    return path


def front(app: SciaquizApp) -> Screen[object]:
    return app.screen


async def test_done_for_today_leads_on(make_app: MakeApp, press: Press, deck: Path) -> None:
    app = make_app()
    app.workspace.apply(replace(app.workspace.settings, new_per_day=0))
    answered(app.workspace.paths.journal, deck, range(2), 1)
    answered(app.workspace.paths.journal, deck, range(2, 3), 0, "fibular")
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        screen = app.screen
        await pilot.pause(0.3)  # what went wrong is read with the journal
        await press(pilot)
        drawn = text_of(app)
        assert "Done for today   1 answered, 0 right" in drawn
        assert "1  More new questions      5 of 17 unseen" in drawn
        assert "What went wrong today   1 question" in drawn
        assert "more" in drawn
        await press(pilot, "down")
        assert "With “More new questions”" not in text_of(app)
        await press(pilot, "up", "enter")
        study = front(app)
        assert isinstance(study, StudyScreen)
        assert study._round.sitting.left == 4
        await press(pilot, "q", "escape")
        assert front(app) is screen
        await press(pilot, "escape")
        assert "known now" in text_of(app)
        assert "Nothing is due now." in text_of(app)
        await press(pilot, "w")
        assert "Known now is the chance that you would recall a question today" in " ".join(text_of(app).split())
        await press(pilot, "escape", "a")
        number = next(line.split()[0] for line in text_of(app).splitlines() if "Choose yourself" in line)
        await press(pilot, number)
        assert isinstance(front(app), CustomScreen)


@pytest.fixture
def away(make_app: MakeApp, deck: Path, monkeypatch: pytest.MonkeyPatch) -> SciaquizApp:
    """Let a student come back after 40 days to fourteen reviews, of which a short sitting holds some."""
    monkeypatch.setattr(comeback, "LITTLE_MINUTES", 2)
    app = make_app()
    gone_for_forty_days(app.workspace.paths.journal, deck)
    return app


async def test_after_a_break_a_little_every_day_is_one_key_and_stays_until_all_is_clear(
    away: SciaquizApp, make_app: MakeApp, press: Press
) -> None:
    async with away.run_test(size=(120, 40)) as pilot:
        await press(pilot)
        drawn = text_of(away)
        assert "40 days away   14 are due" in drawn
        assert "of them you probably still know" in drawn
        assert "What 40 days did" in drawn
        assert "At most" in drawn
        assert "missed" not in drawn
        await press(pilot, "enter")
        assert isinstance(away.screen, StudyScreen)
        first = away.screen._round.sitting.left + 1
        assert 1 <= first < 14
    settings = read_settings(away.workspace.paths.settings)[0]
    assert settings.catch_up_per_day == first
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        drawn = " ".join(text_of(app).split())
        assert f"{first} to review about" in drawn
        assert (
            f"Catching up: {first} reviews a day and nothing new, {14 - first} more wait; all clear in about" in drawn
        )


async def test_how_to_come_back_is_asked_once_and_can_be_put_aside(away: SciaquizApp, press: Press) -> None:
    async with away.run_test(size=(80, 24)) as pilot:
        await press(pilot, "escape")
        assert "14 to review   6 new" in text_of(away)
        await press(pilot, "question_mark", "escape")
        assert "days away" not in text_of(away)
        await press(pilot, "a")
        assert "40 days away" in text_of(away)
        ways = [line.split()[0] for line in text_of(away).splitlines() if "All of it today" in line]
        await press(pilot, *ways)
        assert isinstance(away.screen, StudyScreen)
        assert away.screen._round.sitting.left == 13
    assert read_settings(away.workspace.paths.settings)[0].catch_up_per_day == 0
