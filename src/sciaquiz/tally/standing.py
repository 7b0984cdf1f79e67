"""How a card stands now, as it is added up by scope: being learned, how firm, how difficult, when it is asked."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.journal.entries import Phase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.journal.entries import CardState

STABILITIES = (0, 1, 7, 14, 30, 60, 180)
"""Days from which each group of stabilities goes on to the next."""
DIFFICULTIES = (1, 2, 3, 4, 5, 6, 7, 8, 9)
STANDINGS = (
    "begun", "learning",
    *(f"stability_{place}" for place in range(len(STABILITIES))),
    *(f"difficulty_{place}" for place in range(len(DIFFICULTIES))),
)  # fmt: skip
_STABILITY, _DIFFICULTY = STANDINGS.index("stability_0"), STANDINGS.index("difficulty_0")


class Standing(NamedTuple):
    """What a card has come to. `begun` and `learning` are 0 or 1; `due` is the ordinal of the day on which it is asked
    next, 0 if that is never; `firmness` is its stability in days and `hardness` its difficulty, 0 but past learning."""

    begun: int = 0
    learning: int = 0
    due: int = 0
    lapses: int = 0
    firmness: float = 0.0
    hardness: float = 0.0

    def figures(self) -> Iterator[int]:
        """Yield the places in STANDINGS to which it adds one."""
        if self.begun:
            yield 0
        if self.learning:
            yield 1
        if self.firmness:
            yield _STABILITY + bisect_right(STABILITIES, self.firmness) - 1
            yield _DIFFICULTY + min(bisect_right(DIFFICULTIES, self.hardness), len(DIFFICULTIES)) - 1


NEW = Standing()


def standing_of(state: CardState) -> Standing:
    """Return how a card stands."""
    progress, marks = state.progress, state.marks
    if progress is None:
        return NEW
    is_learnt, memory = progress.phase is Phase.REVIEW, progress.memory
    firmness, hardness = (memory.stability, memory.difficulty) if is_learnt else (0.0, 0.0)
    due = max(progress.due_day, marks.buried_until or progress.due_day).toordinal()
    return Standing(1, int(not is_learnt), 0 if marks.suspended else due, progress.lapses, firmness, hardness)
