"""What is to be thought of a right answer that the student calls a guess, by the rates of this student."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.marking.chance import guess_probability

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sciaquiz.clock import Moment
    from sciaquiz.journal.assumed import Assumed
    from sciaquiz.journal.snapshot import Avowal
    from sciaquiz.memory.guessing import Rates
    from sciaquiz.study.turns import Shown


class Guesses:
    """Holds the rates of one sitting. They are counted at the first such answer: few answers are one."""

    def __init__(self, avowals: Callable[[], Iterable[Avowal]] = tuple) -> None:
        self._avowals = avowals
        self._rates: Rates | None = None

    def assumed(self, shown: Shown, now: Moment) -> Assumed:
        """Say how likely the card was known."""
        from sciaquiz.memory.guessing import assume, rates_from, recall_before

        if self._rates is None:
            self._rates = rates_from(self._avowals())
        recall = recall_before(shown.before.progress, now.study_day, shown.policy)
        return assume(recall, guess_probability(shown.card), self._rates)
