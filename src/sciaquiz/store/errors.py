"""What can go wrong with the journal, said for the student."""

from __future__ import annotations

import errno
import os
import sqlite3
from typing import TYPE_CHECKING

from sciaquiz.errors import SciaquizError
from sciaquiz.text import path_words, tame
from sciaquiz.words import count

if TYPE_CHECKING:
    from pathlib import Path

SQLITE_FAULTS = (sqlite3.Error, UnicodeDecodeError)
"""What the driver raises; the second where it cannot even read SQLite's message, which names a damaged schema."""
LONGEST_DETAIL = 200


class StoreError(SciaquizError):
    """The journal cannot be used. The message says what happened and what to do; the file was left as it is."""

    def __init__(self, path: Path, message: str) -> None:
        super().__init__(f"{path_words(path)}: {message}")
        self.path = path
        self._message = message

    @property
    def brief(self) -> str:
        """The message without the path."""
        return self._message


class NewerSchemaError(StoreError):
    """The journal was written by a newer version of the app."""

    def __init__(self, path: Path, found: int, known: int) -> None:
        super().__init__(
            path,
            f"this journal was written by a newer sciaquiz (format {found}; this one knows {known}). "
            "It was left as it is. Please update sciaquiz.",
        )


class NotAJournalError(StoreError):
    """The file is something else."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "this file is not a sciaquiz journal. It was left as it is. Move it away and try again.")


class DamagedError(StoreError):
    """SQLite cannot read the file, or it fails its check."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            path,
            f"the journal is damaged ({detail}). Nothing was deleted. List the backups with: sciaquiz restore",
        )


class LostJournalError(StoreError):
    """There is no journal, or an empty one, where there are copies of one: this is no first start."""

    def __init__(self, path: Path, state: str, backups: int, asides: int, newest: Path) -> None:
        kept = [f"{count(backups, 'backup')} of one"] * (backups > 0)
        kept += [count(asides, "that was put aside", "that were put aside")] * (asides > 0)
        super().__init__(
            path,
            f"{state}, but {' and '.join(kept)}. Nothing was changed. To start afresh, move the copies away. "
            f"To go on from the newest: sciaquiz restore {path_words(newest)}",
        )


class UnwritableError(StoreError):
    """The place cannot be written."""

    def __init__(self, path: Path, detail: str, advice: str = "Set SCIAQUIZ_HOME to a folder that can be.") -> None:
        super().__init__(path, f"the journal cannot be written here ({detail}). {advice}")


class BackupError(StoreError):
    """A copy of the journal cannot be written; the journal itself is as it was."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(path, f"this copy of the journal cannot be written ({detail}). The journal is as it was.")


class ReadOnlyError(UnwritableError):
    """Nothing may be written there; what only reads works."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "the place is read-only")


class FullError(UnwritableError):
    """There is no room left."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "the disk is full", "Make room, then try again.")


class BusyError(StoreError):
    """Another program holds the file for longer than we wait."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, "the journal is in use by another program. Close it there, then try again.")


def sqlite_name(error: BaseException | None) -> str:
    """Return SQLite's own name of a fault, such as SQLITE_FULL; empty if it has none."""
    return str(getattr(error, "sqlite_errorname", ""))


def store_error(path: Path, error: BaseException) -> StoreError:
    """Return what a fault of SQLite means for the student."""
    detail = " ".join(tame(str(error)).split())[:LONGEST_DETAIL]
    if isinstance(error, UnicodeDecodeError):
        return DamagedError(path, "its schema is not legible")
    match sqlite_name(error).split("_")[1:2]:
        case ["NOTADB" | "CORRUPT" | "CONSTRAINT"]:  # nothing of ours breaks a constraint of a sound file
            return DamagedError(path, detail)
        case ["BUSY" | "LOCKED"]:
            return BusyError(path)
        case ["FULL"]:
            return FullError(path)
        case _:
            return _in_the_way(path) or UnwritableError(path, detail)


def place_error(path: Path, error: OSError) -> UnwritableError:
    """Return what a fault of the file system means for the student."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FullError(path)
    return _in_the_way(path) or UnwritableError(path, error.strerror or str(error))


def _in_the_way(path: Path) -> UnwritableError | None:
    """Return what to say of a file that stands where a folder belongs, or of what is no file where one belongs."""
    folder = next((each for each in path.parents if os.path.lexists(each)), path.parent)
    what = ""
    if not folder.is_dir():
        what = f"{path_words(folder)} is no folder"
    elif path.exists() and not path.is_file():
        what = "it is a folder" if path.is_dir() else "it is not a file"
    return UnwritableError(path, what, "Move it away, or set SCIAQUIZ_HOME to another folder.") if what else None
