"""Restoring, and what is no first start: at any instant the journal is the old one or the new, and never just gone."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from answering import NOW, answer, keep
from commanding import sciaquiz
from sciaquiz.journal.port import KeepError
from sciaquiz.store import connect as connecting
from sciaquiz.store.backup import back_up, back_up_daily
from sciaquiz.store.beside import list_asides, list_backups
from sciaquiz.store.errors import BusyError, LostJournalError, StoreError
from sciaquiz.store.journal import Journal
from sciaquiz.store.queries import read_snapshot
from sciaquiz.store.restore import put_aside, restore

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.clock import Moment

TESTS = str(Path(__file__).parents[1])


class Killed(BaseException):
    """What no code of ours catches."""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A journal with two answers, whose backup has one."""
    path = tmp_path / "data" / "journal.db"
    with closing(Journal.open(path, NOW)) as journal:
        keep(journal, answer("q1"))
        back_up(path, path.parent / "backups", NOW.study_day)
        keep(journal, answer("q2"))
    return path


def backup_of(path: Path) -> Path:
    return list_backups(path.parent / "backups")[0]


def cards_in(path: Path) -> list[str]:
    with closing(Journal.open(path, NOW)) as journal:
        assert journal.verify().sound
        return sorted(journal.states())


def names_beside(path: Path) -> list[str]:
    return sorted(found.name for found in path.parent.iterdir())


STEPS = ("replace", "link", "fsync", "unlink", "rename")


def kill_at(monkeypatch: pytest.MonkeyPatch, step: int) -> list[int]:
    """End everything at the n-th call that changes or syncs a file; returns a list that grows with each such call."""
    done: list[int] = []

    def dying(real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            done.append(1)
            if len(done) >= step:
                raise Killed
            return real(*arguments, **named)

        return call

    for name in STEPS:
        monkeypatch.setattr(os, name, dying(getattr(os, name)))
    return done


@pytest.mark.parametrize("links", [True, False], ids=["links", "no links"])
def test_a_restore_that_is_killed_at_any_step_is_done_or_undone(
    path: Path, monkeypatch: pytest.MonkeyPatch, *, links: bool
) -> None:
    whole = path.read_bytes()
    if not links:
        monkeypatch.setattr(os, "link", refused)
    seen = set()
    for step in range(1, 100):
        for found in path.parent.glob("journal.before*"):
            found.unlink()
        path.write_bytes(whole)
        with monkeypatch.context() as patched:
            done = kill_at(patched, step)
            with suppress(Killed):
                restore(backup_of(path), path, NOW)
            if len(done) < step:
                break
        assert path.exists()
        cards = cards_in(path)
        assert cards in (["q1", "q2"], ["q1"])
        seen.add(len(cards))
        if cards == ["q1"]:
            [aside] = list_asides(path)
            assert cards_in(aside) == ["q1", "q2"]
        if links and cards == ["q1", "q2"]:
            assert names_beside(path) == ["backups", "journal.db"]
    assert seen == {1, 2}
    assert step > 6


def refused(*arguments: Any, **named: Any) -> None:
    raise PermissionError(1, "Operation not permitted")


RESTORING = """
import os, signal, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from answering import NOW
from sciaquiz.store.restore import restore
name, count = {name!r}, 0
real = getattr(os, name)
def dying(*arguments, **named):
    os.kill(os.getpid(), signal.SIGKILL)
setattr(os, name, dying)
restore(Path({backup!r}), Path({path!r}), NOW)
"""


@pytest.mark.parametrize("name", ["link", "fsync"])
def test_a_restore_that_is_killed_for_good_leaves_what_there_was(path: Path, name: str) -> None:
    code = RESTORING.format(tests=TESTS, name=name, backup=str(backup_of(path)), path=str(path))
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert cards_in(path) == ["q1", "q2"]
    assert names_beside(path) == ["backups", "journal.db"]


def test_what_a_crash_left_half_done_in_the_old_journal_is_never_rolled_back_into_the_new(path: Path) -> None:
    """The rollback journal beside the old file goes by name: left there, it would be applied to the restored one."""
    with closing(sqlite3.connect(path, isolation_level=None)) as half:
        half.execute("PRAGMA cache_size = 1")
        half.execute("BEGIN IMMEDIATE")
        half.execute("UPDATE card_state SET note = hex(zeroblob(200000))")
        hot = {ending: Path(f"{path}{ending}").read_bytes() for ending in ("", "-journal")}
        half.execute("ROLLBACK")
    for ending, content in hot.items():
        Path(f"{path}{ending}").write_bytes(content)
    aside = restore(backup_of(path), path, NOW)
    assert cards_in(path) == ["q1"]
    assert aside is not None
    assert cards_in(aside) == ["q1", "q2"]
    assert not Path(f"{path}-journal").exists()


def test_a_damaged_journal_is_put_aside(path: Path) -> None:
    path.write_bytes(b"\x00" * 4096 * 3)
    aside = restore(backup_of(path), path, NOW)
    assert aside is not None
    assert aside.read_bytes() == b"\x00" * 4096 * 3
    assert cards_in(path) == ["q1"]


def test_what_belongs_to_a_damaged_journal_goes_with_it(path: Path) -> None:
    for ending in ("-journal", "-wal"):
        Path(f"{path}{ending}").write_bytes(ending.encode())
    aside = put_aside(path, NOW, is_held=False)
    for ending in ("-journal", "-wal"):
        assert Path(f"{aside}{ending}").read_bytes() == ending.encode()
        assert not Path(f"{path}{ending}").exists()


def test_another_window_notices_a_restore_and_loses_nothing(path: Path) -> None:
    with closing(Journal.open(path, NOW)) as there:
        keep(there, answer("q3"))
        aside = restore(backup_of(path), path, NOW)
        with pytest.raises(KeepError, match="moved or deleted"):
            keep(there, answer("q4"))
    assert aside is not None
    assert cards_in(aside) == ["q1", "q2", "q3"]
    assert cards_in(path) == ["q1"]


def test_nothing_is_restored_while_another_program_writes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError):
            restore(backup_of(path), path, NOW)
        other.execute("ROLLBACK")
    assert names_beside(path) == ["backups", "journal.db"]
    assert cards_in(path) == ["q1", "q2"]


