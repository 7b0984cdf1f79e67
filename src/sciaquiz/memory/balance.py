"""Intervals that level the days: of its range each ends where the least is due for the size of the day.

What was chosen is kept with the answer, as where in the range it lies: a replay needs no load, and agrees on every
device.
"""

from __future__ import annotations

from datetime import timedelta
from math import inf
from typing import TYPE_CHECKING

from sciaquiz.memory.fuzz import spread_at
from sciaquiz.memory.schedule import spreads_by

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from sciaquiz.clock import Moment
    from sciaquiz.ids import CardId
    from sciaquiz.journal.entries import Progress
    from sciaquiz.memory.fuzz import Spreads
    from sciaquiz.memory.policy import Policy
    from sciaquiz.memory.schedule import Spacing

LOAD_DAYS = 400
"""So far ahead the load is looked at; days beyond are taken for empty."""


def as_any_day(_: date) -> float:
    """Return the share of a day where no day is easier than another."""
    return 1.0


class Load:
    """How many cards are due on each day to come, and the share, 0..1, of a full day that each is to hold.

    It follows the answers that are given meanwhile.
    """

    def __init__(self, due: Mapping[date, int], share: Callable[[date], float] = as_any_day) -> None:
        """Take how many are due on each day."""
        self._due = {day.toordinal(): cards for day, cards in due.items()}
        self._share = share

    def lightest(self, first: date, last: date, rather: date) -> date:
        """Return the day from `first` to `last` with the least due for its share; of several the nearest to `rather`.

        A day without a share is chosen only where there is no other.
        """

        due, share, wanted = self._due, self._share, rather.toordinal()
        lightest = min(
            (cards / full if full else inf, cards, abs(day - wanted), day)
            for day in range(first.toordinal(), last.toordinal() + 1)
            for cards, full in ((due.get(day, 0), share(rather.fromordinal(day))),)
        )
        return rather.fromordinal(lightest[-1])

    def move(self, before: Progress | None, after: Progress | None) -> None:
        """Take in that a card is due on another day."""
        for progress, change in ((before, -1), (after, 1)):
            if progress is not None:
                day = progress.due_day.toordinal()
                self._due[day] = max(0, self._due.get(day, 0) + change)


def balanced(progress: Progress | None, card_id: CardId, moment: Moment, policy: Policy, load: Load) -> Spreads:
    """Return for each rating where in its range the lightest day lies; nothing where no rating has a choice."""
    if not policy.fuzz:
        return ()
    today = moment.study_day

    def choose(spaced: Spacing) -> float | None:
        if spaced.shortest == spaced.longest or (today.max - today).days <= spaced.longest:
            return None
        days = [today + timedelta(days=days) for days in (spaced.shortest, spaced.longest, spaced.days)]
        return spread_at((load.lightest(*days) - today).days, spaced.shortest, spaced.longest)

    return spreads_by(choose, progress, card_id, moment, policy)


__all__ = ["LOAD_DAYS", "Load", "as_any_day", "balanced"]
