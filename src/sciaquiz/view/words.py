"""Labels that every face uses: how sure, which rating, which sources, how many are left, when a card comes back."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from sciaquiz.deck.model import Kind
from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.study.turns import End
from sciaquiz.words import count, day_words

if TYPE_CHECKING:
    from datetime import datetime

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.journal.entries import CardState, Progress

CERTAINTY = {
    Certainty.GUESS: "you guessed",
    Certainty.THINK_SO: "you thought so",
    Certainty.CERTAIN: "you were certain",
}
SURE = {Certainty.GUESS: "guess", Certainty.THINK_SO: "think so", Certainty.CERTAIN: "certain"}
RATING = {Rating.AGAIN: "Again", Rating.HARD: "Hard", Rating.GOOD: "Good", Rating.EASY: "Easy"}
KIND = {
    Kind.SINGLE: "one best answer",
    Kind.MULTIPLE: "several right",
    Kind.TRUE_FALSE: "true or false",
    Kind.TYPED: "a term to type",
    Kind.NUMERIC: "a number",
    Kind.CLOZE: "gaps to fill",
    Kind.ORDERING: "an order",
    Kind.MATCHING: "matching",
    Kind.HOTSPOT: "a figure",
    Kind.RECALL: "recall",
}
NO_HINT = "This question has no hint."

DAYS_IN_MONTH = 30.44
DAYS_IN_YEAR = 365.25
FIRST_IN_MONTHS = 60
FIRST_IN_YEARS = 730


def citations(question: Question, deck: Deck | None) -> str:
    """Return the question's sources in one line, or nothing where the deck names none."""
    if deck is None:
        return ""
    return "; ".join(source.citation for source in deck.sources if source.id in question.sources)


def sources_words(number: int) -> str:
    """Return how many sources a question has."""
    return count(number, "source")


def place_words(answered: int, left: int) -> str:
    """Return which question of a sitting is shown, after so many answers and with so many still to come."""
    return f"{answered + 1} of {answered + 1 + left}"


def over_words(reason: End) -> str:
    """Return why a sitting ended."""
    return "Nothing is left for now." if reason is End.NOTHING_LEFT else f"The sitting ended because {reason}."


def back_today_words(waiting: int, first: datetime, now: datetime) -> str:
    """Return how many cards come back within the day, and when the first does."""
    minutes = max(1, round((first - now).total_seconds() / 60))
    return f"{count(waiting, 'card comes', 'cards come')} back today, the first in {minutes} min."


def back_words(state: CardState, progress: Progress, now: Moment, *, briefly: bool = False) -> str:
    """Return when a card comes back: as it is scheduled, unless it is suspended or put off for longer."""
    until = state.marks.buried_until
    if state.marks.suspended:
        return "suspended"
    if until is not None and until > max(now.study_day, progress.due_day):
        return f"put off until {day_words(until, now.study_day)}"
    return f"back {(short_interval_words if briefly else interval_words)(progress, now)}"


def interval_words(progress: Progress, now: Moment) -> str:
    """Return "in 10 min", "tomorrow (after 04:00)", "in 3 months (94 days)", or "now" and "today" for what is due."""
    days = (progress.due_day - now.study_day).days
    if progress.due_at is None and days == 1:
        return f"{short_interval_words(progress, now)} (after {now.rollover_hour:02}:00)"
    if progress.due_at is None and days >= FIRST_IN_MONTHS:
        return f"{short_interval_words(progress, now)} ({days} days)"
    return short_interval_words(progress, now)


def short_interval_words(progress: Progress, now: Moment) -> str:
    """Return the same without the part in brackets.

    The next study day is a few minutes or a whole day away, so it is never given as a length of time.
    """
    if progress.due_at is None:
        return _days_words((progress.due_day - now.study_day).days)
    minutes = ceil((progress.due_at - now.instant).total_seconds() / 60)
    if minutes <= 0:
        return "now"
    if minutes < 60:
        return f"in {minutes} min"
    hours, rest = divmod(minutes, 60)
    return f"in {hours} h {rest} min" if rest else f"in {hours} h"


def _days_words(days: int) -> str:
    if days <= 0:
        return "today"
    if days == 1:
        return "tomorrow"
    if days < FIRST_IN_MONTHS:
        return f"in {days} days"
    if days < FIRST_IN_YEARS:
        return f"in {days / DAYS_IN_MONTH:.0f} months"
    return f"in {f'{days / DAYS_IN_YEAR:.1f}'.removesuffix('.0')} years"
