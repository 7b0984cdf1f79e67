"""Decks as they were read last time, so that opening the app does not read unchanged files again.

Reading needs pydantic and a TOML parser, which take longer to import than the decks to read. The cache
may be deleted at any time, and is believed only for files that have not changed since, and by the version that
wrote it.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Any

from sciaquiz import __version__
from sciaquiz.deck.files import read_file
from sciaquiz.deck.finding import find_decks
from sciaquiz.deck.limits import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sciaquiz.deck.finding import Library

FORMAT = 4

_PICTURED, _LIBRARY = 1, 2
"""Places in the file, after its key."""


def library_from(cache: Path, places: Iterable[Path]) -> Library:
    """Return the decks at these places, from the cache where it still holds, else read anew and put there."""
    places = tuple(places)
    known: Library | None = _take(cache, _key(places), _LIBRARY)
    if known is not None:
        return known
    from sciaquiz.deck.library import read_library

    library = read_library(places)
    _put(cache, _key(places), library)
    return library


def has_pictures(cache: Path, places: Iterable[Path]) -> bool:
    """Say whether any question may have a picture, without reading decks: this is asked before there is a screen."""
    places = tuple(places)
    known: bool | None = _take(cache, _key(places), _PICTURED)
    return any(_may_be_pictured(path) for path in find_decks(places).paths) if known is None else known


def _may_be_pictured(path: Path) -> bool:
    try:
        return b"picture" in read_file(path, LARGEST_FILE)
    except OSError:
        return False


def _pictured(library: Library) -> bool:
    return any(question.picture is not None for deck in library.decks for question in deck.questions)


def _key(places: Iterable[Path]) -> object:
    found = find_decks(places)
    return (FORMAT, __version__, tuple(_state(path) for path in found.paths), found.problems)


def _state(path: Path) -> tuple[str, int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return (str(path), 0, 0, 0)
    return (str(path), found.st_size, found.st_mtime_ns, found.st_ino)


def _take(cache: Path, key: object, place: int) -> Any:
    """Return what stands at a place in the file, if the file is sound and its key is this one."""
    try:
        with cache.open("rb") as file:
            if pickle.load(file) != key:  # noqa: S301 -- our own file, in the student's own folder
                return None
            return [pickle.load(file) for _ in range(place)][-1]  # noqa: S301
    except Exception:
        return None


def _put(cache: Path, key: object, library: Library) -> None:
    partial = cache.with_name(f"{cache.name}.part")
    try:
        cache.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            for part in (key, _pictured(library), library):
                pickle.dump(part, file)
        partial.replace(cache)
    except (OSError, pickle.PicklingError):
        return
