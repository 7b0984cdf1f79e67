"""A disk that rots can leave anything in any column: it is named, and stops nothing else."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from answering import NOW, START, STEADY, act, answer, keep
from making import single
from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import CardState, EventKind, Rating
from sciaquiz.memory.explain import explain_card
from sciaquiz.memory.schedule import preview
from sciaquiz.store import connect as connecting
from sciaquiz.store.backup import back_up
from sciaquiz.store.codec import READERS
from sciaquiz.store.errors import DamagedError
from sciaquiz.store.journal import Journal
from sciaquiz.store.queries import read_snapshot
from sciaquiz.store.reading import Damage
from sciaquiz.store.restore import restore
from sciaquiz.store.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable
    from pathlib import Path

LATER = moment_at(START + timedelta(days=5))
CARDS = tuple(f"q{number}" for number in range(6))


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no disk."""
    monkeypatch.setattr(connecting, "PRAGMAS", ("synchronous=OFF",))


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A journal with every kind of row."""
    path = tmp_path_factory.mktemp("whole") / "journal.db"
    journal = Journal.open(path, NOW)
    for name in CARDS:
        wrong, right = answer(name, Rating.AGAIN), answer(name, at=moment_at(START + timedelta(days=1)))
        keep(journal, wrong)
        keep(journal, right)
        journal.act(act(EventKind.NOTE, name, payload={"text": f"a note on {name}"}))
        journal.act(act(EventKind.OVERRULE, name, target=right.id, payload={"rating": 2}))
        journal.act(act(EventKind.BURY, name, payload={"until": "2026-11-24"}))
        given = answer(name, at=moment_at(START + timedelta(days=2)))
        keep(journal, given)
        journal.act(act(EventKind.VOID, name, target=given.id))
    journal.close()
    return path.read_bytes()


@contextmanager
def lawless(path: Path, table: str) -> Generator[sqlite3.Connection]:
    """Open the file so that a table takes anything, as a disk that rots does."""
    [(schema,)] = fetch(path, "SELECT sql FROM sqlite_schema WHERE name = ?", table)
    set_schema = "UPDATE sqlite_schema SET sql = ? WHERE name = ?"
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("PRAGMA writable_schema = ON")
        file.execute(set_schema, (schema.decode().replace(" NOT NULL", ""), table))
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for pragma in ("synchronous = OFF", "ignore_check_constraints = ON", "writable_schema = ON"):
            file.execute(f"PRAGMA {pragma}")
        yield file
        file.execute(set_schema, (schema.decode(), table))


def fetch(path: Path, statement: str, *values: object) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as file:
        file.text_factory = bytes
        return file.execute(statement, values).fetchall()


KEYED = ("day_stat", "derived")
"""Tables whose rows have no number."""


def damage(path: Path, table: str, column: str, values: Iterable[object]) -> list[str]:
    """Leave each value in a row of another card; returns the names of the rows that are not what they were."""
    key = TABLES[table].c[0].name
    about = {"deck_snapshot": "question_id", "device": "machine", "day_stat": key, "derived": key}.get(table, "card_id")
    place = key if table in KEYED else "rowid"
    rows = fetch(path, f"SELECT min({place}) FROM {table} WHERE {about} <> '' GROUP BY {about}")  # noqa: S608
    named = []
    with lawless(path, table) as file:
        for value, (row,) in zip(values, rows, strict=False):
            row = row.decode() if isinstance(row, bytes) else row
            [(name, was)] = fetch(path, f"SELECT {key}, {column} FROM {table} WHERE {place} = ?", row)  # noqa: S608
            kept = "CAST(? AS TEXT)" if isinstance(value, bytes) else "?"
            file.execute(f"UPDATE {table} SET {column} = {kept} WHERE {place} = ?", (value, row))  # noqa: S608
            if was != value:
                named.append(Damage(table, value if column == key else name.decode(), "").shown)
    return named


TEXTS: list[object] = [None, b"\xff\xfe", "ctudy"]
NUMBERS: list[object] = [None, "x", b"\xff", 2**62, -1, float("inf")]
DAYS: list[object] = [None, b"\xff", "x026-11-01", "20261101", "9999-12-31"]
JSONS: list[object] = [None, b"\xff", "[]", '{"text": "\\ud800"}', '{"rating": 1e999}', "[" * 100_000]
VALUES = {"VARCHAR": TEXTS, "DATE": DAYS, "JSON": JSONS}
COLUMNS = [(table.name, column.name) for table in TABLES.values() for column in table.c]


def rows_of(path: Path) -> dict[str, list[str]]:
    return {table: [repr(row) for row in fetch(path, f"SELECT * FROM {table}")] for table in READERS}  # noqa: S608


def use(path: Path) -> str:
    """Do with a journal whatever can be done with it: nothing may raise, and no row may be touched.

    Returns what verifying it told first.
    """
    before = rows_of(path)
    seen = read_snapshot(path, LATER.study_day)
    journal = Journal.open(path, LATER)
    with closing(journal):
        through_journal = journal.snapshot(LATER.study_day)
        assert seen is not None
        assert (seen, seen.habits()) == (through_journal, through_journal.habits())
        for name in (*CARDS, "never"):
            card_id = CardId(name)
            entries = journal.history(card_id)
            state = journal.states().get(card_id) or CardState(card_id=card_id)
            preview(state.progress, card_id, LATER, STEADY)
            explain_card(state, *entries, LATER, STEADY, journal.policies())
        journal.given([CardId(name) for name in CARDS])
        journal.totals()
        journal.days()
        journal.days()
        journal.clock_suspect(LATER)
        journal.question_text(single("q1").version)
        told = "\n".join(journal.verify().lines())
        told.encode()
        journal.export_to(io.StringIO())
        for name in CARDS:
            given = answer(name, at=LATER)
            state = journal.keep(given, STEADY, single(name))
            assert given.id in [review.id for review in journal.history(CardId(name))[0]]
            assert journal.states()[CardId(name)] == state
        journal.act(act(EventKind.FLAG, at=LATER))
        assert journal.undo_last(LATER) is not None
        journal.rebuild()
        assert journal.verify().differing == ()
        exported = io.StringIO()
        with closing(Journal.open(path.parent / "other" / "journal.db", LATER)) as other:
            keep(other, answer("q0", at=LATER))
            other.export_to(exported)
        assert journal.import_from(io.StringIO(exported.getvalue()), LATER).added == 2
        back_up(path, path.parent / "backups", LATER.study_day)
    after = rows_of(path)
    for table, rows in before.items():
        assert set(rows) <= set(after[table])
    return told


@pytest.mark.parametrize(("table", "column"), COLUMNS)
def test_whatever_stands_in_a_column_is_named_and_stops_nothing(
    whole: bytes, tmp_path: Path, table: str, column: str
) -> None:
    values = VALUES.get(str(TABLES[table].c[column].type), NUMBERS)
    if table == "device":  # there is only one
        values = values[1:2]
    if table in KEYED and column in TABLES[table].primary_key.columns:
        values = values[1:]
    path = tmp_path / "journal.db"
    path.write_bytes(whole)
    named = damage(path, table, column, values)
    told = use(path)
    for name in named:
        [*_, derived] = [line for line in told.splitlines() if f"in {table} " in line] or [""]
        assert f"{table} {name}" in told or f" {name}" in derived or table == "derived"


@pytest.fixture
def path(whole: bytes, tmp_path: Path) -> Path:
    """A copy of the whole journal."""
    path = tmp_path / "journal.db"
    path.write_bytes(whole)
    return path


def opened(path: Path) -> closing[Journal]:
    return closing(Journal.open(path, LATER))


def test_what_is_damaged_counts_for_nothing_and_the_rest_as_before(path: Path) -> None:
    with opened(path) as journal:
        before = journal.states()
    damage(path, "review", "mode", ["ctudy"])
    with opened(path) as journal:
        reviews, _ = journal.history(CardId("q0"))
        assert len(reviews) == 2
        [told] = journal.verify().damaged
        assert told.endswith(": mode cannot be 'ctudy'")
        journal.rebuild()
        after = journal.states()
        assert after[CardId("q0")] != before[CardId("q0")]
        assert [after[CardId(name)] for name in CARDS[1:]] == [before[CardId(name)] for name in CARDS[1:]]
        out = io.StringIO()
        [left_out] = journal.export_to(out).left_out
        assert str(left_out) == told
    entries = [json.loads(line) for line in out.getvalue().splitlines()]
    assert sum(entry.get("entry") == "review" for entry in entries) == 3 * len(CARDS) - 1


@pytest.mark.parametrize(("column", "value"), [("phase", "revkew"), ("phase", None), ("card_id", "p0"), ("reps", -1)])
def test_a_damaged_state_is_worked_out_from_the_answers(path: Path, column: str, value: object) -> None:
    sound = read_snapshot(path, LATER.study_day)
    assert sound is not None
    damage(path, "card_state", column, [value])
    seen = read_snapshot(path, LATER.study_day)
    assert seen is not None
    with opened(path) as journal:
        assert journal.states() == seen.states
        assert seen.states[CardId("q0")] == sound.states[CardId("q0")]
        assert "q0" in journal.verify().differing
        journal.rebuild()
        assert journal.verify().sound


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        ("stem", "ctem"),
        ("A stem for q0", "A stem for q1"),
        ("checksum", "chdcksum"),
        ('"q0"', '"p0"'),
        ('"kind"', '"kinf"'),
    ],
)
def test_one_bit_of_a_snapshot_is_found(path: Path, was: str, becomes: str) -> None:
    [(content,)] = fetch(path, "SELECT content FROM deck_snapshot WHERE question_id = 'q0'")
    assert was in content.decode()
    damage(path, "deck_snapshot", "content", [content.decode().replace(was, becomes, 1)])
    with opened(path) as journal:
        [told] = journal.verify().altered
        assert told.startswith(f"deck_snapshot {single('q0').version}: ")
        assert journal.question_text(single("q0").version) is None
        assert journal.question_text(single("q1").version) is not None


def test_a_snapshot_from_before_there_were_checksums_is_sound_if_its_names_are(path: Path) -> None:
    [(content,)] = fetch(path, "SELECT content FROM deck_snapshot WHERE question_id = 'q0'")
    older = {key: value for key, value in json.loads(content).items() if key != "checksum"}
    damage(path, "deck_snapshot", "content", [json.dumps(older)])
    with opened(path) as journal:
        assert journal.verify().sound
        assert journal.question_text(single("q0").version) == older
    for wrong in ({**older, "version": "x"}, {**older, "kind": "single "}, {**older, "opt1ons": []}):
        damage(path, "deck_snapshot", "content", [json.dumps(wrong)])
        with opened(path) as journal:
            assert len(journal.verify().altered) == 1


@pytest.mark.parametrize(
    ("statement", "told"),
    [
        ("PRAGMA user_version = -1", "its format is given as -1"),
        ("PRAGMA user_version = 0", "its format is given as 0"),
        *((f"DROP TABLE {table}", f"missing: the table {table}") for table in TABLES),
        (
            "UPDATE sqlite_schema SET sql = replace(sql, 'offset_minutes', 'offset_minutds')",
            "missing: the column review.offset_minutes",
        ),
        ("ALTER TABLE event RENAME COLUMN payload TO qayload", "missing: the column event.payload"),
    ],
)
def test_what_cannot_be_done_without_is_named_and_a_backup_offered(path: Path, statement: str, told: str) -> None:
    with opened(path) as journal:
        made = back_up(journal.path, path.parent / "backups", LATER.study_day)
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA writable_schema = ON")
        file.execute(statement)
        file.commit()
    before = path.read_bytes()
    with pytest.raises(DamagedError, match=told) as raised:
        Journal.open(path, LATER)
    assert "sciaquiz restore" in str(raised.value)
    assert path.read_bytes() == before
    restore(made, path, LATER)
    with opened(path) as journal:
        assert journal.verify().sound


def test_a_missing_index_is_named_and_can_be_made_anew(path: Path) -> None:
    with closing(sqlite3.connect(path)) as file:
        file.execute("DROP INDEX review_card")
    assert "the index review_card is missing" in use(path)
    with opened(path) as journal:
        assert journal.verify().integrity == "ok"


def test_entries_that_an_index_has_lost_are_found_again(path: Path) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        [(schema,)] = file.execute("SELECT sql FROM sqlite_schema WHERE name = 'review_card'")
        file.execute("PRAGMA writable_schema = ON")
        file.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'review_card'", (f"{schema} WHERE seq < 5",))
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        file.execute("REINDEX")
        file.execute("PRAGMA writable_schema = ON")
        file.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'review_card'", (schema,))
    with opened(path) as journal:
        assert "missing from index review_card" in journal.verify().integrity
        keep(journal, answer("q5", at=LATER))
        journal.rebuild()
        assert journal.verify().sound
        assert len(journal.history(CardId("q5"))[0]) == 4


def test_a_damaged_page_is_told_by_every_command_in_words(path: Path) -> None:
    content = bytearray(path.read_bytes())
    [(root,)] = fetch(path, "SELECT rootpage FROM sqlite_schema WHERE name = 'event'")
    content[(root - 1) * 4096 : (root - 1) * 4096 + 64] = b"\xff" * 64
    path.write_bytes(content)
    with pytest.raises(DamagedError, match="sciaquiz restore"):
        Journal.open(path, LATER)
    assert read_snapshot(path, LATER.study_day) is None
    with pytest.raises(DamagedError):
        back_up(path, path.parent / "backups", LATER.study_day)
    assert path.read_bytes() == content


def test_a_schema_that_is_not_utf8_is_damage_in_words(path: Path) -> None:
    content = path.read_bytes()
    where = content.index(b"latency_ms IS NULL")
    path.write_bytes(content[: where + 1] + b"\xe1" + content[where + 2 :])
    with pytest.raises(DamagedError, match="its schema is not legible"):
        Journal.open(path, LATER)
    assert read_snapshot(path, LATER.study_day) is None
    with pytest.raises(DamagedError, match="its schema is not legible"):
        back_up(path, path.parent / "backups", LATER.study_day)


def test_an_answer_whose_number_is_taken_is_kept_as_another_devices(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that has lost its rows gives numbers anew."""
    with opened(path) as journal:
        writer = journal._writer
        first = writer.device
        monkeypatch.setattr(writer, "_next_seq", lambda connection: 2)  # the number of an answer
        given = answer("q1", at=LATER)
        keep(journal, given)
        second, writer.device = writer.device, first
        monkeypatch.setattr(writer, "_next_seq", lambda connection: 1)  # the number of an event
        journal.act(act(EventKind.FLAG, "q2", at=LATER))
        assert len({first, second, writer.device}) == 3
        assert given.id in [review.id for review in journal.history(CardId("q1"))[0]]
        assert journal.states()[CardId("q2")].marks.flagged
        assert journal.verify().sound


@pytest.mark.parametrize(("table", "column"), [("review", "id"), ("review", "card_id"), ("event", "card_id")])
def test_undo_passes_over_a_name_that_is_no_text(table: str, column: str, tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing(Journal.open(path, NOW)) as journal:
        keep(journal, answer("q1", at=NOW))
        if table == "review":
            keep(journal, answer("q2", at=LATER))
        else:
            journal.act(act(EventKind.FLAG, "q2", at=LATER))
        with lawless(path, table) as connection:
            connection.execute(f"UPDATE {table} SET {column} = CAST(x'ff' AS TEXT) WHERE card_id = 'q2'")  # noqa: S608
        assert journal.undo_last(moment_at(START + timedelta(days=6))) == ("q1", None)
