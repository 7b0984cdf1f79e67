"""What comes from another journal: all of it that can be taken, and a word about each line that cannot."""

from __future__ import annotations

import io
import json
import sqlite3
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from answering import NOW, START, STEADY, act, answer, keep
from commanding import sciaquiz, sciaquiz_process
from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import EventKind, Rating
from sciaquiz.memory.explain import explain_card
from sciaquiz.store.deriving import Deriving
from sciaquiz.store.journal import Journal
from sciaquiz.store.jsonl import LONGEST_LINE, MOST_TOLD
from sciaquiz.store.queries import read_snapshot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.store.jsonl import ImportReport

Entry = dict[str, Any]


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    opened = Journal.open(tmp_path / "journal.db", NOW)
    yield opened
    opened.close()


def exported(journal: Journal) -> str:
    out = io.StringIO()
    journal.export_to(out)
    return out.getvalue()


def take(journal: Journal, *lines: Entry | str) -> ImportReport:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    return journal.import_from(io.StringIO(text), NOW)


HEADER: Entry = {"sciaquiz": "journal", "format": 1}


def seven(folder: Path) -> list[Entry]:
    """The export of a journal with every kind of entry, without checksums, so that it can be changed."""
    journal = Journal.open(folder / "journal.db", NOW)
    given = answer("q1")
    keep(journal, given)
    keep(journal, answer("q2", Rating.AGAIN, moment_at(START - timedelta(days=3))))
    keep(journal, answer("q1", Rating.HARD, moment_at(START - timedelta(hours=20))))
    journal.act(act(EventKind.OVERRULE, target=given.id, payload={"rating": 2}))
    journal.act(act(EventKind.BURY, payload={"until": "2026-11-23"}))
    journal.act(act(EventKind.NOTE, payload={"text": "mine"}))
    entries = [json.loads(line) for line in exported(journal).splitlines()[1:]]
    journal.close()
    return [{name: value for name, value in entry.items() if name != "checksum"} for entry in entries]


# One bad line never blocks the rest


@pytest.mark.parametrize(
    "change",
    [
        {"mode": ["study"]},
        {"mode": {"study": 1}},
        {"mode": "dream"},
        {"kind": ["single"]},
        {"kind": {}},
        {"offset_minutes": 1440},
        {"offset_minutes": -1440},
        {"at_ms": 4102444800000, "study_day": "2100-01-01"},
        {"study_day": "0001-01-01"},
        {"study_day": "9999-12-31"},
        {"seq": 10**30},
        {"rating": 1.0},
        {"rating": True},
        {"card_id": "x" * 301},
        {"card_id": "\x1b\x1b"},
        {"card_id": "two\nlines"},
        {"id": None},
        {"response": [1]},
        {"response": {"typed": ["x" * 200_000]}},
        {"response": {"score": float("inf")}},
        {"more": 1},
    ],
)
def test_a_bad_answer_is_told_and_the_others_are_taken(journal: Journal, tmp_path: Path, change: Entry) -> None:
    entries = seven(tmp_path / "other")
    bad = entries[0] | change
    report = take(journal, HEADER, *entries[1:3], bad, *entries[3:])
    assert [problem.line for problem in report.problems] == [4]
    assert (report.added, report.refused, report.known) == (6, 1, 0)
    assert (
        report.words()
        == "6 answers and acts added, 0 known already, 2 texts of questions read, 1 line could not be taken."
    )
    assert journal.totals().answers == 2
    assert journal.verify().sound


@pytest.mark.parametrize("kind", [["void"], {"void": 1}, 3, None, True, "smile"])
def test_an_act_of_no_kind_is_told(journal: Journal, tmp_path: Path, kind: object) -> None:
    *others, note = [entry for entry in seven(tmp_path / "other") if entry["entry"] != "snapshot"]
    report = take(journal, HEADER, note | {"kind": kind}, *others)
    assert [problem.line for problem in report.problems] == [2]
    assert "“kind” cannot be" in report.problems[0].message
    assert report.added == len(others)


