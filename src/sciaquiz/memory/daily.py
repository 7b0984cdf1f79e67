"""What an answer adds to the figures of its day: a sum over cards of a pure function of each card's entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Certainty, Phase, Rating
from sciaquiz.journal.snapshot import DayFigures

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sciaquiz.ids import DeckId
    from sciaquiz.memory.history import Standing

    Figures = tuple[int, ...]
    """One number for each of FIGURES."""

    Days = Mapping[tuple[DeckId, date], Figures]

MATURE_DAYS = 21
FIGURES = tuple(DayFigures.__struct_fields__)[2:]
"""What is counted for a study day and a deck."""

NOTHING: Figures = (0,) * len(FIGURES)


def figures_of(standing: Standing) -> Figures:
    """Return what one review that counts adds to its day; in practice it has no rating and meets no card."""
    review, rating, is_first_of_day = standing.review, standing.rating, standing.is_first_of_day
    before, schedules = standing.before.progress, standing.review.schedules
    correct, certainty, latency = int(review.correct), review.certainty, review.latency_ms
    is_new = schedules and before is None
    is_again_today = before is not None and is_first_of_day and before.first_day < review.moment.study_day
    is_past_learning = before is not None and is_first_of_day and before.phase is Phase.REVIEW
    is_mature = is_past_learning and before is not None and before.interval_days >= MATURE_DAYS
    is_young, is_kept = is_past_learning and not is_mature, rating is not Rating.AGAIN
    is_guess, is_think, is_sure = (certainty is level for level in Certainty)
    return (
        1, correct, latency or 0, int(latency is not None),
        *(int(schedules and rating is given) for given in Rating),
        int(is_guess), is_guess * correct, int(is_think), is_think * correct, int(is_sure), is_sure * correct,
        int(is_new), int(is_again_today),
        int(is_young), int(is_young and is_kept), int(is_mature), int(is_mature and is_kept),
    )  # fmt: skip


def plus(figures: Figures, more: Figures) -> Figures:
    """Return the sum, figure by figure."""
    return tuple(map(int.__add__, figures, more))


def minus(figures: Figures, less: Figures) -> Figures:
    """Return the difference, figure by figure."""
    return tuple(map(int.__sub__, figures, less))
