"""Faults by real processes: killed, crowded, told to end, and without a terminal."""

from __future__ import annotations

import os
import pty
import select
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from sciaquiz.clock import SystemClock
from sciaquiz.store.journal import Journal

pytestmark = pytest.mark.usefixtures("started_before")
TESTS = str(Path(__file__).parents[1])
WRITER = """
import sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from answering import NOW, answer, keep
from sciaquiz.store.journal import Journal
journal = Journal.open(Path({path!r}), NOW)
print("open", flush=True)
for number in range({count}):
    given = answer(f"q{{number % 7}}")
    keep(journal, given)
    print(given.id, flush=True)
"""


def writer(path: Path, count: int) -> subprocess.Popen[str]:
    code = WRITER.format(tests=TESTS, path=str(path), count=count)
    return subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def kept_in(path: Path) -> set[str]:
    journal = Journal.open(path, SystemClock().now())
    kept = {review.id for card in journal.states() for review in journal.history(card)[0]}
    assert journal.verify().sound
    journal.close()
    return {str(entry) for entry in kept}


def test_no_acknowledged_answer_is_lost_to_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    acknowledged: set[str] = set()
    for round_ in range(4):
        process = writer(path, 10_000)
        assert process.stdout is not None
        if process.stdout.readline() != "open\n":
            pytest.fail(f"round {round_}: {process.communicate()[1]}")
        for _ in range(5 + 7 * round_):
            acknowledged.add(process.stdout.readline().strip())
        process.kill()
        rest = process.communicate()[0].splitlines()
        acknowledged.update(line for line in rest if len(line) == 36)
    kept = kept_in(path)
    assert len(acknowledged) >= 60
    assert acknowledged <= kept
    assert len(kept) <= len(acknowledged) + 4  # at most one a round was kept and not yet said


def test_two_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    processes = [writer(path, 40) for _ in range(2)]
    said = set()
    for process in processes:
        out, error = process.communicate(timeout=60)
        assert process.returncode == 0, error
        said.update(out.split()[1:])
    assert len(said) == 80
    assert kept_in(path) == said


class Terminal:
    """The app in a terminal of its own."""

    def __init__(self, *arguments: str, **environment: str) -> None:
        self.pid, self.end = pty.fork()
        if self.pid == 0:
            env = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24", **environment}
            os.execve(sys.executable, [sys.executable, "-m", "sciaquiz", *arguments], env)  # noqa: S606 -- ourselves
        self.seen = b""

    def wait_for(self, text: bytes) -> None:
        limit = time.monotonic() + 30
        while text not in self.seen:
            assert time.monotonic() < limit, self.seen[-400:]
            if select.select([self.end], [], [], 1)[0]:
                self.seen += os.read(self.end, 65536)

    def finish(self) -> int:
        """Read what is left and return the exit status."""
        try:
            while data := os.read(self.end, 65536):
                self.seen += data
        except OSError:
            pass
        status = os.waitpid(self.pid, 0)[1]
        os.close(self.end)
        return os.waitstatus_to_exitcode(status)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_leaves_the_terminal_as_it_was_and_the_answer_in_the_journal(
    number: signal.Signals, home: Path
) -> None:
    terminal = Terminal("study", "red-flags")
    terminal.wait_for(b"choose")
    os.write(terminal.end, b"A")
    terminal.wait_for(b"saved")
    terminal.seen = b""
    os.kill(terminal.pid, number)
    assert terminal.finish() == 128 + number
    for sequence in (b"\x1b[?1049l", b"\x1b[?1003l", b"\x1b[?25h"):
        assert sequence in terminal.seen
    assert len(kept_in(home / "journal.db")) == 1


def test_after_kill_9_in_a_sitting_the_answer_is_there(home: Path) -> None:
    terminal = Terminal("study", "red-flags")
    terminal.wait_for(b"choose")
    os.write(terminal.end, b"A")
    terminal.wait_for(b"saved")
    os.kill(terminal.pid, signal.SIGKILL)
    terminal.finish()
    assert len(kept_in(home / "journal.db")) == 1


def test_the_time_of_an_answer_is_not_kept_if_the_process_was_stopped_meanwhile(home: Path) -> None:
    for stopped in (False, True):
        terminal = Terminal("study", "red-flags", "--plain", "--limit", "1")
        terminal.wait_for(b"for help")
        if stopped:
            os.kill(terminal.pid, signal.SIGSTOP)
            os.waitpid(terminal.pid, os.WUNTRACED)
            os.kill(terminal.pid, signal.SIGCONT)
        os.write(terminal.end, b"a3\n\n")
        assert terminal.finish() == 0
    with closing(sqlite3.connect(home / "journal.db")) as connection:
        first, second = (row[0] for row in connection.execute("SELECT latency_ms FROM review ORDER BY seq"))
    assert first is not None
    assert second is None


def test_a_dumb_terminal_gets_plain_lines() -> None:
    terminal = Terminal("study", "red-flags", TERM="dumb")
    terminal.wait_for(b"Answer")
    os.write(terminal.end, b":quit\n")
    assert terminal.finish() == 0
    assert b"\x1b" not in terminal.seen


def test_without_input_nothing_hangs() -> None:
    for stdin in (subprocess.DEVNULL, None):
        done = subprocess.run(
            [sys.executable, "-m", "sciaquiz"], stdin=stdin, capture_output=True, timeout=20, check=False,
            preexec_fn=(lambda: os.close(0)) if stdin is None else None,
        )  # fmt: skip
        assert done.returncode in (1, 2)
        assert b"Traceback" not in done.stderr


FULL = """
import resource, signal, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from answering import NOW, answer, keep
from sciaquiz.store.journal import Journal
from sciaquiz.journal.port import KeepError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
path = Path({path!r})
journal = Journal.open(path, NOW)
keep(journal, answer())
resource.setrlimit(resource.RLIMIT_FSIZE, (path.stat().st_size, resource.RLIM_INFINITY))
given = answer("q2")
try:
    for number in range(200):
        given = answer(f"q{{number}}")
        keep(journal, given)
except KeepError as error:
    print(error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
keep(journal, given)
print(journal.verify().sound)
"""


def test_a_disk_without_room_says_so_and_the_retry_is_kept(tmp_path: Path) -> None:
    code = FULL.format(tests=TESTS, path=str(tmp_path / "journal.db"))
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert done.stderr == ""
    first, last = done.stdout.splitlines()
    assert "NOT saved" in first or "may not be saved" in first
    assert last == "True"


def test_two_that_make_the_same_backup_at_once_both_go_on(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    writer(path, 60).communicate(timeout=60)
    for turn in range(2):
        for made in (tmp_path / "backups").glob("*"):
            made.unlink()
        processes = [writer(path, 3) for _ in range(2)]
        for process in processes:
            _, error = process.communicate(timeout=60)
            assert process.returncode == 0, (turn, error)
        assert [made.suffix for made in (tmp_path / "backups").iterdir()] == [".db"]
