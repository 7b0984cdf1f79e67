"""A sitting as every face holds it: undo takes back the last act, whatever it was, with what followed from it."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from making import deck, single
from sciaquiz.clock import FixedClock
from sciaquiz.ids import EntryId
from sciaquiz.journal.acts import Bury, Flag, Note, Overrule, Refused, Resume, Suspend, Unbury, Unflag
from sciaquiz.journal.entries import CardState, Certainty, EventKind, Rating
from sciaquiz.journal.port import KeepError
from sciaquiz.marking.response import Choice
from sciaquiz.memory.policy import Policy
from sciaquiz.store.journal import Journal
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.round import Cannot, Request, Round, Step, Undone
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.turns import Over
from sciaquiz.view.acts import done_words, undone_words

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sciaquiz.ids import CardId
    from sciaquiz.journal.acts import CardAct
    from sciaquiz.study.turns import Outcome, Shown

CLOCK = FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))
POLICY = Policy(fuzz=False, learning_steps=())


class Table:
    """A round over a few cards with a real journal."""

    def __init__(self, path: Path, *, cards: int = 4, leech_lapses: int = 99, days_later: int = 0) -> None:
        clock = FixedClock(CLOCK.local + timedelta(days=days_later))
        self.journal = Journal.open(path, clock.now())
        demo = deck(*(single(f"q{number}") for number in range(cards)))
        sitting = Sitting(
            CardPool(demo.cards(), self.journal.states()),
            policy_for=lambda _: POLICY,
            limits=Limits(99, 99),
            now=clock.now(),
            leech_lapses=leech_lapses,
            suspends_leeches=True,
            random=Random(7),
        )
        self.round = Round(sitting, clock, {demo.id: demo})

    def shown(self) -> Shown:
        turn = self.round.next()
        assert not isinstance(turn, Over)
        return turn

    def answer(self, right: bool = True) -> Outcome:
        shown = self.round.shown
        assert shown is not None
        option = shown.order[[name == "o0" for name in shown.order].index(right)]
        outcome = self.round.answer(Choice(option, shown.order), certainty=Certainty.CERTAIN)
        keeping = (outcome.answer, shown.policy, shown.card.question, outcome.followed)
        self.round.kept(outcome, self.journal.keep(*keeping))
        return outcome

    def do(self, act: CardAct, card_id: CardId) -> None:
        assert not isinstance(self.round.do(act, card_id).carry_out(self.journal), Refused)

    def undo(self) -> Undone | None:
        """Take back the last act; None if there is none."""
        undone = self.round.undo()
        if isinstance(undone, Request):
            undone = undone.carry_out(self.journal)
        return undone if isinstance(undone, Undone) else None

    def undo_one(self) -> Undone:
        undone = self.undo()
        assert undone is not None
        return undone

    def state(self, card_id: CardId) -> CardState:
        return self.journal.states().get(card_id) or CardState(card_id=card_id)

    def agrees(self) -> None:
        """Hold what the round believes against the journal, and the journal against a replay of its own."""
        for card_id, state in self.journal.states().items():
            assert self.round.sitting.state(card_id) == state
        assert self.journal.verify().sound


@pytest.fixture
def table(tmp_path: Path) -> Iterator[Table]:
    table = Table(tmp_path / "journal.db")
    with closing(table.journal):
        yield table


ON_CARDS: list[CardAct] = [Suspend(), Bury(CLOCK.now().study_day + timedelta(days=1)), Flag(), Note("mine")]


@pytest.mark.parametrize("act", ON_CARDS, ids=lambda act: type(act).__name__)
@pytest.mark.parametrize("when", ["asked", "answered", "the card before"])
def test_the_last_act_is_taken_back_and_not_the_answer_before_it(table: Table, act: CardAct, when: str) -> None:
    table.shown()
    first = table.answer()
    if when == "answered":
        card_id = first.shown.card.id
    else:
        asked = table.shown()
        card_id = asked.card.id if when == "asked" else first.shown.card.id
    before = table.state(card_id)
    table.do(act, card_id)
    assert table.state(card_id).marks != before.marks
    hides = isinstance(act, Suspend | Bury)
    assert (table.round.shown is None) is (hides and when == "asked")
    undone = table.undo_one()
    assert table.state(card_id) == before
    assert (undone.again is not None) is (hides and when == "asked")
    if undone.again is not None:
        assert undone.again.card.id == card_id
    assert len(table.round.sitting.outcomes) == 1
    table.agrees()
    assert table.undo_one().what is Step.ANSWER
    assert table.state(first.shown.card.id).progress is None


def test_undo_of_an_answer_takes_back_the_suspension_that_it_brought(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing((earlier := Table(path, cards=1)).journal):
        earlier.shown()
        earlier.answer()
    table = Table(path, cards=1, leech_lapses=1, days_later=30)
    with closing(table.journal):
        card_id = table.shown().card.id
        assert table.answer(right=False).leech
        assert table.state(card_id).marks.suspended
        undone = table.undo_one()
        assert undone.again is not None
        assert not table.state(card_id).marks.suspended
        table.answer()
        assert not table.state(card_id).marks.suspended
        table.agrees()


def test_home_takes_back_what_was_done_last_with_what_it_brought(tmp_path: Path) -> None:
    path = tmp_path / "journal.db"
    with closing((earlier := Table(path, cards=1)).journal):
        earlier.shown()
        earlier.answer()
    table = Table(path, cards=1, leech_lapses=1, days_later=30)
    with closing(table.journal):
        card_id = table.shown().card.id
        outcome = table.answer(right=False)
        table.do(Overrule(outcome.answer.id, Rating.HARD), card_id)
        table.do(Note("mine"), card_id)
        now = table.round.clock.now()
        assert table.journal.undo_last(now) == (card_id, EventKind.NOTE)
        assert table.journal.undo_last(now) == (card_id, EventKind.OVERRULE)
        assert table.state(card_id).marks.suspended
        assert table.journal.undo_last(now) == (card_id, None)
        assert not table.state(card_id).marks.suspended
        assert table.journal.undo_last(now) == (card_id, None)
        assert table.state(card_id).progress is None
        assert table.journal.undo_last(now) is None
        assert table.journal.verify().sound


def test_an_overruling_is_taken_back_before_the_answer(table: Table) -> None:
    table.shown()
    outcome = table.answer()
    card_id = outcome.shown.card.id
    given_state = table.state(card_id)
    table.do(Overrule(outcome.answer.id, Rating.AGAIN), card_id)
    assert table.state(card_id) != given_state
    assert table.undo_one().what is EventKind.OVERRULE
    assert table.state(card_id) == given_state
    assert table.round.state == given_state
    assert table.undo_one().what is Step.ANSWER


def test_a_skip_is_taken_back(table: Table) -> None:
    skipped = table.shown()
    table.round.skip()
    other = table.shown()
    undone = table.undo_one()
    assert undone.what is Step.SKIP
    assert undone.again is not None
    assert undone.again.card.id == skipped.card.id
    table.answer()
    assert table.shown().card.id == other.card.id


def test_nothing_is_taken_back_before_an_answer_is_saved(table: Table) -> None:
    assert table.round.undo() == Refused(Cannot.NOTHING)
    shown = table.shown()
    table.round.answer(Choice(shown.order[0], shown.order))
    assert table.round.undo() == Refused(Cannot.UNSAVED)


def test_a_refused_act_changes_nothing_and_is_not_there_to_be_taken_back(
    table: Table, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise KeepError("The disk is full.")

    shown = table.shown()
    with monkeypatch.context() as patch:
        patch.setattr(Journal, "act", refuse)
        assert table.round.do(Suspend(), shown.card.id).carry_out(table.journal) == Refused("The disk is full.")
    assert table.round.shown is shown
    assert table.round.undo() == Refused(Cannot.NOTHING)
    table.agrees()


def test_bury_and_suspend_are_lifted_where_they_were_set(table: Table) -> None:
    table.shown()
    card_id = table.answer().shown.card.id
    for change, there, back in (
        (table.round.suspend_or_resume, Suspend, Resume),
        (table.round.bury_or_unbury, Bury, Unbury),
        (table.round.flag_or_unflag, Flag, Unflag),
    ):
        for expected in (there, back, there):
            act = change(card_id)
            assert isinstance(act, expected)
            table.do(act, card_id)


DOINGS = ["next", "right", "wrong", "undo", "skip", "suspend", "bury", "flag", "note", "again", "before"]


@settings(max_examples=25)  # each opens a journal of its own
@given(st.lists(st.sampled_from(DOINGS), max_size=30))
def test_whatever_is_done_and_taken_back_the_round_agrees_with_the_journal(
    tmp_path_factory: pytest.TempPathFactory, doings: list[str]
) -> None:
    table = Table(tmp_path_factory.mktemp("round") / "journal.db")
    with closing(table.journal):
        for doing in doings:
            step(table, doing)
        table.agrees()
        while table.undo() is not None:
            pass
        assert all(state == CardState(card_id=card_id) for card_id, state in table.journal.states().items())


def step(table: Table, doing: str) -> None:
    """Do one thing, if it can be done now."""
    round_ = table.round
    if round_.shown is None or (doing == "next" and round_.outcome is not None):
        round_.next()
    if round_.shown is None:
        return
    card_id = round_.shown.card.id
    match doing:
        case "right" | "wrong" if round_.outcome is None:
            table.answer(right=doing == "right")
        case "undo":
            table.undo()
        case "skip":
            round_.skip()
        case "suspend":
            table.do(round_.suspend_or_resume(card_id), card_id)
        case "bury":
            table.do(round_.bury_or_unbury(card_id), card_id)
        case "flag":
            table.do(round_.flag_or_unflag(card_id), card_id)
        case "note":
            table.do(Note("mine"), card_id)
        case "again" if round_.sitting.outcomes:
            last = round_.sitting.outcomes[-1]
            table.do(Overrule(last.answer.id, Rating.AGAIN), last.shown.card.id)
        case "before" if round_.sitting.outcomes:
            before = round_.sitting.outcomes[-1].shown.card.id
            table.do(round_.suspend_or_resume(before), before)


def test_every_act_has_its_words() -> None:
    overrule = Overrule(EntryId("an answer"), Rating.AGAIN)
    acts: list[CardAct] = [*ON_CARDS, Resume(), Unbury(), Unflag(), Note(""), overrule]
    words = [done_words(act) for act in acts] + [undone_words(what) for what in (*Step, *EventKind)]
    assert all(word.endswith(".") for word in words)
    assert done_words(overrule) == "Rated “Again” instead."
