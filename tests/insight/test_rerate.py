"""What another version of the rating rule would change; the journal stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from remembering import CARD, NO_STEPS, act, noon, review
from sciaquiz.insight.rerate import rerate
from sciaquiz.journal.entries import Certainty, Event, EventKind, Rating, Review

if TYPE_CHECKING:
    from sciaquiz.ids import CardId


def test_a_newer_rule_moves_what_it_rates_otherwise_and_says_so() -> None:
    fast = {"usual_ms": 10_000, "guess_probability": 0.25}
    reviews = [
        replace(
            review(
                number, noon(number * 3), rating=3, policy=NO_STEPS.digest, certainty=Certainty.CERTAIN, latency_ms=1000
            ),
            response={"chosen": "o0", "shown": ["o0"], **fast},
        )
        for number in range(3)
    ]
    before = list(reviews)

    def history(_: CardId) -> tuple[list[Review], list[Event]]:
        return list(reviews), []

    found = rerate([CARD], history, {NO_STEPS.digest: NO_STEPS}, 2)
    assert (found.answers, dict(found.changed)) == (3, {(Rating.GOOD, Rating.EASY): 3})
    [moved] = found.moved
    assert moved.would_be > moved.due
    assert found.lines()[0] == "3 of 3 ratings would differ; 1 card would be due on another day."
    assert rerate([CARD], history, {NO_STEPS.digest: NO_STEPS}, 1).changed == {}
    assert reviews == before


def test_what_was_taken_back_or_overruled_is_not_told_as_changed() -> None:
    fast = {"chosen": "o0", "shown": ["o0"], "usual_ms": 10_000, "guess_probability": 0.25}
    reviews = [
        replace(
            review(
                number, noon(number * 3), rating=3, policy=NO_STEPS.digest, certainty=Certainty.CERTAIN, latency_ms=1000
            ),
            response=fast,
        )
        for number in range(3)
    ]
    events = [
        act(3, EventKind.VOID, noon(7), target=reviews[0].id),
        act(4, EventKind.OVERRULE, noon(7), {"rating": 2}, target=reviews[1].id),
    ]
    found = rerate([CARD], lambda _: (reviews, events), {NO_STEPS.digest: NO_STEPS}, 2)
    assert (found.answers, dict(found.changed)) == (2, {(Rating.GOOD, Rating.EASY): 1})
