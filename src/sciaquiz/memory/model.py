"""What a model of memory has to answer, and the models there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sciaquiz.memory.fsrs6 import FSRS6

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.journal.entries import Memory, Rating

    Parameters = Sequence[float]


class MemoryModel(Protocol):
    """A pure model: it knows no dates, only elapsed study days.

    Parameters that are not fit for the model raise ValueError; those out of its bounds count as the nearest bound.
    """

    name: str

    def first(self, parameters: Parameters, rating: Rating) -> Memory:
        """Return the state after the first review of a card."""
        ...

    def after(self, parameters: Parameters, memory: Memory, elapsed_days: int, rating: Rating) -> Memory:
        """Return the state after one more review; 0 days is the same study day."""
        ...

    def retrievability(self, parameters: Parameters, memory: Memory, elapsed_days: float) -> float:
        """Return the chance of recall, 0..1."""
        ...

    def interval(self, parameters: Parameters, memory: Memory, desired_retention: float) -> float:
        """Return after how many days, unrounded, the chance of recall has fallen to `desired_retention`."""
        ...


MODELS: dict[str, MemoryModel] = {FSRS6.name: FSRS6}


def model_named(name: str) -> MemoryModel:
    """Return the model of this name. Raises ValueError if there is none."""
    try:
        return MODELS[name]
    except (KeyError, TypeError):
        raise ValueError(f"there is no model of memory named {name!r}") from None
