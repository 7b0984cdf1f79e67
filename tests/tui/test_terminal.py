"""What is written to a terminal that has gone keeps nobody from leaving."""

from __future__ import annotations

import errno
import io
from threading import Thread

import pytest

from sciaquiz.tui.terminal import write_on_when_closed


class Gone(io.StringIO):
    """A terminal that was closed."""

    def write(self, text: str) -> int:
        raise OSError(errno.EIO, "Input/output error")


def test_the_writer_takes_all_that_is_drawn_after_its_terminal_was_closed(monkeypatch: pytest.MonkeyPatch) -> None:
    linux_driver = pytest.importorskip("textual.drivers.linux_driver")
    monkeypatch.setattr(linux_driver, "WriterThread", linux_driver.WriterThread)
    write_on_when_closed()
    writer = linux_driver.WriterThread(Gone())
    writer.start()

    def draw_and_leave() -> None:
        for number in range(200):
            writer.write(f"frame {number}")
        writer.stop()

    leaving = Thread(target=draw_and_leave, daemon=True)
    leaving.start()
    leaving.join(timeout=5)
    assert not leaving.is_alive()
