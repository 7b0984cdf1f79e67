"""Filling a journal with many answers, quickly: rows as the journal writes them, states by one replay at the end."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

from sciaquiz.clock import moment_at
from sciaquiz.deck.library import read_library
from sciaquiz.ids import CardId, DeckId, DeviceId, EntryId, digest_of
from sciaquiz.journal.entries import CardState, Certainty, Rating, Review
from sciaquiz.marking.rating import RULE
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.schedule import Graded, advance
from sciaquiz.paths import shipped_decks
from sciaquiz.store.codec import review_row, state_row
from sciaquiz.store.connect import open_for_writing
from sciaquiz.store.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from sciaquiz.journal.entries import Progress

BATCH = 20_000


def fill(path: Path, *, cards: int, reviews: int, now: datetime, seed: int = 1) -> list[CardId]:
    """Write `reviews` answers over `cards` cards, spread over the year before `now`; returns the cards.

    The first cards are those of the shipped decks, so that the app has something to show.
    """
    random = Random(seed)
    policy = Policy()
    journal = Journal.open(path, moment_at(now))
    shipped = [card.id for deck in read_library([shipped_decks()]).decks for card in deck.cards()]
    names = (shipped + [CardId(f"made-{number}") for number in range(cards)])[:cards]
    each = max(1, reviews // cards)
    rows, states = [], []
    seq = 0
    connection = open_for_writing(path)
    connection.execute("PRAGMA synchronous=OFF")
    for card_id in names:
        progress: Progress | None = None
        local = now - timedelta(days=360, minutes=random.randrange(5000))
        for number in range(each):
            moment = moment_at(local.astimezone(UTC))
            rating = random.choices(list(Rating), weights=(2, 1, 7, 0))[0]
            progress = advance(progress, Graded(card_id, moment, rating), policy)
            seq += 1
            rows.append(
                review_row(
                    Review(
                        id=EntryId(f"{seq:08x}-0000-7000-8000-000000000000"),
                        device_id=DeviceId("filled"),
                        seq=seq,
                        card_id=card_id,
                        deck_id=DeckId("made"),
                        question_version=digest_of(card_id),
                        moment=moment,
                        response={"chosen": "a", "shown": ["a", "b", "c", "d"]},
                        correct=rating is not Rating.AGAIN,
                        score=float(rating is not Rating.AGAIN),
                        certainty=Certainty.THINK_SO,
                        latency_ms=random.randrange(3000, 20000),
                        rating=rating,
                        rule=RULE,
                        policy=policy.digest,
                    ),
                    "single",
                )
            )
            local += timedelta(days=max(progress.interval_days, 0) if number % 3 else 3, minutes=11)
            local = min(local, now - timedelta(minutes=random.randrange(1, 500)))
        if progress is not None:
            states.append(state_row(CardState(card_id=card_id, progress=progress)))
        if len(rows) >= BATCH:
            _write(connection, "review", rows)
            rows = []
    _write(connection, "review", rows)
    _write(connection, "card_state", states)
    connection.close()
    journal.close()
    return names


def _write(connection: object, name: str, rows: list[dict[str, object]]) -> None:
    if not rows:
        return
    columns = list(rows[0])
    marks = ", ".join("?" for _ in columns)
    execute = connection.executemany  # type: ignore[attr-defined] # sqlite3's
    plain = [
        tuple(
            json.dumps(value)
            if isinstance(value, dict)
            else value.isoformat()
            if hasattr(value, "isoformat")
            else value
            for value in row.values()
        )
        for row in rows
    ]
    connection.execute("BEGIN")  # type: ignore[attr-defined]
    execute(f"INSERT INTO {name} ({', '.join(columns)}) VALUES ({marks})", plain)  # noqa: S608 -- our own names
    connection.execute("COMMIT")  # type: ignore[attr-defined]
