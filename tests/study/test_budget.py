"""A day measured by time: what it holds, what waits, and what is asked ahead of a planned break."""

from __future__ import annotations

import dataclasses
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from making import deck, single
from remembering import NO_STEPS, course
from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId
from sciaquiz.journal.costs import Costs, Timed, costs_of
from sciaquiz.journal.entries import CardState, DayTally
from sciaquiz.journal.snapshot import Habits
from sciaquiz.memory.fits import DEFAULT_FITS
from sciaquiz.settings import Settings
from sciaquiz.study import today as planning
from sciaquiz.study.budget import Budget, Early, Holds, day_work
from sciaquiz.study.days import (
    LITTLE_MINUTES,
    PlannedBreak,
    Stage,
    break_on,
    budget_on,
    days_off,
    new_on,
    share_of,
)
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits, Ranking

TODAY = date(2026, 11, 22)
COSTS = Costs(new=60.0, right=10.0, wrong=40.0)
ordinary = Limits(10, 200)


def timed(answers: list[tuple[str, float, float | None, bool]]) -> list[Timed]:
    """Answers of one day: card, seconds since the answer before, seconds of thinking, right or not; “n…” are new."""
    found, at = [], 0.0
    for name, gap, thought, passed in answers:
        at += gap
        latency = None if thought is None else round(1000 * thought)
        found.append(Timed(name, TODAY, round(1000 * at), latency, passed, name.startswith("n")))
    return found


def test_a_card_costs_its_thinking_its_reading_and_its_steps() -> None:
    """A right card: 8 s, then 4 s of reading. A wrong one: 12 + 20, and once more 6 + 4. A new one: thrice 10 + 5."""
    answers: list[tuple[str, float, float | None, bool]] = []
    read = 0.0
    for number in range(200):
        for name, thought, passed, reading in (
            (f"r{number}", 8.0, True, 4.0), (f"w{number}", 12.0, False, 20.0), (f"w{number}", 6.0, True, 4.0),
        ):  # fmt: skip
            answers.append((name, read + thought, thought, passed))
            read = reading
    found = costs_of(timed(answers))
    assert found is not None
    assert found.right == pytest.approx(12.0, rel=0.03)
    assert found.wrong == pytest.approx(42.0, rel=0.03)
    assert found.review(0.9) == pytest.approx(15.0, rel=0.03)
    fresh: list[tuple[str, float, float | None, bool]] = [
        (f"n{number}", 15.0, 10.0, True) for number in range(100) for _ in range(3)
    ]
    new = costs_of(timed(fresh))
    assert new is not None
    assert new.new == pytest.approx(45.0, rel=0.03)


def test_costs_are_means_so_that_slow_answers_count() -> None:
    answers: list[tuple[str, float, float | None, bool]] = [
        (f"r{number}", 60.0 if number % 5 == 0 else 10.0, 50.0 if number % 5 == 0 else 5.0, True)
        for number in range(200)
    ]
    found = costs_of(timed(answers))
    assert found is not None
    assert found.right == pytest.approx(20.0, rel=0.05)  # the median is 10


def test_breaks_and_times_that_were_not_measured_are_taken_for_the_mean() -> None:
    answers: list[tuple[str, float, float | None, bool]] = [
        (f"r{number}", 4000.0 if number % 10 == 0 else 10.0, None if number % 7 == 0 else 6.0, True)
        for number in range(200)
    ]
    found = costs_of(timed(answers))
    assert found is not None
    assert found.right == pytest.approx(10.0, rel=0.05)
    assert costs_of(timed(answers[:9])) is None
    assert costs_of([]) is None


def states_of(ages: list[tuple[int, int]]) -> dict[CardId, CardState]:
    """Cards by the days since their last Easy answer, and how many there were."""
    found = {}
    for place, (ago, times) in enumerate(ages):
        name = CardId(f"q{place}")
        moments = [datetime(2026, 11, 22, 9, tzinfo=UTC) - timedelta(days=ago + 9 * back) for back in range(times)]
        progress = course([(moment_at(moment), 4) for moment in reversed(moments)], NO_STEPS)
        found[name] = CardState(card_id=name, progress=progress)
    return found


CARDS = deck(*(single(f"q{number}") for number in range(40)))
ages = st.lists(st.tuples(st.integers(1, 60), st.integers(1, 2)), max_size=30)


