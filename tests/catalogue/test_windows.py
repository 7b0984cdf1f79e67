"""Several windows share one catalogue: each goes on while another changes it, throws it away or knows more."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from answering import answer
from making import single
from remembering import STEADY
from sciaquiz.catalogue import catalogue as catalogue_module
from sciaquiz.catalogue import mirror as mirroring
from sciaquiz.catalogue import schema
from sciaquiz.catalogue.catalogue import Catalogue
from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId
from sciaquiz.journal.acts import Suspend, entry_of, void
from sciaquiz.journal.entries import Rating
from sciaquiz.marking.response import SelfGrade
from sciaquiz.memory.balance import Load
from sciaquiz.memory.policy import Policy
from sciaquiz.store.connect import connect
from sciaquiz.store.errors import StoreError
from sciaquiz.store.journal import Journal
from sciaquiz.study.queue import Limits
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.turns import Shown

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager

    from sciaquiz.journal.entries import CardState

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
NOW = moment_at(START)
LATER = moment_at(START + timedelta(minutes=5))
DAY = START.date()
Q1 = CardId("q1")
SCHEMAS = Path(__file__).parents[1] / "store" / "schemas"


def write(folder: Path, name: str, *questions: str) -> None:
    folder.mkdir(exist_ok=True)
    body = "".join(
        f'[[question]]\nid = "{own}"\nkind = "recall"\nstem = "Which?"\nanswer = "That."\n' for own in questions
    )
    (folder / f"{name}.toml").write_text(f'id = "{name}"\ntitle = "One"\n{body}', encoding="utf-8")


def window(home: Path) -> Catalogue:
    return Catalogue(home / "cache" / "catalogue.db", [home / "decks"], home / "journal.db")


def mirror(catalogue: Catalogue, home: Path) -> None:
    with closing(connect(home / "journal.db")) as journal:
        catalogue.mirror(journal)


def waiting(catalogue: Catalogue) -> list[str]:
    work = catalogue.pool().workload(DAY, Limits(9, 9), unsafe={})
    return [card.card_id for card in (*work.learning, *work.reviews, *work.new)]


def answered(home: Path) -> Journal:
    """Open a journal in which q1 was answered."""
    journal = Journal.open(home / "journal.db", NOW)
    journal.keep(answer("q1", at=NOW), STEADY, single("q1"))
    return journal


def test_a_deck_that_another_window_has_read_anew_stays_the_same_deck(tmp_path: Path) -> None:
    write(tmp_path / "decks", "a", "q1")
    write(tmp_path / "decks", "b", "q2")
    with closing(window(tmp_path)) as one, closing(window(tmp_path)) as other:
        one.bring_up()
        decks, pool = one.decks, one.pool()
        assert waiting(one) == ["q1", "q2"]
        write(tmp_path / "decks", "a", "q1", "q3")
        other.bring_up()
        assert [question.id for question in decks[0].questions] == ["q1", "q3"]
        assert waiting(one) == ["q1", "q2", "q3"]
        assert {name: count.cards for name, count in pool.counts(DAY).items()} == {"a": 2, "b": 1}
        assert Q1 in pool
        assert set(pool.stem_lengths([Q1, CardId("q2")])) == {"q1", "q2"}


@pytest.mark.parametrize("harm", ["read anew", "read anew here", "read anew at the last moment", "damaged"])
def test_a_card_that_was_answered_is_never_new_again(
    harm: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also not between the moment at which another window reads its deck, or the file breaks, and the next mirror."""
    write(tmp_path / "decks", "a", "q1")
    with closing(window(tmp_path)) as one, closing(window(tmp_path)) as other, closing(answered(tmp_path)) as journal:
        mirror(one, tmp_path)
        if harm == "damaged":
            with closing(sqlite3.connect(tmp_path / "cache" / "catalogue.db", isolation_level=None)) as connection:
                connection.execute("DROP TABLE card")
        else:
            write(tmp_path / "decks", "a", "q1", "q2")
        if harm == "read anew":
            other.bring_up()
        elif harm == "read anew here":
            one.bring_up()
        elif harm == "read anew at the last moment":
            real = schema.reading

            def late(connection: sqlite3.Connection) -> AbstractContextManager[None]:
                monkeypatch.undo()
                other.bring_up()
                return real(connection)

            monkeypatch.setattr(catalogue_module, "reading", late)
        assert one.state(Q1) == journal.states()[Q1]
        assert waiting(one)[0] == "q1"


def test_what_a_sitting_knows_does_not_outlast_what_another_window_mirrored(tmp_path: Path) -> None:
    """One window answers, another suspends the card and mirrors that; then the first lays out its day again."""
    write(tmp_path / "decks", "a", "q1")
    with closing(window(tmp_path)) as one, closing(window(tmp_path)) as other, closing(answered(tmp_path)) as journal:
        mirror(one, tmp_path)
        known = journal.states()[Q1]
        journal.act(entry_of(Suspend(), Q1, LATER))
        mirror(other, tmp_path)
        one.pool().put([known])
        for catalogue in (other, one):
            mirror(catalogue, tmp_path)
            assert catalogue.state(Q1) == journal.states()[Q1]
            assert waiting(catalogue) == []


