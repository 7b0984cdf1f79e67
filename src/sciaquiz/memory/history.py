"""One pass over the reviews of a card that count, each with what the card had come to: figures are sums over it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.journal.entries import Review
from sciaquiz.memory.replay import in_force, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from sciaquiz.ids import CardId, Digest
    from sciaquiz.journal.entries import CardState, Event, Rating
    from sciaquiz.memory.policy import Policy
    from sciaquiz.memory.replay import Step


class Standing(Struct, frozen=True):
    """A review that counts, and the `rating` that counts for it.

    `before` and `after` are what the card had come to and came to. `is_first_of_day` is whether it moves the schedule
    and the card has no earlier review that does on the same study day.
    """

    review: Review
    rating: Rating
    before: CardState
    after: CardState
    is_first_of_day: bool


def history_of(
    card_id: CardId, reviews: Iterable[Review], events: Iterable[Event], policies: Mapping[Digest, Policy]
) -> Iterator[Standing]:
    """Yield the reviews of a card that count, in the order in which they do, from all entries about it in any order.

    A policy that is not known counts as the default.
    """
    return standings(steps(card_id, in_force(reviews, events), policies))


def standings(course: Iterable[Step]) -> Iterator[Standing]:
    """Yield the reviews among what moved a card."""
    days: set[date] = set()
    for step in course:
        if not isinstance(step.entry, Review) or step.rating is None:
            continue
        review, day = step.entry, step.entry.moment.study_day
        yield Standing(review, step.rating, step.before, step.after, review.schedules and day not in days)
        if review.schedules:
            days.add(day)
