"""The journal: every answer and act, and the states derived from them."""

from __future__ import annotations

import errno
import platform
import shutil
import sqlite3
from contextlib import closing, contextmanager
from dataclasses import dataclass, is_dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from sqlalchemy import Integer, bindparam, cast, func, select, text
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.exc import DBAPIError

from sciaquiz.ids import CardId, DeviceId, new_entry_id
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.replay import replay, standing_reviews
from sciaquiz.memory.schedule import Graded, advance
from sciaquiz.record import Act, Answer, CardState, Event, EventKind, Phase, Rating, Review
from sciaquiz.store.backup import back_up_daily
from sciaquiz.store.connect import can_write, connect, open_for_writing, rolled_back_copy
from sciaquiz.store.engine import make_engine
from sciaquiz.store.errors import DamagedError, ReadOnlyError, StoreError, UnwritableError, sqlite_name, store_error
from sciaquiz.store.glance import Glance, given_through, glance_through
from sciaquiz.store.migrations import create_tables, migrate, version_of
from sciaquiz.store.rows import (
    STATE_COLUMNS,
    checksum,
    event_of,
    event_row,
    from_ms,
    payload_of,
    review_of,
    review_row,
    state_of,
    state_row,
    to_ms,
)
from sciaquiz.store.tables import DEVICE, EVENT, REVIEW, SCHEMA_VERSION, SNAPSHOT, STATE
from sciaquiz.study.keeper import KeepError

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Mapping, Sequence

    from sqlalchemy import Connection

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Question
    from sciaquiz.ids import Digest
    from sciaquiz.record import DayTally
    from sciaquiz.store.exchange import ImportReport


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
                select(func.max(table.c.seq)).where(table.c.device_id == bindparam("device")).scalar_subquery(), 0
            )
            for table in (REVIEW, EVENT)
        )
    )
)
REVIEW_COLUMNS = tuple(REVIEW.c.keys())
EVENT_COLUMNS = tuple(EVENT.c.keys())
REVIEWS_OF = select(REVIEW).where(REVIEW.c.card_id == bindparam("card"))
EVENTS_OF = select(EVENT).where(EVENT.c.card_id == bindparam("card"))
CARDS_UNDER = select(REVIEW.c.card_id).distinct().where(REVIEW.c.policy.in_(bindparam("policies", expanding=True)))
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


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts over all answers that stand."""

    answers: int
    right: int
    cards: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What `verify` found. `altered` are entries whose checksum does not fit, `differing` cards whose state does not
    follow from the journal."""

    reviews: int
    events: int
    integrity: str
    altered: tuple[str, ...]
    differing: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return self.integrity == "ok" and not self.altered and not self.differing

    def lines(self) -> tuple[str, ...]:
        """Tell it in words."""
        told = [f"{self.reviews} answers and {self.events} other entries"]
        told.append("The file is sound." if self.integrity == "ok" else f"The file is damaged: {self.integrity}")
        told.append("Every entry is as it was written." if not self.altered else f"Altered: {', '.join(self.altered)}")
        told.append(
            "The schedule follows from the journal."
            if not self.differing
            else f"Cards that differ (run: sciaquiz journal rebuild): {', '.join(self.differing)}"
        )
        return tuple(told)


