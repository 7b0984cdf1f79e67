"""Why an answer was wrong, in the app: one key opens five reasons in the rows of the keys, and Enter goes on as always."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drawn import text_of
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import EventKind, MissReason
from sciaquiz.text import cells
from sciaquiz.tui.screens.study import StudyScreen
from sciaquiz.tui.screens.whywrong import WhyWrongScreen, reasons_strip
from sciaquiz.view.acts import REASON_WORDS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]


@pytest.mark.parametrize("width", [30, 36, 56, 76, 116, 156])
def test_every_reason_stands_whole_in_the_strip_with_its_digit(width: int) -> None:
    rows = reasons_strip(width).plain.split("\n")
    assert all(cells(row) <= width for row in rows)
    for place, reason in enumerate(MissReason, start=1):
        assert any(f"{place} {REASON_WORDS[reason]}" in row for row in rows)
    assert "⏎ go on" in rows[-1]
    assert len(rows) <= 2 or width < 76


def kept(app: SciaquizApp, card: str) -> list[object]:
    """The reasons that the journal has for a card."""
    events = app.workspace.journal.history(CardId(card))[1]
    gone = {event.target for event in events if event.kind is EventKind.VOID}
    return [event.payload["reason"] for event in events if event.kind is EventKind.MISS and event.id not in gone]


async def test_a_reason_is_kept_once_is_never_in_the_way_and_can_be_taken_back(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(130, 30)) as pilot:
        await press(pilot, "enter", "B")
        assert "y why wrong" in text_of(app)
        await press(pilot, "y")
        assert isinstance(app.screen, WhyWrongScreen)
        assert "Why was it wrong?" in text_of(app)
        await press(pilot, "escape", "y", "2")
        assert kept(app, "q1") == ["misread"]
        assert "y why wrong" not in text_of(app)
        await press(pilot, "y")
        assert isinstance(app.screen, StudyScreen)
        await press(pilot, "u")
        assert kept(app, "q1") == []
        assert "y why wrong" in text_of(app)
        await press(pilot, "y", "enter")
        assert isinstance(app.screen, StudyScreen)
        assert app.screen._shown is not None
        assert app.screen._shown.card.id == "q2"
        assert kept(app, "q1") == []
        await press(pilot, "A")
        assert "y why wrong" not in text_of(app)


async def test_where_it_is_unwanted_nothing_of_it_is_there(make_app: MakeApp, press: Press, home: Path) -> None:
    home.mkdir(parents=True, exist_ok=True)
    (home / "settings.toml").write_text("[answering]\nask_why_wrong = false\n", encoding="utf-8")
    app = make_app()
    async with app.run_test(size=(130, 30)) as pilot:
        await press(pilot, "enter", "B")
        assert "why wrong" not in text_of(app)
        await press(pilot, "y")
        assert isinstance(app.screen, StudyScreen)
        await press(pilot, "f", *"vague", "enter")
        assert "> vague\n" in (home / "reports" / "demo.md").read_text(encoding="utf-8")
        assert "last answer: 22 Nov: wrong, Common fibular (peroneal) nerve" in (
            home / "reports" / "demo.md"
        ).read_text(encoding="utf-8")
