"""The settings file: what a person may write into it, and what becomes of mistakes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from sciaquiz.settings import SPECS, Settings
from sciaquiz.settings.file import read_settings, settings_from, write_setting
from sciaquiz.settings.values import SettingError

if TYPE_CHECKING:
    from pathlib import Path

SPEC = {spec.name: spec for spec in SPECS}


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "settings.toml") == (Settings(), ())


def test_every_default_is_a_value_its_own_setting_accepts() -> None:
    for spec in SPECS:
        default = getattr(Settings(), spec.name)
        assert spec.value.parse(list(default) if isinstance(default, tuple) else default) == default


def test_what_is_written_is_read_back_and_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("# mine\n[memory]\nfuzz = false  # no spread\n", encoding="utf-8")
    written = write_setting(path, SPEC["desired_retention"], 0.85)
    text = path.read_text(encoding="utf-8")
    assert "# mine" in text
    assert "# no spread" in text
    assert read_settings(path) == (written, ())
    assert written.desired_retention == 0.85
    assert written.fuzz is False


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[memory]\ndesired_retention = 1.5\n", "must be a number from 0.7 to 0.99"),
        ("[memory]\ndesired_retenton = 0.9\n", "did you mean “desired_retention”?"),
        ("[day]\nnew_per_day = true\n", "must be a whole number"),
        ("[look]\ntheme = 'pink'\n", "must be one of: sciaquiz-dark"),
        ("[memory]\nlearning_steps = [0]\n", "whole minutes"),
        ("[day]\ndays_off = ['christmas']\n", "dates such as"),
        ("[decks.nerve-roots]\ndesired_retention = 2\n", "decks.nerve-roots.desired_retention"),
        ("theme = 'terminal'\n", "stands outside every table"),
        ("[memory\n", "the defaults are used"),
    ],
)
def test_a_mistake_keeps_the_default_and_is_told(text: str, told: str) -> None:
    settings, notices = settings_from(text, "settings.toml")
    assert settings == Settings()
    assert len(notices) == 1
    assert told in notices[0]


def test_one_mistake_does_not_spoil_the_other_settings() -> None:
    settings, notices = settings_from("[day]\nnew_per_day = -1\nreviews_per_day = 50\n", "settings.toml")
    assert settings.reviews_per_day == 50
    assert len(notices) == 1


def test_a_broken_file_is_never_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_text("[memory\n", encoding="utf-8")
    with pytest.raises(SettingError, match="not valid TOML"):
        write_setting(path, SPEC["fuzz"], False)
    assert path.read_text(encoding="utf-8") == "[memory\n"


def test_a_value_out_of_range_is_not_written(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    with pytest.raises(SettingError):
        write_setting(path, SPEC["new_per_day"], -1)
    assert not path.exists()
