"""Pages and lists are moved through with the same keys on every screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from textual.app import App
from textual.widgets import Static

from sciaquiz.tui.screens.card import CardScreen
from sciaquiz.tui.screens.confusions import ConfusionsScreen
from sciaquiz.tui.screens.contrast import ContrastScreen
from sciaquiz.tui.screens.help import HelpScreen
from sciaquiz.tui.screens.message import MessageScreen
from sciaquiz.tui.screens.pages import PageScreen, ScrollingScreen
from sciaquiz.tui.screens.summary import SummaryScreen
from sciaquiz.tui.text import say
from sciaquiz.tui.widgets.vimlist import VimList

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.app import ComposeResult
    from textual.screen import Screen

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]


@pytest.mark.parametrize("screen", [CardScreen, ConfusionsScreen, ContrastScreen, SummaryScreen])
def test_every_page_is_one_and_the_same_kind_of_screen(screen: type[Screen[None]]) -> None:
    assert issubclass(screen, PageScreen)
    assert "compose" not in vars(screen)


@pytest.mark.parametrize("screen", [MessageScreen, HelpScreen])
def test_what_scrolls_over_a_screen_scrolls_by_the_same_keys(screen: type[Screen[None]]) -> None:
    assert issubclass(screen, ScrollingScreen)


class LongPage(PageScreen):
    """A page longer than any terminal."""

    def parts(self) -> ComposeResult:
        yield Static(say("\n".join(f"line {number}" for number in range(200))))


async def test_a_page_is_read_with_every_key(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        page = LongPage()
        app.push_screen(page)
        for down, up in (("down", "up"), ("j", "k"), ("pagedown", "pageup"), ("space", "home"), ("G", "g")):
            await press(pilot, down)
            assert page.scrolling.scroll_offset.y > 0, down
            await press(pilot, up)
            assert page.scrolling.scroll_offset.y == 0, up


class Listed(App[None]):
    """A list and nothing else."""

    CSS = "VimList > .option-list--option-highlighted { text-style: reverse; }"

    def compose(self) -> ComposeResult:
        yield VimList()


def cursor(rows: VimList) -> int | None:
    return rows.highlighted


async def test_a_list_is_moved_through_with_letters_and_keeps_its_place() -> None:
    app = Listed()
    async with app.run_test() as pilot:
        rows = app.query_one(VimList)
        rows.show_rows([say(f"row {number}") for number in range(9)])
        assert cursor(rows) == 0
        for key, place in (("j", 1), ("j", 2), ("k", 1), ("G", 8), ("g", 0), ("end", 8), ("up", 7)):
            await pilot.press(key)
            assert cursor(rows) == place, key
        rows.show_rows([say(f"anew {number}") for number in range(9)])
        assert cursor(rows) == 7
        assert str(rows.get_option_at_index(7).prompt) == "anew 7"
        is_reversed = [any(part.style and part.style.reverse for part in rows.render_line(y)) for y in range(9)]
        assert is_reversed == [place == 7 for place in range(9)]
        rows.show_rows([say("one"), say("two")])
        assert cursor(rows) == 1
        rows.show_rows([])
        assert cursor(rows) is None
        rows.show_rows([say("one")])
        assert cursor(rows) == 0
