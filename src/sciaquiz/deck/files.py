"""Reading files that somebody else made, never waiting for what is no file, and writing them whole or not at all."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

OPENING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
"""A pipe is opened without waiting for its writer."""


class NotAFileError(OSError):
    """A folder, pipe, socket or device stands where a file was looked for."""


def read_file(path: Path, most: int) -> bytes:
    """Return what a file holds, but no more than `most` bytes and one. Raises OSError and NotAFileError."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise NotAFileError
        descriptor = os.open(path, OPENING)
    except ValueError as error:  # no name of a file holds a NUL
        raise FileNotFoundError(str(error)) from None
    with os.fdopen(descriptor, "rb") as file:
        return file.read(most + 1)


def write_whole(path: Path, content: bytes) -> None:
    """Put other content into a file, whole or not at all, through a link too. Raises OSError, also if it is locked."""
    target = path.resolve()
    if target.exists() and not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, "it may only be read")
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if target.exists():
            part.chmod(target.stat().st_mode)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)
