"""The places that a key leads to from every page."""

from __future__ import annotations

from msgspec import Struct


class Place(Struct, frozen=True):
    """A place, and the letter of its title that leads to it; `tui/screens/__init__.py` has its screen."""

    title: str
    key: str

    @property
    def name(self) -> str:
        """What screens and keys call it."""
        return self.title.lower()


PLACES = (Place("Home", "h"), Place("Browse", "b"), Place("Statistics", "t"), Place("Exam", "e"))
"""In the order in which they stand in the first row."""
