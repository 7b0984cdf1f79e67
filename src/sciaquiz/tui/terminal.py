"""The terminal that the app runs in: bytes that are no text, what happens when it is closed, and after a stop."""

from __future__ import annotations

import os
import select
import signal
import sys
from codecs import getincrementaldecoder
from functools import partial
from threading import Thread
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType


def read_forgivingly() -> None:
    """Let a byte that is no UTF-8 text arrive as the sign for that: Textual would read no key after it."""
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver

    setattr(linux_driver, "getincrementaldecoder", lambda name: partial(getincrementaldecoder(name), "replace"))  # noqa: B010 -- it has no type of its own


def write_on_when_closed() -> None:
    """Let the thread that writes to the terminal outlive it: nobody would take what is drawn, and leaving would wait.

    A write fails between the closing of a terminal and the moment at which `when_closed` notices it.
    """
    if sys.platform == "win32":
        return
    from textual.drivers import linux_driver
    from textual.drivers._writer_thread import WriterThread

    class LastingWriter(WriterThread):
        """A writer that goes on taking what is written once none of it arrives."""

        def run(self) -> None:
            try:
                super().run()
            except OSError:
                while self._queue.get() is not None:
                    pass

    setattr(linux_driver, "WriterThread", LastingWriter)  # noqa: B010 -- another type, as Textual sees it


def when_closed(call: Callable[[], object]) -> None:
    """Call back, from a thread, when the terminal is closed: who ignores the signal would go on reading nothing.

    What is still drawn then goes nowhere. Where a terminal cannot be watched nothing is called.
    """
    if not hasattr(select, "poll") or sys.__stdin__ is None:
        return
    poll = select.poll()
    poll.register(sys.__stdin__.fileno(), 0)

    def watch() -> None:
        if any(happened & select.POLLHUP for _, happened in poll.poll()):
            nowhere = os.open(os.devnull, os.O_RDWR)
            for stream in range(3):
                os.dup2(nowhere, stream)
            call()

    Thread(target=watch, name="terminal", daemon=True).start()


def when_continued(call: Callable[[], object]) -> None:
    """Call back when the process goes on after it was stopped from outside, without having left the terminal before.

    Textual takes every going on for the end of a suspension of its own and would begin to read the keys twice.
    """
    if not hasattr(signal, "SIGTSTP"):
        return
    suspend, resume = signal.getsignal(signal.SIGTSTP), signal.getsignal(signal.SIGCONT)
    if not callable(suspend) or not callable(resume):
        return
    is_suspended = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal is_suspended
        is_suspended = True
        suspend(number, frame)

    def go_on(number: int, frame: FrameType | None) -> None:
        nonlocal is_suspended
        if is_suspended:
            is_suspended = False
            resume(number, frame)
        else:
            call()

    signal.signal(signal.SIGTSTP, stop)
    signal.signal(signal.SIGCONT, go_on)
