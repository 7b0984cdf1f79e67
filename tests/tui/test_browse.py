"""Browse and the page of a card: what is known of a card, and what can be done to it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest

from drawn import text_of
from sciaquiz.catalogue.search import Matches, find_cards
from sciaquiz.ids import CardId
from sciaquiz.tui.screens import browse
from sciaquiz.tui.screens.browse import BrowseScreen
from sciaquiz.tui.screens.card import CardScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sciaquiz.journal.entries import Marks
    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

FIRST = CardId("q1")


def marks(app: SciaquizApp) -> Marks:
    return app.workspace.journal.states()[FIRST].marks


async def test_nothing_is_counted_before_the_cards_are_read(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads: list[str] = []

    def slow(*asked: Any) -> Matches:
        asyncio.run_coroutine_threadsafe(look(), loop).result()
        return find_cards(*asked)

    async def look() -> None:
        await asyncio.sleep(0.05)
        heads.append(text_of(app))

    app = make_app()
    monkeypatch.setattr(browse, "find_cards", slow)
    async with app.run_test(size=(80, 24)) as pilot:
        loop = asyncio.get_running_loop()
        await press(pilot, "b")
        assert "Browse" in heads[0]
        assert "0 cards" not in heads[0]
        assert "4 cards" in text_of(app)


@pytest.mark.parametrize("on_the_card", [False, True])
async def test_a_card_is_put_off_and_lifted_again_and_every_act_is_told(
    make_app: MakeApp, press: Press, *, on_the_card: bool
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 60), notifications=True) as pilot:
        await press(pilot, "b", *(["enter"] if on_the_card else []), "z")
        screen = text_of(app)
        assert "Put off until tomorrow." in screen
        assert "put off until 23 Nov" in screen
        await press(pilot, "z")
        assert "No longer put off." in text_of(app)
        assert marks(app).buried_until is None
        await press(pilot, "u")
        assert "Undone: the card is put off again." in text_of(app)
        assert marks(app).buried_until is not None
        await press(pilot, "u")
        assert marks(app).buried_until is None
        await press(pilot, "x")
        assert marks(app).suspended
        assert "Suspended" in text_of(app)
        await press(pilot, "x", "asterisk", "n", *"beware", "enter")
        assert (marks(app).suspended, marks(app).flagged, marks(app).note) == (False, True, "beware")
        assert "Note kept." in text_of(app)


async def test_a_card_that_is_put_off_is_not_due_here_either(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "A", "q", "enter", "b", "f")
        assert "1 card" in text_of(app)
        await press(pilot, "z")
        assert "0 cards" in text_of(app)
        await press(pilot, "u")
        assert "1 card" in text_of(app)


async def test_the_page_of_a_card_shows_its_note_and_its_whole_history(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(100, 70)) as pilot:
        await press(pilot, "enter", "A", "asterisk", "q", "enter", "b", "enter", "n", *"ask the ankle", "enter")
        assert isinstance(app.screen, CardScreen)
        rows = text_of(app).splitlines()
        assert any("▌ ask the ankle" in row for row in rows)
        assert any("3 answers and acts, the latest first" in row for row in rows)
        told = [row.split("22 Nov", 1)[1].strip() for row in rows if "  22 Nov  " in row]
        assert told[:2] == ["note changed", "flagged"]
        assert told[2].startswith("right, certain")
        assert told[2].endswith(": Good")
        await press(pilot, "escape")
        assert isinstance(app.screen, BrowseScreen)
