"""The journal behind the screen: one thread that owns it, so that no key ever waits for the disk."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future

    from sciaquiz.desk import Desk
    from sciaquiz.store.journal import Journal

T = TypeVar("T")


class JournalThread:
    """Runs everything that touches the journal in one thread, in the order in which it was asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._opening: Future[Journal] | None = None

    def open(self) -> Future[Journal]:
        """Begin to open the journal, once; what opening it raised is raised by every later call."""
        if self._opening is None:
            self._opening = self._thread.submit(lambda: self._desk.journal)
        return self._opening

    async def call(self, ask: Callable[[Journal], T]) -> T:
        """Ask the journal something in its thread, opening it first if need be."""
        opening = self.open()
        return await asyncio.wrap_future(self._thread.submit(lambda: ask(opening.result())))

    def close(self) -> None:
        """Wait until everything asked for is durable, then close the journal."""
        opening = self._opening
        if opening is not None:
            self._thread.submit(_close, opening)
        self._thread.shutdown(wait=True)


def _close(opening: Future[Journal]) -> None:
    if opening.exception() is None:
        opening.result().close()
