"""`sciaquiz plan`: a break is planned, told and removed, and what it does today is said."""

from __future__ import annotations

import json

import pytest

from commanding import sciaquiz
from sciaquiz.paths import user_paths

pytestmark = pytest.mark.usefixtures("started_before")


def test_a_break_is_planned_listed_and_removed() -> None:
    assert sciaquiz("plan").stdout.startswith("No break is planned. sciaquiz plan break FROM TO")
    planned = sciaquiz("plan", "break", "2026-11-25", "2026-12-06").stdout.splitlines()
    assert planned == [
        "2026-11-25 to 2026-12-06  Wed 25 Nov to Sun 6 Dec, 12 days",
        "Break 25 Nov to 6 Dec: nothing comes ahead of it today.",
    ]
    assert 'breaks = ["2026-11-25/2026-12-06"]' in user_paths().settings.read_text("utf-8")
    told = "Planned break until 6 Dec: what is due may wait."
    assert told in sciaquiz("decks", SCIAQUIZ_NOW="2026-11-26T09:00:00+01:00").stdout
    assert "12 days, over" in sciaquiz("plan", SCIAQUIZ_NOW="2027-11-26T09:00:00+01:00").stdout
    more = sciaquiz("plan", "break", "2026-12-07", "2026-12-08").stdout
    assert more.startswith("2026-11-25 to 2026-12-08")  # they touch: one break
    assert sciaquiz("plan", "break", "remove", "2026-11-25").stdout.startswith("No break is planned.")


def test_what_is_no_break_is_refused_in_words_and_changes_nothing() -> None:
    for words in (
        ["2026-11-25"], ["2026-11-25", "2026-11-24"], ["soon", "later"], ["remove", "2026-11-25"], ["remove"],
        ["2026-11-25", "2028-11-25"], ["a", "b", "c"],
    ):  # fmt: skip
        done = sciaquiz("plan", "break", *words)
        assert done.returncode != 0
        assert done.stderr.startswith("sciaquiz: ")
        assert "Traceback" not in done.stderr
    assert sciaquiz("plan").stdout.startswith("No break is planned.")
    assert sciaquiz("plan", "holiday").returncode != 0


def test_a_break_does_not_end_the_streak() -> None:
    for day in (22, 26):
        now = f"2026-11-{day}T09:00:00+01:00"
        sciaquiz("study", "--plain", "--limit", "1", said="a3\n3\n" * 4, SCIAQUIZ_NOW=now)
    later = {"SCIAQUIZ_NOW": "2026-11-26T12:00:00+01:00"}
    streaks = []
    for words in ([], ["plan", "break", "2026-11-23", "2026-11-25"]):
        if words:
            sciaquiz(*words, **later)
        streaks.append(json.loads(sciaquiz("stats", "--json", **later).stdout)["streak"]["days"])
    assert streaks == [1, 2]
