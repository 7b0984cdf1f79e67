"""The tables of the journal. Rows never leave this package.

`review` and `event` are append-only: no statement in this package updates or deletes one. `card_state` is derived and
may be dropped at any time. No foreign key leads from reviews to content: an answer outlives card, deck and file.
"""

from datetime import date
from typing import Any

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, Table, UniqueConstraint
from sqlmodel import Field, SQLModel

SCHEMA_VERSION = 1
"""Goes up with each step in `migrations.py`; kept in PRAGMA user_version."""

APPLICATION_ID = 0x5C1A0012
"""Marks the file as a sciaquiz journal in PRAGMA application_id."""


def _json() -> Any:
    return Field(sa_column=Column(JSON, nullable=False))


def _instant() -> Any:
    """Milliseconds since 1970 in UTC."""
    return Field(sa_column=Column(BigInteger, nullable=False))


class ReviewRow(SQLModel, table=True):
    """One answer."""

    __tablename__ = "review"
    __table_args__ = (
        UniqueConstraint("device_id", "seq"),
        Index("review_card", "card_id"),
        Index("review_day", "study_day"),
        CheckConstraint("rating BETWEEN 1 AND 4"),
        CheckConstraint("certainty IS NULL OR certainty BETWEEN 1 AND 3"),
        CheckConstraint("score BETWEEN 0 AND 1"),
        CheckConstraint("latency_ms IS NULL OR latency_ms >= 0"),
    )

    id: str = Field(primary_key=True)
    device_id: str
    seq: int
    card_id: str
    deck_id: str
    kind: str
    question_version: str
    study_day: date
    at_ms: int = _instant()
    offset_minutes: int
    correct: bool
    score: float
    certainty: int | None = None
    latency_ms: int | None = None
    rating: int
    rule: str
    policy: str
    mode: str
    response: dict[str, Any] = _json()
    checksum: str


class EventRow(SQLModel, table=True):
    """One act of the student that is no answer."""

    __tablename__ = "event"
    __table_args__ = (
        UniqueConstraint("device_id", "seq"),
        Index("event_card", "card_id"),
        Index("event_target", "target"),
    )

    id: str = Field(primary_key=True)
    device_id: str
    seq: int
    kind: str
    card_id: str | None = None
    target: str | None = None
    study_day: date
    at_ms: int = _instant()
    offset_minutes: int
    payload: dict[str, Any] = _json()
    checksum: str


class CardStateRow(SQLModel, table=True):
    """What a card has come to; derived. All of the progress is NULL for a card that was never answered."""

    __tablename__ = "card_state"
    __table_args__ = (Index("card_state_due", "due_day"),)

    card_id: str = Field(primary_key=True)
    phase: str | None = None
    step: int | None = None
    stability: float | None = None
    difficulty: float | None = None
    due_day: date | None = None
    due_at_ms: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    interval_days: int | None = None
    first_day: date | None = None
    last_day: date | None = None
    last_at_ms: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    last_rating: int | None = None
    reps: int | None = None
    lapses: int | None = None
    suspended: bool = False
    buried_until: date | None = None
    flagged: bool = False
    note: str = ""


class DeckSnapshotRow(SQLModel, table=True):
    """The text of a question version that was answered, by digest."""

    __tablename__ = "deck_snapshot"

    question_version: str = Field(primary_key=True)
    question_id: str
    deck_id: str
    content: dict[str, Any] = _json()


class DeviceRow(SQLModel, table=True):
    """A machine that writes to this journal, or wrote to one that was merged into it."""

    __tablename__ = "device"

    id: str = Field(primary_key=True)
    machine: str
    since_ms: int = _instant()


TABLES = SQLModel.metadata.tables
REVIEW: Table = TABLES["review"]
EVENT: Table = TABLES["event"]
STATE: Table = TABLES["card_state"]
SNAPSHOT: Table = TABLES["deck_snapshot"]
DEVICE: Table = TABLES["device"]
