"""Filling a journal with many answers, quickly: rows as the journal writes them, states by one replay at the end."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from sciaquiz.clock import moment_at
from sciaquiz.deck.library import read_library
from sciaquiz.ids import CardId, DeckId, DeviceId, EntryId, digest_of
from sciaquiz.journal.entries import Certainty, Event, EventKind, Rating, Review
from sciaquiz.marking.rating import RULE
from sciaquiz.memory.daily import FIGURES, NOTHING, plus
from sciaquiz.memory.derive import Derived, derive, derive_next
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.schedule import Graded, advance
from sciaquiz.paths import shipped_decks
from sciaquiz.store.cardstates import state_row
from sciaquiz.store.codec import EVENT_READERS, event_row, insertion, payload_of, review_row, values_of
from sciaquiz.store.connect import open_for_writing
from sciaquiz.store.deriving import reached_columns
from sciaquiz.store.journal import Journal

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from sciaquiz.ids import Digest
    from sciaquiz.journal.entries import Progress
    from sciaquiz.memory.daily import Figures

BATCH = 20_000


def fill(
    path: Path, *, cards: int, reviews: int, now: datetime, seed: int = 1, policy: Policy | None = None
) -> list[CardId]:
    """Write `reviews` answers over `cards` cards, each when it was due by a policy, up to `now`; returns the cards.

    The first cards are those of the shipped decks, so that the app has something to show.
    """
    random = Random(seed)
    policy = policy or Policy()
    policies = {policy.digest: policy}
    journal = Journal.open(path, moment_at(now))
    shipped = [card.id for deck in read_library([shipped_decks()]).decks for card in deck.cards()]
    names = (shipped + [CardId(f"made-{number}") for number in range(cards)])[:cards]
    each = max(1, reviews // cards)
    rows: list[dict[str, Any]] = []
    states: list[dict[str, Any]] = []
    days: dict[tuple[DeckId, date], Figures] = {}
    seq = 0
    connection = open_for_writing(path)
    connection.execute("PRAGMA synchronous=OFF")
    for card_id in names:
        given: list[Review] = []
        derived: Derived | None = None
        ratings = [random.choices(list(Rating), weights=(2, 1, 7, 0))[0] for _ in range(each)]
        ratings[-1] = max(ratings[-1], Rating.GOOD)
        for local, rating in zip(_when(card_id, ratings, policy, now, random), ratings, strict=True):
            seq += 1
            given.append(
                Review(
                    id=EntryId(f"{seq:08x}-0000-7000-8000-000000000000"),
                    device_id=DeviceId("filled"),
                    seq=seq,
                    card_id=card_id,
                    deck_id=DeckId("made"),
                    question_version=digest_of(card_id),
                    moment=moment_at(local.astimezone(UTC).replace(microsecond=0)),
                    response={"chosen": "a", "shown": ["a", "b", "c", "d"]},
                    correct=rating is not Rating.AGAIN,
                    score=float(rating is not Rating.AGAIN),
                    certainty=Certainty.THINK_SO,
                    latency_ms=random.randrange(3000, 20000),
                    rating=rating,
                    rule=RULE,
                    policy=policy.digest,
                )
            )
            derived = _derived(derived, given, policies)
        if derived is not None:
            reached_ms, reached_day = reached_columns(derived)
            states.append({**state_row(derived.state), "reached_ms": reached_ms, "reached_day": reached_day})
            for key, figures in derived.days.items():
                days[key] = plus(days.get(key, NOTHING), figures)
        rows += [review_row(review, "single") for review in given]
        if len(rows) >= BATCH:
            _write(connection, "review", rows)
            rows = []
    _write(connection, "review", rows)
    _write(connection, "card_state", states)
    _write(
        connection,
        "day_stat",
        [
            {"study_day": day, "deck_id": deck_id, **dict(zip(FIGURES, figures, strict=True))}
            for (deck_id, day), figures in days.items()
        ],
    )
    connection.execute(insertion("event", EVENT_READERS), values_of(event_row(_policy_event(policy, now))))
    connection.close()
    journal.close()
    return names


def _when(card_id: CardId, ratings: list[Rating], policy: Policy, now: datetime, random: Random) -> list[datetime]:
    """When a card is answered: each time when it is due, the last time so that it is due within its last interval.

    One in thirty is overdue.
    """
    progress: Progress | None = None
    at, instants = now, []
    for rating in ratings:
        instants.append(at)
        progress = advance(progress, Graded(card_id, moment_at(at), rating), policy)
        at += timedelta(days=max(progress.interval_days, 0), minutes=11)
    assert progress is not None
    gone = timedelta(days=round(progress.interval_days * random.random() * 31 / 30), minutes=random.randrange(1, 600))
    return [instant - (instants[-1] - now) - gone for instant in instants]


def _derived(before: Derived | None, reviews: list[Review], policies: Mapping[Digest, Policy]) -> Derived:
    """What the answers to a card come to: one step after the last if that is allowed, with the days of all of them."""
    last = reviews[-1]
    after = before and derive_next(before, last, policies)
    if before is None or after is None:
        return derive(last.card_id, reviews, (), policies)
    days = dict(before.days)
    for key, figures in after.days.items():
        days[key] = plus(days.get(key, NOTHING), figures)
    return replace(after, days=days)


def _policy_event(policy: Policy, now: datetime) -> Event:
    return Event(
        id=EntryId("00000000-0000-7000-8000-000000000000"),
        kind=EventKind.POLICY,
        moment=moment_at(now),
        payload=payload_of(policy),
        device_id=DeviceId("filled"),
        seq=0,
    )


def _write(connection: sqlite3.Connection, name: str, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute("BEGIN")
        connection.executemany(insertion(name, rows[0]), map(values_of, rows))
        connection.execute("COMMIT")
