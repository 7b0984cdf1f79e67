"""Looking back from the command line: the history of a card, past sittings, and reports for the author of a deck."""

from __future__ import annotations

import json
import os
import shlex
from typing import TYPE_CHECKING

import pytest

from commanding import sciaquiz
from making import written
from sciaquiz.reporting import ReportError, append

if TYPE_CHECKING:
    from pathlib import Path

MORNING, LATER, NEXT = (f"2026-11-{day}:00+01:00" for day in ("22T09:00", "22T10:00", "23T09:00"))
EASTER_ISLAND = "2026-11-22T23:50:00-05:00"

pytestmark = pytest.mark.usefixtures("started_before")


@pytest.fixture
def deck(home: Path) -> Path:
    """A deck of the student's own with two questions."""
    path = home / "decks" / "demo.toml"
    path.parent.mkdir(parents=True)
    path.write_text(written("q1", "q2"), encoding="utf-8")
    return path


def study(said: str, now: str = MORNING) -> None:
    sciaquiz("study", "demo", "--plain", said=said, SCIAQUIZ_NOW=now)


def test_the_history_of_a_card_is_told_in_the_words_of_its_options(deck: Path) -> None:
    study("b3\nquit\n")
    study("a1\nquit\n", LATER)
    sciaquiz("card", "q1", "flag", SCIAQUIZ_NOW=LATER)
    told = sciaquiz("card", "q1", SCIAQUIZ_NOW=NEXT).stdout.splitlines()
    assert told[0] == "q1: inversion is weak. Which nerve?"
    at = told.index("2 answers, the latest first:")
    flagged, right, wrong = told[at + 1 : at + 4]
    assert flagged == "  22 Nov: flagged"
    assert right.startswith("  22 Nov: right, Tibial nerve, guess, ")
    assert wrong.startswith("  22 Nov: wrong, Common fibular nerve, certain, ")
    assert wrong.endswith("Again, back in 1 min")
    known = json.loads(sciaquiz("card", "q1", "--json", SCIAQUIZ_NOW=NEXT).stdout)
    assert [(row["answered"], row["correct"], row["certainty"]) for row in known["answers"]] == [
        ("Tibial nerve", True, "guess"), ("Common fibular nerve", False, "certain"),
    ]  # fmt: skip
    assert known["answers"][1]["at"] == "2026-11-22T09:00:00+01:00"


def test_a_text_that_was_changed_since_is_told_and_shown_in_full(deck: Path) -> None:
    study("b3\nquit\n")
    text = written("q1", "q2")
    text = text.replace('text = "Tibial nerve", correct = true', 'text = "Tibial nerve"', 1)
    text = text.replace('text = "Common fibular nerve"', 'text = "Common fibular (peroneal) nerve", correct = true', 1)
    deck.write_text(text, encoding="utf-8")
    told = sciaquiz("card", "q1").stdout
    changed = "Before this, the right answer was “Tibial nerve” and its answers read differently.\n"
    assert changed in told
    assert "wrong, Common fibular nerve, certain" in told
    assert "As it read on 22 Nov, 1 answer:\nq1: inversion is weak. Which nerve?\n" in told
    assert "✓ Tibial nerve (It supplies tibialis posterior.)\n" in told
    [older] = json.loads(sciaquiz("card", "q1", "--json").stdout)["older_texts"]
    assert (older["other_key"], older["answers"]) == (True, 1)


def test_a_card_whose_deck_is_gone_keeps_its_history_in_words(deck: Path) -> None:
    study("b3\nquit\n")
    deck.unlink()
    told = sciaquiz("card", "q1").stdout
    assert "its deck is not installed" in told
    assert "wrong, Common fibular nerve, certain" in told


def test_sittings_are_listed_and_shown(deck: Path) -> None:
    assert sciaquiz("sittings").stdout == "No answers yet.\n"
    study("b3\na2\nquit\n")
    study("a2\nquit\n", LATER)
    listed = sciaquiz("sittings", SCIAQUIZ_NOW=NEXT).stdout.splitlines()
    assert listed == [
        "2026-11-22T10:00  under 1 min; 1 of 1 right; Demo.",
        "2026-11-22T09:00  under 1 min; 1 of 2 right; 1 wrong answer you were certain of; Demo.",
        "A sitting is what was answered on one device with no break of more than 30 minutes.",
    ]
    shown = sciaquiz("sittings", "2026-11-22T09:00", SCIAQUIZ_NOW=NEXT).stdout.splitlines()
    assert shown[0] == "Sun 22 Nov 09:00: under 1 min; 1 of 2 right; 1 wrong answer you were certain of; Demo."
    assert shown[1] == "  Wrong, certain: q1: inversion is weak. Which nerve? (q1)"
    assert shown[-2:] == [
        "Look again: q1: inversion is weak. Which nerve? (q1)",
        "To practise them: sciaquiz study --plain 'id:q1 schedule:stays'",
    ]
    assert len(json.loads(sciaquiz("sittings", "2026-11-22", "--json").stdout)) == 2
    [newest] = json.loads(sciaquiz("sittings", "--json", "--limit", "1").stdout)
    assert (newest["began"], newest["answers"], newest["right"]) == ("2026-11-22T10:00:00+01:00", 1, 1)
    again = sciaquiz(*shlex.split(shown[-1])[4:], said="a3\n", SCIAQUIZ_NOW=NEXT).stdout
    assert "1 question. Practice: the schedule stays as it is." in again
    assert json.loads(sciaquiz("card", "q1", "--json").stdout)["answers"][0]["mode"] == "practice"


