"""The questions of a case come together, and what is unsafe comes when it must."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from msgspec.structs import replace

from making import deck, single
from remembering import NO_STEPS, course
from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId, CaseId
from sciaquiz.journal.entries import CardState
from sciaquiz.memory.policy import Policy
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits, workload
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.turns import Over

NOW = moment_at(datetime(2026, 11, 23, 9, tzinfo=UTC))


def test_the_new_questions_of_a_case_come_one_after_another_even_beyond_the_limit() -> None:
    case = CaseId("ward")
    cards = deck(
        single("a"),
        replace(single("case-2"), case=case, stage=2),
        single("b"),
        replace(single("case-1"), case=case, stage=1),
        replace(single("case-3"), case=case, stage=3),
        single("c"),
    ).cards()
    work = workload(cards, {}, NOW.study_day, Limits(2, 99))
    assert [card.card_id for card in work.new] == ["a", "case-1", "case-2", "case-3"]
    sitting = Sitting(CardPool(cards, {}), policy_for=lambda _: Policy(), limits=Limits(2, 99), now=NOW)
    asked = []
    while not isinstance(shown := sitting.next(NOW), Over):
        asked.append(shown.card.id)
        sitting.skip(shown)
    assert asked == ["a", "case-1", "case-2", "case-3"] * 2  # put off once, they come last


def test_what_is_unsafe_is_asked_on_its_day_whatever_the_model_and_the_limit_say() -> None:
    cards = deck(single("safe"), single("unsafe")).cards()
    yesterday = moment_at(NOW.instant - timedelta(days=1))
    learnt = course([(yesterday, 4)], NO_STEPS)
    assert learnt.due_day > NOW.study_day
    states = {card.id: CardState(card_id=card.id, progress=learnt) for card in cards}
    tomorrow = NOW.study_day + timedelta(days=1)
    for due, asked in ((NOW.study_day, ["unsafe"]), (tomorrow, [])):
        work = workload(cards, states, NOW.study_day, Limits(0, 0), {CardId("unsafe"): due})
        assert [card.card_id for card in work.reviews] == asked


def test_what_is_unsafe_and_was_answered_without_certainty_comes_first_again_a_week_later_and_not_every_day() -> None:
    cards = deck(single("unsafe")).cards()
    due = NOW.study_day
    learnt = course([(NOW, 4)], NO_STEPS)
    states = {card.id: CardState(card_id=card.id, progress=learnt) for card in cards}
    urgent = [
        days
        for days in range(1, 10)
        if workload(cards, states, due + timedelta(days=days), Limits(0, 0), {CardId("unsafe"): due}).urgent
    ]
    assert urgent == [7, 8, 9]
