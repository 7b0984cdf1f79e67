"""The mirror is the journal's states, whatever was added, voided, restored or damaged in between."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from answering import answer
from cataloguing import catalogue_of
from making import deck, single
from remembering import STEADY
from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId
from sciaquiz.journal.acts import Bury, Flag, Note, Resume, Suspend, entry_of
from sciaquiz.memory.policy import Policy
from sciaquiz.store.connect import connect
from sciaquiz.store.journal import Journal

if TYPE_CHECKING:
    from pathlib import Path

    from sciaquiz.catalogue.catalogue import Catalogue
    from sciaquiz.clock import Moment

START = datetime(2026, 11, 20, 9, tzinfo=UTC)
NAMES = [f"q{number}" for number in range(6)]


def at(minutes: int) -> Moment:
    return moment_at(START + timedelta(minutes=minutes))


def sync(catalogue: Catalogue, path: Path) -> dict[CardId, object]:
    with closing(connect(path)) as connection:
        return dict(catalogue.mirror(connection))


@pytest.fixture
def catalogue() -> Catalogue:
    return catalogue_of([deck(*(single(name) for name in NAMES))])


@pytest.mark.parametrize("seed", range(6))
def test_it_follows_answers_acts_and_undone_ones(seed: int, tmp_path: Path, catalogue: Catalogue) -> None:
    random = Random(seed)
    path = tmp_path / "journal.db"
    with closing(Journal.open(path, at(0))) as journal, closing(catalogue):
        for minute in range(1, 40):
            name = random.choice([*NAMES, "elsewhere"])
            now = at(minute * random.choice((1, 7, 900)))
            policy = random.choice((STEADY, Policy(desired_retention=0.8)))
            match random.randint(0, 6):
                case 0 | 1 | 2:
                    journal.keep(answer(name, at=now), policy, single(name))
                case 3:
                    journal.undo_last(now)
                case _:
                    act = random.choice(
                        (Suspend(), Resume(), Flag(), Note("mind"), Bury(now.study_day + timedelta(days=1)))
                    )
                    journal.act(entry_of(act, CardId(name), now))
            if random.random() < 0.5:
                installed = {card_id: state for card_id, state in journal.states().items() if card_id != "elsewhere"}
                assert sync(catalogue, path) == installed


def test_another_file_in_its_place_is_mirrored_anew(tmp_path: Path, catalogue: Catalogue) -> None:
    path, kept = tmp_path / "journal.db", tmp_path / "kept.db"
    with closing(Journal.open(path, at(0))) as journal, closing(catalogue):
        journal.keep(answer("q1", at=at(1)), STEADY, single("q1"))
        shutil.copyfile(path, kept)
        journal.keep(answer("q2", at=at(2)), STEADY, single("q2"))
        assert set(sync(catalogue, path)) == {"q1", "q2"}
        assert set(sync(catalogue, kept)) == {"q1"}
        assert set(sync(catalogue, path)) == {"q1", "q2"}
        catalogue.forget_states()
        assert catalogue.state(CardId("q1")) is None
        assert set(sync(catalogue, path)) == {"q1", "q2"}


def test_states_that_were_made_anew_are_mirrored_anew(tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "journal.db"
    with closing(Journal.open(path, at(0))) as journal, closing(catalogue):
        journal.keep(answer("q1", at=at(1)), STEADY, single("q1"))
        sound = sync(catalogue, path)
        with closing(connect(path)) as connection:
            connection.execute("UPDATE card_state SET reps = 77")
        journal.rebuild()
        assert sync(catalogue, path) == sound == journal.states()


@pytest.mark.parametrize("value", [None, "x", b"\xff"])
def test_a_damaged_generation_hides_nothing(value: object, tmp_path: Path, catalogue: Catalogue) -> None:
    path = tmp_path / "journal.db"
    with closing(Journal.open(path, at(0))) as journal, closing(catalogue):
        journal.keep(answer("q1", at=at(1)), STEADY, single("q1"))
        sync(catalogue, path)
        with closing(connect(path)) as connection:
            connection.execute("UPDATE derived SET value = ? WHERE name = 'generation'", (value,))
        journal.keep(answer("q2", at=at(2)), STEADY, single("q2"))
        assert sync(catalogue, path) == journal.states()
        journal.rebuild()
        assert sync(catalogue, path) == journal.states()
