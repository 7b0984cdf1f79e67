"""What a model of memory has to answer, and the models there are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sciaquiz.memory.fsrs6 import FSRS6

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.journal.entries import Memory, Rating

    Parameters = Sequence[float]


class MemoryModel(Protocol):
    """A pure model: it knows no dates, only elapsed days.

    With `counts_study_days` these are whole study days, and 0 is the same one; else they are fractional. Parameters
    that are not fit for the model raise ValueError; those out of its bounds count as the nearest bound.
    """

    name: str
    counts_study_days: bool

    def first(self, parameters: Parameters, rating: Rating) -> Memory:
        """Return the state after the first review of a card."""
        ...

    def after(self, parameters: Parameters, memory: Memory, elapsed_days: float, rating: Rating) -> Memory:
        """Return the state after one more review."""
        ...

    def retrievability(self, parameters: Parameters, memory: Memory, elapsed_days: float) -> float:
        """Return the chance of recall, 0..1."""
        ...

    def interval(self, parameters: Parameters, memory: Memory, desired_retention: float) -> float:
        """Return after how many days, unrounded, the chance of recall has fallen to `desired_retention`."""
        ...


SIX, SEVEN = MODELS = ("fsrs-6", "fsrs-7")


def model_named(name: str) -> MemoryModel:
    """Return the model of this name. Raises ValueError if there is none."""
    match name:
        case "fsrs-6":
            return FSRS6
        case "fsrs-7":
            from sciaquiz.memory.fsrs7 import FSRS7  # only students with a long journal need it

            return FSRS7
        case _:
            raise ValueError(f"there is no model of memory named {name!r}")


def name_of(memory: Memory) -> str:
    """Return the name of the model that a state is of; only that model can go on from it."""
    return SIX if memory.fast is None else SEVEN
