"""A past sitting in words: when, how long, what it came to, and what to look at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Mode
from sciaquiz.words import count, day_words, percent, weekday_words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, timedelta

    from sciaquiz.ids import DeckId
    from sciaquiz.journal.past import PastSitting

NO_SITTINGS = "No answers yet."
RULE = "A sitting is what was answered on one device with no break of more than 30 minutes."
FEWEST_FOR_A_SHARE = 5
MODE_WORDS = {Mode.DRILL: "drill", Mode.PRACTICE: "practice", Mode.EXAM: "mock exam"}
"""How sittings are called that were no ordinary ones."""


def when_words(sitting: PastSitting, today: date) -> str:
    """Return "Sun 22 Nov 09:05", or "22 Nov 2025 09:05": when it began, by the clock on the wall there."""
    local = sitting.began.local
    day = weekday_words(local.date()) if local.year == today.year else day_words(local.date(), today)
    return f"{day} {local:%H:%M}"


def lasted_words(lasted: timedelta) -> str:
    """Return "24 min", "1 h 5 min", "under 1 min"."""
    minutes = round(lasted.total_seconds() / 60)
    if not minutes:
        return "under 1 min"
    hours, rest = divmod(minutes, 60)
    return f"{hours} h {rest} min" if hours and rest else f"{hours} h" if hours else f"{rest} min"


def result_words(sitting: PastSitting) -> str:
    """Return how many answers were right, with the share where there are enough."""
    answers = len(sitting.answers)
    share = f" ({percent(sitting.right / answers)})" if answers >= FEWEST_FOR_A_SHARE else ""
    return f"{sitting.right} of {answers} right{share}"


def certain_words(sitting: PastSitting) -> str:
    """Return how many wrong answers were certain; nothing if none was."""
    number = sitting.certain_and_wrong
    return f"{count(number, 'wrong answer')} you were certain of" if number else ""


def what_words(sitting: PastSitting, titles: Mapping[DeckId, str]) -> str:
    """Return the decks that were asked, and of what kind the sitting was if it was no ordinary one."""
    decks = ", ".join(titles.get(deck, deck) for deck in sitting.decks)
    kind = MODE_WORDS.get(sitting.mode) if sitting.mode else None
    return f"{kind}: {decks}" if kind else decks
