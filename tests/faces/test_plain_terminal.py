"""Plain lines in a real terminal: what the keys of a line do, and that none of them becomes part of an answer."""

from __future__ import annotations

import io
import json
import os
import pty
import select
import signal
import sqlite3
import sys
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bench.faults.faces import Face
from rows import each_row
from sciaquiz.plain.lines import Line, read_line

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("started_before")
DECK = """
id = "demo"
title = "Demo"
version = "1"
"""
QUESTION = """
[[question]]
id = "q{0}"
kind = "typed"
stem = "Which nerve is the thickest, q{0}?"
answers = ["sciatic nerve"]
"""
LEFT, RIGHT, UP, DOWN, HOME, END = b"\x1b[D", b"\x1b[C", b"\x1b[A", b"\x1b[B", b"\x1b[H", b"\x1b[F"
BACKSPACE, DELETE, CTRL_U = b"\x7f", b"\x1b[3~", b"\x15"
MEANINGLESS = (
    b"\x1bOP", b"\x1bOQ", b"\x1b[15~", b"\x1b[24~", b"\x1b[[A", b"\x1b[1;2A", b"\x1b[1;3D", b"\x1b[1;5C", b"\x1b[1;6B",
    b"\x1b[Z", b"\x1b[2~", b"\x1b[5~", b"\x1b[6~", b"\x1b\x1b[C", b"\x1b[200~", b"\x1b[I", b"\x1bOA", b"\x1bO5D",
)  # fmt: skip
"""Keys that do nothing to the end of a line: F1, F5, Insert, PageUp, arrows with Ctrl, Alt or Shift, and such."""
EDITED = [
    b"sciatic nerve" + LEFT,
    b"sciatic nrve" + LEFT * 3 + b"e",
    b"sciatic nerxx" + BACKSPACE * 2 + b"ve",
    b"tibial" + CTRL_U + b"sciatic nerve",
    b"xciatic nerve" + HOME + DELETE + b"s" + END,
    UP + DOWN + b"sciatic" + RIGHT + b" nerve" + UP,
    b"sciatic\t nerve\t",
    b"a nerve" + b"\x01" + DELETE + b"sciatic",
    b"sciatic n\xc3\xa9" + BACKSPACE + b"erve",
    b"sciatic nerve" + b"".join(MEANINGLESS),
]


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "demo.toml"
    path.write_text(DECK + "".join(QUESTION.format(place) for place in range(len(EDITED))), encoding="utf-8")
    return path


def begin(deck: Path, home: Path, *more: str, **environment: str) -> Face:
    face = Face(["study", str(deck), "--record", "--plain", *more], home, terminal=True, environment=environment)
    assert face.wait_for(b"for a hint): ")
    return face


def answer(face: Face, keys: bytes) -> None:
    """Type an answer and say that it is certain, once each is asked for."""
    since = len(face.text)
    face.send(keys + b"\r")
    assert face.wait_for(b"[2]: ", since=since)
    since = len(face.text)
    face.send(b"3\r")
    assert face.wait_for(b"for a hint): ", b"type undo: ", since=since)


def typed(home: Path) -> list[str]:
    with closing(sqlite3.connect(home / "journal.db")) as connection:
        rows = connection.execute("SELECT response FROM review ORDER BY seq").fetchall()
    return ["; ".join(json.loads(row[0])["typed"]) for row in rows]


def test_a_line_is_edited_with_the_keys_of_a_line(home: Path, deck: Path) -> None:
    face = begin(deck, home, "--limit", str(len(EDITED)))
    for keys in EDITED:
        answer(face, keys)
    face.send(b"\r")
    assert face.finish().status == 0
    assert [" ".join(text.split()) for text in typed(home)] == ["sciatic nerve"] * len(EDITED)


