"""What the answers of the last days came to, added up from what is kept for each day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sciaquiz.journal.snapshot import DayFigures


class Recent(Struct, frozen=True):
    """Answers that count, those of them that were right, and certain; cards met for the first time; milliseconds."""

    answers: int = 0
    right: int = 0
    certain_right: int = 0
    certain_wrong: int = 0
    introduced: int = 0
    latency_ms: int = 0
    timed: int = 0

    @property
    def minutes(self) -> int | None:
        """The time from questions to answers, as far as it was measured; None where it was not."""
        return max(1, round(self.latency_ms / self.timed * self.answers / 60_000)) if self.timed else None


NOTHING_DONE = Recent()


def recent(days: Iterable[DayFigures], since: date) -> Recent:
    """Add up the days from one on."""
    found = [day for day in days if day.study_day >= since]
    return Recent(
        answers=sum(day.answers for day in found),
        right=sum(day.correct for day in found),
        certain_right=sum(day.sure_correct for day in found),
        certain_wrong=sum(day.sure - day.sure_correct for day in found),
        introduced=sum(day.introduced for day in found),
        latency_ms=sum(day.latency_ms for day in found),
        timed=sum(day.timed for day in found),
    )


class Retention(Struct, frozen=True):
    """How many of some reviews were remembered."""

    passed: int
    reviews: int


def retention_since(days: Iterable[DayFigures], since: date) -> Retention:
    """Sum up, from this study day on, the first reviews of a day of cards past learning, and those not rated Again.

    This is Anki's definition of true retention.
    """
    some = [day for day in days if day.study_day >= since]
    return Retention(
        passed=sum(day.young_kept + day.mature_kept for day in some),
        reviews=sum(day.young + day.mature for day in some),
    )
