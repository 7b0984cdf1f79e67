"""The catalogue is what reading all files would give, after whatever was done to them, and never in the way."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING

import pytest

from cataloguing import random_deck
from pictured import png
from sciaquiz.catalogue import files, schema
from sciaquiz.catalogue.catalogue import Catalogue
from sciaquiz.catalogue.codec import TYPES
from sciaquiz.catalogue.pictures import has_pictures
from sciaquiz.deck.finding import Library
from sciaquiz.deck.library import read_library
from sciaquiz.deck.model import Kind
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import CardState, Marks

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from sciaquiz.deck.finding import Found

DECK = 'id = "d"\ntitle = "One"\n[[question]]\nid = "q"\nkind = "recall"\nstem = "Which?"\nanswer = "That."\n'


def opened(folder: Path, *places: Path) -> Catalogue:
    return Catalogue(folder / "cache" / "catalogue.db", places, folder / "journal.db")


def seen(catalogue: Catalogue) -> Library:
    return Library(catalogue.decks, catalogue.problems)


def text_of(random: Random, name: str) -> str:
    questions = "".join(
        f'[[question]]\nid = "q{random.randint(0, 12)}"\nkind = "recall"\nstem = "Which {random.random()}?"\n'
        f'answer = "That."\n{"odd = 1" if random.random() < 0.1 else ""}\n'
        for _ in range(random.randint(0, 4))
    )
    return f'id = "{name}"\ntitle = "One"\n{questions}'


def test_every_kind_has_its_type() -> None:
    assert set(TYPES) == set(Kind)


@pytest.mark.parametrize("seed", range(8))
def test_it_follows_every_change_of_the_files(seed: int, tmp_path: Path) -> None:
    """Files are written, changed, renamed and removed; ids of questions and decks stand twice."""
    random = Random(seed)
    place = tmp_path / "decks"
    place.mkdir()
    catalogue = opened(tmp_path, place)
    for _ in range(12):
        path = place / f"{random.choice('abcd')}.toml"
        match random.randint(0, 5):
            case 0 if path.exists():
                path.unlink()
            case 1 if path.exists():
                path.rename(place / f"{random.choice('abcd')}.toml")
            case 2:
                path.write_text("id = ", encoding="utf-8")
            case _:
                path.write_text(text_of(random, random.choice("xyz")), encoding="utf-8")
        if random.random() < 0.3:
            catalogue.close()
            catalogue = opened(tmp_path, place)
        catalogue.bring_up()
        library = read_library([place])
        assert seen(catalogue) == library
        cards = [card for deck in library.decks for card in deck.cards()]
        assert [catalogue.card(card.id) for card in cards] == cards
        assert catalogue.rows("SELECT id FROM card ORDER BY place") == [(card.id,) for card in cards]
    catalogue.close()


def test_an_unchanged_file_is_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = tmp_path / "one.toml", tmp_path / "other.toml"
    one.write_text(DECK, encoding="utf-8")
    other.write_text(DECK.replace('"d"', '"e"').replace('"q"', '"r"'), encoding="utf-8")
    read: list[str] = []
    from sciaquiz.deck import reading

    read_deck = reading.read_deck

    def noted(path: Path) -> reading.Reading:
        read.append(path.name)
        return read_deck(path)

    monkeypatch.setattr(reading, "read_deck", noted)
    for changed in ([one, other], [], [other]):
        read.clear()
        if changed == [other]:
            other.write_text(DECK.replace("One", "Two").replace('"d"', '"e"').replace('"q"', '"r"'), encoding="utf-8")
            os.utime(other, ns=(1, 1))
        with closing(opened(tmp_path, one, other)) as catalogue:
            assert len(catalogue.decks) == 2
        assert read == [path.name for path in changed]


@pytest.mark.parametrize("content", [b"", b"garbage", b"SQLite format 3\0" + bytes(4000)])
def test_a_broken_file_is_made_anew(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK, encoding="utf-8")
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "catalogue.db").write_bytes(content)
    with closing(opened(tmp_path, path)) as catalogue:
        assert seen(catalogue) == read_library([path])
    with closing(sqlite3.connect(tmp_path / "cache" / "catalogue.db")) as connection:
        assert connection.execute("SELECT count(*) FROM card").fetchone() == (1,)


def damaged_question(connection: sqlite3.Connection) -> None:
    connection.execute("UPDATE question SET stored = '{}'")


def lost_table(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE card")


@pytest.mark.parametrize("damage", [damaged_question, lost_table])
def test_damage_that_shows_later_is_mended(damage: Callable[[sqlite3.Connection], None], tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK, encoding="utf-8")
    with closing(opened(tmp_path, path)) as catalogue:
        assert catalogue.decks
        with closing(sqlite3.connect(tmp_path / "cache" / "catalogue.db", isolation_level=None)) as connection:
            damage(connection)
        [deck] = read_library([path]).decks
        [card] = deck.cards()
        assert catalogue.card(card.id) == card
        assert list(catalogue.decks[0].questions) == list(deck.questions)


def test_where_no_file_can_be_written_it_is_kept_in_memory(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK, encoding="utf-8")
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    with closing(opened(tmp_path, path)) as catalogue:
        assert seen(catalogue) == read_library([path])


def test_another_version_and_another_place_are_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK, encoding="utf-8")
    with closing(opened(tmp_path, path)) as catalogue:
        assert [deck.title for deck in catalogue.decks] == ["One"]
    with closing(opened(tmp_path, tmp_path / "none")) as catalogue:
        assert catalogue.decks == ()
    with closing(opened(tmp_path, path)) as catalogue:
        assert len(catalogue.decks) == 1
    monkeypatch.setattr(schema, "__version__", "99")
    with closing(opened(tmp_path, path)) as catalogue:
        assert len(catalogue.decks) == 1
        assert catalogue.rows("SELECT value FROM meta WHERE name = 'version'") == [("99",)]


@pytest.mark.parametrize("link", [os.symlink, os.link])
def test_a_link_to_another_database_never_changes_that(link: Callable[[Path, Path], None], tmp_path: Path) -> None:
    """It is the link that is thrown away; what it leads to may be the journal."""
    path, other = tmp_path / "d.toml", tmp_path / "journal.db"
    path.write_text(DECK, encoding="utf-8")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE review (id)")
        connection.execute("CREATE TABLE meta (name, value)")
    before = other.read_bytes()
    (tmp_path / "cache").mkdir()
    link(other, tmp_path / "cache" / "catalogue.db")
    with closing(opened(tmp_path, path)) as catalogue:
        assert seen(catalogue) == read_library([path])
    assert other.read_bytes() == before


def test_a_file_of_another_version_that_is_in_use_is_left_to_its_user(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK, encoding="utf-8")
    with closing(opened(tmp_path, path)) as older, closing(opened(tmp_path, path)) as newer:
        older.bring_up()
        older.pool().put([CardState(card_id=CardId("q"), marks=Marks(flagged=True))])
        monkeypatch.setattr(schema, "__version__", "99")
        newer.bring_up()
        assert newer.state(CardId("q")) is None
        state = older.state(CardId("q"))
        assert state is not None
        assert state.marks.flagged


@pytest.mark.skipif(sys.platform in ("darwin", "win32"), reason="names of files are text there")
def test_the_name_of_a_file_need_not_be_text(tmp_path: Path) -> None:
    place = tmp_path / "decks"
    place.mkdir()
    (place / os.fsdecode(b"caf\xe9 \xff.toml")).write_text(DECK, encoding="utf-8")
    with closing(opened(tmp_path, place)) as catalogue:
        assert seen(catalogue) == read_library([place])
        assert [deck.path for deck in catalogue.decks] == list(place.iterdir())


def test_on_a_full_disk_it_leaves_the_room_to_the_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk is full once the tables are made: what was written by then is taken away again."""
    place = tmp_path / "decks"
    place.mkdir()
    (place / "d.toml").write_text(DECK, encoding="utf-8")

    real = files.settle

    def settle(connection: sqlite3.Connection) -> None:
        if connection.execute("PRAGMA database_list").fetchone()[2]:
            raise sqlite3.OperationalError("database or disk is full")
        real(connection)

    monkeypatch.setattr(files, "settle", settle)
    with closing(opened(tmp_path, place)) as catalogue:
        assert [deck.id for deck in catalogue.decks] == ["d"]
    assert list((tmp_path / "cache").iterdir()) == []


