"""The mirror of what the journal has made of each installed card, kept up by what was added since.

Tables of entries only grow, so the last row of each says how far the mirror goes. If those rows are no longer there (a
backup was restored, another file took its place), or states were made anew, everything is mirrored anew.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sciaquiz.catalogue.codec import encode
from sciaquiz.catalogue.schema import DROP_ORDERS, ORDERS, make, transaction
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import CardState, Certainty, Phase
from sciaquiz.store.queries import each_state_through
from sciaquiz.store.reading import generation_in, is_settled, states_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Generator, Iterable

    from sciaquiz.journal.entries import LastAnswer

PHASES = {Phase.LEARNING: 0, Phase.RELEARNING: 1, Phase.REVIEW: 2}
WRONG, GUESSED, RIGHT = 0, 1, 2
"""What the last answer to a card was."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
PUT = """
UPDATE card SET phase = ?, due = ?, due_at = ?, last = ?, stability = ?, difficulty = ?, fast = ?, lapses = ?,
    mirrored = 1, suspended = ?, buried = ?, flagged = ?, noted = ?, unsafe = ?, answer = ?, answered_at = ?, state = ?
WHERE id = ?
"""
FORGET = """
UPDATE card SET mirrored = 0, phase = NULL, fast = NULL, suspended = 0, buried = 0, flagged = 0, noted = 0, unsafe = 0,
    answer = NULL, answered_at = NULL, state = NULL
WHERE state IS NOT NULL
"""
CHANGED = """
SELECT card_id FROM review WHERE rowid > ? UNION SELECT card_id FROM event WHERE rowid > ?
UNION SELECT card_id FROM review WHERE id IN (SELECT target FROM event WHERE rowid > ? AND target IS NOT NULL)
"""
IS_MARK = "name BETWEEN 'mirror ' AND 'mirror~'"
"""The row of `meta` says how far the mirror goes; so it is found by the index."""
LAST = "SELECT rowid, id FROM {table} ORDER BY rowid DESC LIMIT 1"
AT = "SELECT id FROM {table} WHERE rowid = ?"


class Known(Struct, frozen=True):
    """How far the mirror goes: its marks, and the cards that were installed or put ahead of it since."""

    marks: dict[str, Any]
    fresh: tuple[CardId, ...]


class Update(Struct, frozen=True):
    """What the journal has beyond that; with `anew` it is all there is, and `states` reads it while it is applied."""

    marks: dict[str, Any]
    anew: bool
    states: Callable[[], Iterable[CardState]]


def known_in(catalogue: sqlite3.Connection) -> Known:
    """Return how far the mirror goes. Raises sqlite3.Error."""
    marks = dict(catalogue.execute(f"SELECT name, value FROM meta WHERE {IS_MARK}"))
    return Known(marks, tuple(CardId(name) for (name,) in catalogue.execute("SELECT id FROM card WHERE NOT mirrored")))


def update_from(journal: sqlite3.Connection, known: Known) -> Update:
    """Read what the journal has beyond what is known. Raises sqlite3.Error, also where it has to wait too long."""
    marks = journal_marks(journal)
    if not (is_settled(journal.execute) and goes_on(journal, known.marks, marks)):
        return Update(marks, True, partial(each_state_through, journal))
    changed: dict[CardId, None] = dict.fromkeys(known.fresh)
    if marks != known.marks:
        since = (known.marks["mirror review rowid"], *(known.marks["mirror event rowid"],) * 2)
        changed |= {CardId(name): None for (name,) in journal.execute(CHANGED, since) if isinstance(name, str)}
    found = states_of(journal.execute, changed)
    return Update(marks, False, lambda: found)


