"""Decks as they were read last time, so that opening the app does not read unchanged files again.

Reading needs pydantic and a TOML parser, which take longer to import than the decks to read. The shelf is a cache: it
may be deleted at any time, and it is believed only for files that have not changed since, and by the version that
wrote it.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

from sciaquiz import __version__
from sciaquiz.deck.finding import find_decks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sciaquiz.deck.finding import Library

FORMAT = 2


def library_from(shelf: Path, places: Iterable[Path]) -> Library:
    """Return the decks at these places, from the shelf where it still holds, else read anew and put there."""
    places = tuple(places)
    key = (FORMAT, __version__, tuple(_state(path) for path in find_decks(places)))
    known = _take(shelf, key)
    if known is not None:
        return known
    from sciaquiz.deck.library import read_library

    library = read_library(places)
    _put(shelf, key, library)
    return library


def _state(path: Path) -> tuple[str, int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return (str(path), 0, 0, 0)
    return (str(path), found.st_size, found.st_mtime_ns, found.st_ino)


def _take(shelf: Path, key: object) -> Library | None:
    try:
        with shelf.open("rb") as file:
            if pickle.load(file) != key:  # noqa: S301 -- our own file, in the student's own folder
                return None
            library: Library = pickle.load(file)  # noqa: S301
            return library
    except Exception:
        return None


def _put(shelf: Path, key: object, library: Library) -> None:
    partial = shelf.with_name(f"{shelf.name}.part")
    try:
        shelf.parent.mkdir(parents=True, exist_ok=True)
        with partial.open("wb") as file:
            pickle.dump(key, file)
            pickle.dump(library, file)
        partial.replace(shelf)
    except (OSError, pickle.PicklingError):
        return
