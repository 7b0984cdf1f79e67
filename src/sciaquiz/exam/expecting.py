"""What a review or a first answer can be expected to make of a memory, before anybody knows how it is answered.

The model is FSRS-6 on whole days. A review with recall r leads to stability S1 after Good, or S0 after Again with the
relearning steps of the day; what is expected of a later day is the mean of both. `tests/exam/test_expecting.py` holds
the arithmetic against `memory.fsrs6`.
"""

from __future__ import annotations

from functools import lru_cache
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct

from sciaquiz.journal.entries import Rating
from sciaquiz.memory.fsrs6 import FSRS6, HIGHEST_STABILITY, LOWEST_STABILITY, weights_of

if TYPE_CHECKING:
    from sciaquiz.journal.entries import Memory


class Held(NamedTuple):
    """A memory with what a review of it needs, worked out once: stability, difficulty, growth on success, and the
    stability after a lapse at full recall, with its highest value."""

    stability: float
    difficulty: float
    growth: float
    lapsed: float
    most_lapsed: float


class Reviewed(NamedTuple):
    """What a review is expected to lead to: recall on its day, and the stability after Good and after Again."""

    recall: float
    passed: float
    failed: float


class Expecting(Struct, frozen=True):
    """The arithmetic for one set of parameters, and for so many steps on the day of a first answer and of a lapse.

    `known` and `learned` are the memories at the end of the day of a first answer, right or wrong.
    """

    decay: float
    factor: float
    w: tuple[float, ...]
    lapse_divisor: float
    same_day: float
    growth: float
    easy_difficulty: float
    relearning_steps: int
    known: Memory
    learned: Memory

    def recall(self, days: float, stability: float) -> float:
        """Return R(t, S)."""
        found: float = (1 + self.factor * days / stability) ** self.decay
        return found

    def held(self, stability: float, difficulty: float) -> Held:
        """Return a memory, ready for reviews."""
        w = self.w
        return Held(
            stability,
            difficulty,
            self.growth * (11 - difficulty) * stability ** -w[9],
            w[11] * difficulty ** -w[12] * ((stability + 1) ** w[13] - 1),
            stability / self.lapse_divisor,
        )

    def review(self, memory: Held, elapsed: float) -> Reviewed:
        """Return what a review after some days leads to."""
        stability, _, growth, lapsed, most_lapsed = memory
        w = self.w
        recall = (1 + self.factor * elapsed / stability) ** self.decay
        forgotten = 1 - recall
        passed = stability * (1 + growth * (exp(forgotten * w[10]) - 1))
        failed = lapsed * exp(forgotten * w[14])
        if failed > most_lapsed:
            failed = most_lapsed
        if failed < LOWEST_STABILITY:
            failed = LOWEST_STABILITY
        for _step in range(self.relearning_steps):
            longer = self.same_day * failed ** -w[19]
            if longer > 1:
                failed *= longer
        return Reviewed(recall, passed if passed < HIGHEST_STABILITY else HIGHEST_STABILITY, failed)

    def ahead(self, reviewed: Reviewed, days: float) -> float:
        """Return the recall that is expected some days after a review."""
        recall, passed, failed = reviewed
        reach, decay = self.factor * days, self.decay
        found: float = recall * (1 + reach / passed) ** decay + (1 - recall) * (1 + reach / failed) ** decay
        return found

    def after(self, memory: Held, reviewed: Reviewed, days: float) -> Held:
        """Return the memory after a review that nobody has answered: its recall is as expected so many days later."""
        drawn, kept = self.w[7] * self.easy_difficulty, 1 - self.w[7]
        before = memory.difficulty
        passed = min(max(drawn + kept * before, 1.0), 10.0)
        failed = min(max(drawn + kept * (before + self.w[6] * 2 * (10 - before) / 9), 1.0), 10.0)
        for _step in range(self.relearning_steps):
            failed = min(max(drawn + kept * failed, 1.0), 10.0)
        difficulty = reviewed.recall * passed + (1 - reviewed.recall) * failed
        return self.held(self.stability_for(self.ahead(reviewed, days), days), difficulty)

    def first_ahead(self, chance: float, days: float) -> float:
        """Return the recall expected some days after a first answer, which is right by knowledge with a chance."""
        known, learned = self.known.stability, self.learned.stability
        return chance * self.recall(days, known) + (1 - chance) * self.recall(days, learned)

    def after_first(self, chance: float, days: float) -> Held:
        """Return the memory after a first answer that nobody has given yet; see `after`."""
        difficulty = chance * self.known.difficulty + (1 - chance) * self.learned.difficulty
        return self.held(self.stability_for(self.first_ahead(chance, days), days), difficulty)

    def stability_for(self, recall: float, days: float) -> float:
        """Return the stability of which so much is recalled after some days."""
        spread: float = min(max(recall, 1e-6), 1 - 1e-9) ** (1 / self.decay) - 1
        return min(max(self.factor * days / spread, LOWEST_STABILITY), HIGHEST_STABILITY)


@lru_cache(maxsize=8)
def expecting(parameters: tuple[float, ...], learning_steps: int = 2, relearning_steps: int = 1) -> Expecting:
    """Return the arithmetic for parameters of FSRS-6. Raises ValueError for what it cannot have."""
    weights = weights_of(parameters)

    def at_the_end(rating: Rating, steps: int) -> Memory:
        memory = FSRS6.first(parameters, rating)
        for _step in range(steps):
            memory = FSRS6.after(parameters, memory, 0, Rating.GOOD)
        return memory

    w = weights.w
    return Expecting(
        decay=weights.decay,
        factor=weights.factor,
        w=w,
        lapse_divisor=weights.lapse_divisor,
        same_day=exp(w[17] * w[18]),
        growth=weights.growth,
        easy_difficulty=weights.easy_difficulty,
        relearning_steps=relearning_steps,
        known=at_the_end(Rating.GOOD, max(0, learning_steps - 1)),
        learned=at_the_end(Rating.AGAIN, learning_steps),
    )
