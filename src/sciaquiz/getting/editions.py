"""An edition of decks: a file, a folder, or what git has of one at a revision, written as `REVISION:path`."""

from __future__ import annotations

from contextlib import contextmanager
from io import BytesIO
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sciaquiz.deck.finding import find_decks, is_there
from sciaquiz.deck.reading import read_deck
from sciaquiz.errors import SciaquizError
from sciaquiz.getting.git import GitError, git
from sciaquiz.getting.unpacking import unpack
from sciaquiz.text import path_words

if TYPE_CHECKING:
    from collections.abc import Generator

    from sciaquiz.deck.reading import Reading


def readings_at(said: str) -> list[Reading]:
    """Read all decks of an edition. Raises SciaquizError where there is none, and GitError."""
    place = Path(said)
    if is_there(place):
        return _read(place, said)
    revision, colon, inside = said.partition(":")
    if not colon or not revision or revision.startswith("-"):
        raise SciaquizError(f"{path_words(place)}: there is no such file or folder; of git, write REVISION:path.")
    with _from_git(revision, inside, None) as unpacked:
        return _read(unpacked, said)


def at_revision(revision: str, place: Path) -> list[Reading]:
    """Read what git has of a file or folder at a revision. Raises SciaquizError and GitError."""
    folder = place if place.is_dir() else place.parent
    if not folder.is_dir():
        raise SciaquizError(f"{path_words(folder)}: there is no such folder.")
    inside = "./" if place.is_dir() else f"./{place.name}"
    with _from_git(revision, inside, folder) as unpacked:
        return _read(unpacked, f"{revision}:{place}")


def _read(place: Path, said: str) -> list[Reading]:
    found = find_decks([place])
    if not found.paths:
        told = f" {found.problems[0].message}." if found.problems else ""
        raise SciaquizError(f"{said}: there is no deck here.{told}")
    readings = [_called(said, place, read_deck(path)) for path in found.paths]
    if all(reading.deck is None for reading in readings):
        raise SciaquizError(str(readings[0].problems[0]))
    return readings


def _called(said: str, place: Path, reading: Reading) -> Reading:
    """Return a reading under the name that a person gave the place, not that of where it was laid out."""
    path = Path(said) / reading.path.relative_to(place)
    return replace(reading, path=path, problems=tuple(replace(problem, path=path) for problem in reading.problems))


@contextmanager
def _from_git(revision: str, inside: str, folder: Path | None) -> Generator[Path]:
    """Lay out what git has of a file or folder, for a moment. A deck comes with the pictures of its folder."""
    git("rev-parse", "--verify", "--end-of-options", f"{revision}^{{object}}", folder=folder)
    try:
        name = git("rev-parse", "--verify", "--end-of-options", f"{revision}:{inside}", folder=folder)
    except GitError:
        where = "a path counts from the top of the repository, and ./path from where you are"
        raise SciaquizError(f"{revision} has nothing at {inside}; {where}.") from None
    commit = name.decode().strip()
    is_file = git("cat-file", "-t", commit, folder=folder).strip() == b"blob"
    path = PurePosixPath(inside)
    tree = commit
    if is_file:
        parent = inside.removesuffix(path.name)
        found = git("rev-parse", "--verify", "--end-of-options", f"{revision}:{parent}", folder=folder)
        tree = found.decode().strip()
    archive = git("archive", "--format=zip", tree, folder=_top(folder))
    with TemporaryDirectory(prefix="sciaquiz-", ignore_cleanup_errors=True) as made:
        unpack(BytesIO(archive), Path(made))
        yield Path(made) / path.name if is_file else Path(made)


def _top(folder: Path | None) -> Path:
    """Return the top of the repository: below it, `git archive` would look for the folder in what it is given."""
    return Path(git("rev-parse", "--show-toplevel", folder=folder).decode().rstrip("\n"))
