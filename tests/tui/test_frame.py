"""What surrounds the screens: help and messages, the row of keys, the commands and the themes."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from textual.color import Color
from textual.widgets._toast import Toast

from drawn import settled, text_of
from sciaquiz.clock import FixedClock
from sciaquiz.settings.file import read_settings
from sciaquiz.tui.screens.browse import BrowseScreen
from sciaquiz.tui.screens.help import HelpScreen
from sciaquiz.tui.screens.home import HomeScreen
from sciaquiz.tui.screens.message import MessageScreen
from sciaquiz.tui.themes import DARK, LIGHT, NAMES
from sciaquiz.tui.widgets.keysline import that_fit

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.screen import Screen
    from textual.theme import Theme

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]


def front(app: SciaquizApp) -> Screen[object]:
    return app.screen


SCREENS = {
    "home": (),
    "browse": ("b",),
    "card": ("b", "enter"),
    "settings": ("comma",),
    "confusions": ("d",),
    "asked": ("enter",),
    "answered": ("enter", "A"),
    "summary": ("enter", "A", "q"),
}
WAYS_OUT = ("q quit", "q back", "q stop", "q home", "esc back", "esc stop", "⏎ home")


@pytest.mark.parametrize("size", [(40, 15), (60, 20), (80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_help_is_a_box_over_the_screen(make_app: MakeApp, press: Press, size: tuple[int, int]) -> None:
    app = make_app()
    async with app.run_test(size=size) as pilot:
        await press(pilot, "enter", "question_mark")
        box = app.screen.query_one("#box")
        assert box.region.x > 0
        assert box.region.right < size[0]
        assert box.region.bottom <= size[1]
        assert box.styles.background.rgb == Color.parse(DARK.surface or "").rgb
        rows = text_of(app).splitlines()
        head = next(row for row in rows if "Keys" in row)
        assert head.rstrip().endswith("esc close")
        assert "On this screen" in text_of(app)
        is_wide = size[0] >= 80
        assert any("On this screen" in row and "Moving about" in row for row in rows) == is_wide


@pytest.mark.parametrize("key", ["escape", "q", "question_mark"])
async def test_help_closes_with_any_of_its_keys(make_app: MakeApp, press: Press, key: str) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "question_mark")
        assert isinstance(front(app), HelpScreen)
        await press(pilot, key)
        assert isinstance(front(app), HomeScreen)


@pytest.mark.parametrize("what", ["help", "message"])
async def test_a_long_text_scrolls_with_every_key_and_says_that_it_goes_on(
    make_app: MakeApp, press: Press, what: str
) -> None:
    app = make_app()
    async with app.run_test(size=(40, 15)) as pilot:
        if what == "help":
            await press(pilot, "enter", "question_mark")
        else:
            await press(pilot)
            app.push_screen(MessageScreen("Why", "\n".join(f"line {number}" for number in range(60))))
            await settled(pilot)
        page = app.screen.query_one("#message-page")
        assert page.max_scroll_y > 3
        assert "more below" in text_of(app)
        for down, up in (("down", "up"), ("j", "k"), ("pagedown", "pageup"), ("space", "home"), ("end", "home")):
            await press(pilot, down)
            assert page.scroll_offset.y > 0, down
            await press(pilot, up)
            assert page.scroll_offset.y == 0, up
        await press(pilot, "end")
        assert page.scroll_offset.y == page.max_scroll_y
        assert "more below" not in text_of(app)
        assert "more above" in text_of(app)


async def test_what_fits_does_not_say_that_it_goes_on(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        app.push_screen(MessageScreen("Why", "Because."))
        await settled(pilot)
        assert "Because." in text_of(app)
        assert "more" not in text_of(app)


@pytest.mark.parametrize("walk", SCREENS)
@pytest.mark.parametrize("width", [40, 47, 60])
async def test_the_way_out_and_help_are_never_cut_off(make_app: MakeApp, press: Press, walk: str, width: int) -> None:
    app = make_app()
    async with app.run_test(size=(width, 15)) as pilot:
        await press(pilot, *SCREENS[walk])
        keys = text_of(app).splitlines()[-1]
        assert "? help" in keys
        assert any(way in keys for way in WAYS_OUT), keys
        whole = {
            f"{app.get_key_display(key)} {key.description}" for _, key, _, _ in app.screen.active_bindings.values()
        }
        for told in sorted(whole, key=len, reverse=True):
            keys = keys.replace(told, "")
        assert not keys.strip()


async def test_more_keys_come_back_with_more_room(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(40, 24)) as pilot:
        await press(pilot)
        assert "settings" not in text_of(app)
        await pilot.resize_terminal(100, 24)
        await settled(pilot)
        assert "settings" in text_of(app)


def test_help_and_the_way_out_come_before_everything_else() -> None:
    keys = [("study", 9), ("deck", 9), ("app.quit", 7), ("help", 7)]
    assert that_fit(keys, 100) == [0, 1, 2, 3]
    assert that_fit(keys, 30) == [0, 2, 3]
    assert that_fit(keys, 15) == [2, 3]
    assert that_fit(keys, 8) == [3]
    assert that_fit(keys, 2) == []


async def test_only_our_own_commands_and_themes_are_offered(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        names = [command.title for command in app.get_system_commands(app.screen)]
        assert len(set(names)) == len(names)
        assert {"Browse", "Settings", "Help", "Quit"} <= set(names)
        assert not {"Maximize", "Keys", "Screenshot", "Theme", "Copy; twice: leave"} & set(names)
        assert {name.removeprefix("Theme ") for name in names if name.startswith("Theme ")} == set(NAMES)
        assert set(app.available_themes) == set(NAMES)
        await press(pilot, "ctrl+p", *"browse", "enter")
        assert isinstance(app.screen, BrowseScreen)


async def test_a_theme_chosen_among_the_commands_is_kept(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", *"light", "enter")
        assert app.theme == LIGHT.name
    assert read_settings(app.workspace.paths.settings)[0].theme == LIGHT.name
    assert make_app().theme == LIGHT.name


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_every_colour_of_text_can_be_read_on_every_ground(theme: Theme) -> None:
    inks = [theme.foreground, theme.accent, theme.success, theme.error, theme.warning]
    inks += [
        colour for name, colour in theme.variables.items() if "text" in name or ("footer" in name and "fore" in name)
    ]
    for ground in (theme.background, theme.surface, theme.panel):
        for ink in inks:
            if ink and ground and ink.startswith("#"):
                assert contrast(Color.parse(ink), Color.parse(ground)) >= 4.5, (ink, ground)


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours as the accessibility guidelines define it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in colour.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


async def test_what_was_known_before_a_question_is_told_on_home_and_never_over_the_question(
    make_app: MakeApp, press: Press
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "A", "q", "enter")
    app.workspace.paths.settings.write_text('[keys]\n"study.nothing" = "b"\n', encoding="utf-8")
    app = make_app()
    app.workspace.clock = FixedClock(app.workspace.clock.now().local - timedelta(days=2))
    app.workspace.apply(read_settings(app.workspace.paths.settings)[0])
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot)
        home = app.screen
        assert isinstance(home, HomeScreen)
        home._open_journal()
        await settled(pilot)
        told = " ".join(text_of(app).split())
        assert "Your clock is behind your last answer" in told
        assert "there is no action “study.nothing”" in told
        assert not list(app._notifications)
        await press(pilot, "enter")
        assert "clock" not in text_of(app)


async def test_every_setting_is_one_row_however_narrow_the_terminal(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(40, 40)) as pilot:
        await press(pilot, "comma")
        rows = text_of(app).splitlines()
        long = next(row for row in rows if "Retention for what must" in row)
        assert long.split("Retention for what must")[1].split() == ["not…", "95%"]


async def test_without_a_notice_home_leaves_no_hole(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert not app.screen.query_one("#notice").display


async def test_the_palette_takes_the_keys_for_pages_before_it_is_laid_out(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p", "down")
        await pilot.resize_terminal(1, 1)
        await press(pilot, "pageup", "pagedown")
        assert app.is_running


async def test_a_notice_stands_above_the_question(make_app: MakeApp, press: Press) -> None:
    """What was undone is asked again at once: the notice must not cover it."""
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "enter")
        stem = next(row for row, line in enumerate(text_of(app).splitlines()) if "Inversion of the foot" in line)
        app.notify("Undone: that answer no longer counts.", markup=False)
        await pilot.pause(0.1)
        assert 0 <= app.screen.query_one(Toast).region.bottom <= stem


async def test_what_can_be_done_with_a_row_is_said_below_it(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "comma")
        assert "⏎ change" in text_of(app).splitlines()[-1]
        await press(pilot, "escape", "b")
        assert "⏎ card" in text_of(app).splitlines()[-1]
        assert "? help" in text_of(app).splitlines()[-1]
