"""The clock of a mock exam: how long it has run, by the rule that was set when it began.

- The clock stops while you are away (`Away.STOPS`): only time with the exam open counts. After a crash it goes on from
  the last thing you did. It stands still while the computer sleeps or the process is stopped.
- The clock runs on (`Away.COUNTS`): all time since the beginning counts, also that of a pause, of a closed app and of a
  computer that sleeps.

While the exam is open no wall clock is asked, so one that jumps changes nothing. It is asked only when an exam is
opened again whose clock ran on; one that was set back then counts as no time. Where SCIAQUIZ_NOW fixes the time, the
clock of an exam stands still with it.
"""

from __future__ import annotations

import sys
import time
from datetime import timedelta
from typing import TYPE_CHECKING

from sciaquiz.mock.form import Away

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    Ticks = Callable[[], float]
    """Seconds on some clock that only goes forward."""

MILLISECOND = timedelta(milliseconds=1)


def used_on_opening(used_ms: int, last: datetime, now: datetime, away: Away) -> int:
    """Return what the clock shows when an exam is opened again, whose last entry was made at `last`."""
    return used_ms if away is Away.STOPS else used_ms + max(0, (now - last) // MILLISECOND)


def ticks_for(away: Away) -> Ticks:
    """Return a clock that goes on while the computer sleeps if that time counts, else one that does not."""
    if away is Away.COUNTS:
        name = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}.get(sys.platform, "")
        if hasattr(time, name) and hasattr(time, "clock_gettime"):
            number = getattr(time, name)
            return lambda: time.clock_gettime(number)
    return time.monotonic


class Meter:
    """Milliseconds that an exam has run. `used_ms` is what it had run when it was opened."""

    def __init__(self, used_ms: int, away: Away, ticks: Ticks) -> None:
        self._used = float(used_ms)
        self._away = away
        self._ticks = ticks
        self._looked_at = ticks()

    def look(self) -> int:
        """Return the milliseconds up to now."""
        now = self._ticks()
        self._used += max(0.0, now - self._looked_at) * 1000
        self._looked_at = now
        return int(self._used)

    def went_on(self) -> None:
        """Take note that the process was stopped since the last look: that was time away."""
        if self._away is Away.STOPS:
            self._looked_at = self._ticks()
