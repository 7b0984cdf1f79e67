"""What the model of memory expects: recall now, along time, and the load of the days to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.memory.model import model_named
from sciaquiz.memory.schedule import elapsed_days

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sciaquiz.memory.policy import Policy
    from sciaquiz.record import CardState, Progress


def retrievability_now(progress: Progress, today: date, policy: Policy) -> float:
    """Return the chance of recall today, 0..1."""
    model = model_named(policy.model)
    return model.retrievability(policy.parameters, progress.memory, elapsed_days(progress, today))


def forgetting_curve(progress: Progress, policy: Policy, days: int) -> tuple[float, ...]:
    """Return the chance of recall on each of `days` + 1 days from the last review on."""
    model = model_named(policy.model)
    return tuple(model.retrievability(policy.parameters, progress.memory, day) for day in range(days + 1))


def due_forecast(states: Iterable[CardState], today: date, days: int) -> tuple[int, ...]:
    """Return how many cards are due on each of `days` days from today on; what is overdue counts today."""
    counts = [0] * days
    for state in states:
        if state.progress is None or state.marks.suspended:
            continue
        ahead = max(0, (state.progress.due_day - today).days)
        if ahead < days:
            counts[ahead] += 1
    return tuple(counts)
