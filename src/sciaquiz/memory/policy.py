"""The rules by which an answer moves a due date, as they were in force when it was given."""

from __future__ import annotations

import json
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict

from sciaquiz.clock import DEFAULT_ROLLOVER_HOUR
from sciaquiz.ids import digest_of
from sciaquiz.journal.entries import Rating
from sciaquiz.memory.model import model_named

if TYPE_CHECKING:
    from sciaquiz.ids import Digest

FSRS6_PARAMETERS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
"""Default parameters of FSRS-6 (open-spaced-repetition, 2025)."""

LEAST_RETENTION, MOST_RETENTION = 0.1, 0.999
"""What can be scheduled for at all; what a student or author may ask for is narrower."""

LONGEST_INTERVAL = 36500
LONGEST_STEP = 60 * 24 * 366


class Policy(Struct, frozen=True, dict=True):
    """Everything besides the journal that a due date depends on. A review names its policy by digest.

    Steps are in minutes; `desired_retention` is the recall wanted on the due day, 0.70..0.99; `maximum_interval` is in
    days; with `fuzz` the interval is spread a little, always the same way for the same card and count of reviews.
    Raises ValueError if nothing could be scheduled by it, so that one from another journal is caught when it is read.
    """

    model: str = "fsrs-6"
    parameters: tuple[float, ...] = FSRS6_PARAMETERS
    desired_retention: float = 0.9
    learning_steps: tuple[int, ...] = (1, 10)
    relearning_steps: tuple[int, ...] = (10,)
    maximum_interval: int = 36500
    fuzz: bool = True
    rollover_hour: int = DEFAULT_ROLLOVER_HOUR

    def __post_init__(self) -> None:
        """Refuse what would schedule into the past, or not at all."""
        model_named(self.model).first(self.parameters, Rating.GOOD)
        if not _within(self.desired_retention, LEAST_RETENTION, MOST_RETENTION):
            raise ValueError(f"desired retention must be from {LEAST_RETENTION} to {MOST_RETENTION}")
        if not isinstance(self.maximum_interval, int) or not _within(self.maximum_interval, 1, LONGEST_INTERVAL):
            raise ValueError(f"the longest interval must be whole days from 1 to {LONGEST_INTERVAL}")
        if not all(_within(step, 0, LONGEST_STEP) and step for step in self.learning_steps + self.relearning_steps):
            raise ValueError(f"a step must be more than 0 and at most {LONGEST_STEP} minutes")
        if not isinstance(self.fuzz, bool):
            raise ValueError("fuzz must be true or false")
        if not isinstance(self.rollover_hour, int) or not _within(self.rollover_hour, 0, 23):
            raise ValueError("the hour at which a day ends must be from 0 to 23")

    @cached_property
    def digest(self) -> Digest:
        """The name under which reviews refer to this policy."""
        return digest_of(json.dumps(asdict(self), sort_keys=True, separators=(",", ":")))


def _within(value: object, least: float, most: float) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
