"""Reading files that somebody else made, never waiting for what is no file, and writing them whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator
    from typing import BinaryIO

OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe is opened without waiting for its writer."""


STREAMS = ("/dev/fd", "/proc/self/fd")
"""Where what a program was given open has its names: `<(…)` of a shell, and standard input."""


class NotAFileError(OSError):
    """A folder, pipe, socket or device stands where a file was looked for."""

    def __init__(self, mode: int) -> None:
        super().__init__(errno.EINVAL, "it is a folder" if stat.S_ISDIR(mode) else "it is not a file")


def open_file(path: Path) -> BinaryIO:
    """Open a file to read from. Raises OSError, and NotAFileError."""
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):
            raise NotAFileError(mode)
        return os.fdopen(os.open(path, OPENING), "rb")
    except ValueError as error:  # no name of a file holds a NUL
        raise FileNotFoundError(errno.ENOENT, str(error)) from None


def open_named(path: Path) -> BinaryIO:
    """Open what a person named to be read: a file, or a stream that is open already, which has its writer.

    Raises OSError, and NotAFileError.
    """
    name = os.path.abspath(path)  # noqa: PTH100 -- a link is not followed: that of a stream leads nowhere
    is_stream = name == "/dev/stdin" or os.path.dirname(name) in STREAMS  # noqa: PTH120
    return path.open("rb") if is_stream else open_file(path)


def read_file(path: Path, most: int) -> bytes:
    """Return what a file holds, but no more than `most` bytes and one. Raises OSError and NotAFileError."""
    with open_file(path) as file:
        return file.read(most + 1)


def write_whole(path: Path, content: bytes) -> None:
    """Put other content into a file, as `replacing` does. Raises OSError."""
    with replacing(path) as file:
        file.write(content)


@contextmanager
def replacing(path: Path) -> Generator[BinaryIO]:
    """Give a file to write to: it takes the place of what `path` holds, whole or not at all, through a link too.

    Raises OSError, also if that is locked, and NotAFileError: no pipe or device makes room for a file.
    """
    target = Path(os.path.realpath(path))
    if target.exists():
        if not stat.S_ISREG(mode := target.stat().st_mode):
            raise NotAFileError(mode)
        if not os.access(target, os.W_OK):
            raise PermissionError(errno.EACCES, "it may only be read")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
