"""What an undo takes back: the latest thing that the student did and that stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sciaquiz.ids import CardId, EntryId
from sciaquiz.journal.acts import UNDOABLE
from sciaquiz.journal.entries import EventKind

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

STANDS = "NOT EXISTS (SELECT 1 FROM event AS void WHERE void.target = {entry} AND void.kind = 'void')"
IS_WHOLE = "typeof(at_ms) = 'integer' AND typeof(seq) = 'integer' AND card_id IS NOT NULL"
"""Pass over rows that were damaged where they would be compared."""
LATEST = "ORDER BY at_ms DESC, seq DESC"
LATEST_ANSWER = f"""
SELECT at_ms, seq, id, card_id FROM review WHERE {STANDS.format(entry="review.id")} AND {IS_WHOLE} {LATEST}
"""  # noqa: S608 -- our own text
LATEST_ACT = f"""
SELECT at_ms, seq, id, card_id, kind, target FROM event WHERE kind IN ({", ".join("?" * len(UNDOABLE))})
AND {STANDS.format(entry="event.id")} AND {STANDS.format(entry="event.target")} AND {IS_WHOLE} {LATEST}
"""  # noqa: S608 -- our own text
FOLLOWED = f"""
SELECT id FROM event WHERE target = ? AND kind = 'suspend' AND {STANDS.format(entry="event.id")}
"""  # noqa: S608 -- our own text
"""What an answer brought with it."""


class Undoing(Struct, frozen=True):
    """What would be taken back: entries about one card. `kind` is None for an answer."""

    card_id: CardId
    kind: EventKind | None
    entries: tuple[EntryId, ...]


def latest_doing(connection: sqlite3.Connection) -> Undoing | None:
    """Return the latest answer or act that stands; an answer goes with what followed from it."""
    answer = _first_sound(connection.execute(LATEST_ANSWER))
    act = _first_sound(connection.execute(LATEST_ACT, [kind.value for kind in UNDOABLE]))
    if act is not None and (answer is None or act[:2] > answer[:2]):
        _, _, entry, card_id, kind, target = act
        if kind != EventKind.SUSPEND or target is None:
            return Undoing(CardId(card_id), EventKind(kind), (EntryId(entry),))
        entry = target  # the answer that made the card a leech
    elif answer is not None:
        _, _, entry, card_id = answer
    else:
        return None
    followed = [EntryId(found) for (found,) in connection.execute(FOLLOWED, (entry,)) if isinstance(found, str)]
    return Undoing(CardId(card_id), None, (EntryId(entry), *followed))


def _first_sound(rows: Iterable[tuple[Any, ...]]) -> tuple[Any, ...] | None:
    """Return the first row whose names can be read; one that is no text any more comes as bytes."""
    return next((row for row in rows if not any(isinstance(value, bytes) for value in row)), None)