def test_an_act_needs_what_it_is_about(journal: Journal, tmp_path: Path) -> None:
    note = next(entry for entry in seven(tmp_path / "other") if entry.get("kind") == "note")
    about_nothing = note | {"card_id": None}
    void = note | {"kind": "void", "payload": {}}
    lost = note | {"id": "lost", "seq": 99, "kind": "void", "target": "nowhere", "payload": {}}
    report = take(journal, HEADER, about_nothing, void, lost)
    assert [problem.message for problem in report.problems] == ["“card_id” cannot be null", "“target” cannot be null"]
    assert report.added == 1
    assert journal.verify().sound


@pytest.mark.parametrize(
    "change",
    [{"question_version": "policy"}, {"content": {}}, {"question_id": "q9"}, {"content": {"kind": ["single"]}}],
)
def test_a_text_that_is_not_of_its_question_is_told(journal: Journal, tmp_path: Path, change: Entry) -> None:
    entries = seven(tmp_path / "other")
    place = next(place for place, entry in enumerate(entries) if entry["entry"] == "snapshot")
    entries[place] |= change
    report = take(journal, HEADER, *entries)
    assert [problem.line for problem in report.problems] == [place + 2]
    assert (report.added, report.texts) == (7, 1)
    assert journal.verify().sound


NOT_LINES = ["{", "[]", '{"a": NaN}', "null", '"x"', "[" * 100_000, "{}", "\x00\x00", "1" * 5000, '{"sciaquiz": "no"}']


@pytest.mark.parametrize("line", NOT_LINES)
def test_what_is_no_entry_is_told_and_the_others_are_taken(journal: Journal, tmp_path: Path, line: str) -> None:
    report = take(journal, HEADER, line, *seven(tmp_path / "other"))
    assert [problem.line for problem in report.problems] == [2]
    assert report.added == 7


def test_a_line_that_is_too_long_is_read_to_its_end(journal: Journal, tmp_path: Path) -> None:
    report = take(journal, HEADER, "x" * (2 * LONGEST_LINE + 7), *seven(tmp_path / "other"))
    assert [(problem.line, problem.message) for problem in report.problems] == [(2, "the line is too long")]
    assert report.added == 7


