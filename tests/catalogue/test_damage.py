"""A catalogue in which anything may stand: it is used as it is or made anew, and never ends in an error or a loop."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from answering import answer
from remembering import STEADY
from sciaquiz.catalogue.catalogue import Cards, Catalogue
from sciaquiz.catalogue.matching import Matching
from sciaquiz.catalogue.pictures import has_pictures
from sciaquiz.catalogue.terms import CatalogueLexicon
from sciaquiz.clock import moment_at
from sciaquiz.deck.library import read_library
from sciaquiz.journal.entries import Rating
from sciaquiz.journal.snapshot import Snapshot
from sciaquiz.store.connect import connect
from sciaquiz.store.journal import Journal
from sciaquiz.study.query import Field, Is, Query
from sciaquiz.study.querying import parse
from sciaquiz.study.queue import Limits
from sciaquiz.study.today import today

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
VALUES = (None, b"\xff", 2**62, 1e300)
QUESTION = 'kind = "recall"\nstem = "Which nerve?"\nanswer = "That."\nsafety = "must-not-miss"\ntopics = ["nerves"]\n'
CLOZE = '[[question]]\nid = "c"\nkind = "cloze"\ntext = "The {{nerve}} and the {{root}}."\n'


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two decks, a journal and a catalogue that mirrors it."""
    home = tmp_path_factory.mktemp("home")
    (home / "decks").mkdir()
    for name in "ab":
        own = "".join(f'[[question]]\nid = "{name}{number}"\n{QUESTION}' for number in range(6))
        text = f'id = "{name}"\ntitle = "One"\n{own}{CLOZE if name == "a" else ""}'
        (home / "decks" / f"{name}.toml").write_text(text, encoding="utf-8")
    cards = [card for deck in read_library([home / "decks"]).decks for card in deck.cards()]
    with closing(Journal.open(home / "journal.db", moment_at(START))) as journal:
        for number, card in enumerate(cards[:8]):
            for time in range(number % 3 + 1):
                at = moment_at(START + timedelta(days=time, minutes=number))
                rating = Rating.AGAIN if number % 4 == 0 else Rating.GOOD
                journal.keep(answer(card.id, rating, at=at), STEADY, card.question)
    use(home)
    return home


def use(home: Path) -> None:
    """Ask a catalogue everything."""
    day = (START + timedelta(days=9)).date()
    has_pictures(home / "catalogue.db", [home / "decks"])
    catalogue = Catalogue(home / "catalogue.db", [home / "decks"], home / "journal.db")
    with closing(catalogue), closing(connect(home / "journal.db")) as journal:
        catalogue.bring_up()
        for deck in catalogue.decks:
            list(deck.questions)
        list(catalogue.problems)
        catalogue.mirror(journal)
        pool = catalogue.pool()
        for limits in (Limits(2, 3), Limits(99, 99)):
            today(pool, Snapshot(today=day), day, limits)
        pool.counts(day)
        pool.forecast(day, 9)
        pool.with_concepts()
        for card_id in Cards(catalogue):
            catalogue.card(card_id)
            pool.state(card_id)
        matching = Matching(catalogue, moment_at(START + timedelta(days=9)), 8)
        matching.page(Query(), 0, 9)
        query = parse(f"nerve is:{','.join(Is)} due:<3 order:weakest", matching.vocabulary()).query
        matching.page(query, 0, 9)
        matching.ways_out(query)
        for name in (Field.DECK, Field.TOPIC, Field.KIND, Field.IS):
            matching.counts(query, name)
        CatalogueLexicon(catalogue).of_length(5)


def columns(file: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(file)) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return [(name, row[1]) for name in names for row in connection.execute(f"PRAGMA table_info({name})")]


def replaced(home: Path, content: bytes) -> Path:
    for ending in ("-wal", "-shm"):
        (home / f"catalogue.db{ending}").unlink(missing_ok=True)
    (home / "catalogue.db").write_bytes(content)
    return home / "catalogue.db"


@pytest.mark.parametrize("value", VALUES)
def test_anything_may_stand_in_any_column(value: object, home: Path) -> None:
    use(home)
    whole = (home / "catalogue.db").read_bytes()
    for table, column in columns(home / "catalogue.db"):
        file = replaced(home, whole)
        with closing(sqlite3.connect(file, isolation_level=None)) as connection, suppress(sqlite3.IntegrityError):
            cast = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
            connection.execute(f'UPDATE OR IGNORE {table} SET "{column}" = {cast}', (value,))  # noqa: S608
        use(home)


def test_bits_that_turn_over_end_in_no_error(home: Path) -> None:
    use(home)
    random, whole = Random(3), (home / "catalogue.db").read_bytes()
    for _ in range(80):
        content = bytearray(whole)
        for _ in range(random.choice((1, 3, 30))):
            content[random.randrange(len(content))] ^= 1 << random.randrange(8)
        replaced(home, bytes(content))
        use(home)


def test_an_index_out_of_order_is_no_endless_loop(home: Path) -> None:
    """Reading on from the last place would come by the same questions again."""
    use(home)
    with closing(sqlite3.connect(home / "catalogue.db", isolation_level=None)) as connection:
        connection.execute("DROP INDEX question_deck")
        connection.execute("CREATE INDEX question_deck ON question(deck, place DESC)")
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = replace(sql, 'place DESC', 'place') WHERE name = 'question_deck'"
        )
    use(home)
