"""Whether any question may have a picture: asked before there is a screen, so no deck is read for it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from sciaquiz.catalogue.schema import DAMAGE, FORMAT
from sciaquiz.catalogue.stamps import change_in
from sciaquiz.deck.files import read_file
from sciaquiz.deck.finding import find_decks
from sciaquiz.deck.limits import LARGEST_FILE

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def has_pictures(catalogue: Path | None, places: Iterable[Path]) -> bool:
    """Ask the catalogue, and look for the word in the files that it does not know as they are."""
    found = find_decks(places)
    try:
        if catalogue is None or not catalogue.exists():
            return any(_may_be_pictured(path) for path in found.paths)
        with closing(sqlite3.connect(catalogue, timeout=0.2)) as connection:
            if connection.execute("PRAGMA user_version").fetchone()[0] != FORMAT:
                return any(_may_be_pictured(path) for path in found.paths)
            known = connection.execute("SELECT count(*) FROM deck WHERE pictured").fetchone()[0]
            return bool(known) or any(_may_be_pictured(path) for _, path, _ in change_in(connection, found).read)
    except DAMAGE:
        return any(_may_be_pictured(path) for path in found.paths)


def _may_be_pictured(path: Path) -> bool:
    try:
        return b"picture" in read_file(path, LARGEST_FILE)
    except OSError:
        return False
