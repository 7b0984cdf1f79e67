"""The cache of statistics as a whole: brought up with journal and decks, asked, and thrown away where it is damaged."""

from __future__ import annotations

from contextlib import closing, suppress
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from sciaquiz.catalogue.schema import reading
from sciaquiz.store.connect import connect
from sciaquiz.store.errors import SQLITE_FAULTS, store_error
from sciaquiz.tally.feeding import Feeding, MovedOnError
from sciaquiz.tally.schema import DAMAGE, open_tally

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from sciaquiz.catalogue.catalogue import Catalogue
    from sciaquiz.tally.feeding import Progress

T = TypeVar("T")
TRIES = 5
"""Another window may bring the same file up at the same time."""


class Tally:
    """Sums over the answers of a journal, by the scopes that a catalogue gives to cards. May be asked from any thread.

    It is a cache: a file that is locked, full, read-only, damaged or of another version is made anew, and if that does
    not help, all of it is kept in memory.
    """

    def __init__(self, path: Path | None, journal: Path, catalogue: Catalogue) -> None:
        self._path = path
        self._journal = journal
        self._catalogue = catalogue
        self._lock = RLock()
        self._connection: sqlite3.Connection | None = None
        self._at_hand: dict[str, tuple[object, Any]] = {}

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def bring_up(self, today: date, progress: Progress | None = None) -> None:
        """Take in what the journal and the decks have that is new. The first time that is everything.

        `progress` is called with how many cards were looked at, and of how many; what it raises breaks it off, and the
        next call goes on from there. Raises StoreError where the journal cannot be read.
        """

        def feed(connection: sqlite3.Connection) -> None:
            for attempt in range(TRIES):
                try:
                    Feeding(connection, self.read, self._catalogue, today.toordinal(), progress).run()
                    return
                except MovedOnError:
                    if attempt == TRIES - 1:
                        raise

        self._change(feed)

    def ask(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do some work that only reads; it sees the file as it stands at one moment."""

        def read(connection: sqlite3.Connection) -> T:
            with reading(connection):
                return work(connection)

        return self._change(read)

    def once(self, name: str, connection: sqlite3.Connection, work: Callable[[], T]) -> T:
        """Return what some work gave the last time, as long as journal and decks are what they were then."""
        stamp = connection.execute("SELECT name, value FROM meta ORDER BY name").fetchall()
        if self._at_hand.get(name, (None, None))[0] != stamp:
            self._at_hand[name] = (stamp, work())
        found: T = self._at_hand[name][1]
        return found

    def read(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do some work over the journal, in a transaction of its own. Raises StoreError."""
        try:
            with closing(connect(self._journal)) as journal, reading(journal):
                return work(journal)
        except SQLITE_FAULTS as error:
            raise store_error(self._journal, error) from None

    def _change(self, work: Callable[[sqlite3.Connection], T]) -> T:
        with self._lock:
            for remedy in (self._open, self._make_anew, self._go_to_memory):
                try:
                    if self._connection is None or remedy != self._open:
                        remedy()
                    assert self._connection is not None  # noqa: S101 -- each remedy opens one
                    return work(self._connection)
                except (*DAMAGE, MovedOnError):
                    if remedy == self._go_to_memory:
                        raise
            raise AssertionError

    def _open(self) -> None:
        self._connection = open_tally(self._path)

    def _make_anew(self) -> None:
        self.close()
        self._remove()
        self._open()

    def _go_to_memory(self) -> None:
        self.close()
        with suppress(OSError):
            self._remove()
        self._path = None
        self._open()

    def _remove(self) -> None:
        if self._path is not None:
            for ending in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)
