"""What waits today is one number, whoever asks."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from commanding import sciaquiz
from making import written
from sciaquiz.cli.opening import open_workspace
from sciaquiz.insight.overview import overview_of
from sciaquiz.sittings import open_sitting

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2026-11-22T09:00:00+01:00"


@pytest.fixture
def home_with_work(home: Path) -> None:
    """Four cards of which two are unsafe, and a limit of one review a day."""
    folder = home / "decks"
    folder.mkdir(parents=True)
    text = written("q0", "q1", "q2", "q3", more='safety = "must-not-miss"')
    (folder / "demo.toml").write_text(text, encoding="utf-8")
    (home / "settings.toml").write_text("[day]\nreviews_per_day = 1\nnew_per_day = 4\n[memory]\nlearning_steps = []\n")
    done = sciaquiz("study", "demo", "--plain", said="b3\nb3\na3\na3\n")
    assert done.stdout.count("Saved.") >= 4, done.stdout + done.stderr


@pytest.mark.usefixtures("home_with_work")
@pytest.mark.parametrize("day", ["2026-11-22", "2026-11-23", "2026-11-29", "2026-12-02", "2026-12-20"])
def test_home_decks_stats_and_the_queue_count_alike(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    now = f"{day}T09:00:00+01:00"
    rows = json.loads(sciaquiz("decks", "--json", SCIAQUIZ_NOW=now).stdout)
    stats = json.loads(sciaquiz("stats", "--json", SCIAQUIZ_NOW=now).stdout)
    waiting = sum(row["due"] + row["learning"] for row in rows)
    assert stats["due"] == waiting
    assert stats["new_today"] == sum(row["new_today"] for row in rows)
    monkeypatch.setenv("SCIAQUIZ_NOW", now)
    with open_workspace() as workspace:
        seen = workspace.journal.snapshot(workspace.clock.now().study_day)
        assert overview_of(workspace, workspace.library.decks, seen).due == waiting
        sitting = open_sitting(workspace, workspace.library.decks, seen)
        assert sitting.left == waiting + stats["new_today"]


@pytest.mark.usefixtures("home_with_work")
def test_what_comes_above_the_daily_limit_is_explained(monkeypatch: pytest.MonkeyPatch) -> None:
    later = "2026-12-20T09:00:00+01:00"
    above = "2 cards come although today's limit is reached: what is unsafe is not put off."
    for command in ("decks", "stats"):
        assert above in sciaquiz(command, SCIAQUIZ_NOW=later).stdout
    assert "1 more is due beyond today's limit." in sciaquiz("decks", SCIAQUIZ_NOW=later).stdout
