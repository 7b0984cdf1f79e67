"""Decks that lie deeper in a folder than they are looked for, as in a clone of a repository put among the decks."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

from sciaquiz.deck.files import read_file
from sciaquiz.deck.limits import LARGEST_FILE, LONGEST_MESSAGE
from sciaquiz.text import path_words, shortened

MOST_NAMES = 1_000
DEEPEST = 4
"""How many names of a folder are looked at, and how many folders down: a start of the app must not wait for more."""


def too_deep(folder: Path) -> str:
    """Say which deck in a folder among the decks is not found, and what to do; nothing if there is none.

    Hidden names, links and what cannot be looked into are passed over.
    """
    found = decks_within(folder)
    if not found:
        return ""
    first = found[0]
    moved = path_words(first.parent.name if first.name == "deck.toml" else first.name)
    more, others = (f", and so do {len(found) - 1} more in that folder", " and the others") if found[1:] else ("", "")
    name = path_words(first.relative_to(folder.parent))
    message = f"the deck “{name}” lies too deep to be found{more}: "
    return shortened(f"{message}put “{moved}”{others} directly into {path_words(folder.parent)}", LONGEST_MESSAGE)


def decks_within(folder: Path) -> list[Path]:
    """Return the deck files in a folder and in those below it; links are not followed.

    Where the folder holds a `deck.toml`, it is that deck, and only what lies deeper is returned.
    """
    found = []
    folders = [(folder, 1)]
    left = MOST_NAMES
    for place, depth in folders:
        try:
            with os.scandir(place) as entries:
                shown = (entry for entry in entries if not entry.name.startswith("."))
                names = sorted(islice(shown, left), key=lambda entry: entry.name)
        except OSError:
            continue
        left -= len(names)
        is_deck = depth == 1 and any(entry.name == "deck.toml" for entry in names)
        for entry in names:
            if entry.is_dir(follow_symlinks=False):
                if depth < DEEPEST:
                    folders.append((Path(entry.path), depth + 1))
            elif not is_deck and entry.is_file(follow_symlinks=False) and _is_deck(Path(entry.path)):
                found.append(Path(entry.path))
    return found


def _is_deck(path: Path) -> bool:
    """Say whether a file is a deck, and not the settings of some other program."""
    if path.suffix != ".toml":
        return False
    try:
        return path.name == "deck.toml" or b"question" in read_file(path, LARGEST_FILE)
    except OSError:
        return False
