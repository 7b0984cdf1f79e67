"""The Settings screen: every setting with its value, meaning, default, unit and range, changed at once and kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from drawn import text_of
from sciaquiz.settings import ROWS, SPECS, TABLES, Settings
from sciaquiz.settings.file import read_settings
from sciaquiz.tui.screens.settings import SettingsScreen
from sciaquiz.tui.screens.settingspage import setting_below, setting_beside, setting_line, setting_lines

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sciaquiz.settings import Spec
    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

OF = {spec.name: spec for spec in SPECS}
DEFAULTS = Settings()


@pytest.mark.parametrize("width", [33, 53, 69, 90])
def test_every_setting_is_one_row_with_its_value_and_unit_at_the_right(width: int) -> None:
    changed = replace(DEFAULTS, desired_retention=0.85, days_off=tuple(f"2026-12-{day}" for day in range(10, 31)))
    for settings in (DEFAULTS, changed):
        drawn = setting_lines(settings, width)
        assert [row.cell_length for row in drawn] == [width] * len(ROWS)
        assert not any("\n" in row.plain for row in drawn)
    rows = [" ".join(row.plain.split()) for row in setting_lines(DEFAULTS, width)]
    assert sum(row.endswith("Longest interval 3650 days") for row in rows) == 1
    assert sum(row.endswith("The day ends at 04:00") for row in rows) == 1
    assert sum(row.endswith("no limit") for row in rows) == 2
    assert [row.split()[0] for row in rows if row.startswith(("Memory ", "Day ", "Look "))] == (
        ["Memory", "Day", "Look"] if width >= 64 else []
    )


def test_a_changed_setting_has_its_default_beside_it_where_there_is_room() -> None:
    changed = replace(DEFAULTS, new_per_day=3)
    told = "New cards a day                    default 10 cards   3 cards"
    assert setting_line(OF["new_per_day"], changed, len(told)).plain == told
    assert setting_line(OF["new_per_day"], changed, 30).plain == "New cards a day        3 cards"


@pytest.mark.parametrize("row", SPECS, ids=lambda row: row.name)
def test_all_there_is_to_know_of_a_setting_is_told_below_the_list_and_beside_it(row: Spec) -> None:
    below = setting_below(row, "settings.toml").plain
    beside = " ".join(setting_beside(row, DEFAULTS, 200).plain.split())
    for words in (row.hint, row.value.words(row.default), row.place):
        assert words in below
        assert words in beside
    assert f"Can be: {row.value.allowed}." in below
    assert f"can be {row.value.allowed.partition(';')[0]}" in beside
    assert (f"0 means {row.value.zero}" in beside) == bool(row.value.zero)


def test_what_is_set_by_hand_is_told_with_how_many_are_set() -> None:
    settings = replace(DEFAULTS, keys={"study.undo": "ctrl+y", "go.browse": "f5"})
    keys = next(row for row in TABLES if row.name == "keys")
    assert setting_line(keys, settings, 20).plain == "Keys           2 set"
    assert setting_line(keys, DEFAULTS, 20).plain == "Keys            none"
    assert "Set by hand, in the file." in setting_below(keys, "settings.toml").plain


async def test_settings_are_walked_changed_and_kept(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "comma")
        assert isinstance(app.screen, SettingsScreen)
        assert "⏎ change" in text_of(app).splitlines()[-1]
        assert "min a day  remembered" in text_of(app)
        assert sum(row.rstrip().endswith("  now") for row in text_of(app).splitlines()) == 1
        await press(pilot, *["j"] * [row.name for row in ROWS].index("theme"))
        assert "Dark, light, or your terminal's own" in text_of(app)
        await press(pilot, "enter")
        assert app.theme == "sciaquiz-light"
        await press(pilot, "end", "enter")
        assert "keys.ACTION: Set by hand, in the file." in text_of(app)
        await press(pilot, "up")
        assert "Minutes a day over 90 days, by wish." in text_of(app)
        await press(pilot, "enter", "ctrl+u", *"deme=95", "enter")
        assert "There is no deck “deme”. Did you mean demo?" in text_of(app)
        await press(pilot, "ctrl+u", *"demo=95", "enter")
        assert app.workspace.settings.deck_retention == {"demo": 0.95}
        assert "demo 95%" in text_of(app)
        await press(pilot, "enter", "ctrl+u", *"none", "enter")
        assert app.workspace.settings.deck_retention == {}
        await press(pilot, "enter", "ctrl+u", *"demo=91", "enter", "backspace")
        assert app.workspace.settings.deck_retention == {}
        await press(pilot, "home", "enter", "ctrl+u", *"2", "enter")
        assert "must be a number from 0.7 to 0.99" in text_of(app)
        await press(pilot, "ctrl+u", *"85%", "enter")
        settings, notices = read_settings(app.workspace.paths.settings)
        assert (settings.theme, settings.desired_retention, notices) == ("sciaquiz-light", 0.85, ())
        assert app.workspace.settings == settings
        assert "default 90%   85%" in text_of(app)
        await press(pilot, "backspace")
        assert read_settings(app.workspace.paths.settings)[0].desired_retention == 0.9

        await pilot.resize_terminal(80, 24)
        await press(pilot, "end", "home")
        assert "Minutes a day over 90 days: " in text_of(app)
        await press(pilot, *["j"] * [row.name for row in ROWS].index("sitting_cards"))
        words = "Default: no limit. Can be: 0 to 9999 cards; 0 means no limit."
        assert words in text_of(app)
        assert "answering.sitting_cards in settings.toml" in text_of(app)
        await press(pilot, "enter")
        assert text_of(app).count(words) == 2
        await press(pilot, "ctrl+u", *"25", "space", *"cards", "enter")
        assert app.workspace.settings.sitting_cards == 25
        await press(pilot, "enter", "ctrl+u", *"no", "space", *"limit", "enter")
        assert app.workspace.settings.sitting_cards == 0
