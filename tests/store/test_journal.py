"""The journal: kept once, derived always, the same whichever way it came together."""

from __future__ import annotations

import io
import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from answering import NOW, START, STEADY, act, answer, keep
from making import single
from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId, new_entry_id
from sciaquiz.journal.entries import Act, Answer, EventKind, Rating
from sciaquiz.journal.port import KeepError
from sciaquiz.journal.snapshot import RightAnswer
from sciaquiz.store import backup
from sciaquiz.store.backup import back_up, back_up_daily, thin
from sciaquiz.store.beside import list_backups
from sciaquiz.store.errors import DamagedError, NewerSchemaError, NotAJournalError, StoreError
from sciaquiz.store.format import SCHEMA_VERSION
from sciaquiz.store.journal import Journal
from sciaquiz.store.migrations import migrate, version_of
from sciaquiz.store.queries import read_snapshot
from sciaquiz.store.restore import restore

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path / "journal.db", NOW)
    yield opened
    opened.close()


def test_an_answer_comes_back_as_it_was_given(journal: Journal) -> None:
    given = answer()
    state = journal.keep(given, STEADY, single("q1"))
    [review], events = journal.history(CardId("q1"))
    assert {name: getattr(review, name) for name in Answer.__struct_fields__} == {
        name: getattr(given, name) for name in Answer.__struct_fields__
    }
    assert (list(events), review.seq) == ([], 2)  # the policy came first
    assert journal.states() == {CardId("q1"): state}


def test_the_file_is_set_up_to_survive_a_power_cut(journal: Journal) -> None:
    with journal._file.reading() as connection:
        pragmas = {
            name: connection.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema")
        }
    assert pragmas == {"journal_mode": "delete", "synchronous": 3, "foreign_keys": 1, "trusted_schema": 0}


def test_a_retry_counts_once(journal: Journal) -> None:
    given = answer()
    first = journal.keep(given, STEADY, single("q1"))
    assert journal.keep(given, STEADY, single("q1")) == first
    assert journal.totals().answers == 1


def test_totals_count_every_right_answer_that_stands(journal: Journal) -> None:
    assert (journal.totals().answers, journal.totals().right, journal.totals().cards) == (0, 0, 0)
    for name in ("q1", "q1", "q2", "q3"):
        keep(journal, answer(name))
    keep(journal, answer("q3", Rating.AGAIN))
    totals = journal.totals()
    assert (totals.answers, totals.right, totals.cards) == (5, 4, 3)
    assert type(totals.right) is int


def test_only_what_another_instance_wrote_counts_as_elsewhere(journal: Journal) -> None:
    there = Journal.open(journal.path, NOW)
    keep(journal, answer("q1"))
    journal.act(act(EventKind.FLAG))
    assert not journal.changed_elsewhere()
    keep(there, answer("q2"))
    keep(journal, answer("q3"))
    assert journal.changed_elsewhere()
    assert not journal.changed_elsewhere()
    assert there.changed_elsewhere()
    there.close()


def test_what_came_after_the_journal_was_read_and_before_it_was_opened_counts_as_elsewhere(journal: Journal) -> None:
    keep(journal, answer("q1"))
    seen = read_snapshot(journal.path, NOW.study_day)
    assert seen is not None
    with closing(Journal.open(journal.path, NOW, seen.entries)) as nothing_came:
        assert not nothing_came.changed_elsewhere()
    keep(journal, answer("q2"))
    with closing(Journal.open(journal.path, NOW, seen.entries)) as late:
        keep(late, answer("q3"))
        assert late.changed_elsewhere()
        assert not late.changed_elsewhere()


def test_a_void_leaves_the_answer_in_the_journal_and_takes_it_out_of_the_state(journal: Journal) -> None:
    given = answer()
    keep(journal, given)
    state = journal.act(act(EventKind.VOID, target=given.id))
    assert state is not None
    assert state.progress is None
    assert len(journal.history(CardId("q1"))[0]) == 1
    assert journal.totals().answers == 0