class Journal:
    """An open journal. Not for use from several threads at once.

    Every write is one `BEGIN IMMEDIATE` transaction: the entry, and the state of its card as a replay gives it.
    `refusal` says why nothing can be written, if that is so: everything that only reads works all the same.
    """

    def __init__(self, path: Path, connects: Callable[[], sqlite3.Connection], *, refusal: str = "") -> None:
        self.path = path
        self.refusal = refusal
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
        self._policies = {policy.digest: policy for policy in self._read_policies()}
        self.changed_elsewhere()

    def close(self) -> None:
        """Close the file."""
        self._reader.dispose()
        if self._copied_to is not None:
            shutil.rmtree(self._copied_to, ignore_errors=True)

    def _back_up(self, study_day: date) -> None:
        try:
            back_up_daily(self.path, self.path.parent / "backups", study_day)
        except DamagedError:
            self.close()
            raise
        except StoreError:
            return  # no room for a backup must not keep anyone from studying; `doctor` tells the newest one

    # Keeping

    def keep(self, answer: Answer, policy: Policy, question: Question) -> CardState:
        """Keep one answer and return its card's state once both are durable. Raises KeepError; asking again is safe."""
        with self._writing(answer.moment) as connection:
            self._keep_policy(connection, policy, answer.moment)
            self._keep_snapshot(connection, question)
            columns = {name: getattr(answer, name) for name in Answer.__dataclass_fields__}
            review = Review(**columns, device_id=self._device, seq=self._next_seq(connection))
            self._own += connection.execute(ADD_REVIEW, review_row(review, question.kind.value)).rowcount
            return self._derive(connection, answer.card_id)

    def act(self, act: Act) -> CardState | None:
        """Keep one act and return the state of the card it touches. Raises KeepError; asking again is safe."""
        with self._writing(act.moment) as connection:
            self._add_event(connection, act)
            return None if act.card_id is None else self._derive(connection, act.card_id)

    def undo_last(self, now: Moment) -> CardState | None:
        """Void the latest answer that stands, whenever it was given; None if there is none."""
        gone = select(EVENT.c.target).where(EVENT.c.kind == EventKind.VOID.value, EVENT.c.target == REVIEW.c.id)
        latest = (
            select(REVIEW.c.id, REVIEW.c.card_id)
            .where(~gone.exists())
            .order_by(REVIEW.c.at_ms.desc(), REVIEW.c.seq.desc())
        )
        with self._writing(now) as connection:
            found = connection.execute(latest.limit(1)).first()
            if found is None:
                return None
            act = Act(id=new_entry_id(), kind=EventKind.VOID, moment=now, card_id=found.card_id, target=found.id)
            self._add_event(connection, act)
            return self._derive(connection, found.card_id)

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
        except sqlite3.Error as error:
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
        event = Event(**columns, device_id=self._device, seq=self._next_seq(connection))
        self._own += connection.execute(ADD_EVENT, event_row(event)).rowcount

    def _keep_policy(self, connection: Connection, policy: Policy, moment: Moment) -> None:
        if policy.digest in self._policies:
            return
        self._policies = {known.digest: known for known in self._read_policies(connection)}
        if policy.digest not in self._policies:
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
        reviews, events = self._entries(connection, card_id)
        state = replay(card_id, reviews, events, self._policies or self._policies_again(connection))
        connection.execute(PUT_STATE, state_row(state))
        return state

    def _cards_under(self, connection: Connection, policies: Iterable[Digest]) -> set[CardId]:
        """Return the cards whose answers name one of these policies: answers may come before their policy does."""
        return {row.card_id for row in connection.execute(CARDS_UNDER, {"policies": sorted(policies)})}

    def _policies_again(self, connection: Connection) -> dict[Digest, Policy]:
        self._policies = {policy.digest: policy for policy in self._read_policies(connection)}
        return self._policies

    # Reading

    def _entries(self, connection: Connection, card_id: CardId) -> tuple[list[Review], list[Event]]:
        card = {"card": card_id}
        reviews = [dict(zip(REVIEW_COLUMNS, row, strict=True)) for row in connection.execute(REVIEWS_OF, card)]
        events = [dict(zip(EVENT_COLUMNS, row, strict=True)) for row in connection.execute(EVENTS_OF, card)]
        return [review_of(row) for row in reviews], [event_of(row) for row in events]

    def has(self, entry_id: str) -> bool:
        """Say whether an answer is in the journal."""
        with self._reading() as connection:
            return connection.execute(select(REVIEW.c.id).where(REVIEW.c.id == entry_id)).first() is not None

    def history(self, card_id: CardId) -> tuple[Sequence[Review], Sequence[Event]]:
        """Return all entries about one card, voided ones too."""
        with self._reading() as connection:
            return self._entries(connection, card_id)

    def glance(self, study_day: date) -> Glance:
        """Return the same reading as `store.glance.glance`, through this journal's own connection."""
        with self._reading_plainly() as connection:
            return glance_through(connection, study_day)

    def states(self) -> Mapping[CardId, CardState]:
        """Return the state of every card the journal knows."""
        return self.glance(date.min + timedelta(days=1000)).states()

    def tally(self, study_day: date) -> DayTally:
        """Return what was done on a study day."""
        return self.glance(study_day).tally(study_day)

    def given(self) -> list[tuple[CardId, date, bool, dict[str, Any] | None]]:
        """Return every answer that stands, oldest first: card, study day, known or not, the response of a wrong one."""
        with self._reading_plainly() as connection:
            return given_through(connection)

    def telling_answers(self) -> tuple[tuple[CardId, date, bool, bool], ...]:
        """Return card, study day, right or not, certain or not of what tells of beliefs, oldest first."""
        return self.glance(date.min + timedelta(days=1000)).telling_answers()

    def right_latencies(self) -> tuple[tuple[CardId, str, int], ...]:
        """Return card, kind and milliseconds of the latest right answers, newest first."""
        return self.glance(date.min + timedelta(days=1000)).right_latencies()

    def answers_by_day(self) -> Mapping[date, int]:
        """Return how many answers stand for each study day there ever was."""
        return self.glance(date.min + timedelta(days=1000)).answers_by_day()

    def totals(self) -> Totals:
        """Return counts over all answers that stand."""
        gone = select(EVENT.c.target).where(EVENT.c.kind == EventKind.VOID.value, EVENT.c.target == REVIEW.c.id)
        counts = select(
            func.count(),
            func.coalesce(func.sum(cast(REVIEW.c.correct, Integer())), 0),  # a sum of truths would be a truth
            func.count(func.distinct(REVIEW.c.card_id)),
        ).where(~gone.exists())
        with self._reading() as connection:
            answers, right, cards = connection.execute(counts).one()
        return Totals(answers, right, cards)

    def true_retention(self, now: Moment, days: int) -> tuple[int, int]:
        """Return how many first answers of a day passed, and how many there were, over the last `days` study days.

        Only cards that were past learning count (Anki's definition of true retention).
        """
        since = now.study_day - timedelta(days=days)
        passed = total = 0
        with self._reading() as connection:
            recent = select(REVIEW.c.card_id).where(REVIEW.c.study_day > since).distinct()
            for (card_id,) in connection.execute(recent).all():
                reviews, events = self._entries(connection, card_id)
                progress = None
                seen: date | None = None
                for review in standing_reviews(reviews, events):
                    day = review.moment.study_day
                    if progress is not None and progress.phase is Phase.REVIEW and day != seen and day > since:
                        total += 1
                        passed += review.rating is not Rating.AGAIN
                    seen = day
                    policy = self._policies.get(review.policy, Policy())
                    progress = advance(progress, Graded(card_id, review.moment, review.rating), policy)
        return passed, total

    def clock_suspect(self, now: Moment) -> datetime | None:
        """Return the instant of this device's last entry if it lies more than an hour ahead of now."""
        with self._reading() as connection:
            latest = [
                connection.execute(
                    select(table.c.seq, table.c.at_ms)
                    .where(table.c.device_id == self._device)
                    .order_by(table.c.seq.desc())
                    .limit(1)
                ).first()
                for table in (REVIEW, EVENT)
            ]
        found = max((row for row in latest if row is not None), default=None, key=lambda row: row.seq)
        if found is None:
            return None
        instant = from_ms(found.at_ms)
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
        return {policy.digest: policy for policy in self._read_policies()}

    def snapshot(self, question_version: Digest) -> Mapping[str, Any] | None:
        """Return the text of a question as it was when it was answered."""
        with self._reading() as connection:
            found = connection.execute(
                select(SNAPSHOT.c.content).where(SNAPSHOT.c.question_version == question_version)
            ).first()
        return None if found is None else found.content

    def _read_policies(self, connection: Connection | None = None) -> list[Policy]:
        chosen = select(EVENT.c.payload).where(EVENT.c.kind == EventKind.POLICY.value)
        if connection is None:
            with self._reading() as opened:
                rows = opened.execute(chosen).all()
        else:
            rows = connection.execute(chosen).all()
        return [policy for row in rows if (policy := policy_of(row.payload)) is not None]

    # Devices

    def _settle_device(self, now: Moment) -> None:
        """Find this machine's device, or register it: a file copied to another machine goes on as another device."""
        with self._arranging() as connection:
            found = connection.execute(
                select(DEVICE.c.id)
                .where(DEVICE.c.machine == machine())
                .order_by(DEVICE.c.since_ms.desc(), DEVICE.c.id.desc())
            ).first()
            self._device = DeviceId(found.id) if found else self._add_device(connection, now)

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
        """Work out every card's state anew, in one transaction; returns how many cards there are."""
        with self._arranging() as connection:
            self._policies_again(connection)
            connection.execute(STATE.delete())
            cards = self._card_ids(connection)
            for card_id in cards:
                self._derive(connection, card_id)
        return len(cards)

    def _card_ids(self, connection: Connection) -> list[CardId]:
        chosen = select(REVIEW.c.card_id).union(select(EVENT.c.card_id).where(EVENT.c.card_id.is_not(None)))
        return [row.card_id for row in connection.execute(chosen)]

    def verify(self) -> Verification:
        """Check the file, the checksum of every entry, and that each stored state follows from the journal."""
        with self._reading() as connection:
            integrity = str(connection.exec_driver_sql("PRAGMA integrity_check").scalar_one())
            altered: list[str] = []
            counts = []
            for table in (REVIEW, EVENT):
                count = 0
                for row in connection.execute(select(table)).mappings():
                    count += 1
                    if checksum(dict(row)) != row["checksum"]:
                        altered.append(row["id"])
                counts.append(count)
            stored = {
                row.card_id: state_of(tuple(row))
                for row in connection.execute(select(*(STATE.c[name] for name in STATE_COLUMNS)))
            }
            cards = self._card_ids(connection)
            differing = sorted(set(stored) ^ set(cards))
            for card_id in cards:
                reviews, events = self._entries(connection, card_id)
                if card_id in stored and replay(card_id, reviews, events, self._policies) != stored[card_id]:
                    differing.append(card_id)
        return Verification(
            reviews=counts[0], events=counts[1], integrity=integrity, altered=tuple(altered), differing=tuple(differing)
        )

    def export_to(self, out: TextIO) -> int:
        """Write every entry as JSON lines; returns how many entries."""
        from sciaquiz.store.exchange import export_to

        with self._reading() as connection:
            return export_to(connection, out)

    def import_from(self, lines: TextIO, now: Moment) -> ImportReport:
        """Take in what can be taken of another journal, in one transaction: a union. Raises KeepError.

        Others read on until it is written: what is changed stays in memory until then.
        """
        from sciaquiz.store.exchange import read_lines, take_in

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


def policy_of(payload: Mapping[str, Any]) -> Policy | None:
    """Return the policy of an event, None if it is not one (it may come from another journal)."""
    try:
        plain: Any = {name: tuple(value) if isinstance(value, list) else value for name, value in payload.items()}
        policy = Policy(**plain)
        advance(None, Graded(CardId(""), _ANY_MOMENT, Rating.GOOD), policy)
    except (TypeError, ValueError, AttributeError, ArithmeticError, IndexError):
        return None
    return policy


def content_of(question: Question) -> dict[str, Any]:
    """Return a question as plain JSON values."""

    def plain(value: Any) -> Any:
        match value:
            case Enum():
                return value.value
            case date():
                return value.isoformat()
            case Path():
                return value.name
            case tuple() | list():
                return [plain(part) for part in value]
            case _ if is_dataclass(value) and not isinstance(value, type):
                return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
            case _:
                return value

    return {"kind": question.kind.value, **plain(question)}


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


def _any_moment() -> Moment:
    from datetime import UTC

    from sciaquiz.clock import moment_at

    return moment_at(datetime(2026, 1, 1, 12, tzinfo=UTC))


_ANY_MOMENT = _any_moment()
__all__ = ["Journal", "Totals", "Verification", "machine"]
