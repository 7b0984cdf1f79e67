"""An invented student: answers of every kind, the same each time, in a home of their own."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from commanding import sciaquiz
from remembering import noon
from sciaquiz.deck.kinds import Hotspot
from sciaquiz.deck.library import read_library
from sciaquiz.demo import year
from sciaquiz.demo.answers import right_answer, wrong_answer
from sciaquiz.demo.student import Habits, Student
from sciaquiz.demo.year import holidays, live
from sciaquiz.ids import DeviceId
from sciaquiz.journal.entries import Mode
from sciaquiz.marking.lexicon import Lexicon
from sciaquiz.marking.mark import mark
from sciaquiz.settings import Settings
from sciaquiz.store import connect as connecting
from sciaquiz.store.journal import Journal
from sciaquiz.study.shown import shuffled

if TYPE_CHECKING:
    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Deck

SHOWCASE = Path(__file__).parents[1] / "decks" / "showcase"


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no disk."""
    monkeypatch.setattr(connecting, "PRAGMAS", ("synchronous=OFF",))


@pytest.fixture(scope="module")
def showcase() -> Deck:
    [deck] = read_library([SHOWCASE]).decks
    return deck


def test_a_right_and_a_wrong_answer_to_every_kind_are_marked_so(showcase: Deck) -> None:
    lexicon, random = Lexicon.from_decks([showcase]), Random(1)
    figures = {figure.id: figure for figure in showcase.figures}
    kinds = set()
    for card in showcase.cards():
        question = card.question
        figure = figures[question.figure] if isinstance(question, Hotspot) else None
        for _ in range(5):
            order = shuffled(card, random)
            assert mark(card, right_answer(card, order, figure, random), lexicon).correct, card.id
            assert not mark(card, wrong_answer(card, order, figure, random), lexicon).correct, card.id
        kinds.add(question.kind)
    assert len(kinds) == 10


def lived(deck: Deck, folder: Path, now: Moment, seed: int) -> list[str]:
    """Return every answer of an invented student as text, without the name of the device."""
    live(folder / "journal.db", [deck], Settings(), now, days=9, seed=seed)
    journal = Journal.open(folder / "journal.db", now)
    reviews = [review for card in sorted(journal.states()) for review in journal.history(card)[0]]
    assert journal.verify().sound
    journal.close()
    return [str(replace(review, device_id=DeviceId(""))) for review in reviews]


def test_the_same_seed_gives_the_same_answers_and_another_one_others(showcase: Deck, tmp_path: Path) -> None:
    once, again, other = (
        lived(showcase, tmp_path / name, noon(40), seed) for name, seed in (("once", 1), ("again", 1), ("other", 2))
    )
    assert len(once) > 60
    assert once == again
    assert once != other


def test_nothing_is_answered_after_now_nor_before_it_began(showcase: Deck, tmp_path: Path) -> None:
    now = noon(40)
    came = live(tmp_path / "journal.db", [showcase], Settings(), now, days=9)
    journal = Journal.open(tmp_path / "journal.db", now)
    instants = [review.moment.instant for card in journal.states() for review in journal.history(card)[0]]
    assert max(instants) <= now.instant
    assert came.first is not None
    assert (came.last, (now.study_day - came.first).days) == (now.study_day, 9)
    assert journal.clock_suspect(now) is None
    journal.close()


def test_a_long_time_has_a_holiday_and_a_short_one_has_none() -> None:
    assert len(holidays(noon(40).study_day, 365)) == 12
    assert holidays(noon(40).study_day, 60) == ()


def test_what_is_mixed_up_is_mixed_up_each_time() -> None:
    student = Student(1, Habits(mixes=0.5))
    mixes = {(one, other): student.mixes(one, other) for one in "abcde" for other in "vwxyz"}
    assert set(mixes.values()) == {True, False}
    assert all(student.mixes(other, one) is mixes[one, other] for one, other in mixes)


def test_a_home_is_made_that_can_be_opened_and_verified(tmp_path: Path, home: Path) -> None:
    root = tmp_path / "demo"
    told = sciaquiz("demo", "--home", str(root), "--days", "3")
    assert told.returncode == 0
    assert f"SCIAQUIZ_HOME={root} sciaquiz" in told.stdout
    assert not home.exists()
    there = {"SCIAQUIZ_HOME": str(root)}
    assert sciaquiz("journal", "verify", **there).returncode == 0
    figures = json.loads(sciaquiz("stats", "--json", **there).stdout)
    assert f"{figures['answers']} answers" in told.stdout
    assert figures["answered_today"] > 0
    kept = sciaquiz("journal", "export", **there).stdout
    again = sciaquiz("demo", "--home", str(root))
    assert (again.returncode, again.stderr) == (
        1, f"sciaquiz: {root} holds something already. Choose a new or empty folder.\n",
    )  # fmt: skip
    assert sciaquiz("journal", "export", **there).stdout == kept


def test_the_students_own_home_is_refused_and_left_as_it_is(home: Path, tmp_path: Path) -> None:
    for place in (home, home / "demo"):
        refused = sciaquiz("demo", "--home", str(place))
        assert refused.returncode == 1
        assert refused.stderr.endswith("is where your own answers belong. Choose another folder.\n")
    assert not home.exists()
    file = tmp_path / "file"
    file.write_text("mine")
    refused = sciaquiz("demo", "--home", str(file))
    assert (refused.returncode, file.read_text()) == (1, "mine")
    assert "cannot be used" in refused.stderr


def test_what_cannot_be_finished_leaves_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("sciaquiz.demo.year.live", fails)
    root = tmp_path / "demo"
    told = sciaquiz("demo", "--home", str(root))
    assert (told.returncode, told.stderr) == (1, f"sciaquiz: {root}: cannot be written (No space left on device).\n")
    assert list(root.iterdir()) == []


def test_studying_there_at_once_needs_a_terminal(tmp_path: Path) -> None:
    told = sciaquiz("demo", "--home", str(tmp_path / "demo"), "--study")
    assert (told.returncode, (tmp_path / "demo").exists()) == (2, False)


def test_some_of_what_was_wrong_is_practised(showcase: Deck, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(year, "PRACTISED", 1.0)
    live(tmp_path / "journal.db", [showcase], Settings(), noon(40), days=3)
    journal = Journal.open(tmp_path / "journal.db", noon(40))
    modes = {review.mode for card in journal.states() for review in journal.history(card)[0]}
    assert modes == {Mode.STUDY, Mode.PRACTICE}
    assert journal.verify().sound
    journal.close()
