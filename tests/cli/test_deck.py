"""Decks from elsewhere: folders, archives and repositories, in good faith and in bad."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from commanding import NOW, sciaquiz
from making import written
from sciaquiz.getting import git as calling
from sciaquiz.getting import unpacking
from sciaquiz.getting.git import GitError, git
from sciaquiz.getting.unpacking import UnsafeError, unpack

if TYPE_CHECKING:
    from collections.abc import Callable

DECK = written("q1", "q2", "q3").replace('licence = "CC0-1.0"', 'licence = "CC0-1.0"\nauthors = ["A. Author"]')
KEY = 'text = "Tibial nerve", correct = true'
PNG = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x04\x00\x00\x00\x04\x08\x02\x00\x00\x00"
PICTURED = DECK + written("q4", more='picture = { file = "a.png", alt = "A" }').partition('"Gray\'s Anatomy"')[2]

pytestmark = pytest.mark.usefixtures("started_before")


def run_git(folder: Path, *arguments: str) -> None:
    named = ("-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run(["git", *named, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with a deck at `decks/demo/deck.toml`, a picture of it, a link and some other files."""
    folder = tmp_path / "repository"
    deck = folder / "decks" / "demo"
    deck.mkdir(parents=True)
    (deck / "deck.toml").write_text(PICTURED)
    (deck / "a.png").write_bytes(PNG)
    (folder / "pyproject.toml").write_text('[project]\nname = "x"\n')
    (folder / "decks" / "linked.toml").symlink_to("/etc/passwd")
    run_git(folder, "init", "-q")
    run_git(folder, "add", ".")
    run_git(folder, "commit", "-qm", "first")
    return folder


def files_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_a_repository_is_added_brought_up_to_date_and_removed_and_the_answers_stay(
    home: Path, repository: Path
) -> None:
    url = repository.as_uri()
    looked = sciaquiz("deck", "add", url, "--dry-run")
    assert looked.stdout.splitlines() == [
        "Demo (demo), 4 questions",
        "  version  1",
        "  licence  CC0-1.0",
        "  authors  A. Author",
        f"  from     {url}",
        "It would be added.",
    ]
    assert looked.stderr == "“decks/linked.toml” is a link and is left out: name what it leads to.\n"
    assert not (home / "decks" / "demo").exists()
    assert sciaquiz("deck", "add", url).returncode == 0
    assert files_in(home / "decks") == {"demo/deck.toml", "demo/a.png", "demo/.origin.json"}
    again = sciaquiz("deck", "add", url)
    assert (again.returncode, "is that of a deck you have already" in again.stderr) == (1, True)
    assert sciaquiz("deck", "update").stdout == "demo: no change.\n"

    sciaquiz("study", "demo", "--plain", said="a3\n\nquit\n", SCIAQUIZ_NOW=NOW)
    other = PICTURED.replace(KEY, 'text = "Tibial nerve"').replace(
        'text = "Common fibular nerve"', 'text = "Common fibular nerve", correct = true'
    )
    other = other.replace('picture = { file = "a.png", alt = "A" }', "retired = true").replace('"1"', '"2"', 1)
    (repository / "decks" / "demo" / "deck.toml").write_text(other)
    (repository / "decks" / "demo" / "a.png").unlink()
    run_git(repository, "commit", "-qam", "second")
    before = files_in(home)
    dry = sciaquiz("deck", "update", "demo", "--dry-run", SCIAQUIZ_NOW=NOW).stdout
    assert "demo: version 2\n  q1: key changed: who learned it before learns it anew" in dry
    assert "q4: retired: is asked no more; its history is kept" in dry
    assert "You have learned 1 card by a key that is another now: asked again.\n  Nothing was changed.\n" in dry
    assert files_in(home) == before
    done = sciaquiz("deck", "update", SCIAQUIZ_NOW=NOW).stdout
    assert "The key of a card that you had learned was corrected: it is asked again.\n" in done
    assert files_in(home / "decks") == {"demo/deck.toml", "demo/.origin.json"}

    [row] = [row for row in json.loads(sciaquiz("deck", "list", "--json").stdout) if row["id"] == "demo"]
    assert (row["version"], row["authors"], row["from"], row["edited"]) == ("2", ["A. Author"], url, False)
    assert sciaquiz("deck", "remove", "demo").stdout.startswith("Removed: demo. Your answers to it stay")
    assert files_in(home / "decks") == set()
    assert "right, Tibial nerve, certain" in sciaquiz("card", "q1").stdout


