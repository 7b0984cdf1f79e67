"""The palette: what can be done by name, from every screen."""

from __future__ import annotations

import os
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from textual.widgets import Input

from drawn import settled, text_of
from sciaquiz.clock import FixedClock
from sciaquiz.ids import CardId
from sciaquiz.settings.file import read_settings
from sciaquiz.tui.commands import Command, fitting, last_backup_words
from sciaquiz.tui.screens import palette
from sciaquiz.tui.screens.browse import BrowseScreen
from sciaquiz.tui.screens.card import CardScreen
from sciaquiz.tui.screens.home import HomeScreen
from sciaquiz.tui.screens.palette import PaletteScreen, row
from sciaquiz.tui.screens.study import StudyScreen
from sciaquiz.tui.themes import LIGHT, NAMES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot
    from textual.screen import Screen

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]


def command(title: str, **more: Any) -> Command:
    return Command(title=title, act=lambda: None, **more)


def test_what_is_typed_narrows_and_what_is_sought_comes_with_it() -> None:
    commands = [
        command("Study everything that waits"),
        command("Study Nerve roots"),
        command("Light theme", also_called="colours"),
        command("Study L\N{LATIN SMALL LETTER E WITH ACUTE}sions", sought=True),
    ]
    assert [found.title for found in fitting(commands, " ")] == [found.title for found in commands[:3]]
    assert [found.title for found in fitting(commands, "ROOTS study")] == ["Study Nerve roots"]
    assert [found.title for found in fitting(commands, "lesions")] == ["Study Lésions"]
    assert [found.title for found in fitting(commands, "th")] == ["Study everything that waits", "Light theme"]
    assert next(found.title for found in fitting(commands, "s")) == "Study everything that waits"
    assert [found.title for found in fitting([command("Take back"), *commands, command("Back up")], "back")] == [
        "Back up",
        "Take back",
    ]
    assert [found.title for found in fitting(commands, "colour light")] == ["Light theme"]
    assert fitting(commands, "nothing of this") == []


@pytest.mark.parametrize(
    ("width", "told"),
    [
        (60, " Study Nerve roots  12 + 4                                ⏎ "),
        (30, " Study Nerve roots  12 + 4  ⏎ "),
        (24, " Study Nerve roots    ⏎ "),
        (14, " Study…     ⏎ "),
    ],
)
def test_a_command_has_its_number_beside_it_and_its_key_at_the_right(width: int, told: str) -> None:
    assert row(command("Study Nerve roots", note="12 + 4", key="⏎"), width).plain == told


def test_the_last_backup_is_told_with_the_time_or_the_day(tmp_path: Path) -> None:
    now = FixedClock(datetime.fromisoformat("2026-11-22T09:00:00+01:00")).now()
    assert last_backup_words(tmp_path, now) == "none yet"
    backup = tmp_path / "journal-2026-11-22.db"
    backup.touch()
    for made, words in (("2026-11-22T08:14:00+01:00", "last 08:14"), ("2026-11-20T23:00:00+01:00", "last 20 Nov")):
        seconds = datetime.fromisoformat(made).timestamp()
        os.utime(backup, (seconds, seconds))
        assert last_backup_words(tmp_path, now) == words


def front(app: SciaquizApp) -> Screen[object]:
    return app.screen


def names(app: SciaquizApp) -> list[str]:
    box = app.screen
    assert isinstance(box, PaletteScreen)
    return [shown.title for shown in box._shown]


async def seek(pilot: Pilot[None], press: Press, words: str) -> None:
    """Open the palette, type words at a stroke and wait until questions were looked for."""
    await press(pilot, "ctrl+p")
    pilot.app.screen.query_one(Input).value = words
    await pilot.pause(2 * palette.PAUSE)
    await settled(pilot)


async def test_everything_is_done_by_name(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        assert len(set(names(app))) == len(names(app))
        assert names(app)[:2] == ["Study everything that waits", "Study Demo deck"]
        assert {"Browse", "Settings", "Light theme", "Back up now", "Quit"} <= set(names(app))
        assert not {"Home", "Dark theme", "Copy; twice: leave", "Every command"} & set(names(app))
        assert "Study everything that waits  0 + 4" in text_of(app)
        assert set(app.available_themes) == set(NAMES)

        await press(pilot, "ctrl+p", "ctrl+p", "down", "up", "pagedown", "pageup", *"brow", "enter")
        assert isinstance(front(app), BrowseScreen)
        await seek(pilot, press, "")
        assert names(app).index("Your note") < names(app).index("Study everything that waits")
        assert "Home" in names(app)
        await press(pilot, "escape")
        await seek(pilot, press, "flag")
        await press(pilot, "enter")
        assert app.workspace.journal.states()[CardId("q1")].marks.flagged

        await seek(pilot, press, "light")
        await press(pilot, "enter")
        assert app.theme == LIGHT.name
        assert read_settings(app.workspace.paths.settings)[0].theme == LIGHT.name
        await seek(pilot, press, "back")
        await press(pilot, "enter")
        assert list(app.workspace.paths.backups.glob("journal-*.db"))
        assert "Backup written and checked" in text_of(app)

        await seek(pilot, press, "q3")
        await press(pilot, "enter")
        assert isinstance(front(app), CardScreen)
        assert "The ankle jerk is absent." in text_of(app)
        await seek(pilot, press, "nothing of this")
        assert "Nothing is called so." in text_of(app)
        await press(pilot, "enter", "escape")
        await seek(pilot, press, "buttock sitting")
        await press(pilot, "enter")
        assert "A runner has pain in the buttock" in text_of(app)

        await seek(pilot, press, "demo")
        await press(pilot, "enter")
        assert isinstance(front(app), StudyScreen)
        await press(pilot, "A")
        await seek(pilot, press, "")
        assert not any(name.startswith("Study ") or name in ("Home", "Browse") for name in names(app))
        await press(pilot, "ctrl+p")
        await seek(pilot, press, "take")
        await press(pilot, "enter")
        assert "Undone" in text_of(app)
        assert app.workspace.journal.totals().answers == 0
        await seek(pilot, press, "quit")
        await press(pilot, "enter")
        assert not app.is_running or app._exit
    assert make_app().theme == LIGHT.name


@pytest.mark.parametrize("size", [(60, 20), (40, 15), (1, 1)], ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_palette_fits_however_small_the_terminal(
    make_app: MakeApp, press: Press, size: tuple[int, int]
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "ctrl+p")
        await pilot.resize_terminal(*size)
        await press(pilot, "down", "pagedown", "pageup", *"se")
        box = front(app).query_one("#box").region
        assert size == (1, 1) or (box.right <= size[0] and box.bottom <= size[1] and box.x > 0)
        await press(pilot, "escape")
        assert isinstance(front(app), HomeScreen)
