"""One answer moves one card: steps within the day, then intervals by the model of memory."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta, timezone
from typing import TYPE_CHECKING

from sciaquiz.clock import study_day_of
from sciaquiz.memory.fuzz import fraction, fuzzed, round_half_up
from sciaquiz.memory.model import model_named
from sciaquiz.record import Memory, Phase, Progress, Rating

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from sciaquiz.clock import Moment
    from sciaquiz.ids import CardId
    from sciaquiz.memory.policy import Policy


@dataclass(frozen=True, slots=True)
class Graded:
    """What an answer tells the model of memory, and nothing else of it."""

    card_id: CardId
    moment: Moment
    rating: Rating


def advance(progress: Progress | None, graded: Graded, policy: Policy) -> Progress:
    """Return what a card comes to by one answer.

    Elapsed time is study days, never negative: a clock that went backwards counts as the same day.
    """
    memory = _remember(progress, graded, policy)
    phase, step = _phase(progress, graded.rating, policy)
    lapsed = progress is not None and progress.phase is Phase.REVIEW and graded.rating is Rating.AGAIN
    today = graded.moment.study_day
    minutes = _minutes(phase, step, graded.rating, policy)
    if minutes is None:
        interval = interval_days(progress, graded, policy)
        due_day, due_at = today + timedelta(days=interval), None
    else:
        interval = 0
        due_day, due_at = _due_within_day(graded.moment, minutes, policy.rollover_hour)
    return Progress(
        phase=phase,
        step=step,
        memory=memory,
        due_day=due_day,
        due_at=due_at,
        interval_days=interval,
        first_day=progress.first_day if progress else today,
        last_day=today,
        last_at=graded.moment.instant,
        last_rating=graded.rating,
        reps=progress.reps + 1 if progress else 1,
        lapses=(progress.lapses if progress else 0) + lapsed,
    )


def preview(progress: Progress | None, card_id: CardId, moment: Moment, policy: Policy) -> Mapping[Rating, Progress]:
    """Return what each rating given now would lead to."""
    return {rating: advance(progress, Graded(card_id, moment, rating), policy) for rating in Rating}


def elapsed_days(progress: Progress, today: date) -> int:
    """Return the study days since the last review, at least 0."""
    return max(0, (today - progress.last_day).days)


def _remember(progress: Progress | None, graded: Graded, policy: Policy) -> Memory:
    model = model_named(policy.model)
    if progress is None:
        return model.first(policy.parameters, graded.rating)
    days = elapsed_days(progress, graded.moment.study_day)
    return model.after(policy.parameters, progress.memory, days, graded.rating)


def _phase(progress: Progress | None, rating: Rating, policy: Policy) -> tuple[Phase, int]:
    """Return the phase and step after a rating, by the rules of Anki and py-fsrs."""
    if progress is None:
        phase, step, steps = Phase.LEARNING, 0, policy.learning_steps
    elif progress.phase is Phase.REVIEW:
        if rating is Rating.AGAIN and policy.relearning_steps:
            return Phase.RELEARNING, 0
        return Phase.REVIEW, 0
    else:
        phase, step = progress.phase, progress.step
        steps = policy.learning_steps if phase is Phase.LEARNING else policy.relearning_steps
    if not steps or rating is Rating.EASY:
        return Phase.REVIEW, 0
    match rating:
        case Rating.AGAIN:
            return phase, 0
        case Rating.HARD:
            return phase, min(step, len(steps) - 1)
        case _:
            return (phase, step + 1) if step + 1 < len(steps) else (Phase.REVIEW, 0)


def _minutes(phase: Phase, step: int, rating: Rating, policy: Policy) -> float | None:
    """Return the wait of a step in minutes, or None for a card that is past its steps."""
    if phase is Phase.REVIEW:
        return None
    steps = policy.learning_steps if phase is Phase.LEARNING else policy.relearning_steps
    if rating is Rating.HARD and step == 0:
        return (steps[0] + steps[1]) / 2 if len(steps) > 1 else steps[0] * 1.5
    return steps[step]


def _due_within_day(moment: Moment, minutes: float, rollover_hour: int) -> tuple[date, datetime | None]:
    """Return when a step is due; one that falls past the end of the day is due on that day, from its beginning."""
    due_at = moment.instant + timedelta(minutes=minutes)
    local = due_at.astimezone(timezone(timedelta(minutes=moment.offset_minutes)))
    day = study_day_of(local, rollover_hour)
    return (moment.study_day, due_at) if day <= moment.study_day else (day, None)


def raw_interval(progress: Progress | None, graded: Graded, policy: Policy) -> float:
    """Return the model's interval after a rating, in unrounded days."""
    memory = _remember(progress, graded, policy)
    return model_named(policy.model).interval(policy.parameters, memory, policy.desired_retention)


def interval_days(progress: Progress | None, graded: Graded, policy: Policy) -> int:
    """Return the whole days to the next review, fuzzed the same way for every rating.

    Hard, Good and Easy stay at least a day apart where the maximum allows it, and a success that the model would
    space further than the last time is not fuzzed below it.
    """
    last = progress.interval_days if progress and progress.phase is Phase.REVIEW else 0
    spread = fraction(graded.card_id, progress.reps if progress else 0)
    if graded.rating is Rating.AGAIN:
        return _whole_days(raw_interval(progress, graded, policy), spread, policy, 1)
    least = 1
    days = 1
    for rating in (Rating.HARD, Rating.GOOD, Rating.EASY):
        raw = raw_interval(progress, Graded(graded.card_id, graded.moment, rating), policy)
        floor_days = last + 1 if round_half_up(raw) > last else 1
        days = _whole_days(raw, spread, policy, max(least, floor_days))
        if rating is graded.rating:
            break
        if _reaches_review(progress, rating, policy):
            least = days + 1
    return days


def _reaches_review(progress: Progress | None, rating: Rating, policy: Policy) -> bool:
    return _phase(progress, rating, policy)[0] is Phase.REVIEW


def _whole_days(raw: float, spread: float, policy: Policy, least: int) -> int:
    least = min(least, policy.maximum_interval)
    if policy.fuzz:
        return fuzzed(raw, spread, policy.maximum_interval, least)
    return min(max(round_half_up(raw), least), policy.maximum_interval)
