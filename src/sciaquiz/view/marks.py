"""What the student has set on a card, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.words import day_words

if TYPE_CHECKING:
    from datetime import date

    from sciaquiz.journal.entries import Marks


def marks_words(marks: Marks, today: date) -> tuple[str, ...]:
    """Return a line for each mark that is set: flagged, suspended, put off; the note is the student's own words."""
    texts = []
    if marks.flagged:
        texts.append("flagged")
    if marks.suspended:
        texts.append("suspended: not asked until you resume it")
    if marks.buried_until is not None and marks.buried_until > today:
        texts.append(f"put off until {day_words(marks.buried_until, today)}")
    return tuple(texts)
