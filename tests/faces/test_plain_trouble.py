"""Plain mode when the journal cannot be written or read: one word, the true one, and the exit status tells."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from commanding import sciaquiz
from making import written
from sciaquiz.journal.port import KeepError
from sciaquiz.paths import user_paths
from sciaquiz.store import connect
from sciaquiz.store.file import FAULTS
from sciaquiz.store.journal import Journal
from sciaquiz.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from sciaquiz.ids import CardId

pytestmark = pytest.mark.usefixtures("started_before")


@pytest.fixture
def deck(tmp_path: Path) -> str:
    path = tmp_path / "demo.toml"
    path.write_text(written("q1", "q2"), encoding="utf-8")
    return str(path)


def refused(*_: object) -> None:
    raise KeepError(FAULTS["SQLITE_FULL"])


@pytest.mark.parametrize(
    ("said", "claim"),
    [
        ("note of mine", "Note kept."),
        ("flag", "Flagged."),
        ("bury", "Put off until tomorrow."),
        ("suspend", "Suspended"),
        ("suspend last", "Suspended"),
        ("undo", "Undone"),
        ("easy", "instead."),
    ],
)
def test_a_refused_act_is_never_said_to_be_done(
    deck: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str, claim: str
) -> None:
    done = sciaquiz("study", deck, "--record", "--plain", said=f"a3\n{said}\n")
    assert claim in done.stdout
    assert done.returncode == 0
    monkeypatch.setattr(Journal, "act", refused)
    done = sciaquiz("study", deck, "--record", "--plain", said=f"a3\n{said}\n", SCIAQUIZ_HOME=str(tmp_path / "another"))
    assert "NOT saved yet" in done.stdout
    assert claim not in done.stdout
    assert done.returncode == 1


def test_a_refused_act_leaves_the_card_where_it_was(deck: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Journal, "act", refused)
    done = sciaquiz("study", deck, "--record", "--plain", said="bury\nsuspend\na3\n")
    assert done.stdout.count("Which nerve?") == 2
    assert "Saved." in done.stdout


def test_an_answer_that_is_not_kept_is_told_at_the_end_and_at_the_next_start_and_taken_in(
    deck: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "keep", refused)
        done = sciaquiz("study", deck, "--record", "--plain", said="a3\n\nquit\n")
    [file] = home.glob("sciaquiz-answer-*.jsonl")
    assert done.returncode == 1
    assert "1 answer is NOT saved in the journal." in done.stdout
    assert done.stdout.count(f"sciaquiz journal import {file}") == 2
    assert "Every answer is kept." not in done.stdout
    for command in (["study", deck, "--record", "--plain"], ["doctor"]):
        done = sciaquiz(*command)
        assert "1 answer of an earlier sitting could not be saved" in done.stdout + done.stderr
        assert f"sciaquiz journal import {file}" in done.stdout + done.stderr
    assert sciaquiz("journal", "import", str(file)).returncode == 0
    assert not file.exists()
    assert "earlier sitting" not in sciaquiz("study", deck, "--record", "--plain").stderr
    assert sciaquiz("journal", "verify").returncode == 0


def test_where_no_file_can_be_written_the_answer_is_a_line_to_copy(
    deck: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "keep", refused)
        patch.setattr(Workspace, "_refuges", property(lambda _: (lambda: tmp_path / "gone",)))
        done = sciaquiz("study", deck, "--record", "--plain", said="a3\nquit\n")
    assert done.returncode == 1
    lines = {line for line in done.stdout.splitlines() if line.startswith("{")}
    [line] = lines
    assert json.loads(line)["entry"] == "review"
    assert "1 answer or act added" in sciaquiz("journal", "import", "-", said=line + "\n").stdout
    assert sciaquiz("journal", "verify").returncode == 0


def test_an_error_in_the_app_while_keeping_sets_the_answer_aside_too(
    deck: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(Journal, "keep", broken)
    done = sciaquiz("study", deck, "--record", "--plain", said="a3\nquit\n")
    assert "This is NOT saved: an error in the app (ZeroDivisionError())" in done.stdout
    assert len(list(home.glob("sciaquiz-answer-*.jsonl"))) == 1


def test_a_read_that_fails_is_told_and_the_sitting_goes_on(deck: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connect, "BUSY_SECONDS", 0.05)
    history = Journal.history

    def held(journal: Journal, card_id: CardId) -> object:
        with closing(sqlite3.connect(journal.path, isolation_level=None)) as other:
            other.execute("BEGIN EXCLUSIVE")
            return history(journal, card_id)

    monkeypatch.setattr(Journal, "history", held)
    done = sciaquiz("study", deck, "--record", "--plain", said="a3\nwhy\na3\n")
    assert "in use by another program" in done.stdout
    assert done.stdout.count("Saved.") == 2
    assert done.returncode == 0


def test_on_a_read_only_home_studying_is_refused_and_reading_is_not(
    deck: str, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sciaquiz("study", deck, "--record", "--plain", said="a3\n")
    monkeypatch.setattr("os.access", lambda place, _: not place.is_relative_to(home))
    done = sciaquiz("study", deck, "--record", "--plain", said="a3\n")
    assert done.returncode == 1
    assert "the place is read-only" in done.stderr
    for command in (
        ["decks"], ["stats"], ["stats", "--json"], ["doctor"], ["drill", "--list"], ["why", "q1", "--deck", deck],
        ["journal", "verify"], ["journal", "export", str(tmp_path / "out.jsonl")], ["journal", "export"],
    ):  # fmt: skip
        done = sciaquiz(*command)
        assert done.returncode == 0, (command, done.stderr)
    assert user_paths().journal.exists()