def test_a_deck_that_was_edited_or_is_the_students_own_is_left_alone(home: Path, tmp_path: Path) -> None:
    source = tmp_path / "source.toml"
    source.write_text(DECK)
    assert sciaquiz("deck", "add", str(source)).returncode == 0
    deck = home / "decks" / "demo" / "deck.toml"
    deck.write_text(DECK.replace("Demo", "Mine"))
    (home / "decks" / "own.toml").write_text(DECK.replace('"demo"', '"own"').replace('"q', '"own-q'))
    source.write_text(DECK.replace("Demo", "Theirs"))
    for command in (("update",), ("remove", "demo")):
        done = sciaquiz("deck", *command)
        assert (done.returncode, "you have edited" in done.stderr) == (1, True)
    assert "was not added from elsewhere" in sciaquiz("deck", "remove", "own").stderr
    assert "there is no deck 'nix'" in sciaquiz("deck", "update", "nix").stderr
    assert "Mine" in deck.read_text()
    assert sciaquiz("deck", "update", "--force").returncode == 0
    assert "Theirs" in deck.read_text()
    source.unlink()
    gone = sciaquiz("deck", "update")
    assert (gone.returncode, "source.toml is not there any more." in gone.stderr) == (1, True)
    assert "Theirs" in deck.read_text()


