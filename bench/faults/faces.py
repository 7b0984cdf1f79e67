"""Both faces of the app in processes of their own, over pipes or in a terminal, with strace between them and the disk.

Each is a fork of a process that has the app loaded: what runs, and what is killed, is the same as in a fresh one, but
it starts in a tenth of the time. Commands started by `python -m sciaquiz` are among the parts that use this as well.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import pty
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import traceback
from dataclasses import dataclass
from fcntl import ioctl
from importlib import import_module
from pathlib import Path
from termios import TIOCSWINSZ
from typing import TYPE_CHECKING

from bench.timing import ESCAPES

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LOADED = (
    "sciaquiz.cli.main",
    "sciaquiz.mocks",
    "sciaquiz.plain.mock",
    "sciaquiz.plain.sitting",
    "sciaquiz.store.backup",
    "sciaquiz.store.jsonl",
    "sciaquiz.store.journal",
    "sciaquiz.sittings",
    "sciaquiz.tui.app",
    "sciaquiz.tui.screens.home",
    "sciaquiz.tui.screens.mock",
    "sciaquiz.tui.screens.study",
)
PATIENCE = 30.0
PR_SET_PTRACER, PR_SET_PTRACER_ANY = 0x59616D61, ctypes.c_ulong(-1)
HAS_STRACE = shutil.which("strace") is not None


class HungError(Exception):
    """A face did nothing for so long that it was killed."""


@dataclass(frozen=True)
class Done:
    """How a face ended: exit status (minus the signal that killed it), what it wrote, and to standard error."""

    status: int
    out: bytes
    errors: bytes


class Face:
    """One run of the app. `terminal` puts it into an 80x24 terminal; else it reads and writes pipes.

    `tampering` are arguments for strace, which is attached before the app begins. With `main` that is run instead of
    the command line.
    """

    def __init__(
        self,
        arguments: Sequence[str],
        home: Path,
        *,
        terminal: bool = False,
        tampering: Sequence[str] = (),
        environment: Mapping[str, str] | None = None,
        main: Callable[[], int] | None = None,
    ) -> None:
        surroundings = {"SCIAQUIZ_HOME": str(home), "TERM": "xterm-256color", "COLORTERM": "truecolor"}
        surroundings |= {"COLUMNS": "80", "LINES": "24"} | dict(environment or {})
        gate, opener = os.pipe()
        self.errors_end, errors = os.pipe()
        if terminal:
            self.pid, self.out = pty.fork()
            self.into = self.out
        else:
            standard_in, self.into = os.pipe()
            self.out, standard_out = os.pipe()
            self.pid = os.fork()
        if self.pid == 0:
            if not terminal:
                os.dup2(standard_in, 0)
                os.dup2(standard_out, 1)
                os.dup2(errors, 2)
            let_trace()
            os.read(gate, 1)
            os.closerange(3, 256)
            _become(arguments, surroundings, main)
        for end in (gate, errors, *(() if terminal else (standard_in, standard_out))):
            os.close(end)
        if terminal:
            ioctl(self.out, TIOCSWINSZ, struct.pack("HHHH", 24, 80, 0, 0))
        self.seen = b""
        self.errors = b""
        self._tracer = attached(self.pid, tampering) if tampering else None
        os.write(opener, b".")
        os.close(opener)
        self._ends = [self.out, self.errors_end]
        self.status: int | None = None

    def send(self, data: bytes) -> None:
        """Write to its input; what cannot be written because it has ended is dropped."""
        with contextlib.suppress(OSError):
            os.write(self.into, data)

    def read(self, seconds: float) -> bool:
        """Take in what it writes within `seconds`; False if it has closed everything."""
        ready, _, _ = select.select(self._ends, [], [], seconds) if self._ends else ([], [], [])
        for end in ready:
            try:
                data = os.read(end, 65536)
            except OSError:
                data = b""
            if not data:
                self._ends.remove(end)
            elif end == self.out:
                self.seen += data
            else:
                self.errors += data
        return bool(self._ends)

    @property
    def text(self) -> bytes:
        """What it wrote, without escape sequences."""
        return ESCAPES.sub(b"", self.seen)

    def wait_for(self, *texts: bytes, since: int = 0, seconds: float = PATIENCE) -> bool:
        """Wait until any of the texts was written, counted from byte `since` of `text`; False if it ended before."""
        limit = time.monotonic() + seconds
        while True:
            written = self.text[since:]
            if any(text in written for text in texts):
                return True
            if time.monotonic() > limit:
                self.kill()
                self.finish()
                raise HungError(f"none of {texts!r} in {self.text[-600:]!r} {self.errors[-300:]!r}")
            if not self.read(0.5) and not self._ends:
                return False

    def kill(self) -> None:
        """Kill it as `kill -9` does."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def close_input(self) -> None:
        """End its input, where it reads from a pipe."""
        if self.into not in (-1, self.out):
            os.close(self.into)
            self.into = -1

    def finish(self, seconds: float = PATIENCE) -> Done:
        """Read to the end and return how it ended. Raises HungError, having killed it."""
        self.close_input()
        limit = time.monotonic() + seconds
        is_hung = False
        while self.read(0.5) or self._ends:
            if time.monotonic() > limit and not is_hung:
                is_hung = True
                self.kill()
        _, status = os.waitpid(self.pid, 0)
        os.close(self.out)
        os.close(self.errors_end)
        if self._tracer is not None:
            self._tracer.wait(PATIENCE)
        if is_hung:
            raise HungError(f"did not end: {self.text[-600:]!r} {self.errors[-300:]!r}")
        self.status = os.waitstatus_to_exitcode(status)
        return Done(self.status, self.seen, self.errors)


