"""Logs of reviews for tests of fitting: the real one, and those of students who are made."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Rating
from sciaquiz.memory.fitting.reading import read_log
from sciaquiz.memory.fitting.seen import Seen
from sciaquiz.memory.model import model_named

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

    from sciaquiz.memory.fitting.seen import Log

JOSH = Path(__file__).parent / "memory" / "data" / "josh.csv"


@lru_cache(maxsize=1)
def josh() -> Log:
    """12,580 reviews by one person."""
    return read_log(JOSH)


def made_student(
    random: Random, model: str, parameters: Sequence[float], *, cards: int, days: int, options: int = 0
) -> list[list[Seen]]:
    """A student whose memory is exactly this model's, and who chooses among `options` where they do not know.

    The gaps are drawn between a third and three times the interval for a recall of 0.85, at least a day.
    """
    remembering, log = model_named(model), []
    for _ in range(cards):
        day = random.randrange(days // 2)
        at, card, memory, floor = day + random.random() / 2, list[Seen](), None, 1 / options if options else 0.0
        while day < days:
            gap = (
                0.0
                if memory is None
                else float(day - card[-1].day)
                if remembering.counts_study_days
                else at - card[-1].at
            )
            recall = 0.4 if memory is None else remembering.retrievability(parameters, memory, gap)
            right = random.random() < floor + (1 - floor) * recall
            grade = Rating(random.choice((2, 3, 3, 3, 4)) if right else 1)
            memory = (
                remembering.first(parameters, grade)
                if memory is None
                else remembering.after(parameters, memory, gap, grade)
            )
            card.append(Seen(at, day, grade, right, floor))
            wait = remembering.interval(parameters, memory, 0.85) * 3 ** random.uniform(-1, 1)
            day += max(1, round(wait))
            at = day + random.random() / 2
        log.append(card)
    return log
