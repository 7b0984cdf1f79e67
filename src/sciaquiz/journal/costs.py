"""What a card costs on a day: mean seconds, the reading of reasons and the steps of the day included.

Means, since a day is a sum: medians leave out the slow answers, and plan a tenth too much into it.
"""

from __future__ import annotations

from itertools import pairwise
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

LONGEST_GAP_MS = 180_000
"""A longer time from one answer to the next is a break, of which nothing was spent on either."""
FEWEST = 10
PRIOR = 5
"""As many cards as the ratios below count for."""
ANSWERS_PER_NEW_CARD = 2.5
"""A new card is answered on each learning step, and some steps are repeated."""
ANSWERS_PER_MISS = 2.0
"""What was not known is answered once more on the same day."""


class Timed(NamedTuple):
    """An answer with its instant, in milliseconds since 1970, and how long it took where that was measured fairly.

    `is_met` says that its card was met for the first time on this study day; `is_practice` that it moved no schedule.
    """

    card_id: str
    study_day: date
    at_ms: int
    latency_ms: int | None
    passed: bool
    is_met: bool
    is_practice: bool = False


class Costs(Struct, frozen=True):
    """Mean seconds of a card on a day: of one met for the first time, and of others by their first answer."""

    new: float
    right: float
    wrong: float

    @classmethod
    def usual(cls, seconds: float) -> Costs:
        """Return what is foreseen for so many seconds an answer."""
        return cls(seconds * ANSWERS_PER_NEW_CARD, seconds, seconds * ANSWERS_PER_MISS)

    def review(self, recall: float) -> float:
        """Return the seconds of a card that is remembered with this chance, 0..1."""
        return self.right + (1 - recall) * (self.wrong - self.right)

    @property
    def more_when_wrong(self) -> float:
        """How much longer a wrong answer takes, as a part of a right one."""
        return max(0.0, self.wrong / self.right - 1)


def costs_of(answers: Sequence[Timed], *, is_cut: bool = False) -> Costs | None:
    """Return the mean costs by some answers, oldest first; None where there are too few.

    The time from one answer to the next is the reading of what came of the first, and then the thinking of the second.
    Where either is not known it is taken for the mean. `is_cut` says that there are older answers: the first day is not
    whole. Few cards of a sort are helped out by what is foreseen for all students.
    """
    thinking, reading = _parts(answers)
    known = [told for told in thinking if told is not None]
    if len(known) < FEWEST:
        return None
    think = fmean(known)
    reads = {sort: _mean_of(answers, reading, passed=sort) for sort in (True, False)}
    whole = answers[0].study_day if is_cut else None
    cards: dict[tuple[str, date], list[float]] = {}
    sorts: dict[tuple[str, date], str] = {}
    for answer, thought, read in zip(answers, thinking, reading, strict=True):
        if answer.is_practice or answer.study_day == whole:
            continue
        key = (answer.card_id, answer.study_day)
        spent = (think if thought is None else thought) + (reads[answer.passed] if read is None else read)
        cards.setdefault(key, []).append(spent / 1000)
        sorts.setdefault(key, "new" if answer.is_met else "right" if answer.passed else "wrong")
    foreseen = Costs.usual(_seconds(think, reads, answers))

    def mixed(sort: str, usual: float) -> float:
        found = [sum(cards[key]) for key, each in sorts.items() if each == sort]
        return (sum(found) + PRIOR * usual) / (len(found) + PRIOR)

    return Costs(mixed("new", foreseen.new), mixed("right", foreseen.right), mixed("wrong", foreseen.wrong))


def _parts(answers: Sequence[Timed]) -> tuple[list[float | None], list[float | None]]:
    """Return the milliseconds of thinking before each answer, and of reading after it, where they are known."""
    thinking: list[float | None] = [answer.latency_ms for answer in answers]
    reading: list[float | None] = [None] * len(answers)
    for place, (before, answer) in enumerate(pairwise(answers)):
        gap = answer.at_ms - before.at_ms
        if 0 < gap <= LONGEST_GAP_MS and answer.latency_ms is not None and answer.latency_ms <= gap:
            reading[place] = gap - answer.latency_ms
    return thinking, reading


def _mean_of(answers: Sequence[Timed], reading: Sequence[float | None], *, passed: bool) -> float:
    pairs = [(answer.passed, told) for answer, told in zip(answers, reading, strict=True) if told is not None]
    known, every = [told for sort, told in pairs if sort is passed], [told for _, told in pairs]
    return fmean(known if len(known) >= FEWEST else every) if every else 0.0


def _seconds(think: float, reads: dict[bool, float], answers: Sequence[Timed]) -> float:
    return (think + fmean(reads[answer.passed] for answer in answers)) / 1000
