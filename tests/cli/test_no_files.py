"""What is no file where a person names one: it is told at once and never waited for, and no file takes its place."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from commanding import sciaquiz, sciaquiz_process
from making import written

COMMANDS = (
    ("fit", "--log", "IT"),
    ("items", "deck.toml", "IT"),
    ("journal", "import", "IT"),
    ("diff", "deck.toml", "IT"),
    ("mock", "--plain", "IT"),
    ("stats", "--html", "IT"),
    ("journal", "export", "IT"),
    ("print", "deck.toml", "--html", "IT"),
    ("print", "deck.toml", "--force", "--html", "IT"),
    ("items", "deck.toml", "log", "--csv", "IT"),
)
"""Some that read what they are given, and some that write it."""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a deck, a log, and what is no file."""
    monkeypatch.chdir(tmp_path)
    Path("deck.toml").write_text(written("q1", "q2"), encoding="utf-8")
    os.mkfifo("pipe")
    Path("device").symlink_to("/dev/zero")
    with socket.socket(socket.AF_UNIX) as made:
        made.bind("socket")
    assert sciaquiz("journal", "export", "--anonymous", "log").returncode == 0
    return tmp_path


@pytest.mark.timeout(30)
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_what_is_no_file_is_told_and_stays(place: Path, command: tuple[str, ...]) -> None:
    for name in ("pipe", "socket", "device"):
        before = Path(name).stat()
        done = sciaquiz(*(name if each == "IT" else each for each in command))
        assert done.returncode == 1
        assert name in done.stderr
        assert "is not a file" in done.stderr
        assert (Path(name).stat().st_ino, Path(name).is_symlink()) == (before.st_ino, name == "device")
    assert not [*place.glob("*.part"), *place.glob(".*.part")]


@pytest.mark.parametrize("command", [("fit", "--log"), ("items", "deck.toml"), ("journal", "import")], ids=" ".join)
def test_a_folder_is_told(place: Path, command: tuple[str, ...]) -> None:
    Path("folder").mkdir()
    done = sciaquiz(*command, "folder")
    assert (done.returncode, "folder: cannot be read (it is a folder)" in done.stderr) == (1, True)


def test_standard_input_is_read_under_its_names(place: Path) -> None:
    log = Path("log").read_bytes()
    assert "another version" in sciaquiz_process("journal", "import", "/dev/fd/0", said=log).stderr
    done = sciaquiz_process("items", "deck.toml", "/dev/stdin", said=log)
    assert (done.returncode, done.stderr) == (0, "")
