"""How much of a card is known along time: what it adds to the course of knowledge on each day that is kept of it."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Memory
from sciaquiz.memory.fsrs6 import weights_of
from sciaquiz.tally.facts import NANO

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from sciaquiz.memory.fits import Fits
    from sciaquiz.tally.facts import Fact

    Recall = Callable[[float, float, float, Iterable[int]], list[int]]
    """The chances of recall in billionths after so many days, by stability, difficulty and fast stability (or 0)."""

DAILY = 35
"""Of so many days up to today the course is kept day by day,"""
WEEKLY = 371
"""of so many each Monday, and of those before each fourth one."""
MONDAY = 1
"""What the ordinal of a Monday leaves when it is divided by 7."""


def days_kept(first: int, today: int) -> set[int]:
    """Return the days, as ordinals, of which the course is kept: from just before the first with an answer on."""
    fourth = first - (first - MONDAY) % 28
    monday = today - WEEKLY + 1 - (today - WEEKLY + 1 - MONDAY) % 7
    return {
        *range(fourth, today + 1, 28),
        *range(max(first - (first - MONDAY) % 7, monday), today + 1, 7),
        *range(max(first, today - DAILY + 1), today + 1),
    }


def recall_by(fits: Fits) -> Recall:
    """Return the chances of recall under the parameters in force: what the model of a memory gives, for very many
    calls."""
    weights = weights_of(tuple(fits.six))
    factor, decay = weights.factor, weights.decay

    def recall(stability: float, difficulty: float, fast: float, elapsed: Iterable[int]) -> list[int]:
        if not fast:
            return [round((1 + factor * days / stability) ** decay * NANO) for days in elapsed]
        memory = Memory(stability, difficulty, fast)
        return [round(fits.recall(memory, days) * NANO) for days in elapsed]

    return recall


def stretches(facts: Iterable[Fact]) -> list[Fact]:
    """Return what a card had come to, day by day: each fact counts from its day on, until that of the next one.

    At the end of a day that is what the last answer in order, of those up to that day, has left.
    """
    found: list[Fact] = []
    for fact in facts:
        if fact.moves:
            while found and found[-1].day >= fact.day:
                found.pop()
            found.append(fact)
    return found


def course_of(facts: Iterable[Fact], days: Sequence[int], recall: Recall) -> Iterator[tuple[int, list[int]]]:
    """Yield places in `days`, and the chances in billionths that a card would be recalled on the days from there on.

    `days` are in order. On all other days the card is not known, as long as it is not past learning.
    """
    found = stretches(facts)
    for place, fact in enumerate(found):
        if not fact.stability:
            continue
        begins = bisect_left(days, fact.day)
        ends = bisect_left(days, found[place + 1].day) if place + 1 < len(found) else len(days)
        if begins < ends:
            elapsed = [max(0, day - fact.answered) for day in days[begins:ends]]
            yield begins, recall(fact.stability, fact.difficulty, fact.fast, elapsed)
