"""Finding decks: one rule for what a deck is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sciaquiz.deck.model import Deck
    from sciaquiz.deck.problem import Problem

MOST_DECKS = 500


@dataclass(frozen=True, slots=True)
class Library:
    """The decks that can be studied, and all that is wrong with those that were found."""

    decks: tuple[Deck, ...]
    problems: tuple[Problem, ...]


def find_decks(places: Iterable[Path]) -> tuple[Path, ...]:
    """Return the deck files at these places, in a stable order.

    A place is a file, or a folder in which `NAME.toml` and `NAME/deck.toml` are decks; a folder that holds a
    `deck.toml` itself is that deck. Hidden names are passed over, and so are links that lead out of the folder.
    """
    found: dict[Path, None] = {}
    for place in places:
        if place.is_dir():
            own = place / "deck.toml"
            inside = [own] if own.is_file() else sorted([*place.glob("*.toml"), *place.glob("*/deck.toml")])
            for path in inside[:MOST_DECKS]:
                hidden = any(part.startswith(".") for part in path.relative_to(place).parts)
                if not hidden and path.resolve().is_relative_to(place.resolve()):
                    found.setdefault(path)
        elif place.exists():
            found.setdefault(place)
    return tuple(found)
