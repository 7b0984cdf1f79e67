"""From evidence to rating: one pure function with a version."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sciaquiz.record import Certainty, Rating

if TYPE_CHECKING:
    from sciaquiz.deck.model import Kind

RULE = "evidence@1"
"""The rule in force, as it is written into each review."""

SLOW = 2.5
"""An answer that takes this many times the student's usual time counts as slow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What is known about one answer.

    `latency_ms` is None where it was not measured fairly (the terminal was suspended or idle); `usual_ms` is this
    student's own median for right answers of this kind, None until there are enough of them. `self_grade` is set
    where the student graded the answer.
    """

    kind: Kind
    correct: bool
    score: float
    certainty: Certainty | None = None
    latency_ms: int | None = None
    usual_ms: int | None = None
    self_grade: Rating | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A rating and its reason, in words that the student reads."""

    rating: Rating
    reason: str


def rate(evidence: Evidence) -> Verdict:
    """Derive the rating. Easy is never derived: recognising one option among a few cannot show that much."""
    if evidence.self_grade is not None:
        return Verdict(evidence.self_grade, "your own grade")
    if not evidence.correct:
        sure = evidence.certainty is Certainty.CERTAIN
        return Verdict(Rating.AGAIN, "wrong, and you were certain" if sure else "wrong")
    if evidence.certainty is Certainty.GUESS:
        return Verdict(Rating.AGAIN, "right, but you guessed: back soon")
    if is_slow(evidence):
        return Verdict(Rating.HARD, "right, but slow for you")
    return Verdict(Rating.GOOD, "right")


def is_slow(evidence: Evidence) -> bool:
    """Say whether the answer took much longer than this student's right answers of this kind do."""
    if evidence.latency_ms is None or evidence.usual_ms is None:
        return False
    return evidence.latency_ms > SLOW * evidence.usual_ms
