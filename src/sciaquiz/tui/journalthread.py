"""The journal behind the screen: one thread that owns it, so that no key ever waits for the disk."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from sciaquiz.study.safekeeping import SafeKeeping

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

    from sciaquiz.journal.entries import CardState
    from sciaquiz.mock.holding import Held
    from sciaquiz.store.journal import Journal
    from sciaquiz.study.safekeeping import Aside
    from sciaquiz.study.turns import Outcome
    from sciaquiz.workspace import Workspace

T = TypeVar("T")


class JournalThread:
    """Runs everything that touches the journal in one thread, in the order in which it was asked for.

    What was asked for is done even if the screen that asked has gone meanwhile.
    """

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="journal")
        self._opening: Future[Journal] | None = None
        self._safe = SafeKeeping(workspace.set_aside, workspace.set_acts_aside)
        self._is_closed = False

    @property
    def unkept(self) -> Sequence[Aside]:
        """Where the answers of this run are that the journal has not taken."""
        return self._safe.unkept

    def open(self) -> Future[Journal]:
        """Begin to open the journal, once, and again after a failure."""
        if self._opening is None or (self._opening.done() and self._opening.exception() is not None):
            self._opening = self._thread.submit(lambda: self._workspace.journal)
        return self._opening

    async def call(self, ask: Callable[[Journal], T]) -> T:
        """Ask the journal something in its thread, opening it first if need be. Raises SciaquizError."""
        opening = self.open()
        return await self._run(lambda: ask(opening.result()))

    async def keep(self, outcome: Outcome) -> CardState:
        """Keep an answer; raises NotKeptError once it is set aside."""
        opening = self.open()
        return await self._run(lambda: self._safe.keep(opening.result, outcome))

    async def record(self, held: Held) -> None:
        """Keep what was done in a mock exam; raises NotKeptError once it is set aside."""
        opening, acts = self.open(), list(held.pending)
        if acts:
            await self._run(lambda: self._safe.record(opening.result, acts))
            held.kept(acts)

    async def _run(self, task: Callable[[], T]) -> T:
        if self._is_closed:
            raise asyncio.CancelledError  # the app is leaving: nobody waits for this any more
        done = asyncio.wrap_future(self._thread.submit(task))
        done.add_done_callback(_look_at)
        return await asyncio.shield(done)

    def close(self) -> None:
        """Wait until everything asked for is done, then close the journal."""
        self._is_closed = True
        opening = self._opening
        if opening is not None:
            self._thread.submit(_close, opening)
        self._thread.shutdown(wait=True)


def _look_at(done: asyncio.Future[T]) -> None:
    """Take note of an error: whoever asked may have gone, and asyncio prints what nobody has looked at."""
    if not done.cancelled():
        done.exception()


def _close(opening: Future[Journal]) -> None:
    if opening.exception() is None:
        opening.result().close()
