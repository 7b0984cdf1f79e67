"""The verdict on one response."""

from __future__ import annotations

from msgspec import Struct


class Part(Struct, frozen=True):
    """One part of a response that is right or wrong by itself: an option, a statement, a gap, a stem, a pair."""

    id: str
    right: bool
    note: str = ""


class Marked(Struct, frozen=True):
    """The verdict on one response: `score` is 0..1, `correct` whether all of it is right."""

    score: float
    correct: bool
    parts: tuple[Part, ...] = ()


def all_or_nothing(right: bool, *parts: Part) -> Marked:
    """Return the verdict on a response that is right or wrong as a whole."""
    return Marked(float(right), right, parts)


def share(parts: tuple[Part, ...]) -> Marked:
    """Return the verdict on a response whose parts count alike."""
    right = sum(part.right for part in parts)
    return Marked(right / len(parts) if parts else 0.0, right == len(parts) > 0, parts)
