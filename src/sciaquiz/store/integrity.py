"""What SQLite finds wrong with a file: faults of its pages, and faults of single rows, which stop nothing else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.text import tame

if TYPE_CHECKING:
    import sqlite3

OF_A_ROW = re.compile(
    r"NULL value in |CHECK constraint failed in |row \S+ (missing from|values differ from) index "
    r"|wrong # of entries in index |non-unique entry in index "
)
MOST_TOLD = 5


class Integrity(Struct, frozen=True):
    """Faults in SQLite's words. With one of `file` nothing more should be written; `rows` are told and lived with."""

    file: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()

    def words(self) -> str:
        """Tell them in one line; "ok" if there are none."""
        found = self.file + self.rows
        more = f"; and {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else ""
        return "; ".join(found[:MOST_TOLD]) + more if found else "ok"


def integrity_of(connection: sqlite3.Connection) -> Integrity:
    """Let SQLite check every page and row. Raises sqlite3.Error where it cannot even begin."""
    found = [" ".join(tame(str(row[0])).split()) for row in connection.execute("PRAGMA integrity_check")]
    faults = [] if found == ["ok"] else found
    return Integrity(
        file=tuple(fault for fault in faults if not OF_A_ROW.match(fault)),
        rows=tuple(fault for fault in faults if OF_A_ROW.match(fault)),
    )
