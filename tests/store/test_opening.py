"""Opening the journal after a crash, beside another program, and where nothing can be written."""

from __future__ import annotations

import errno
import io
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from answering import NOW, act, answer, keep
from sciaquiz.journal.entries import EventKind
from sciaquiz.journal.port import KeepError
from sciaquiz.store import connect as connecting
from sciaquiz.store.backup import back_up
from sciaquiz.store.errors import BusyError, StoreError, UnwritableError, store_error
from sciaquiz.store.format import SCHEMA_VERSION
from sciaquiz.store.journal import Journal
from sciaquiz.store.migrations import version_of
from sciaquiz.store.queries import read_snapshot
from sciaquiz.store.restore import restore

if TYPE_CHECKING:
    from collections.abc import Callable

ANSWERS = 60


@pytest.fixture
def journal_path(tmp_path: Path) -> Path:
    """A journal with some answers."""
    path = tmp_path / "home" / "journal.db"
    journal = Journal.open(path, NOW)
    for number in range(ANSWERS):
        keep(journal, answer(f"q{number}"))
    journal.close()
    return path


@pytest.fixture
def crashed(journal_path: Path, tmp_path: Path) -> Path:
    """The same journal as a power cut leaves it: half of a transaction is in the file, its rollback file beside it."""
    left = tmp_path / "after" / "journal.db"
    left.parent.mkdir()
    with closing(sqlite3.connect(journal_path, isolation_level=None)) as connection:
        connection.execute("PRAGMA cache_size=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM review")
        connection.execute("DELETE FROM card_state")
        for ending in ("", "-journal"):
            shutil.copy(journal_path.with_name(f"journal.db{ending}"), left.with_name(f"journal.db{ending}"))
        connection.execute("ROLLBACK")
    return left


