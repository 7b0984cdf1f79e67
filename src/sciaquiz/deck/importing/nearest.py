"""What an author may have meant by a name that is not known."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from sciaquiz.deck.limits import LONGEST_ID
from sciaquiz.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

LEAST_ALIKE = 60
"""Out of 100: below that a name is another one, and no slip."""

MOST_COMPARED = 1_000


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the name most like this one, or None if none is like it."""
    from rapidfuzz import fuzz, process

    if len(name) > LONGEST_ID:
        return None
    found = process.extractOne(name, islice(known, MOST_COMPARED), scorer=fuzz.ratio, score_cutoff=LEAST_ALIKE)
    return found[0] if found else None


def meant(name: str, known: Iterable[str]) -> str:
    """Return "; did you mean “…”?" with the name most like this one, or nothing if none is like it."""
    found = nearest(name, known)
    return f"; did you mean “{shortened(found)}”?" if found is not None else ""
