"""How large each day is to be, by the student's own week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.settings.dayvalues import WEEKDAYS

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from sciaquiz.settings import Settings


def share_of(settings: Settings) -> Callable[[date], float]:
    """Return the function that gives a day its share, 0..1, of a full day: nothing on a planned day off."""
    easy = dict(said.split("=") for said in settings.easy_days)
    shares = [int(easy.get(name, "100")) / 100 for name in WEEKDAYS]
    off = frozenset(settings.days_off)

    def share(day: date) -> float:
        return 0.0 if off and day.isoformat() in off else shares[day.weekday()]

    return share
