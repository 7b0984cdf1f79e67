"""One pass over the reviews that count, each with the state of its card before it: what every figure is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Phase, Rating
from sciaquiz.memory.replay import DEFAULT_POLICY, SCHEDULING_MODES, standing_reviews
from sciaquiz.memory.schedule import Graded, advance

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from sciaquiz.ids import CardId, Digest
    from sciaquiz.journal.entries import Event, Progress, Review
    from sciaquiz.memory.policy import Policy


@dataclass(frozen=True, slots=True)
class Standing:
    """A review that counts, with the rating that counts.

    `before` is what the card had come to, None if it was new. `first_of_day` is whether the card had no earlier review
    on the same study day.
    """

    review: Review
    before: Progress | None
    first_of_day: bool


def history(
    entries: Iterable[tuple[CardId, Sequence[Review], Sequence[Event]]], policies: Mapping[Digest, Policy]
) -> Iterator[Standing]:
    """Yield the reviews that count, card by card, each card's in the order in which they count.

    `entries` are all entries about each card, in any order. A policy that is not known counts as the default.
    """
    for card_id, reviews, events in entries:
        before: Progress | None = None
        days: set[date] = set()
        for review in standing_reviews(reviews, events):
            if review.mode not in SCHEDULING_MODES:
                continue
            day = review.moment.study_day
            yield Standing(review, before, day not in days)
            days.add(day)
            policy = policies.get(review.policy, DEFAULT_POLICY)
            before = advance(before, Graded(card_id, review.moment, review.rating), policy)


@dataclass(frozen=True, slots=True)
class Retention:
    """How many of some reviews were remembered."""

    passed: int
    reviews: int


def true_retention(reviews: Iterable[Standing], since: date) -> Retention:
    """Count, from this study day on, the first reviews of a day of cards past learning, and those not rated Again.

    This is Anki's definition of true retention.
    """
    rated = [
        standing.review.rating
        for standing in reviews
        if standing.first_of_day
        and standing.review.moment.study_day >= since
        and standing.before is not None
        and standing.before.phase is Phase.REVIEW
    ]
    return Retention(passed=sum(rating is not Rating.AGAIN for rating in rated), reviews=len(rated))
