"""An edited deck and a student who has learned the old one: what is learned anew, what stays, and what is told of it."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest

from commanding import NOW, sciaquiz
from making import written
from remembering import noon
from sciaquiz.cli.opening import open_workspace
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import EventKind
from sciaquiz.journal.port import KeepError
from sciaquiz.store.journal import Journal
from sciaquiz.updating import bring_up, correct

if TYPE_CHECKING:
    from pathlib import Path

    from sciaquiz.journal.corrections import Corrected

LATER = "2026-11-29T09:00:00+01:00"
KEY = 'text = "Tibial nerve", correct = true'


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory, catalogue: Path) -> Path:
    """A home with a deck of the student's own, of whose three questions the first two were learned a week ago."""
    folder = tmp_path_factory.mktemp("learned")
    (folder / "decks").mkdir()
    (folder / "decks" / "demo.toml").write_text(written("q1", "q2", "q3"), encoding="utf-8")
    (folder / "cache").mkdir()
    shutil.copy(catalogue, folder / "cache")
    said = "a3\n\na3\n\nquit\n"
    sciaquiz("study", "demo", "--plain", said=said, SCIAQUIZ_NOW=NOW, SCIAQUIZ_HOME=str(folder))
    return folder


@pytest.fixture
def deck(home: Path, learned: Path) -> Path:
    """The deck in a home of this test."""
    shutil.copytree(learned, home)
    return home / "decks" / "demo.toml"


def rekeyed(text: str) -> str:
    """The text with another key for its first question."""
    text = text.replace(KEY, 'text = "Tibial nerve"', 1)
    return text.replace('text = "Common fibular nerve"', 'text = "Common fibular nerve", correct = true', 1)


def edit(deck: Path, text: str) -> None:
    deck.write_text(text, encoding="utf-8")


def corrected(monkeypatch: pytest.MonkeyPatch, now: str = LATER) -> dict[str, Corrected]:
    """Bring the decks up as a start of the app does, and return what is to be told."""
    monkeypatch.setenv("SCIAQUIZ_NOW", now)
    with open_workspace() as workspace:
        workspace.read_decks()
        workspace.snapshot()
        bring_up(workspace, workspace.journal)
        return {str(name): told for name, told in workspace.corrections.items()}


def events(home: Path) -> int:
    journal = Journal.open(home / "journal.db", noon(400))
    found = [event for card in ("q1", "q2", "q3") for event in journal.history(CardId(card))[1]]
    journal.close()
    return sum(event.kind is EventKind.CORRECTED for event in found)


def test_a_corrected_key_is_learned_anew_and_every_place_tells_of_it(home: Path, deck: Path) -> None:
    edit(deck, rekeyed(written("q1", "q2", "q3")))
    told = sciaquiz("study", "demo", "--plain", said="b3\n\nb3\n\nb3\n\nquit\n", SCIAQUIZ_NOW=LATER).stdout
    assert told.startswith("The key of a card that you had learned was corrected: it is asked again.\n")
    assert "The key was corrected on Sun 29 Nov; before, “Tibial nerve” was right.\n" in told
    assert events(home) == 1
    card = sciaquiz("card", "q1", SCIAQUIZ_NOW=LATER).stdout
    assert "29 Nov: the key was corrected: before, “Tibial nerve” was right" in card
    assert card.count("right, Tibial nerve") == 1
    assert "corrected" not in sciaquiz("study", "demo", "--plain", said="quit\n", SCIAQUIZ_NOW=LATER).stdout
    assert sciaquiz("journal", "verify").returncode == 0


