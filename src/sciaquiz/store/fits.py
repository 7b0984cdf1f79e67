"""Reading which parameters of memory are in force."""

from __future__ import annotations

from contextlib import closing
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import EventKind
from sciaquiz.memory.fits import DEFAULT_FITS, Fits, fits_of, is_fit_due
from sciaquiz.memory.model import name_of
from sciaquiz.memory.replay import in_force, in_order, state_under
from sciaquiz.store.codec import event_of, review_of
from sciaquiz.store.connect import connect
from sciaquiz.store.errors import SQLITE_FAULTS
from sciaquiz.store.reading import entries_about, sound_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from sciaquiz.ids import CardId
    from sciaquiz.journal.entries import CardState, Event, Review
    from sciaquiz.memory.fitting.seen import Seen
    from sciaquiz.memory.policy import Policy
    from sciaquiz.store.reading import Run

FITS = "WHERE card_id IS NULL AND kind = ?"
BRIEFLY = 0.2
"""Seconds that another window is waited for."""
NEXT_DAY = "SELECT coalesce(sum(reviewed), 0) FROM day_stat WHERE typeof(reviewed) = 'integer'"
GONE = """
SELECT target FROM event WHERE kind = 'void' AND target IN (SELECT id FROM event WHERE card_id IS NULL AND kind = ?)
"""


def fits_in(run: Run) -> Fits:
    """Return what is in force in a journal; a fit that cannot be read is passed over."""
    kind = EventKind.FIT.value
    made = [event_of(row) for row in sound_rows(run, "event", FITS, kind)]
    if not made:
        return DEFAULT_FITS
    return fits_of(in_order(made), [target for (target,) in run(GONE, (kind,))])


def due_in(run: Run, today: date) -> int:
    """Return the next-day reviews that a fit could be made of, 0 where it makes no sense yet."""
    reviews = next(int(found) for (found,) in run(NEXT_DAY))
    return reviews if is_fit_due(fits_in(run), reviews, today) else 0


def log_in(run: Run, luck: Callable[[Review], float | None]) -> list[list[Seen]]:
    """Return what a fit reads of each card with an answer, in the order of their ids; see `memory.refitting.seen_of`.

    Rows that cannot be read are passed over.
    """
    from sciaquiz.memory.refitting import seen_of

    events: dict[CardId, list[Event]] = {}
    for row in sound_rows(run, "event", "WHERE card_id IS NOT NULL"):
        event = event_of(row)
        if event.card_id is not None:
            events.setdefault(event.card_id, []).append(event)
    reviews = map(review_of, sound_rows(run, "review", "ORDER BY card_id"))
    cards = (
        seen_of(in_force(answers, events.get(card_id, ())), luck)
        for card_id, answers in groupby(reviews, key=attrgetter("card_id"))
    )
    return [card for card in cards if card]


def read_state_under(path: Path, state: CardState, policy: Policy) -> CardState | None:
    """Return what a card has come to with its memory under the model of a policy; None where it cannot be read now."""
    try:
        with closing(connect(path, BRIEFLY)) as connection:
            connection.execute("BEGIN")
            counted = in_force(*entries_about(connection.execute, state.card_id))
    except SQLITE_FAULTS:
        return None
    anew = state_under(policy, state, counted)
    is_anew = anew.progress is not None and name_of(anew.progress.memory) == policy.model
    return anew if is_anew else None


def read_fits(path: Path) -> Fits | None:
    """Return what is in force in the journal at a path; None where it cannot be read now."""
    if not path.exists():
        return DEFAULT_FITS
    try:
        with closing(connect(path, BRIEFLY)) as connection:
            connection.execute("BEGIN")
            return fits_in(connection.execute)
    except SQLITE_FAULTS:
        return None