def test_undo_takes_the_latest_answer_that_stands_on_any_day(journal: Journal) -> None:
    keep(journal, answer("q1"))
    keep(journal, answer("q2", at=moment_at(START + timedelta(days=3))))
    later = moment_at(START + timedelta(days=9))
    names = [undone[0] for _ in range(2) if (undone := journal.undo_last(later))]
    assert names == ["q2", "q1"]
    assert journal.undo_last(later) is None


def test_the_text_that_was_answered_is_kept(journal: Journal) -> None:
    keep(journal, answer())
    snapshot = journal.question_text(single("q1").version)
    assert snapshot is not None
    assert snapshot["stem"] == single("q1").stem
    assert snapshot["options"][0]["correct"] is True


def test_changing_the_policy_changes_what_comes_and_never_what_was(journal: Journal) -> None:
    keep(journal, answer(rating=Rating.EASY))
    before = journal.states()
    careful = replace(STEADY, desired_retention=0.97)
    keep(journal, answer("q2", Rating.EASY, policy=careful), careful)
    journal.rebuild()
    after = journal.states()
    assert after[CardId("q1")] == before[CardId("q1")]
    first, second = after[CardId("q1")].progress, after[CardId("q2")].progress
    assert first is not None
    assert second is not None
    assert second.interval_days < first.interval_days


def test_glance_sees_what_the_journal_sees(journal: Journal) -> None:
    for number in range(12):
        keep(journal, answer(f"q{number % 3}", at=moment_at(START + timedelta(seconds=30 * number))))
    journal.act(act(EventKind.FLAG))
    journal.act(act(EventKind.VOID, target=journal.history(CardId("q1"))[0][0].id))
    seen = read_snapshot(journal.path, NOW.study_day)
    assert seen is not None
    through_journal = journal.snapshot(NOW.study_day)
    habits = seen.habits()
    assert (seen, habits) == (through_journal, through_journal.habits())
    assert habits.right_answers == tuple(
        RightAnswer(CardId(f"q{number % 3}"), "single", 4000) for number in reversed(range(12)) if number != 1
    )
    assert habits.seconds_per_answer == 30
    assert habits.answers_by_day == {NOW.study_day: 11}
    assert seen.tally(NOW.study_day).introduced == 3


def test_a_clock_behind_the_last_answer_is_noticed(journal: Journal) -> None:
    keep(journal, answer())
    assert journal.clock_suspect(moment_at(START + timedelta(minutes=5))) is None
    assert journal.clock_suspect(moment_at(START - timedelta(days=2))) == START


# Two devices, and every history


Step = tuple[str, str, Rating, int, int]
DOING = st.sampled_from(["answer", "answer", "answer", "void", "overrule", "suspend", "bury", "flag"])
STEP = st.tuples(
    DOING, st.sampled_from(["q1", "q2"]), st.sampled_from(Rating), st.integers(-40, 60), st.integers(0, 30)
)
HISTORIES = st.lists(STEP, min_size=1, max_size=14)


def live(journal: Journal, steps: list[Step], start: datetime) -> None:
    """Do what the steps say, with a clock that jumps."""
    instant = start
    given: list[Answer] = []
    for doing, name, rating, hours, pick in steps:
        instant += timedelta(hours=hours)
        at = moment_at(instant)
        match doing:
            case "answer":
                given.append(answer(name, rating, at))
                keep(journal, given[-1])
            case "void" | "overrule" if given:
                target = given[pick % len(given)]
                kind = EventKind(doing)
                payload = {"rating": int(rating)} if kind is EventKind.OVERRULE else {}
                journal.act(act(kind, target.card_id, at, target=target.id, payload=payload))
            case "suspend" | "flag":
                journal.act(act(EventKind(doing), name, at))
            case "bury":
                journal.act(act(EventKind.BURY, name, at, payload={"until": at.study_day.isoformat()}))
            case _:
                pass


