"""Fetching what decks are in: a file or folder is looked at where it lies, archives and repositories are laid out."""

from __future__ import annotations

import os
import re
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.deeper import decks_within
from sciaquiz.deck.files import open_file
from sciaquiz.deck.finding import is_there
from sciaquiz.errors import SciaquizError
from sciaquiz.getting.git import SECONDS_FOR_A_CLONE, git
from sciaquiz.getting.origins import Kind, Origin
from sciaquiz.getting.unpacking import LARGEST_ARCHIVE, unpack
from sciaquiz.text import path_words, tame

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

URL = re.compile(r"(https?|ssh|git|file)://.+|[\w.-]+@[\w.-]+:.+")
MOST_NAMES = 10_000


class Fetched(Struct, frozen=True):
    """What was fetched: the deck files, and below which folder. `links` were not followed."""

    root: Path
    paths: tuple[Path, ...]
    links: tuple[str, ...]


def origin_from(said: str, revision: str = "") -> Origin:
    """Return what a person means: a path that is there, else a URL for git. Raises SciaquizError."""
    path = Path(said).expanduser()
    if said and is_there(path):
        usual = Kind.ARCHIVE if path.suffix.lower() == ".zip" else Kind.FOLDER
        kind = Kind.GIT if revision or _is_repository(path) else usual
        return Origin(kind=kind, place=str(path.absolute()), revision=revision)
    if URL.fullmatch(said) and said == tame(said):
        if said.lower().endswith((".zip", ".toml")):
            raise SciaquizError(f"{said}: files are not fetched from the net; download it, and name the file.")
        return Origin(kind=Kind.GIT, place=said, revision=revision)
    raise SciaquizError(f"“{path_words(said)}”: there is no such file or folder, and it is no URL of a git repository.")


def _is_repository(path: Path) -> bool:
    try:
        return path.is_dir() and (path / "HEAD").is_file() and (path / "objects").is_dir()
    except OSError:
        return False


@contextmanager
def fetched(origin: Origin) -> Generator[Fetched]:
    """Lay out what an origin holds, for a moment. Raises SciaquizError in plain words."""
    if origin.kind is Kind.FOLDER:
        place = Path(origin.place)
        if not is_there(place):
            raise SciaquizError(f"{path_words(place)} is not there any more.")
        try:
            found = _found(place)
        except OSError as error:
            raise SciaquizError(f"{path_words(place)} cannot be read: {error.strerror or error}.") from None
        yield found
        return
    with TemporaryDirectory(prefix="sciaquiz-", ignore_cleanup_errors=True) as made:
        root = Path(made) / "fetched"
        if origin.kind is Kind.ARCHIVE:
            yield _from_archive(Path(origin.place), root)
        else:
            _clone(origin, root)
            yield _found(root)


def _from_archive(path: Path, root: Path) -> Fetched:
    try:
        with open_file(path) as file:
            if os.fstat(file.fileno()).st_size > LARGEST_ARCHIVE:
                most = LARGEST_ARCHIVE // 1_000_000
                raise SciaquizError(f"{path_words(path)}: the archive is larger than {most} MB.")
            root.mkdir()
            links = unpack(file, root)
    except OSError as error:
        raise SciaquizError(f"{path_words(path)} cannot be read: {error.strerror or error}.") from None
    found = _found(root)
    return Fetched(root, found.paths, (*found.links, *links))


def _clone(origin: Origin, root: Path) -> None:
    if origin.revision.startswith("-"):
        raise SciaquizError(f"{origin.revision!r} is no name of a branch or tag.")
    named = ("--branch", origin.revision) if origin.revision else ()
    place = origin.place if URL.fullmatch(origin.place) else Path(origin.place).absolute().as_uri()
    git(
        "clone", "--quiet", "--depth=1", "--single-branch", "--no-tags", "--template=", *named, "--", place, str(root),
        seconds=SECONDS_FOR_A_CLONE,
    )  # fmt: skip


def _found(place: Path) -> Fetched:
    """Find the decks of a folder, however deep they lie; of a file, that one."""
    if not place.is_dir():
        return Fetched(place.parent, (place,), ())
    links = tuple(_links_in(place))
    if (place / "deck.toml").is_file() and not (place / "deck.toml").is_symlink():
        return Fetched(place, (place / "deck.toml",), links)
    return Fetched(place, tuple(decks_within(place)), links)


def _links_in(folder: Path) -> Iterator[str]:
    """Yield the links that may lead to decks; other files that are links are nothing to a deck."""
    for base, folders, files in islice(os.walk(folder), MOST_NAMES):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in (*folders, *sorted(files)):
            path = Path(base) / name
            if path.is_symlink() and (path.suffix == ".toml" or is_there(path / "deck.toml")):
                yield path.relative_to(folder).as_posix()
