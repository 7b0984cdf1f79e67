"""Every screen as text at three sizes, and what its keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drawn import settled, text_of
from sciaquiz.tui.app import SciaquizApp
from sciaquiz.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from syrupy.assertion import SnapshotAssertion
    from textual.pilot import Pilot

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


async def text_at_rest(pilot: Pilot[None]) -> str:
    """Return what is on the screen once it changes no more: what lies under a box is laid out after it."""
    seen = ""
    for _ in range(50):
        await settled(pilot)
        if (text := text_of(pilot.app)) == seen:
            break
        seen = text
        await pilot.pause(0.03)
    return seen


@pytest.mark.parametrize("walk", WALKS)
async def test_screen_looks_as_it_did(make_app: MakeApp, press: Press, snapshot: SnapshotAssertion, walk: str) -> None:
    app = make_app()
    async with app.run_test(size=SIZES[0]) as pilot:
        await press(pilot, *WALKS[walk])
        app.told = ()  # what is told goes by itself, sooner or later
        for size in SIZES:
            await pilot.resize_terminal(*size)
            assert await text_at_rest(pilot) == snapshot(name=f"{size[0]}x{size[1]}")


async def test_extreme_sizes_show_question_answer_and_status(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(40, 15)) as pilot:
        for keys, words in (((), ["Demo deck"]), (["enter"], ["Which nerve is it?"]), (["A"], ["✓ Right", "saved"])):
            await press(pilot, *keys)
            for size in ((40, 15), (200, 60)):
                await pilot.resize_terminal(*size)
                await settled(pilot)
                for told in words:
                    assert told in text_of(app), size
            await pilot.resize_terminal(40, 15)


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


TINY = ((6, 3), (4, 12), (1, 3))


async def test_a_terminal_however_small_breaks_nothing(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("a", "escape", "b", "enter", "comma", "escape", "c", "escape", "h", "enter", "A"):
            await press(pilot, key)
            for size in TINY:
                await pilot.resize_terminal(*size)
                await settled(pilot)
                text_of(app)
            await press(pilot, "j", "question_mark", "escape")
            await pilot.resize_terminal(80, 24)
            await settled(pilot)
        assert app.is_running
