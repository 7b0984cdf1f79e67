"""Whether a journal is as it was written, and whether the schedule follows from it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sciaquiz.memory.replay import replay
from sciaquiz.store.codec import READERS, checksum
from sciaquiz.store.integrity import integrity_of
from sciaquiz.store.migrations import missing_indexes
from sciaquiz.store.reading import Damage, cards_in, entries_about, policies_in, rows_in, stored_states
from sciaquiz.store.versions import fault_in
from sciaquiz.words import count

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from typing import Any

    from sciaquiz.store.reading import Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What `verify` found.

    `integrity` is what SQLite says of the file, "ok" if it is whole. `altered` are rows that can be read but are not
    what was written: they still count. `damaged` are rows that cannot be read: they count for nothing. Both are named
    by table and id. `differing` are cards whose stored state is damaged, or does not follow from the journal.
    """

    reviews: int
    events: int
    integrity: str
    altered: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.integrity == "ok" and not self.altered and not self.damaged and not self.differing

    def lines(self) -> tuple[str, ...]:
        """Tell it in words."""
        told = [f"{count(self.reviews, 'answer')} and {count(self.events, 'other entry', 'other entries')}"]
        told.append("The file is sound." if self.integrity == "ok" else f"The file is damaged: {self.integrity}")
        if not self.altered and not self.damaged:
            told.append("Every entry is as it was written.")
        told += [f"Altered (it still counts): {row}" for row in self.altered]
        told += [f"Damaged (it counts for nothing): {row}" for row in self.damaged]
        if "index" in self.integrity:
            told.append("The indexes can be made anew from the rows: sciaquiz journal rebuild")
        if self.integrity != "ok" or self.altered or self.damaged:
            told.append("Nothing was deleted. List the backups with: sciaquiz restore")
        told.append(
            "The schedule follows from the journal."
            if not self.differing
            else f"Cards that differ in card_state (run: sciaquiz journal rebuild): {', '.join(self.differing)}"
        )
        return tuple(told)


def verify(connection: sqlite3.Connection) -> Verification:
    """Check the file, every row, and that each stored state follows from the entries. Raises sqlite3.Error."""
    connection.execute("BEGIN")
    try:
        run = connection.execute
        check = integrity_of(connection)
        lacking = tuple(f"the index {name} is missing" for name in missing_indexes(connection))
        counts, altered, damaged = _check_rows(run)
        differing = _check_states(run)
    finally:
        connection.rollback()
    return Verification(
        reviews=counts["review"],
        events=counts["event"],
        integrity=replace(check, rows=check.rows + lacking).words(),
        altered=tuple(altered),
        damaged=tuple(damaged),
        differing=tuple(differing),
    )


def _check_rows(run: Run) -> tuple[Mapping[str, int], list[str], list[str]]:
    """Return how many rows each table has, which are altered and which are damaged."""
    counts = dict.fromkeys(READERS, 0)
    altered, damaged = [], []
    for table in READERS:
        for row in rows_in(run, table):
            counts[table] += 1
            if isinstance(row, Damage):
                damaged.append(str(row))
            elif fault := _fault_in(table, row):
                altered.append(str(Damage(table, next(iter(row.values())), fault)))
    return counts, altered, damaged


def _fault_in(table: str, row: Mapping[str, Any]) -> str:
    match table:
        case "review" | "event":
            return "" if checksum(row) == row["checksum"] else "its checksum does not fit"
        case "deck_snapshot":
            return fault_in(row)
        case _:
            return ""


def _check_states(run: Run) -> list[str]:
    """Return the cards whose stored state is damaged, or does not follow from the entries."""
    stored, damaged = stored_states(run)
    policies = policies_in(run)
    cards = cards_in(run)
    differing = {row.shown for row in damaged} | ({*stored} ^ cards)
    for card_id in cards & {*stored}:
        if replay(card_id, *entries_about(run, card_id), policies) != stored[card_id]:
            differing.add(card_id)
    return sorted(differing)
