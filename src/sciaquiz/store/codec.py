"""Between rows of the journal and core types, and the checksum that a row carries.

What stands in the file is foreign text: a disk that rots or another program can leave anything in any column. A row is
read here and nowhere else, and it is either whole or damaged.
"""

from __future__ import annotations

import json
import math
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any

from msgspec.structs import asdict

from sciaquiz.clock import Moment
from sciaquiz.ids import CardId, DeckId, DeviceId, Digest, EntryId
from sciaquiz.journal.entries import (
    Certainty,
    Event,
    EventKind,
    Mode,
    Rating,
    Review,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    Read = Callable[[Any], Any]

    from sciaquiz.memory.policy import Policy

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MILLISECOND = timedelta(milliseconds=1)


def to_ms(instant: datetime) -> int:
    """Return milliseconds since 1970, exactly."""
    return (instant - EPOCH) // MILLISECOND


def from_ms(ms: int) -> datetime:
    """Return the aware instant."""
    return EPOCH + ms * MILLISECOND


class DamagedRowError(ValueError):
    """A row cannot be read. The message names the column and what stands there."""


def text_or_bytes(raw: bytes) -> str | bytes:
    """Return what SQLite calls text: as text if it is UTF-8, else as the bytes that no column may hold."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def as_day(value: str) -> date:
    """Return a study day. Raises ValueError or TypeError if it is not written YYYY-MM-DD."""
    if len(value) != 10 or value[4] != "-" or value[7] != "-":  # there are other ISO forms, which do not sort
        raise ValueError(value)
    return date.fromisoformat(value)


def as_json(value: str) -> dict[str, Any]:
    """Return a JSON object. Raises ValueError, TypeError or RecursionError if it is none that can be written again."""
    found = _DECODER.decode(value)
    if not isinstance(found, dict):
        raise TypeError(value)
    if "\\u" in value:
        json.dumps(found, ensure_ascii=False).encode()  # half a surrogate pair can be read but not written
    return found


def _finite(number: str) -> float:
    value = float(number)
    if not math.isfinite(value):
        raise ValueError(number)
    return value


_DECODER = json.JSONDecoder(parse_float=_finite, parse_constant=_finite)


def as_text(value: Any) -> str:
    """Return text. Raises TypeError if it is none."""
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _whole(least: int, most: int) -> Read:
    def read(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise ValueError(value)
        return value

    return read


def _optional(read: Read) -> Read:
    return lambda value: None if value is None else read(value)


def as_truth(value: Any) -> bool:
    """Return yes or no. Raises ValueError if it is neither 0 nor 1."""
    return bool(_whole(0, 1)(value))


def _share(value: Any) -> float:
    if not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError(value)
    return float(value)


MOST = 2**53
"""The largest whole number that every program that may read an export tells from its neighbours."""

_MOMENT: Mapping[str, Read] = {
    "study_day": as_day,
    "at_ms": _whole(-(10**13), 10**14),
    "offset_minutes": _whole(-24 * 60 + 1, 24 * 60 - 1),
}
REVIEW_READERS: Mapping[str, Read] = {
    "id": as_text,
    "device_id": as_text,
    "seq": _whole(0, MOST),
    "card_id": as_text,
    "deck_id": as_text,
    "kind": as_text,
    "question_version": as_text,
    **_MOMENT,
    "correct": as_truth,
    "score": _share,
    "certainty": _optional(_whole(1, 3)),
    "latency_ms": _optional(_whole(0, MOST)),
    "rating": _whole(1, 4),
    "rule": as_text,
    "policy": as_text,
    "mode": lambda value: Mode(value).value,
    "response": as_json,
    "checksum": as_text,
}
EVENT_READERS: Mapping[str, Read] = {
    "id": as_text,
    "device_id": as_text,
    "seq": _whole(0, MOST),
    "kind": lambda value: EventKind(value).value,
    "card_id": _optional(as_text),
    "target": _optional(as_text),
    **_MOMENT,
    "payload": as_json,
    "checksum": as_text,
}
SNAPSHOT_READERS: Mapping[str, Read] = {
    "question_version": as_text,
    "question_id": as_text,
    "deck_id": as_text,
    "content": as_json,
}
DEVICE_READERS: Mapping[str, Read] = {"id": as_text, "machine": as_text, "since_ms": _MOMENT["at_ms"]}
READERS: Mapping[str, Mapping[str, Read]] = {
    "review": REVIEW_READERS,
    "event": EVENT_READERS,
    "deck_snapshot": SNAPSHOT_READERS,
    "device": DEVICE_READERS,
}
"""How each column of each table is read, in the order of the columns; `card_state` is read by `cardstates.state_of`."""


def read_row(readers: Mapping[str, Read], raw: Iterable[Any]) -> dict[str, Any]:
    """Return the columns of a row as plain values, from what the driver gave. Raises DamagedRowError."""
    row = {}
    for (name, read), value in zip(readers.items(), raw, strict=True):
        try:
            row[name] = read(value)
        except (ValueError, TypeError, RecursionError):
            found = "empty" if value is None else ascii(value)[:60]
            raise DamagedRowError(f"{name} cannot be {found}") from None
    return row


def values_of(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """Return the columns of a row as the driver takes them, in their order."""
    return tuple(
        json.dumps(value) if isinstance(value, dict) else value.isoformat() if isinstance(value, date) else value
        for value in row.values()
    )


def insertion(table: str, columns: Iterable[str]) -> str:
    """Return the statement that adds a row of these columns."""
    names = tuple(columns)
    return f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"  # noqa: S608 -- our own


CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def checksum(row: Mapping[str, Any]) -> str:
    """Return 16 hexadecimal digits over all columns of a row but the checksum itself."""
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
    plain.pop("checksum", None)
    return blake2b(CANONICAL.encode(plain).encode(), digest_size=8).hexdigest()


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
    return Moment(from_ms(row["at_ms"]), row["offset_minutes"], row["study_day"])


def review_of(row: Mapping[str, Any]) -> Review:
    """Return the review of a row that was read."""
    return Review(
        id=EntryId(row["id"]),
        device_id=DeviceId(row["device_id"]),
        seq=row["seq"],
        card_id=CardId(row["card_id"]),
        deck_id=DeckId(row["deck_id"]),
        question_version=Digest(row["question_version"]),
        moment=_moment(row),
        correct=row["correct"],
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
    """Return the event of a row that was read."""
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
