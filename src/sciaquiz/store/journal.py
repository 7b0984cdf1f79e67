"""The journal: every answer and act, and the states derived from them."""

from __future__ import annotations

import errno
import platform
import shutil
import sqlite3
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from sqlalchemy import and_, bindparam, func, select, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError, IntegrityError

from sciaquiz.ids import CardId, DeviceId, EntryId, new_entry_id
from sciaquiz.journal.acts import UNDOABLE, void
from sciaquiz.journal.entries import Act, Answer, CardState, Event, EventKind, Review
from sciaquiz.journal.port import KeepError
from sciaquiz.memory.replay import replay
from sciaquiz.store.backup import back_up_daily
from sciaquiz.store.beside import BACKUPS, clear, leftovers, refuse_if_lost
from sciaquiz.store.codec import MOST, STATE_COLUMNS, event_row, from_ms, payload_of, review_row, state_row, to_ms
from sciaquiz.store.connect import can_write, connect, open_for_writing, rolled_back_copy
from sciaquiz.store.engine import make_engine
from sciaquiz.store.errors import (
    SQLITE_FAULTS,
    DamagedError,
    ReadOnlyError,
    StoreError,
    UnwritableError,
    sqlite_name,
    store_error,
)
from sciaquiz.store.migrations import create_tables, migrate, remake_indexes, version_of
from sciaquiz.store.queries import given_through, snapshot_through, totals_through
from sciaquiz.store.reading import cards_in, entries_about, policies_in, sound_rows, states_in
from sciaquiz.store.tables import DEVICE, EVENT, REVIEW, SCHEMA_VERSION, SNAPSHOT, STATE
from sciaquiz.store.verifying import Verification, verify
from sciaquiz.store.versions import content_of, fault_in

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

    from sqlalchemy import ColumnElement, Connection, Table

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Question
    from sciaquiz.ids import Digest
    from sciaquiz.journal.snapshot import Given, Snapshot, Totals
    from sciaquiz.memory.policy import Policy
    from sciaquiz.store.jsonl import Exported, ImportReport


# The statements of an answer, built once: building and keying them costs more than running them.
ADD_REVIEW = insert(REVIEW).on_conflict_do_nothing(index_elements=["id"])
LATEST_ROW = {table: select(func.coalesce(func.max(text("rowid")), 0)).select_from(table) for table in (REVIEW, EVENT)}
"""How many entries there are, read from the end: neither table ever loses one."""
ADD_EVENT = insert(EVENT).on_conflict_do_nothing(index_elements=["id"])
ADD_SNAPSHOT = insert(SNAPSHOT).on_conflict_do_nothing()
_STATE = insert(STATE)
PUT_STATE = _STATE.on_conflict_do_update(
    index_elements=["card_id"], set_={name: _STATE.excluded[name] for name in STATE_COLUMNS}
)
LATEST_SEQ = select(
    func.max(
        *(
            func.coalesce(
                select(func.max(table.c.seq))
                .where(
                    table.c.device_id == bindparam("device"), func.typeof(table.c.seq) == "integer", table.c.seq < MOST
                )
                .scalar_subquery(),
                0,
            )
            for table in (REVIEW, EVENT)
        )
    )
)
_VOID = EVENT.alias()


def _stands(table: Table) -> ColumnElement[bool]:
    return ~select(_VOID.c.id).where(_VOID.c.kind == EventKind.VOID.value, _VOID.c.target == table.c.id).exists()


def _is_whole(table: Table) -> ColumnElement[bool]:
    """Pass over rows that were damaged where they would be compared."""
    return and_(*(func.typeof(table.c[name]) == "integer" for name in ("at_ms", "seq")), table.c.card_id.is_not(None))


