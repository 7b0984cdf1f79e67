"""From nothing to a deck: new, add, fmt."""

from __future__ import annotations

import json
import os
import tomllib
from typing import TYPE_CHECKING

import pytest

from commanding import sciaquiz
from sciaquiz.deck.authored import KINDS
from sciaquiz.deck.files import write_whole
from sciaquiz.deck.reading import read_deck

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_deck_is_sound_and_takes_a_question_of_every_kind(tmp_path: Path, home: Path) -> None:
    folder = tmp_path / "leg-nerves"
    made = sciaquiz("new", str(folder), "--author", 'A "B" C', "--title", "Nerves\\of the leg")
    assert made.returncode == 0, made.stderr
    file = folder / "deck.toml"
    assert json.loads((folder / "deck.schema.json").read_text(encoding="utf-8"))["title"] == "A sciaquiz deck"
    deck = read_deck(file).deck
    assert deck is not None
    assert (deck.id, deck.title, deck.authors) == ("leg-nerves", "Nerves\\of the leg", ('A "B" C',))
    for kind in KINDS:
        before = file.read_bytes()
        added = sciaquiz("add", kind, str(folder))
        assert added.returncode == 0, added.stderr
        assert file.read_bytes().startswith(before)
        line = int(added.stdout.split(":")[1])
        assert file.read_text(encoding="utf-8").splitlines()[line - 1] == "[[question]]"
    checked = sciaquiz("check", str(folder), "--format", "json").stdout
    assert '"error"' not in checked
    found = read_deck(file)
    assert found.deck is not None
    assert len(found.deck.questions) == 1 + len(KINDS)
    assert sciaquiz("fmt", str(folder), "--check").stdout == "Nothing to lay out in 1 deck.\n"
    again = sciaquiz("new", str(folder))
    assert (again.returncode, "Nothing was written" in again.stderr) == (1, True)


def test_what_is_kept_beside_a_question_is_no_mistake_and_no_new_version(tmp_path: Path) -> None:
    file = tmp_path / "d.toml"
    head = (
        'id = "d"\ntitle = "D"\nversion = "1"\n[[question]]\nid = "q"\nkind = "recall"\nstem = "Which?"\nanswer = "x"\n'
    )
    file.write_text(head, encoding="utf-8")
    plain = read_deck(file)
    file.write_text(f'{head}[question.meta]\nbloom = 2\npoints = {{ exam = 3, list = [1, "a"] }}\n', encoding="utf-8")
    kept = read_deck(file)
    assert kept.problems == plain.problems
    assert plain.deck is not None
    assert kept.deck is not None
    assert kept.deck.questions == plain.deck.questions


def test_fmt_writes_whole_files_and_leaves_what_it_cannot_read(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.toml", tmp_path / "bad.toml"
    good.write_text(
        'id="good"\ntitle="G"\n[[question]]\nkind="recall"\nstem="What is it?"\nanswer="x"\n', encoding="utf-8"
    )
    bad.write_text('id="bad"\ntitle="B\n', encoding="utf-8")
    would = sciaquiz("fmt", "--check", str(good))
    assert (would.returncode, would.stdout.startswith("Would lay out: ")) == (1, True)
    done = sciaquiz("fmt", str(good), str(bad))
    assert done.returncode == 1
    assert "bad.toml:2: not valid TOML; sciaquiz check says what to mend. It stays as it is." in done.stderr
    assert 'id = "what-is-it"' in good.read_text(encoding="utf-8")
    assert bad.read_text(encoding="utf-8") == 'id="bad"\ntitle="B\n'
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["bad.toml", "good.toml"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (("new", "Nerve Roots"), "cannot be the id of a deck"),
        (("new", "a" * 81), "at most 80 characters"),
        (("add", "single", "nowhere"), "there is no deck at nowhere"),
        (("add", "essay", "."), "invalid choice"),
        (("fmt", "nowhere"), "there is no deck at nowhere"),
    ],
)
def test_what_cannot_be_done_is_told(given: tuple[str, ...], told: str) -> None:
    done = sciaquiz(*given)
    assert done.returncode != 0
    assert told in done.stderr


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    for given in (("fmt",), ("add", "single")):
        result = sciaquiz(*given, str(tmp_path / "pipe.toml"))
        assert (result.returncode, "this is not a file" in result.stderr) == (1, True)


def test_a_locked_file_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    deck = tmp_path / "d.toml"
    deck.write_text('id="d"\n')
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(PermissionError, match="it may only be read"):
        write_whole(deck, b"")
    assert deck.read_text() == 'id="d"\n'


@pytest.mark.parametrize("questions", ['question = [{ id = "q" }]', "question = 5", '[question]\nid = "q"'])
def test_a_deck_that_can_take_no_question_stays_as_it_is(tmp_path: Path, questions: str) -> None:
    deck = tmp_path / "d.toml"
    deck.write_text(f'id = "d"\n{questions}\n')
    result = sciaquiz("add", "single", str(deck))
    assert (result.returncode, "have to be written as [[question]]" in result.stderr) == (1, True)
    assert deck.read_text() == f'id = "d"\n{questions}\n'


def test_an_added_figure_has_an_id_of_its_own(tmp_path: Path) -> None:
    deck = tmp_path / "d.toml"
    deck.write_text('id = "d"\n[[figure]]\nid = "new-hotspot-figure"\n')
    assert sciaquiz("add", "hotspot", str(deck)).returncode == 0
    assert [figure["id"] for figure in tomllib.loads(deck.read_text())["figure"]] == [
        "new-hotspot-figure",
        "new-hotspot-2-figure",
    ]


def test_a_deck_is_made_in_the_folder_one_is_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    here = tmp_path / "legs"
    here.mkdir()
    monkeypatch.chdir(here)
    assert sciaquiz("new", ".", "--author", "").returncode == 0
    reading = read_deck(here / "deck.toml")
    assert reading.deck is not None
    assert (reading.deck.id, [str(problem) for problem in reading.problems]) == ("legs", [])
