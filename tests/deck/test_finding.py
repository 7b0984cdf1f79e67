"""What stands among the decks and cannot be followed is told by name, and the other decks work."""

from __future__ import annotations

import json
import os
import socket
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from commanding import sciaquiz
from hostile import HEAD, many, question
from sciaquiz import doctor, paths, workspace
from sciaquiz.authoring.check import check
from sciaquiz.catalogue.catalogue import Catalogue
from sciaquiz.catalogue.pictures import has_pictures
from sciaquiz.deck import deeper, finding
from sciaquiz.deck.finding import Library, find_decks, is_there
from sciaquiz.deck.library import read_library
from sciaquiz.text import visible

if TYPE_CHECKING:
    from collections.abc import Callable

DECK = HEAD + many(3, question)


@pytest.fixture
def ships_one_small_deck(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let one deck be all that is shipped: what is told of names is told however many decks there are."""
    shipped = tmp_path / "shipped"
    put(shipped / "s.toml", text=DECK.replace('"d"', '"s"').replace('"q', '"s'))
    for module in (paths, workspace, doctor):
        monkeypatch.setattr(module, "shipped_decks", lambda: shipped)


def loop(place: Path) -> None:
    (place / "odd").symlink_to(place / "other")
    (place / "other").symlink_to(place / "odd")


def loop_of_a_file(place: Path) -> None:
    (place / "odd.toml").symlink_to("odd.toml")


def loop_inside(place: Path) -> None:
    (place / "odd").mkdir()
    (place / "odd" / "deck.toml").symlink_to("deck.toml")


def pipe(place: Path) -> None:
    os.mkfifo(place / "odd.toml")


def pipe_inside(place: Path) -> None:
    (place / "odd").mkdir()
    os.mkfifo(place / "odd" / "deck.toml")


def listener(place: Path) -> None:
    here = os.open(".", os.O_RDONLY)
    os.chdir(place)  # a socket's path may be no longer than 100 bytes
    try:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind("odd.toml")
    finally:
        os.fchdir(here)
        os.close(here)


def device(place: Path) -> None:
    (place / "odd.toml").symlink_to("/dev/zero")


def folder(place: Path) -> None:
    (place / "odd").mkdir()
    (place / "odd" / "deck.toml").mkdir()


def dead_link(place: Path) -> None:
    (place / "odd.toml").symlink_to("gone.toml")


def dead_link_to_a_folder(place: Path) -> None:
    (place / "odd").symlink_to("gone")


def link_outside(place: Path) -> None:
    (place.parent / "outside").mkdir()
    (place.parent / "outside" / "deck.toml").write_text(DECK, encoding="utf-8")
    (place / "odd").symlink_to(place.parent / "outside")


ODD = {
    loop: "cannot be looked into",
    loop_of_a_file: "cannot be ",
    loop_inside: "cannot be ",
    pipe: "this is not a file",
    pipe_inside: "this is not a file",
    listener: "this is not a file",
    device: "leads out of the folder of decks",
    folder: "this is not a file",
    dead_link: "the link leads nowhere",
    dead_link_to_a_folder: "the link leads nowhere",
    link_outside: "leads out of the folder of decks",
}


@pytest.mark.parametrize(("make", "told"), [*ODD.items()], ids=lambda value: getattr(value, "__name__", None))
def test_an_odd_name_is_told_and_the_others_work(make: Callable[[Path], None], told: str, tmp_path: Path) -> None:
    place = tmp_path / "decks"
    place.mkdir()
    (place / "a.toml").write_text(DECK, encoding="utf-8")
    make(place)
    library = read_library([place])
    assert [len(deck.questions) for deck in library.decks] == [3]
    assert {problem.path.relative_to(place).parts[0] for problem in library.problems} <= {"odd", "odd.toml", "other"}
    assert all(told in problem.message for problem in library.problems)
    assert library.problems
    for _ in range(2):
        catalogue = Catalogue(tmp_path / "catalogue.db", [place], tmp_path / "journal.db")
        with closing(catalogue):
            assert Library(catalogue.decks, catalogue.problems) == library
    assert not has_pictures(tmp_path / "no-catalogue.db", [place])
    assert {problem.path for problem in library.problems} <= {problem.path for problem in check([place]).problems}
    for problem in library.problems:
        assert check([problem.path]).problems


@pytest.mark.usefixtures("ships_one_small_deck")
@pytest.mark.parametrize("make", [loop, pipe, dead_link, link_outside], ids=lambda make: make.__name__)
def test_every_command_tells_it_and_goes_on(make: Callable[[Path], None], tmp_path: Path) -> None:
    place = tmp_path / "decks"
    place.mkdir()
    (place / "a.toml").write_text(DECK, encoding="utf-8")
    make(place)
    home = str(tmp_path)
    assert f"{place}/odd" in sciaquiz("check", SCIAQUIZ_HOME=home).stdout
    assert f"{place}/odd" in sciaquiz("doctor", SCIAQUIZ_HOME=home).stdout
    listed = sciaquiz("decks", SCIAQUIZ_HOME=home)
    assert listed.returncode == 0
    assert "problem" in listed.stderr
    asked = sciaquiz("study", "--plain", "d", said=":quit\n", SCIAQUIZ_HOME=home)
    assert "What is 0?" in asked.stdout
    assert f"{place}/odd" in asked.stderr


@pytest.mark.parametrize("call", ["scandir", "stat"])
def test_a_folder_that_may_not_be_read_is_told_and_the_others_work(
    call: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed, decks = tmp_path / "closed", tmp_path / "decks"
    closed.mkdir()
    decks.mkdir()
    (decks / "a.toml").write_text(DECK, encoding="utf-8")
    real = getattr(os, call)

    def refusing(path: object, *args: object, **options: object) -> object:
        if str(path).startswith(str(closed)):
            raise PermissionError(13, "Permission denied", str(path))
        return real(path, *args, **options)

    monkeypatch.setattr(os, call, refusing)
    library = read_library([closed, decks])
    assert len(library.decks) == 1
    [problem] = library.problems
    assert (
        str(problem) == f"{closed}:1:1: this cannot be looked into (Permission denied); other decks are not concerned"
    )
    assert check([closed]).errors == 1


def test_a_deck_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.toml").write_text(DECK.replace('"d"', f'"{name}"').replace("q", name), encoding="utf-8")
    real = os.open

    def refusing(path: object, *args: int) -> int:
        if str(path).endswith("b.toml"):
            raise PermissionError(13, "Permission denied", str(path))
        return real(str(path), *args)

    monkeypatch.setattr(os, "open", refusing)
    library = read_library([tmp_path])
    assert [problem.message for problem in library.problems if problem.path.name == "b.toml"] == [
        "the file cannot be read (Permission denied)"
    ]


def test_a_deck_found_by_two_names_is_one_deck(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "deck.toml").write_text(DECK, encoding="utf-8")
    (tmp_path / "b").symlink_to("a")
    (tmp_path / "self").symlink_to(".")
    found = find_decks([tmp_path])
    assert [path.parent.name for path in found.paths] == ["a"]
    assert found.problems == ()


def test_too_many_decks_and_names_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "MOST_DECKS", 2)
    for name in ("a", "b", "c"):
        (tmp_path / f"{name}.toml").write_text(DECK, encoding="utf-8")
    found = find_decks([tmp_path])
    assert len(found.paths) == 2
    assert [problem.message for problem in found.problems] == [
        "the folder holds more than 2 decks; the rest is left out"
    ]
    monkeypatch.setattr(finding, "MOST_NAMES", 1)
    assert "more than 1 names" in find_decks([tmp_path]).problems[0].message


@pytest.mark.parametrize("name", ["x" * 300, "a\0b", "~nobody-of-this-name/d.toml", "a/" * 3_000])
def test_what_can_be_no_name_is_no_deck(name: str, tmp_path: Path) -> None:
    assert not is_there(tmp_path / name)
    assert find_decks([tmp_path / name]).paths == ()
    assert check([tmp_path / name]).errors == 1


# Decks that lie too deep


def put(*paths: Path, text: str = DECK) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("names", "told"),
    [
        (["clone/decks/x/deck.toml"], "the deck “clone/decks/x/deck.toml” lies too deep to be found: put “x” directly into"),
        (["clone/decks/x.toml"], "the deck “clone/decks/x.toml” lies too deep to be found: put “x.toml” directly into"),
        (["clone/x.toml"], "the deck “clone/x.toml” lies too deep to be found: put “x.toml” directly into"),
        (["clone/deck.toml", "clone/more/x.toml"], "the deck “clone/more/x.toml” lies too deep to be found: put “x.toml”"),
        (["clone/a/b/c/x.toml"], "the deck “clone/a/b/c/x.toml” lies too deep to be found: put “x.toml” directly into"),
        (
            ["clone/decks/x/deck.toml", "clone/decks/y/deck.toml", "clone/decks/z.toml"],
            "the deck “clone/decks/z.toml” lies too deep to be found, and so do 2 more in that folder: put “z.toml” and the others",
        ),
    ],
)  # fmt: skip
def test_a_deck_that_lies_too_deep_is_named(names: list[str], told: str, tmp_path: Path) -> None:
    place = tmp_path / "decks"
    put(*(place / name for name in names))
    put(place / "a.toml", text=DECK.replace('"d"', '"a"').replace("q", "a"))
    found = find_decks([place])
    assert [path.name for path in found.paths] == ["a.toml", *(["deck.toml"] if "clone/deck.toml" in names else [])]
    [problem] = found.problems
    assert problem.path == place
    assert problem.message.startswith(told)
    assert problem.message.endswith(f" directly into {place}")
    assert check([place]).errors >= 1


@pytest.mark.usefixtures("ships_one_small_deck")
def test_every_command_names_the_deck_that_lies_too_deep(tmp_path: Path) -> None:
    put(tmp_path / "decks" / "clone" / "decks" / "x" / "deck.toml")
    home = str(tmp_path)
    for command in ("check", "doctor"):
        assert "“clone/decks/x/deck.toml” lies too deep" in sciaquiz(command, SCIAQUIZ_HOME=home).stdout
    assert "1 problem in these decks. Run: sciaquiz check" in sciaquiz("decks", SCIAQUIZ_HOME=home).stderr


def test_what_is_no_deck_is_not_missed(tmp_path: Path) -> None:
    put(tmp_path / "tool" / "pyproject.toml", tmp_path / "tool" / "src" / "settings.toml", text='name = "tool"\n')
    put(tmp_path / "tool" / ".git" / "x.toml", tmp_path / ".hidden" / "x.toml", tmp_path / "tool" / "readme.md")
    put(tmp_path / "mine" / "deck.toml", tmp_path / "mine" / "draft.toml")
    (tmp_path / "tool" / "closed").mkdir(mode=0)
    found = find_decks([tmp_path])
    assert [path.parent.name for path in found.paths] == ["mine"]
    assert found.problems == ()


def test_a_link_to_a_folder_with_decks_in_it_is_told_only_where_it_leads_outside(tmp_path: Path) -> None:
    place = tmp_path / "decks"
    put(place / "a" / "deck.toml", tmp_path / "clone" / "decks" / "x.toml")
    (place / "clone").symlink_to(tmp_path / "clone")
    (place / "self").symlink_to(".")
    found = find_decks([place])
    assert [problem.path.name for problem in found.problems] == ["clone"]
    assert "leads out of the folder of decks" in found.problems[0].message


def test_a_folder_of_many_names_is_looked_at_for_no_longer_than_a_start_may_take(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deeper, "MOST_NAMES", 5)
    put(*(tmp_path / "tool" / f"{number}.md" for number in range(5)), tmp_path / "tool" / "more" / "x.toml")
    assert find_decks([tmp_path]).problems == ()
    monkeypatch.setattr(deeper, "MOST_NAMES", 7)
    assert len(find_decks([tmp_path]).problems) == 1


# Names


WILD_NAMES = (
    "esc\x1b]0;owned\x07.toml",
    "csi\x1b[31m\x9b31m.toml",
    "bidi\u202egnp.toml",
    "lines\n::error::forged.toml",
    "tag\U000e0041.toml",
    os.fsdecode(b"latin-\xe9.toml"),
)
SHOWN = (
    r"esc\x1b]0;owned\x07.toml",
    r"csi\x1b[31m\x9b31m.toml",
    r"bidi\u202egnp.toml",
    r"lines\n::error::forged.toml",
    r"tag\U000e0041.toml",
    r"latin-\xe9.toml",
)


@pytest.mark.usefixtures("ships_one_small_deck")
@pytest.mark.parametrize(("name", "shown"), [*zip(WILD_NAMES, SHOWN, strict=True)], ids=range(len(SHOWN)))
def test_no_name_of_a_file_reaches_the_terminal_as_it_is(name: str, shown: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "decks").mkdir(parents=True)
    path = home / "decks" / name
    path.write_text("id = 1\n", encoding="utf-8")
    (home / "decks" / f"also-{name}").write_text("id = 1\n", encoding="utf-8")
    commands: list[tuple[str, ...]] = [
        ("check", str(path)),
        ("check", "--format", "github", str(path)),
        ("check", "--format", "json", str(path)),
        ("check",),
        ("check", str(path) + "x"),
        ("doctor",),
        ("decks", "--json"),
        ("study", "--plain", str(path)),
        ("study", "--plain", str(path) + "x/"),
        ("study", "--plain", name.removesuffix(".toml")),
        ("why", "--deck", str(path) + "x", "card"),
        ("journal", "import", str(path)),
        ("journal", "import", str(path) + "x"),
        ("restore", str(path)),
        ("--" + name,),
    ]
    named = 0
    for arguments in commands:
        done = sciaquiz(*arguments, SCIAQUIZ_HOME=str(home))
        for said in (done.stdout, done.stderr):
            assert visible(said) == said, arguments
            if arguments[0] == "check":
                assert not any(line.startswith("::error::forged") for line in said.splitlines()), arguments
            assert "error in the app" not in said, arguments
        named += shown in done.stdout + done.stderr
    assert named >= 8


def test_json_gives_back_the_very_name(tmp_path: Path) -> None:
    for name in WILD_NAMES[:-1]:
        (tmp_path / name).write_text("id = 1\n", encoding="utf-8")
    done = sciaquiz("check", "--format", "json", str(tmp_path), SCIAQUIZ_HOME=str(tmp_path))
    assert {Path(problem["path"]).name for problem in json.loads(done.stdout)} == set(WILD_NAMES[:-1])
