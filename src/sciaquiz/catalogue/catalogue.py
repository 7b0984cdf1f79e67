"""The catalogue: every installed deck and what each card has come to, read when it is asked for."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import partial
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar, overload

from msgspec.structs import replace

from sciaquiz.catalogue.codec import CODEC_FAULTS, head_from, question_from, state_from
from sciaquiz.catalogue.files import bring_up, problems_in
from sciaquiz.catalogue.mirror import Update, apply, forget, known_in, update_from
from sciaquiz.catalogue.pool import CataloguePool, deck_names
from sciaquiz.catalogue.schema import DAMAGE, check_order, open_catalogue, reading
from sciaquiz.deck.finding import Found
from sciaquiz.deck.kinds import Question
from sciaquiz.deck.model import Card, Deck
from sciaquiz.ids import CardId, DeckId
from sciaquiz.journal.entries import CardState
from sciaquiz.store.connect import connect
from sciaquiz.store.errors import SQLITE_FAULTS, store_error

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sciaquiz.catalogue.files import Progress
    from sciaquiz.deck.problem import Problem

T = TypeVar("T")
FAULTS = (*DAMAGE, *CODEC_FAULTS)
AT_A_TIME = 200
TRIES = 5
"""Another window may bring the same file up at the same time."""
CARDS_AT_HAND = 32

KEPT = "SELECT id, head FROM deck WHERE kept ORDER BY rank"
OF_DECK = "deck = (SELECT num FROM deck WHERE kept AND id = ?) AND kept"
A_CARD = """
SELECT card.part, question.kind, question.stored FROM card JOIN question ON question.num = card.question
WHERE card.id = ?
"""
QUESTIONS = f"SELECT place, kind, stored FROM question WHERE {OF_DECK} AND place > ? ORDER BY place LIMIT ?"
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
            self._seen = 0
            self._found = bring_up(connection, self._places, progress)

        with self._lock:
            self._progress = progress
            self.change(_nothing if self._connection is None else read)  # opening it reads them already
            self._progress = None

    def mirror(self, journal: sqlite3.Connection) -> Mapping[CardId, CardState]:
        """Bring the states up with the journal, over a connection to it, and return them by card."""
        for _ in range(TRIES):
            known = self.ask(known_in)
            update = update_from(journal, known)  # it may have to wait for the journal, and then nobody waits for us
            if self.change(partial(apply, known=known, update=self._naming_faults(update))):
                break
        self._is_mirrored = True
        return States(self)

    def forget_states(self) -> None:
        """Let every card be new: there is no journal."""
        self._is_mirrored = False
        self.change(forget)

    def ask(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do some work that only reads, over the connection; it sees the file as it stands at one moment."""

        def read(connection: sqlite3.Connection) -> T:
            with self._reading(connection):
                return work(connection)

        return self.change(read)

    @contextmanager
    def at_once(self) -> Generator[None]:
        """Let all that is asked within see the file as it stands at one moment. Nothing may be changed meanwhile."""
        with self._lock, ExitStack() as stack:
            self.change(lambda connection: stack.enter_context(self._reading(connection)))
            yield

    @contextmanager
    def _reading(self, connection: sqlite3.Connection) -> Generator[None]:
        if connection.in_transaction:  # within `at_once`
            yield
            return
        while True:
            with reading(connection):
                if _version(connection) == self._seen:
                    yield
                    return
            self._follow_others(connection)  # another window may change more meanwhile: look again

    def change(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do some work over the connection; after a fault once more, with a new file, and then in memory."""
        with self._lock:
            for remedy in (self._open, self._make_anew, self._go_to_memory):
                try:
                    if self._connection is None or remedy != self._open:
                        remedy()
                    assert self._connection is not None  # noqa: S101 -- each remedy opens one
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
        """Where decks were read anew, here or by another window, let go of what was read, and bring the states up.

        Without its state a card would be new: where the journal cannot be read, a StoreError says so.
        """
        version = _version(connection)
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
        return self.ask(
            lambda connection: tuple(head_from(head, Questions(self, name)) for name, head in connection.execute(KEPT))
        )

    @property
    def problems(self) -> tuple[Problem, ...]:
        """All that is wrong with the decks."""
        return self.ask(lambda connection: problems_in(connection, self._found))

    def card(self, card_id: CardId) -> Card | None:
        """Return a card with its question, None if it is not installed."""
        with self._lock:
            if card_id in self._at_hand:
                self._at_hand.move_to_end(card_id)
                return self._at_hand[card_id]
            card = self.ask(lambda connection: _card(connection, card_id))
            if card is not None:
                self._at_hand[card_id] = card
                if len(self._at_hand) > CARDS_AT_HAND:
                    self._at_hand.popitem(last=False)
            return card

    def state(self, card_id: CardId) -> CardState | None:
        """Return what an installed card has come to, None if nothing was ever done with it."""
        return self.ask(lambda connection: _state(connection, card_id))

    def pool(self, decks: Iterable[DeckId] | None = None) -> CataloguePool:
        """Return the cards of some decks, or of all."""
        return CataloguePool(self, frozenset(self.ask(deck_names).values() if decks is None else decks))

    def questions(self, deck: DeckId, after: int, most: int) -> list[tuple[int, Question]]:
        """Return questions of a deck with their places, from a place on."""

        def read(connection: sqlite3.Connection) -> list[tuple[int, Question]]:
            rows = connection.execute(QUESTIONS, (deck, after, most)).fetchall()
            check_order(after, [place for place, _, _ in rows])
            return [(place, question_from(kind, stored)) for place, kind, stored in rows]

        return self.ask(read)

    def rows(self, statement: str, parameters: Mapping[str, Any] | Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a SELECT."""
        return self.ask(lambda connection: connection.execute(statement, parameters).fetchall())


def _nothing(_: sqlite3.Connection) -> None:
    """Do nothing once the file is open."""


def _version(connection: sqlite3.Connection) -> int:
    """Return a number that changes whenever another connection changes the file."""
    return int(connection.execute("PRAGMA data_version").fetchone()[0])


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