def test_what_an_answer_came_to_is_taken_in_without_asking_the_catalogue(tmp_path: Path) -> None:
    write(tmp_path / "decks", "one", "q1", "q2")
    told: list[str] = []
    with closing(answered(tmp_path)) as journal, closing(window(tmp_path)) as catalogue:
        mirror(catalogue, tmp_path)
        load = Load({})
        sitting = Sitting(
            catalogue.pool(), policy_for=lambda _: Policy(), limits=Limits(9, 9), now=NOW, load=lambda: load
        )
        shown = sitting.next(LATER)
        assert isinstance(shown, Shown)
        outcome = sitting.answer(shown, SelfGrade(Rating.AGAIN), LATER)
        state = journal.keep(outcome.answer, shown.policy, shown.card.question)
        catalogue.ask(lambda connection: connection.set_trace_callback(told.append))
        told.clear()
        sitting.settle(outcome, state, LATER)
        assert told == []
        assert state.progress is not None
        assert state.progress.due_at in sitting.steps_today()
        catalogue.ask(lambda connection: connection.set_trace_callback(None))


def test_decks_are_read_without_the_journal(tmp_path: Path) -> None:
    """Where no cache can be kept, neither a journal of an older format nor one that is none is in the way."""
    write(tmp_path / "decks", "a", "q1")
    (tmp_path / "cache").write_text("a file where the folder should be", encoding="utf-8")
    shutil.copy(SCHEMAS / "v1.db", tmp_path / "journal.db")
    with closing(window(tmp_path)) as catalogue:
        assert len(catalogue.decks) == 1
    (tmp_path / "journal.db").write_bytes(b"no journal at all")
    with closing(window(tmp_path)) as catalogue:
        assert len(catalogue.decks) == 1


def test_a_journal_that_cannot_be_read_is_named_and_costs_no_catalogue(tmp_path: Path) -> None:
    write(tmp_path / "decks", "a", "q1")
    with closing(window(tmp_path)) as one, closing(answered(tmp_path)):
        one.bring_up()
        inode = (tmp_path / "cache" / "catalogue.db").stat().st_ino

        def unreadable(_: sqlite3.Connection) -> Iterable[CardState]:
            raise sqlite3.OperationalError("disk I/O error")

        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(mirroring, "each_state_through", unreadable)
            with pytest.raises(StoreError, match=r"journal\.db"):
                mirror(one, tmp_path)
        assert (tmp_path / "cache" / "catalogue.db").stat().st_ino == inode
        mirror(one, tmp_path)
        assert one.state(Q1) is not None


def test_states_are_all_there_after_a_fault_in_the_middle_of_the_first_mirror(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read of the journal by then is read again."""
    write(tmp_path / "decks", "a", "q1")
    real, faults = mirroring.put, [sqlite3.OperationalError("database or disk is full")]

    def put(connection: sqlite3.Connection, states: Iterable[CardState]) -> None:
        if faults:
            assert len(list(states)) == 1
            raise faults.pop()
        real(connection, states)

    monkeypatch.setattr(mirroring, "put", put)
    with closing(window(tmp_path)) as one, closing(answered(tmp_path)) as journal:
        mirror(one, tmp_path)
        assert one.state(Q1) == journal.states()[Q1]


def test_a_sitting_goes_on_without_the_cards_that_left_their_deck(tmp_path: Path) -> None:
    """One of them is in front, one waits on a step, one is asked again after an undo, and others were never asked."""
    write(tmp_path / "decks", "a", *(f"q{number}" for number in range(1, 7)))
    with closing(window(tmp_path)) as one, closing(window(tmp_path)) as other:
        journal = Journal.open(tmp_path / "journal.db", NOW)
        sitting = Sitting(one.pool(), policy_for=lambda _: STEADY, limits=Limits(9, 9), now=NOW, unsafe={Q1: DAY})
        for _ in range(2):
            shown = sitting.next(NOW)
            assert isinstance(shown, Shown)
            outcome = sitting.answer(shown, SelfGrade(Rating.AGAIN), NOW)
            sitting.settle(outcome, journal.keep(outcome.answer, STEADY, shown.card.question), NOW)
        front = sitting.next(NOW)
        assert isinstance(front, Shown)
        assert front.card.id == "q3"
        write(tmp_path / "decks", "a", "q6")
        other.bring_up()

        kept = sitting.answer(front, SelfGrade(Rating.EASY), NOW)
        sitting.settle(kept, journal.keep(kept.answer, STEADY, front.card.question), NOW)
        state = journal.act(void(kept.answer.id, front.card.id, NOW))
        assert sitting.undone(state, NOW).card == front.card
        assert sitting.card(front.card.id) == front.card
        sitting.put_back(front)
        shown = sitting.next(NOW)
        assert isinstance(shown, Shown)
        assert shown.card.id in {"q3", "q6"}
        sitting.plan(NOW)
        again = sitting.next(NOW)
        assert isinstance(again, Shown)
        assert again.card.id == "q6"
        journal.close()
