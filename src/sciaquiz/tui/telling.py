"""What the app has to tell outside of what is on the screen: a line above the keys that goes by itself."""

from __future__ import annotations

from msgspec import Struct

LEAST_SECONDS, TROUBLE_SECONDS = 3.0, 6.0
CHARACTERS_A_SECOND = 15
"""How fast a line is read."""


class Telling(Struct, frozen=True):
    """Words that stand for a while. `is_trouble` says that something could not be done."""

    words: str
    is_trouble: bool = False

    @property
    def seconds(self) -> float:
        """How long the words stand."""
        least = TROUBLE_SECONDS if self.is_trouble else LEAST_SECONDS
        return max(least, len(self.words) / CHARACTERS_A_SECOND)
