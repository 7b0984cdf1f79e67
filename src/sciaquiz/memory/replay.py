"""From the journal to the state of a card: the only way there is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from sciaquiz.memory.policy import Policy
from sciaquiz.memory.schedule import Graded, advance
from sciaquiz.record import CardState, EventKind, Marks, Rating, Review

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from sciaquiz.ids import CardId, DeviceId, Digest, EntryId
    from sciaquiz.record import Event, Progress

    Entry = Review | Event

LEECH_LAPSES = 8
DEFAULT_POLICY = Policy()
E_ = TypeVar("E_", bound="Review | Event")


def in_order(entries: Iterable[E_]) -> list[E_]:
    """Return entries in the order that counts, whatever order they arrived in.

    Each device's entries go by its own sequence; devices are merged by the latest instant that a device had reached,
    so that a clock that jumps backwards reorders nothing.
    """
    reached: dict[DeviceId, datetime] = {}
    placed = []
    for entry in sorted(entries, key=lambda entry: (entry.device_id, entry.seq)):
        latest = max(reached.get(entry.device_id, entry.moment.instant), entry.moment.instant)
        reached[entry.device_id] = latest
        placed.append(((latest, entry.device_id, entry.seq), entry))
    placed.sort(key=lambda pair: pair[0])
    return [entry for _, entry in placed]


def voided(events: Iterable[Event]) -> set[EntryId]:
    """Return the identities of the entries that no longer count. A void is never itself voided."""
    return {event.target for event in events if event.kind is EventKind.VOID and event.target is not None}


def overruled(events: Iterable[Event]) -> dict[EntryId, Rating]:
    """Return the ratings that the student gave instead, the latest of each review."""
    gone = voided(events)
    ratings: dict[EntryId, Rating] = {}
    for event in in_order(event for event in events if event.kind is EventKind.OVERRULE and event.id not in gone):
        try:
            rating = Rating(event.payload.get("rating"))  # type: ignore[arg-type]
        except ValueError:
            continue
        if event.target is not None:
            ratings[event.target] = rating
    return ratings


def standing_reviews(reviews: Iterable[Review], events: Sequence[Event]) -> list[Review]:
    """Return the reviews that count, in order, each with the rating that counts."""
    gone, ratings = voided(events), overruled(events)
    return [
        replace(review, rating=ratings[review.id]) if review.id in ratings else review
        for review in in_order(review for review in reviews if review.id not in gone)
    ]


def replay(
    card_id: CardId, reviews: Iterable[Review], events: Sequence[Event], policies: Mapping[Digest, Policy]
) -> CardState:
    """Return the state of one card from all entries about it. A policy that is not known counts as the default."""
    progress: Progress | None = None
    for review in standing_reviews(reviews, events):
        policy = policies.get(review.policy, DEFAULT_POLICY)
        progress = advance(progress, Graded(card_id, review.moment, review.rating), policy)
    return CardState(card_id=card_id, progress=progress, marks=_marks(events))


def _marks(events: Sequence[Event]) -> Marks:
    gone = voided(events)
    marks = Marks()
    for event in in_order(event for event in events if event.id not in gone):
        match event.kind:
            case EventKind.SUSPEND | EventKind.RESUME:
                marks = replace(marks, suspended=event.kind is EventKind.SUSPEND)
            case EventKind.BURY:
                try:
                    marks = replace(marks, buried_until=date.fromisoformat(str(event.payload.get("until"))))
                except ValueError:
                    continue
            case EventKind.UNBURY:
                marks = replace(marks, buried_until=None)
            case EventKind.FLAG | EventKind.UNFLAG:
                marks = replace(marks, flagged=event.kind is EventKind.FLAG)
            case EventKind.NOTE:
                text = event.payload.get("text")
                marks = replace(marks, note=text) if isinstance(text, str) else marks
            case _:
                pass
    return marks


def is_leech(lapses: int, threshold: int = LEECH_LAPSES) -> bool:
    """Say whether this count of lapses makes a leech: at the threshold, then every half of it (8, 12, 16 ...)."""
    return lapses >= threshold and (lapses - threshold) % max(1, threshold // 2) == 0


def leech_now(before: Progress | None, after: Progress, threshold: int = LEECH_LAPSES) -> bool:
    """Say whether the answer between these two made the card a leech."""
    return after.lapses > (before.lapses if before else 0) and is_leech(after.lapses, threshold)
