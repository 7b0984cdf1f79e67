"""Small helps for measuring: a terminal for the app, medians, and tables."""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import time
from fcntl import ioctl
from pathlib import Path
from statistics import median
from termios import TIOCSWINSZ
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

ESCAPES = re.compile(rb"\x1b\[[0-9;?]*[A-Za-z]|\x1b[()][A-Z0-9]|\x1b[=>]|\x1b\][^\x07]*\x07")


def seconds_to_see(
    arguments: Sequence[str],
    waits: Sequence[tuple[bytes, bytes]],
    environment: Mapping[str, str],
    pause: float = 0.0,
) -> list[float]:
    """Start a program in a terminal of 80x24; return when each text was seen, sending the keys that go with it then.

    With a `pause` the keys are sent so many seconds after the text was seen.
    """
    pid, terminal = pty.fork()
    if pid == 0:
        env = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", **environment}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        os.execve(sys.executable, [sys.executable, *arguments], env)  # noqa: S606 -- our own interpreter
    ioctl(terminal, TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
    begun = time.perf_counter()
    seen = b""
    found = []
    try:
        for text, keys in waits:
            while text not in ESCAPES.sub(b"", seen):
                ready, _, _ = select.select([terminal], [], [], 30)
                if not ready:
                    raise TimeoutError(f"{text!r} was not seen in {seen[-500:]!r}")
                seen += os.read(terminal, 65536)
            found.append(time.perf_counter() - begun)
            seen = ESCAPES.sub(b"", seen).split(text, 1)[1]
            if keys:
                time.sleep(pause)
                os.write(terminal, keys)
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        os.close(terminal)
    return found


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "|".join("---" for _ in head) + "|"]
    lines += ["| " + " | ".join(str(cell) for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def ms(seconds: float) -> str:
    """Milliseconds, with a digit where they are few."""
    return f"{seconds * 1000:.1f}" if seconds < 0.1 else f"{seconds * 1000:.0f}"


def middle(values: Sequence[float]) -> float:
    """The median."""
    return median(values)


def peak_megabytes() -> float:
    """The most memory this program took, as Linux counts it; `ru_maxrss` counts that of the program that started it."""
    [peak] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(peak.split()[1]) / 1024


def python(*arguments: str, environment: Mapping[str, str] | None = None) -> str:
    """Run a Python program and return what it prints."""
    env = {**os.environ, **(environment or {})}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=True, env=env)
    return done.stdout