@pytest.fixture
def becomes_read_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Let no place of this test be writable but temporary ones: SQLite then opens its files to be read alone."""
    elsewhere = tmp_path.with_name(f"{tmp_path.name}-temporary")
    elsewhere.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(elsewhere))
    return lambda: monkeypatch.setattr("os.access", lambda place, _: not place.is_relative_to(tmp_path))


def answers_in(path: Path) -> int:
    journal = Journal.open(path, NOW)
    with closing(journal):
        assert journal.verify().sound
        return journal.totals().answers


def by_version(path: Path) -> None:
    assert version_of(path) == SCHEMA_VERSION


def by_snapshot(path: Path) -> None:
    seen = read_snapshot(path, NOW.study_day)
    assert seen is not None
    assert len(seen.states) == ANSWERS


def by_backup(path: Path) -> None:
    made = back_up(path, path.parent / "backups", NOW.study_day)
    assert answers_in(made) == ANSWERS


def by_restore(path: Path) -> None:
    elsewhere = path.with_name("other.db")
    assert restore(path, elsewhere, NOW) is None
    assert answers_in(elsewhere) == ANSWERS


def by_opening(path: Path) -> None:
    assert answers_in(path) == ANSWERS


@pytest.mark.parametrize("first", [by_version, by_snapshot, by_backup, by_restore, by_opening])
def test_whoever_looks_first_after_a_crash_rolls_back_what_was_half_written(
    crashed: Path, first: Callable[[Path], None]
) -> None:
    first(crashed)
    assert answers_in(crashed) == ANSWERS
    assert not crashed.with_name("journal.db-journal").exists()


def test_a_crash_on_a_place_that_became_read_only_is_rolled_back_in_a_copy(
    crashed: Path, becomes_read_only: Callable[[], None]
) -> None:
    becomes_read_only()
    before = {path.name: path.read_bytes() for path in crashed.parent.iterdir()}
    journal = Journal.open(crashed, NOW)
    assert journal.totals().answers == ANSWERS
    copy = journal._file.copied_to
    assert copy is not None
    assert copy.is_dir()
    journal.close()
    assert not copy.exists()
    assert {path.name: path.read_bytes() for path in crashed.parent.iterdir()} == before


def test_a_journal_that_cannot_be_written_can_be_read(
    journal_path: Path, becomes_read_only: Callable[[], None]
) -> None:
    becomes_read_only()
    before = journal_path.read_bytes()
    journal = Journal.open(journal_path, NOW)
    with closing(journal):
        assert "read-only" in journal.refusal
        assert journal.totals().answers == ANSWERS
        assert journal.verify().sound
        assert journal.export_to(io.StringIO()).entries > ANSWERS
        assert len(journal.snapshot(NOW.study_day).states) == ANSWERS
        for write in (
            lambda: keep(journal, answer()),
            lambda: journal.act(act(EventKind.FLAG)),
            lambda: journal.undo_last(NOW),
            lambda: journal.import_from(io.StringIO(""), NOW),
        ):
            with pytest.raises(KeepError, match="read-only"):
                write()
        with pytest.raises(StoreError):
            journal.rebuild()
    seen = read_snapshot(journal_path, NOW.study_day)
    assert seen is not None
    assert len(seen.states) == ANSWERS
    assert journal_path.read_bytes() == before
    assert not (journal_path.parent / "backups").exists()


def test_a_journal_of_an_older_format_that_cannot_be_written_is_read_in_a_copy(
    tmp_path: Path, becomes_read_only: Callable[[], None]
) -> None:
    path = tmp_path / "journal.db"
    shutil.copy(Path(__file__).parent / "schemas" / "v1.db", path)
    becomes_read_only()
    before = path.read_bytes()
    journal = Journal.open(path, NOW)
    copied_to = journal._file.copied_to
    assert copied_to is not None
    with closing(journal):
        assert "read-only" in journal.refusal
        assert (journal.totals().answers, len(journal.states())) == (4, 3)
        assert journal.verify().sound
    assert not copied_to.exists()
    assert path.read_bytes() == before
    assert [found.name for found in tmp_path.iterdir()] == ["journal.db"]


def test_where_there_is_no_journal_and_none_can_be_made_there_is_nothing_to_read(
    tmp_path: Path, becomes_read_only: Callable[[], None]
) -> None:
    becomes_read_only()
    journal = Journal.open(tmp_path / "journal.db", NOW)
    with closing(journal):
        assert journal.totals().answers == 0
        assert journal.verify().sound
        with pytest.raises(KeepError, match="read-only"):
            keep(journal, answer())
    assert not (tmp_path / "journal.db").exists()


def test_on_a_full_disk_room_is_asked_for_and_not_another_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tables do not fit, nor does the folder."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA max_page_count = 1")
        with pytest.raises(sqlite3.Error) as full:
            connection.execute("CREATE TABLE review(x)")
    told = store_error(tmp_path, full.value)
    assert told.brief == "the journal cannot be written here (the disk is full). Make room, then try again."

    def no_room(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "mkdir", no_room)
    with pytest.raises(UnwritableError, match=r"the disk is full.*Make room"):
        Journal.open(tmp_path / "home" / "journal.db", NOW)


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.write_text("")
    with pytest.raises(UnwritableError):
        Journal.open(home / "journal.db", NOW)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Do not wait long for another program."""
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
def test_a_journal_that_another_program_holds_is_said_to_be_in_use(journal_path: Path) -> None:
    journal = Journal.open(journal_path, NOW)
    with closing(journal), closing(sqlite3.connect(journal_path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        reads: list[Callable[[], object]] = [
            lambda: Journal.open(journal_path, NOW),
            lambda: version_of(journal_path),
            lambda: journal.snapshot(NOW.study_day),
            lambda: journal.given([answer().card_id]),
            lambda: journal.totals(),
            lambda: journal.changed_elsewhere(),
            lambda: journal.policies(),
            lambda: journal.history(answer().card_id),
            lambda: journal.clock_suspect(NOW),
            lambda: journal.days(),
            lambda: journal.verify(),
            lambda: journal.rebuild(),
            lambda: journal.export_to(io.StringIO()),
            lambda: journal.question_text(answer().question_version),
        ]
        for read in reads:
            with pytest.raises(BusyError, match="in use by another program"):
                read()
        assert read_snapshot(journal_path, NOW.study_day) is None
        with pytest.raises(KeepError, match="Another program"):
            keep(journal, answer())
        other.execute("ROLLBACK")
        assert journal.totals().answers == ANSWERS


def test_a_file_replaced_by_garbage_is_told_at_every_read(journal_path: Path) -> None:
    journal = Journal.open(journal_path, NOW)
    with closing(journal):
        journal_path.write_bytes(b"garbage" * 4000)
        for read in (lambda: journal.snapshot(NOW.study_day), journal.totals, journal.policies):
            with pytest.raises(StoreError, match="damaged"):
                read()


@pytest.mark.parametrize("older", ["", "v1.db", "v2.db", "v3.db"])
def test_a_journal_of_the_usual_shape_is_known_without_its_models(tmp_path: Path, older: str) -> None:
    """An unusual one is looked at part by part, which takes SQLAlchemy."""
    path = tmp_path / "journal.db"
    if older:
        shutil.copy(Path(__file__).parent / "schemas" / older, path)
    Journal.open(path, NOW).close()
    script = (
        "import sys; from pathlib import Path; from answering import NOW; from sciaquiz.store.journal import Journal;"
        "Journal.open(Path(sys.argv[1]), NOW).close(); print('sqlalchemy' in sys.modules)"
    )
    run = [sys.executable, "-c", script, str(path)]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join((str(Path(__file__).parents[1]), *filter(None, sys.path))),
    }
    assert subprocess.run(run, capture_output=True, text=True, check=True, env=environment).stdout == "False\n"
