"""The file of a journal while it is open: one connection, its transactions, and its faults in words."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sciaquiz.journal.port import KeepError
from sciaquiz.store.connect import prepare
from sciaquiz.store.errors import SQLITE_FAULTS, sqlite_name, store_error

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Generator
    from pathlib import Path

FAULTS = {
    "SQLITE_FULL": "The disk is full: this is NOT saved yet. Make room, then try again.",
    "SQLITE_BUSY": "Another program is using the journal: this is NOT saved yet. Try again in a moment.",
    "SQLITE_READONLY_DBMOVED": "The journal was moved or deleted while it was open: this is NOT saved. "
    "Put it back, or leave and start again.",
    "SQLITE_READONLY": "The journal is read-only: this is NOT saved. Make it writable, then try again.",
    "SQLITE_IOERR": "The disk reported an error: this may not be saved. Try again; it counts once.",
}
"""What to say for a fault, by the beginning of SQLite's name for it; the most particular first."""


class JournalFile:
    """Holds the connection, which is made at the first use. `refusal` says why nothing can be written, if so.

    `copied_to` is the folder of a temporary copy that is read instead of the file. `is_new` is whether it was made just
    now.
    """

    def __init__(
        self,
        path: Path,
        connects: Callable[[], sqlite3.Connection],
        *,
        refusal: str = "",
        copied_to: Path | None = None,
        is_new: bool = False,
    ) -> None:
        self.path = path
        self.refusal = refusal
        self.copied_to = copied_to
        self.is_new = is_new
        self._connects = connects
        self._connection: sqlite3.Connection | None = None
        self._inode = 0

    def stays(self) -> None:
        """Note which file this is: another one of the same name is never written. Raises OSError."""
        self._inode = self.path.stat().st_ino

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection, outside of any transaction. Raises sqlite3.Error."""
        if self._connection is None:
            connection = self._connects()
            try:
                prepare(connection)
            except BaseException:
                connection.close()
                raise
            self._connection = connection
        return self._connection

    def close(self) -> None:
        """Close the file, and delete the copy that was read instead."""
        self._disconnect()
        if self.copied_to is not None:
            shutil.rmtree(self.copied_to, ignore_errors=True)

    def _disconnect(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def reading(self) -> Generator[sqlite3.Connection]:
        """Read in one transaction. Raises StoreError."""
        with self._in_words(), self._transaction("DEFERRED") as connection:
            yield connection

    @contextmanager
    def arranging(self) -> Generator[sqlite3.Connection]:
        """Write in one transaction that keeps no answer and no act. Raises StoreError."""
        with self._in_words(), self._transaction("IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def keeping(self) -> Generator[sqlite3.Connection]:
        """Write in one transaction that is durable once it ends. Raises KeepError, in words for the student."""
        if self.refusal:
            raise KeepError(FAULTS["SQLITE_READONLY"])
        try:
            is_there = self.path.stat().st_ino == self._inode
        except OSError:
            is_there = False
        if not is_there:
            raise KeepError(FAULTS["SQLITE_READONLY_DBMOVED"])
        try:
            with self._transaction("IMMEDIATE") as connection:
                yield connection
        except SQLITE_FAULTS as error:
            name = sqlite_name(error)
            told = next((words for fault, words in FAULTS.items() if name.startswith(fault)), None)
            raise KeepError(told or f"This is NOT saved: {error}. Try again; it counts once.") from error

    @contextmanager
    def in_memory(self) -> Generator[None]:
        """Write nothing to the file before the end of a transaction, however much it changes: others read until then.

        SQLite listens to this only outside of a transaction.
        """
        with self._in_words():
            self.connection.execute("PRAGMA cache_spill=OFF")
            try:
                yield
            finally:
                self.connection.execute("PRAGMA cache_spill=ON")

    @contextmanager
    def _in_words(self) -> Generator[None]:
        """Turn a fault of SQLite into a StoreError; trying again is safe."""
        try:
            yield
        except SQLITE_FAULTS as error:
            raise store_error(self.path, error) from None

    @contextmanager
    def _transaction(self, kind: str) -> Generator[sqlite3.Connection]:
        connection = self.connection
        connection.execute(f"BEGIN {kind}")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            self._undo(connection)
            raise

    def _undo(self, connection: sqlite3.Connection) -> None:
        """Take a transaction back. A connection that cannot even do that is given up; the next one rolls back."""
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except SQLITE_FAULTS:
            self._disconnect()
