"""What a student's lines can hold, by a real process, and that none but a whole, legible one is an answer."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, TextIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commanding import sciaquiz, sciaquiz_process
from sciaquiz.plain.lines import LONGEST_LINE, Line, read_line
from sciaquiz.text import wild_in

if TYPE_CHECKING:
    from pathlib import Path

DECK = """
id = "demo"
title = "Demo"
[[question]]
id = "say-it"
kind = "typed"
stem = "Which nerve?"
answers = ["sciatic nerve"]
[[question]]
id = "nerve-of-inversion"
kind = "single"
stem = "Inversion is weak. Which nerve?"
shuffle = false
options = [
  { id = "tibial", text = "Tibial nerve", correct = true },
  { id = "fibular", text = "Common fibular nerve" },
  { id = "femoral", text = "Femoral nerve" },
]
"""
STRICT = {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "0", "PYTHONIOENCODING": "utf-8:strict"}
ASCII = {"LC_ALL": "POSIX", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii:strict"}


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "demo.toml"
    path.write_text(DECK, encoding="utf-8")
    return path


def answers(home: Path) -> list[dict[str, object]]:
    with closing(sqlite3.connect(home / "journal.db")) as connection:
        return [json.loads(row[0]) for row in connection.execute("SELECT response FROM review ORDER BY seq")]


@pytest.mark.parametrize("locale", [STRICT, ASCII])
def test_bytes_that_are_no_text_are_told_and_are_no_answer(deck: Path, home: Path, locale: dict[str, str]) -> None:
    said = b"sciatic n\xe9rve\nsciatic \xed\xa0\x80\nsciatic nerve\n3\n\xff\n\xffa\na3\n"
    done = sciaquiz_process("study", str(deck), "--record", "--plain", said=said, **locale)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("That line was not UTF-8 text, so it was not taken. Type it again.") == 4
    assert "2 answers, 2 right." in done.stdout
    assert [kept.get("typed", kept.get("chosen")) for kept in answers(home)] == [["sciatic nerve"], "tibial"]


def test_what_is_typed_is_tamed_before_it_is_kept_and_shown(deck: Path, home: Path) -> None:
    said = b"/note a\x1b[2Jb\x1b]0;title\x07c\x00d\nsciatic\x00 nerve\x1b[D\x1b[31m\n3\r\na3\r"
    done = sciaquiz_process("study", str(deck), "--record", "--plain", said=said)
    assert "2 answers, 2 right." in done.stdout
    assert wild_in(done.stdout) == ()
    assert answers(home)[0]["typed"] == ["sciatic nerve"]
    exported = [json.loads(line) for line in sciaquiz("journal", "export").stdout.splitlines()]
    assert [entry["payload"] for entry in exported if entry.get("kind") == "note"] == [{"text": "abcd"}]


def test_a_line_that_is_too_long_is_no_answer_and_neither_is_its_rest(deck: Path, home: Path) -> None:
    long = "x" * 3 * LONGEST_LINE + " sciatic nerve\n"
    done = sciaquiz("study", str(deck), "--record", "--plain", said=f"{long}sciatic nerve\n{long}3\na3\n")
    assert done.stdout.count("That line was longer than 10,000 characters") == 2
    assert "2 answers, 2 right." in done.stdout
    assert len(answers(home)) == 2


@pytest.mark.parametrize("said", ["sciatic nerve\n3\na3", "sciatic nerve\n3\na"])
def test_a_line_that_the_end_cut_off_is_told_and_is_no_answer(deck: Path, home: Path, said: str) -> None:
    done = sciaquiz("study", str(deck), "--record", "--plain", said=said)
    assert done.returncode == 0
    assert "The input ended before Enter: this line was not taken." in done.stdout
    assert "1 answer, 1 right." in done.stdout
    assert len(answers(home)) == 1


def test_closed_and_endless_input_end_the_sitting(deck: Path) -> None:
    with open("/dev/zero") as zeros:  # noqa: PTH123 -- a device, not a file
        assert read_line(zeros) == Line("", "That line does not end, so no more is read.", is_last=True)

    gone = io.TextIOWrapper(io.BufferedReader(Gone()))
    assert read_line(gone) == Line("", is_last=True)


class Gone(io.RawIOBase):
    """A terminal that was closed."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object, /) -> int:
        raise OSError(5, "Input/output error")


@given(st.binary(max_size=60), st.integers(0, 3))
def test_every_line_is_tame_and_the_next_one_is_whole(said: bytes, more: int) -> None:
    lines: TextIO = io.TextIOWrapper(
        io.BytesIO(said + b"\n" + b"next\n" * more), encoding="utf-8", errors="surrogateescape"
    )
    read = []
    while not (line := read_line(lines)).is_last:
        assert wild_in(line.text) == ()
        read.append(line)
    assert read[len(read) - more :] == [Line("next")] * more
    assert (b"\xff" in said) <= any(line.fault for line in read)


WILD = "\x1b[31mred\x1b]0;t\x07\u202e"


@pytest.mark.parametrize(
    "arguments",
    [
        ("study", "--plain", WILD),
        ("study", "--plain", f"nowhere/{WILD}.toml"),
        ("why", WILD),
        ("why", "l5", "--deck", WILD),
        ("journal", "import", WILD),
        ("journal", "export", f"/nowhere/{WILD}"),
        ("backup", f"/proc/{WILD}/x"),
        ("restore", WILD),
        ("stats", WILD),
        (WILD,),
        ("study", "--limit", WILD),
        ("journal", "rebuild", "--rule", WILD),
        ("check", "--format", WILD),
    ],
)
@pytest.mark.usefixtures("started_before")
def test_no_argument_reaches_the_terminal_untamed(arguments: tuple[str, ...]) -> None:
    done = sciaquiz(*arguments)
    assert done.returncode != 0
    assert wild_in(done.stdout + done.stderr) == ()
    assert done.stderr.startswith("sciaquiz: ")
    assert "error in the app" not in done.stderr


@pytest.mark.usefixtures("started_before")
def test_no_setting_reaches_the_terminal_untamed(home: Path) -> None:
    (home / "settings.toml").write_text(
        '["\\u001b[2J"]\na = 1\n[memory]\n"\\u001b[31mred" = 1\nlearning_steps = "\\u001b"\n[decks."\\u202e"]\nb = 1\n',
        encoding="utf-8",
    )
    done = sciaquiz("decks")
    assert wild_in(done.stdout + done.stderr) == ()
    assert "unknown setting “memory.[31mred”" in done.stderr
    assert "decks." in done.stderr
