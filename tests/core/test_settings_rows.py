"""Each setting is one row: whatever reads, shows, explains or writes it goes by that row, and by nothing else."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from rows import each_row
from sciaquiz.settings import ROWS, SPECS, TABLES, Settings, Spec
from sciaquiz.settings.dayvalues import Breaks, EasyDays
from sciaquiz.settings.file import literal_of, settings_from
from sciaquiz.settings.values import Choice, Dates, Hour, SettingError, Share, Steps, Switch, Value, Whole
from sciaquiz.view.settings import about
from sciaquiz.words import percent

ROOT = Path(__file__).parents[2]
WITHOUT_UNIT = {
    "all_reasons",
    "fuzz",
    "fitting",
    "leech_action",
    "ask_certainty",
    "ask_why_wrong",
    "theme",
    "keys",
    "mock_away",
    "mock_certainty",
}

BREAKS = "must be breaks such as 2026-12-20/2027-01-03"


def test_every_setting_has_a_row_with_all_that_is_said_of_it() -> None:
    assert [row.name for row in ROWS] == [each.name for each in fields(Settings)]
    assert len({row.place for row in ROWS}) == len({row.title for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row.table
        assert row.title
        assert row.hint.endswith(".")
        assert row.value.allowed
        assert bool(row.value.unit) == (row.name not in WITHOUT_UNIT), row.name


@each_row("spec", SPECS)
def test_what_0_means_is_said_where_a_setting_can_be_0(spec: Spec) -> None:
    try:
        spec.value.parse(0)
    except SettingError:
        assert not spec.value.zero
    else:
        assert f"; 0 means {spec.value.zero}." in about(spec)[1]
        assert spec.value.typed("0") == spec.value.typed(spec.value.zero) == 0


@each_row("spec", SPECS)
def test_a_value_may_be_typed_as_it_is_shown_and_as_it_stands_in_the_box(spec: Spec) -> None:
    values = [spec.default]
    match spec.value:
        case Whole() | Share() as bounded:
            values += [bounded.least, bounded.most, bounded.least + (0.005 if isinstance(bounded, Share) else 1)]
        case Steps() as bounded:
            values += [(), (bounded.least,), (bounded.least, bounded.most)]
        case Dates():
            values += [("2026-12-24", "2026-12-25")]
        case EasyDays():
            values += [("sat=30", "sun=0"), ("mon=99",)]
        case Breaks():
            values += [("2026-12-20/2027-01-03", "2027-02-01/2027-02-01")]
        case Choice(choices=choices):
            values += choices
        case Switch():
            values += [True, False]
        case _:
            raise AssertionError(spec)
    for value in values:
        for text in (spec.value.words(value), spec.value.text(value), f" {spec.value.text(value)} "):
            assert spec.value.typed(text) == value
        toml = f"[{spec.table}]\n{spec.name} = {literal_of(value)}\n"
        read, notices = settings_from(toml, "settings.toml")
        assert (getattr(read, spec.name), notices) == (value, ())


@each_row(
    ("value", "text", "told"),
    [
        (Share(0.7, 0.99), "2", "must be a number from 0.7 to 0.99 (70% to 99%)"),
        (Share(0.7, 0.99), "nan", "must be a number from 0.7 to 0.99 (70% to 99%)"),
        (Share(0.7, 0.99), "much", "must be a number"),
        (Whole(1, 36500, unit="day"), "0", "must be a whole number from 1 to 36500"),
        (Whole(1, 36500, unit="day"), "a week", "must be a number"),
        (Hour(), "24", "must be a whole number from 0 to 23"),
        (Hour(), "04:30", "must be a number"),
        (Steps(1, 1440, unit="minute"), "1, ten", "must be a number"),
        (Steps(1, 1440, unit="minute"), "0", "must be up to 10 whole minutes from 1 to 1440"),
        (Dates(), "christmas", "must be dates such as 2026-12-24"),
        (EasyDays(), "caturday=3", "must be weekdays with 0% to 100%, such as sat=30, sun=0"),
        (EasyDays(), "sat=101", "must be weekdays with 0% to 100%, such as sat=30, sun=0"),
        (EasyDays(), "sat", "must be weekdays with 0% to 100%, such as sat=30, sun=0"),
        (Breaks(), "2026-12-20", f"{BREAKS}: a break has a first and a last day"),
        (Breaks(), "2026-12-20 to 2026-12-19", f"{BREAKS}: 2026-12-19 is before 2026-12-20"),
        (Breaks(), "2026-12-20/2027-12-21", f"{BREAKS}: 2026-12-20 to 2027-12-21 are 367 days, a break has up to 366"),
        (Breaks(), "9999-12-20/9999-12-31", f"{BREAKS}: 9999-12-31 is too far off, a break ends before the year 9001"),
        (Switch(), "perhaps", "must be true or false"),
        (Choice("tell", "suspend"), "shout", "must be one of: tell, suspend"),
    ],
)
def test_what_cannot_be_taken_says_what_can(value: Value[Any], text: str, told: str) -> None:
    with pytest.raises(SettingError) as refused:
        value.typed(text)
    assert str(refused.value) == told


@pytest.mark.parametrize("text", ["sat=30 sun=0", "sat=30, sun=0", "Sat 30% Sun 0%", " sat: 30  sun = 0 "])
def test_easy_days_stand_with_commas_or_spaces_between_them(text: str) -> None:
    assert EasyDays().typed(text) == ("sat=30", "sun=0")


def test_a_percentage_is_shown_with_all_its_digits() -> None:
    assert [Share(0, 1).words(share) for share in (0.9, 0.925, 0.29, 0.07)] == ["90%", "92.5%", "29%", "7%"]


def test_no_module_beside_the_rows_knows_a_setting_by_its_name() -> None:
    for module in ("settings/values", "settings/file", "view/settings", "tui/screens/settings", "tui/screens/value"):
        text = (ROOT / "src" / "sciaquiz" / f"{module}.py").read_text(encoding="utf-8")
        assert [row.name for row in ROWS if f'"{row.name}"' in text] == [], module


def test_the_docs_list_every_setting_as_its_row_says() -> None:
    rows = [
        f"| `{row.place}` | {row.title}. {row.hint} | {default_of(row.name)} | {row.value.allowed} |" for row in ROWS
    ]
    table = "\n".join(["| in the file | what it sets | default | can be |", "|---|---|---|---|", *rows])
    assert table in (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"), table


def test_the_example_in_the_docs_is_read_and_its_key_is_free() -> None:
    from sciaquiz.tui.app import SciaquizApp
    from sciaquiz.tui.keys import sound_keymap

    [example] = re.findall(r"```toml\n(.*?)```", (ROOT / "docs" / "settings.md").read_text(encoding="utf-8"), re.DOTALL)
    settings, notices = settings_from(example, "settings.toml")
    assert notices == ()
    assert all(getattr(settings, row.name) for row in TABLES)
    assert sound_keymap(settings.keys, SciaquizApp.BINDINGS) == ({"go.browse": "f5"}, ())


def default_of(name: str) -> str:
    return f"`{literal_of(getattr(Settings(), name))}`" if name not in {row.name for row in TABLES} else "none"


def test_the_readme_gives_the_defaults_as_they_are() -> None:
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    settings = Settings()
    first, second = settings.learning_steps
    wanted, must_not_miss = settings.desired_retention, settings.must_not_miss_retention
    assert f"A new card returns after {first} and {second} minutes" in readme
    assert f"the retention you want: {percent(wanted)}, and {percent(must_not_miss)} for what" in readme
    assert f"they end at {settings.rollover_hour:02}:00 on your wall clock" in readme
