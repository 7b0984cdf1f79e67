"""Past sittings are found by the gaps between answers of one device, and nothing but what is asked for is read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from answering import NOW, START, act, answer, keep
from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId, DeckId
from sciaquiz.journal.entries import Certainty, EventKind, Rating
from sciaquiz.journal.past import GAP_MINUTES
from sciaquiz.store import connect as connecting
from sciaquiz.store.journal import Journal
from sciaquiz.store.past import BEGINNINGS, LAST, sittings_through

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sciaquiz.clock import Moment

DAY = 24 * 60


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no disk."""
    monkeypatch.setattr(connecting, "PRAGMAS", ("synchronous=OFF",))


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with closing(Journal.open(tmp_path / "journal.db", NOW)) as opened:
        yield opened


def at(minutes: float) -> Moment:
    return moment_at(START + timedelta(minutes=minutes))


def held(journal: Journal) -> list[list[str]]:
    """The entries of each sitting, the newest first."""
    return [[answer.id for answer in sitting.answers] for sitting in journal.sittings()[0]]


def test_a_gap_of_more_than_half_an_hour_begins_another_sitting(journal: Journal) -> None:
    for place, minutes in enumerate((0, 5, 5 + GAP_MINUTES, 2 * GAP_MINUTES + 5.1, DAY)):
        keep(journal, answer(at=at(minutes), entry=f"e{place}"))
    assert held(journal) == [["e4"], ["e3"], ["e0", "e1", "e2"]]


def test_answers_at_the_same_instant_are_one_sitting(journal: Journal) -> None:
    for name in ("e0", "e1", "e2"):
        keep(journal, answer(entry=name))
    assert held(journal) == [["e0", "e1", "e2"]]


def test_two_devices_have_sittings_of_their_own(journal: Journal) -> None:
    for place in range(4):
        if place == 2:
            journal.become_new_device(NOW)
        keep(journal, answer(at=at(place), entry=f"e{place}"))
    assert held(journal) == [["e2", "e3"], ["e0", "e1"]]


def test_an_answer_that_was_taken_back_neither_counts_nor_joins_what_lies_around_it(journal: Journal) -> None:
    for place, minutes in enumerate((0, 20, 40)):
        keep(journal, answer(at=at(minutes), entry=f"e{place}"))
    assert held(journal) == [["e0", "e1", "e2"]]
    journal.act(act(EventKind.VOID, at=at(50), target="e1"))
    assert held(journal) == [["e2"], ["e0"]]


def test_a_sitting_says_what_it_came_to(journal: Journal) -> None:
    wrong, right = Rating.AGAIN, Rating.GOOD
    keep(journal, answer("q1", wrong, at=at(0)))
    keep(journal, replace(answer("q2", wrong, at=at(1)), certainty=Certainty.THINK_SO))
    keep(journal, replace(answer("q3", right, at=at(2)), certainty=Certainty.GUESS))
    keep(journal, answer("q1", right, at=at(12)))
    keep(journal, replace(answer("q4", right, at=at(13)), deck_id=DeckId("other")))
    [sitting], older = journal.sittings()
    assert older is None
    assert (len(sitting.answers), sitting.right, sitting.certain_and_wrong) == (5, 3, 1)
    assert (sitting.began, sitting.lasted) == (at(0), timedelta(minutes=13))
    assert sitting.decks == ("demo", "other")
    assert list(sitting.look_again) == ["q1", "q2", "q3"]


