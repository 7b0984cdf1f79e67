"""Where an installed deck came from, kept in a hidden file beside it."""

from __future__ import annotations

import json
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict

from sciaquiz.deck.files import read_file

if TYPE_CHECKING:
    from pathlib import Path

NAME = ".origin.json"
LARGEST = 10_000


class Kind(StrEnum):
    """How a deck is fetched."""

    FOLDER = "folder"
    ARCHIVE = "archive"
    GIT = "git"


class Origin(Struct, frozen=True, kw_only=True):
    """Where a deck was fetched from, and what it was then.

    `place` is a path or URL, `inside` the deck file within it; `revision` the branch or tag that was asked for, empty
    for the usual one. `digest` is that of the deck file as it was put in place: another one is the student's own edit.
    While a newer one is put in place it has both, with a space between.
    """

    kind: Kind
    place: str
    inside: str = ""
    revision: str = ""
    digest: str = ""

    def words(self) -> str:
        """Return the place as a person would say it."""
        return f"{self.place}, {self.revision}" if self.revision else self.place

    def as_bytes(self) -> bytes:
        """Return what stands in the file."""
        return (json.dumps(asdict(self), indent=1) + "\n").encode()


def origin_of(folder: Path) -> Origin | None:
    """Return where the deck in a folder came from; None where that is not known, or is not readable."""
    try:
        found = json.loads(read_file(folder / NAME, LARGEST))
        values = {name: str(found[name]) for name in Origin.__struct_fields__ if name != "kind"}
        return Origin(kind=Kind(found["kind"]), **values)
    except (OSError, ValueError, KeyError, TypeError):
        return None
