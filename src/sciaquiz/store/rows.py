"""Between rows of the journal and core types, and the checksum that a row carries."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from sciaquiz.clock import Moment
from sciaquiz.ids import CardId, DeckId, DeviceId, Digest, EntryId
from sciaquiz.record import (
    CardState,
    Certainty,
    Event,
    EventKind,
    Marks,
    Memory,
    Mode,
    Phase,
    Progress,
    Rating,
    Review,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sciaquiz.memory.policy import Policy

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def to_ms(instant: datetime) -> int:
    """Return milliseconds since 1970, exactly."""
    return (instant - EPOCH) // MILLISECOND


def from_ms(ms: int) -> datetime:
    """Return the aware instant."""
    return EPOCH + ms * MILLISECOND


def as_day(value: date | str) -> date:
    """Return a study day, however the driver gave it."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def checksum(row: Mapping[str, Any]) -> str:
    """Return 16 hexadecimal digits over all columns of a row but the checksum itself."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
    plain.pop("checksum", None)
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return blake2b(text.encode(), digest_size=8).hexdigest()


def review_row(review: Review, kind: str) -> dict[str, Any]:
    """Return the row of a review, its checksum included."""
    row: dict[str, Any] = {
        "id": review.id,
        "device_id": review.device_id,
        "seq": review.seq,
        "card_id": review.card_id,
        "deck_id": review.deck_id,
        "kind": kind,
        "question_version": review.question_version,
        **_moment_columns(review.moment),
        "correct": review.correct,
        "score": review.score,
        "certainty": None if review.certainty is None else int(review.certainty),
        "latency_ms": review.latency_ms,
        "rating": int(review.rating),
        "rule": review.rule,
        "policy": review.policy,
        "mode": review.mode.value,
        "response": dict(review.response),
    }
    return {**row, "checksum": checksum(row)}


def payload_of(policy: Policy) -> dict[str, Any]:
    """Return a scheduling policy as plain JSON values."""
    plain: dict[str, Any] = json.loads(json.dumps(asdict(policy)))
    return plain


def event_row(event: Event) -> dict[str, Any]:
    """Return the row of an event, its checksum included."""
    row: dict[str, Any] = {
        "id": event.id,
        "device_id": event.device_id,
        "seq": event.seq,
        "kind": event.kind.value,
        "card_id": event.card_id,
        "target": event.target,
        **_moment_columns(event.moment),
        "payload": dict(event.payload),
    }
    return {**row, "checksum": checksum(row)}


def _moment_columns(moment: Moment) -> dict[str, Any]:
    return {
        "study_day": moment.study_day,
        "at_ms": to_ms(moment.instant),
        "offset_minutes": moment.offset_minutes,
    }


def _moment(row: Mapping[str, Any]) -> Moment:
    return Moment(from_ms(row["at_ms"]), row["offset_minutes"], as_day(row["study_day"]))


def review_of(row: Mapping[str, Any]) -> Review:
    """Return the review of a row."""
    return Review(
        id=EntryId(row["id"]),
        device_id=DeviceId(row["device_id"]),
        seq=row["seq"],
        card_id=CardId(row["card_id"]),
        deck_id=DeckId(row["deck_id"]),
        question_version=Digest(row["question_version"]),
        moment=_moment(row),
        correct=bool(row["correct"]),
        score=row["score"],
        certainty=None if row["certainty"] is None else Certainty(row["certainty"]),
        latency_ms=row["latency_ms"],
        rating=Rating(row["rating"]),
        rule=row["rule"],
        policy=Digest(row["policy"]),
        mode=Mode(row["mode"]),
        response=row["response"],
    )


def event_of(row: Mapping[str, Any]) -> Event:
    """Return the event of a row."""
    return Event(
        id=EntryId(row["id"]),
        device_id=DeviceId(row["device_id"]),
        seq=row["seq"],
        kind=EventKind(row["kind"]),
        card_id=None if row["card_id"] is None else CardId(row["card_id"]),
        target=None if row["target"] is None else EntryId(row["target"]),
        moment=_moment(row),
        payload=row["payload"],
    )


def state_row(state: CardState) -> dict[str, Any]:
    """Return the row of a card's state."""
    progress, marks = state.progress, state.marks
    columns: dict[str, Any] = dict.fromkeys(PROGRESS_COLUMNS)
    if progress is not None:
        columns = {
            "phase": progress.phase.value,
            "step": progress.step,
            "stability": progress.memory.stability,
            "difficulty": progress.memory.difficulty,
            "due_day": progress.due_day,
            "due_at_ms": None if progress.due_at is None else to_ms(progress.due_at),
            "interval_days": progress.interval_days,
            "first_day": progress.first_day,
            "last_day": progress.last_day,
            "last_at_ms": to_ms(progress.last_at),
            "last_rating": int(progress.last_rating),
            "reps": progress.reps,
            "lapses": progress.lapses,
        }
    return {
        "card_id": state.card_id,
        **columns,
        "suspended": marks.suspended,
        "buried_until": marks.buried_until,
        "flagged": marks.flagged,
        "note": marks.note,
    }


PROGRESS_COLUMNS = (
    "phase", "step", "stability", "difficulty", "due_day", "due_at_ms", "interval_days",
    "first_day", "last_day", "last_at_ms", "last_rating", "reps", "lapses",
)  # fmt: skip
STATE_COLUMNS = ("card_id", *PROGRESS_COLUMNS, "suspended", "buried_until", "flagged", "note")
NO_MARKS = Marks()
PHASES = {phase.value: phase for phase in Phase}
RATINGS = {rating.value: rating for rating in Rating}


def state_of(row: tuple[Any, ...]) -> CardState:
    """Return the state of a row whose columns stand in the order of STATE_COLUMNS."""
    (card_id, phase, step, stability, difficulty, due_day, due_at, interval,
     first_day, last_day, last_at, last_rating, reps, lapses, suspended, buried_until, flagged, note) = row  # fmt: skip
    progress = None
    if phase is not None:
        progress = Progress(
            phase=PHASES[phase],
            step=step,
            memory=Memory(stability, difficulty),
            due_day=as_day(due_day),
            due_at=None if due_at is None else from_ms(due_at),
            interval_days=interval,
            first_day=as_day(first_day),
            last_day=as_day(last_day),
            last_at=from_ms(last_at),
            last_rating=RATINGS[last_rating],
            reps=reps,
            lapses=lapses,
        )
    marks = NO_MARKS
    if suspended or buried_until or flagged or note:
        marks = Marks(
            suspended=bool(suspended),
            buried_until=as_day(buried_until) if buried_until else None,
            flagged=bool(flagged),
            note=note,
        )
    return CardState(card_id=CardId(card_id), progress=progress, marks=marks)
