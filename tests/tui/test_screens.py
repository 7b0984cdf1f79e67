"""Every screen as text at three sizes, and what its keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drawn import text_of
from sciaquiz.tui.app import SciaquizApp
from sciaquiz.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

SIZES = ((60, 20), (80, 24), (120, 40))
WALKS = {
    "home": (),
    "asked": ("enter",),
    "chosen": ("enter", "b"),
    "right": ("enter", "A"),
    "wrong": ("enter", "B"),
    "all-reasons": ("enter", "B", "o"),
    "long-stem": ("enter", "l"),
    "recall": ("enter", "l", "l", "l", "enter"),
    "summary": ("enter", "A", "enter", "B", "enter", "q"),
    "home-after": ("enter", "A", "enter", "q", "enter"),
    "browse": ("b",),
    "card": ("b", "enter"),
    "help": ("enter", "question_mark"),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize("walk", WALKS)
async def test_screen_looks_as_it_did(
    make_app: MakeApp, press: Press, snapshot: SnapshotAssertion, walk: str, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await press(pilot, *WALKS[walk])
        assert text_of(app) == snapshot


@pytest.mark.parametrize("size", [(40, 15), (200, 60)], ids=["smallest", "largest"])
async def test_extreme_sizes_show_question_answer_and_status(
    make_app: MakeApp, press: Press, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await press(pilot)
        assert "Demo deck" in text_of(app)
        await press(pilot, "enter")
        assert "Which nerve is it?" in text_of(app)
        await press(pilot, "A")
        screen = text_of(app)
        assert "✓ Right" in screen
        assert "saved" in screen


async def test_every_key_in_a_footer_has_a_tooltip_and_an_id(make_app: MakeApp) -> None:
    from sciaquiz.tui.keys import all_bindings
    from sciaquiz.tui.screens import every_screen

    for screen in every_screen():
        for binding in screen.BINDINGS:
            assert not isinstance(binding, tuple)
            if binding.show:
                assert binding.tooltip, f"{screen.__name__} {binding.key}"
                assert binding.id, f"{screen.__name__} {binding.key}"
    assert len(all_bindings(SciaquizApp.BINDINGS)) == 1 + len(every_screen())


async def test_no_journal_that_is_newer_is_ever_touched(make_app: MakeApp, press: Press, home: Path) -> None:
    import sqlite3

    from sciaquiz.clock import SystemClock
    from sciaquiz.store.journal import Journal

    Journal.open(home / "journal.db", SystemClock().now()).close()
    connection = sqlite3.connect(home / "journal.db")
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = (home / "journal.db").read_bytes()
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        await press(pilot)
        assert "newer sciaquiz" in text_of(app)
    assert (home / "journal.db").read_bytes() == before


async def test_without_any_deck_home_says_so(make_app: MakeApp, press: Press, deck: Path) -> None:
    deck.write_text("", encoding="utf-8")
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert isinstance(app.screen, HomeScreen)
        screen = text_of(app)
        assert "No decks are installed." in screen
        assert "Run: sciaquiz check" in screen


@pytest.mark.parametrize("width", [1, 4, 6])
async def test_a_terminal_however_small_breaks_nothing(make_app: MakeApp, press: Press, width: int) -> None:
    app = make_app()
    async with app.run_test(size=(width, 12)) as pilot:
        for key in ("b", "comma", "ctrl+p", "enter"):
            await press(pilot, key)
            await pilot.resize_terminal(width, 3)
            await press(pilot, "j", "question_mark", "escape", "escape")
            await pilot.resize_terminal(width, 12)