@pytest.mark.parametrize("error", [KeyboardInterrupt(), sqlite3.OperationalError("database or disk is full")])
def test_a_start_that_ends_after_the_last_file_is_gone_on_with(
    error: BaseException, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every file is in the catalogue by then, and no card is."""
    place = tmp_path / "decks"
    place.mkdir()
    (place / "d.toml").write_text(DECK, encoding="utf-8")

    def ends(_: sqlite3.Connection) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr(files, "settle", ends)
        with pytest.raises(type(error)):
            opened(tmp_path, place).bring_up()
    again = opened(tmp_path, place)
    assert [deck.id for deck in again.decks] == ["d"]
    assert again.card(CardId("q")) is not None


def test_it_knows_of_pictures_without_reading_decks(tmp_path: Path) -> None:
    plain, pictured = tmp_path / "plain.toml", tmp_path / "pictured.toml"
    plain.write_text(DECK, encoding="utf-8")
    file = tmp_path / "cache" / "catalogue.db"
    assert not has_pictures(file, [plain])
    (tmp_path / "a.png").write_bytes(png(2, 2))
    pictured.write_text(DECK + 'picture = { file = "a.png", alt = "A leg." }\n', encoding="utf-8")
    assert has_pictures(file, [pictured])
    for path, expected in ((plain, False), (pictured, True)):
        with closing(opened(tmp_path, path)) as catalogue:
            assert bool(catalogue.decks)
        assert has_pictures(file, [path]) == expected
    assert has_pictures(file, [plain, pictured])


def test_from_the_catalogue_nothing_heavy_is_loaded(tmp_path: Path) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from sciaquiz.catalogue.catalogue import Catalogue;"
        f"found = Catalogue(Path({str(tmp_path / 'c.db')!r}), [Path({str(path)!r})], Path('none'));"
        "print(found.decks[0].title, 'pydantic' in sys.modules, 'sqlalchemy' in sys.modules)"
    )
    for expected in ("One True False\n", "One False False\n"):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        assert done.stdout == expected


def test_random_decks_come_back_as_they_were(tmp_path: Path) -> None:
    from cataloguing import catalogue_of

    decks = [random_deck(Random(seed), f"d{seed}") for seed in range(5)]
    with closing(catalogue_of(decks)) as catalogue:
        assert list(catalogue.decks) == decks


def decks_in(file: Path) -> int:
    try:
        with closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT count(*) FROM deck").fetchone()[0])
    except sqlite3.OperationalError:
        return 0


def test_a_kill_while_it_is_written_costs_nothing(tmp_path: Path) -> None:
    """A real process fills the catalogue and is killed, ever later; each next start goes on and has all decks."""
    place = tmp_path / "decks"
    place.mkdir()
    for number in range(6):
        questions = DECK[DECK.index("[[") :]
        many = "".join(questions.replace('"q"', f'"q{number}-{place}"') for place in range(150))
        (place / f"{number}.toml").write_text(f'id = "d{number}"\ntitle = "One"\n{many}', encoding="utf-8")
    file = tmp_path / "cache" / "catalogue.db"
    code = (
        "import time; from pathlib import Path; from sciaquiz.catalogue.catalogue import Catalogue;"
        "from sciaquiz.deck import reading; read = reading.read_deck;"
        "reading.read_deck = lambda path: (time.sleep(0.1), read(path))[1];"  # so that no machine is too slow to kill it
        f"c = Catalogue(Path({str(file)!r}), [Path({str(place)!r})], Path('none')); c.decks"
    )
    library = read_library([place])
    for wanted in (0, 2, 4):
        with subprocess.Popen([sys.executable, "-c", code]) as running:
            while running.poll() is None and decks_in(file) <= wanted:
                time.sleep(0.002)
            running.kill()
        with closing(sqlite3.connect(file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert 0 < decks_in(file) < 6, "it was not killed while it was written"
    with closing(opened(tmp_path, place)) as catalogue:
        assert seen(catalogue) == library
        cards = [card for deck in library.decks for card in deck.cards()]
        assert catalogue.rows("SELECT id FROM card ORDER BY place") == [(card.id,) for card in cards]


def test_a_start_looks_at_the_deck_files_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "d.toml"
    path.write_text(DECK, encoding="utf-8")
    looks: list[object] = []
    from sciaquiz.deck.finding import find_decks

    def counted(places: Iterable[Path]) -> Found:
        looks.append(places)
        return find_decks(places)

    monkeypatch.setattr(files, "find_decks", counted)
    with closing(opened(tmp_path, path)) as catalogue:
        catalogue.bring_up()
        assert len(looks) == 1
        path.write_text(DECK.replace("One", "Other"), encoding="utf-8")
        catalogue.bring_up()
        assert len(looks) == 2
        assert [deck.title for deck in catalogue.decks] == ["Other"]