@given(
    gaps=st.lists(st.sampled_from([0, 1, GAP_MINUTES, GAP_MINUTES + 1, DAY]), max_size=14),
    page=st.integers(1, 4),
    devices=st.lists(st.integers(0, 1), min_size=14, max_size=14),
)
def test_pages_name_every_answer_once_whatever_their_size(gaps: list[int], page: int, devices: list[int]) -> None:
    """The sittings are those that going through all answers gives, cut into pages anywhere."""
    connection = sqlite3.connect(":memory:")
    connection.execute(
        "CREATE TABLE review (id, device_id, seq, card_id, deck_id, kind, question_version, study_day, at_ms,"
        " offset_minutes, correct, score, certainty, latency_ms, rating, rule, policy, mode, response, checksum)"
    )
    connection.execute("CREATE INDEX review_at ON review (at_ms)")
    connection.execute("CREATE TABLE event (kind, target)")
    minutes, expected, latest = 0, list[list[str]](), dict[int, tuple[int, list[str]]]()
    for place, gap in enumerate(gaps):
        minutes += gap
        device = devices[place]
        known = latest.get(device)
        if known is None or minutes - known[0] > GAP_MINUTES:
            expected.append(entries := [])
        else:
            entries = known[1]
        entries.append(f"e{place}")
        latest[device] = (minutes, entries)
        row = (f"e{place}", f"d{device}", place, "q", "demo", "single", "v", "2026-11-22", minutes * 60_000)
        more = (0, 1, 1.0, 3, 4000, 3, "r", "p", "study", "{}", "c")
        connection.execute("INSERT INTO review VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)", (*row, *more))
    found, before = list[list[str]](), None
    while True:
        sittings, before = sittings_through(connection, before, page)
        found += [[answer.id for answer in sitting.answers] for sitting in sittings]
        if before is None:
            break
    connection.close()
    assert sorted(found) == sorted(expected)
    assert [entries[0] for entries in found] == [entry for _, entry in sorted(
        ((sum(gaps[: int(entries[0][1:]) + 1]), devices[int(entries[0][1:])]), entries[0]) for entries in expected
    )][::-1]  # fmt: skip


def test_a_damaged_answer_is_passed_over(journal: Journal, tmp_path: Path) -> None:
    for place in range(3):
        keep(journal, answer(at=at(place), entry=f"e{place}"))
    with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
        connection.execute("UPDATE review SET response = 'rot' WHERE id = 'e1'")
        connection.commit()
    assert held(journal) == [["e0", "e2"]]


def test_a_page_reads_no_more_of_a_long_journal_than_of_a_short_one(tmp_path: Path) -> None:
    """Counted in steps of SQLite's machine: by the index of instants, however many answers there are before."""

    def steps(days: int) -> int:
        with closing(Journal.open(tmp_path / f"{days}.db", NOW)) as journal:
            for day in range(days):
                for minute in range(3):
                    keep(journal, answer(at=at(day * DAY + minute)))
        with closing(sqlite3.connect(tmp_path / f"{days}.db")) as connection:
            taken = 0

            def count() -> None:
                nonlocal taken
                taken += 1

            connection.set_progress_handler(count, 1)
            assert len(sittings_through(connection, None, 5)[0]) == 5
            return taken

    short, long = steps(8), steps(40)
    assert long < 1.2 * short


def test_the_index_of_instants_leads_to_the_beginnings(journal: Journal, tmp_path: Path) -> None:
    keep(journal, answer())
    with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
        plan = [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {BEGINNINGS}", (*LAST, 9))]
    assert not [line for line in plan if line.startswith("SCAN") and "review_at" not in line], plan


def test_cards_that_are_set_apart_are_found_without_the_others(journal: Journal, tmp_path: Path) -> None:
    today = NOW.study_day
    for name in ("q1", "q2", "q3", "q4", "q5"):
        keep(journal, answer(name))
    journal.act(act(EventKind.SUSPEND, "q2"))
    journal.act(act(EventKind.BURY, "q3", payload={"until": (today + timedelta(days=1)).isoformat()}))
    journal.act(act(EventKind.BURY, "q4", payload={"until": today.isoformat()}))
    journal.act(act(EventKind.FLAG, "q5"))
    journal.act(act(EventKind.FLAG, "q1"))
    journal.act(act(EventKind.UNFLAG, "q1"))
    assert [state.card_id for state in journal.marked(today)] == ["q2", "q3", "q5"]
    with closing(sqlite3.connect(tmp_path / "journal.db")) as connection:
        connection.execute("DELETE FROM card_state WHERE card_id = 'q5'")
        connection.execute("UPDATE card_state SET suspended = 'rot' WHERE card_id = 'q2'")
        connection.commit()
    found = {state.card_id: state.marks for state in journal.marked(today)}
    assert list(found) == [CardId("q2"), CardId("q3"), CardId("q5")]
    assert found[CardId("q2")].suspended
