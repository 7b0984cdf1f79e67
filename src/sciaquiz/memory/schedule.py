"""One answer moves one card: steps within the day, then intervals by the model of memory."""

from __future__ import annotations

from datetime import date, timedelta, timezone
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.clock import study_day_of
from sciaquiz.journal.entries import Memory, Phase, Progress, Rating
from sciaquiz.memory.fuzz import fraction, fuzz_range, least_after, pick, round_half_up
from sciaquiz.memory.model import model_named

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from sciaquiz.clock import Moment
    from sciaquiz.ids import CardId
    from sciaquiz.memory.fuzz import Spreads
    from sciaquiz.memory.model import MemoryModel
    from sciaquiz.memory.policy import Policy


class Graded(Struct, frozen=True):
    """What an answer tells the model of memory, and nothing else of it; `spreads` as they were chosen with it."""

    card_id: CardId
    moment: Moment
    rating: Rating
    spreads: Spreads = ()


class Spacing(Struct, frozen=True, kw_only=True):
    """How a card's interval came about, in days.

    `raw` is the model's unrounded interval. The whole days had to be at least `after_last` (not less than last time
    for want of luck) and `apart` (more than a lower rating gives). They were then found between `shortest` and
    `longest`, both alike without fuzz. `is_chosen` says that the answer kept which of them; else the card's own number
    picked it.
    """

    raw: float
    after_last: int
    apart: int
    shortest: int
    longest: int
    days: int
    is_chosen: bool = False


class Cap(StrEnum):
    """What moved an interval besides the model and the fuzz."""

    ONE_DAY = "no interval is shorter than a day"
    GROWING = "the fuzz does not undo growth since the last interval"
    APART = "better answers are kept at least a day apart"
    MAXIMUM = "held at your longest interval"


def advance(progress: Progress | None, graded: Graded, policy: Policy) -> Progress:
    """Return what a card comes to by one answer.

    Elapsed time is never negative: a clock that went backwards counts as the same day. The memory has to be of the
    model that the policy names: see `remaking`.
    """
    _, memory, spaced = _outlooks(progress, graded.card_id, graded.moment, policy, graded.spreads, graded.rating)[0]
    return _progress(progress, graded.moment, graded.rating, policy, memory, spaced)


def preview(
    progress: Progress | None, card_id: CardId, moment: Moment, policy: Policy, spreads: Spreads = ()
) -> Mapping[Rating, Progress]:
    """Return what each rating given now, with these spreads, would lead to."""
    return {
        rating: _progress(progress, moment, rating, policy, memory, spaced)
        for rating, memory, spaced in _outlooks(progress, card_id, moment, policy, spreads)
    }


def _progress(
    progress: Progress | None, moment: Moment, rating: Rating, policy: Policy, memory: Memory, spaced: Spacing | None
) -> Progress:
    phase, step = _phase(progress, rating, policy)
    lapsed = progress is not None and progress.phase is Phase.REVIEW and rating is Rating.AGAIN
    today = moment.study_day
    if spaced is None:
        interval = 0
        due_day, due_at = _due_within_day(moment, _minutes(phase, step, rating, policy), policy.rollover_hour)
    else:
        interval = spaced.days
        due_day, due_at = _days_after(today, interval), None
    return Progress(
        phase=phase,
        step=step,
        memory=memory,
        due_day=due_day,
        due_at=due_at,
        interval_days=interval,
        first_day=progress.first_day if progress else today,
        last_day=today,
        last_at=moment.instant,
        last_rating=rating,
        reps=progress.reps + 1 if progress else 1,
        lapses=(progress.lapses if progress else 0) + lapsed,
    )


def elapsed_days(progress: Progress, today: date) -> int:
    """Return the study days since the last review, at least 0."""
    return max(0, (today - progress.last_day).days)


def elapsed_under(model: MemoryModel, day: date, instant: datetime, moment: Moment) -> float:
    """Return the days from a review, on a study day and at an instant, to a later moment as a model counts them.

    At least 0, as a clock may have gone backwards.
    """
    if model.counts_study_days:
        return max(0, (moment.study_day - day).days)
    return max(0.0, (moment.instant - instant) / timedelta(days=1))


