"""Which deck files changed since they were read: told by their size, time and inode, without reading them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    import sqlite3

    from sciaquiz.deck.finding import Found


class Change(Struct, frozen=True):
    """What has to be done to be up with the files: which to read, as (rank, path, stamp), which have gone, and which
    have another rank, as (rank, path): by path, since another window may give a deck another number meanwhile."""

    read: tuple[tuple[int, Path, str], ...]
    gone: tuple[Path, ...]
    ranks: tuple[tuple[int, Path], ...]

    def __bool__(self) -> bool:
        """Say whether there is anything to do."""
        return bool(self.read or self.gone or self.ranks)


def stamp_of(path: Path) -> str:
    """Return size, time and inode of a file: if they are the same, so is what it holds."""
    try:
        found = path.stat()
    except OSError:
        return "gone"
    return f"{found.st_size} {found.st_mtime_ns} {found.st_ino}"


def change_in(connection: sqlite3.Connection, found: Found) -> Change:
    """Compare the files that were found with those in the catalogue."""
    known = {path: (rank, stamp) for path, rank, stamp in connection.execute("SELECT path, rank, stamp FROM deck")}
    read, ranks = [], []
    for rank, path in enumerate(found.paths):
        old_rank, old_stamp = known.pop(os.fsencode(path), (-1, ""))
        stamp = stamp_of(path)
        if stamp != old_stamp:
            read.append((rank, path, stamp))
        elif rank != old_rank:
            ranks.append((rank, path))
    return Change(tuple(read), tuple(Path(os.fsdecode(path)) for path in known), tuple(ranks))
