"""All that was answered and done with a card, in lines, the latest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Event, EventKind
from sciaquiz.marking.evidence import circumstances_in_words
from sciaquiz.memory.replay import in_force, in_order, misses_of
from sciaquiz.view.acts import REASON_WORDS
from sciaquiz.words import count, day_words

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sciaquiz.journal.entries import Review

MOST = 30
PRACTICE = "practice, the schedule stayed"
DONE = {
    EventKind.SUSPEND: "suspended",
    EventKind.RESUME: "resumed",
    EventKind.BURY: "put off",
    EventKind.UNBURY: "no longer put off",
    EventKind.FLAG: "flagged",
    EventKind.UNFLAG: "flag removed",
    EventKind.NOTE: "note changed",
}


def history(reviews: Iterable[Review], events: Iterable[Event], today: date) -> tuple[str, ...]:
    """Return a heading and a line for each answer and act in force; nothing where there is none."""
    standing = in_force(reviews, events)
    misses = misses_of(standing.events)
    entries: list[Review | Event] = [*standing.reviews, *standing.events]
    texts = []
    for entry in reversed(in_order(entries)):
        if isinstance(entry, Event):
            words = DONE.get(entry.kind, "")
        else:
            rating = standing.rating(entry).name.capitalize() if entry.schedules else PRACTICE
            because = (REASON_WORDS[misses[entry.id]],) if entry.id in misses else ()
            words = f"{', '.join((*circumstances_in_words(entry), *because))}: {rating}"
        if words:
            texts.append(f"  {day_words(entry.moment.study_day, today):>11}  {words}")
    if not texts:
        return ()
    more = [f"  and {len(texts) - MOST} before"] if len(texts) > MOST else []
    return (f"{count(len(texts), 'answer or act', 'answers and acts')}, the latest first", *texts[:MOST], *more)
