"""Putting decks into the student's folder, and taking them away: whole or not at all, and never the student's own."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import PurePath
from typing import TYPE_CHECKING

import tomli
from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.deck.files import read_file
from sciaquiz.deck.limits import LARGEST_FILE
from sciaquiz.deck.picture import LARGEST_PICTURE, picture_fault
from sciaquiz.deck.reading import read_deck
from sciaquiz.deck.recovery import recovered
from sciaquiz.errors import SciaquizError
from sciaquiz.getting.origins import NAME, Origin, origin_of
from sciaquiz.ids import digest_of
from sciaquiz.text import path_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sciaquiz.deck.model import Deck
    from sciaquiz.deck.reading import Reading
    from sciaquiz.getting.fetching import Fetched

DECK = "deck.toml"


class Package(Struct, frozen=True):
    """A deck that can be put in place: what was read of it, where it is from, and its files by name."""

    reading: Reading
    deck: Deck
    origin: Origin
    files: Mapping[str, bytes]


class Installed(Struct, frozen=True):
    """A deck in the student's folder that was fetched from somewhere."""

    folder: Path
    origin: Origin

    @property
    def is_edited(self) -> bool:
        """Whether the student has changed it since."""
        try:
            return _digest(read_file(self.folder / DECK, LARGEST_FILE)) not in self.origin.digest.split()
        except OSError:
            return True

    def holds(self, package: Package) -> bool:
        """Say whether all files of a package are here as they are there."""
        try:
            return all(read_file(self.folder / name, len(file)) == file for name, file in package.files.items())
        except OSError:
            return False


def packages(found: Fetched, origin: Origin) -> tuple[list[Package], list[str]]:
    """Read the decks that were fetched; return also why others are none at all. Raises SciaquizError if all are."""
    if not found.paths:
        links = f" “{found.links[0]}” is a link, which is not followed." if found.links else ""
        raise SciaquizError(f"{origin.words()}: there is no deck in it.{links}")
    sound: list[Package] = []
    refused: list[str] = []
    for path in found.paths:
        try:
            sound.append(_package(found, path, origin))
        except SciaquizError as error:
            refused.append(str(error))
    if not sound:
        raise SciaquizError(refused[0])
    return sound, refused


def _package(found: Fetched, path: Path, origin: Origin) -> Package:
    reading = read_deck(path)
    inside = path.relative_to(found.root).as_posix()
    if reading.deck is None:
        raise SciaquizError(f"{inside}:{reading.problems[0].line}: this is no deck: {reading.problems[0].message}.")
    files = {DECK: _content(path, LARGEST_FILE, path.parent)}
    for name in _pictures_of(files[DECK]):
        if not picture_fault(path.parent, name):
            files[PurePath(name).as_posix()] = _content(path.parent / name, LARGEST_PICTURE, path.parent)
    digest = _digest(files[DECK])
    return Package(reading, reading.deck, replace(origin, inside=inside, digest=digest), files)


def _pictures_of(content: bytes) -> set[str]:
    """Return the pictures that a deck names, also in questions that are retired or have an error."""
    text = content.decode("utf-8-sig")
    try:
        document = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        document = recovered(text, error).document or {}
    questions = document.get("question")
    named = questions if isinstance(questions, list) else []
    tables = [question.get("picture") for question in named if isinstance(question, dict)]
    files = [table.get("file") for table in tables if isinstance(table, dict)]
    return {file for file in files if isinstance(file, str)}


def _content(path: Path, most: int, folder: Path) -> bytes:
    """Read a file of a deck. Raises SciaquizError where it lies elsewhere, or is too large."""
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise SciaquizError(f"“{path.name}” is a link that leads out of the folder of its deck.")
        content = read_file(path, most)
    except (OSError, RuntimeError) as error:
        raise SciaquizError(f"{path_words(path)} cannot be read ({getattr(error, 'strerror', error)}).") from None
    if len(content) > most:
        raise SciaquizError(f"“{path.name}” is larger than {most // 1_000_000} MB.")
    return content


def _digest(content: bytes) -> str:
    return digest_of(content.hex())


def install(package: Package, decks: Path) -> Path:
    """Put a deck into the folder of decks, under its id: all of it, or nothing. Raises SciaquizError."""
    target = decks / package.deck.id
    part = decks / f".{package.deck.id}.{os.getpid()}.part"
    try:
        if target.exists() or target.is_symlink() or target.with_suffix(".toml").exists():
            raise SciaquizError(f"{path_words(target)} is there already; nothing was changed.")
        shutil.rmtree(part, ignore_errors=True)  # of a process of the same number that was killed
        part.mkdir(parents=True)
        for name, content in {**package.files, NAME: package.origin.as_bytes()}.items():
            (part / name).parent.mkdir(parents=True, exist_ok=True)
            (part / name).write_bytes(content)
        part.rename(target)
    except OSError as error:
        raise SciaquizError(f"{path_words(target)} cannot be written: {error.strerror}. Nothing was changed.") from None
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return target


def put_in_place(package: Package, installed: Installed) -> None:
    """Put a newer edition in the place of an installed one. Raises SciaquizError.

    Pictures come first and the deck at last, each in one step: whenever it is broken off, a whole deck is there, and
    its origin knows it, be it the old one or the new.
    """
    folder = installed.folder
    before = {path for path in folder.rglob("*") if path.suffix.lower() in (".png", ".jpg", ".jpeg")}
    pictures = [name for name in package.files if name != DECK]
    either = replace(package.origin, digest=f"{package.origin.digest} {installed.origin.digest}")
    try:
        for name in pictures:
            _replace(folder / name, package.files[name])
        _replace(folder / NAME, either.as_bytes())
        _replace(folder / DECK, package.files[DECK])
        _replace(folder / NAME, package.origin.as_bytes())
    except OSError as error:
        raise SciaquizError(
            f"{path_words(folder)} cannot be written: {error.strerror}. What was there stays."
        ) from None
    for path in before.difference(folder / name for name in pictures):
        with suppress(OSError):
            path.unlink()


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def remove(installed: Installed) -> None:
    """Take a deck away that was fetched; the journal is not touched. Raises SciaquizError."""
    folder = installed.folder
    gone = folder.with_name(f".{folder.name}.{os.getpid()}.gone")
    shutil.rmtree(gone, ignore_errors=True)  # of a process of the same number that was killed
    try:
        folder.rename(gone)
    except OSError as error:
        raise SciaquizError(f"{path_words(folder)} cannot be removed: {error.strerror}.") from None
    shutil.rmtree(gone, ignore_errors=True)


def installed_in(decks: Path) -> list[Installed]:
    """Return the decks that were fetched, by the names of their folders."""
    try:
        folders = sorted(path for path in decks.iterdir() if path.is_dir() and not path.is_symlink())
    except OSError:
        return []
    shown = [path for path in folders if not path.name.startswith(".")]
    return [Installed(path, origin) for path in shown if (origin := origin_of(path)) is not None]
