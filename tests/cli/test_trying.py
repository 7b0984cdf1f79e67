"""Trying a deck that is named by its path: all of it is asked, and nothing is recorded."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from commanding import sciaquiz
from making import written
from remembering import noon
from sciaquiz.store.journal import Journal

NUMBER = 25
"""More than the new cards of a day."""


@pytest.fixture
def deck(tmp_path: Path) -> str:
    path = tmp_path / "mine.toml"
    path.write_text(written(*(f"q{number}" for number in range(NUMBER))), encoding="utf-8")
    return str(path)


def test_a_deck_that_is_tried_is_asked_whole_and_leaves_no_trace(home: Path, deck: str) -> None:
    done = sciaquiz("study", deck, "--plain", said="a3\n\n" * NUMBER * 3)
    assert done.stdout.startswith("You are trying this deck: all of it is asked, and nothing is recorded.")
    assert done.stdout.rstrip().endswith("You tried this deck: nothing was recorded.")
    assert f"of {NUMBER}" in done.stdout
    assert "Not recorded. " in done.stdout
    assert [word for word in ("Saved", "is kept") if word in done.stdout] == []
    assert not (home / "journal.db").exists()
    assert list(home.parent.glob("sciaquiz-*")) == []
    assert "Nothing is saved." in sciaquiz("study", "--list-saved").stdout


def test_what_is_to_be_recorded_is_asked_as_on_any_day(home: Path, deck: str) -> None:
    done = sciaquiz("study", deck, "--record", "--plain", said="a3\n\n" * NUMBER * 3)
    assert "recorded" not in done.stdout
    journal = Journal.open(home / "journal.db", noon(400))
    assert journal.totals().cards == 10
    journal.close()


def test_what_was_recorded_before_stays_as_it_is_while_the_deck_is_tried(home: Path, deck: str) -> None:
    sciaquiz("study", deck, "--record", "--plain", "--limit", "1", said="a3\n\n")
    before = (home / "journal.db").read_bytes()
    sciaquiz("study", deck, "--plain", said="a3\n\n" * 3)
    assert (home / "journal.db").read_bytes() == before


def test_an_answer_is_marked_as_a_students_would_be_and_kept_nowhere(home: Path, deck: str) -> None:
    right = sciaquiz("try", deck, "q1", "a", "--sure", "3")
    assert right.stdout.startswith("Right.")
    assert "Rated " in right.stdout
    wrong = json.loads(sciaquiz("try", deck, "q1", "b", "--json").stdout)
    assert (wrong["card"], wrong["correct"], wrong["score"], wrong["rating"]) == ("q1", False, 0.0, "again")
    assert wrong["told"][0].startswith("Wrong.")
    assert not (home / "journal.db").exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("q1", "z"), "q1 cannot be answered so; it takes one of these:"),
        (("q99x", "a"), "there is no question 'q99x' here. Did you mean q9"),
        (("contents-of-the-deep-gluteal-space", "ab"), "there is no question"),
    ],
)
def test_what_cannot_be_tried_is_told(deck: str, given: tuple[str, str], told: str) -> None:
    done = sciaquiz("try", deck, *given)
    assert done.returncode == 1
    assert told in done.stderr


@pytest.mark.parametrize(
    ("question", "answer", "told"),
    [
        ("contents-of-the-deep-gluteal-space", "a b", "1 right, 1 wrong, 3 missed"),
        ("dgs-definition-too-wide", "b", "Wrong."),
        ("what-imaging-can-say", "tftftf", "Rated"),
        ("singer-ischiofemoral-cut-off", "15 mm", "Right."),
        ("point-where-the-sprinter-sits", "c", "The answer is Ischial tuberosity"),
        ("martin-2014-by-sensitivity", "abcd", "Rated"),
        ("walls-of-the-deep-gluteal-space", "a", "has several cards"),
        ("dgs-muscles-top-to-bottom", "x", "it takes the grade that a student gives it"),
    ],
)
@pytest.mark.usefixtures("started_before")
def test_every_kind_is_tried(question: str, answer: str, told: str) -> None:
    done = sciaquiz("try", "deep-gluteal-syndrome", question, answer)
    assert told in done.stdout + done.stderr


@pytest.mark.usefixtures("started_before")
def test_a_deck_of_ones_own_is_tried_by_its_id(home: Path, deck: str) -> None:
    own = home / "decks" / "mine.toml"
    own.parent.mkdir(parents=True)
    own.write_bytes(Path(deck).read_bytes())
    assert sciaquiz("try", "demo", "q1", "a").stdout.startswith("Right.")
    assert not (home / "journal.db").exists()


def test_steps_and_matches_may_be_named_by_their_ids(home: Path, tmp_path: Path) -> None:
    deck = tmp_path / "d.toml"
    items = '[{ id = "ash", text = "Ash" }, { id = "bombs", text = "Bombs" }, { id = "lapilli", text = "Lapilli" }]'
    stems = '[{ id = "x", text = "X", answer = "bombs" }, { id = "y", text = "Y", answer = "ash" }]'
    deck.write_text(
        'id = "d"\ntitle = "D"\n'
        f'[[question]]\nid = "o"\nkind = "ordering"\nstem = "Order?"\nitems = {items}\n'
        f'[[question]]\nid = "m"\nkind = "matching"\nstem = "Match?"\noptions = {items}\nstems = {stems}\n'
    )
    assert sciaquiz("try", str(deck), "o", "ash", "bombs", "lapilli").stdout.startswith("Right.")
    assert sciaquiz("try", str(deck), "m", "bombs,", "ash").stdout.startswith("Right.")


def test_every_card_of_a_question_is_asked_of_a_deck_that_is_tried(home: Path, tmp_path: Path) -> None:
    deck = tmp_path / "d.toml"
    text = "The {{c1::one}}, the {{c2::two}} and the {{c3::three}}."
    deck.write_text(f'id = "d"\ntitle = "D"\n[[question]]\nid = "q"\nkind = "cloze"\ngaps = "typed"\ntext = "{text}"\n')
    done = sciaquiz("study", str(deck), "--plain", said="one\n2\ntwo\n2\nthree\n2\n")
    assert "3 answers, 3 right." in done.stdout
