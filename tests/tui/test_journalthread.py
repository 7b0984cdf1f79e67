"""The journal's own thread: what was asked for is done, and whoever has gone is not told about it."""

from __future__ import annotations

import asyncio
import gc
import time
from typing import TYPE_CHECKING, Any

import pytest

from sciaquiz.store.errors import UnwritableError
from sciaquiz.tui.journalthread import JournalThread

if TYPE_CHECKING:
    from pathlib import Path


class Unopenable:
    """A workspace whose journal takes a moment and then cannot be opened."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def set_aside(self, *_: object) -> None:
        """Is not asked for."""

    set_acts_aside = set_aside

    @property
    def journal(self) -> None:
        """Raises UnwritableError."""
        time.sleep(0.05)
        raise UnwritableError(self._path, "no room")


async def test_an_error_that_nobody_waits_for_any_more_is_not_printed(tmp_path: Path) -> None:
    printed: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: printed.append(context))
    workspace: Any = Unopenable(tmp_path)
    thread = JournalThread(workspace)
    asked = asyncio.ensure_future(thread.call(lambda journal: journal.states()))
    await asyncio.sleep(0)
    asked.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asked
    await asyncio.to_thread(thread.close)
    await asyncio.sleep(0.01)
    del asked
    gc.collect()
    assert printed == []
