"""One pass over the reviews of a card that count, each with what the card had come to: figures are sums over it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import CardState
from sciaquiz.memory.replay import in_force, marks_of, state_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from sciaquiz.ids import CardId, Digest
    from sciaquiz.journal.entries import Event, Rating, Review
    from sciaquiz.memory.policy import Policy


@dataclass(frozen=True, slots=True)
class Standing:
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
    counted = in_force(reviews, events)
    state = CardState(card_id=card_id, marks=marks_of(counted.events))
    days: set[date] = set()
    for review in counted.reviews:
        day, rating = review.moment.study_day, counted.rating(review)
        before, state = state, state_after(state, review, rating, policies)
        yield Standing(review, rating, before, state, review.schedules and day not in days)
        if review.schedules:
            days.add(day)