def spacing(progress: Progress | None, graded: Graded, policy: Policy) -> Spacing | None:
    """Return the whole days to the next review, and how they were found; None for a card on a step within the day.

    A rating is fuzzed by the spread that was chosen for it, else each by the same fraction. Hard, Good and Easy stay
    at least a day apart where the maximum allows it; Hard may give as little as Again does.
    """
    return _outlooks(progress, graded.card_id, graded.moment, policy, graded.spreads, graded.rating)[0][2]


def spreads_by(
    choose: Callable[[Spacing], float | None],
    progress: Progress | None,
    card_id: CardId,
    moment: Moment,
    policy: Policy,
) -> Spreads:
    """Return for each rating the spread that is chosen, seen how its interval would else come about, None for none.

    Nothing where that is so of every rating.
    """
    own = fraction(card_id, progress.reps if progress else 0)
    apart, found = 1, []
    for rating in Rating:
        chosen = None
        if _phase(progress, rating, policy)[0] is Phase.REVIEW:
            memory = _remember(progress, rating, moment, policy)
            spaced = _spaced(progress, rating, memory, policy, (own, None), apart)
            chosen = choose(spaced)
            days = spaced.days if chosen is None else pick(chosen, spaced.shortest, spaced.longest)
            apart = _apart_from(rating, days)
        found.append(chosen)
    return tuple(found) if any(spread is not None for spread in found) else ()


def _outlooks(
    progress: Progress | None,
    card_id: CardId,
    moment: Moment,
    policy: Policy,
    spreads: Spreads,
    only: Rating | None = None,
) -> list[tuple[Rating, Memory, Spacing | None]]:
    """Return for each rating, or one, the memory that follows, and the interval unless a step within the day does."""
    own = fraction(card_id, progress.reps if progress else 0)
    apart, found = 1, []
    for rating in Rating:
        is_spaced = _phase(progress, rating, policy)[0] is Phase.REVIEW
        is_wanted = only is None or rating is only
        if not (is_spaced or is_wanted):
            continue
        memory, spaced = _remember(progress, rating, moment, policy), None
        if is_spaced:
            chosen = spreads[rating - 1] if rating <= len(spreads) else None
            spaced = _spaced(progress, rating, memory, policy, (own, chosen), apart)
            apart = _apart_from(rating, spaced.days)
        if is_wanted:
            found.append((rating, memory, spaced))
        if rating is only:
            break
    return found


def _apart_from(rating: Rating, days: int) -> int:
    """Return the fewest days that the rating above may give."""
    return days if rating is Rating.AGAIN else days + 1


def _spaced(
    progress: Progress | None,
    rating: Rating,
    memory: Memory,
    policy: Policy,
    spread: tuple[float, float | None],
    apart: int,
) -> Spacing:
    raw = model_named(policy.model).interval(policy.parameters, memory, policy.desired_retention)
    most = policy.maximum_interval
    passed_again = progress is not None and progress.phase is Phase.REVIEW and rating is not Rating.AGAIN
    after_last = least_after(progress.interval_days, raw, most) if progress and passed_again else 0
    least, is_chosen = max(after_last, apart), False
    if policy.fuzz:
        shortest, longest = fuzz_range(raw, most, least)
        own, chosen = spread
        is_chosen = chosen is not None and shortest < longest
        days = pick(own if chosen is None else chosen, shortest, longest)
    else:
        shortest = longest = days = min(max(round_half_up(raw), least), most)
    return Spacing(
        raw=raw, after_last=after_last, apart=apart, shortest=shortest, longest=longest, days=days, is_chosen=is_chosen
    )


def _remember(progress: Progress | None, rating: Rating, moment: Moment, policy: Policy) -> Memory:
    model = model_named(policy.model)
    if progress is None:
        return model.first(policy.parameters, rating)
    elapsed = elapsed_under(model, progress.last_day, progress.last_at, moment)
    return model.after(policy.parameters, progress.memory, elapsed, rating)


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


def _minutes(phase: Phase, step: int, rating: Rating, policy: Policy) -> float:
    """Return the wait of a step in minutes."""
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


def _days_after(day: date, days: int) -> date:
    """Return a later day; the last that a date can name for one that a broken clock put beyond it."""
    return date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
