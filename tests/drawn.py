"""Reading the drawn screen back as text."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

from textual.worker import WorkerCancelled

from sciaquiz.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from textual.app import App
    from textual.pilot import Pilot
    from textual.timer import Timer

DIALOGUES = ("why", "note", "change", "dialogue", "save", "fit")
"""Workers that may wait for the student."""
SOON = 0.01
"""Seconds; what is put off for no longer has happened before a test looks."""
MOST_LOOKS = 30
"""A terminal too narrow for any layout never comes to rest."""


def text_of(app: App[Any]) -> str:
    """Return the screen in front, with what lies under it, as lines of text."""
    strips = app.screen._compositor.render_strips()  # the only way to read back what was drawn
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


async def settled(pilot: Pilot[None]) -> None:
    """Wait until no message is on its way, no worker is left, and the screen is drawn."""
    app = pilot.app
    await pilot.pause()
    for _ in range(100):  # on a busy machine, Home may not even have begun to read
        if not isinstance(app.screen, HomeScreen) or app.screen._snapshot is not None:
            break
        await pilot.pause(0.02)
    still = 0
    for _ in range(MOST_LOOKS):
        busy = [worker for worker in app.workers if worker.group not in DIALOGUES and not worker.is_finished]
        if busy:
            with suppress(WorkerCancelled):  # another of its kind took its place
                await app.workers.wait_for_complete(busy)
        still = still + 1 if not busy and is_still(app) else 0
        if still == 2:  # what one look let happen, the next one sees
            return
        await pilot.pause()


def is_still(app: App[Any]) -> bool:
    """Whether no message waits for the app or a widget of the screen in front, no timer is about to end, and all is drawn."""
    screen = app.screen
    is_drawn = not (app._resize_event or screen._layout_required or screen._dirty_widgets or screen._callbacks)
    is_awaited = any(_is_about_to_end(timer) for node in (app, screen) for timer in node._timers)
    return (
        is_drawn
        and not is_awaited
        and not any(node.message_queue_size for node in (app, *screen.walk_children(with_self=True)))
    )


def _is_about_to_end(timer: Timer) -> bool:
    return timer._repeat == 0 and timer._interval <= SOON and timer._task is not None and not timer._task.done()
