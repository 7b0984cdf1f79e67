"""Fitting the model of memory to the student's own journal, keeping what was found, and going back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sciaquiz.ids import new_entry_id
from sciaquiz.journal.entries import Act, EventKind

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.clock import Moment
    from sciaquiz.journal.entries import Review
    from sciaquiz.memory.fits import Fit, Fits
    from sciaquiz.memory.fitting.seen import Log
    from sciaquiz.memory.refitting import Refit
    from sciaquiz.store.journal import Journal
    from sciaquiz.workspace import Workspace


def own_log(workspace: Workspace) -> Log:
    """Return the student's answers as a fit reads them. Raises StoreError."""
    from sciaquiz.memory.guessing import luck_of, rates_from
    from sciaquiz.store.queries import read_avowals

    journal = workspace.journal
    rates = rates_from(read_avowals(journal.path))
    luck: Callable[[Review], float | None] = partial(luck_of, rates=rates) if rates.answers else _unknown
    return journal.fit_log(luck)


def _unknown(_: Review) -> float | None:
    return None


def fit_own(workspace: Workspace, hears: Callable[[float], None]) -> Refit:
    """Fit to the student's answers, and try what is found; nothing is kept yet.

    Raises StoreError, and TooFewError where there are too few answers.
    """
    from sciaquiz.memory.refitting import refit

    return refit(own_log(workspace), workspace.journal.fits(), hears)


def keep_fit(workspace: Workspace, found: Refit) -> Fits:
    """Write a fit into the journal, and return what is in force then. Raises KeepError."""
    from sciaquiz.memory.refitting import payload_of

    now = workspace.clock.now()
    payload = payload_of(found, now.study_day)
    workspace.journal.record(Act(id=new_entry_id(), kind=EventKind.FIT, moment=now, payload=payload))
    return workspace.journal.fits()


def go_back(journal: Journal, now: Moment) -> tuple[Fit, Fits] | None:
    """Take back the fit that is in force; return it and what is in force then, None if none is. Raises KeepError."""
    own = journal.fits().own
    if own is None:
        return None
    back = Act(id=new_entry_id(), kind=EventKind.FIT, moment=now, target=own.id, payload={"back": True})
    journal.record(back)
    return own, journal.fits()
