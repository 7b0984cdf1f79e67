"""Ctrl+C says how to quit and quits when it is pressed again; Ctrl+Z goes to the shell; on every screen."""

from __future__ import annotations

import asyncio
from contextlib import closing
from threading import Event
from typing import TYPE_CHECKING

import pytest

from drawn import text_of
from sciaquiz.deck import reading
from sciaquiz.tui import app as app_module
from sciaquiz.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.screen import Screen

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

HOW = "Ctrl+Q quits; Ctrl+C again quits too."


def told(app: SciaquizApp) -> str:
    """What stands on the screen, in one line."""
    return " ".join(text_of(app).split())


WAYS_TO_SCREENS = {
    "home": ((), ()),
    "browse": (("b",), ("h",)),
    "typing": (("b", "slash", "x"), ("escape", "escape", "h")),
    "question": (("enter",), ("q",)),
    "answered": (("enter", "A"), ("q", "h")),
    "note": (("enter", "A", "n", "h"), ("escape", "q", "h")),
    "help": (("enter", "question_mark"), ("escape", "q", "h")),
    "palette": (("enter", "ctrl+p"), ("escape", "q")),
}
"""The keys that lead from Home to each screen, and back."""


async def test_ctrl_c_says_how_to_quit_and_ctrl_z_that_there_is_no_shell(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        for screen, (there, back) in WAYS_TO_SCREENS.items():
            await press(pilot, *there, "ctrl+c")
            assert HOW in told(app), screen
            assert app.is_running
            await press(pilot, "ctrl+z")
            assert "This terminal has no shell to go to. Ctrl+Q quits." in told(app), screen
            app.told, app._interrupted_at = (), -app_module.TWICE
            await press(pilot, *back)
            assert isinstance(front(app), HomeScreen), screen


def front(app: SciaquizApp) -> Screen[object]:
    return app.screen


@pytest.mark.parametrize("screen", ["answered", "note"])
async def test_ctrl_c_twice_quits_and_the_answer_is_kept(make_app: MakeApp, press: Press, screen: str) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, *WAYS_TO_SCREENS[screen][0])
        await pilot.press("ctrl+c", "ctrl+c")
        await pilot.pause()
        assert not app.is_running or app._exit
    with closing(make_app().workspace) as workspace:
        assert workspace.journal.totals().answers == 1


async def test_ctrl_c_twice_but_not_at_once_only_says_it_again(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app_module, "TWICE", 0.0)
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "enter", "ctrl+c", "ctrl+c")
        assert not app._exit


async def test_ctrl_c_copies_what_is_selected(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "b", "slash", "x", "y", "shift+home", "ctrl+c")
        assert app.clipboard == "xy"
        assert HOW not in told(app)


async def test_leaving_does_not_wait_for_decks_that_are_not_read_yet(
    make_app: MakeApp, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app, has_left = make_app(), Event()
    decks = deck.parent / "decks"
    decks.mkdir()
    for name in "abc":
        (decks / f"{name}.toml").write_text(f'id = "{name}"\ntitle = "One"\n', encoding="utf-8")
    app.workspace.places = (decks,)
    read, real = [], reading.read_deck

    def read_deck(path: Path) -> reading.Reading:
        read.append(path.name)
        has_left.wait(1)
        return real(path)

    monkeypatch.setattr(reading, "read_deck", read_deck)
    async with app.run_test(size=(100, 30)):
        while not read:
            await asyncio.sleep(0.001)
        app.exit()
    has_left.set()
    await asyncio.get_running_loop().shutdown_default_executor()
    assert read == ["a.toml"]
