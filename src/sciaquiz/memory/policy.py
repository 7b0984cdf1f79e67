"""The rules by which an answer moves a due date, as they were in force when it was given."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from sciaquiz.clock import DEFAULT_ROLLOVER_HOUR
from sciaquiz.ids import digest_of

if TYPE_CHECKING:
    from sciaquiz.ids import Digest

FSRS6_PARAMETERS = (
    0.212, 1.2931, 2.3065, 8.2956, 6.4133, 0.8334, 3.0194, 0.001, 1.8722, 0.1666, 0.796,
    1.4835, 0.0614, 0.2629, 1.6483, 0.6014, 1.8729, 0.5425, 0.0912, 0.0658, 0.1542,
)  # fmt: skip
"""Default parameters of FSRS-6 (open-spaced-repetition, 2025)."""


@dataclass(frozen=True)
class Policy:
    """Everything besides the journal that a due date depends on. A review names its policy by digest.

    Steps are in minutes; `desired_retention` is the recall wanted on the due day, 0.70..0.99; `maximum_interval` is in
    days; with `fuzz` the interval is spread a little, always the same way for the same card and count of reviews.
    """

    model: str = "fsrs-6"
    parameters: tuple[float, ...] = FSRS6_PARAMETERS
    desired_retention: float = 0.9
    learning_steps: tuple[int, ...] = (1, 10)
    relearning_steps: tuple[int, ...] = (10,)
    maximum_interval: int = 36500
    fuzz: bool = True
    rollover_hour: int = DEFAULT_ROLLOVER_HOUR

    @cached_property
    def digest(self) -> Digest:
        """The name under which reviews refer to this policy."""
        return digest_of(json.dumps(asdict(self), sort_keys=True, separators=(",", ":")))
