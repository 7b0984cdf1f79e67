"""The catalogue: every installed deck and what each card has come to, read when it is asked for."""

from __future__ import annotations

import json
from collections import OrderedDict
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar, overload

from sciaquiz.catalogue.codec import CODEC_FAULTS, head_from, question_from, state_from
from sciaquiz.catalogue.files import bring_up, problems_in
from sciaquiz.catalogue.mirror import Update, apply, forget, known_in, put_ahead, update_from
from sciaquiz.catalogue.queue import workload_in
from sciaquiz.catalogue.schema import DAMAGE, check_order, open_catalogue, reading
from sciaquiz.deck.finding import Found
from sciaquiz.deck.kinds import Question
from sciaquiz.deck.model import Card, Deck
from sciaquiz.ids import CardId, DeckId
from sciaquiz.journal.entries import CardState, Unsafe
from sciaquiz.store.connect import connect
from sciaquiz.store.errors import SQLITE_FAULTS, store_error
from sciaquiz.study.pool import DeckCount
from sciaquiz.study.queue import Limits, Ranking, Workload, plain_ranking

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Collection, Iterable
    from datetime import date
    from pathlib import Path

    from sciaquiz.catalogue.files import Progress
    from sciaquiz.deck.problem import Problem
    from sciaquiz.journal.snapshot import Snapshot

T = TypeVar("T")
FAULTS = (*DAMAGE, *CODEC_FAULTS)
AT_A_TIME = 200
TRIES = 5
"""Another window may bring the same file up at the same time."""
CARDS_AT_HAND = 32

IDS = "SELECT num, id FROM deck WHERE kept ORDER BY rank"
KEPT = "SELECT id, head FROM deck WHERE kept ORDER BY rank"
OF_DECK = "deck = (SELECT num FROM deck WHERE kept AND id = ?) AND kept"
OF_DECKS = "deck IN (SELECT num FROM deck WHERE kept AND id IN (SELECT value FROM json_each(:decks)))"
"""A deck has another number once another window has read its file anew, so it is named."""
A_CARD = """
SELECT card.part, question.kind, question.stored FROM card JOIN question ON question.num = card.question
WHERE card.id = ?
"""
QUESTIONS = f"SELECT place, kind, stored FROM question WHERE {OF_DECK} AND place > ? ORDER BY place LIMIT ?"
COUNTS = f"""
SELECT deck.id, count(*), sum(phase IS NULL),
    total(CASE WHEN phase = 2 THEN recall(max(:today - last, 0), stability) END)
FROM card JOIN deck ON deck.num = card.deck WHERE card.{OF_DECKS} GROUP BY card.deck
"""
AHEAD = f"""
SELECT max(:today, due, buried) AS day, count(*) FROM card
WHERE phase IS NOT NULL AND due < :until AND NOT suspended AND {OF_DECKS}
GROUP BY day
"""
STEM_LENGTHS = f"""
SELECT card.id, question.length FROM card JOIN question ON question.num = card.question
WHERE card.id IN (SELECT value FROM json_each(:ids)) AND card.{OF_DECKS}
"""
WITH_CONCEPTS = f"""
SELECT card.id, card.part, question.kind, question.stored FROM question INDEXED BY question_concept
JOIN card ON card.question = question.num
WHERE question.concept IS NOT NULL AND card.{OF_DECKS} ORDER BY card.place
"""
UNSAFE = f"SELECT id FROM card INDEXED BY card_unsafe WHERE danger AND unsafe AND {OF_DECKS} ORDER BY place"
HAS_UNMIRRORED = "SELECT 1 FROM card WHERE NOT mirrored LIMIT 1"


