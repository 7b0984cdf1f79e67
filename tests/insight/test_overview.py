"""The day's work by deck, the streak, the heatmap, and searching."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import cloze, deck, single
from remembering import NO_STEPS, STEADY, course
from sciaquiz.clock import moment_at
from sciaquiz.deck.model import Deck, Safety
from sciaquiz.ids import CardId
from sciaquiz.insight.heatmap import level, weeks
from sciaquiz.insight.overview import overview, streak
from sciaquiz.insight.planning import plan_words
from sciaquiz.journal.entries import CardState, DayTally, Unsafe
from sciaquiz.journal.snapshot import Snapshot
from sciaquiz.settings import Settings
from sciaquiz.study.days import budget_on, new_on
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits

TODAY = date(2026, 11, 22)


def pool(decks: list[Deck], snapshot: Snapshot) -> CardPool:
    return CardPool([card for deck in decks for card in deck.cards()], snapshot.states)


def test_the_daily_limit_holds_over_all_decks_together() -> None:
    decks = [deck(*(single(f"{name}{n}", deck=name) for n in range(5)), name=name) for name in ("a", "b")]
    done = Snapshot(today=TODAY, done=DayTally(introduced=2))
    seen = overview(decks, pool(decks, done), done, TODAY, limits=Limits(6, 100))
    assert [(row.new, row.unseen, row.known) for row in seen.rows] == [(2, 5, 0.0), (2, 5, 0.0)]
    assert (seen.new, seen.due, seen.minutes) == (4, 0, 3)


def test_what_is_still_being_learned_is_not_known_and_what_is_unsafe_waits() -> None:
    cards = deck(single("learning"), single("learnt", safety=Safety.MUST_NOT_MISS))
    now = moment_at(datetime(2026, 11, 22, 9, tzinfo=UTC))
    states = {
        CardId("learning"): CardState(card_id=CardId("learning"), progress=course([(now, 3)], STEADY)),
        CardId("learnt"): CardState(
            card_id=CardId("learnt"), progress=course([(now, 4)], NO_STEPS), unsafe=Unsafe(TODAY)
        ),
    }
    week = TODAY + timedelta(days=7)
    told = Snapshot(today=week, states=states)
    seen = overview([cards], pool([cards], told), told, week, limits=Limits(0, 0))
    [row] = seen.rows
    assert row.due == 1
    assert 0.4 < row.known < 0.5
    assert seen.limit_words == ("1 card comes although today's limit is reached: what is unsafe is not put off.",)


@pytest.mark.parametrize(
    ("limit", "unsafe_since", "told"),
    [
        (9, None, (2, ("1 more is due and waits for another day: of a question with several cards one is asked a day.",))),
        (1, None, (1, (
            "1 more is due beyond today's limit.",
            "1 more is due and waits for another day: of a question with several cards one is asked a day.",
        ))),
        (9, TODAY, (2, ("1 more is due and waits for another day: of a question with several cards one is asked a day.",))),
    ],
)  # fmt: skip
def test_what_waits_since_another_card_of_its_question_is_asked_is_told(
    limit: int, unsafe_since: date | None, told: tuple[int, tuple[str, ...]]
) -> None:
    cards = deck(cloze(("one", "c1"), " and ", ("two", "c2")), single("alone", safety=Safety.MUST_NOT_MISS))
    now, week = moment_at(datetime(2026, 11, 22, 9, tzinfo=UTC)), TODAY + timedelta(days=30)
    states = {
        card.id: CardState(
            card_id=card.id,
            progress=course([(now, 3)], NO_STEPS),
            unsafe=Unsafe(unsafe_since) if card.id == "alone" and unsafe_since else None,
        )
        for card in cards.cards()
    }
    snapshot = Snapshot(today=week, states=states)
    own = pool([cards], snapshot)
    seen = overview([cards], own, snapshot, week, limits=Limits(0, limit))
    assert (seen.due, seen.limit_words) == told
    assert seen.due + seen.beyond + seen.held_back == own.counts(week)[cards.id].due == 3


def test_minutes_and_a_break_say_what_they_do_today() -> None:
    cards = deck(*(single(f"q{number}") for number in range(90)))
    states = {}
    for number in range(80):
        met = moment_at(datetime(2026, 11, 14 if number < 70 else 21, 9, tzinfo=UTC))
        name = CardId(f"q{number}")
        states[name] = CardState(card_id=name, progress=course([(met, 4 if number % 2 else 3)], NO_STEPS))
    told = Snapshot(today=TODAY, states=states)
    ahead, behind = ("2026-11-24/2026-11-27",), ("2026-11-14/2026-11-20",)
    rows: list[tuple[tuple[str, ...], int, int, int, int, tuple[str, ...]]] = [
        ((), 5, 12, 0, 0, ("Today's 5 min are full: 58 reviews and all new cards wait.",)),
        ((), 60, 70, 10, 0, ()),
        ((), 31, 70, 5, 0, ("Today's 31 min are full: other new cards wait.",)),
        (behind, 0, 51, 0, 0, ("After your break, 20 min a day: 19 reviews and all new cards wait.",)),
        (behind, 60, 70, 10, 0, ()),
        (ahead, 0, 70, 10, 0, ("Break 24 Nov to 27 Nov: nothing comes ahead of it today.",)),
        (ahead, 60, 75, 10, 5, ("Break 24 Nov to 27 Nov: 5 cards of then come ahead of it today.",)),
        (("2026-11-20/2026-11-27",), 0, 70, 10, 0, ("Planned break until 27 Nov: what is due may wait.",)),
    ]
    found = []
    for breaks, minutes, *_ in rows:
        chosen = Settings(breaks=breaks, minutes_per_day=minutes)
        budget = budget_on(chosen, TODAY, told.habits)
        seen = overview([cards], pool([cards], told), told, TODAY, limits=Limits(10, 200, budget))
        found.append((breaks, minutes, seen.due, seen.new, seen.early, plan_words(chosen, budget, seen, TODAY)))
    assert found == rows
    for minutes, words in (
        (0, "An easy day, 30%: 3 new cards instead of 10."),
        (60, "Today's 18 min of an easy day are full: 24 reviews and all new cards wait."),
    ):
        easy = Settings(easy_days=("sun=30",), minutes_per_day=minutes)
        budget = budget_on(easy, TODAY, told.habits)
        seen = overview([cards], pool([cards], told), told, TODAY, limits=Limits(new_on(easy, TODAY), 200, budget))
        assert plan_words(easy, budget, seen, TODAY) == (words,)


@pytest.mark.parametrize(
    ("days_ago", "days_off", "expected"),
    [
        ((), (), 0),
        ((0,), (), 1),
        ((1, 2), (), 2),
        ((0, 1, 3), (), 2),
        ((0, 1, 3), (2,), 3),
        ((2,), (), 0),
        ((2,), (1,), 1),
    ],
)
def test_a_streak_survives_a_planned_day_off(
    days_ago: tuple[int, ...], days_off: tuple[int, ...], expected: int
) -> None:
    by_day = {TODAY - timedelta(days=ago): 3 for ago in days_ago}
    off = [(TODAY - timedelta(days=ago)).isoformat() for ago in days_off]
    assert streak(by_day, TODAY, off) == expected


@given(st.integers(0, 500), st.integers(1, 500))
def test_levels_run_from_nothing_to_the_busiest_day(answers: int, busiest: int) -> None:
    found = level(min(answers, busiest), busiest)
    assert 0 <= found <= 4
    assert (found == 0) == (answers == 0)
    assert level(busiest, busiest) == 4


def test_weeks_end_today_and_days_to_come_are_empty() -> None:
    drawn = weeks({TODAY: 5}, TODAY, 4)
    assert len(drawn) == 4
    assert drawn[-1].levels[-1] == 4
    wednesday = weeks({}, date(2026, 11, 18), 1)[0]
    assert wednesday.levels == (0, 0, 0, None, None, None, None)
