"""`sciaquiz plan`: a break is planned, told and removed, and what it does today is said."""

from __future__ import annotations

import json

import pytest

from commanding import sciaquiz
from sciaquiz.paths import user_paths

pytestmark = pytest.mark.usefixtures("started_before")


def test_a_break_is_planned_listed_and_removed() -> None:
    assert sciaquiz("plan").stdout == "No break is planned. To plan one: sciaquiz plan break 2026-12-20 2027-01-03\n"
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


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("2026-11-25", "a break has a first and a last day"),
        ("a b c", "a break has a first and a last day"),
        ("2026-11-25 2026-11-24", "2026-11-24 is before 2026-11-25"),
        ("2026-11-25 later", "“later” is no day such as 2026-12-20"),
        ("25-11-2026 2026-11-27", "“25-11-2026” is no day such as 2026-12-20"),
        ("2026-11-25 2028-11-25", "2026-11-25 to 2028-11-25 are 732 days, a break has up to 366"),
        ("9999-12-30 9999-12-31", "9999-12-31 is too far off, a break ends before the year 9001"),
        ("0001-01-01 9999-12-31", "9999-12-31 is too far off, a break ends before the year 9001"),
        ("remove", "which break is to go? Name its first day: sciaquiz plan break remove 2026-12-20."),
        ("remove a b", "which break is to go? Name its first day: sciaquiz plan break remove 2026-12-20."),
        ("remove 2026-11-25", "no planned break begins on 2026-11-25. To see those that are planned: sciaquiz plan"),
    ],
)
def test_what_is_no_break_is_refused_with_what_is_wrong_and_what_to_write(words: str, told: str) -> None:
    done = sciaquiz("plan", "break", *words.split())
    todo = "" if words.startswith("remove") else ". To plan a break: sciaquiz plan break 2026-12-20 2027-01-03\n"
    assert (done.returncode, done.stderr.startswith(f"sciaquiz: {told}{todo}")) == (1, True), done.stderr


def test_what_was_refused_changed_nothing() -> None:
    assert sciaquiz("plan", "break", "2026-11-25", "2026-11-24").returncode
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