def seconds_of(pool: CardPool, cards: list[CardId]) -> float:
    recall = {card.card_id: card.recall for card in pool.overdue(TODAY, Ranking())}
    return sum(COSTS.review(recall[name]) for name in cards)


@settings(max_examples=40)
@given(ages, st.integers(0, 30), st.integers(0, 12), st.integers(0, 12), st.integers(0, 12))
def test_the_day_holds_its_minutes_to_half_a_card_and_nothing_new_before_what_is_due(
    known: list[tuple[int, int]], minutes: int, introduced: int, kept: int, failed: int
) -> None:
    pool = CardPool(CARDS.cards(), states_of(known))
    budget = Budget(seconds=60.0 * minutes, costs=COSTS)
    tally = DayTally(introduced, kept + failed, failed)
    left = budget.left(tally)
    assert left == 60 * minutes - 60 * introduced - 10 * kept - 40 * failed
    usual = day_work(pool, TODAY, ordinary, tally, unsafe={})
    work = day_work(pool, TODAY, replace(ordinary, budget=budget), tally, unsafe={})
    names = [waiting.card_id for waiting in work.reviews]
    takes = seconds_of(pool, names) + 60 * len(work.new)
    assert takes <= max(0.0, left) + 60 / 2
    assert len(work.reviews) + work.beyond == len(usual.reviews) + usual.beyond
    if work.beyond > usual.beyond:
        assert work.new == ()
        assert work.is_full
    if not work.is_full:
        assert work == usual


def test_after_a_break_nothing_new_comes_until_a_day_holds_what_is_due() -> None:
    pool = CardPool(CARDS.cards(), states_of([(60, 1)] * 30))
    for minutes, holds, reviews, new in (
        (5, Holds.BACKLOG, 16, 0), (5, Holds.ALWAYS, 16, 0), (5, Holds.NOTHING, 30, 10), (30, Holds.BACKLOG, 30, 10),
    ):  # fmt: skip
        budget = Budget(seconds=60.0 * minutes, costs=COSTS, holds=holds)
        work = day_work(pool, TODAY, replace(ordinary, budget=budget), DayTally(), unsafe={})
        assert (len(work.new), len(work.reviews)) == (new, reviews), (minutes, holds)
    behind = day_work(
        pool, TODAY, replace(ordinary, budget=Budget(seconds=300.0, costs=COSTS)), DayTally(), unsafe={}
    )  # fmt: skip
    by_value = [card.card_id for card in pool.overdue(TODAY, Ranking())]
    assert [waiting.card_id for waiting in behind.reviews] == by_value[: len(behind.reviews)]


def test_cards_of_a_break_come_in_spare_minutes_by_what_they_are_worth_then() -> None:
    pool = CardPool(CARDS.cards(), states_of([(30, 1)] * 5 + [(4, 1), (3, 1), (2, 1), (1, 1), (1, 2), (2, 2)]))
    first = TODAY + timedelta(days=3)
    early = Early(first, first + timedelta(days=28), 17)
    for minutes, none_new in ((0, True), (3, True), (30, True), (30, False)):
        limits = Limits(0 if none_new else 10, 200, Budget(
            seconds=60.0 * minutes, costs=COSTS, holds=Holds.NOTHING, early=early
        ))  # fmt: skip
        work = day_work(pool, TODAY, limits, DayTally(), unsafe={})
        asked = [waiting.card_id for waiting in work.reviews[len(work.reviews) - work.early :]]
        ranked = [card.card_id for card in pool.overdue(TODAY, Ranking(horizon=17), (early.first, early.last))]
        assert asked == ranked[: work.early]
        assert len(work.reviews) - work.early == 5
        spent = seconds_of(pool, [waiting.card_id for waiting in work.reviews[:5]]) + 60 * len(work.new)
        assert bool(work.early) == (60 * minutes - spent > 20)
        assert 10 * work.early <= max(0.0, 60 * minutes - spent) + 20
        for name in asked:
            progress = pool.state(name).progress
            assert progress is not None
            assert early.first <= progress.due_day <= early.last
    assert day_work(pool, TODAY, limits, DayTally(), unsafe={}, most=2).early == 0
    without = {ranked[0]}
    again = day_work(pool, TODAY, limits, DayTally(), unsafe={}, without=without)
    assert ranked[0] not in {waiting.card_id for waiting in again.reviews}


