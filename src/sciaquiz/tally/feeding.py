"""Keeping the statistics up with the journal and the decks: only cards of which something changed are looked at.

As for the mirror of the catalogue, the last rows of the journal say how far it goes. The journal is read in short
pieces: no answer waits for statistics. Facts are worked out outside of the transaction that writes them, which begins
anew if another window was faster.
"""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.catalogue.mirror import CHANGED, goes_on, journal_marks
from sciaquiz.catalogue.schema import transaction
from sciaquiz.ids import CardId
from sciaquiz.insight.shares import wilson
from sciaquiz.memory.fits import DEFAULT_FITS
from sciaquiz.store.fits import fits_in
from sciaquiz.store.reading import cards_in, entries_about, policies_in
from sciaquiz.tally.course import days_kept, recall_by, stretches
from sciaquiz.tally.facts import REASONS, Fact, facts_of, packed, unpacked
from sciaquiz.tally.members import NOWHERE, Member, cards_in_decks, members, scopes, signatures
from sciaquiz.tally.placing import AllPlaces, EachPlace
from sciaquiz.tally.schema import forget_all
from sciaquiz.tally.standing import NEW, Standing
from sciaquiz.tally.sums import Sums

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from sciaquiz.catalogue.catalogue import Catalogue
    from sciaquiz.ids import Digest
    from sciaquiz.journal.entries import Review
    from sciaquiz.memory.fits import Fits
    from sciaquiz.memory.policy import Policy
    from sciaquiz.tally.course import Recall
    from sciaquiz.tally.placing import Place

    Progress = Callable[[int, int], None]
    """Called with how many cards were looked at, and how many there are to look at; what it raises breaks off."""
    Read = Callable[[Callable[[sqlite3.Connection], Any]], Any]

AT_ONCE = 100
"""Cards whose entries are read in one piece: an answer that is kept meanwhile waits no longer than that."""
MANY = 300
"""From so many cards on, all places are read first."""
SECONDS = 8.0
MOST_SUMS = 100_000
"""What is held in memory before it is written."""

MOVED = """
SELECT DISTINCT old.card_id FROM (
    SELECT device_id, min(seq) AS first FROM review WHERE rowid > :rowid GROUP BY device_id
) AS new JOIN review AS old ON old.device_id = new.device_id AND old.seq > new.first WHERE old.rowid <= :rowid
"""
"""Cards of answers that were there, and now have others of their device before them: their places have changed."""
OLD = """
SELECT id, deck, scopes, chance, facts, begun, learning, due, lapses, firmness, hardness FROM card
WHERE id IN (SELECT value FROM json_each(?))
"""
LAST = """
SELECT scopes, stability, difficulty, fast, answered FROM card WHERE deck <> '' AND stability > 0 AND day <= ?
"""
FIRST_DAY = "SELECT min(day) FROM figure WHERE scope = '' AND day > 0 AND answers > 0"
LATER = "SELECT scopes, facts FROM card WHERE deck <> '' AND day > ?"
PUT = f"INSERT OR REPLACE INTO card VALUES ({', '.join('?' * 20)})"  # noqa: S608 -- our own text


class MovedOnError(Exception):
    """Another window has written to the cache meanwhile."""


class Given(NamedTuple):
    """What the entries about a card come to."""

    facts: list[Fact]
    standing: Standing


class Kept(NamedTuple):
    """What the cache has of a card."""

    member: Member
    given: Given


