"""What surrounds the screens: help and messages, the row of keys, the commands and the themes."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from drawn import settled, text_of
from sciaquiz.clock import FixedClock
from sciaquiz.settings.file import read_settings
from sciaquiz.tui.keycaps import key_word
from sciaquiz.tui.places import PLACES
from sciaquiz.tui.screens.browse import BrowseScreen
from sciaquiz.tui.screens.home import HomeScreen
from sciaquiz.tui.screens.study import StudyScreen
from sciaquiz.tui.telling import Telling
from sciaquiz.tui.widgets.keysline import KeysLine, keys_line, keys_of
from sciaquiz.tui.widgets.placesline import places_line
from sciaquiz.tui.widgets.toldline import told_lines

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.screen import Screen

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]


def front(app: SciaquizApp) -> Screen[object]:
    return app.screen


SCREENS: dict[tuple[str, ...], tuple[str, ...]] = {
    (): (),
    ("b",): ("h",),
    ("b", "enter"): ("h",),
    ("comma",): ("h",),
    ("d",): ("h",),
    ("enter",): ("q",),
    ("enter", "A"): ("q", "q"),
    ("enter", "A", "q"): ("h",),
}
"""The keys that lead from Home to each screen, and back."""


async def test_every_screen_has_its_keys_and_help_in_the_last_row_and_says_nothing_over_them(
    make_app: MakeApp, press: Press
) -> None:
    app = make_app()
    async with app.run_test(size=(47, 24)) as pilot:
        for walk, leave in SCREENS.items():
            await press(pilot, *walk)
            app.notify("Not done: [bold]it is late[/bold].", severity="warning")
            await settled(pilot)
            *rows, keys = text_of(app).splitlines()
            assert any("! Not done: [bold]it is late[/bold]." in row for row in rows[-3:]), walk
            assert keys.startswith("  "), walk
            assert keys.endswith("? keys"), walk
            assert len(keys) == 45, walk
            whole = [f"{key_word(key)} {words}" for _, key, words in keys_of(app.screen)]
            for told in sorted(whole, key=len, reverse=True):
                keys = keys.replace(told, "")
            assert not keys.strip(), walk
            app.told = ()
            await press(pilot, *leave)
            assert isinstance(app.screen, HomeScreen), walk


KEYS = [
    ("study", "enter", "study"),
    ("find", "slash", "find"),
    ("quit", "q", "quit"),
    ("help", "question_mark", "keys"),
]


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (40, "⏎ study  / find  q quit           ? keys"),
        (31, "⏎ study  / find  q quit  ? keys"),
        (30, "⏎ study  / find         ? keys"),
        (15, "⏎ study  ? keys"),
        (14, "/ find  ? keys"),
        (6, "? keys"),
        (5, ""),
    ],
)
def test_keys_that_have_no_room_are_left_out_whole_and_help_last(width: int, told: str) -> None:
    assert keys_line(KEYS, width).plain == told


def test_what_is_told_stands_at_the_right_and_is_never_cut() -> None:
    told = [Telling("It is saved."), Telling("The file is not there any more.", is_trouble=True)]
    assert [row.plain for row in told_lines(told, 20, keeps_free=True)] == [
        "        It is saved.",
        "   ! The file is not",
        "     there any more.",
    ]
    assert [row.plain for row in told_lines((), 20, keeps_free=True)] == [""]
    assert told_lines((), 20, keeps_free=False) == []
    assert Telling("x" * 150, is_trouble=False).seconds == 10
    assert Telling("No.").seconds < Telling("No.", is_trouble=True).seconds


async def test_what_is_told_goes_by_itself_and_is_told_once(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(60, 12)) as pilot:
        await press(pilot)
        deep = app.screen.query_one(KeysLine).region.height
        app.notify("Zero.", timeout=60)
        app.notify("One.", severity="error", timeout=61)
        app.notify("Two.", timeout=60)
        app.notify("Two.", timeout=60)
        await settled(pilot)
        assert [row.strip() for row in text_of(app).splitlines()[-3:-1]] == ["! One.", "Two."]
        assert "Zero." not in text_of(app)
        assert app.screen.query_one(KeysLine).region.height == deep + 2
        [of_one] = [timer for timer in app._timers if timer._interval == 61]
        await of_one._tick(next_timer=61, count=1)  # its minute is over
        await settled(pilot)
        assert "One." not in text_of(app)
        assert text_of(app).count("Two.") == 1


DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("here", "width", "told"),
    [
        ("home", 100, f"sciaquiz   Home   Browse   Statistics   Exam {'Sun 22 Nov, the day ends 04:00':>55}"),
        ("home", 69, f"sciaquiz   Home   Browse   Statistics   Exam {'Sun 22 Nov, till 04:00':>24}"),
        ("browse", 57, f"sciaquiz   Home   Browse   Statistics   Exam {'Sun 22 Nov':>12}"),
        ("browse", 46, "sciaquiz   Home   Browse   Statistics   Exam "),
        ("browse", 24, "sciaquiz   Browse "),
        ("", 24, "sciaquiz      Sun 22 Nov"),
        ("", 20, "sciaquiz "),
    ],
)
def test_the_places_stand_in_the_first_row_and_the_day_as_far_as_it_fits(here: str, width: int, told: str) -> None:
    assert places_line(PLACES, here, DAY, 4, width).plain == told


async def test_a_key_leads_to_every_place_from_every_page_but_not_out_of_a_sitting(
    make_app: MakeApp, press: Press
) -> None:
    app = make_app()
    async with app.run_test(size=(170, 30)) as pilot:
        await press(pilot, "h", "h", "b", "b")
        assert [type(screen) for screen in app.screen_stack] == [HomeScreen, BrowseScreen]
        rows = text_of(app).splitlines()
        assert rows[0].startswith(f"{'':7}sciaquiz   Home   Browse ")
        assert rows[0].endswith("Sun 22 Nov, the day ends 04:00")
        assert len(rows[0]) == len(rows[-1]) == 163
        await press(pilot, "enter", "comma", "comma", "b")
        assert [type(screen) for screen in app.screen_stack] == [HomeScreen, BrowseScreen]
        await press(pilot, "d", "comma", "h")
        assert front(app) is app.screen_stack[0]
        await press(pilot, "enter", "b", "h", "comma")
        assert isinstance(front(app), StudyScreen)
        assert "Home" not in text_of(app)
        await pilot.pause(0)
        await press(pilot, "escape")
        await pilot.click(offset=(26, 0))
        await settled(pilot)
        assert isinstance(front(app), BrowseScreen)


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
        assert not app.told
        await press(pilot, "enter")
        assert "clock" not in text_of(app)


async def test_without_a_notice_home_leaves_no_hole(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        rows = text_of(app).splitlines()
        below = rows.index(next(row for row in rows if "Demo deck" in row)) + 1
        assert rows[below : below + 2] == ["", "  All you need"]


async def test_what_can_be_done_with_a_row_is_said_below_it(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "comma")
        assert "⏎ change" in text_of(app).splitlines()[-1]
        await press(pilot, "escape", "b")
        assert "⏎ open" in text_of(app).splitlines()[-1]
        assert "? keys" in text_of(app).splitlines()[-1]
