"""Keys that come faster than the app: each is let in when all that the one before it brought about is done.

Textual hands a key to the widget that has the focus when the key is read. A field that was sent, a screen that is
closing, or one that is opening would so take keys that are meant for what comes after it. Here a key waits, as in a
terminal's own buffer, until nothing is on its way any more, and then goes where it would have gone, had the app been
infinitely fast.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from typing import TYPE_CHECKING, Any

from textual import events

if TYPE_CHECKING:
    from textual.app import App
    from textual.screen import Screen
    from textual.worker import Worker

PATIENCE = 0.5
"""Seconds that keys wait for work that a key began: no longer, because a disk may hang."""

LOOK_AGAIN = 0.004
"""Seconds between looks at work that a key began."""

LONGEST_SETTLING = 5.0
"""Seconds until the next key is let in although something is still on its way."""

IN_TURN = (events.Key, events.Paste, events.MouseDown, events.MouseUp)
"""What is let in one after the other; a mouse that only moves waits for nothing."""


class TypeAhead:
    """The keys that were read and not let in yet."""

    def __init__(self, app: App[Any]) -> None:
        self._app = app
        self._waiting: deque[events.Event] = deque()
        self._in_turn: events.Event | None = None
        self._is_settling = False
        self._is_deaf = False
        self._heard_from = 0.0

    def holds(self, event: events.Event) -> bool:
        """Take an event that has to wait for its turn; False if it may go on now."""
        if not isinstance(event, IN_TURN) or event.is_forwarded:
            return False
        if event is self._in_turn:
            self._in_turn = None
            return False
        self._waiting.append(event)
        if not self._is_settling:
            self._is_settling = True
            self._app.run_worker(self._let_in(), group="keys")
        return True

    def overlook(self) -> None:
        """Let text that was typed before the next frame is on the screen mean nothing: it answers what nobody saw."""
        self._is_deaf = True
        self._app.screen.call_after_refresh(self._hear)

    def _hear(self) -> None:
        self._is_deaf = False
        self._heard_from = events.Event().time

    def _is_overlooked(self, event: events.Event) -> bool:
        is_text = isinstance(event, events.Paste) or (
            isinstance(event, events.Key) and (event.is_printable or event.key in ("enter", "backspace"))
        )
        return is_text and (self._is_deaf or event.time < self._heard_from)

    async def _let_in(self) -> None:
        try:
            while self._waiting:
                event = self._waiting.popleft()
                if self._is_overlooked(event):
                    continue
                front, at_work = self._front, set(self._at_work())
                self._in_turn = event
                self._app.post_message(event)
                await self._settled(front, at_work)
        finally:
            self._is_settling = False

    @property
    def _front(self) -> Screen[Any] | None:
        stack = self._app.screen_stack
        return stack[-1] if stack else None

    def _at_work(self) -> list[Worker[Any]]:
        """Return what the screen in front still does in the background."""
        return [work for work in self._app.workers if not work.is_finished and work.node is self._front]

    async def _settled(self, front: Screen[Any] | None, at_work: set[Worker[Any]]) -> None:
        """Wait until no message is on its way and what was begun is done; `at_work` is what `front` did before."""
        await self._drained()
        patience = time.monotonic() + PATIENCE
        while time.monotonic() < patience:
            known = at_work if self._front is front else set()
            if all(work in known for work in self._at_work()):
                break
            await asyncio.sleep(LOOK_AGAIN)
        await self._drained()

    async def _drained(self) -> None:
        """Wait until the app and all widgets of the screen in front have handled every message that they were sent."""
        limit = time.monotonic() + LONGEST_SETTLING
        while (front := self._front) is not None and (left := limit - time.monotonic()) > 0:
            nodes = [self._app, *front.walk_children(with_self=True)]
            handled = [asyncio.Event() for _ in nodes]
            reached = [done for node, done in zip(nodes, handled, strict=True) if node.call_later(done.set)]
            waits = [asyncio.ensure_future(done.wait()) for done in reached]
            _, late = await asyncio.wait(waits, timeout=left)
            for wait in late:
                wait.cancel()
            nodes = [self._app, *front.walk_children(with_self=True)]
            if front is self._front and not any(node.message_queue_size for node in nodes):
                return