def test_what_is_answered_after_a_restore_is_another_devices(path: Path) -> None:
    aside = restore(backup_of(path), path, NOW)
    assert aside is not None
    devices = []
    for place in (path, aside):
        with closing(Journal.open(place, NOW)) as journal:
            devices.append(journal._writer.device)
    assert devices[0] != devices[1]


def a_fifo(path: Path) -> None:
    os.mkfifo(path)


def a_journal_from_the_future(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA application_id = 0x5C1A0012")
        file.execute("PRAGMA user_version = 99")
        file.execute("CREATE TABLE review (id)")


def without_its_middle(path: Path) -> None:
    backup = path.parent / "data" / "backups" / f"journal-{NOW.study_day}.db"
    content = backup.read_bytes()
    path.write_bytes(content[:8192] + b"\xff" * 8192 + content[16384:])


def unreadable(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda path: path.mkdir(), "this is a folder"),
        (a_fifo, "this is not a file"),
        (lambda path: None, "there is no such backup"),
        (lambda path: path.touch(), "not a sciaquiz journal"),
        (lambda path: path.write_text("answers"), "not a sciaquiz journal"),
        (lambda path: path.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5000), "journal"),
        (a_journal_from_the_future, "newer sciaquiz"),
        (without_its_middle, "the journal is damaged"),
        (unreadable, "this cannot be read"),
    ],
)
@pytest.mark.timeout(20)
def test_what_is_no_backup_is_refused_and_nothing_changed(
    path: Path, tmp_path: Path, make: Callable[[Path], None], told: str
) -> None:
    before = path.read_bytes()
    wrong = tmp_path / "wrong.db"
    make(wrong)
    with pytest.raises(StoreError, match=told):
        restore(wrong, path, NOW)
    assert path.read_bytes() == before
    assert names_beside(path) == ["backups", "journal.db"]


def test_the_journal_itself_is_no_backup_of_it(path: Path) -> None:
    with pytest.raises(StoreError, match="the journal itself"):
        restore(path, path, NOW)
    assert cards_in(path) == ["q1", "q2"]


# No first start


@pytest.fixture
def lost(home: Path) -> Path:
    """A home whose journal is gone, with its backup."""
    path = home / "journal.db"
    with closing(Journal.open(path, NOW)) as journal:
        keep(journal, answer("q1"))
    back_up(path, home / "backups", NOW.study_day)
    path.unlink()
    return path


def be_missing(path: Path) -> None:
    pass


def be_empty(path: Path) -> None:
    path.touch()


