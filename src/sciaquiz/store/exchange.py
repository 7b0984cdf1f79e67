"""The journal as JSON lines: for other devices, for other programs, for keeping.

The first line says what the file is; then one entry a line, every column by name. Importing is a union: what is
known stays as it is, and importing twice changes nothing.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TextIO

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from sciaquiz.ids import CardId
from sciaquiz.record import EventKind, Mode
from sciaquiz.store.rows import as_day, checksum, to_ms
from sciaquiz.store.tables import EVENT, REVIEW, SNAPSHOT
from sciaquiz.text import tame

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sqlalchemy import Connection, Table

    from sciaquiz.clock import Moment

HEADER = {"sciaquiz": "journal", "format": 1}
LONGEST_LINE = 200_000
MOST_PROBLEMS = 50
TABLES: Mapping[str, Table] = {"review": REVIEW, "event": EVENT, "snapshot": SNAPSHOT}
FUTURE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class LineProblem:
    """What is wrong with one line of a file, counted from 1."""

    line: int
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportReport:
    """What an import did. `differing` are entries that were known with another content; ours was kept."""

    added: int = 0
    known: int = 0
    differing: tuple[str, ...] = ()
    problems: tuple[LineProblem, ...] = ()

    def words(self) -> str:
        """Tell it in one line."""
        if self.problems:
            return "Nothing was imported."
        told = f"{self.added} entries added, {self.known} were known already."
        if self.differing:
            some = ", ".join(self.differing[:5])
            told += f" {len(self.differing)} differ from what is here; what is here was kept: {some}"
        return told


@dataclass
class Batch:
    """The entries of a file, checked."""

    rows: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    problems: list[LineProblem] = field(default_factory=list)

    def report(self) -> ImportReport:
        """Return the report of a file that cannot be imported."""
        return ImportReport(problems=tuple(self.problems))


def export_to(connection: Connection, out: TextIO) -> int:
    """Write every entry; returns how many."""
    out.write(json.dumps(HEADER) + "\n")
    count = 0
    for name, table in TABLES.items():
        key = table.c.question_version if name == "snapshot" else table.c.id
        for row in connection.execute(select(table).order_by(key).execution_options(yield_per=1000)).mappings():
            plain = {column: value.isoformat() if isinstance(value, date) else value for column, value in row.items()}
            out.write(json.dumps({"entry": name, **plain}, ensure_ascii=False) + "\n")
            count += 1
    return count


def read_lines(lines: TextIO, now: Moment) -> Batch:
    """Read and check every line. What is wrong is told by line; nothing here raises."""
    batch = Batch()
    number = 0
    while line := lines.readline(LONGEST_LINE + 1):
        number += 1
        if len(batch.problems) >= MOST_PROBLEMS:
            break
        if len(line) > LONGEST_LINE:
            batch.problems.append(LineProblem(number, "the line is too long"))
            break
        if not line.strip():
            continue
        try:
            entry = json.loads(line, parse_constant=_no_constant)
        except (ValueError, RecursionError) as error:
            batch.problems.append(LineProblem(number, f"not a line of JSON: {error}"))
            continue
        if not isinstance(entry, dict):
            batch.problems.append(LineProblem(number, "not an entry"))
        elif "sciaquiz" in entry:
            if entry != HEADER:
                batch.problems.append(LineProblem(number, "this file was written by another version; please update"))
        else:
            try:
                batch.rows.append(_checked(_tamed(entry), now))
            except _BadEntryError as error:
                batch.problems.append(LineProblem(number, str(error)))
    return batch


class _BadEntryError(Exception):
    """An entry that cannot be taken."""


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


def _tamed(value: Any, depth: int = 0) -> Any:
    if depth > 20:
        raise _BadEntryError("the entry is nested too deeply")
    match value:
        case str():
            return tame(value)
        case list():
            return [_tamed(part, depth + 1) for part in value]
        case dict():
            return {tame(key): _tamed(part, depth + 1) for key, part in value.items()}
        case float() if not math.isfinite(value):
            raise _BadEntryError("a number is not finite")
        case int() if abs(value) > 2**62:
            raise _BadEntryError("a number is too large")
        case _:
            return value


def _text(value: Any) -> bool:
    return isinstance(value, str) and 0 < len(value) <= 300


def _whole(least: int, most: int) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _optional(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or check(value)


def _day(value: Any) -> bool:
    try:
        return isinstance(value, str) and len(value) == 10 and bool(date.fromisoformat(value))
    except ValueError:
        return False


MOMENT: Mapping[str, Callable[[Any], bool]] = {
    "study_day": _day,
    "at_ms": _whole(0, 10**14),
    "offset_minutes": _whole(-24 * 60, 24 * 60),
    "device_id": _text,
    "seq": _whole(0, 2**53),
    "id": _text,
}
CHECKS: Mapping[str, Mapping[str, Callable[[Any], bool]]] = {
    "review": {
        **MOMENT,
        "card_id": _text,
        "deck_id": _text,
        "kind": _text,
        "question_version": _text,
        "correct": lambda value: isinstance(value, bool),
        "score": lambda value: isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= 1,
        "certainty": _optional(_whole(1, 3)),
        "latency_ms": _optional(_whole(0, 10**9)),
        "rating": _whole(1, 4),
        "rule": _text,
        "policy": _text,
        "mode": lambda value: value in set(Mode),
        "response": lambda value: isinstance(value, dict),
    },
    "event": {
        **MOMENT,
        "kind": lambda value: value in set(EventKind),
        "card_id": _optional(_text),
        "target": _optional(_text),
        "payload": lambda value: isinstance(value, dict),
    },
    "snapshot": {
        "question_version": _text,
        "question_id": _text,
        "deck_id": _text,
        "content": lambda value: isinstance(value, dict),
    },
}


def _checked(entry: dict[str, Any], now: Moment) -> tuple[str, dict[str, Any]]:
    """Return the table and the row of an entry. Raises _BadEntryError."""
    name = entry.pop("entry", "review" if "rating" in entry else None)
    if not isinstance(name, str) or name not in CHECKS:
        raise _BadEntryError("not an entry of a sciaquiz journal")
    given = entry.pop("checksum", None)
    checks = CHECKS[name]
    for column in checks:
        if column not in entry:
            raise _BadEntryError(f"“{column}” is missing")
        if not checks[column](entry[column]):
            raise _BadEntryError(f"“{column}” cannot be {json.dumps(entry[column], ensure_ascii=False)[:60]}")
    if unknown := set(entry) - set(checks):
        raise _BadEntryError(f"“{min(unknown)}” is not known; please update sciaquiz")
    row = {column: entry[column] for column in checks}
    if name == "snapshot":
        return name, row
    if row["at_ms"] > to_ms(now.instant + FUTURE):
        raise _BadEntryError("the entry lies in the future; check the clock of both devices")
    if name == "review":
        row["score"] = float(row["score"])
    row["study_day"] = as_day(row["study_day"])
    if given is not None and given != checksum(row):
        raise _BadEntryError("the entry was altered: its checksum does not fit")
    return name, {**row, "checksum": checksum(row)}


def take_in(connection: Connection, batch: Batch) -> tuple[ImportReport, set[CardId]]:
    """Insert what is new; returns the report and the cards that it touches."""
    added = known = 0
    differing: list[str] = []
    cards: set[CardId] = set()
    for name, row in batch.rows:
        table = TABLES[name]
        if name == "snapshot":
            connection.execute(insert(table).values(row).on_conflict_do_nothing())
            continue
        ours = connection.execute(select(table.c.checksum, table.c.device_id).where(table.c.id == row["id"])).first()
        if ours is not None:
            known += 1
            if ours.checksum != row["checksum"] and not ours.device_id.startswith(row["device_id"] + FORK):
                differing.append(row["id"])
            continue
        taken = _is_taken(connection, row)
        if taken:
            row = _forked(row)
        connection.execute(table.insert().values(row))
        added += 1
        if row["card_id"] is not None:
            cards.add(CardId(row["card_id"]))
    touched = _targets(connection, (row for name, row in batch.rows if name == "event"))
    return ImportReport(added=added, known=known, differing=tuple(differing)), cards | touched


FORK = "~"


def _is_taken(connection: Connection, row: Mapping[str, Any]) -> bool:
    return any(
        connection.execute(
            select(table.c.id).where(table.c.device_id == row["device_id"], table.c.seq == row["seq"])
        ).first()
        is not None
        for table in (TABLES["review"], TABLES["event"])
    )


def _forked(row: dict[str, Any]) -> dict[str, Any]:
    """Give a row whose place is taken by another a device of its own: two copies of one file went on separately."""
    fork = blake2b(row["id"].encode(), digest_size=4).hexdigest()
    moved = {**row, "device_id": f"{row['device_id']}{FORK}{fork}"}
    return {**moved, "checksum": checksum(moved)}


def _targets(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> set[CardId]:
    """Return the cards of the reviews that imported events speak of."""
    review = TABLES["review"]
    found = set()
    for row in rows:
        if row["target"] is not None:
            target = connection.execute(select(review.c.card_id).where(review.c.id == row["target"])).first()
            if target is not None:
                found.add(CardId(target.card_id))
    return found
