"""Whether a journal is as it was written, and whether the schedule follows from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.memory.daily import FIGURES, NOTHING, plus
from sciaquiz.memory.derive import derive
from sciaquiz.store.codec import READERS, checksum
from sciaquiz.store.deriving import reached_columns, reached_in
from sciaquiz.store.integrity import integrity_of
from sciaquiz.store.reading import Damage, cards_in, entries_about, is_settled, policies_in, rows_in, stored_states
from sciaquiz.store.versions import fault_in
from sciaquiz.words import count

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from typing import Any

    from sciaquiz.memory.daily import Figures
    from sciaquiz.store.reading import Run


class Verification(Struct, frozen=True, kw_only=True):
    """What `verify` found.

    `integrity` is what SQLite says of the file, "ok" if it is whole. `altered` are rows that can be read but are not
    what was written: they still count. `damaged` are rows that cannot be read: they count for nothing. Both are named
    by table and id. `differing` are cards whose stored state is damaged, or does not follow from the journal;
    `days` are rows of `day_stat`, by study day and deck, of which the same is true.
    """

    reviews: int
    events: int
    integrity: str
    altered: tuple[str, ...] = ()
    damaged: tuple[str, ...] = ()
    differing: tuple[str, ...] = ()
    days: tuple[str, ...] = ()

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        wrong = (self.altered, self.damaged, self.differing, self.days)
        return self.integrity == "ok" and not any(wrong)

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
        if not self.differing and not self.days:
            told.append("The schedule and the figures follow from the journal.")
        if self.days:
            told.append(f"Days that differ in day_stat (run: sciaquiz journal rebuild): {', '.join(self.days)}")
        if self.differing:
            told.append(f"Cards that differ in card_state (run: sciaquiz journal rebuild): {', '.join(self.differing)}")
        return tuple(told)


def verify(connection: sqlite3.Connection) -> Verification:
    """Check the file, every row, and that all that is derived follows from the entries.

    The connection is in a transaction. Raises sqlite3.Error.
    """
    run = connection.execute
    check = integrity_of(connection)
    from sciaquiz.store.shape import missing_indexes

    lacking = tuple(f"the index {name} is missing" for name in missing_indexes(connection))
    counts, altered, damaged = _check_rows(run)
    differing, days = _check_derived(run)
    return Verification(
        reviews=counts["review"],
        events=counts["event"],
        integrity=replace(check, rows=check.rows + lacking).words(),
        altered=tuple(altered),
        damaged=tuple(damaged),
        differing=tuple(differing),
        days=tuple(days),
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


def _check_derived(run: Run) -> tuple[list[str], list[str]]:
    """Return the cards whose stored state is damaged or does not follow from the entries, and the days of which that is
    true. In a journal of an older format a card that is not settled says less, and is in no day.
    """
    stored, damaged = stored_states(run)
    reached, settled, policies = reached_in(run), is_settled(run), policies_in(run)
    cards = cards_in(run)
    differing = {row.shown for row in damaged} | ({*stored} ^ cards)
    days: dict[tuple[object, object], Figures] = {}
    for card_id in cards:
        derived = derive(card_id, *entries_about(run, card_id), policies)
        found, state = reached.get(card_id, (None, None)), stored.get(card_id)
        is_counted = settled or found[0] is not None
        state = state if is_counted or state is None else replace(state, unsafe=derived.state.unsafe)
        if state is not None and (state != derived.state or (is_counted and found != reached_columns(derived))):
            differing.add(card_id)
        for (deck_id, day), figures in derived.days.items() if is_counted else ():
            key = (day.isoformat(), deck_id)
            days[key] = plus(days.get(key, NOTHING), figures)
    kept = {row[:2]: row[2:] for row in run(f"SELECT study_day, deck_id, {', '.join(FIGURES)} FROM day_stat")}  # noqa: S608
    wrong = {key for key in kept.keys() | days.keys() if kept.get(key) != days.get(key)}
    return sorted(differing), sorted(f"{_plain(day)} {_plain(deck)}" for day, deck in wrong)


def _plain(name: object) -> str:
    return Damage("day_stat", name, "").shown
