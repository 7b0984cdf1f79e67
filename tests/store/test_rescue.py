"""Answers that the journal cannot take: set aside, found again, taken in once."""

from __future__ import annotations

import errno
import os
from contextlib import closing
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from answering import NOW, STEADY, answer, keep
from making import single
from sciaquiz.memory.policy import Policy
from sciaquiz.store.deriving import Deriving
from sciaquiz.store.journal import Journal
from sciaquiz.store.rescue import entry_lines, set_aside, set_aside_before, still_aside, take_in

if TYPE_CHECKING:
    from collections.abc import Generator

    from sciaquiz.journal.entries import Answer


def lines_of(given: Answer, policy: Policy = STEADY) -> tuple[str, str]:
    return entry_lines(given, policy, single(given.card_id))


@pytest.fixture
def journal(tmp_path: Path) -> Generator[Journal]:
    with closing(Journal.open(tmp_path / "home" / "journal.db", NOW)) as opened:
        yield opened


def test_an_answer_set_aside_is_taken_in_once_with_the_policy_it_was_given_under(
    journal: Journal, tmp_path: Path
) -> None:
    own = Policy(fuzz=False, desired_retention=0.8)
    given = answer(policy=own)
    file = set_aside(given.id, lines_of(given, own), [lambda: tmp_path])
    assert file is not None
    assert set_aside_before([lambda: tmp_path]) == (file,)
    assert still_aside(journal, [file]) == (file,)
    assert take_in(journal, file=file, now=NOW) == "The answer is in the journal now."
    assert not file.exists()
    assert own.digest in journal.policies()
    keep(journal, given, own)
    assert [review.id for review in journal.history(given.card_id)[0]] == [given.id]
    assert journal.verify().sound


def test_the_line_alone_is_enough_and_a_policy_that_comes_later_is_applied(journal: Journal) -> None:
    own = Policy(fuzz=False, desired_retention=0.8)
    given = answer(policy=own)
    assert journal.import_from(StringIO(lines_of(given, own)[-1]), NOW).added == 1
    keep(journal, answer("q2", policy=own), own)
    assert journal.verify().sound


def test_the_file_of_an_answer_that_is_in_the_journal_goes(journal: Journal, tmp_path: Path) -> None:
    given, other = answer("q1"), answer("q2")
    files = [set_aside(each.id, lines_of(each), [lambda: tmp_path]) for each in (given, other)]
    keep(journal, given)
    assert still_aside(journal, [file for file in files if file]) == (files[1],)
    assert [file.exists() for file in files if file] == [False, True]


def nowhere() -> Path:
    raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")


def homeless() -> Path:
    raise RuntimeError("Could not determine home directory.")


def test_places_that_do_not_exist_or_do_not_take_it_are_passed_over(tmp_path: Path) -> None:
    a_file = tmp_path / "file"
    a_file.write_text("")
    places = [nowhere, homeless, lambda: tmp_path / "missing", lambda: a_file, lambda: Path("/proc")]
    given = answer()
    assert set_aside(given.id, lines_of(given), places) is None
    assert set_aside_before(places) == ()
    assert set_aside(given.id, lines_of(given), [*places, lambda: tmp_path]) is not None


@pytest.mark.parametrize("fault", [errno.ENOSPC, errno.EIO, errno.EROFS])
@pytest.mark.parametrize("deleting_fails", [False, True])
def test_a_file_that_cannot_be_made_durable_does_not_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: int, deleting_fails: bool
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(fault, os.strerror(fault))

    monkeypatch.setattr("os.fsync", fail)
    if deleting_fails:
        monkeypatch.setattr("pathlib.Path.unlink", fail)
    given = answer()
    assert set_aside(given.id, lines_of(given), [lambda: tmp_path, nowhere]) is None


def test_files_of_others_are_not_ours_to_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given = answer()
    assert set_aside(given.id, lines_of(given), [lambda: tmp_path])
    (tmp_path / "sciaquiz-answer-folder.jsonl").mkdir()
    monkeypatch.setattr("os.getuid", lambda: 4242)
    assert set_aside_before([lambda: tmp_path]) == ()


def test_a_broken_transaction_forgets_what_it_had_begun_to_know(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ValueError("a bug")

    with closing(journal):
        with monkeypatch.context() as patch:
            patch.setattr(Deriving, "replay", broken)
            with pytest.raises(ValueError, match="a bug"):
                keep(journal, answer())
        keep(journal, answer())
        assert STEADY.digest in journal.policies()
        assert journal.question_text(answer().question_version) is not None
