"""By what a file is known as a journal of the current format, without SQLAlchemy."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

SCHEMA_VERSION = 4
"""Goes up with each step in `migrations.py`; kept in PRAGMA user_version."""

APPLICATION_ID = 0x5C1A0012
"""Marks the file as a sciaquiz journal in PRAGMA application_id."""

USUAL_SHAPES = frozenset({"beb8dd7c9d70aa42", "2ffadeaa25425581", "6edd6d2ece6137fa", "fca7982801b4b282"})
"""Of a journal that was made in this format, and of what formats 1, 2 and 3 become; see `shape_of`."""


def shape_of(connection: sqlite3.Connection) -> str:
    """Return a digest of every statement that a table or an index was made by."""
    made = connection.execute("SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema ORDER BY type, name")
    return blake2b("\0".join("\0".join(row) for row in made).encode(), digest_size=8).hexdigest()


def has_usual_shape(connection: sqlite3.Connection) -> bool:
    """Say whether nothing is missing that the format has; where this does not know, `shape.missing_parts` does."""
    return shape_of(connection) in USUAL_SHAPES