_TARGET_STANDS = ~select(_VOID.c.id).where(
    _VOID.c.kind == EventKind.VOID.value, _VOID.c.target == EVENT.c.target
).exists()  # fmt: skip
LATEST_ANSWER = (
    select(REVIEW.c.id, REVIEW.c.card_id, REVIEW.c.at_ms, REVIEW.c.seq)
    .where(_stands(REVIEW), _is_whole(REVIEW))
    .order_by(REVIEW.c.at_ms.desc(), REVIEW.c.seq.desc())
    .limit(1)
)
LATEST_ACT = (
    select(EVENT.c.id, EVENT.c.card_id, EVENT.c.kind, EVENT.c.target, EVENT.c.at_ms, EVENT.c.seq)
    .where(EVENT.c.kind.in_([kind.value for kind in UNDOABLE]), _stands(EVENT), _is_whole(EVENT), _TARGET_STANDS)
    .order_by(EVENT.c.at_ms.desc(), EVENT.c.seq.desc())
    .limit(1)
)
FOLLOWED = select(EVENT.c.id).where(
    EVENT.c.target == bindparam("answer"), EVENT.c.kind == EventKind.SUSPEND.value, _stands(EVENT)
)
"""What an answer brought with it."""
CARDS_UNDER = select(REVIEW.c.card_id).distinct().where(REVIEW.c.policy.in_(bindparam("policies", expanding=True)))
LATEST_OF = "WHERE device_id = ? ORDER BY seq DESC"
CLOCK_TOLERANCE = timedelta(hours=1)
CANNOT_BE_WRITTEN = (errno.EROFS, errno.EACCES, errno.EPERM)

FAULTS = {
    "SQLITE_FULL": "The disk is full: this is NOT saved yet. Make room, then try again.",
    "SQLITE_BUSY": "Another program is using the journal: this is NOT saved yet. Try again in a moment.",
    "SQLITE_READONLY_DBMOVED": "The journal was moved or deleted while it was open: this is NOT saved. "
    "Put it back, or leave and start again.",
    "SQLITE_READONLY": "The journal is read-only: this is NOT saved. Make it writable, then try again.",
    "SQLITE_IOERR": "The disk reported an error: this may not be saved. Try again; it counts once.",
}
"""What to say for a fault, by the beginning of SQLite's name for it; the most particular first."""