def apply(catalogue: sqlite3.Connection, known: Known, update: Update) -> bool:
    """Write an update with its marks, in one transaction; False if the mirror was changed meanwhile.

    After a crash in between, marks and states both come anew. Raises sqlite3.Error.
    """
    if update.marks == known.marks and not known.fresh:
        return True
    with transaction(catalogue):
        if known_in(catalogue) != known:
            return False
        with orders_apart(catalogue) if update.anew else nullcontext():
            if update.anew:
                catalogue.execute(FORGET)
            put(catalogue, update.states())
            catalogue.execute("UPDATE card SET mirrored = 1 WHERE NOT mirrored")
        catalogue.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", update.marks.items())
    return True


def forget(catalogue: sqlite3.Connection) -> None:
    """Forget every state."""
    with transaction(catalogue):
        catalogue.execute(FORGET)
        catalogue.execute(f"DELETE FROM meta WHERE {IS_MARK}")


@contextmanager
def orders_apart(catalogue: sqlite3.Connection) -> Generator[None]:
    """Let many states change, within a transaction: their orders are made anew, which is faster than to keep them."""
    for statement in DROP_ORDERS:
        catalogue.execute(statement)
    yield
    make(catalogue, ORDERS)


def put(catalogue: sqlite3.Connection, states: Iterable[CardState]) -> None:
    """Write states of cards, within a transaction; those of cards that are not installed are passed over."""
    catalogue.executemany(PUT, map(row_of, states))


def put_ahead(catalogue: sqlite3.Connection, states: Collection[CardState]) -> None:
    """Write states that the journal returned before it is mirrored, and let the mirror look at them again.

    Another window may have mirrored later ones meanwhile.
    """
    with transaction(catalogue):
        put(catalogue, states)
        catalogue.executemany("UPDATE card SET mirrored = 0 WHERE id = ?", ((state.card_id,) for state in states))


def row_of(state: CardState) -> tuple[Any, ...]:
    """Return the columns of `PUT`: days as ordinals, instants in microseconds since 1970."""
    progress, marks, last = state.progress, state.marks, state.last_answer
    buried = marks.buried_until.toordinal() if marks.buried_until else 0
    own = (
        marks.suspended,
        buried,
        marks.flagged,
        bool(marks.note),
        state.unsafe is not None,
        None if last is None else _kind_of(last),
        None if last is None else _microseconds(last.at),
        encode(state),
        state.card_id,
    )
    if progress is None:
        return (None,) * 8 + own
    due_at = None if progress.due_at is None else _microseconds(progress.due_at)
    return (
        PHASES[progress.phase],
        progress.due_day.toordinal(),
        due_at,
        progress.last_day.toordinal(),
        progress.memory.stability,
        progress.memory.difficulty,
        progress.memory.fast,
        progress.lapses,
        *own,
    )


def _kind_of(last: LastAnswer) -> int:
    if not last.correct:
        return WRONG
    return GUESSED if last.certainty is Certainty.GUESS else RIGHT


def _microseconds(instant: datetime) -> int:
    return (instant - EPOCH) // timedelta(microseconds=1)


def journal_marks(journal: sqlite3.Connection) -> dict[str, Any]:
    """Return how far the journal goes: its generation, and the last row of each table of entries."""
    marks: dict[str, Any] = {"mirror generation": generation_in(journal.execute)}
    for table in ("review", "event"):
        row = journal.execute(LAST.format(table=table)).fetchone() or (0, "")
        marks |= {f"mirror {table} rowid": row[0], f"mirror {table} id": row[1]}
    return marks


def goes_on(journal: sqlite3.Connection, known: dict[str, Any], marks: dict[str, Any]) -> bool:
    """Say whether the entries that were added since marks were known tell of all that changed."""
    if known.keys() != marks.keys() or known["mirror generation"] != marks["mirror generation"]:
        return False
    return known == marks or all(_is_still_there(journal, table, known) for table in ("review", "event"))


def _is_still_there(journal: sqlite3.Connection, table: str, known: dict[str, Any]) -> bool:
    rowid, name = known[f"mirror {table} rowid"], known[f"mirror {table} id"]
    if not rowid:
        return True
    return bool(journal.execute(AT.format(table=table), (rowid,)).fetchone() == (name,))