@each_row("keys", [LEFT, *MEANINGLESS])
def test_keys_that_nothing_reads_are_no_part_of_a_line(keys: bytes) -> None:
    assert read_line(io.StringIO(f"sciatic{keys.decode()} nerve{keys.decode()}\n")) == Line("sciatic nerve")


def test_an_accidental_alt_costs_a_letter_and_not_the_answer() -> None:
    assert read_line(io.StringIO("\x1bPsciatic nerve\n")) == Line("sciatic nerve")


def test_a_prompt_that_is_wider_than_the_terminal_is_whole(home: Path, deck: Path) -> None:
    face = begin(deck, home, COLUMNS="30")
    assert b"Answer (:help for the words,\r\n:hint for a hint): " in face.seen
    answer(face, b"sciatic nerve")
    face.send(b"\x04")
    assert face.finish().status == 0


@pytest.mark.parametrize("term", ["dumb", "unknown"])
def test_a_terminal_that_can_do_nothing_is_sent_no_escape_bytes(home: Path, deck: Path, term: str) -> None:
    face = begin(deck, home, TERM=term)
    answer(face, b"sciatic nerxx" + BACKSPACE * 2 + b"ve" + LEFT)
    answer(face, b"tibial" + CTRL_U + b"sciatic nerve")
    face.send(b"\x04")
    assert face.finish().status == 0
    assert b"\x1b" not in face.seen
    assert typed(home) == ["sciatic nerve"] * 2


def test_an_interrupt_keeps_what_was_saved(home: Path, deck: Path) -> None:
    """In a process of its own: what a process does with an interrupt comes from the one that it was forked from."""
    home.mkdir(exist_ok=True)
    pid, end = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        command = [sys.executable, "-m", "sciaquiz", "study", str(deck), "--record", "--plain"]
        environment = {**os.environ, "SCIAQUIZ_HOME": str(home), "TERM": "xterm-256color"}
        os.execve(sys.executable, command, environment)  # noqa: S606 -- our own interpreter
    seen, steps = b"", [
        (b"for a hint): ", b"sciatic nerve\r"), (b"[2]: ", b"3\r"), (b"for a hint): ", b"half of an ans"),
        (b"half of an ans", b"\x03"),
    ]  # fmt: skip
    since = 0
    while True:
        if not steps and not select.select([end], [], [], 2)[0]:
            os.write(end, b"\x03")  # Python misses a signal just before it waits for a key; a person presses it again
            continue
        try:
            data = os.read(end, 65536)
        except OSError:
            break
        if not data:
            break
        seen += data
        if steps and steps[0][0] in seen[since:]:
            since = len(seen)
            os.write(end, steps.pop(0)[1])
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    os.close(end)
    assert status == 130
    assert b"Every answer you were told was saved is kept." in seen
    assert b"Traceback" not in seen
    assert typed(home) == ["sciatic nerve"]


def test_the_end_of_input_keeps_what_was_saved(home: Path, deck: Path) -> None:
    face = begin(deck, home)
    answer(face, b"sciatic nerve")
    face.send(b"\x04")
    assert face.finish().status == 0
    assert typed(home) == ["sciatic nerve"]


def test_a_line_in_a_terminal_that_is_closed_is_no_answer(home: Path, deck: Path) -> None:
    home.mkdir(exist_ok=True)
    (home / "settings.toml").write_text("[answering]\nask_certainty = false\n", encoding="utf-8")
    pid, end = pty.fork()
    if pid == 0:
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        command = [sys.executable, "-m", "sciaquiz", "study", str(deck), "--record", "--plain"]
        os.execve(sys.executable, command, {**os.environ, "TERM": "xterm-256color"})  # noqa: S606 -- our own
    seen = b""
    while b"for a hint): " not in seen:
        seen += os.read(end, 65536)
    os.write(end, b"sciatic nerve")
    while b"sciatic nerve" not in seen:
        seen += os.read(end, 65536)
    os.close(end)
    os.waitpid(pid, 0)
    assert typed(home) == []