@pytest.mark.parametrize("how", [be_missing, be_empty])
@pytest.mark.parametrize("aside", [False, True])
@pytest.mark.usefixtures("started_before")
def test_a_lost_journal_is_told_everywhere_and_nothing_is_made(
    lost: Path, how: Callable[[Path], None], *, aside: bool
) -> None:
    [backup] = list_backups(lost.parent / "backups")
    if aside:
        backup = backup.rename(lost.with_name("journal.before-restore-2026-11-22-100000.db"))
    how(lost)
    before = names_beside(lost)
    told = f"To go on from the newest: sciaquiz restore {backup}"
    for open_it in (lambda: Journal.open(lost, NOW), lambda: read_snapshot(lost, NOW.study_day)):
        with pytest.raises(LostJournalError, match="Nothing was changed"):
            open_it()
    for command in (["study", "--plain"], ["decks"], ["stats"], ["journal", "verify"], ["journal", "export"]):
        done = sciaquiz(*command, said="a\n")
        assert (done.returncode, told in done.stderr) == (1, True), command
    done = sciaquiz("doctor")
    assert (done.returncode, told in done.stdout) == (1, True)
    assert [name for name in names_beside(lost) if name not in ("cache", "logs")] == [
        name for name in before if name not in ("cache", "logs")
    ]
    assert str(backup) in sciaquiz("restore").stdout
    assert sciaquiz("restore", str(backup)).returncode == 0
    assert cards_in(lost) == ["q1"]


@pytest.mark.parametrize("newest", ["backup", "aside", "older name"])
def test_the_newest_copy_is_the_one_that_goes_furthest_whatever_the_times_of_the_files(home: Path, newest: str) -> None:
    """A home that was copied, or came out of a sync folder or an archive, has files of one time, or of any."""
    path = home / "journal.db"
    first = back_up_of(path, "q1", NOW)
    second = back_up_of(path, "q2", replace(NOW, instant=NOW.instant + timedelta(days=1)))
    renamed = {
        "backup": second,
        "aside": path.with_name("journal.pre-v2.db"),
        "older name": first.with_name("journal-2020-01-01.db"),
    }
    second = second.rename(renamed[newest])
    path.unlink()
    for age, copy in enumerate((first, second)):
        os.utime(copy, (1_000_000_000 - age, 1_000_000_000 - age))
    with pytest.raises(LostJournalError, match=f"sciaquiz restore {second}$"):
        read_snapshot(path, NOW.study_day)


def back_up_of(path: Path, question: str, now: Moment) -> Path:
    """Keep one more answer, and back all up as on a later day."""
    with closing(Journal.open(path, now)) as journal:
        keep(journal, replace(answer(question), moment=now))
    return back_up(path, path.parent / "backups", now.instant.date())


def test_who_moves_the_copies_away_starts_afresh(lost: Path) -> None:
    (lost.parent / "backups").rename(lost.parent / "old")
    assert cards_in(lost) == []


# Backups that cannot be made


def be_a_file(folder: Path) -> None:
    folder.write_text("")


def be_a_loop(folder: Path) -> None:
    folder.symlink_to(folder)


def lead_nowhere(folder: Path) -> None:
    folder.symlink_to(folder.parent / "gone" / "deeper")


@pytest.mark.parametrize("become", [be_a_file, be_a_loop, lead_nowhere])
@pytest.mark.usefixtures("started_before")
def test_where_no_backup_can_be_made_studying_goes_on_and_doctor_says_why(
    home: Path, become: Callable[[Path], None]
) -> None:
    with closing(Journal.open(home / "journal.db", NOW)) as journal:
        keep(journal, answer("q1"))
    become(home / "backups")
    assert sciaquiz("study", "--plain", "--limit", "1", said="a3\n").returncode == 0
    assert list_backups(home / "backups") == ()
    told = sciaquiz("doctor")
    assert "No backup could be made today" in told.stdout
    assert told.returncode == 0
    assert sciaquiz("restore").stdout == "There are no backups yet.\n"
    failed = sciaquiz("backup")
    assert failed.returncode == 1
    assert "an error in the app" not in failed.stderr


def test_a_backup_with_fewer_answers_replaces_none_and_thins_none_out(path: Path) -> None:
    folder = path.parent / "backups"
    fuller = back_up(path, folder, NOW.study_day)
    for day in range(10, 20):
        (folder / f"journal-2025-01-{day}.db").write_bytes(fuller.read_bytes())
    before = fuller.read_bytes()
    known = list_backups(folder)
    with closing(sqlite3.connect(path)) as file:
        file.execute("DELETE FROM review")
        file.commit()
    made = back_up(path, folder, NOW.study_day)
    assert made.name == f"journal-{NOW.study_day}-2.db"
    assert fuller.read_bytes() == before
    assert list_backups(folder) == (made, *known)
    assert back_up_daily(path, folder, NOW.study_day) is None


def test_names_that_are_no_days_are_no_backups(tmp_path: Path) -> None:
    for name in ("journal-2026-13-45.db", "journal-mine.db", "journal-2026-11-22.db.part"):
        (tmp_path / name).touch()
    assert list_backups(tmp_path) == ()
