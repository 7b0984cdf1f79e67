"""The tables of the journal. Rows never leave this package.

`review` and `event` are append-only: no statement in this package updates or deletes one. `card_state`, `day_stat` and
`derived` follow from them and can be made anew at any time. No foreign key leads from reviews to content: an answer
outlives card, deck and file.
"""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, CheckConstraint, Column, Index, Table, UniqueConstraint
from sqlmodel import Field, SQLModel


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
        Index("review_at", "at_ms"),
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
    """What a card has come to; derived. All of the progress is NULL for a card whose schedule no answer has begun.

    `reached_ms` is the latest instant of any entry about the card, `reached_day` the latest study day of an answer that
    counts and moves the schedule: what comes later is one step from here. NULL in `reached_ms` says that the row is of
    an older format: the card is not in `day_stat`, and whether it is unsafe is not known. The columns `last_answer_…`
    are of the latest answer that counts, in whatever mode; all NULL if there is none.
    """

    __tablename__ = "card_state"

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
    unsafe_since: date | None = None
    unsafe_proved: date | None = None
    reached_ms: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    reached_day: date | None = None
    last_answer_ms: int | None = Field(default=None, sa_column=Column(BigInteger, nullable=True))
    last_answer_correct: bool | None = None
    last_answer_certainty: int | None = None
    fast_stability: float | None = None


class DayStatRow(SQLModel, table=True):
    """The figures of `memory.daily` of a study day and a deck; derived."""

    __tablename__ = "day_stat"
    __table_args__: ClassVar = {"sqlite_with_rowid": False}

    study_day: date = Field(primary_key=True)
    deck_id: str = Field(primary_key=True)
    answers: int | None
    correct: int | None
    latency_ms: int | None
    timed: int | None
    again: int | None
    hard: int | None
    good: int | None
    easy: int | None
    guess: int | None
    guess_correct: int | None
    think: int | None
    think_correct: int | None
    sure: int | None
    sure_correct: int | None
    introduced: int | None
    reviewed: int | None
    young: int | None
    young_kept: int | None
    mature: int | None
    mature_kept: int | None


class DerivedRow(SQLModel, table=True):
    """What is known about the derived rows as a whole.

    `generation` goes up whenever states may change that no new entry is about. `settled` is 1 once every card is in
    `day_stat`.
    """

    __tablename__ = "derived"
    __table_args__: ClassVar = {"sqlite_with_rowid": False}

    name: str = Field(primary_key=True)
    value: int | None


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
