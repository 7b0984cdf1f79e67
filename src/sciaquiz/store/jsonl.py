"""The journal as JSON lines: for other devices, for other programs, for keeping.

The first line says what the file is; then one entry a line, every column by name. Importing is a union: what is
known stays as it is, and importing twice changes nothing. A line that cannot be taken is told; the others are taken.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2b
from itertools import count
from typing import TYPE_CHECKING, Any, TextIO

from msgspec import Struct

from sciaquiz import words
from sciaquiz.ids import CardId, EntryId
from sciaquiz.store.codec import READERS, checksum, insertion, values_of
from sciaquiz.store.foreign import FORK, BadEntryError, Foreign, foreign
from sciaquiz.store.reading import Damage, rows_in

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    from sciaquiz.clock import Moment
    from sciaquiz.store.reading import Run

HEADER = {"sciaquiz": "journal", "format": 1}
LONGEST_LINE = 5_000_000
MOST_TOLD = 50
MOST_STRANGE = 1_000
"""Lines in which nothing of a journal was found, after which a file is taken for something else."""

AT_ONCE = 500
"""Values that one statement asks for."""

LARGEST_SEQ = 10**9
"""A higher number was never given by counting; it goes to a device of its own, so that nobody counts on from it."""

TABLES: Mapping[str, str] = {"review": "review", "event": "event", "snapshot": "deck_snapshot"}
"""The table of each kind of entry."""
ENTRIES = ("answer or act", "answers and acts")
TEXTS = ("text of a question", "texts of questions")
NOT_UTF8 = re.compile("[\udc80-\udcff]")
"""What reading with `surrogateescape` leaves of bytes that are no text."""

UPDATE = "it was written by another version of sciaquiz; please update"
EMPTY = "there is nothing in it"
STRANGE = "this is not a journal that sciaquiz exported"


class LineProblem(Struct, frozen=True):
    """What is wrong with one line of a file, counted from 1."""

    line: int
    message: str


class ImportReport(Struct, frozen=True, kw_only=True):
    """What an import did.

    `differing` are entries that were known with another content; ours was kept. `texts` are those of questions.
    `refused` counts the lines that could not be taken; `problems` has the first of them. `refusal` says why the whole
    file was refused.
    """

    added: int = 0
    known: int = 0
    texts: int = 0
    differing: tuple[str, ...] = ()
    refused: int = 0
    problems: tuple[LineProblem, ...] = ()
    refusal: str = ""

    def words(self) -> str:
        """Tell it in one line."""
        if self.refusal:
            return f"Nothing was imported: {self.refusal}."
        told = f"{words.count(self.added, *ENTRIES)} added, {self.known} known already"
        if self.texts:
            told += f", {words.count(self.texts, *TEXTS)} read"
        if self.refused:
            told += f", {words.count(self.refused, 'line')} could not be taken"
        if self.differing:
            some = ", ".join(self.differing[:5])
            differ = "differs" if len(self.differing) == 1 else "differ"
            told += f". {len(self.differing)} {differ} from what is here, which was kept: {some}"
        return f"{told}."


@dataclass
class Batch:
    """The entries of a file, and what is wrong with its other lines."""

    entries: list[Foreign] = field(default_factory=list)
    refused: int = 0
    problems: list[LineProblem] = field(default_factory=list)
    refusal: str = ""

    def refused_for(self, refusal: str) -> Batch:
        """Return the file as one that is refused as a whole; the first line that is wrong says where to look."""
        return Batch(refused=self.refused, problems=self.problems[:1], refusal=refusal)

    def report(self) -> ImportReport:
        """Return the report of a file that was refused."""
        return ImportReport(refused=self.refused, problems=tuple(self.problems), refusal=self.refusal)

    def refuse(self, line: int, message: str) -> None:
        """Count a line that cannot be taken, and tell it if few were told before."""
        self.refused += 1
        if len(self.problems) < MOST_TOLD:
            self.problems.append(LineProblem(line, message))


class Exported(Struct, frozen=True):
    """How many entries and texts of questions an export holds, and what it could not hold because it is damaged."""

    entries: int
    texts: int
    left_out: tuple[Damage, ...] = ()

    def words(self) -> str:
        """Tell it in the words in which an import tells what it took."""
        return f"{words.count(self.entries, *ENTRIES)}, {words.count(self.texts, *TEXTS)}"


def export_to(run: Run, out: TextIO) -> Exported:
    """Write every entry that can be read."""
    out.write(json.dumps(HEADER) + "\n")
    written = dict.fromkeys(TABLES, 0)
    left_out = []
    for name, table in TABLES.items():
        for row in rows_in(run, table, "ORDER BY 1"):
            if isinstance(row, Damage):
                left_out.append(row)
                continue
            plain = {column: value.isoformat() if isinstance(value, date) else value for column, value in row.items()}
            out.write(json.dumps({"entry": name, **plain}, ensure_ascii=False) + "\n")
            written[name] += 1
    return Exported(written["review"] + written["event"], written["snapshot"], tuple(left_out))


def read_lines(lines: TextIO, now: Moment) -> Batch:
    """Read and check every line. What is wrong is told by line; nothing here raises."""
    batch = Batch()
    is_journal = False
    for number, line in _lines(lines):
        if not is_journal and (line is None or batch.refused >= MOST_STRANGE):
            return batch.refused_for(STRANGE)
        try:
            found = _read(number, line, now)
        except BadEntryError as error:
            batch.refuse(number, str(error))
            continue
        if isinstance(found, Foreign):
            batch.entries.append(found)
        elif found is not None and found != HEADER:
            batch.refuse(number, UPDATE)
            if not is_journal:
                return batch.refused_for(UPDATE)
        is_journal = is_journal or found is not None
    return batch if is_journal else batch.refused_for(STRANGE if batch.refused else EMPTY)


def _lines(lines: TextIO) -> Iterator[tuple[int, str | None]]:
    """Yield each line and its number; None for one that is too long, which is read to its end."""
    for number in count(1):
        line = lines.readline(LONGEST_LINE + 1)
        if not line:
            return
        if len(line) <= LONGEST_LINE:
            yield number, line.removeprefix("\ufeff") if number == 1 else line
            continue
        yield number, None
        while line and not line.endswith("\n"):
            line = lines.readline(LONGEST_LINE)


def _read(number: int, line: str | None, now: Moment) -> Foreign | dict[str, Any] | None:
    """Return the entry of a line, the object of one that says what the file is, None for an empty one.

    Raises BadEntryError.
    """
    if line is None:
        raise BadEntryError("the line is too long")
    if not line.strip():
        return None
    if NOT_UTF8.search(line):
        raise BadEntryError("the line is not UTF-8 text")
    try:
        entry = json.loads(line, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadEntryError(f"not a line of JSON: {error}") from None
    if not isinstance(entry, dict):
        raise BadEntryError("not an entry of a sciaquiz journal")
    return entry if "sciaquiz" in entry else foreign(number, line, entry, now)


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not a number")


class _Ours(Struct, frozen=True):
    """What is here under the id of an entry."""

    checksum: str
    device_id: str

    def is_same_as(self, entry: Foreign) -> bool:
        """Whether the entry is this one, as it was written, as it was tamed, or moved to a device of its own."""
        if entry.written == self.checksum:
            return True
        return entry.row is not None and checksum({**entry.row, "device_id": self.device_id}) == self.checksum


def take_in(connection: sqlite3.Connection, batch: Batch) -> tuple[ImportReport, set[CardId], set[EntryId]]:
    """Insert what is new; returns the report, the cards that it touches, and what was added."""
    known = 0
    differing: list[str] = []
    cards: set[CardId] = set()
    texts = [entry for entry in batch.entries if entry.table == "snapshot"]
    entries = [entry for entry in batch.entries if entry.table != "snapshot"]
    ours = _known(connection, entries)
    places = _places(connection, entries)
    fresh: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for entry in entries:
        found = ours.get((entry.table, entry.id))
        if found is not None and (entry.row is not None or found.is_same_as(entry)):
            known += 1
            if not found.is_same_as(entry):
                differing.append(entry.id)
        elif entry.row is None or entry.fault:
            batch.refuse(entry.line, entry.fault)
        else:
            row = _placed(entry.row, places)
            places.add((row["device_id"], row["seq"]))
            ours[entry.table, entry.id] = _Ours(row["checksum"], row["device_id"])
            fresh[entry.table].append(row)
            if row["card_id"] is not None:
                cards.add(CardId(row["card_id"]))
    for table, rows in fresh.items():
        _insert(connection, table, rows)
    taken = _take_texts(connection, batch, texts)
    report = ImportReport(
        added=sum(map(len, fresh.values())),
        known=known,
        texts=taken,
        differing=tuple(differing),
        refused=batch.refused,
        problems=tuple(sorted(batch.problems, key=lambda problem: problem.line)),
    )
    return report, cards, {EntryId(row["id"]) for rows in fresh.values() for row in rows}


def _insert(connection: sqlite3.Connection, table: str, rows: Sequence[Mapping[str, Any]], unless: str = "") -> None:
    columns = READERS[TABLES[table]]
    ordered = (values_of({name: row[name] for name in columns}) for row in rows)
    connection.executemany(f"{insertion(TABLES[table], columns)} {unless}", ordered)


def _take_texts(connection: sqlite3.Connection, batch: Batch, texts: Sequence[Foreign]) -> int:
    """Insert the texts of questions that are new; returns how many could be read."""
    rows = []
    for entry in texts:
        if entry.row is None:
            batch.refuse(entry.line, entry.fault)
        else:
            rows.append(entry.row)
    _insert(connection, "snapshot", rows, "ON CONFLICT DO NOTHING")
    return len(rows)


def _known(connection: sqlite3.Connection, entries: Sequence[Foreign]) -> dict[tuple[str, str], _Ours]:
    """Return what is here under the ids of these entries."""
    found = {}
    for name in ("review", "event"):
        for ids in _chunks({entry.id for entry in entries if entry.table == name}):
            chosen = f"SELECT id, checksum, device_id FROM {name} WHERE id IN ({_marks(ids)})"  # noqa: S608 -- our own
            for entry_id, digest, device in connection.execute(chosen, ids):
                found[name, entry_id] = _Ours(digest, device)
    return found


def _places(connection: sqlite3.Connection, entries: Sequence[Foreign]) -> set[tuple[str, int]]:
    """Return every number that was given here by the devices of these entries."""
    devices = {entry.row["device_id"] for entry in entries if entry.row is not None}
    return {
        place
        for table in ("review", "event")
        for some in _chunks(devices)
        for place in connection.execute(
            f"SELECT device_id, seq FROM {table} WHERE device_id IN ({_marks(some)})",  # noqa: S608 -- our own names
            some,
        )
    }


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _chunks(values: set[str]) -> Iterator[list[str]]:
    ordered = sorted(values)
    return (ordered[start : start + AT_ONCE] for start in range(0, len(ordered), AT_ONCE))


def _placed(row: dict[str, Any], places: set[tuple[str, int]]) -> dict[str, Any]:
    """Give a row whose place is taken by another a device of its own: two copies of one file went on separately."""
    own, seq = row["device_id"], row["seq"]
    if seq <= LARGEST_SEQ and (own, seq) not in places:
        return row
    for attempt in count():
        told_apart = blake2b(f"{row['id']}{attempt or ''}".encode(), digest_size=4).hexdigest()
        device = f"{own.partition(FORK)[0]}{FORK}{told_apart}"
        if (device, seq) not in places:
            break
    moved = {**row, "device_id": device}
    return {**moved, "checksum": checksum(moved)}