class Journal:
    """An open journal. Not for use from several threads at once.

    Every write is one `BEGIN IMMEDIATE` transaction: the entry, and the state of its card as a replay gives it.
    `refusal` says why nothing can be written, if that is so: everything that only reads works all the same.
    `backup_trouble` says why no backup could be made today, if that is so.
    """

    def __init__(self, path: Path, connects: Callable[[], sqlite3.Connection], *, refusal: str = "") -> None:
        self.path = path
        self.refusal = refusal
        self.backup_trouble = ""
        self._reader, self._writer = make_engine(connects)
        self._device = DeviceId("")
        self._policies: dict[Digest, Policy] = {}
        self._snapshots: set[str] = set()
        self._own = 0  # entries that this instance added since it last looked for those of others
        self._counted = 0
        self._inode = 0
        self._copied_to: Path | None = None

    @classmethod
    def open(cls, path: Path, now: Moment) -> Journal:
        """Open the journal, making or migrating it if need be, and back it up once a day. Raises StoreError.

        Where the place cannot be written, it is opened to be read.
        """
        refuse_if_lost(path)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except (PermissionError, OSError) as error:
            if error.errno not in CANNOT_BE_WRITTEN:
                raise UnwritableError(path, error.strerror or str(error)) from None
        if not can_write(path):
            return cls._open_to_read(path)
        existed = path.exists() and path.stat().st_size > 0
        migrate(path)
        journal = cls(path, lambda: open_for_writing(path))
        try:
            journal._inode = path.stat().st_ino
            journal._settle_device(now)
            journal._clear_leftovers()
            journal._look_around()
        except BaseException as error:
            journal.close()
            if isinstance(error, OSError):
                raise UnwritableError(path, error.strerror or str(error)) from None
            raise
        if existed:
            journal._back_up(now.study_day)
        return journal

    @classmethod
    def _open_to_read(cls, path: Path) -> Journal:
        """Open a journal that cannot be written; one that does not exist is empty."""
        refusal = str(ReadOnlyError(path))
        if not path.exists():
            return cls(path, _empty, refusal=refusal)
        copy = rolled_back_copy(path)
        place = copy or path
        try:
            if version_of(place) != SCHEMA_VERSION:
                raise UnwritableError(path, "it has to be brought to the format of this version first")
            journal = cls(path, lambda: connect(place), refusal=refusal)
            journal._copied_to = copy and copy.parent
            journal._look_around()
        except BaseException:
            if copy is not None:
                shutil.rmtree(copy.parent, ignore_errors=True)
            raise
        return journal

    def _look_around(self) -> None:
        with self._reading() as connection:
            self._policies_again(connection)
        self.changed_elsewhere()

    def close(self) -> None:
        """Close the file."""
        self._reader.dispose()
        if self._copied_to is not None:
            shutil.rmtree(self._copied_to, ignore_errors=True)

    def _clear_leftovers(self) -> None:
        """Undo a restore that was broken off. One that goes on just now is waited for: it holds the journal."""
        if leftovers(self.path):
            with suppress(StoreError), self._arranging():
                clear(leftovers(self.path))

    def _back_up(self, study_day: date) -> None:
        try:
            back_up_daily(self.path, self.path.parent / BACKUPS, study_day)
        except DamagedError:
            self.close()
            raise
        except StoreError as error:
            self.backup_trouble = str(error)  # no room for a backup must not keep anyone from studying; `doctor` tells

    # Keeping

    def keep(self, answer: Answer, policy: Policy, question: Question, followed: Sequence[Act] = ()) -> CardState:
        """Keep one answer, with what follows from it, and return its card's state once all is durable.

        Raises KeepError; asking again is safe.
        """
        with self._writing(answer.moment) as connection:
            self._keep_policy(connection, policy, answer.moment)
            self._keep_snapshot(connection, question)
            columns = {name: getattr(answer, name) for name in Answer.__dataclass_fields__}
            self._add(
                connection,
                lambda place: (ADD_REVIEW, review_row(Review(**columns, **place), question.kind.value)),
                answer.moment,
            )
            for act in followed:
                self._add_event(connection, act)
            return self._derive(connection, answer.card_id)

    def act(self, *acts: Act) -> CardState:
        """Keep acts on one card, all or none, and return its state. Raises KeepError; asking again is safe."""
        first = acts[0]
        assert first.card_id is not None  # noqa: S101 -- every act of a student is on a card
        with self._writing(first.moment) as connection:
            for act in acts:
                self._add_event(connection, act)
            return self._derive(connection, first.card_id)

    def undo_last(self, now: Moment) -> tuple[CardId, EventKind | None] | None:
        """Void the latest thing that the student did and that stands, whenever that was.

        Returns the card and the kind of act, None for an answer; None alone if there is nothing. An answer goes with
        what followed from it. Raises KeepError.
        """
        with self._writing(now) as connection:
            answer = connection.execute(LATEST_ANSWER).first()
            act = connection.execute(LATEST_ACT).first()
            if act is not None and (answer is None or (act.at_ms, act.seq) > (answer.at_ms, answer.seq)):
                card_id, voided = CardId(act.card_id), [act.id]
                kind: EventKind | None = EventKind(act.kind)
                if kind is EventKind.SUSPEND and act.target is not None:  # the answer that made the card a leech
                    kind, voided = None, [act.target]
            elif answer is not None:
                card_id, kind, voided = CardId(answer.card_id), None, [answer.id]
            else:
                return None
            if kind is None:
                voided += [row.id for row in connection.execute(FOLLOWED, {"answer": voided[0]})]
            for entry in voided:
                self._add_event(connection, void(EntryId(entry), card_id, now))
            self._derive(connection, card_id)
            return card_id, kind

    @contextmanager
    def _writing(self, now: Moment) -> Generator[Connection]:
        """One transaction; a fault of the disk becomes a KeepError in plain words."""
        if self.refusal:
            raise KeepError(FAULTS["SQLITE_READONLY"])
        try:
            if self.path.stat().st_ino != self._inode:
                raise KeepError(FAULTS["SQLITE_READONLY_DBMOVED"])
        except OSError:
            raise KeepError(FAULTS["SQLITE_READONLY_DBMOVED"]) from None
        try:
            with self._writer.connect() as connection, connection.begin():
                yield connection
        except BaseException as error:
            self._policies = {}
            self._snapshots = set()
            if not isinstance(error, DBAPIError):
                raise
            name = sqlite_name(error.orig)
            told = next((words for fault, words in FAULTS.items() if name.startswith(fault)), None)
            raise KeepError(told or f"This is NOT saved: {error.orig}. Try again; it counts once.") from error

    @contextmanager
    def _in_words(self) -> Generator[None]:
        """Turn a fault of SQLite into a StoreError; trying again is safe."""
        try:
            yield
        except DBAPIError as error:
            raise store_error(self.path, error.orig or error) from None
        except SQLITE_FAULTS as error:
            raise store_error(self.path, error) from None

    @contextmanager
    def _reading(self) -> Generator[Connection]:
        with self._in_words(), self._reader.connect() as connection:
            yield connection

    @contextmanager
    def _reading_plainly(self) -> Generator[sqlite3.Connection]:
        """Read by the standard library, over this journal's own connection."""
        with self._in_words(), closing(self._reader.raw_connection()) as pooled:
            connection: Any = pooled.driver_connection
            yield connection

    @contextmanager
    def _arranging(self) -> Generator[Connection]:
        """One write transaction that keeps no answer and no act."""
        with self._in_words(), self._writer.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def _in_memory(self) -> Generator[None]:
        """Write nothing to the file before the end of a transaction, however much it changes: others read until then.

        SQLite listens to this only outside of a transaction.
        """
        with self._reading_plainly() as connection:
            connection.execute("PRAGMA cache_spill=OFF")
            try:
                yield
            finally:
                connection.execute("PRAGMA cache_spill=ON")

    def _next_seq(self, connection: Connection) -> int:
        """Return this device's next number; reviews and events share one sequence."""
        return int(connection.execute(LATEST_SEQ, {"device": self._device}).scalar_one()) + 1

    def _add_event(self, connection: Connection, act: Act) -> None:
        columns = {name: getattr(act, name) for name in Act.__dataclass_fields__}
        self._add(connection, lambda place: (ADD_EVENT, event_row(Event(**columns, **place))), act.moment)

    def _add(self, connection: Connection, entry_at: Callable[[dict[str, Any]], tuple[Any, Any]], now: Moment) -> None:
        """Add an entry under this device's next number.

        Where a damaged index gave a number that is taken, go on as another device: no answer is refused for that.
        """
        try:
            self._own += self._add_at(connection, entry_at)
        except IntegrityError:
            self._device = self._add_device(connection, now)
            self._own += self._add_at(connection, entry_at)

    def _add_at(self, connection: Connection, entry_at: Callable[[dict[str, Any]], tuple[Any, Any]]) -> int:
        place = {"device_id": self._device, "seq": self._next_seq(connection)}
        return int(connection.execute(*entry_at(place)).rowcount)

    def _keep_policy(self, connection: Connection, policy: Policy, moment: Moment) -> None:
        if policy.digest in self._policies:
            return
        if policy.digest not in self._policies_again(connection):
            payload = payload_of(policy)
            self._add_event(connection, Act(id=new_entry_id(), kind=EventKind.POLICY, moment=moment, payload=payload))
            self._policies[policy.digest] = policy
            for card_id in self._cards_under(connection, [policy.digest]):
                self._derive(connection, card_id)

    def _keep_snapshot(self, connection: Connection, question: Question) -> None:
        if question.version in self._snapshots:
            return
        row = {
            "question_version": question.version,
            "question_id": question.id,
            "deck_id": question.deck_id,
            "content": content_of(question),
        }
        connection.execute(ADD_SNAPSHOT, row)
        self._snapshots.add(question.version)

    def _derive(self, connection: Connection, card_id: CardId) -> CardState:
        """Replay the card's entries and store what comes of them."""
        reviews, events = entries_about(connection.exec_driver_sql, card_id)
        state = replay(card_id, reviews, events, self._policies or self._policies_again(connection))
        connection.execute(PUT_STATE, state_row(state))
        return state

    def _cards_under(self, connection: Connection, policies: Iterable[Digest]) -> set[CardId]:
        """Return the cards whose answers name one of these policies: answers may come before their policy does."""
        found = connection.execute(CARDS_UNDER, {"policies": sorted(policies)})
        return {CardId(name) for (name,) in found if isinstance(name, str)}

    def _policies_again(self, connection: Connection) -> dict[Digest, Policy]:
        self._policies = policies_in(connection.exec_driver_sql)
        return self._policies

    # Reading

    def has(self, entry_id: str) -> bool:
        """Say whether an answer is in the journal."""
        with self._reading() as connection:
            return connection.execute(select(REVIEW.c.id).where(REVIEW.c.id == entry_id)).first() is not None

    def history(self, card_id: CardId) -> tuple[Sequence[Review], Sequence[Event]]:
        """Return all entries about one card, voided ones too."""
        with self._reading() as connection:
            return entries_about(connection.exec_driver_sql, card_id)

    def snapshot(self, study_day: date) -> Snapshot:
        """Return what `store.queries.read_snapshot` returns, through this journal's own connection."""
        with self._reading_plainly() as connection:
            return snapshot_through(connection, study_day)

    def states(self) -> Mapping[CardId, CardState]:
        """Return the state of every card the journal knows."""
        with self._reading_plainly() as connection:
            return states_in(connection.execute)

    def given(self) -> Sequence[Given]:
        """Return every answer that counts, oldest first."""
        with self._reading_plainly() as connection:
            return given_through(connection)

    def totals(self) -> Totals:
        """Return counts over all answers that count."""
        with self._reading_plainly() as connection:
            return totals_through(connection)

    def histories(self, since: date) -> Iterator[tuple[CardId, Sequence[Review], Sequence[Event]]]:
        """Yield all entries about each card that was answered on this study day or later.

        Each card is read by itself, so that whoever writes never waits for the whole.
        """
        with self._reading() as connection:
            recent = connection.execute(select(REVIEW.c.card_id).where(REVIEW.c.study_day >= since).distinct()).all()
        for (card_id,) in recent:
            yield card_id, *self.history(card_id)

    def clock_suspect(self, now: Moment) -> datetime | None:
        """Return the instant of this device's last entry if it lies more than an hour ahead of now."""
        with self._reading() as connection:
            latest = [
                next(sound_rows(connection.exec_driver_sql, table, LATEST_OF, self._device), None)
                for table in ("review", "event")
            ]
        found = max((row for row in latest if row is not None), default=None, key=lambda row: row["seq"])
        if found is None:
            return None
        instant = from_ms(found["at_ms"])
        return instant if instant > now.instant + CLOCK_TOLERANCE else None

    def changed_elsewhere(self) -> bool:
        """Say whether another instance wrote to the journal since this was last asked."""
        with self._reading() as connection:
            count = sum(int(connection.execute(LATEST_ROW[table]).scalar_one()) for table in LATEST_ROW)
        changed = count != self._counted + self._own
        self._counted, self._own = count, 0
        return changed

    def policies(self) -> Mapping[Digest, Policy]:
        """Return every scheduling policy that a review may name."""
        with self._reading() as connection:
            return policies_in(connection.exec_driver_sql)

    def question_text(self, version: Digest) -> Mapping[str, Any] | None:
        """Return the text of a question as it was when it was answered; None if it is not there, or damaged."""
        with self._reading() as connection:
            rows = sound_rows(connection.exec_driver_sql, "deck_snapshot", "WHERE question_version = ?", version)
            return next((row["content"] for row in rows if not fault_in(row)), None)

    # Devices

    def _settle_device(self, now: Moment) -> None:
        """Find this machine's device, or register it: a file copied to another machine goes on as another device."""
        with self._arranging() as connection:
            ours = "WHERE machine = ? ORDER BY since_ms DESC, id DESC"
            found = next(sound_rows(connection.exec_driver_sql, "device", ours, machine()), None)
            self._device = DeviceId(found["id"]) if found else self._add_device(connection, now)

    def _add_device(self, connection: Connection, now: Moment) -> DeviceId:
        device = DeviceId(str(new_entry_id()))
        connection.execute(DEVICE.insert().values(id=device, machine=machine(), since_ms=to_ms(now.instant)))
        return device

    def become_new_device(self, now: Moment) -> None:
        """Go on as a new device, so that numbers given since a backup cannot be given again."""
        with self._arranging() as connection:
            connection.execute(
                DEVICE.update().where(DEVICE.c.machine == machine()).values(machine=machine() + "-before")
            )
            self._device = self._add_device(connection, now)

    # Whole journal

    def rebuild(self) -> int:
        """Make the indexes and every card's state anew, in one transaction; returns how many cards there are."""
        with self._arranging() as connection:
            remake_indexes(connection)
            self._policies_again(connection)
            connection.execute(STATE.delete())
            cards = cards_in(connection.exec_driver_sql)
            for card_id in sorted(cards):
                self._derive(connection, card_id)
        return len(cards)

    def verify(self) -> Verification:
        """Check the file, every row, and that each stored state follows from the journal."""
        with self._reading_plainly() as connection:
            return verify(connection)

    def export_to(self, out: TextIO) -> Exported:
        """Write every entry as JSON lines; returns how many, and what is damaged and was left out."""
        from sciaquiz.store.jsonl import export_to

        with self._reading() as connection:
            return export_to(connection.exec_driver_sql, out)

    def import_from(self, lines: TextIO, now: Moment) -> ImportReport:
        """Take in what can be taken of another journal, in one transaction: a union. Raises KeepError.

        Others read on until it is written: what is changed stays in memory until then.
        """
        from sciaquiz.store.jsonl import read_lines, take_in

        if self.refusal:
            raise KeepError(self.refusal)
        batch = read_lines(lines, now)
        if batch.refusal:
            return batch.report()
        before = self.policies()
        with self._in_memory(), self._writing(now) as connection:
            report, cards = take_in(connection, batch)
            new = self._policies_again(connection).keys() - before.keys()
            cards |= self._cards_under(connection, new)
            for card_id in sorted(cards):
                self._derive(connection, card_id)
        return report


def _empty() -> sqlite3.Connection:
    """Return a journal in memory in which nothing stands."""
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    create_tables(connection)
    return connection


def machine() -> str:
    """Return a fingerprint of this machine and user, the same at each start, that names neither."""
    parts = [platform.node(), str(Path.home())]
    for path in (Path("/etc/machine-id"), Path("/var/lib/dbus/machine-id")):
        try:
            parts.append(path.read_text(encoding="ascii").strip())
            break
        except (OSError, ValueError):
            continue
    return blake2b("\0".join(parts).encode(errors="replace"), digest_size=8).hexdigest()


__all__ = ["Journal", "Verification", "machine"]
