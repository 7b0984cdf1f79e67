"""What the model of memory expects: recall now, along time, and the load of the days to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.memory.model import model_named
from sciaquiz.memory.schedule import elapsed_days, elapsed_under

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from sciaquiz.clock import Moment
    from sciaquiz.journal.entries import CardState, Progress
    from sciaquiz.memory.policy import Policy


def retrievability_now(progress: Progress, today: date, policy: Policy) -> float:
    """Return the chance of recall on a study day, 0..1, by the study days since the last answer."""
    model = model_named(policy.model)
    return model.retrievability(policy.parameters, progress.memory, elapsed_days(progress, today))


def retrievability_at(progress: Progress, moment: Moment, policy: Policy) -> float:
    """Return the chance of recall at a moment, 0..1, by the time since the last answer as the model counts it."""
    model = model_named(policy.model)
    passed = elapsed_under(model, progress.last_day, progress.last_at, moment)
    return model.retrievability(policy.parameters, progress.memory, passed)


def forgetting_curve(progress: Progress, policy: Policy, days: int) -> tuple[float, ...]:
    """Return the chance of recall, 0..1, on each of `days` + 1 days: that of the last review, and those after it."""
    model = model_named(policy.model)
    return tuple(model.retrievability(policy.parameters, progress.memory, day) for day in range(days + 1))


def due_forecast(states: Iterable[CardState], today: date, days: int) -> tuple[int, ...]:
    """Return how many cards will be asked on each of `days` days from today on.

    What is overdue counts today, what is buried on the day it shows again, what is suspended never.
    """
    counts = [0] * days
    for state in states:
        day = day_asked(state, today)
        if day is not None and (day - today).days < days:
            counts[(day - today).days] += 1
    return tuple(counts)


def day_asked(state: CardState, today: date) -> date | None:
    """Return on which day from today on a card will be asked, None for one that is new or suspended."""
    if state.progress is None or state.marks.suspended:
        return None
    return max(today, state.progress.due_day, state.marks.buried_until or today)