def test_sittings_are_paged_by_the_day_on_the_wall_where_they_were_held(deck: Path) -> None:
    study("b3\nquit\n", EASTER_ISLAND)
    study("b3\nquit\n", NEXT)
    first = sciaquiz("sittings", "--limit", "1", SCIAQUIZ_NOW=NEXT).stdout.splitlines()
    assert first[0].startswith("2026-11-23T09:00")
    assert first[-1] == "Older ones: sciaquiz sittings --before 2026-11-23T09:00:00+01:00"
    for before in ("2026-11-23T09:00:00+01:00", "2026-11-23", "2026-11-22T23:51"):
        assert sciaquiz("sittings", "--before", before, SCIAQUIZ_NOW=NEXT).stdout.startswith("2026-11-22T23:50")
    assert sciaquiz("sittings", "--before", "2026-11-22T23:50", SCIAQUIZ_NOW=NEXT).stdout == "No answers yet.\n"
    assert sciaquiz("sittings", "2026-11-22", SCIAQUIZ_NOW=NEXT).stdout.startswith("Sun 22 Nov 23:50")


@pytest.mark.parametrize(
    ("when", "status"), [("2026-11-21", 1), ("yesterday", 2), ("2026-13-40", 2), ("0001-01-01", 2)]
)
def test_a_sitting_that_there_is_not_is_told_in_one_line(deck: Path, when: str, status: int) -> None:
    study("b3\nquit\n")
    done = sciaquiz("sittings", when)
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (status, "", 1)


def test_a_report_is_written_for_the_author_and_nothing_is_said_to_be_sent(deck: Path, home: Path) -> None:
    assert sciaquiz("report").stdout == "No question has been reported.\n"
    study("b3\nquit\n")
    done = sciaquiz("report", "q1", "S1", "does", "this", "too.")
    file = home / "reports" / "demo.md"
    assert done.stdout == f"Written to {file}. Nothing was sent: give the file to the author when you like.\n"
    text = file.read_text(encoding="utf-8")
    assert text.startswith("# Reports on Demo\n")
    for part in (
        "## 22 Nov 2026 09:00: q1\n\n> S1 does this too.\n",
        "- deck: Demo (`demo`) version 1\n",
        "- last answer: 22 Nov: wrong, Common fibular nerve, certain, ",
        "> q1: inversion is weak. Which nerve?\n",
        "> ✓ Tibial nerve (It supplies tibialis posterior.)\n",
        "> Source: Gray's Anatomy\n",
    ):
        assert part in text
    again = sciaquiz("report", "q2", said="Two\nlines\n")
    assert again.returncode == 0
    both = file.read_text(encoding="utf-8")
    assert both.startswith(text)
    assert "> Two\n> lines\n" in both
    assert both.count("# Reports on Demo") == 1
    assert sciaquiz("report").stdout == f"{file}\n"


def test_a_report_without_words_is_not_written(deck: Path, home: Path) -> None:
    done = sciaquiz("report", "q1", said=" \n")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "sciaquiz: Nothing was written: a report needs a few words.\n"
    assert not (home / "reports").exists()
    assert sciaquiz("report", "q9", "words").returncode == 1


def test_words_that_look_like_markdown_or_steer_a_terminal_are_quoted_and_tamed(deck: Path, home: Path) -> None:
    sciaquiz("report", "q1", "x\n## not a heading\n\x1b[31m- deck: other")
    lines = (home / "reports" / "demo.md").read_text(encoding="utf-8").splitlines()
    assert "> ## not a heading" in lines
    assert "> [31m- deck: other" in lines


def test_a_report_that_cannot_be_written_is_not_said_to_be(deck: Path, home: Path) -> None:
    (home / "reports").write_text("a file in the way", encoding="utf-8")
    done = sciaquiz("report", "q1", "words")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("sciaquiz: The report was not written: ")


def test_a_report_is_added_whole_or_not_at_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "demo.md"
    append(file, "one\n", heading="# H\n")

    def no_room(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(ReportError, match="No space left on device"):
        append(file, "two\n", heading="# H\n")
    monkeypatch.undo()
    assert file.read_text(encoding="utf-8") == "# H\none\n"
    append(file, "three\n", heading="# H\n")
    assert file.read_text(encoding="utf-8") == "# H\none\nthree\n"
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == ["demo.md"]
