"""What the recipe needs of a model: its recall at each review that counts, with the derivatives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sciaquiz.memory.fitting.seen import Course

    Slopes = tuple[float, list[float]]
    """The chance of recall, 0..1, and its derivative by each free parameter."""


class Fittable(Protocol):
    """A model with its free parameters u, which are its parameters but for ln w0..w3 in the place of w0..w3.

    `default` are its parameters by default, `start` is u there, `deviations` how far students are from it, `low` and
    `high` the bounds of u. `first_damping` is how far the solver mistrusts the curvature at the start: a share of it.
    `rises` is whether the model holds w0 <= w1 <= w2 <= w3.
    """

    name: str
    in_study_days: bool
    default: tuple[float, ...]
    start: tuple[float, ...]
    deviations: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]
    first_damping: float
    rises: bool

    def slopes(self, free: Sequence[float], cards: Iterable[Course]) -> Iterator[Slopes]:
        """Yield the recall with its derivatives at each review that counts, card by card."""
        ...
