"""The app in a real terminal: what is typed in one go, time away, and a terminal that is closed."""

from __future__ import annotations

import os
import pty
import select
import signal
import sqlite3
import sys
import time
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bench.faults.faces import Face
from making import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("started_before")
TYPED = """
[[question]]
id = "{name}"
kind = "typed"
stem = "Which nerve is the thickest, {name}?"
answers = ["sciatic nerve"]
explanation = "It is."
sources = ["gray"]
"""
QUESTIONS = 6


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "demo.toml"
    path.write_text(HEAD + "".join(TYPED.format(name=f"q{place}") for place in range(QUESTIONS)), encoding="utf-8")
    return path


def column(home: Path, name: str) -> list[object]:
    """A column of all answers, in their order."""
    with closing(sqlite3.connect(home / "journal.db")) as connection:
        return [row[0] for row in connection.execute(f"SELECT {name} FROM review ORDER BY seq")]  # noqa: S608 -- ours


def answer(face: Face, number: int, keys: bytes, *, stopped_by: signal.Signals | None = None) -> None:
    """Go on to a question, stop the process meanwhile, answer, and wait until Enter is heard again."""
    if number:
        face.send(b"\r")
    assert face.wait_for(b"thickest, q%d" % number)
    if stopped_by is not None:
        if stopped_by is signal.SIGTSTP:
            face.send(b"\x1a")  # as a student does it
        else:
            os.kill(face.pid, stopped_by)
        while os.waitpid(face.pid, os.WUNTRACED | os.WNOHANG) == (0, 0):
            face.read(0.05)
        face.seen = b""
        os.kill(face.pid, signal.SIGCONT)
        assert face.wait_for(b"thickest, q%d" % number)  # drawn anew
    face.seen = b""
    face.send(keys)
    assert face.wait_for(b"saved")
    time.sleep(0.3)


def test_what_is_typed_in_one_go_is_what_counts(home: Path, deck: Path) -> None:
    face = Face(["study", str(deck), "--record"], home, terminal=True)
    answer(face, 0, b"sciatic nerve\r3")
    answer(face, 1, b"sciatic nerve\r3\rgluteus, xzunoqs\r1\r1")  # suspend, bury, undo, note, stop, skip: unseen
    face.send(b"\x11")
    assert face.finish().status == 0
    assert column(home, "correct") == [1, 1]
    assert column(home, "certainty") == [3, 3]
    with closing(sqlite3.connect(home / "journal.db")) as connection:
        assert connection.execute("SELECT count(*) FROM event WHERE kind != 'policy'").fetchone() == (0,)


def test_time_away_is_not_kept_and_a_stopped_process_goes_on_as_before(home: Path, deck: Path) -> None:
    face = Face(["study", str(deck), "--record"], home, terminal=True)
    answer(face, 0, b"sciatic nerve\r3")
    answer(face, 1, b"\x1b[O\x1b[Isciatic nerve\r3")
    answer(face, 2, b"sciatic nerve\r3", stopped_by=signal.SIGSTOP)
    answer(face, 3, b"sciatic nerve\r3", stopped_by=signal.SIGTSTP)
    answer(face, 4, b"sciatic nerve\r3")
    face.send(b"\x11")
    assert face.finish().status == 0
    assert column(home, "correct") == [1] * 5
    assert [latency is not None for latency in column(home, "latency_ms")] == [True, False, False, False, True]


def test_bytes_that_are_no_text_cost_no_other_key(home: Path, deck: Path) -> None:
    face = Face(["study", str(deck), "--record"], home, terminal=True)
    answer(face, 0, b"sci\xe9\x7fatic nerve\xff\x7f\r3")
    face.send(b"\x11")
    assert face.finish().status == 0
    assert column(home, "correct") == [1]


def test_a_closed_terminal_ends_the_app_though_its_shell_ignores_the_signal(home: Path, deck: Path) -> None:
    told = home.parent / "status"
    pid, end = pty.fork()
    if pid == 0:
        script = f"trap '' HUP; {sys.executable} -m sciaquiz study --record {deck}; echo $? >{told}"
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        os.execve("/bin/sh", ["sh", "-c", script], environment)  # noqa: S606 -- our own shell
    seen, limit = b"", time.monotonic() + 30
    sent = False
    while b"saved" not in seen:
        assert time.monotonic() < limit, seen[-400:]
        if select.select([end], [], [], 1)[0]:
            seen += os.read(end, 65536)
        if b"answer" in seen and not sent:
            sent = os.write(end, b"sciatic nerve\r3") > 0
    os.close(end)
    closed = time.monotonic()
    os.waitpid(pid, 0)
    assert time.monotonic() - closed < 10
    assert told.read_text().strip() == str(128 + signal.SIGHUP)
    assert column(home, "correct") == [1]


BROKEN = """
import errno, os, sys
from sciaquiz.__main__ import main
{change}
sys.argv = ["sciaquiz", "study", {deck!r}, "--record"]
sys.exit(main())
"""
UNREADABLE = """
reading = os.read
def read(number, size):
    if number == 0 and os.path.exists({flag!r}):
        raise OSError(errno.EIO, "Input/output error")
    return reading(number, size)
os.read = read
"""
BUG = """
from sciaquiz.tui.screens.study import StudyScreen
def bug(screen):
    raise RuntimeError("a bug that was put here")
StudyScreen.action_all_whys = bug
"""


def run_changed(change: str, deck: Path, home: Path, keys: bytes, then: Callable[[], object]) -> tuple[int, str]:
    """Run the app with a change, answer, do something, and return the exit status and what was on the terminal."""
    code = BROKEN.format(change=change, deck=str(deck))
    pid, end = pty.fork()
    if pid == 0:
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "80", "LINES": "24"}
        os.execve(sys.executable, [sys.executable, "-c", code], environment)  # noqa: S606 -- our own interpreter
    seen, steps = b"", [(b"thickest", b"sciatic nerve\r3"), (b"saved", keys)]
    while True:
        try:
            data = os.read(end, 65536)
        except OSError:
            break
        seen += data
        if steps and steps[0][0] in seen:
            if len(steps) == 1:
                then()
            os.write(end, steps.pop(0)[1])
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(end)
    return status, seen.decode(errors="replace")


def test_keys_that_cannot_be_read_any_more_end_the_app(home: Path, deck: Path) -> None:
    flag = home.parent / "flag"
    status, told = run_changed(UNREADABLE.format(flag=str(flag)), deck, home, b"w", flag.touch)
    assert status == 128 + signal.SIGHUP
    assert "Traceback" not in told
    assert column(home, "correct") == [1]


def test_a_bug_in_the_app_goes_to_the_log_and_no_traceback_to_the_terminal(home: Path, deck: Path) -> None:
    status, told = run_changed(BUG, deck, home, b"o", lambda: None)
    assert status == 1
    assert "Traceback" not in told
    assert "Answers that were said to be saved are kept. The details are in" in told
    assert "a bug that was put here" in (home / "logs" / "sciaquiz.log").read_text(encoding="utf-8")
    assert column(home, "correct") == [1]
