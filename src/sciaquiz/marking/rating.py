"""From evidence to rating: pure functions with a version, of which the newest is in force.

An older rule stays as it was: the journal names the rule that gave each rating, and a student can see what a newer
one would have said.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.journal.entries import Certainty, Rating

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sciaquiz.journal.assumed import Assumed

SLOW = 2.5
"""An answer that takes this many times the student's usual time counts as slow."""

FAST = 0.6
"""An answer that takes at most this share of the student's usual time counts as fast."""

MOSTLY = 0.75
"""From this score on a partly right answer counts as mostly right."""

LIKELY_KNOWN = 0.5
"""From this chance on that it was known, a right answer that is called a guess passes."""

EASILY_GUESSED = 0.34
"""A blind guess is right this often or less: only then may recognising be called easy."""


class Evidence(Struct, frozen=True, kw_only=True):
    """What is known about one answer.

    `score` is 0..1. `latency_ms` is None where it was not measured fairly (the terminal was suspended, in the
    background or idle); `usual_ms` is this student's own median for right answers of this kind and length, None until
    there are enough of them. `guess_probability` is how often a blind guess is right; 0 where the answer is produced.
    `hints` and `near_misses` count what helped before the answer. `self_grade` is set where the student graded it.
    `assumed` says how likely a right answer was known that the student calls a guess, None where nobody asked.
    """

    correct: bool
    score: float
    certainty: Certainty | None = None
    latency_ms: int | None = None
    usual_ms: int | None = None
    guess_probability: float = 0.0
    hints: int = 0
    near_misses: int = 0
    self_grade: Rating | None = None
    assumed: Assumed | None = None


class Reason(StrEnum):
    """Why a rule gave a rating; the values are the words of docs/rating.md."""

    OWN_GRADE = "your own grade"
    WRONG = "wrong"
    WRONG_AND_CERTAIN = "wrong, and you were certain"
    PARTLY_WRONG_AND_CERTAIN = "partly wrong, and you were certain"
    PARTLY_RIGHT_AND_GUESSED = "partly right, and you guessed"
    PARTLY_RIGHT = "partly right"
    MOSTLY_RIGHT = "mostly right"
    RIGHT_BUT_GUESSED = "right, but you guessed: back soon"
    RIGHT_AND_LIKELY_KNOWN = "right, and likely known, though you guessed"
    RIGHT_WITH_A_HINT = "right, with a hint"
    RIGHT_AT_THE_SECOND_TRY = "right, at the second try"
    RIGHT_BUT_SLOW = "right, but slow for you"
    RIGHT_CERTAIN_AND_FAST = "right, certain and fast for you"
    RIGHT = "right"


class Verdict(Struct, frozen=True):
    """A rating and its reason."""

    rating: Rating
    reason: Reason


def rate_1(evidence: Evidence) -> Verdict:
    """The first rule: all or nothing, and never Easy."""
    if evidence.self_grade is not None:
        return Verdict(evidence.self_grade, Reason.OWN_GRADE)
    if not evidence.correct:
        return Verdict(Rating.AGAIN, _wrong(evidence))
    if evidence.certainty is Certainty.GUESS:
        return Verdict(Rating.AGAIN, Reason.RIGHT_BUT_GUESSED)
    if is_slow(evidence):
        return Verdict(Rating.HARD, Reason.RIGHT_BUT_SLOW)
    return Verdict(Rating.GOOD, Reason.RIGHT)


def rate_2(evidence: Evidence) -> Verdict:
    """The second rule: partial credit, help, and Easy for what is certain and fast."""
    if evidence.self_grade is not None:
        return Verdict(evidence.self_grade, Reason.OWN_GRADE)
    if not evidence.correct and evidence.score == 0:
        return Verdict(Rating.AGAIN, _wrong(evidence))
    if not evidence.correct and evidence.certainty is Certainty.CERTAIN:
        return Verdict(Rating.AGAIN, Reason.PARTLY_WRONG_AND_CERTAIN)
    if evidence.certainty is Certainty.GUESS:
        guessed = Reason.RIGHT_BUT_GUESSED if evidence.correct else Reason.PARTLY_RIGHT_AND_GUESSED
        return Verdict(Rating.AGAIN, guessed)
    if not evidence.correct:
        is_mostly = evidence.score >= MOSTLY
        return Verdict(Rating.HARD, Reason.MOSTLY_RIGHT) if is_mostly else Verdict(Rating.AGAIN, Reason.PARTLY_RIGHT)
    if evidence.hints:
        return Verdict(Rating.HARD, Reason.RIGHT_WITH_A_HINT)
    if evidence.near_misses:
        return Verdict(Rating.HARD, Reason.RIGHT_AT_THE_SECOND_TRY)
    if is_slow(evidence):
        return Verdict(Rating.HARD, Reason.RIGHT_BUT_SLOW)
    if evidence.certainty is Certainty.CERTAIN and is_fast(evidence) and evidence.guess_probability <= EASILY_GUESSED:
        return Verdict(Rating.EASY, Reason.RIGHT_CERTAIN_AND_FAST)
    return Verdict(Rating.GOOD, Reason.RIGHT)


def rate_3(evidence: Evidence) -> Verdict:
    """The rule in docs/rating.md: as the second, but what is called a guess and was likely known passes as Hard."""
    verdict, assumed = rate_2(evidence), evidence.assumed
    if verdict.reason is Reason.RIGHT_BUT_GUESSED and assumed is not None and assumed.known >= LIKELY_KNOWN:
        return Verdict(Rating.HARD, Reason.RIGHT_AND_LIKELY_KNOWN)
    return verdict


RULES: Mapping[int, Callable[[Evidence], Verdict]] = {1: rate_1, 2: rate_2, 3: rate_3}
NEWEST = max(RULES)
FIRST_TO_JUDGE_GUESSES = 3
"""From this rule on it counts how likely a right guess was known."""


def rule_name(version: int) -> str:
    """Return the name of a rule, as it is written into the journal."""
    return f"evidence@{version}"


RULE = rule_name(NEWEST)
"""The rule in force, as it is written into each review."""

rate = RULES[NEWEST]


def is_slow(evidence: Evidence) -> bool:
    """Say whether the answer took much longer than this student's right answers of this kind and length do."""
    if evidence.latency_ms is None or evidence.usual_ms is None:
        return False
    return evidence.latency_ms > SLOW * evidence.usual_ms


def is_fast(evidence: Evidence) -> bool:
    """Say whether the answer took much less time than this student's right answers of this kind and length do."""
    if evidence.latency_ms is None or evidence.usual_ms is None:
        return False
    return evidence.latency_ms <= FAST * evidence.usual_ms


def _wrong(evidence: Evidence) -> Reason:
    return Reason.WRONG_AND_CERTAIN if evidence.certainty is Certainty.CERTAIN else Reason.WRONG
