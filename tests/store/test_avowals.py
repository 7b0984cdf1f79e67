"""The latest answers, counted by the certainty that was said: what a student's rates of guessing follow from."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from answering import NOW, START, act, answer, keep
from sciaquiz.clock import moment_at
from sciaquiz.ids import EntryId
from sciaquiz.journal.entries import Certainty, EventKind, Rating
from sciaquiz.journal.snapshot import Avowal
from sciaquiz.store import connect as connecting
from sciaquiz.store import queries
from sciaquiz.store.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Journal]:
    monkeypatch.setattr(connecting, "PRAGMAS", ("synchronous=OFF",))
    opened = Journal.open(tmp_path / "journal.db", NOW)
    yield opened
    opened.close()


def given(journal: Journal, number: int, rating: int, said: Certainty | None, chance: object, **more: Any) -> None:
    kept = replace(
        answer("q1", Rating(rating), moment_at(START + timedelta(minutes=number)), entry=f"e{number}"),
        certainty=said, response={"chosen": "o0", "shown": ["o0"], "guess_probability": chance}, **more,
    )  # fmt: skip
    keep(journal, kept)


def counted(journal: Journal) -> set[Avowal]:
    return set(journal.snapshot(NOW.study_day).avowals())


def test_they_are_counted_by_certainty_outcome_and_chance(journal: Journal) -> None:
    for number, (rating, said, chance) in enumerate(
        [(3, Certainty.GUESS, 0.25), (3, Certainty.GUESS, 0.25), (1, Certainty.GUESS, 0.25), (3, Certainty.CERTAIN, 0.5),
         (3, Certainty.GUESS, 0.5)]
    ):  # fmt: skip
        given(journal, number, rating, said, chance)
    assert counted(journal) == {
        Avowal(Certainty.GUESS, True, 0.25, 2), Avowal(Certainty.GUESS, False, 0.25, 1),
        Avowal(Certainty.CERTAIN, True, 0.5, 1), Avowal(Certainty.GUESS, True, 0.5, 1),
    }  # fmt: skip


def test_what_tells_nothing_of_guessing_is_left_out(journal: Journal) -> None:
    given(journal, 1, 3, None, 0.25)
    given(journal, 2, 3, Certainty.GUESS, 0)
    given(journal, 3, 3, Certainty.GUESS, 1.0)
    given(journal, 4, 1, Certainty.GUESS, 0.25, score=0.5)
    given(journal, 5, 3, Certainty.GUESS, "0.25")
    keep(journal, answer("q2", entry="e6"))
    given(journal, 7, 3, Certainty.GUESS, 0.25)
    assert {avowal.answers for avowal in counted(journal)} == {1}
    journal.act(act(EventKind.VOID, target=EntryId("e7")))
    assert counted(journal) == set()


def test_a_damaged_answer_is_passed_over_and_only_the_latest_are_looked_at(
    journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(4):
        given(journal, number, 3, Certainty.CERTAIN, 0.25)
    with closing(sqlite3.connect(journal.path)) as connection, connection:
        connection.execute("UPDATE review SET response = '{' WHERE id = 'e3'")
        connection.execute("UPDATE review SET certainty = 1.5 WHERE id = 'e2'")
    assert counted(journal) == {Avowal(Certainty.CERTAIN, True, 0.25, 2)}
    monkeypatch.setattr(queries, "AVOWALS", queries.AVOWALS.replace("LIMIT 2000", "LIMIT 3"))
    assert counted(journal) == {Avowal(Certainty.CERTAIN, True, 0.25, 1)}
