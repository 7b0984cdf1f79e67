"""A disk without room, for real: nothing that was answered is lost, and nothing is said to be done that was not."""

from __future__ import annotations

import json
import os
import resource
import sqlite3
import subprocess
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from commanding import NOW, sciaquiz

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.usefixtures("started_before"),
    pytest.mark.skipif(
        not hasattr(resource, "prlimit"), reason="only Linux can take room away from a process that runs"
    ),
]


def study(said: str, home: Path, room: int) -> tuple[int, str]:
    """Study in plain lines; once the question is there no file can grow beyond `room` bytes any more."""
    with subprocess.Popen(
        [sys.executable, "-m", "sciaquiz", "study", "red-flags", "--plain", "--limit", "1"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        env={**os.environ, "TMPDIR": str(home), "HOME": str(home), "SCIAQUIZ_NOW": NOW},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        assert process.stdout.readline().startswith("Red flags, ")  # the question follows
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (room, room))
        out, _ = process.communicate(said, timeout=60)
        return process.returncode, out


def kept(home: Path, table: str = "review") -> set[str]:
    with closing(sqlite3.connect(home / "journal.db")) as connection:
        return {entry for (entry,) in connection.execute(f"SELECT id FROM {table}")}  # noqa: S608 -- our own names


@pytest.fixture
def before(home: Path) -> set[str]:
    """One answer that was saved while there was room."""
    assert sciaquiz("study", "red-flags", "--plain", "--limit", "1", said="a3\n").returncode == 0
    return kept(home)


def test_an_answer_without_room_goes_to_a_file_that_an_import_takes(home: Path, before: set[str]) -> None:
    status, out = study("a3\n", home, (home / "journal.db").stat().st_size // 4)
    assert "NOT saved" in out or "may not be saved" in out
    assert "Saved." not in out
    assert status == 1
    [file] = home.glob("sciaquiz-answer-*.jsonl")
    assert sciaquiz("journal", "import", str(file)).returncode == 0
    assert len(kept(home)) == 2
    assert before <= kept(home)


def test_where_no_file_can_be_written_the_answer_is_printed_as_a_line_that_an_import_takes(
    home: Path, before: set[str]
) -> None:
    status, out = study("a3\n", home, 0)
    assert status == 1
    [line] = {line for line in out.splitlines() if line.startswith("{")}  # when it was refused, and on leaving
    assert list(home.glob("sciaquiz-answer-*.jsonl")) == []
    assert sciaquiz("journal", "import", "-", said=f"{line}\n").returncode == 0
    assert kept(home) == before | {json.loads(line)["id"]}


def test_acts_without_room_are_not_said_to_be_done(home: Path, before: set[str]) -> None:
    events = kept(home, "event")
    status, out = study(":note one\n:flag\n:bury\n:suspend\n:quit\n", home, 0)
    assert status == 1
    for words in ("Note kept", "Flagged", "Put off", "Suspended"):
        assert words not in out
    assert kept(home, "event") == events