def test_many_bad_lines_are_counted_and_the_first_are_told(journal: Journal, tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    entries = seven(tmp_path / "other")
    path.write_text("\n".join([json.dumps(HEADER), *["{}"] * 3000, *map(json.dumps, entries)]), encoding="utf-8")
    with path.open(encoding="utf-8") as file:
        report = journal.import_from(file, NOW)
    assert (report.added, report.refused, len(report.problems)) == (7, 3000, MOST_TOLD)
    done = sciaquiz("journal", "import", str(path))
    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == "… and 2950 more lines"
    assert len(done.stderr.splitlines()) == 51


# What is known is known


def test_an_export_comes_back_in_full_where_the_clock_was_far_ahead(journal: Journal, tmp_path: Path) -> None:
    keep(journal, answer("q1"))
    keep(journal, answer("q2", at=moment_at(START + timedelta(days=26_000))))
    text = exported(journal)
    report = take(journal, text)
    assert (report.added, report.known, report.refused) == (0, 3, 0)
    assert report.words() == "0 answers and acts added, 3 known already, 2 texts of questions read."
    other = Journal.open(tmp_path / "other" / "journal.db", NOW)
    report = take(other, text)
    assert (report.added, report.refused) == (2, 1)
    assert "lies in the future" in report.problems[0].message
    assert other.clock_suspect(NOW) is None
    other.close()


def test_an_entry_that_was_kept_with_escape_bytes_goes_to_another_device_once(journal: Journal, tmp_path: Path) -> None:
    keep(journal, answer("q2"))
    keep(journal, replace(answer("q1"), response={"typed": ["sciatic\x1b[D nerve"]}))
    text = exported(journal)
    assert take(journal, text).words() == "0 answers and acts added, 3 known already, 2 texts of questions read."
    other = Journal.open(tmp_path / "other" / "journal.db", NOW)
    assert take(other, text).added == 3
    assert (again := take(other, text)).known == 3
    assert again.differing == ()
    assert "\\u001b" not in exported(other)
    assert take(journal, exported(other)).refused == 0
    other.close()


def test_an_entry_twice_in_a_file_is_added_once(journal: Journal, tmp_path: Path) -> None:
    entries = seven(tmp_path / "other")
    report = take(journal, HEADER, *entries, *entries)
    assert (report.added, report.known, report.differing) == (7, 7, ())


def test_another_content_under_a_known_id_is_named_and_ours_is_kept(journal: Journal, tmp_path: Path) -> None:
    entries = seven(tmp_path / "other")
    take(journal, HEADER, *entries)
    before = exported(journal)
    report = take(journal, entries[0] | {"rating": 1})
    assert report.differing == (entries[0]["id"],)
    assert "1 differs from what is here, which was kept" in report.words()
    assert exported(journal) == before


def test_numbers_that_are_taken_find_a_place_of_their_own_whoever_took_them(journal: Journal, tmp_path: Path) -> None:
    first, second = [entry for entry in seven(tmp_path / "other") if entry["entry"] == "review"][:2]
    second |= {"device_id": first["device_id"], "seq": first["seq"]}
    take(journal, first, second)
    [fork] = {json.loads(line).get("device_id") for line in exported(journal).splitlines()} - {None, first["device_id"]}
    other = Journal.open(tmp_path / "third" / "journal.db", NOW)
    report = take(other, first | {"id": "squatter", "device_id": fork}, first, second)
    assert (report.added, report.refused) == (3, 0)
    assert take(other, first, second).differing == ()
    assert other.verify().sound
    other.close()


def test_nobody_counts_on_from_a_number_out_of_reach(journal: Journal, tmp_path: Path) -> None:
    keep(journal, answer("q9"))
    ours = json.loads(exported(journal).splitlines()[1])["device_id"]
    taken = seven(tmp_path / "other")[0] | {"device_id": ours, "seq": 2**53}
    assert take(journal, taken).added == 1
    keep(journal, answer("q8"))
    numbers = [entry["seq"] for line in exported(journal).splitlines()[1:] if "seq" in (entry := json.loads(line))]
    assert sorted(numbers) == [1, 2, 3, 2**53]
    other = Journal.open(tmp_path / "third" / "journal.db", NOW)
    assert take(other, exported(journal)).refused == 0
    other.close()


def test_a_policy_that_comes_later_counts_for_the_answers_that_name_it(journal: Journal, tmp_path: Path) -> None:
    other = Journal.open(tmp_path / "other" / "journal.db", NOW)
    keep(other, answer(rating=Rating.EASY, policy=STEADY))
    lines = exported(other).splitlines()
    policy = next(line for line in lines if '"policy"' in line and "payload" in line)
    take(journal, *[line for line in lines if line != policy])
    assert journal.verify().sound
    take(journal, policy)
    assert journal.verify().sound
    assert journal.states() == other.states()
    other.close()


# Which files are refused as a whole


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "there is nothing in it"),
        (b"\n \n", "there is nothing in it"),
        (b'{"sciaquiz": "journal", "format": 2}\n{"rating": 3}\n', "please update"),
        (b'id = "demo"\ntitle = "Demo"\n', "not a journal"),
        (b"%PDF-1.7\n\xff\xfe\x00\n" * 2000, "not a journal"),
        (b"\x00" * 20_000_000, "not a journal"),
        ('{"sciaquiz": "journal", "format": 1}\n'.encode("utf-16"), "not a journal"),
    ],
)
def test_a_file_that_is_no_journal_is_refused_in_one_word(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "some.jsonl"
    path.write_bytes(content)
    done = sciaquiz("journal", "import", str(path))
    assert (done.returncode, done.stdout.startswith("Nothing was imported: ")) == (1, True)
    assert told in done.stdout
    assert len(done.stderr.splitlines()) <= 1


def test_what_is_not_utf8_costs_its_line_only(tmp_path: Path) -> None:
    lines = [json.dumps(entry).encode() for entry in (HEADER, *seven(tmp_path / "other"))]
    lines[3] = lines[3].replace(b"q", b"\xe9", 1)
    content = b"\xef\xbb\xbf" + b"\r\n".join(lines)
    path = tmp_path / "some.jsonl"
    path.write_bytes(content)
    done = sciaquiz("journal", "import", str(path))
    assert (done.returncode, done.stderr) == (1, f"{path}:4: the line is not UTF-8 text\n")
    assert done.stdout.startswith("6 answers and acts added")
    done = sciaquiz_process("journal", "import", "-", said=content, PYTHONIOENCODING="ascii:strict")
    assert done.stderr == "standard input:4: the line is not UTF-8 text\n"
    assert done.stdout.startswith("0 answers and acts added, 6 known already")


def test_a_journal_without_its_first_line_is_taken(journal: Journal, tmp_path: Path) -> None:
    assert take(journal, *seven(tmp_path / "other")).added == 7


@pytest.mark.parametrize("name", [".", "nowhere.jsonl", "no\x1b[31mwhere"])
def test_a_file_that_cannot_be_read_is_told(tmp_path: Path, name: str) -> None:
    done = sciaquiz("journal", "import", str(tmp_path / name))
    assert done.returncode == 1
    assert "cannot be read" in done.stderr
    assert "\x1b" not in done.stderr


# Whatever comes, the journal is whole


LARGE = {"<long>": "x" * 400, "<huge>": "x" * 100_000, "<wild>": {"text": "x\x1b" * 5000}}
"""What stands for a large value, so that an example can be shown."""

ODD: list[Any] = [
    None, True, False, 0, 1, 1.0, -1, 1440, -1440, 2**53, 2**63, 10**40, 1e999, -0.0, 0.5, "", "q1", "\x1b[2J", "\ud800",
    "\u202e", "0001-01-01", "9999-12-31", "2026-11-22", "2026-W47-7", "20261122", "void", "policy", *LARGE, [], {}, ["study"],
    {"until": "9999-12-31"}, {"until": "0001-01-01"}, {"until": 5}, {"rating": 9}, {"rating": [1]}, {"text": ["x"]},
    {"parameters": [1] * 21}, {"learning_steps": {}}, {"maximum_interval": 10**18}, {"model": []},
    {"model": "fsrs-6", "fuzz": 1}, {"chosen": ["a"]}, {"chosen": "o0", "shown": 5}, {"judged": [5]}, {"\ud800": "\ud800"},
]  # fmt: skip
JSON_VALUE = st.sampled_from(ODD) | st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
COLUMNS = ["entry", "id", "device_id", "seq", "card_id", "deck_id", "kind", "question_version", "study_day", "at_ms",
           "offset_minutes", "correct", "score", "certainty", "latency_ms", "rating", "rule", "policy", "mode", "response",
           "target", "payload", "content", "question_id", "checksum", "sciaquiz"]  # fmt: skip
CHANGE = st.tuples(st.integers(0, 8), st.sampled_from(COLUMNS), JSON_VALUE)


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> list[Entry]:
    return seven(tmp_path_factory.mktemp("sound"))


@settings(max_examples=12)
@given(changes=st.lists(CHANGE, min_size=20, max_size=60))
def test_whatever_an_import_holds_the_journal_stays_whole(
    sound: list[Entry], changes: list[tuple[int, str, Any]]
) -> None:
    entries = list(sound)
    for number, (place, column, value) in enumerate(changes):
        beside = {} if number % 3 else {"id": f"id-{number}", "seq": 100 + number}
        value = LARGE.get(value, value) if isinstance(value, str) else value
        entries.append(sound[place] | beside | {column: value})
    with TemporaryDirectory() as folder:
        journal = Journal.open(Path(folder) / "journal.db", NOW)
        keep(journal, answer("q1"))
        report = take(journal, HEADER, *entries)
        assert report.added >= 7
        journal.close()
        looks_whole(journal.path)


def test_a_score_of_minus_zero_is_zero(journal: Journal, sound: list[Entry]) -> None:
    for entry in sound:
        if entry["entry"] == "review":
            fresh = {key: value for key, value in entry.items() if key != "checksum"}
            assert take(journal, HEADER, fresh | {"id": "minus-zero", "score": -0.0}).added == 1
            break
    assert journal.verify().sound


@pytest.mark.parametrize("levels", [1, 18, 19, 20, 50, 900, 5000, 100_000])
@pytest.mark.parametrize(("before", "after"), [('{"in": ', "}"), ("[", "]")])
def test_what_is_nested_is_taken_or_told(
    journal: Journal, sound: list[Entry], levels: int, before: str, after: str
) -> None:
    nested = '{"in": ' + before * levels + "1" + after * levels + "}"
    lines = [json.dumps(entry | ({"payload": "HERE"} if "payload" in entry else {})) for entry in sound]
    report = take(journal, HEADER, *[line.replace('"HERE"', nested) for line in lines])
    events = sum("HERE" in line for line in lines)
    assert (report.added, report.refused) == ((7, 0) if levels < 19 else (7 - events, events))
    journal.close()
    looks_whole(journal.path)


def looks_whole(path: Path) -> None:
    """Open a journal as the app does, read all there is, and take its export to itself and to another device."""
    seen = read_snapshot(path, NOW.study_day)
    assert seen is not None
    opened = Journal.open(path, NOW)
    assert opened.states() == seen.states
    assert opened.verify().sound
    opened.given(list(opened.states()))
    opened.totals()
    opened.days()
    opened.days()
    assert opened.clock_suspect(NOW) is None
    for card_id, state in opened.states().items():
        reviews, events = opened.history(card_id)
        explain_card(state, reviews, events, NOW, STEADY, opened.policies())
    text = exported(opened)
    text.encode()
    again = take(opened, text)
    assert (again.added, again.refused, again.differing) == (0, 0, ())
    other = Journal.open(path.parent / "other" / "journal.db", NOW)
    there = take(other, text)
    assert (there.refused, there.known, there.differing) == (0, 0, ())
    assert other.states() == opened.states()
    assert sorted(exported(other).splitlines()) == sorted(text.splitlines())
    keep(opened, answer(CardId("q1")))
    for journal in (opened, other):
        journal.close()


def test_others_read_on_while_much_is_imported(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    """A transaction larger than the cache would lock readers out from the moment it spills."""
    keep(journal, answer("q1"))
    lines = exported(journal).splitlines()
    review = json.loads(next(line for line in lines if '"review"' in line))
    del review["checksum"]
    many = [
        review | {"id": f"r{number}", "seq": 10 + number, "response": {"typed": ["x" * 2000]}} for number in range(3000)
    ]
    read: list[int] = []
    replay = Deriving.replay

    def reading(self: Deriving, card_id: CardId, added: Any) -> Any:
        reader = sqlite3.connect(f"file:{journal.path}?mode=ro", uri=True, timeout=0)
        read.append(reader.execute("SELECT count(*) FROM review").fetchone()[0])
        reader.close()
        return replay(self, card_id, added)

    monkeypatch.setattr(Deriving, "replay", reading)
    assert take(journal, HEADER, *many).added == 3000
    assert read == [1]
    assert journal.path.stat().st_size > 4_000_000