class Catalogue:
    """The decks at some places, and the states that the journal has for their cards. May be asked from any thread.

    It is a cache: a file that is locked, full, read-only or damaged is thrown away, and if that does not help, all of
    it is kept in memory. It never keeps anyone from studying.
    """

    def __init__(self, path: Path | None, places: Iterable[Path], journal: Path) -> None:
        self._path = path
        self._places = tuple(places)
        self._journal = journal
        self._lock = RLock()
        self._found = Found((), ())
        self._progress: Progress | None = None
        self._at_hand: OrderedDict[CardId, Card] = OrderedDict()
        self._is_mirrored = False
        self._seen = 0
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None

    def bring_up(self, progress: Progress | None = None) -> None:
        """Read the deck files that changed since they were read last; `progress` hears of each."""

        def read(connection: sqlite3.Connection) -> None:
            self._at_hand.clear()
            self._found = bring_up(connection, self._places, progress)

        self._progress = progress
        self._ask(read)
        self._progress = None

    def mirror(self, journal: sqlite3.Connection) -> Mapping[CardId, CardState]:
        """Bring the states up with the journal, over a connection to it, and return them by card."""
        for _ in range(TRIES):
            known = self._ask(known_in)
            update = update_from(journal, known)  # it may have to wait for the journal, and then nobody waits for us
            if self._ask(partial(apply, known=known, update=self._naming_faults(update))):
                break
        self._is_mirrored = True
        return States(self)

    def forget_states(self) -> None:
        """Let every card be new: there is no journal."""
        self._is_mirrored = False
        self._ask(forget)

    def _ask(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do some work over the connection; after a fault once more, with a new file, and then in memory."""
        with self._lock:
            for remedy in (self._open, self._make_anew, self._go_to_memory):
                try:
                    if self._connection is None or remedy != self._open:
                        remedy()
                    assert self._connection is not None  # noqa: S101 -- each remedy opens one
                    self._follow_others(self._connection)
                    return work(self._connection)
                except FAULTS:
                    if remedy == self._go_to_memory:
                        raise
            raise AssertionError

    def _open(self) -> None:
        self._at_hand.clear()
        self._seen = 0
        self._connection = open_catalogue(self._path)
        self._found = bring_up(self._connection, self._places, self._progress)

    def _make_anew(self) -> None:
        self.close()
        self._remove()
        self._open()

    def _remove(self) -> None:
        if self._path is not None:
            for ending in ("", "-wal", "-shm"):
                self._path.with_name(self._path.name + ending).unlink(missing_ok=True)

    def _go_to_memory(self) -> None:
        self.close()
        with suppress(OSError):
            self._remove()  # on a full disk the journal needs the room
        self._path = None
        self._open()

    def _follow_others(self, connection: sqlite3.Connection) -> None:
        """Where the file is new, or another window has changed it, let go of what was read, and bring the states up.

        Without its state a card would be new: where the journal cannot be read, a StoreError says so.
        """
        [version] = connection.execute("PRAGMA data_version").fetchone()
        if version == self._seen:
            return
        self._at_hand.clear()
        if self._is_mirrored and connection.execute(HAS_UNMIRRORED).fetchone() and self._journal.exists():
            known = known_in(connection)
            with ExitStack() as stack:
                with self._in_words():
                    journal = stack.enter_context(closing(connect(self._journal)))
                    update = update_from(journal, known)
                apply(connection, known, self._naming_faults(update))
        self._seen = version

    def _naming_faults(self, update: Update) -> Update:
        """Return an update of which a fault of the journal is a StoreError: it is none of the catalogue."""

        def states() -> Iterator[CardState]:
            with self._in_words():
                yield from update.states()

        return replace(update, states=states)

    @contextmanager
    def _in_words(self) -> Generator[None]:
        try:
            yield
        except SQLITE_FAULTS as error:
            raise store_error(self._journal, error) from None

    # Decks

    @property
    def decks(self) -> tuple[Deck, ...]:
        """The decks that can be studied, in reading order; their questions are read when they are asked for."""
        return self._ask(
            lambda connection: tuple(head_from(head, Questions(self, name)) for name, head in connection.execute(KEPT))
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the decks."""
        return self._ask(lambda connection: problems_in(connection, self._found))

    @property
    def has_pictures(self) -> bool:
        """Whether any question has a picture."""
        return bool(self.rows("SELECT 1 FROM deck WHERE kept AND pictured LIMIT 1"))

    def card(self, card_id: CardId) -> Card | None:
        """Return a card with its question, None if it is not installed."""
        with self._lock:
            if card_id in self._at_hand:
                self._at_hand.move_to_end(card_id)
                return self._at_hand[card_id]
            card = self._ask(lambda connection: _card(connection, card_id))
            if card is not None:
                self._at_hand[card_id] = card
                if len(self._at_hand) > CARDS_AT_HAND:
                    self._at_hand.popitem(last=False)
            return card

    def state(self, card_id: CardId) -> CardState | None:
        """Return what an installed card has come to, None if nothing was ever done with it."""
        return self._ask(lambda connection: _state(connection, card_id))

    def pool(self, decks: Iterable[DeckId] | None = None) -> CataloguePool:
        """Return the cards of some decks, or of all."""
        wanted = None if decks is None else set(decks)
        found = self._ask(deck_names)
        return CataloguePool(self, frozenset(name for name in found.values() if wanted is None or name in wanted))

    def questions(self, deck: DeckId, after: int, most: int) -> list[tuple[int, Question]]:
        """Return questions of a deck with their places, from a place on."""

        def read(connection: sqlite3.Connection) -> list[tuple[int, Question]]:
            rows = connection.execute(QUESTIONS, (deck, after, most)).fetchall()
            check_order(after, [place for place, _, _ in rows])
            return [(place, question_from(kind, stored)) for place, kind, stored in rows]

        return self._ask(read)

    def rows(self, statement: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a SELECT."""
        return self._ask(lambda connection: connection.execute(statement, parameters).fetchall())

    def ask(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do some work over the connection, once more with a new file after a fault of it."""
        return self._ask(work)


def deck_names(connection: sqlite3.Connection) -> dict[int, DeckId]:
    """Return the decks by the number that each has now, in reading order."""
    return {num: DeckId(name) for num, name in connection.execute(IDS)}


def _card(connection: sqlite3.Connection, card_id: CardId) -> Card | None:
    row = connection.execute(A_CARD, (card_id,)).fetchone()
    return None if row is None else Card(card_id, question_from(row[1], row[2]), row[0])


def _state(connection: sqlite3.Connection, card_id: CardId) -> CardState | None:
    stored = connection.execute("SELECT state FROM card WHERE id = ?", (card_id,)).fetchone()
    return None if stored is None or stored[0] is None else state_from(stored[0])


class Questions(Sequence[Question]):
    """The questions of one deck, read from the catalogue each time they are gone through."""

    def __init__(self, catalogue: Catalogue, deck: DeckId) -> None:
        self._catalogue = catalogue
        self._deck = deck

    def __len__(self) -> int:
        return int(self._catalogue.rows(f"SELECT count(*) FROM question WHERE {OF_DECK}", (self._deck,))[0][0])

    def __iter__(self) -> Iterator[Question]:
        after = -1
        while found := self._catalogue.questions(self._deck, after, AT_A_TIME):
            yield from (question for _, question in found)
            after = found[-1][0]

    @overload
    def __getitem__(self, place: int) -> Question: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Question]: ...
    def __getitem__(self, place: int | slice) -> Question | Sequence[Question]:
        return tuple(self)[place]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


class Cards(Mapping[CardId, Card]):
    """The installed cards in reading order, each read when it is asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __getitem__(self, card_id: CardId) -> Card:
        card = self._catalogue.card(card_id)
        if card is None:
            raise KeyError(card_id)
        return card

    def __iter__(self) -> Iterator[CardId]:
        return (CardId(name) for (name,) in self._catalogue.rows("SELECT id FROM card ORDER BY place"))

    def __len__(self) -> int:
        return int(self._catalogue.rows("SELECT count(*) FROM card")[0][0])


class States(Mapping[CardId, CardState]):
    """The states of the installed cards that anything was ever done with, each read when it is asked for."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def __getitem__(self, card_id: CardId) -> CardState:
        state = self._catalogue.state(card_id)
        if state is None:
            raise KeyError(card_id)
        return state

    def __iter__(self) -> Iterator[CardId]:
        return (CardId(name) for (name,) in self._catalogue.rows("SELECT id FROM card WHERE state IS NOT NULL"))

    def __len__(self) -> int:
        return int(self._catalogue.rows("SELECT count(*) FROM card WHERE state IS NOT NULL")[0][0])


@dataclass(frozen=True)
class CataloguePool:
    """The cards of some decks of a catalogue, as a sitting and Home see them; see `study.pool.Pool`."""

    catalogue: Catalogue
    decks: frozenset[DeckId]

    def __contains__(self, card_id: object) -> bool:
        found = self.catalogue.rows(f"SELECT 1 FROM card WHERE id = :id AND {OF_DECKS}", {"id": card_id, **self._scope})
        return bool(found)

    @property
    def _scope(self) -> dict[str, str]:
        return {"decks": json.dumps(list(self.decks))}

    def card(self, card_id: CardId) -> Card:
        found = self.catalogue.card(card_id)
        if found is None:
            raise KeyError(card_id)
        return found

    def state(self, card_id: CardId) -> CardState:
        return self.catalogue.state(card_id) or CardState(card_id=card_id)

    def put(self, states: Iterable[CardState]) -> None:
        changed = list(states)

        def write(connection: sqlite3.Connection) -> None:
            put_ahead(connection, changed)

        if changed:
            self.catalogue.ask(write)

    def as_of(self, snapshot: Snapshot) -> CataloguePool:
        return self

    def with_concepts(self) -> Sequence[Card]:
        def read(connection: sqlite3.Connection) -> list[Card]:
            rows = connection.execute(WITH_CONCEPTS, self._scope)
            return [Card(CardId(name), question_from(kind, stored), part) for name, part, kind, stored in rows]

        return self.catalogue.ask(read)

    def unsafe(self) -> Mapping[CardId, Unsafe]:
        found = self.catalogue.rows(UNSAFE, self._scope)
        cases = {CardId(name): self.state(CardId(name)).unsafe for (name,) in found}
        return {card_id: case for card_id, case in cases.items() if case is not None}

    def stem_lengths(self, cards: Iterable[CardId]) -> Mapping[CardId, int]:
        scope = {"ids": json.dumps(list(cards)), **self._scope}
        return {CardId(name): signs for name, signs in self.catalogue.rows(STEM_LENGTHS, scope)}

    def counts(self, today: date, recall: Callable[[float, float], float]) -> Mapping[DeckId, DeckCount]:
        def count(connection: sqlite3.Connection) -> Mapping[DeckId, DeckCount]:
            connection.create_function("recall", 2, recall, deterministic=True)
            scope = {**self._scope, "today": today.toordinal()}
            return {
                DeckId(name): DeckCount(cards=cards, unseen=unseen, recalled=recalled)
                for name, cards, unseen, recalled in connection.execute(COUNTS, scope)
            }

        found = self.catalogue.ask(count)
        return {name: found.get(name, DeckCount(cards=0, unseen=0, recalled=0.0)) for name in self.decks}

    def forecast(self, today: date, days: int) -> tuple[int, ...]:
        first = today.toordinal()
        scope = {**self._scope, "today": first, "until": first + days}
        asked = dict(self.catalogue.rows(AHEAD, scope))
        return tuple(asked.get(first + ahead, 0) for ahead in range(days))

    def workload(
        self,
        today: date,
        left: Limits,
        *,
        unsafe: Mapping[CardId, date],
        without: Collection[CardId] = (),
        ranking: Callable[[], Ranking] = plain_ranking,
    ) -> Workload:
        def find(connection: sqlite3.Connection) -> Workload:
            with reading(connection):
                names = deck_names(connection)
                decks = {num: name for num, name in names.items() if name in self.decks}
                in_all = len(decks) == len(names)
                return workload_in(connection, decks, today, left, unsafe, without, ranking, in_all=in_all)

        return self.catalogue.ask(find)