@settings(max_examples=15)
@given(HISTORIES, HISTORIES)
def test_stored_is_rebuilt_is_merged_in_any_order(mine: list[Step], yours: list[Step]) -> None:
    far = moment_at(START + timedelta(days=400))
    with TemporaryDirectory() as folder:
        journals = []
        for name, steps in (("mine", mine), ("yours", yours)):
            opened = Journal.open(Path(folder) / name / "journal.db", NOW)
            if name == "yours":
                opened.become_new_device(NOW)
            live(opened, steps, START)
            stored = opened.states()
            opened.rebuild()
            assert opened.states() == stored
            assert opened.verify().sound
            journals.append(opened)
        one, other = journals
        texts = []
        for opened in journals:
            out = io.StringIO()
            opened.export_to(out)
            texts.append(out.getvalue())
        one.import_from(io.StringIO(texts[1]), far)
        other.import_from(io.StringIO(texts[0]), far)
        assert one.states() == other.states()
        assert one.verify().sound
        assert one.import_from(io.StringIO(texts[1]), far).added == 0
        for opened in journals:
            opened.close()


# Export and import


def exported(journal: Journal) -> list[dict[str, object]]:
    out = io.StringIO()
    journal.export_to(out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_export_holds_every_column_and_comes_back_whole(journal: Journal, tmp_path: Path) -> None:
    keep(journal, answer(rating=Rating.HARD))
    entries = exported(journal)
    assert entries[0] == {"sciaquiz": "journal", "format": 1}
    [review] = [entry for entry in entries if entry.get("entry") == "review"]
    assert (review["rating"], review["certainty"], review["study_day"]) == (2, 3, "2026-11-22")
    other = Journal.open(tmp_path / "other" / "journal.db", NOW)
    text = "\n".join(json.dumps(entry) for entry in entries)
    assert other.import_from(io.StringIO(text), NOW).added == 2
    assert other.states() == journal.states()
    assert exported(other) == entries
    other.close()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"rating": 9}, "“rating” cannot be 9"),
        ({"rating": True}, "“rating” cannot be true"),
        ({"at_ms": 4102444800000}, "lies in the future"),
        ({"study_day": "yesterday"}, "“study_day” cannot be"),
        ({"card_id": "other"}, "was altered"),
        ({"new": 1}, "“new” is not known"),
        ({"kind": None}, "“kind” cannot be null"),
    ],
)
def test_a_bad_line_is_named_and_not_imported(
    journal: Journal, tmp_path: Path, change: dict[str, object], message: str
) -> None:
    keep(journal, answer())
    entries = [entry | (change if entry.get("entry") == "review" else {}) for entry in exported(journal)]
    other = Journal.open(tmp_path / "other" / "journal.db", NOW)
    report = other.import_from(io.StringIO("\n".join(json.dumps(entry) for entry in entries)), NOW)
    assert [problem.line for problem in report.problems] == [2]
    assert message in report.problems[0].message
    assert other.totals().answers == 0
    other.close()


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"a": NaN}', '"x"', "[" * 100_000, '{"sciaquiz": "journal", "format": 2}', "{}"]
)
def test_lines_that_are_no_entries_are_named(journal: Journal, line: str) -> None:
    report = journal.import_from(io.StringIO(line), NOW)
    assert [problem.line for problem in report.problems] == [1]


def test_two_copies_of_one_file_that_went_on_apart_lose_nothing(journal: Journal, tmp_path: Path) -> None:
    keep(journal, answer("q1"))
    (tmp_path / "copy").mkdir()
    copy = tmp_path / "copy" / "journal.db"
    copy.write_bytes(journal.path.read_bytes())
    other = Journal.open(copy, NOW)  # the same machine: the same device, so the numbers collide
    keep(journal, answer("q2"))
    keep(other, answer("q3"))
    out = io.StringIO()
    other.export_to(out)
    assert journal.import_from(io.StringIO(out.getvalue()), NOW).added == 1
    assert journal.import_from(io.StringIO(out.getvalue()), NOW).added == 0
    assert sorted(journal.states()) == ["q1", "q2", "q3"]
    assert journal.verify().sound
    other.close()


