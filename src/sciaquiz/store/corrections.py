"""Corrected keys in the journal: which texts each card was met in, and which corrections nobody has answered yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.ids import CardId, Digest
from sciaquiz.memory.replay import in_order
from sciaquiz.store.codec import event_of
from sciaquiz.store.reading import sound_rows

if TYPE_CHECKING:
    from sciaquiz.journal.entries import Event
    from sciaquiz.store.reading import Run

STANDS = "NOT EXISTS (SELECT 1 FROM event AS void WHERE void.target = {entry}.id AND void.kind = 'void')"
MET = f"""
SELECT card_id, question_version FROM review WHERE rowid > ?1 AND {STANDS.format(entry="review")}
UNION SELECT card_id, CASE WHEN json_valid(payload) THEN json_extract(payload, '$.to') END FROM event
WHERE kind = 'corrected' AND {STANDS.format(entry="event")}
"""  # noqa: S608 -- our own text
UNANSWERED = f"""
WHERE kind = 'corrected' AND {STANDS.format(entry="event")} AND NOT EXISTS (
    SELECT 1 FROM review WHERE review.card_id = event.card_id
    AND (review.at_ms > event.at_ms OR (review.device_id = event.device_id AND review.seq > event.seq))
    AND {STANDS.format(entry="review")}
)
"""  # noqa: S608 -- our own text


def texts_met(run: Run, after: int = 0) -> dict[CardId, set[Digest]]:
    """Return the versions in which each card was answered after a row of `review`, or that it was corrected to."""
    found: dict[CardId, set[Digest]] = {}
    for name, version in run(MET, (after,)):
        if isinstance(name, str) and isinstance(version, str):
            found.setdefault(CardId(name), set()).add(Digest(version))
    return found


def unanswered(run: Run) -> list[Event]:
    """Return the corrections of cards that were not answered since, in the order that counts."""
    return in_order(event_of(row) for row in sound_rows(run, "event", UNANSWERED))
