"""What a card has come to, as a list says it: a sign, a few words, and in how long it comes back."""

from __future__ import annotations

from enum import StrEnum
from math import ceil
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Certainty, Phase
from sciaquiz.study.query import Is
from sciaquiz.view.words import DAYS_IN_MONTH, DAYS_IN_YEAR, FIRST_IN_MONTHS, FIRST_IN_YEARS
from sciaquiz.words import count

if TYPE_CHECKING:
    from sciaquiz.clock import Moment
    from sciaquiz.journal.entries import CardState

DUE, NEW = "due", "new"


class Standing(StrEnum):
    """What a card has come to, by the sign that stands for it."""

    UNSAFE = "!"
    WRONG = "✗"
    GUESSED = "?"
    LEARNING = "◐"
    KNOWN = "✓"
    UNSEEN = "·"


STANDING = {
    Standing.UNSAFE: "unsafe",
    Standing.WRONG: "wrong last time",
    Standing.GUESSED: "right by a guess last time",
    Standing.LEARNING: "being learned",
    Standing.KNOWN: "right last time",
    Standing.UNSEEN: "not seen yet",
}
STATE = {
    Is.WRONG: "wrong last time",
    Is.GUESSED: "guessed right",
    Is.UNSEEN: "unseen",
    Is.DUE: "due",
    Is.LEARNING: "learning",
    Is.KNOWN: "known",
    Is.UNSAFE: "unsafe",
    Is.FLAGGED: "flagged",
    Is.SUSPENDED: "suspended",
    Is.PUT_OFF: "put off",
    Is.NOTED: "with a note",
    Is.LEECH: "leeches",
}
"""What can be asked for, as it is ticked."""


def standing_of(state: CardState, *, must_not_miss: bool) -> Standing:
    """Return what a card has come to; the first of `Standing` that is true."""
    last = state.last_answer
    if must_not_miss and state.unsafe is not None:
        return Standing.UNSAFE
    if last is None and state.progress is None:
        return Standing.UNSEEN
    if last is not None and not last.correct:
        return Standing.WRONG
    if last is not None and last.certainty is Certainty.GUESS:
        return Standing.GUESSED
    is_known = state.progress is not None and state.progress.phase is Phase.REVIEW
    return Standing.KNOWN if is_known else Standing.LEARNING


def back_in_words(state: CardState, now: Moment) -> str:
    """Return in how long a card comes back, as a column says it: "due", "10 min", "2 days", "new" or "suspended"."""
    marks, progress = state.marks, state.progress
    if marks.suspended:
        return "suspended"
    away = 0 if marks.buried_until is None else (marks.buried_until - now.study_day).days
    if progress is None:
        return _days(away) if away > 0 else NEW
    days = max((progress.due_day - now.study_day).days, away)
    if days <= 0 and progress.due_at is not None and progress.due_at > now.instant:
        minutes = ceil((progress.due_at - now.instant).total_seconds() / 60)
        return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h"
    return DUE if days <= 0 else _days(days)


def _days(days: int) -> str:
    if days < FIRST_IN_MONTHS:
        return count(days, "day")
    if days < FIRST_IN_YEARS:
        return f"{days / DAYS_IN_MONTH:.0f} months"
    return f"{f'{days / DAYS_IN_YEAR:.1f}'.removesuffix('.0')} years"