@pytest.mark.parametrize(
    ("place", "told"),
    [
        ("nowhere", "there is no such file or folder, and it is no URL of a git repository."),
        ("https://example.org/deck.zip", "download it, and name the file."),
        ("file:///nowhere/at/all", "there is no such repository or revision."),
        ("ext::sh -c touch% /tmp/x", "it is no URL of a git repository."),
        ("--upload-pack=x", "the following arguments are required"),
        ("empty", "there is no deck in it."),
        ("broken.toml", "broken.toml:1: this is no deck: "),
        ("broken.zip", "the archive cannot be read: it is damaged, or no ZIP archive."),
        ("linked", "“deck.toml” is a link, which is not followed."),
        ("", "“”: there is no such file or folder"),
        ("ext::https://example.org/x", "“ext::https://example.org/x”: there is no such file or folder"),
        ("pipe.zip", "pipe.zip cannot be read: it is not a file."),
    ],
)
def test_what_cannot_be_added_is_said_in_plain_words(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str, told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("empty").mkdir()
    Path("linked").mkdir()
    Path("linked/deck.toml").symlink_to("/etc/passwd")
    Path("broken.toml").write_text("id = “demo”")
    Path("broken.zip").write_bytes(b"PK\x03\x04 and no more")
    os.mkfifo("pipe.zip")
    done = sciaquiz("deck", "add", place)
    assert done.returncode in (1, 2)
    assert told in done.stderr
    assert not (home / "decks").exists()


def test_ids_that_other_decks_have_are_told(tmp_path: Path, home: Path) -> None:
    (home / "decks").mkdir(parents=True)
    (home / "decks" / "mine.toml").write_text(DECK)
    other = tmp_path / "other.toml"
    other.write_text(written("q1", "x").replace('"demo"', '"other"'))
    done = sciaquiz("deck", "add", str(other))
    assert done.returncode == 0
    assert (
        "1 question of it is left out: the deck “demo” has an id like theirs already; the first is “q1”." in done.stderr
    )


def test_a_deck_with_a_slip_is_added_from_any_folder_and_its_id_is_taken_once(home: Path, tmp_path: Path) -> None:
    """The slip costs its own question, not the deck; a name that is no UTF-8 is kept as it is."""
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff"))
    for name in ("a", "b"):
        (folder / name).mkdir(parents=True)
        (folder / name / "deck.toml").write_text(PICTURED + "\n[[question]]\nid = “q5”\n")
        (folder / name / "a.png").write_bytes(PNG)
    (folder / "elsewhere").symlink_to("/proc/1/cwd")
    done = sciaquiz("deck", "add", str(folder))
    assert "an error in the app" not in done.stderr
    assert files_in(home / "decks") == {"demo/deck.toml", "demo/a.png", "demo/.origin.json"}
    where = home / "decks" / "demo" / "deck.toml"
    assert f"The id “demo” is that of a deck you have already, at {where}: it is left out." in done.stderr
    assert sciaquiz("deck", "update").stdout == "demo: no change.\n"


def test_a_file_that_is_no_deck_keeps_none_of_its_neighbours_from_being_added_or_brought_up_to_date(
    home: Path, tmp_path: Path
) -> None:
    source = tmp_path / "decks"
    source.mkdir()
    (source / "demo.toml").write_text(DECK)
    other = source / "other.toml"
    other.write_text('id = "NO ID"\n[[question]]\nid = "x"\n')
    done = sciaquiz("deck", "add", str(source))
    assert done.returncode == 1
    assert done.stderr.startswith("Left out: other.toml:1: this is no deck: ")
    assert files_in(home / "decks") == {"demo/deck.toml", "demo/.origin.json"}
    (source / "demo.toml").write_text(DECK.replace("Demo", "Newer"))
    assert sciaquiz("deck", "update").returncode == 0
    assert "Newer" in (home / "decks" / "demo" / "deck.toml").read_text()
    assert sciaquiz("deck", "remove", "demo").returncode == 0
    assert sciaquiz("deck", "add", str(source), "--only", "demo").returncode == 0
    (source / "demo.toml").unlink()
    gone = sciaquiz("deck", "update")
    assert (gone.returncode, "this is no deck" in gone.stderr) == (1, True)


# Archives


def archive(*files: tuple[str | zipfile.ZipInfo, bytes], how: int = zipfile.ZIP_DEFLATED) -> BytesIO:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", how) as opened:
        for name, content in files:
            opened.writestr(name, content)
    return made


def entry(name: str, mode: int) -> zipfile.ZipInfo:
    made = zipfile.ZipInfo(name)
    made.external_attr = mode << 16
    return made


def bomb() -> BytesIO:
    return archive(("deck.toml", b"\0" * (unpacking.LARGEST_MEMBER + 1)))


def many_bombs() -> BytesIO:
    return archive(*((f"{number}.toml", b"\0" * unpacking.LARGEST_MEMBER) for number in range(5)))


def lying() -> BytesIO:
    """An archive that says of a large file that it is small."""
    made = bytearray(bomb().getvalue())
    size = (unpacking.LARGEST_MEMBER + 1).to_bytes(4, "little")
    return BytesIO(bytes(made).replace(size, (10).to_bytes(4, "little")))


@pytest.mark.parametrize(
    ("made", "told"),
    [
        (lambda: archive(("../deck.toml", b"x")), "no sound name"),
        (lambda: archive(("a/../../deck.toml", b"x")), "no sound name"),
        (lambda: archive(("/etc/deck.toml", b"x")), "no sound name"),
        (lambda: archive(("C:\\deck.toml", b"x")), "no sound name"),
        (lambda: archive(("a\\..\\..\\deck.toml", b"x")), "no sound name"),
        (lambda: archive(("a\x1b[2J/deck.toml", b"x")), "no sound name"),
        (lambda: archive((f"{'a' * 300}/deck.toml", b"x")), "no sound name"),
        (lambda: archive((entry("deck.toml", stat.S_IFIFO | 0o644), b"x")), "no plain file"),
        (lambda: archive(("a.toml", b"x"), ("A.TOML", b"x")), "stands in the archive twice"),
        (lambda: archive(("a.toml", b"x"), ("a.toml/b.toml", b"x")), "a file and a folder at once"),
        (lambda: archive(("e\u0301.toml", b"x"), ("\u00e9.TOML", b"x")), "stands in the archive twice"),
        (lambda: archive(("a.toml", b"x"), how=zipfile.ZIP_LZMA), "packed in an unusual way"),
        (bomb, "is larger than 1 MB"),
        (lying, "cannot be read"),
        (many_bombs, "the archive is larger than 3 MB"),
        (lambda: archive(*((f"{number}.toml", b"") for number in range(30))), "more than 20 files"),
        (lambda: BytesIO(b"no archive"), "cannot be read"),
    ],
)
def test_an_archive_in_bad_faith_is_refused_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: Callable[[], BytesIO], told: str
) -> None:
    monkeypatch.setattr(unpacking, "LARGEST_ARCHIVE", 3_000_000)
    monkeypatch.setattr(unpacking, "LARGEST_MEMBER", 1_000_000)
    monkeypatch.setattr(unpacking, "MOST_FILES", 20)
    target = tmp_path / "in" / "target"
    target.mkdir(parents=True)
    with pytest.raises(UnsafeError, match=told):
        unpack(made(), target)
    assert {path.name for path in (tmp_path / "in").iterdir()} == {"target"}


def test_links_hidden_files_and_programs_in_an_archive_are_left_out(tmp_path: Path) -> None:
    made = archive(
        (entry("decks/deck.toml", stat.S_IFLNK | 0o777), b"/etc/passwd"),
        ("decks/.git/hooks/deck.toml", b"x"),
        ("decks/run.sh", b"x"),
        ("decks/own.toml", b"id"),
        ("decks/e\u0301.png", PNG),
        ("LICENSE", b"free"),
    )
    assert unpack(made, tmp_path / "in") == ("decks/deck.toml",)
    assert files_in(tmp_path / "in") == {"decks/own.toml", "LICENSE", "decks/\u00e9.png"}
    assert not any(path.stat().st_mode & stat.S_IXUSR for path in (tmp_path / "in").rglob("*.toml"))


