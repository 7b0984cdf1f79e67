"""Finding decks: one rule for what a deck is, and every name that could not be followed told."""

from __future__ import annotations

import os
import stat
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.deeper import too_deep
from sciaquiz.deck.problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from sciaquiz.deck.model import Deck

MOST_DECKS = 500
MOST_NAMES = 10_000
"""In one folder of decks."""

OUTSIDE = "this link leads out of the folder of decks and is not followed: put the deck itself here"


class Library(Struct, frozen=True):
    """The decks that can be studied, and all that is wrong with those that were found."""

    decks: tuple[Deck, ...]
    problems: tuple[Problem, ...]


class Found(Struct, frozen=True):
    """The files of decks in a stable order, and what could not be looked into."""

    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]


def find_decks(places: Iterable[Path]) -> Found:
    """Return the deck files at these places. Never raises for what stands there.

    A place is a file, or a folder in which `NAME.toml` and `NAME/deck.toml` are decks; a folder that holds a
    `deck.toml` itself is that deck. Hidden names are passed over; links that lead out of the folder and decks that lie
    deeper are told.
    """
    paths: dict[Path, None] = {}
    problems: list[Problem] = []
    for place in places:
        try:
            is_folder = _is_folder(place)
        except OSError as error:
            problems.append(_unreadable(place, error))
            continue
        if not is_folder:
            paths.update(dict.fromkeys([place] if is_there(place) else []))
        elif _is_file(place / "deck.toml"):
            paths[place / "deck.toml"] = None
        else:
            for found in _in_folder(place):
                if isinstance(found, Problem):
                    problems.append(found)
                else:
                    paths[found] = None
    return Found(tuple(paths), tuple(problems))


def is_there(path: Path) -> bool:
    """Say whether something has this name, though it may not be readable; nothing has a name that is too long."""
    try:
        path.lstat()
    except PermissionError:
        return True
    except (OSError, ValueError):
        return False
    return True


def _is_folder(path: Path) -> bool:
    """Say whether this is a folder. Raises OSError if that cannot be told."""
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return False


def _is_file(path: Path) -> bool:
    try:
        return stat.S_ISREG(path.stat().st_mode)
    except (OSError, ValueError):
        return False


def _in_folder(place: Path) -> Iterator[Path | Problem]:
    """Yield the decks of a folder, and the problem of each name that cannot be looked into."""
    try:
        with os.scandir(place) as entries:
            found = (entry.name for entry in islice(entries, MOST_NAMES + 1) if not entry.name.startswith("."))
            names = sorted(found, key=lambda name: (name.removesuffix(".toml"), name))  # a file before its copies
    except OSError as error:
        yield _unreadable(place, error)
        return
    if len(names) > MOST_NAMES:
        yield _problem(place, f"the folder holds more than {MOST_NAMES} names; the rest is left out")
    seen: set[Path] = set()
    for name in names[:MOST_NAMES]:
        try:
            path = _deck_at(place / name)
            real = (path or place / name).resolve()
            is_outside = not real.is_relative_to(place.resolve())
        except (OSError, RuntimeError) as error:  # Python before 3.13 tells a loop of links as a RuntimeError
            yield _unreadable(place / name, error)
            continue
        missed = too_deep(place / name)
        if is_outside:
            if path is not None or missed:
                yield _problem(path or place / name, OUTSIDE, "link-outside")
            continue
        if missed and not (place / name).is_symlink():
            yield _problem(place, missed, "too-deep")
        if path is None:
            continue
        if len(seen) == MOST_DECKS:
            yield _problem(place, f"the folder holds more than {MOST_DECKS} decks; the rest is left out")
            return
        if real not in seen:
            seen.add(real)
            yield path


def _deck_at(path: Path) -> Path | None:
    """Return the file of the deck that a name in a folder of decks stands for, if it stands for one."""
    if not _is_folder(path):
        is_dead_link = path.is_symlink() and not path.exists()
        return path if path.suffix == ".toml" or is_dead_link else None
    try:
        (path / "deck.toml").lstat()
    except FileNotFoundError:
        return None
    return path / "deck.toml"


def _unreadable(path: Path, error: OSError | RuntimeError) -> Problem:
    why = error.strerror if isinstance(error, OSError) and error.strerror else "a loop of links"
    return _problem(path, f"this cannot be looked into ({why}); other decks are not concerned")


def _problem(path: Path, message: str, code: str = "unreadable") -> Problem:
    return Problem(path=path, line=1, column=1, message=message, code=code)