# Backups, migrations, damage


def test_a_backup_is_made_daily_once_and_can_be_restored(journal: Journal, tmp_path: Path) -> None:
    keep(journal, answer("q1"))
    folder = tmp_path / "backups"
    assert back_up_daily(journal.path, folder, NOW.study_day)
    assert back_up_daily(journal.path, folder, NOW.study_day) is None
    keep(journal, answer("q2"))
    journal.close()
    aside = restore(list_backups(folder)[0], journal.path, NOW)
    assert aside is not None
    back = Journal.open(journal.path, NOW)
    assert sorted(back.states()) == ["q1"]
    keep(back, answer("q3"))
    kept = Journal.open(aside, NOW)
    out = io.StringIO()
    kept.export_to(out)
    back.import_from(io.StringIO(out.getvalue()), NOW)
    assert sorted(back.states()) == ["q1", "q2", "q3"]
    kept.close()
    back.close()


def test_backups_are_thinned_with_age(tmp_path: Path) -> None:
    today = NOW.study_day
    for ago in range(500):
        (tmp_path / f"journal-{today - timedelta(days=ago)}.db").touch()
    (tmp_path / "journal-mine.db").touch()
    thin(tmp_path, today)
    days = [(today - datetime.fromisoformat(path.stem[8:]).date()).days for path in list_backups(tmp_path)]
    assert days[:7] == list(range(7))
    assert 15 <= len(days) <= 23
    assert days[-1] > 300
    assert (tmp_path / "journal-mine.db").exists()


def test_a_backup_never_overwrites_what_the_student_named(journal: Journal, tmp_path: Path) -> None:
    (tmp_path / "mine.db").write_text("precious", encoding="utf-8")
    with pytest.raises(StoreError, match="already"):
        back_up(journal.path, tmp_path, NOW.study_day, to=tmp_path / "mine.db")


def test_a_newer_journal_is_left_byte_for_byte(journal: Journal) -> None:
    journal.close()
    connection = sqlite3.connect(journal.path)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    before = journal.path.read_bytes()
    with pytest.raises(NewerSchemaError, match="newer sciaquiz"):
        Journal.open(journal.path, NOW)
    assert journal.path.read_bytes() == before
    assert read_snapshot(journal.path, NOW.study_day) is None


