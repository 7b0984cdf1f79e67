"""Why a card comes back when it does: the whole chain, as values and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sciaquiz.memory.forecast import retrievability_now
from sciaquiz.memory.fuzz import fuzz_range
from sciaquiz.memory.replay import overruled, standing_reviews
from sciaquiz.memory.schedule import Graded, advance, elapsed_days, preview, raw_interval
from sciaquiz.memory.words import days_words, interval_words
from sciaquiz.record import Phase, Rating

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.clock import Moment
    from sciaquiz.memory.policy import Policy
    from sciaquiz.record import CardState, Event, Progress, Review

MOST_ANSWERS = 5


@dataclass(frozen=True, slots=True)
class Link:
    """One answer in the chain: what it was, the rating that counted, and what the card came to by it."""

    review: Review
    overruled: bool
    before: Progress | None
    after: Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """The chain from the answers to the due date, and what each rating now would lead to.

    `recall` is the chance of recall today, `raw_days` the model's unrounded interval after the last answer and
    `fuzz_days` the range it was spread over; they are None for a card that was never answered, or is on a step.
    """

    state: CardState
    now: Moment
    policy: Policy
    links: tuple[Link, ...]
    recall: float | None
    raw_days: float | None
    fuzz_days: tuple[int, int] | None
    previews: Mapping[Rating, Progress]


def explain_card(
    state: CardState, reviews: Sequence[Review], events: Sequence[Event], now: Moment, policy: Policy
) -> Reasons:
    """Explain one card by its entries. The chain is told by the policy in force now."""
    links: list[Link] = []
    progress: Progress | None = None
    changed = overruled(events)
    for review in standing_reviews(reviews, events):
        after = advance(progress, Graded(state.card_id, review.moment, review.rating), policy)
        links.append(Link(review, review.id in changed, progress, after))
        progress = after
    raw = spread = None
    if links and links[-1].after.phase is Phase.REVIEW:
        last = links[-1]
        raw = raw_interval(last.before, Graded(state.card_id, last.review.moment, last.review.rating), policy)
        spread = fuzz_range(raw, policy.maximum_interval) if policy.fuzz else None
    return Reasons(
        state=state,
        now=now,
        policy=policy,
        links=tuple(links),
        recall=retrievability_now(state.progress, now.study_day, policy) if state.progress else None,
        raw_days=raw,
        fuzz_days=spread,
        previews=preview(state.progress, state.card_id, now, policy),
    )


def lines(reasons: Reasons) -> tuple[str, ...]:
    """Tell the reasons in plain lines of at most 76 columns."""
    told = [*_answers(reasons), *_memory(reasons), *_due(reasons), "", "If you answer it now:"]
    for rating, progress in reasons.previews.items():
        told.append(f"  {rating.name.lower():<6} back {interval_words(progress, reasons.now)}")
    return tuple(told)


def _answers(reasons: Reasons) -> list[str]:
    if not reasons.links:
        return ["You have not answered this card yet."]
    count = len(reasons.links)
    told = ["You answered it once." if count == 1 else f"You answered it {count} times. The latest:"]
    for link in reasons.links[-MOST_ANSWERS:]:
        review = link.review
        sure = f", {review.certainty.name.lower().replace('_', ' ')}" if review.certainty else ""
        seconds = f", {review.latency_ms / 1000:.0f} s" if review.latency_ms is not None else ""
        word = "right" if review.correct else "wrong"
        rating = review.rating.name.lower()
        by = "overruled by you" if link.overruled else f"rule {review.rule}"
        told.append(f"  {review.moment.study_day}  {word}{sure}{seconds}: {rating} ({by})")
    return told


def _memory(reasons: Reasons) -> list[str]:
    progress = reasons.state.progress
    if progress is None or reasons.recall is None:
        return []
    gone = elapsed_days(progress, reasons.now.study_day)
    since = "today" if gone == 0 else "1 day ago" if gone == 1 else f"{gone} days ago"
    return [
        "",
        f"Stability {progress.memory.stability:.1f} days, difficulty {progress.memory.difficulty:.1f} of 10"
        f" ({reasons.policy.model}).",
        f"Last answer {since}: recall now {reasons.recall:.0%}, target {reasons.policy.desired_retention:.0%}.",
    ]


def _due(reasons: Reasons) -> list[str]:
    progress, marks = reasons.state.progress, reasons.state.marks
    told = []
    if progress is not None:
        if progress.phase is not Phase.REVIEW:
            told.append(
                f"It is on {progress.phase.value} step {progress.step + 1}: due {_when(progress, reasons.now)}."
            )
        else:
            if reasons.raw_days is not None:
                told.append(f"Recall falls to the target after {reasons.raw_days:.1f} days.")
            if reasons.fuzz_days and reasons.fuzz_days[0] < reasons.fuzz_days[1]:
                shortest, longest = reasons.fuzz_days
                told.append(f"Spread over {shortest} to {longest} days, so that cards do not come in lumps.")
            if progress.interval_days >= reasons.policy.maximum_interval:
                told.append(f"Capped at your longest interval, {reasons.policy.maximum_interval} days.")
            told.append(
                f"Interval {progress.interval_days} {'day' if progress.interval_days == 1 else 'days'}:"
                f" due on {progress.due_day}, {_when(progress, reasons.now)}."
            )
        if progress.lapses:
            told.append(
                f"Forgotten {progress.lapses} {'time' if progress.lapses == 1 else 'times'} since it was learnt."
            )
    if marks.suspended:
        told.append("You suspended it: it is not asked.")
    if marks.buried_until is not None and marks.buried_until > reasons.now.study_day:
        told.append(f"You put it off until {marks.buried_until}.")
    if marks.note:
        told.append(f"Your note: {marks.note}")
    return told


def _when(progress: Progress, now: Moment) -> str:
    overdue = (now.study_day - progress.due_day).days
    if overdue > 0:
        return f"{overdue} {'day' if overdue == 1 else 'days'} ago"
    if progress.due_at is not None and progress.due_at <= now.instant:
        return "now"
    return interval_words(progress, now) if progress.due_at else days_words(-overdue)
