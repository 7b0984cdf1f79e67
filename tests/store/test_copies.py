"""Copies that sync folders leave: told, taken in on request, never preferred."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from answering import NOW, answer, keep
from commanding import sciaquiz
from sciaquiz.deck.library import read_library
from sciaquiz.store.backup import back_up
from sciaquiz.store.beside import list_strays
from sciaquiz.store.journal import Journal
from sciaquiz.store.restore import restore

if TYPE_CHECKING:
    from pathlib import Path

NAMES = (
    "journal (conflicted copy).db",
    "journal (Anna's conflicted copy 2026-11-20).db",
    "journal.sync-conflict-20261120-101010-ABCDEFG.db",
    "journal-LAPTOP.db",
    "journal (1).db",
)


@pytest.fixture
def journal(home: Path) -> Path:
    """A journal with one answer, and a copy of it that went on by itself."""
    path = home / "journal.db"
    with closing(Journal.open(path, NOW)) as opened:
        keep(opened, answer("q1"))
    elsewhere = home / "elsewhere" / "journal.db"
    elsewhere.parent.mkdir()
    shutil.copy(path, elsewhere)
    for place, name in ((path, "q2"), (elsewhere, "q3")):
        with closing(Journal.open(place, NOW)) as opened:
            keep(opened, answer(name))
    return path


def cards_in(path: Path) -> list[str]:
    with closing(Journal.open(path, NOW)) as opened:
        assert opened.verify().sound
        return sorted(opened.states())


@pytest.mark.usefixtures("started_before")
@pytest.mark.parametrize("name", NAMES)
def test_a_copy_of_the_journal_is_told_and_taken_in_once(journal: Path, name: str) -> None:
    copy = (journal.parent / "elsewhere" / "journal.db").rename(journal.with_name(name))
    before = copy.read_bytes()
    assert list_strays(journal) == (copy,)
    assert str(copy) in sciaquiz("doctor").stdout
    done = sciaquiz("journal", "merge", str(copy))
    assert (done.returncode, done.stderr) == (0, "")
    assert cards_in(journal) == ["q1", "q2", "q3"]
    assert copy.read_bytes() == before
    again = sciaquiz("journal", "merge", str(copy))
    assert again.returncode == 0
    assert cards_in(journal) == ["q1", "q2", "q3"]


def test_backups_and_what_was_put_aside_are_no_strays(journal: Path) -> None:
    back_up(journal, journal.parent / "backups", NOW.study_day)
    aside = restore(journal.parent / "elsewhere" / "journal.db", journal, NOW)
    assert aside is not None
    assert list_strays(journal) == ()
    assert sciaquiz("journal", "merge", str(aside)).returncode == 0
    assert cards_in(journal) == ["q1", "q2", "q3"]


def test_what_is_damaged_in_a_copy_is_told_and_the_rest_taken_in(journal: Path) -> None:
    copy = journal.parent / "elsewhere" / "journal.db"
    with closing(sqlite3.connect(copy)) as file:
        file.execute("UPDATE review SET mode = 'ctudy' WHERE card_id = 'q1'")
        file.commit()
    done = sciaquiz("journal", "merge", str(copy))
    assert done.returncode == 1
    assert "mode cannot be 'ctudy'" in done.stderr
    assert cards_in(journal) == ["q1", "q2", "q3"]


@pytest.mark.parametrize("other", ["journal.db", "none.db", "elsewhere", "settings.toml"])
def test_what_is_no_other_journal_is_refused_in_words(journal: Path, other: str) -> None:
    (journal.parent / "settings.toml").write_text("", encoding="utf-8")
    done = sciaquiz("journal", "merge", str(journal.parent / other))
    assert done.returncode == 1
    assert "an error in the app" not in done.stderr
    assert cards_in(journal) == ["q1", "q2"]


DECK = """\
id = "leech"
title = "{title}"

[[question]]
id = "leech-one"
kind = "recall"
stem = "What comes first?"
answer = "The deck itself."
"""


@pytest.mark.parametrize(
    "name",
    ["leech (conflicted copy).toml", "leech-LAPTOP.toml", "leech.sync-conflict-20261120.toml", "leech copy.toml"],
)
def test_a_copy_of_a_deck_is_left_out_and_told(tmp_path: Path, name: str) -> None:
    (tmp_path / "leech.toml").write_text(DECK.format(title="The deck"), encoding="utf-8")
    (tmp_path / name).write_text(DECK.format(title="The copy"), encoding="utf-8")
    library = read_library([tmp_path])
    assert [deck.title for deck in library.decks] == ["The deck"]
    [told] = [problem for problem in library.problems if problem.code == "duplicate-deck"]
    assert told.path.name == name
    assert "keep one of the two" in told.message
