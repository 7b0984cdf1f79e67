"""One entry from another journal: whether it can be taken, and as which row."""

from __future__ import annotations

import json
import math
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sciaquiz.journal.entries import WITHOUT_CARD, EventKind, Mode
from sciaquiz.store.codec import as_day, checksum, from_ms
from sciaquiz.store.versions import fault_in
from sciaquiz.text import tame

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sciaquiz.clock import Moment

FORK = "~"
"""Stands between a device and what tells apart those that went on separately from one copy of it."""

LONGEST_ENTRY = 200_000
"""Characters of an answer or an act; only the text of a question may be longer."""

LONGEST_DEVICE = 200
LONGEST_NAME = 300
DEEPEST = 20
FUTURE = timedelta(days=1)
NEAR = timedelta(days=2)
"""How far a study day can lie from the date of its instant: a time zone and a rollover hour."""

MODES = frozenset(Mode)
EVENT_KINDS = frozenset(EventKind)
WITH_TARGET = frozenset({EventKind.VOID, EventKind.OVERRULE, EventKind.MISS})


class BadEntryError(Exception):
    """An entry that cannot be taken. The message says why."""


class Foreign(Struct, frozen=True):
    """An entry of a file. `fault` says why it cannot be taken unless it is known; `row` is None if it has no form.

    `written` is the checksum that it came with, if that fits: an entry here that has it is the same one.
    """

    line: int
    table: str
    id: str
    written: str | None
    row: dict[str, Any] | None
    fault: str = ""


def foreign(line: int, text: str, entry: dict[str, Any], now: Moment) -> Foreign:
    """Read one entry from the object of a line. Raises BadEntryError if it is not even one that could be known."""
    table = entry.pop("entry", "review" if "rating" in entry else None)
    if not isinstance(table, str) or table not in CHECKS:
        raise BadEntryError("not an entry of a sciaquiz journal")
    given = entry.pop("checksum", None)
    written = given if isinstance(given, str) and given == _checksum(entry) else None
    entry_id = entry.get("question_version" if table == "snapshot" else "id")
    known_as = tame(entry_id) if isinstance(entry_id, str) else ""
    try:
        row = _row(table, text, entry)
        fault = "" if table == "snapshot" else _fault(table, row, now)
        if given is not None and written is None:
            fault = fault or "the entry was altered: its checksum does not fit"
    except BadEntryError as error:
        return Foreign(line, table, known_as, written, None, str(error))
    return Foreign(line, table, known_as, written, row, fault)


def _row(table: str, text: str, entry: dict[str, Any]) -> dict[str, Any]:
    if table != "snapshot" and len(text) > LONGEST_ENTRY:
        raise BadEntryError("the entry is too long")
    entry = _tamed(entry)
    checks = CHECKS[table]
    for column, fits in checks.items():
        if column not in entry:
            raise BadEntryError(f"“{column}” is missing")
        if not fits(entry[column]):
            raise BadEntryError(f"“{column}” cannot be {json.dumps(entry[column], ensure_ascii=False)[:60]}")
    if unknown := set(entry) - set(checks):
        raise BadEntryError(f"“{min(unknown)[:60]}” is not known; please update sciaquiz")
    row = {column: entry[column] for column in checks}
    if table == "snapshot":
        if fault := fault_in(row):
            raise BadEntryError(fault)
        return row
    if table == "review":
        row["score"] = float(row["score"]) or 0.0  # SQLite keeps no minus before a zero
    row["study_day"] = as_day(row["study_day"])
    return {**row, "checksum": checksum(row)}


def _checksum(entry: dict[str, Any]) -> str | None:
    """Return the checksum of an entry before it is tamed, None where nothing that could be kept has one."""
    score = entry.get("score")
    if isinstance(score, int) and not isinstance(score, bool) and 0 <= score <= 1:
        entry = {**entry, "score": float(score)}
    try:
        return checksum(entry)
    except (UnicodeEncodeError, RecursionError):
        return None


def _fault(table: str, row: Mapping[str, Any], now: Moment) -> str:
    """Say why a row of the right form is not taken."""
    instant = from_ms(row["at_ms"])
    if instant > now.instant + FUTURE:
        return "the entry lies in the future; check the clock of both devices"
    if abs(row["study_day"] - instant.date()) > NEAR:
        return "“study_day” is far from the time of the entry"
    if table == "event":
        if row["card_id"] is None and row["kind"] not in WITHOUT_CARD:
            return "“card_id” cannot be null"
        if row["target"] is None and row["kind"] in WITH_TARGET:
            return "“target” cannot be null"
    return ""


def _tamed(value: Any, depth: int = 0) -> Any:
    if depth > DEEPEST:
        raise BadEntryError("the entry is nested too deeply")
    match value:
        case str():
            return tame(value)
        case list():
            return [_tamed(part, depth + 1) for part in value]
        case dict():
            return {tame(key): _tamed(part, depth + 1) for key, part in value.items()}
        case float() if not math.isfinite(value):
            raise BadEntryError("a number is not finite")
        case int() if abs(value) > 2**62:
            raise BadEntryError("a number is too large")
        case _:
            return value


def _name(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= LONGEST_NAME and value.isprintable()


def _device(value: Any) -> bool:
    return _name(value) and len(value.partition(FORK)[0]) <= LONGEST_DEVICE


def _whole(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _optional(fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or fits(value)


def _one_of(values: frozenset[Any]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, str) and value in values


def _day(value: Any) -> bool:
    try:
        return isinstance(value, str) and bool(as_day(value))
    except ValueError:
        return False


def _mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _share(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1


MOMENT: Mapping[str, Callable[[Any], bool]] = {
    "study_day": _day,
    "at_ms": _whole(0, 10**14),
    "offset_minutes": _whole(-24 * 60 + 1, 24 * 60 - 1),
    "device_id": _device,
    "seq": _whole(0, 2**53),
    "id": _name,
}
CHECKS: Mapping[str, Mapping[str, Callable[[Any], bool]]] = {
    "review": {
        **MOMENT,
        "card_id": _name,
        "deck_id": _name,
        "kind": _name,
        "question_version": _name,
        "correct": lambda value: isinstance(value, bool),
        "score": _share,
        "certainty": _optional(_whole(1, 3)),
        "latency_ms": _optional(_whole(0, 10**9)),
        "rating": _whole(1, 4),
        "rule": _name,
        "policy": _name,
        "mode": _one_of(MODES),
        "response": _mapping,
    },
    "event": {
        **MOMENT,
        "kind": _one_of(EVENT_KINDS),
        "card_id": _optional(_name),
        "target": _optional(_name),
        "payload": _mapping,
    },
    "snapshot": {
        "question_version": _name,
        "question_id": _name,
        "deck_id": _name,
        "content": _mapping,
    },
}
"""What each column of each table can be."""