def run_face(
    arguments: Sequence[str],
    home: Path,
    said: bytes = b"",
    *,
    tampering: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    main: Callable[[], int] | None = None,
) -> Done:
    """Run a command over pipes to its end."""
    face = Face(arguments, home, tampering=tampering, environment=environment, main=main)
    face.send(said)
    return face.finish()


def load() -> None:
    """Load the app, so that each face starts fast."""
    for name in LOADED:
        import_module(name)


def _become(arguments: Sequence[str], surroundings: Mapping[str, str], main: Callable[[], int] | None) -> None:
    """Turn this process into a run of the app, and end it as the interpreter would."""
    status = 70
    try:
        for name in ("SCIAQUIZ_NOW", "NO_COLOR"):
            os.environ.pop(name, None)
        os.environ.update(surroundings)
        os.chdir(Path(surroundings["SCIAQUIZ_HOME"]).parent)  # a file may be tried there
        tempfile.tempdir = None  # it was looked up before
        gc.enable()
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for name, number, mode in (("stdin", 0, "r"), ("stdout", 1, "w"), ("stderr", 2, "w")):
            stream = open(number, mode, closefd=False)  # noqa: SIM115 -- a descriptor
            setattr(sys, name, stream)
            setattr(sys, f"__{name}__", stream)
        sys.argv = ["sciaquiz", *arguments]
        from sciaquiz.__main__ import main as command

        try:
            status = (main or command)()
        except SystemExit as ended:
            status = ended.code if isinstance(ended.code, int) else 1
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        os.write(2, traceback.format_exc().encode(errors="replace"))
    finally:
        os._exit(status)


def let_trace() -> None:
    """Allow strace to attach to this process where only a parent may."""
    if HAS_STRACE and sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0)


def attached(pid: int, tampering: Sequence[str]) -> subprocess.Popen[bytes]:
    """Attach strace to a process that waits, and return once it is attached."""
    tracer = subprocess.Popen(
        ["strace", "-f", "-e", "signal=none", *tampering, "-p", str(pid)],
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
    )  # fmt: skip
    assert tracer.stderr is not None
    line = tracer.stderr.readline()
    assert b"attached" in line, line
    return tracer
