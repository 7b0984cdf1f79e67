"""Statistics in the app: walked by keys, from the first day on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from drawn import text_of
from lived import answered
from sciaquiz.paths import user_paths
from sciaquiz.tui.screens import statistics
from sciaquiz.tui.screens.browse import BrowseScreen
from sciaquiz.tui.screens.card import CardScreen
from sciaquiz.tui.screens.custom import CustomScreen
from sciaquiz.tui.screens.home import HomeScreen
from sciaquiz.tui.screens.statistics import StatisticsScreen
from sciaquiz.tui.screens.study import StudyScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.screen import Screen

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]


@pytest.fixture(autouse=True)
def no_rest(monkeypatch: pytest.MonkeyPatch, deck: Path) -> None:
    """Let the pane follow the cursor at once, and let every question be about foot drop."""
    monkeypatch.setattr(statistics, "REST", 0.0)
    with_topics = deck.read_text(encoding="utf-8").replace('kind = "single"', 'kind = "single"\ntopics = ["foot-drop"]')
    deck.write_text(with_topics, encoding="utf-8")


def in_front(app: SciaquizApp) -> type[Screen[Any]]:
    return type(app.screen)


def said(app: SciaquizApp) -> str:
    return " ".join(text_of(app).split())


async def test_statistics_are_walked_by_keys_and_follow_every_answer_and_undo(
    make_app: MakeApp, press: Press, deck: Path
) -> None:
    """Three wrong answers to one question before, one answer now."""
    for days_ago in (3, 2, 1):
        answered(user_paths().journal, deck, range(1), days_ago, "fibular")
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "s", "A", "q", "enter", "t")
        assert in_front(app) is StatisticsScreen
        assert "certain 4 " in said(app)
        assert "! 3 times certain and wrong" in said(app)
        assert "4 days in a row" in said(app)
        await press(pilot, "u")
        assert "certain 3 " in said(app)
        assert "3 days in a row" in said(app)
        await press(pilot, *["right_square_bracket"] * 3)
        assert "[ all days ]" in said(app)
        await press(pilot, "left_square_bracket", "right")
        assert "Demo deck [ the last 90 days ]" in said(app)
        await press(pilot, "escape", "down", "enter")
        assert in_front(app) is BrowseScreen
        assert "topic:foot-drop" in said(app)
        await press(pilot, "escape", "2")
        assert "foot drop few 3" in said(app)
        assert "3 questions in 1 deck" in said(app)
        await press(pilot, "o")
        assert "foot drop [ the last 90 days ]" in said(app)
        await press(pilot, "escape", "3")
        assert "Predicted and remembered" in said(app)
        await press(pilot, "4", "enter")
        assert in_front(app) is CardScreen
        await press(pilot, "escape", "c")
        assert in_front(app) is CustomScreen
        await press(pilot, "escape", "s")
        assert in_front(app) is StudyScreen
        await press(pilot, "A", "q", "enter")
        assert "✓ Inversion" in said(app)
        await pilot.resize_terminal(60, 20)
        for key in "12":
            await press(pilot, key)
            assert max(len(row) for row in text_of(app).splitlines()) <= 58
        await press(pilot, "escape")
        assert in_front(app) is HomeScreen
