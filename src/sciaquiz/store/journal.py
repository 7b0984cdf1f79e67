"""The journal: every answer and act, and the states derived from them."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TextIO

from sciaquiz.journal.acts import void
from sciaquiz.journal.port import KeepError
from sciaquiz.store.backup import back_up_daily
from sciaquiz.store.beside import BACKUPS
from sciaquiz.store.codec import from_ms
from sciaquiz.store.corrections import texts_met, unanswered
from sciaquiz.store.deriving import days_by_replay, rebuild
from sciaquiz.store.devices import machine, replace_device, settle_device
from sciaquiz.store.errors import DamagedError, StoreError, place_error
from sciaquiz.store.opening import clear_leftovers, open_file, settle_for
from sciaquiz.store.past import sittings_through
from sciaquiz.store.queries import (
    days_through,
    entries_through,
    given_through,
    snapshot_through,
    states_through,
    totals_through,
    wrong_through,
)
from sciaquiz.store.reading import (
    entries_about,
    events_of,
    has_event,
    marked_in,
    policies_in,
    reviews_named,
    sound_rows,
    states_of,
)
from sciaquiz.store.undoing import latest_doing
from sciaquiz.store.verifying import Verification, verify
from sciaquiz.store.versions import fault_in
from sciaquiz.store.writing import Writer

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Generator, Iterable, Mapping, Sequence, Set
    from datetime import date
    from pathlib import Path

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Question
    from sciaquiz.ids import CardId, Digest, EntryId
    from sciaquiz.journal.entries import Act, Answer, CardState, Event, EventKind, Review
    from sciaquiz.journal.past import PastSitting, SittingKey
    from sciaquiz.journal.port import ToKeep
    from sciaquiz.journal.snapshot import DayFigures, Given, Snapshot, Totals
    from sciaquiz.memory.fits import Fits
    from sciaquiz.memory.fitting.seen import Seen
    from sciaquiz.memory.policy import Policy
    from sciaquiz.store.file import JournalFile
    from sciaquiz.store.jsonl import Exported, ImportReport
    from sciaquiz.store.queries import Mirror

LATEST_OF = "WHERE device_id = ? ORDER BY seq DESC"
HAS = "SELECT 1 FROM review WHERE id = ? UNION ALL SELECT 1 FROM event WHERE id = ?"
CLOCK_TOLERANCE = timedelta(hours=1)
SETTLING_SECONDS = 2.0
"""How long an opening goes on with what a journal of an older format has not yet derived; the next one goes on."""


class Journal:
    """An open journal. Not for use from several threads at once.

    Every write is one `BEGIN IMMEDIATE` transaction: the entry, and what is derived from it, as a replay gives it.
    `backup_trouble` says why no backup could be made today, if that is so.
    """

    def __init__(self, file: JournalFile) -> None:
        self.backup_trouble = ""
        self._file = file
        self._writer = Writer()
        self._counted = 0

    @property
    def path(self) -> Path:
        """Where it lies."""
        return self._file.path

    @property
    def refusal(self) -> str:
        """Why nothing can be written, if that is so: everything that only reads works all the same."""
        return self._file.refusal

    @classmethod
    def open(cls, path: Path, now: Moment, entries: int | None = None) -> Journal:
        """Open the journal, making or migrating it if need be, and back it up once a day. Raises StoreError.

        Where the place cannot be written, it is opened to be read. `entries` is how many were there when it was last
        read, if it was: what has come since then was written elsewhere.
        """
        file = open_file(path)
        journal = cls(file)
        try:
            if not file.refusal:
                file.stays()
                with file.arranging() as connection:
                    journal._writer.device = settle_device(connection, now)
                clear_leftovers(file)
                settle_for(file, SETTLING_SECONDS)
            journal._look_around()
            if entries is not None:
                journal._counted = entries
        except BaseException as error:
            journal.close()
            if isinstance(error, OSError):
                raise place_error(path, error) from None
            raise
        if not file.refusal and not file.is_new:
            journal._back_up(now.study_day)
        return journal

    def _look_around(self) -> None:
        with self._file.reading() as connection:
            self._writer.policies(connection)
        self.changed_elsewhere()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

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
        with self._keeping() as connection:
            return self._writer.answer(connection, answer, policy, question, followed)

    def act(self, *acts: Act) -> CardState:
        """Keep acts on one card, all or none, and return its state. Raises KeepError; asking again is safe."""
        card_id = acts[0].card_id
        assert card_id is not None  # noqa: S101 -- every act of a student is on a card
        with self._keeping() as connection:
            return self._writer.acts(connection, acts, card_id)

    def act_on_each(self, acts: Iterable[Act]) -> None:
        """Keep acts, one on each of several cards, all or none. Raises KeepError; asking again is safe.

        Others read on until it is written, as for an import.
        """
        if self.refusal:
            raise KeepError(self.refusal)
        with self._file.in_memory(), self._keeping() as connection:
            for act in acts:
                assert act.card_id is not None  # noqa: S101 -- nothing is derived from what is about no card
                self._writer.acts(connection, (act,), act.card_id)

    def record(self, *acts: Act) -> None:
        """Keep acts that are about no card, all or none. Raises KeepError; asking again is safe."""
        with self._keeping() as connection:
            self._writer.record(connection, acts)

    def begin_mock(self, begin: Act, questions: Iterable[Question]) -> None:
        """Keep the beginning of a mock exam with the texts of its questions, all or none. Raises KeepError."""
        with self._keeping() as connection:
            for question in questions:
                self._writer.text(connection, question)
            self._writer.record(connection, [begin])

    def hand_in(self, end: Act, answers: Iterable[ToKeep]) -> bool:
        """Keep the end of a mock exam with its answers, all or none. Raises KeepError; asking again is safe.

        Returns False, and keeps nothing, where the exam has ended already.
        """
        with self._keeping() as connection:
            if has_event(connection.execute, end.id):
                return False
            for each in answers:
                self._writer.answer(connection, *each)
            self._writer.record(connection, [end])
            return True

    def undo_last(self, now: Moment) -> tuple[CardId, EventKind | None] | None:
        """Void the latest thing that the student did and that stands, whenever that was.

        Returns the card and the kind of act, None for an answer; None alone if there is nothing. An answer goes with
        what followed from it. Raises KeepError.
        """
        with self._keeping() as connection:
            found = latest_doing(connection)
            if found is None:
                return None
            voids = [void(entry, found.card_id, now) for entry in found.entries]
            self._writer.acts(connection, voids, found.card_id)
            return found.card_id, found.kind

    def would_undo(self) -> Sequence[EntryId]:
        """Return the entries that `undo_last` would take back now."""
        with self._file.reading() as connection:
            found = latest_doing(connection)
            return () if found is None else found.entries

    @contextmanager
    def _keeping(self) -> Generator[sqlite3.Connection]:
        """One durable transaction; what was looked up in one that fails is forgotten with it."""
        added = self._writer.added
        try:
            with self._file.keeping() as connection:
                yield connection
        except BaseException:
            self._writer.forget()
            self._writer.added = added
            raise

    # Reading

    def has(self, entry_id: str) -> bool:
        """Say whether an answer or an act is in the journal."""
        with self._file.reading() as connection:
            found = connection.execute(HAS, (entry_id, entry_id)).fetchone()
            return found is not None

    def reviews(self, ids: Iterable[EntryId]) -> tuple[Mapping[EntryId, Review], frozenset[EntryId]]:
        """Return these answers, as far as they are there, and which of them were taken back."""
        with self._file.reading() as connection:
            return reviews_named(connection.execute, ids)

    def history(self, card_id: CardId) -> tuple[Sequence[Review], Sequence[Event]]:
        """Return all entries about one card, voided ones too."""
        with self._file.reading() as connection:
            return entries_about(connection.execute, card_id)

    def histories(self, cards: Iterable[CardId]) -> Sequence[tuple[Sequence[Review], Sequence[Event]]]:
        """Return all entries about each of some cards, voided ones too, as of one moment."""
        with self._file.reading() as connection:
            return [entries_about(connection.execute, card_id) for card_id in cards]

    def events(self, kind: EventKind) -> Sequence[Event]:
        """Return the acts of one kind that are about no card, in the order that counts."""
        with self._file.reading() as connection:
            return events_of(connection.execute, kind)

    def snapshot(self, study_day: date, mirror: Mirror | None = None) -> Snapshot:
        """Return what `store.queries.read_snapshot` returns, through this journal's own connection."""
        with self._file.reading() as connection:
            return snapshot_through(connection, self.path, study_day, mirror)

    def fit_log(self, luck: Callable[[Review], float | None]) -> list[list[Seen]]:
        """Return the answers of each card as a fit reads them; `luck` as in `memory.refitting.seen_of`."""
        from sciaquiz.store.fits import log_in

        with self._file.reading() as connection:
            return log_in(connection.execute, luck)

    def fit_due(self, today: date) -> int:
        """Return how many answers a fit could be made of, 0 where it makes no sense yet."""
        from sciaquiz.store.fits import due_in

        with self._file.reading() as connection:
            return due_in(connection.execute, today)

    def fits(self) -> Fits:
        """Return which model of memory is in force, and with which parameters."""
        from sciaquiz.store.fits import fits_in

        with self._file.reading() as connection:
            return fits_in(connection.execute)

    def texts_met(self, after: int = 0) -> Mapping[CardId, Set[Digest]]:
        """Return what `store.corrections.texts_met` returns."""
        with self._file.reading() as connection:
            return texts_met(connection.execute, after)

    def corrections(self) -> Sequence[Event]:
        """Return the corrections of cards that were not answered since, in the order that counts."""
        with self._file.reading() as connection:
            return unanswered(connection.execute)

    def states(self) -> Mapping[CardId, CardState]:
        """Return the state of every card the journal knows."""
        with self._file.reading() as connection:
            return states_through(connection)

    def state(self, card_id: CardId) -> CardState | None:
        """Return what a card has come to, None if the journal knows nothing of it."""
        with self._file.reading() as connection:
            return next(iter(states_of(connection.execute, [card_id])), None)

    def marked(self, today: date) -> Sequence[CardState]:
        """Return the states of the cards that are suspended, flagged or put off beyond a study day, by their ids."""
        with self._file.reading() as connection:
            return marked_in(connection.execute, today)

    def sittings(
        self, before: SittingKey | None = None, most: int = 50
    ) -> tuple[Sequence[PastSitting], SittingKey | None]:
        """Return past sittings that began before one, the newest first, and from where to go on, None at the end."""
        with self._file.reading() as connection:
            return sittings_through(connection, before, most)

    def given(self, cards: Iterable[CardId]) -> Sequence[Given]:
        """Return every answer to these cards that counts, oldest first."""
        with self._file.reading() as connection:
            return given_through(connection, cards)

    def totals(self) -> Totals:
        """Return counts over all answers that count."""
        with self._file.reading() as connection:
            return totals_through(connection)

    def days(self) -> Sequence[DayFigures]:
        """Return what was done on each study day with each deck, oldest first."""
        with self._file.reading() as connection:
            found = days_through(connection)
            return days_by_replay(connection) if found is None else found

    def days_since(self, day: date) -> Sequence[DayFigures]:
        """Return what was done with each deck on a study day and after it; nothing where only a replay could tell."""
        with self._file.reading() as connection:
            return days_through(connection, day) or ()

    def wrong_since(self, day: date) -> Mapping[CardId, date]:
        """Return the cards that were answered wrong on a study day or after it, each with the last such day."""
        with self._file.reading() as connection:
            return wrong_through(connection, day)

    def clock_suspect(self, now: Moment) -> datetime | None:
        """Return the instant of this device's last entry if it lies more than an hour ahead of now."""
        with self._file.reading() as connection:
            latest = [
                next(sound_rows(connection.execute, table, LATEST_OF, self._writer.device), None)
                for table in ("review", "event")
            ]
        found = max((row for row in latest if row is not None), default=None, key=lambda row: row["seq"])
        if found is None:
            return None
        instant = from_ms(found["at_ms"])
        return instant if instant > now.instant + CLOCK_TOLERANCE else None

    def changed_elsewhere(self) -> bool:
        """Say whether another instance wrote to the journal since this was last asked."""
        with self._file.reading() as connection:
            count = entries_through(connection)
        changed = count != self._counted + self._writer.added
        self._counted, self._writer.added = count, 0
        return changed

    def policies(self) -> Mapping[Digest, Policy]:
        """Return every scheduling policy that a review may name."""
        with self._file.reading() as connection:
            return policies_in(connection.execute)

    def question_text(self, version: Digest) -> Mapping[str, Any] | None:
        """Return the text of a question as it was when it was answered; None if it is not there, or damaged."""
        with self._file.reading() as connection:
            rows = sound_rows(connection.execute, "deck_snapshot", "WHERE question_version = ?", version)
            return next((row["content"] for row in rows if not fault_in(row)), None)

    # Whole journal

    def become_new_device(self, now: Moment) -> None:
        """Go on as a new device, so that numbers given since a backup cannot be given again."""
        with self._file.arranging() as connection:
            self._writer.device = replace_device(connection, now)

    def rebuild(self) -> int:
        """Make the indexes and all that is derived anew, in one transaction; returns how many cards there are."""
        with self._file.arranging() as connection:
            return rebuild(connection)

    def verify(self) -> Verification:
        """Check the file, every row, and that all that is derived follows from the journal."""
        with self._file.reading() as connection:
            return verify(connection)

    def export_to(self, out: TextIO) -> Exported:
        """Write every entry as JSON lines; returns how many, and what is damaged and was left out."""
        from sciaquiz.store.jsonl import export_to

        with self._file.reading() as connection:
            return export_to(connection.execute, out)

    def export_anonymously_to(self, out: TextIO, learner: str) -> Exported:
        """Write every answer that counts as a JSON line that tells of the question alone."""
        from sciaquiz.store.anonymous import export_anonymously
        from sciaquiz.store.jsonl import Exported

        with self._file.reading() as connection:
            return Exported(export_anonymously(connection.execute, out, learner), 0)

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
        with self._file.in_memory(), self._keeping() as connection:
            before = self._writer.policies(connection)
            report, cards, added = take_in(connection, batch)
            self._writer.added += len(added)
            self._writer.derive_under(connection, before, cards, added)
        return report


__all__ = ["Journal", "Verification", "machine"]
