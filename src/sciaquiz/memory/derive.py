"""All that is derived from the entries about one card: by a replay, or by one step where that gives the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct, field

from sciaquiz.memory.daily import NOTHING, figures_of, plus
from sciaquiz.memory.history import Standing, standings
from sciaquiz.memory.model import name_of
from sciaquiz.memory.replay import first_state, in_force, policy_named_by, state_after, steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date, datetime

    from sciaquiz.ids import CardId, DeckId, Digest
    from sciaquiz.journal.entries import CardState, Event, Review
    from sciaquiz.memory.daily import Days, Figures
    from sciaquiz.memory.policy import Policy


class Reached(Struct, frozen=True):
    """How far the entries about a card go.

    `instant` is the latest of any entry, also of one that was taken back; `day` the latest study day of a review that
    counts and moves the schedule, None without one.
    """

    instant: datetime
    day: date | None


class Derived(Struct, frozen=True):
    """What the entries about a card come to, how far they go, and what they add to the figures of the days.

    `reached` is None where there is no entry.
    """

    state: CardState
    reached: Reached | None
    days: Days = field(default_factory=dict)


def derive(
    card_id: CardId, reviews: Sequence[Review], events: Sequence[Event], policies: Mapping[Digest, Policy]
) -> Derived:
    """Replay all entries about a card, in whatever order they come: `replay`, and what goes with it."""
    counted = in_force(reviews, events)
    course = tuple(steps(card_id, counted, policies))
    state = course[-1].after if course else first_state(card_id, counted)
    days: dict[tuple[DeckId, date], Figures] = {}
    scheduled: set[date] = set()
    for standing in standings(course):
        day = standing.review.moment.study_day
        key = (standing.review.deck_id, day)
        days[key] = plus(days.get(key, NOTHING), figures_of(standing))
        if standing.review.schedules:
            scheduled.add(day)
    instants = [review.moment.instant for review in reviews] + [event.moment.instant for event in events]
    return Derived(state, Reached(max(instants), max(scheduled, default=None)) if instants else None, days)


def derive_next(before: Derived, review: Review, policies: Mapping[Digest, Policy]) -> Derived | None:
    """Return what one more review comes to, with the figures of this review alone; None where only a replay can tell.

    A review later than every entry about its card, on no earlier study day than any review that counts, is the last in
    the order that counts and moves no other. Nothing may be said about it yet, neither a void nor an overrule. Under
    another model than before, the memory has to be made anew from all answers.
    """
    reached, day = before.reached, review.moment.study_day
    if reached is None or review.moment.instant <= reached.instant or (reached.day is not None and day < reached.day):
        return None
    progress = before.state.progress
    if review.schedules and progress and name_of(progress.memory) != policy_named_by(review, policies).model:
        return None
    state = state_after(before.state, review, review.rating, policies)
    is_first = review.schedules and day != reached.day
    standing = Standing(review, review.rating, before.state, state, is_first_of_day=is_first)
    reached = Reached(review.moment.instant, day if review.schedules else reached.day)
    return Derived(state, reached, {(review.deck_id, day): figures_of(standing)})
