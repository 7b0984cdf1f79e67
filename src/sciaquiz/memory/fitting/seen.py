"""What a fit reads: the reviews of each card as bare numbers."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator


class Seen(NamedTuple):
    """One review of a card.

    `at` is when, in fractional days from any instant that is the same for all; `day` the study day, counted likewise.
    `grade`, 1..4, is what moved the state, `right` what happened. `floor`, below 1, is the chance of being right
    without knowing: 1/k for a choice among k, 0 for what cannot be guessed. `luck` takes its place in a fit where a
    right answer came with a certainty c: β/(kα), where this student says c of β of what is not known and of α of what
    is.
    """

    at: float
    day: int
    grade: int
    right: bool
    floor: float = 0.0
    luck: float | None = None


Card = Sequence[Seen]
"""The reviews of one card, in order."""
Log = Sequence[Card]
"""The cards of one student, each with at least one review."""


class Step(NamedTuple):
    """A review after the first of its card, as a model sees it: days since the one before, 1..4, and what counts."""

    days: float
    grade: int
    counts: bool


class Course(NamedTuple):
    """One card as a model sees it, up to the last review that counts."""

    first_grade: int
    steps: tuple[Step, ...]


def next_day(card: Card) -> Iterator[Seen]:
    """Yield the reviews that count in a fit: those on a later study day than the card's review before."""
    for before, seen in pairwise(card):
        if seen.day > before.day:
            yield seen


def courses(log: Log, *, in_study_days: bool) -> list[Course]:
    """Return the cards that have a review that counts, with time as the model counts it, never negative."""
    found = []
    for card in log:
        steps = [
            Step(_apart(before, seen, in_study_days=in_study_days), seen.grade, seen.day > before.day)
            for before, seen in pairwise(card)
        ]
        while steps and not steps[-1].counts:
            steps.pop()
        if steps:
            found.append(Course(card[0].grade, tuple(steps)))
    return found


def _apart(before: Seen, seen: Seen, *, in_study_days: bool) -> float:
    return max(0, seen.day - before.day) if in_study_days else max(0.0, seen.at - before.at)
