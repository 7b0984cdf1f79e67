"""One answer moves one card: steps, lapses, the end of the day, and intervals in order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembering import CARD, NO_STEPS, STEADY, course, graded, noon
from remembering import day as study_day
from sciaquiz.clock import Moment, moment_at
from sciaquiz.journal.entries import Phase, Progress, Rating
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.schedule import advance, elapsed_days, preview

BERLIN = ZoneInfo("Europe/Berlin")
AGAIN, HARD, GOOD, EASY = Rating

answers = st.lists(st.tuples(st.integers(0, 400), st.sampled_from(Rating)), min_size=1, max_size=12)
policies = st.builds(
    Policy,
    desired_retention=st.floats(0.70, 0.99),
    learning_steps=st.sampled_from([(), (1,), (1, 10), (1, 10, 600)]),
    relearning_steps=st.sampled_from([(), (10,), (10, 60)]),
    maximum_interval=st.integers(1, 36500),
    fuzz=st.booleans(),
)


def minutes_until_due(progress: Progress) -> float:
    assert progress.due_at is not None
    return (progress.due_at - progress.last_at) / timedelta(minutes=1)


def lived(history: list[tuple[int, Rating]], policy: Policy) -> tuple[Progress, int]:
    """What a card comes to by answers (days after the one before, rating), and the last day."""
    moments, day = [], 0
    for gap, rating in history:
        day += gap
        moments.append((noon(day), rating))
    return course(moments, policy), day


@pytest.mark.parametrize(
    ("rating", "phase", "step", "minutes"),
    [
        (AGAIN, Phase.LEARNING, 0, 1),
        (HARD, Phase.LEARNING, 0, 5.5),
        (GOOD, Phase.LEARNING, 1, 10),
    ],
)
def test_a_new_card_goes_on_a_learning_step(rating: Rating, phase: Phase, step: int, minutes: float) -> None:
    after = course([(noon(0), rating)], STEADY)
    assert (after.phase, after.step, after.interval_days) == (phase, step, 0)
    assert minutes_until_due(after) == minutes
    assert after.due_day == study_day(0)


def test_easy_takes_a_new_card_past_its_steps() -> None:
    after = course([(noon(0), EASY)], STEADY)
    assert (after.phase, after.due_at, after.interval_days) == (Phase.REVIEW, None, 8)
    assert after.due_day == study_day(8)


def test_good_on_the_last_step_ends_learning() -> None:
    after = course([(noon(0), 3), (noon(0, 10), 3)], STEADY)
    assert (after.phase, after.step, after.interval_days, after.due_at) == (Phase.REVIEW, 0, 2, None)
    assert after.due_day == study_day(2)


def test_again_on_a_step_goes_back_to_the_first_and_is_no_lapse() -> None:
    after = course([(noon(0), 3), (noon(0, 10), 1)], STEADY)
    assert (after.phase, after.step, after.lapses) == (Phase.LEARNING, 0, 0)
    assert minutes_until_due(after) == 1


def test_hard_on_a_later_step_repeats_it() -> None:
    after = course([(noon(0), 3), (noon(0, 10), 2)], STEADY)
    assert (after.phase, after.step) == (Phase.LEARNING, 1)
    assert minutes_until_due(after) == 10


def test_hard_on_a_single_step_waits_half_as_long_again() -> None:
    after = course([(noon(0), 2)], Policy(fuzz=False, learning_steps=(10,)))
    assert minutes_until_due(after) == 15


def test_steps_answered_on_another_day_still_count() -> None:
    after = course([(noon(0), 3), (noon(3), 3)], STEADY)
    assert after.phase is Phase.REVIEW
    assert after.memory.stability > course([(noon(0), 3), (noon(0, 10), 3)], STEADY).memory.stability


def test_a_card_whose_step_the_policy_no_longer_has_leaves_its_steps_with_good() -> None:
    on_third = course([(noon(0), 3), (noon(0, 1), 3)], Policy(fuzz=False, learning_steps=(1, 10, 600)))
    assert on_third.step == 2
    assert advance(on_third, graded(noon(0, 700), 3), STEADY).phase is Phase.REVIEW
    held = advance(on_third, graded(noon(0, 2), 2), STEADY)
    assert (held.step, minutes_until_due(held)) == (1, 10)


def test_forgetting_a_learnt_card_is_a_lapse_and_puts_it_on_a_relearning_step() -> None:
    after = course([(noon(0), 4), (noon(8), 1)], STEADY)
    assert (after.phase, after.step, after.lapses, after.interval_days) == (Phase.RELEARNING, 0, 1, 0)
    assert minutes_until_due(after) == 10


def test_forgetting_it_again_while_relearning_is_the_same_lapse() -> None:
    after = course([(noon(0), 4), (noon(8), 1), (noon(8, 10), 1)], STEADY)
    assert (after.phase, after.lapses) == (Phase.RELEARNING, 1)


def test_a_relearnt_card_comes_back_sooner_than_before() -> None:
    before = course([(noon(0), 4), (noon(8), 3)], STEADY)
    after = course([(noon(0), 4), (noon(8), 3), (noon(40), 1), (noon(40, 10), 3)], STEADY)
    assert after.phase is Phase.REVIEW
    assert 1 <= after.interval_days < before.interval_days


def test_without_relearning_steps_a_lapse_stays_in_review_with_a_day_at_least() -> None:
    after = course([(noon(0), 4), (noon(8), 1)], NO_STEPS)
    assert (after.phase, after.lapses, after.due_at) == (Phase.REVIEW, 1, None)
    assert after.interval_days >= 1


def test_every_answer_is_counted_and_dated() -> None:
    after = course([(noon(0), 3), (noon(0, 10), 3), (noon(5), 2)], STEADY)
    assert (after.reps, after.first_day, after.last_day) == (3, study_day(0), study_day(5))
    assert (after.last_at, after.last_rating) == (noon(5).instant, HARD)


def test_a_step_past_the_end_of_the_study_day_is_due_from_the_beginning_of_the_next() -> None:
    late = moment_at(datetime(2026, 3, 3, 3, 55, tzinfo=UTC))
    assert late.study_day == date(2026, 3, 2)
    after = advance(None, graded(late, 3), STEADY)
    assert (after.phase, after.due_at, after.due_day) == (Phase.LEARNING, None, date(2026, 3, 3))


def test_a_step_before_the_end_of_the_study_day_stays_in_it_after_midnight() -> None:
    late = moment_at(datetime(2026, 3, 2, 23, 55, tzinfo=UTC))
    after = advance(None, graded(late, 3), STEADY)
    assert (after.due_at, after.due_day) == (datetime(2026, 3, 3, 0, 5, tzinfo=UTC), date(2026, 3, 2))


def test_the_rollover_hour_is_that_of_the_policy() -> None:
    late = moment_at(datetime(2026, 3, 2, 23, 55, tzinfo=UTC), rollover_hour=0)
    after = advance(None, graded(late, 3), Policy(rollover_hour=0))
    assert (after.due_at, after.due_day) == (None, date(2026, 3, 3))


@pytest.mark.parametrize(
    ("before_change", "elapsed_hours"),
    [(datetime(2026, 3, 28, 12, tzinfo=BERLIN), 23), (datetime(2026, 10, 24, 12, tzinfo=BERLIN), 25)],
)
def test_a_day_on_which_the_clocks_change_is_one_day(before_change: datetime, elapsed_hours: int) -> None:
    first, second = moment_at(before_change), moment_at(before_change + timedelta(days=1))
    assert second.instant - first.instant == timedelta(hours=elapsed_hours)
    after = advance(None, graded(first, 4), NO_STEPS)
    assert elapsed_days(after, second.study_day) == 1
    changed = advance(after, graded(second, 3), NO_STEPS).memory
    assert changed == course([(noon(0), 4), (noon(1), 3)], NO_STEPS).memory


@pytest.mark.parametrize(
    "local", [datetime(2026, 3, 29, 1, 55, tzinfo=BERLIN), datetime(2026, 10, 25, 2, 55, tzinfo=BERLIN)]
)
def test_a_step_across_a_change_of_the_clocks_waits_its_minutes(local: datetime) -> None:
    moment = moment_at(local)
    after = advance(None, graded(moment, 3), STEADY)
    assert after.due_at == moment.instant + timedelta(minutes=10)
    assert after.due_day == moment.study_day


def test_a_clock_that_went_backwards_counts_as_the_same_day() -> None:
    answered = course([(noon(10), 4)], NO_STEPS)
    assert elapsed_days(answered, study_day(3)) == 0
    backwards = advance(answered, graded(noon(3), 3), NO_STEPS)
    same_day = advance(answered, graded(noon(10), 3), NO_STEPS)
    assert backwards.memory == same_day.memory
    assert backwards.interval_days == same_day.interval_days


@given(answers, policies)
def test_whatever_happened_a_card_is_never_due_before_its_last_answer(
    history: list[tuple[int, Rating]], policy: Policy
) -> None:
    progress, day = lived(history, policy)
    assert progress.due_day >= study_day(day)
    if progress.phase is Phase.REVIEW:
        assert 1 <= progress.interval_days <= policy.maximum_interval
        assert progress.due_day == study_day(day) + timedelta(days=progress.interval_days)
        assert progress.due_at is None
    else:
        assert progress.interval_days == 0
        assert progress.due_at is None or progress.due_at > progress.last_at


@given(answers, policies, st.integers(0, 400))
def test_better_answers_come_back_later(history: list[tuple[int, Rating]], policy: Policy, gap: int) -> None:
    progress, day = lived(history, policy)
    found = preview(progress, CARD, noon(day + gap), policy)
    again, hard, good, easy = (found[rating] for rating in Rating)
    due = [(after.due_day, after.due_at or noon(0).instant) for after in (again, hard, good, easy)]
    assert [day for day, _ in due] == sorted(day for day, _ in due)
    for worse, better in ((hard, good), (good, easy)):
        if worse.phase is better.phase is Phase.REVIEW and better.interval_days < policy.maximum_interval:
            assert worse.interval_days < better.interval_days
        if worse.due_at and better.due_at:
            assert worse.due_at <= better.due_at


@given(st.integers(0, 3), st.floats(0.70, 0.98))
def test_wanting_more_recall_never_makes_intervals_longer(extra: int, retention: float) -> None:
    history = [(noon(0), 4), (noon(8), 3), (noon(30 + extra), 3)]
    less = course(history, Policy(fuzz=False, desired_retention=retention))
    more = course(history, Policy(fuzz=False, desired_retention=retention + 0.01))
    assert more.interval_days <= less.interval_days


@given(st.integers(0, 700))
def test_waiting_longer_and_still_knowing_it_never_makes_the_interval_shorter(gap: int) -> None:
    first = course([(noon(0), 4), (noon(8), 3)], STEADY)
    sooner = advance(first, graded(noon(8 + gap), 3), STEADY)
    later = advance(first, graded(noon(9 + gap), 3), STEADY)
    assert later.memory.stability >= sooner.memory.stability
    assert later.interval_days >= sooner.interval_days


def test_intervals_grow_while_a_card_is_known() -> None:
    progress, found = course([(noon(0), 4)], Policy()), []
    day = progress.interval_days
    for _ in range(5):
        progress = advance(progress, graded(noon(day), 3), Policy())
        found.append(progress.interval_days)
        day += progress.interval_days
    assert found == sorted(set(found))


@pytest.mark.parametrize("fuzz", [False, True])
def test_the_maximum_holds_for_all_ratings(fuzz: bool) -> None:
    policy = Policy(fuzz=fuzz, maximum_interval=30, learning_steps=(), relearning_steps=())
    progress = course([(noon(0), 4), (noon(8), 4), (noon(38), 4)], policy)
    found = preview(progress, CARD, noon(68), policy)
    assert [found[rating].interval_days for rating in (HARD, GOOD, EASY)] == [30, 30, 30]


def test_a_preview_changes_nothing_and_tells_what_comes() -> None:
    at: Moment = noon(8)
    before = course([(noon(0), 4)], STEADY)
    found = preview(before, CARD, at, STEADY)
    assert before == course([(noon(0), 4)], STEADY)
    assert set(found) == set(Rating)
    assert all(found[rating] == advance(before, graded(at, rating), STEADY) for rating in Rating)