@pytest.mark.parametrize("content", [b"x" * 5000, b"SQLite format 3\x00" + b"\xff" * 5000])
def test_a_file_that_is_no_journal_is_left_as_it_is(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(content)
    with pytest.raises(StoreError):
        Journal.open(path, NOW)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE notes (x)")
    connection.close()
    with pytest.raises(NotAJournalError):
        Journal.open(path, NOW)


def test_an_altered_row_and_a_lost_state_are_found(journal: Journal) -> None:
    keep(journal, answer("q1"))
    keep(journal, answer("q2"))
    connection = sqlite3.connect(journal.path)
    connection.execute("UPDATE review SET rating = 1 WHERE card_id = 'q1'")
    connection.execute("DELETE FROM card_state WHERE card_id = 'q2'")
    connection.commit()
    connection.close()
    found = journal.verify()
    assert not found.sound
    assert len(found.altered) == 1
    assert set(found.differing) == {"q1", "q2"}


def rows_of(path: Path) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT * FROM review").fetchall()
    connection.close()
    return rows


def answers_in(path: Path) -> int:
    opened = Journal.open(path, NOW)
    answers = opened.totals().answers
    opened.close()
    return answers


def add_column(connection: sqlite3.Connection) -> None:
    connection.execute("ALTER TABLE card_state ADD COLUMN colour TEXT")


def lose_answers(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM review")


def test_a_migration_keeps_every_answer_and_a_backup_of_before(journal: Journal) -> None:
    keep(journal, answer())
    journal.close()
    migrate(journal.path, {SCHEMA_VERSION: add_column}, SCHEMA_VERSION + 1)
    connection = sqlite3.connect(journal.path)
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION + 1,)
    assert connection.execute("SELECT count(*) FROM review").fetchone() == (1,)
    connection.close()
    assert answers_in(journal.path.with_name(f"journal.pre-v{SCHEMA_VERSION + 1}.db")) == 1


def test_a_migration_that_would_lose_an_answer_is_undone(journal: Journal) -> None:
    keep(journal, answer())
    journal.close()
    before = rows_of(journal.path)
    with pytest.raises(DamagedError, match="undone"):
        migrate(journal.path, {SCHEMA_VERSION: lose_answers}, SCHEMA_VERSION + 1)
    assert rows_of(journal.path) == before
    assert answers_in(journal.path) == 1


def test_two_instances_that_migrate_at_once_do_it_once(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(journal, answer())
    journal.close()
    copy = backup.copy_verified

    def while_another_migrates(source: Path, to: Path) -> object:
        monkeypatch.undo()
        migrate(journal.path, {SCHEMA_VERSION: add_column}, SCHEMA_VERSION + 1)
        return copy(source, to)

    monkeypatch.setattr(backup, "copy_verified", while_another_migrates)
    migrate(journal.path, {SCHEMA_VERSION: add_column}, SCHEMA_VERSION + 1)
    assert len(rows_of(journal.path)) == 1
    assert version_of(journal.path.with_name(f"journal.pre-v{SCHEMA_VERSION + 1}.db")) == SCHEMA_VERSION
    assert not list(journal.path.parent.glob("*.part"))


def damaged_here(connection: sqlite3.Connection) -> None:
    connection.execute("DROP TABLE day_stat")
    raise sqlite3.DatabaseError("database disk image is malformed")


def full_here(connection: sqlite3.Connection) -> None:
    [pages] = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    connection.execute("CREATE TABLE more AS SELECT zeroblob(100000)")


@pytest.mark.parametrize("step", [damaged_here, full_here])
def test_a_migration_that_fails_says_why_and_leaves_the_journal(
    journal: Journal, step: Callable[[sqlite3.Connection], None]
) -> None:
    keep(journal, answer())
    journal.close()
    before = journal.path.read_bytes()
    with pytest.raises(StoreError, match=r"malformed|full"):
        migrate(journal.path, {SCHEMA_VERSION: step}, SCHEMA_VERSION + 1)
    assert answers_in(journal.path) == 1
    assert journal.path.read_bytes() == before


SCHEMAS = Path(__file__).parent / "schemas"


def schema_of(path: Path) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(path)
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY name").fetchall()
    connection.close()
    return [tuple("".join((part or "").split()) for part in row) for row in rows]


@pytest.mark.parametrize("fixture", sorted(SCHEMAS.glob("v*.db")), ids=lambda path: path.stem)
def test_every_released_schema_comes_to_the_newest_with_all_its_answers(fixture: Path, tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    path.write_bytes(fixture.read_bytes())
    opened = Journal.open(path, NOW)
    known = json.loads(fixture.with_suffix(".json").read_text(encoding="utf-8"))
    found = [entry for entry in exported(opened) if entry.get("entry") == "review"]
    assert [{key: entry[key] for key in known[0]} for entry in found] == known
    assert opened.verify().sound
    opened.close()
    fresh = tmp_path / "fresh" / "journal.db"
    Journal.open(fresh, NOW).close()
    assert schema_of(path) == schema_of(fresh)


def test_what_is_about_no_card_is_kept_once_and_read_in_order(journal: Journal) -> None:
    exams = [Act(id=new_entry_id(), kind=EventKind.EXAM, moment=NOW, payload={"id": name}) for name in "ab"]
    fit = Act(id=new_entry_id(), kind=EventKind.FIT, moment=NOW, payload={})
    journal.record(exams[0], fit)
    journal.record(*exams)
    assert [event.payload for event in journal.events(EventKind.EXAM)] == [{"id": "a"}, {"id": "b"}]
    assert journal.verify().sound
    assert journal.undo_last(NOW) is None


def test_there_is_a_fixture_of_the_schema_in_force() -> None:
    assert (SCHEMAS / f"v{SCHEMA_VERSION}.db").exists()


# Faults


def test_a_file_moved_away_while_open_is_never_written_into_nothing(journal: Journal) -> None:
    keep(journal, answer("q1"))
    journal.path.rename(journal.path.with_name("moved.db"))
    with pytest.raises(KeepError, match="moved or deleted"):
        keep(journal, answer("q2"))
    journal.path.with_name("moved.db").rename(journal.path)
    keep(journal, answer("q2"))
    assert journal.totals().answers == 2


def test_a_full_disk_says_so_and_the_retry_counts_once(journal: Journal) -> None:
    keep(journal, answer("q1"))
    connection = journal._file.connection
    [pages] = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    given = answer("q2")
    given = replace(given, response={"chosen": "o0", "shown": ["x" * 20_000]})
    with pytest.raises(KeepError, match="The disk is full: this is NOT saved yet"):
        keep(journal, given)
    assert journal.totals().answers == 1
    assert not journal.changed_elsewhere()
    connection.execute("PRAGMA max_page_count = 100000")
    keep(journal, given)
    keep(journal, given)
    assert journal.totals().answers == 2
    assert journal.verify().sound


def test_a_journal_that_another_program_holds_says_so(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    holder = sqlite3.connect(journal.path, isolation_level=None)
    holder.execute("BEGIN EXCLUSIVE")
    journal._file.connection.execute("PRAGMA busy_timeout = 50")
    with pytest.raises(KeepError, match="Another program is using the journal"):
        keep(journal, answer())
    holder.execute("ROLLBACK")
    holder.close()
    keep(journal, answer())
    assert journal.totals().answers == 1


class Stubborn(sqlite3.Connection):
    """A connection whose transaction can be neither ended nor taken back, as after some faults of a disk."""

    def execute(self, statement: str, *parameters: Any) -> sqlite3.Cursor:
        if statement in ("COMMIT", "ROLLBACK") and not is_well:
            raise sqlite3.OperationalError("disk I/O error")
        return super().execute(statement, *parameters)


is_well = True


def test_a_connection_that_cannot_roll_back_is_given_up_and_the_next_answer_is_kept(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journal._file, "_connects", lambda: sqlite3.connect(journal.path, factory=Stubborn))
    keep(journal, answer("q1"))
    journal._file._disconnect()
    given = answer("q2")
    with monkeypatch.context() as patch:
        patch.setattr(f"{__name__}.is_well", False)
        with pytest.raises(KeepError, match="disk I/O error"):
            keep(journal, given)
    keep(journal, given)
    assert journal.totals().answers == 2
    assert journal.verify().sound


def test_a_policy_that_another_window_brought_counts_in_this_one(journal: Journal) -> None:
    keep(journal, answer("q2"))
    with closing(Journal.open(journal.path, NOW)) as there:
        careful = replace(STEADY, desired_retention=0.97)
        for days in (0, 1, 9):
            at = moment_at(START + timedelta(days=days))
            keep(there, answer("q1", Rating.EASY, at, policy=careful), careful)
        before = there.states()[CardId("q1")]
        assert journal.act(act(EventKind.FLAG)).progress == before.progress
    assert journal.verify().sound
