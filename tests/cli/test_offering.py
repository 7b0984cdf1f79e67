"""What `decks` tells and a sitting in lines asks when all is done, and after a break: the words and choices of Home."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

import pytest

from commanding import sciaquiz
from lived import TODAY, answered, gone_for_forty_days
from making import written
from sciaquiz.insight.ways import LEARN, OWN, PRACTISE, Offer, Way
from sciaquiz.plain.ways import asked_way, way_lines
from sciaquiz.settings.file import read_settings
from sciaquiz.study import comeback

if TYPE_CHECKING:
    from pathlib import Path

NOW = TODAY.isoformat()
OFFERS = (
    Offer(way=Way.MORE_NEW, group=LEARN, title="More new questions", detail="5 of 17 unseen", effect="tomorrow 2 → 5"),
    Offer(way=Way.WRONG_TODAY, group=PRACTISE, title="What went wrong today", detail="1 question"),
)

pytestmark = pytest.mark.usefixtures("started_before")


@pytest.fixture
def deck(home: Path) -> Path:
    """Twenty questions among the student's decks, of which the first option is right."""
    path = home / "decks" / "many.toml"
    path.parent.mkdir(parents=True)
    path.write_text(written(*(f"q{number:02}" for number in range(20))), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("said", "default", "taken", "told"),
    [
        ("2\n", 0, 1, ""),
        ("\n", 0, None, ""),
        ("\n", 1, 0, ""),
        ("", 1, None, ""),
        ("q\n", 1, None, ""),
        ("b3\n 1 \n", 0, 0, "Please type a number from 1 to 2, or q."),
        ("3\n²\n0\n1\n", 0, 0, "Please type a number from 1 to 2, or q."),
        ("1", 0, None, "The input ended before Enter: this line was not taken."),
    ],
)
def test_a_way_is_taken_by_its_number(said: str, default: int, taken: int | None, told: str) -> None:
    heard: list[str] = []
    found = asked_way(OFFERS, StringIO(said), StringIO(), heard.append, default=default)
    assert found is (None if taken is None else OFFERS[taken])
    assert set(heard) == ({told} if told else set())


def test_ways_stand_below_the_name_of_their_group() -> None:
    assert list(way_lines((*OFFERS, OWN))) == [
        "Learn on:",
        "  1. More new questions: 5 of 17 unseen, tomorrow 2 → 5.",
        "Practise, the schedule stays as it is:",
        "  2. What went wrong today: 1 question.",
        "",
        "  3. Choose yourself …: decks, topics, state, number.",
    ]


def test_done_is_no_dead_end_in_lines(home: Path, deck: Path) -> None:
    (home / "settings.toml").write_text("[day]\nnew_per_day = 0\n", encoding="utf-8")
    answered(home / "journal.db", deck, range(2), 1)
    answered(home / "journal.db", deck, range(2, 3), 0, "fibular")
    told = sciaquiz("decks", SCIAQUIZ_NOW=NOW).stdout.splitlines()
    assert told[0].split() == ["Deck", "due", "learning", "new", "unseen", "known", "now", "of", "id"]
    demo = next(line for line in told if line.endswith(" demo"))
    assert demo.split()[1:5] == ["0", "0", "0", "17"]
    done = told.index("Done for today: 1 answered, 0 right.")
    ways = [line.strip() for line in told[done + 1 :]]
    wrong = next(line for line in ways if "What went wrong today: 1 question" in line)
    held = sciaquiz("study", "--plain", said=f"{wrong[0]}\na3\n", SCIAQUIZ_NOW=NOW).stdout
    assert "1 question. Practice: the schedule stays as it is." in held
    assert "q02: inversion is weak." in held
    assert "1 answer, 1 right. Every answer is kept." in held
    left = sciaquiz("study", "--plain", said="\n", SCIAQUIZ_NOW=NOW).stdout
    assert "Nothing is left for now." in left


def test_after_a_break_lines_ask_how_to_come_back_and_keep_it(
    home: Path, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comeback, "LITTLE_MINUTES", 2)
    gone_for_forty_days(home / "journal.db", deck)
    told = sciaquiz("decks", SCIAQUIZ_NOW=NOW).stdout
    assert "40 days away. 14 cards are due. Last answer Tue 13 Oct." in told
    assert "of them you probably still know (" in told
    held = sciaquiz("study", "--plain", said="\n", SCIAQUIZ_NOW=NOW).stdout
    assert "How do you want to come back?" in held
    assert "Which (1-3) [1]: " in held
    kept = read_settings(home / "settings.toml")[0].catch_up_per_day
    assert 1 <= kept < 14
    again = sciaquiz("decks", SCIAQUIZ_NOW=NOW).stdout
    assert "days away" not in again
    assert f"Catching up: {kept} reviews a day and nothing new, {14 - kept} more wait; all clear in about" in again
    assert "missed" not in held + told


def test_a_named_deck_or_a_limit_is_studied_without_being_asked(
    home: Path, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(comeback, "LITTLE_MINUTES", 2)
    gone_for_forty_days(home / "journal.db", deck)
    for more in (["demo"], ["--limit", "3"]):
        assert "come back" not in sciaquiz("study", "--plain", *more, said="", SCIAQUIZ_NOW=NOW).stdout
