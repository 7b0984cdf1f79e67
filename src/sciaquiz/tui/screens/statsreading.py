"""The statistics that Statistics has read, and reading others where no key waits for them."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from sciaquiz.insight.scope import Period

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.insight.report import Report
    from sciaquiz.insight.scope import Scope
    from sciaquiz.tui.app import SciaquizApp

    Progress = Callable[[int, int], None]
    """Called with how many questions were looked at, and of how many; only the first time there is much to look at."""


class Reports:
    """Reports by scope and period, as long as no answer comes or goes."""

    def __init__(self) -> None:
        self._known: dict[tuple[Scope, Period], Report] = {}

    def get(self, scope: Scope, period: Period) -> Report | None:
        """Return a report, if it was read."""
        return self._known.get((scope, period))

    def forget(self) -> None:
        """Read all anew from now on."""
        self._known = {}

    async def fetch(self, app: SciaquizApp, scope: Scope, period: Period, progress: Progress) -> Report:
        """Return a report, read anew unless it is known. Raises StoreError."""
        known = self._known
        if (scope, period) not in known:
            known[scope, period] = await read_report(app, scope, period, progress)
        return known[scope, period]


def for_weeks(period: Period) -> Period:
    """Return the period of which weeks are shown: no less than a quarter."""
    return period if period is Period.ALL else Period.QUARTER


async def read_report(app: SciaquizApp, scope: Scope, period: Period, progress: Progress) -> Report:
    """Work the statistics out in a thread. Raises StoreError."""
    from sciaquiz.insight.statistics import report_of

    loop = asyncio.get_running_loop()

    def tell(done: int, of: int) -> None:
        if not app.is_running:
            raise asyncio.CancelledError  # the app is leaving: the next look goes on from here
        loop.call_soon_threadsafe(progress, done, of)

    await app.journal.call(lambda _: None)  # it is opened in its own thread
    return await asyncio.to_thread(report_of, app.workspace, scope, period, tell)
