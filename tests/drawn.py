"""Reading the drawn screen back as text."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.worker import WorkerCancelled

from sciaquiz.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot

DIALOGUES = ("why", "note", "change", "dialogue")
"""Workers that may wait for the student."""


def text_of(app: App[Any]) -> str:
    """Return the screen in front, with what lies under it, as lines of text."""
    strips = app.screen._compositor.render_strips()  # the only way to read back what was drawn
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until no worker is left and the screen is drawn."""
    await pilot.pause()
    for _ in range(100):  # on a busy machine, Home may not even have begun to read
        if not isinstance(pilot.app.screen, HomeScreen) or pilot.app.screen._snapshot is not None:
            break
        await pilot.pause(0.02)
    for _ in range(3):
        busy = [worker for worker in pilot.app.workers if worker.group not in DIALOGUES and not worker.is_finished]
        if not busy:
            return
        with suppress(WorkerCancelled):  # another of its kind took its place
            await pilot.app.workers.wait_for_complete(busy)
        await pilot.pause()