def test_a_break_has_a_before_a_time_and_an_after() -> None:
    planned = PlannedBreak(TODAY + timedelta(days=7), TODAY + timedelta(days=20))
    stages = {ahead: planned.stage(TODAY + timedelta(days=ahead)) for ahead in (-1, 0, 6, 7, 20, 21, 80, 81)}
    assert stages == {
        -1: None, 0: Stage.BEFORE, 6: Stage.BEFORE, 7: Stage.DURING, 20: Stage.DURING, 21: Stage.AFTER, 80: Stage.AFTER,
        81: None,
    }  # fmt: skip
    chosen = Settings(breaks=("2026-11-01/2026-11-03", "2026-11-25/2026-11-30"), days_off=("2026-11-24",))
    assert break_on(chosen, TODAY) == (PlannedBreak(date(2026, 11, 25), date(2026, 11, 30)), Stage.BEFORE)
    assert break_on(chosen, date(2026, 11, 10)) == (PlannedBreak(date(2026, 11, 1), date(2026, 11, 3)), Stage.AFTER)
    assert break_on(Settings(), TODAY) is None
    assert {day.day for day in days_off(chosen)} == {1, 2, 3, 24, 25, 26, 27, 28, 29, 30}
    share = share_of(dataclasses.replace(chosen, easy_days=("sun=30",)))
    assert [share(date(2026, 11, day)) for day in (22, 23, 24, 25, 30)] == [0.3, 1.0, 0.0, 0.0, 0.0]


def test_the_minutes_of_a_day_are_those_of_the_settings_else_the_usual_ones() -> None:
    habits = Habits(answers_by_day={TODAY - timedelta(days=1): 90}, seconds_per_answer=20.0)
    few = Habits(answers_by_day={TODAY - timedelta(days=1): 9}, seconds_per_answer=20.0, costs=COSTS)
    ahead, behind = ("2026-11-25/2026-11-30",), ("2026-11-10/2026-11-20",)
    rows = [
        (Settings(), habits, None),
        (Settings(breaks=("2026-11-20/2026-11-30",)), habits, None),
        (Settings(breaks=ahead), habits, (30 * 60, Holds.NOTHING)),
        (Settings(breaks=behind), habits, (30 * 60, Holds.BACKLOG)),
        (Settings(breaks=behind), few, (LITTLE_MINUTES * 60, Holds.BACKLOG)),
        (Settings(breaks=behind, minutes_per_day=12), habits, (12 * 60, Holds.ALWAYS)),
        (Settings(minutes_per_day=12), few, (12 * 60, Holds.ALWAYS)),
    ]
    for chosen, known, wanted in rows:
        found = budget_on(chosen, TODAY, partial(replace, known))
        assert (found and (found.seconds, found.holds)) == wanted
        assert found is None or found.costs == planning.costs_of(known)
        assert (found is not None and found.early is not None) == (chosen.breaks == ahead)
    early = budget_on(Settings(breaks=ahead), TODAY, lambda: habits)
    assert early is not None
    assert early.early == Early(date(2026, 11, 25), date(2026, 12, 14), 9)


def test_reviews_are_ranked_by_the_seconds_that_right_and_wrong_answers_take() -> None:
    ranking = planning.ranking_of(lambda: Habits(costs=COSTS), DEFAULT_FITS)
    assert (ranking.usual, ranking.more_when_wrong, ranking.horizon) == (10.0, 3.0, 30)
    plain = planning.ranking_of(Habits, DEFAULT_FITS)
    assert (plain.usual, plain.more_when_wrong) == (20.0, 1.0)


def test_an_easy_day_takes_its_share_of_new_cards_and_minutes() -> None:
    chosen = Settings(new_per_day=10, minutes_per_day=20, easy_days=("sun=30", "mon=0"))
    days = [TODAY + timedelta(days=ahead) for ahead in range(3)]  # from a Sunday on
    assert [new_on(chosen, day) for day in days] == [3, 0, 10]
    found = [budget_on(chosen, day, Habits) for day in days]
    assert [budget and budget.seconds for budget in found] == [360.0, 0.0, 1200.0]