def test_before_it_is_answered_why_says_that_it_is_due_for_its_new_key(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(deck, rekeyed(written("q1", "q2", "q3")))
    assert list(corrected(monkeypatch)) == ["q1"]
    why = sciaquiz("why", "q1", SCIAQUIZ_NOW=LATER).stdout
    assert "The key was corrected on 2026-11-29: it is learned anew, and due at once." in why
    assert "due today" in why


@pytest.mark.parametrize(
    "text",
    [
        written("q1", "q2", "q3").replace("inversion is weak", "inversoin is weak"),
        written("q1", "q2", "q3").replace("Femoral nerve", "Obturator nerve"),
        rekeyed(written("q1", "q2", "q3", more='change = "clarification"')),
        written("q1", "q2", "q3", more="retired = true"),
        written("q4"),
    ],
    ids=["typo", "distractor", "the author's word", "retired", "gone"],
)
def test_whatever_is_no_other_key_leaves_the_schedule_as_it_is(
    home: Path, deck: Path, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(
        deck,
        text.partition('\nid = "demo"\ntitle = "Demo"\nversion = "1"\nlicence')[0] + text.partition("\x00")[2] or text,
    )
    assert corrected(monkeypatch) == {}
    assert events(home) == 0


def test_what_was_never_learned_is_not_corrected(home: Path, deck: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = written("q1", "q2") + rekeyed(written("q3")).partition('"Gray\'s Anatomy"')[2]
    edit(deck, text)
    assert corrected(monkeypatch) == {}
    assert events(home) == 0


def test_a_correction_is_told_once_however_often_the_app_starts(
    home: Path, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(deck, rekeyed(written("q1", "q2", "q3")))
    assert list(corrected(monkeypatch)) == ["q1"]
    assert list(corrected(monkeypatch)) == ["q1"]
    with open_workspace() as workspace:
        workspace.catalogue.change(lambda opened: opened.execute("DELETE FROM meta WHERE name = 'corrected'"))
    assert list(corrected(monkeypatch)) == ["q1"]
    assert events(home) == 1
    edit(deck, rekeyed(written("q1", "q2", "q3")).replace("inversion is weak", "inversoin is weak"))
    assert list(corrected(monkeypatch)) == ["q1"]
    assert events(home) == 1


def test_a_start_at_which_nothing_has_changed_reads_nothing_of_the_journal(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert corrected(monkeypatch) == {}
    with open_workspace() as workspace, patch.object(Journal, "texts_met", side_effect=AssertionError):
        workspace.read_decks()
        workspace.snapshot()
        assert correct(workspace, workspace.journal) == 0


def test_a_journal_that_cannot_be_read_now_keeps_nobody_from_studying(
    deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(deck, rekeyed(written("q1", "q2", "q3")))
    with patch.object(Journal, "act_on_each", side_effect=KeepError("it is held")):
        assert corrected(monkeypatch) == {}
    assert list(corrected(monkeypatch)) == ["q1"]


def test_a_retired_question_is_asked_no_more_and_keeps_its_history(deck: Path) -> None:
    edit(deck, written("q1", more="retired = true") + written("q2", "q3").partition('"Gray\'s Anatomy"')[2])
    told = sciaquiz("card", "q1", SCIAQUIZ_NOW=LATER).stdout
    assert told.startswith("q1: its author has retired it.\n")
    assert "right, Tibial nerve, certain" in told
    assert sciaquiz("check", str(deck)).returncode == 0


def test_a_renamed_question_goes_on_with_its_history_and_no_entry_is_rewritten(home: Path, deck: Path) -> None:
    before = sciaquiz("journal", "export", str(home / "a.jsonl"))
    assert before.returncode == 0
    text = written("better-name", more='replaces = ["q1", "q2"]').replace("better-name: inversion", "q1: inversion")
    edit(deck, text)
    told = sciaquiz("card", "q1", SCIAQUIZ_NOW=LATER).stdout
    assert told.startswith("q1: inversion is weak.")
    assert "right, Tibial nerve, certain" in told
    assert sciaquiz("card", "better-name", SCIAQUIZ_NOW=LATER).stdout == told
    assert "not installed" in sciaquiz("card", "q2", SCIAQUIZ_NOW=LATER).stdout
    asked = sciaquiz("study", "demo", "--plain", said="a3\n\na3\n\nquit\n", SCIAQUIZ_NOW=LATER).stdout
    assert "of 1." in asked
    assert sciaquiz("card", "q1", SCIAQUIZ_NOW=LATER).stdout.count("right, Tibial nerve, certain") == 2
    sciaquiz("journal", "export", str(home / "b.jsonl"))
    kept = (home / "a.jsonl").read_text().splitlines()[1:]
    assert set(kept) <= set((home / "b.jsonl").read_text().splitlines())


def test_an_older_edition_on_another_device_corrects_nothing_back(
    home: Path, deck: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    new, old = (written("q3", more=f"reviewed_on = 2026-{month}-01") for month in ("11", "03"))
    edit(deck, rekeyed(new))
    sciaquiz("study", "demo", "--plain", said="b3\n\nquit\n", SCIAQUIZ_NOW=NOW)
    edit(deck, old)
    assert corrected(monkeypatch) == {}
    assert events(home) == 0