class Feeding:
    """Brings a cache up. `read` does some work over the journal in a transaction of its own."""

    def __init__(
        self, connection: sqlite3.Connection, read: Read, catalogue: Catalogue, today: int, progress: Progress | None
    ) -> None:
        self._connection = connection
        self._read = read
        self._catalogue = catalogue
        self._today = today
        self._progress = progress
        self._policies: Mapping[Digest, Policy] = {}
        self._recall: Recall = recall_by(DEFAULT_FITS)
        self._marks: dict[str, Any] = {}
        self._sums = Sums([], self._recall)

    def run(self) -> None:
        """Bring it up. Raises MovedOnError, and whatever `read` and the progress raise: what was written stays."""
        self._begin()
        self._follow_decks()
        self._keep_course()
        if not self._is_complete:
            known = {name for (name,) in self._connection.execute("SELECT id FROM card")}
            fresh = sorted(name for name in self._read(lambda journal: cards_in(journal.execute)) if name not in known)
            self._feed_all(fresh)
            self._mark({"complete": 1})
        while not self._catch_up():
            pass

    def _begin(self) -> None:
        """See how far the cache goes, and forget all of it where the journal does not go on from there."""
        self._marks = self._known_marks()

        def look(journal: sqlite3.Connection) -> tuple[dict[str, Any], bool, Mapping[Digest, Policy], Fits]:
            marks, run = journal_marks(journal), journal.execute
            return marks, goes_on(journal, self._marks, marks), policies_in(run), fits_in(run)

        marks, does_go_on, self._policies, fits = self._read(look)
        self._recall = recall_by(fits)
        if not does_go_on:
            with self._writing():
                forget_all(self._connection)
                self._put_meta({**marks, "complete": 0})
            self._marks = marks
        days = [day for (day,) in self._connection.execute("SELECT day FROM course_day ORDER BY day")]
        self._sums = Sums(days, self._recall)
        self._read_anew(json.dumps([fits.six, fits.seven]))

    def _read_anew(self, parameters: str) -> None:
        """Where other parameters are in force now, see the whole course of knowledge with these."""
        if parameters == self._meta("fits"):
            return
        with self._writing():
            self._connection.execute("DELETE FROM course")
            for names, stored in self._connection.execute("SELECT scopes, facts FROM card WHERE deck <> ''"):
                self._sums.add_course(unpacked(stored), tuple(names.split("\n")))
            self._sums.write(self._connection)
            self._put_meta({"fits": parameters})

    @property
    def _is_complete(self) -> bool:
        return bool(self._meta("complete"))

    # Decks

    def _follow_decks(self) -> None:
        """Move cards to the scopes that they belong to now, where decks were changed."""
        now, before = signatures(self._catalogue), json.loads(self._meta("decks") or "{}")
        if now == before:
            return
        changed = {name for name in {*now, *before} if now.get(name) != before.get(name)}
        decks = dict(self._connection.execute("SELECT id, deck FROM card"))
        moved = {name for name, deck in decks.items() if deck in changed}
        moved |= decks.keys() & cards_in_decks(self._catalogue, changed) if decks else set()
        for some in _batches(sorted(map(CardId, moved))):
            belongs = members(self._catalogue, some)
            with self._writing():
                rows = []
                for name, kept in self._kept(some).items():
                    member = belongs.get(name, NOWHERE)
                    if member != kept.member:
                        self._add(kept.given, kept.member, -1)
                        self._add(kept.given, member)
                        rows.append(_row(name, member, kept.given))
                self._connection.executemany(PUT, rows)
                self._sums.write(self._connection)
        with self._writing():
            self._connection.execute("DELETE FROM scope")
            self._connection.executemany("INSERT INTO scope VALUES (?, ?, ?)", scopes(self._catalogue))
            self._put_meta({"decks": json.dumps(now)})

    # The course of knowledge

    def _keep_course(self) -> None:
        """Add the days that have passed to the course."""
        days = self._sums.days
        [first] = self._connection.execute(FIRST_DAY).fetchone()
        if first is None:
            return
        missing = sorted(days_kept(first, self._today) - {*days})
        if not missing:
            return
        fresh = Sums(missing, self._recall)
        with self._writing():
            by_scopes: dict[str, list[int]] = {}
            for names, stability, difficulty, fast, answered in self._connection.execute(LAST, (missing[0],)):
                chances = self._recall(stability, difficulty, fast, [max(0, each - answered) for each in missing])
                known = by_scopes.get(names)
                by_scopes[names] = chances if known is None else list(map(int.__add__, known, chances))
            for names, chances in by_scopes.items():
                fresh.add_known(tuple(names.split("\n")), enumerate(chances))
            for names, stored in self._connection.execute(LATER, (missing[0],)):
                fresh.add_course(unpacked(stored), tuple(names.split("\n")))
            fresh.write(self._connection)
            self._connection.executemany("INSERT INTO course_day VALUES (?)", ((day,) for day in missing))
        self._sums.days = sorted({*days, *missing})

    def _reach_back(self, facts: Iterable[Fact]) -> None:
        """Let the course begin with the first answer of all: before it nothing was known."""
        days = self._sums.days
        first = min((fact.day for fact in facts), default=self._today)
        if not days or first < days[0]:
            fresh = sorted(day for day in days_kept(first, self._today) if not days or day < days[0])
            self._sums.begin_with(fresh)
            self._connection.executemany("INSERT INTO course_day VALUES (?)", ((day,) for day in fresh))

    # Cards

    def _catch_up(self) -> bool:
        """Take in what is new since the marks; False if it was so much that there may be more by now."""

        def look(journal: sqlite3.Connection) -> tuple[dict[str, Any], list[CardId], dict[CardId, Given] | None]:
            marks = journal_marks(journal)
            if marks == self._marks:
                return marks, [], {}
            since = (self._marks["mirror review rowid"], *(self._marks["mirror event rowid"],) * 2)
            found = [name for (name,) in journal.execute(CHANGED, since)]
            found += [name for (name,) in journal.execute(MOVED, {"rowid": since[0]})]
            changed = sorted({CardId(name) for name in found if isinstance(name, str)})
            self._policies = policies_in(journal.execute)
            return marks, changed, self._facts(journal, changed) if len(changed) <= AT_ONCE else None

        marks, changed, facts = self._read(look)
        if facts is None:
            self._feed_all(changed)
        elif marks != self._marks:
            belongs = members(self._catalogue, changed)
            with self._writing():
                self._put(facts, belongs)
                self._sums.write(self._connection)
        if marks != self._marks:
            self._mark(marks)
        return facts is not None

    def _feed_all(self, cards: Sequence[CardId]) -> None:
        """Take cards in, in pieces that are written every few seconds."""
        place_of: Callable[[Review], Place] | None = None
        if len(cards) > MANY:
            place_of = AllPlaces(lambda *asked: self._read(lambda journal: journal.execute(*asked).fetchall()))
        waiting: list[tuple[dict[CardId, Given], Mapping[CardId, Member]]] = []
        begun, done = time.monotonic(), 0
        for some in _batches(cards):
            if self._progress is not None:
                self._progress(done, len(cards))
            facts = self._read(partial(self._facts, cards=some, place_of=place_of))
            waiting.append((facts, members(self._catalogue, some)))
            done += len(some)
            if time.monotonic() - begun > SECONDS:
                self._write(waiting)
                waiting, begun = [], time.monotonic()
        self._write(waiting)

    def _write(self, waiting: Iterable[tuple[dict[CardId, Given], Mapping[CardId, Member]]]) -> None:
        with self._writing():
            for facts, belongs in waiting:
                self._put(facts, belongs)
                if len(self._sums) > MOST_SUMS:
                    self._sums.write(self._connection)
            self._sums.write(self._connection)

    def _facts(
        self, journal: sqlite3.Connection, cards: Iterable[CardId], place_of: Callable[[Review], Place] | None = None
    ) -> dict[CardId, Given]:
        run, found = journal.execute, {}
        place_of = place_of or EachPlace(run)
        for name in cards:
            reviews, events = entries_about(run, name)
            facts, standing = facts_of(name, reviews, events, self._policies, place_of) if reviews else ([], NEW)
            found[name] = Given(unpacked(packed(facts)), standing)
        return found

    def _put(self, found: Mapping[CardId, Given], belongs: Mapping[CardId, Member]) -> None:
        """Put what cards give now in place of what they gave before."""
        before = self._kept(found)
        rows = []
        for name, given in found.items():
            kept, member = before.get(name), belongs.get(name, NOWHERE)
            self._reach_back(given.facts)
            if kept is not None:
                self._add(kept.given, kept.member, -1)
            self._add(given, member)
            rows.append(_row(name, member, given))
        self._connection.executemany(PUT, rows)

    def _add(self, given: Given, member: Member, sign: int = 1) -> None:
        self._sums.add(given.facts, member, sign)
        self._sums.add_standing(given.standing, member, sign)

    def _kept(self, cards: Collection[CardId]) -> dict[CardId, Kept]:
        rows = self._connection.execute(OLD, (json.dumps(list(cards)),))
        return {
            CardId(name): Kept(
                Member(deck, tuple(names.split("\n")), chance), Given(unpacked(stored), Standing(*standing))
            )
            for name, deck, names, chance, stored, *standing in rows
        }

    # The cache

    def _known_marks(self) -> dict[str, Any]:
        return dict(self._connection.execute("SELECT name, value FROM meta WHERE name LIKE 'mirror %'"))

    def _meta(self, name: str) -> Any:
        row = self._connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else row[0]

    def _mark(self, values: Mapping[str, Any]) -> None:
        with self._writing():
            self._put_meta(values)
        self._marks = self._known_marks()

    def _put_meta(self, values: Mapping[str, Any]) -> None:
        self._connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    @contextmanager
    def _writing(self) -> Generator[None]:
        """A transaction of the cache, as it was when it was last looked at."""
        with transaction(self._connection):
            if self._known_marks() != self._marks:
                raise MovedOnError
            yield


def _row(name: CardId, member: Member, given: Given) -> tuple[Any, ...]:
    facts = given.facts
    answers, correct = sum(fact.is_answer for fact in facts), sum(fact.right for fact in facts)
    reasons = 0
    for fact in facts:
        if fact.reason is not None:
            reasons |= 1 << REASONS.index(fact.reason)
    last = stretches(facts)
    left = last[-1][:1] + last[-1][4:] if last else (0, 0.0, 0.0, 0.0, 0)
    weakness = wilson(correct, answers)[1] if answers else 1.0
    return (
        name, member.deck, "\n".join(member.scopes), member.chance, packed(facts), answers, correct, weakness, reasons,
        *left, *given.standing,
    )  # fmt: skip


def _batches(cards: Iterable[CardId]) -> Iterator[list[CardId]]:
    each = iter(cards)
    while some := list(islice(each, AT_ONCE)):
        yield some
