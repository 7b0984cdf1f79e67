"""Shares with the number of answers they rest on: no share without its n, no picture of fewer than ten."""

from __future__ import annotations

from math import sqrt

from msgspec import Struct

FEW = 10
"""With fewer answers than this a share is only called "few"."""
Z_95 = 1.959963984540054
"""The 97.5% point of the normal distribution."""


class Share(Struct, frozen=True):
    """So many of `n`. `value` is 0..1, None of nothing."""

    right: int = 0
    n: int = 0

    @property
    def value(self) -> float | None:
        """The share itself, 0..1; None if n is 0."""
        return self.right / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """Its 95% interval by Wilson (1927), within 0..1; None if n is 0."""
        return wilson(self.right, self.n) if self.n else None

    @property
    def is_few(self) -> bool:
        """Whether it rests on fewer than ten answers: no bar is drawn of it, and no conclusion drawn."""
        return self.n < FEW

    def __add__(self, other: Share) -> Share:
        """Return the share of both together."""
        return Share(self.right + other.right, self.n + other.n)


NONE = Share()


def wilson(right: int, n: int, z: float = Z_95) -> tuple[float, float]:
    """Return the score interval of a share of `n` > 0 (E. B. Wilson, JASA 22:209-212, 1927), within 0..1.

    It is ((p + z²/2n) ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n), never empty and never outside, also for 0 and n of n.
    """
    share, spread = right / n, z * z / n
    middle = (share + spread / 2) / (1 + spread)
    half = z * sqrt(share * (1 - share) / n + spread / (4 * n)) / (1 + spread)
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))
