"""Past sittings, by query: only the answers of those that are asked for are read, however long the journal is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.journal.past import GAP_MINUTES, PastSitting
from sciaquiz.store.codec import review_of
from sciaquiz.store.reading import sound_rows

if TYPE_CHECKING:
    import sqlite3

    from sciaquiz.journal.entries import Review
    from sciaquiz.journal.past import SittingKey

GAP_MS = GAP_MINUTES * 60_000
AT_ONCE = 500
LAST: SittingKey = (2**62, "")
STANDS = "NOT EXISTS (SELECT 1 FROM event WHERE event.target = {0}.id AND event.kind = 'void')"
ON_DEVICE = "+{0}.device_id"
"""The plus keeps SQLite from the index of devices, which would lead it through all that a device ever wrote."""
BEGINNINGS = f"""
SELECT at_ms, device_id FROM review
WHERE (at_ms, device_id) < (?, ?) AND typeof(at_ms) = 'integer' AND typeof(device_id) = 'text'
AND {STANDS.format("review")}
AND NOT EXISTS (
    SELECT 1 FROM review AS before
    WHERE before.at_ms BETWEEN review.at_ms - {GAP_MS} AND review.at_ms
    AND (before.at_ms, before.seq) < (review.at_ms, review.seq)
    AND {ON_DEVICE.format("before")} = review.device_id AND {STANDS.format("before")}
)
ORDER BY at_ms DESC, device_id DESC LIMIT ?
"""  # noqa: S608 -- our own text
FOLLOWING = f"""
WHERE at_ms BETWEEN ? AND ? AND (at_ms, seq) > (?, ?) AND {ON_DEVICE.format("review")} = ?
AND {STANDS.format("review")} ORDER BY at_ms, seq LIMIT {AT_ONCE}
"""


def sittings_through(
    connection: sqlite3.Connection, before: SittingKey | None, most: int
) -> tuple[list[PastSitting], SittingKey | None]:
    """Return at most so many sittings that began before one, the newest first, and from where to go on.

    None in `before` means the newest of all, None in what is returned that there is nothing older. A damaged answer is
    passed over.
    """
    keys: list[SittingKey] = connection.execute(BEGINNINGS, (*(before or LAST), most)).fetchall()
    found = [PastSitting(key, tuple(answers)) for key in keys if (answers := _answers(connection, key))]
    return found, keys[-1] if len(keys) == most else None


def _answers(connection: sqlite3.Connection, key: SittingKey) -> list[Review]:
    """Return the answers of a sitting from its beginning to its first gap."""
    began, device = key
    answers: list[Review] = []
    at_ms, seq = began, -1
    while True:
        rows = list(sound_rows(connection.execute, "review", FOLLOWING, at_ms, at_ms + GAP_MS, at_ms, seq, device))
        if not rows:
            return answers
        answers += map(review_of, rows)
        at_ms, seq = rows[-1]["at_ms"], rows[-1]["seq"]
