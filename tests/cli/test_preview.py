"""`sciaquiz preview` in plain lines."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from commanding import sciaquiz
from making import written

SHOWCASE = str(Path(__file__).parent.parent / "decks" / "showcase")


@pytest.fixture
def deck(tmp_path: Path) -> Path:
    path = tmp_path / "mine.toml"
    path.write_text(written("q0", "q1", "q2"), encoding="utf-8")
    return path


def test_each_kind_is_shown_in_turn_and_answered_with_nothing_recorded(home: Path) -> None:
    said = "a\n\n" * 2 + "ttt\n\n" + "known\n\n" + ":back\n\n\n" + "3\n\n" * 20 + "quit\n:quit\n"
    done = sciaquiz("preview", SHOWCASE, "--plain", said=said)
    assert (done.returncode, done.stderr) == (0, "")
    for place in range(1, 16):
        assert f"{place} of 15: " in done.stdout
    assert "Rated " in done.stdout
    assert done.stdout.rstrip().endswith("Nothing was recorded.")
    assert not (home / "journal.db").exists()


def test_a_question_is_found_by_its_id_or_a_part_of_it(deck: Path) -> None:
    done = sciaquiz("preview", str(deck), "q1", "--plain", said="go 2\ngo q\nlist\nabout\nquit\n")
    shown = [line.split(":")[0] for line in done.stdout.splitlines() if " of 3: " in line]
    assert shown == ["2 of 3", "3 of 3"]
    assert "There is no question “q” here. Did you mean q0 or q1 or q2?" in done.stdout
    assert "3. q2 · mine.toml, line " in done.stdout
    assert re.search(r"^deck: [^\n]+\nversion: ", done.stdout, re.MULTILINE)
    assert sciaquiz("preview", str(deck), "nope", "--plain").returncode == 1


def test_errors_are_told_with_their_line_and_the_deck_is_read_again(deck: Path, tmp_path: Path) -> None:
    good = deck.read_text(encoding="utf-8")
    editor = tmp_path / "ed.py"
    editor.write_text(f"import pathlib, sys\npathlib.Path({str(deck)!r}).write_text({good!r})\n", encoding="utf-8")
    deck.write_text(good.replace('id = "q0"', 'id = "q0'), encoding="utf-8")
    done = sciaquiz("preview", str(deck), "--plain", said="wrong\nedit\nquit\n", EDITOR=f"{sys.executable} {editor}")
    line = good.split('id = "q0"')[0].count("\n") + 1
    assert f"mine.toml:{line}:" in done.stdout
    assert "This question cannot be read, and no student would be asked it." in done.stdout
    assert "Read again. 3 cards, nothing wrong." in done.stdout
    assert "1 of 3: q0 · mine.toml, line 10 · one best answer" in done.stdout
    assert done.returncode == 0


@pytest.mark.usefixtures("started_before")
def test_what_cannot_be_previewed_is_told_in_a_line_and_an_installed_deck_by_its_id_can(
    tmp_path: Path, home: Path, deck: Path
) -> None:
    (home / "decks").mkdir(parents=True)
    (home / "decks" / "mine.toml").write_bytes(deck.read_bytes())
    assert "2 of 3: q1" in sciaquiz("preview", "demo", "q1", "--plain").stdout
    assert not (home / "journal.db").exists()
    gone = sciaquiz("preview", str(tmp_path / "none.toml"), "--plain")
    assert (gone.returncode, gone.stderr.count("\n")) == (1, 1)
    assert "There is no deck 'sciatca'" in sciaquiz("preview", "sciatca", "--plain").stderr
    (tmp_path / "empty").mkdir()
    empty = sciaquiz("preview", str(tmp_path / "empty"), "--plain", said="\nlist\n")
    assert "there is no deck here" in empty.stdout
