"""A deck of one's own is opened in the student's editor at the line of a question; no shell ever sees a name."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from making import written
from sciaquiz.deck.reading import read_deck
from sciaquiz.editing import Editing, EditingError, at_line, editing, editor, line_of, run_editor
from sciaquiz.ids import QuestionId
from sciaquiz.paths import shipped_decks

OWN = Path("own")


@pytest.fixture
def programs(tmp_path: Path) -> Path:
    """A folder of programs that do nothing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("vi", "nano", "code", "hx", "my editor"):
        (folder / name).write_text("#!/bin/sh\n", encoding="utf-8")
        (folder / name).chmod(0o755)
    return folder


@pytest.mark.parametrize(
    ("command", "opened"),
    [
        (["vi"], ["vi", "+7", "/d/my deck.toml"]),
        (["/usr/bin/nvim", "-n"], ["/usr/bin/nvim", "-n", "+7", "/d/my deck.toml"]),
        (["nano"], ["nano", "+7", "/d/my deck.toml"]),
        (["emacs", "-nw"], ["emacs", "-nw", "+7", "/d/my deck.toml"]),
        (["hx"], ["hx", "+7", "/d/my deck.toml"]),
        (["micro"], ["micro", "+7", "/d/my deck.toml"]),
        (["code", "-w"], ["code", "-w", "--goto", "/d/my deck.toml:7"]),
        (["subl", "-w"], ["subl", "-w", "/d/my deck.toml:7"]),
        (["unknown"], ["unknown", "/d/my deck.toml"]),
    ],
)
def test_each_editor_is_led_to_the_line_in_its_own_way(command: list[str], opened: list[str]) -> None:
    assert list(at_line(command, Path("/d/my deck.toml"), 7)) == opened


@pytest.mark.parametrize(
    ("environment", "found"),
    [
        ({"VISUAL": "code -w", "EDITOR": "vi"}, ["code", "-w"]),
        ({"VISUAL": "  ", "EDITOR": "vi"}, ["vi"]),
        ({"EDITOR": "'{bin}/my editor' --wait"}, ["{bin}/my editor", "--wait"]),
        ({"EDITOR": "{bin}/my editor"}, ["{bin}/my editor"]),
        ({}, ["nano"]),
        ({"EDITOR": "vi; touch harmed"}, None),
        ({"EDITOR": "nowhere"}, None),
        ({"EDITOR": "vi '"}, None),
        ({"EDITOR": "$(touch harmed)"}, None),
    ],
)
def test_the_students_editor_is_found_with_its_arguments_or_told(
    programs: Path, environment: dict[str, str], found: list[str] | None
) -> None:
    said = {name: value.format(bin=programs) for name, value in environment.items()} | {"PATH": str(programs)}
    if found is None:
        with pytest.raises(EditingError, match="EDITOR"):
            editor(said)
    else:
        assert editor(said) == [word.format(bin=programs) for word in found]


def test_where_there_is_no_editor_at_all_it_is_said_what_to_set(tmp_path: Path) -> None:
    with pytest.raises(EditingError, match="set VISUAL or EDITOR"):
        editor({"PATH": str(tmp_path)})


def test_a_deck_opens_at_the_line_of_the_question(tmp_path: Path, programs: Path) -> None:
    file = tmp_path / "demo.toml"
    file.write_text(written("q1", "q2"), encoding="utf-8")
    deck = read_deck(file).deck
    assert deck is not None
    started = editing(deck, QuestionId("q2"), {"EDITOR": "vi", "PATH": str(programs)}, OWN)
    number = int(started.command[1])
    lines = file.read_text(encoding="utf-8").splitlines()
    assert lines[number - 1] == "[[question]]"
    assert lines[number] == 'id = "q2"'
    assert started.command == ("vi", f"+{number}", str(file))


def test_a_deck_that_was_broken_meanwhile_opens_where_it_is_broken(tmp_path: Path) -> None:
    file = tmp_path / "demo.toml"
    file.write_text(written("q1") + '\n[[question]]\nid = "q2\n', encoding="utf-8")
    assert file.read_text(encoding="utf-8").splitlines()[line_of(file, QuestionId("q2")) - 1] == 'id = "q2'


def test_a_deck_that_came_with_the_app_is_not_edited() -> None:
    deck = read_deck(next(shipped_decks().glob("*/deck.toml"))).deck
    assert deck is not None
    with pytest.raises(EditingError, match="came with sciaquiz and is not edited"):
        editing(deck, deck.questions[0].id, {"EDITOR": "true"}, OWN)


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "demo.toml"
    file.write_text(written("q1"), encoding="utf-8")
    deck = read_deck(file).deck
    assert deck is not None
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everywhere
    with pytest.raises(EditingError, match="cannot be written"):
        editing(deck, QuestionId("q1"), {"EDITOR": "true"}, OWN)


def test_what_an_editor_gets_is_what_was_meant_and_how_it_ended_is_told(tmp_path: Path) -> None:
    file = tmp_path / "$(touch harmed); `ls` 'x'.toml"
    seen = tmp_path / "seen"
    script = "import sys; open(sys.argv[1], 'w').write(sys.argv[2]); sys.exit(3)"
    told = run_editor(Editing((sys.executable, "-c", script, str(seen), str(file)), file))
    assert seen.read_text(encoding="utf-8") == str(file)
    assert told == f"{Path(sys.executable).name} ended with status 3."
    assert run_editor(Editing((sys.executable, "-c", ""), file)) == ""
    assert "could not be started" in run_editor(Editing((str(tmp_path / "none"),), file))
    assert not (tmp_path / "harmed").exists()
