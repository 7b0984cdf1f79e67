"""What a sitting says of each rating is what the journal keeps, on every device, whatever is done about it later."""

from __future__ import annotations

import io
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest

from making import deck, single
from sciaquiz.clock import FixedClock
from sciaquiz.journal.acts import Done, Overrule
from sciaquiz.journal.entries import Certainty, Rating
from sciaquiz.marking.response import Choice
from sciaquiz.memory.balance import Load
from sciaquiz.memory.explain import explain_card
from sciaquiz.memory.fuzz import SPREAD
from sciaquiz.memory.policy import Policy
from sciaquiz.store import connect as connecting
from sciaquiz.store.journal import Journal
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.round import Request, Round
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.turns import Over, Shown

if TYPE_CHECKING:
    from pathlib import Path

    from sciaquiz.deck.model import Deck
    from sciaquiz.study.turns import Outcome

CLOCK = FixedClock(datetime(2026, 11, 22, 9, tzinfo=UTC))
FAR = FixedClock(CLOCK.local + timedelta(days=90)).now()
POLICY = Policy(learning_steps=())
DEMO = deck(*(single(f"q{number}") for number in range(12)))


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    """Wait for no disk."""
    monkeypatch.setattr(connecting, "PRAGMAS", ("synchronous=OFF",))


def sitting_over(journal: Journal, clock: FixedClock, over: Deck = DEMO) -> Round:
    pool = CardPool(over.cards(), journal.states())
    today = clock.now().study_day
    sitting = Sitting(
        pool,
        policy_for=lambda _: POLICY,
        limits=Limits(99, 99),
        now=clock.now(),
        load=lambda: Load(due_in(pool, today)),
        random=Random(7),
    )
    return Round(sitting, clock, {over.id: over})


def due_in(pool: CardPool, today: date) -> dict[date, int]:
    return {today + timedelta(days=ahead): due for ahead, due in enumerate(pool.forecast(today, 90))}


def answer(round_: Round, journal: Journal, right: bool) -> Outcome:
    shown = round_.shown
    assert shown is not None
    option = shown.order[[name == "o0" for name in shown.order].index(right)]
    outcome = round_.answer(Choice(option, shown.order), certainty=Certainty.CERTAIN)
    round_.kept(outcome, journal.keep(outcome.answer, shown.policy, shown.card.question))
    return outcome


def test_previews_are_kept_through_overrule_undo_and_the_other_device(tmp_path: Path) -> None:
    with closing(Journal.open(tmp_path / "a.db", CLOCK.now())) as journal:
        for day in (0, 4, 25):
            clock = FixedClock(CLOCK.local + timedelta(days=day))
            round_ = sitting_over(journal, clock)
            while not isinstance(shown := round_.next(), Over):
                foreseen, name = shown.previews, shown.card.id
                reviews, events = journal.history(name)
                why = explain_card(
                    shown.before, reviews, events, shown.moment, POLICY, journal.policies(), round_.sitting.load
                )
                assert why.previews == foreseen
                outcome = answer(round_, journal, right=name != "demo:q3" or day != 25)
                assert journal.states()[name].progress == foreseen[outcome.verdict.rating] == outcome.predicted
                if name in {"demo:q5", "demo:q6"}:
                    undo = round_.undo()
                    assert isinstance(undo, Request)
                    undo.carry_out(journal)
                    again = round_.shown
                    assert again is not None
                    assert again.previews == foreseen  # the load is as it was
                    answer(round_, journal, right=True)
                if name == "demo:q7":
                    for rating in Rating:
                        done = round_.do(Overrule(outcome.answer.id, rating), name).carry_out(journal)
                        assert isinstance(done, Done)
                        assert done.state.progress == foreseen[rating]
        assert any(SPREAD in review.response for review in journal.history(DEMO.cards()[0].id)[0])
        assert journal.verify().sound
        lines = io.StringIO()
        journal.export_to(lines)
        with closing(Journal.open(tmp_path / "b.db", CLOCK.now())) as other:
            other.import_from(io.StringIO(lines.getvalue()), FAR)
            assert other.states() == journal.states()
            assert other.verify().sound


def test_an_answer_taken_back_at_the_end_leaves_its_day(tmp_path: Path) -> None:
    with closing(Journal.open(tmp_path / "a.db", CLOCK.now())) as journal:
        for day in (0, 4, 25):
            clock = FixedClock(CLOCK.local + timedelta(days=day))
            round_ = sitting_over(journal, clock, deck(single("q0")))
            shown = round_.next()
            assert isinstance(shown, Shown)
            answer(round_, journal, right=True)
            round_.sitting.due_tomorrow(clock.now().study_day)
            undo = round_.undo()
            assert isinstance(undo, Request)
            undo.carry_out(journal)
            assert round_.shown is not None
            assert round_.shown.previews == shown.previews
            answer(round_, journal, right=True)


def test_cards_met_on_one_day_come_back_level(tmp_path: Path) -> None:
    """By the hash alone they come as it happens; by the load no day of their range has two more than another."""
    with closing(Journal.open(tmp_path / "a.db", CLOCK.now())) as journal:
        for day in (0, 3):
            round_ = sitting_over(journal, FixedClock(CLOCK.local + timedelta(days=day)))
            while not isinstance(round_.next(), Over):
                answer(round_, journal, right=True)
        days = Counter(state.progress.due_day for state in journal.states().values() if state.progress)
    assert len(days) > 2
    assert max(days.values()) - min(days.values()) <= 1