def test_an_archive_of_a_folder_of_decks_is_added(home: Path, tmp_path: Path) -> None:
    path = tmp_path / "decks.zip"
    path.write_bytes(archive(("all/demo/deck.toml", PICTURED.encode()), ("all/demo/a.png", PNG)).getvalue())
    assert sciaquiz("deck", "add", str(path)).returncode == 0
    assert files_in(home / "decks") == {"demo/deck.toml", "demo/a.png", "demo/.origin.json"}


def test_a_deck_is_put_in_place_whole_or_not_at_all(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "source.toml"
    source.write_text(DECK)

    def full(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        done = sciaquiz("deck", "add", str(source))
    assert "No space left on device. Nothing was changed." in done.stderr
    assert list((home / "decks").iterdir()) == []
    sciaquiz("deck", "add", str(source))
    source.write_text(DECK.replace("Demo", "Theirs"))
    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        assert "What was there stays." in sciaquiz("deck", "update").stderr
    assert (home / "decks" / "demo" / "deck.toml").read_text() == DECK
    assert files_in(home / "decks") == {"demo/deck.toml", "demo/.origin.json"}


def test_what_a_killed_process_left_is_no_deck_and_in_nobodys_way(home: Path, tmp_path: Path) -> None:
    source = tmp_path / "source.toml"
    source.write_text(DECK)
    for left in ("part", "gone"):
        half = home / "decks" / f".demo.{os.getpid()}.{left}"
        half.mkdir(parents=True)
        (half / "deck.toml").write_text(DECK)
    assert "demo" not in [row["id"] for row in json.loads(sciaquiz("deck", "list", "--json").stdout)]
    assert sciaquiz("deck", "add", str(source)).returncode == 0
    assert sciaquiz("deck", "remove", "demo").returncode == 0
    assert files_in(home / "decks") == set()


def test_an_update_that_was_broken_off_is_no_edit_of_the_student(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken off after each step in turn: what is there is known as fetched, and the next update goes on."""
    source = tmp_path / "source.toml"
    source.write_text(DECK)
    sciaquiz("deck", "add", str(source))
    real = Path.replace
    for steps in range(3):
        left = [steps]

        def broken_off(self: Path, target: Path, left: list[int] = left) -> Path:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(28, "No space left on device")
            return real(self, target)

        source.write_text(DECK.replace("Demo", f"Theirs {steps}"))
        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", broken_off)
            assert sciaquiz("deck", "update").returncode == 1
        assert sciaquiz("deck", "list").stdout.count("edited by you") == 0
        assert sciaquiz("deck", "update").returncode == 0
        assert f"Theirs {steps}" in (home / "decks" / "demo" / "deck.toml").read_text()


# Git


def test_git_asks_nothing_and_waits_no_longer_than_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "bin" / "git"
    fake.parent.mkdir()
    fake.write_text('#!/bin/sh\n[ "$GIT_TERMINAL_PROMPT" = 0 ] && [ -z "$(cat)" ] && exec sleep 5\n')
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{fake.parent}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(GitError, match=r"did not finish within 0\.2 seconds"):
        git("fetch", seconds=0.2)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(GitError, match="git is needed"):
        git("fetch")


def test_what_git_has_started_for_itself_ends_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake = tmp_path / "git"
    fake.write_text("#!/bin/sh\n(sleep 20; echo late) &\necho started\nwait\n")
    fake.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    streams: list[int] = []

    def out_of_time(self: subprocess.Popen[bytes], timeout: float) -> None:
        assert self.stdout is not None
        assert self.stdout.readline() == b"started\n"
        streams.append(os.dup(self.stdout.fileno()))
        raise subprocess.TimeoutExpired("git", timeout)

    monkeypatch.setattr(subprocess.Popen, "communicate", out_of_time)
    with pytest.raises(GitError, match="did not finish"):
        git("fetch")
    with os.fdopen(streams[0], "rb") as said:
        assert said.read() == b""


def test_git_writes_nowhere_but_where_it_is_told(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"):
        monkeypatch.setenv(name, str(tmp_path / "other" / name))
    assert sciaquiz("deck", "add", repository.as_uri(), "--dry-run").stdout.endswith("It would be added.\n")
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("fatal: unable to access 'https://x/': Could not resolve host: x", "are you online?"),
        ("ssh: connect to host x port 22: Network is unreachable\nfatal: Could not read", "are you online?"),
        ("fatal: could not read Username for 'https://x': terminal prompts disabled", "wants to know who you are"),
        ("git@x: Permission denied (publickey).\nfatal: Could not read from remote", "wants to know who you are"),
        ("remote: Repository not found.\nfatal: repository 'x' not found", "there is no such repository"),
        ("fatal: \x1b[31msomething else", "git says: [31msomething else."),
        ("", "git says: it says nothing."),
    ],
)
def test_what_git_says_is_told_in_plain_words(said: str, told: str) -> None:
    assert told in calling._in_words(said)
