"""Intervals end on the day of their range with the least due for its size, and stay there in every replay."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from remembering import CARD, NO_STEPS, STEADY, act, course, day, noon, review
from sciaquiz.journal.entries import EventKind, Phase, Rating
from sciaquiz.memory.balance import Load, balanced
from sciaquiz.memory.derive import Derived, derive, derive_next
from sciaquiz.memory.explain import explain_card
from sciaquiz.memory.fuzz import SPREAD, pick, spread_at, spreads_in
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.replay import replay
from sciaquiz.memory.schedule import Graded, advance, preview, spacing
from sciaquiz.view.reasons import lines

FUZZED = replace(NO_STEPS, fuzz=True)
POLICIES = {policy.digest: policy for policy in (FUZZED, Policy(), STEADY)}

loads = st.dictionaries(st.integers(1, 120), st.integers(0, 40), max_size=60)
easy = st.dictionaries(st.integers(0, 6), st.sampled_from([0.0, 0.3, 0.5, 1.0]), max_size=7)


def load_of(due: dict[int, int], shares: dict[int, float] | None = None, today: int = 0) -> Load:
    """A load by days counted from the first noon."""
    return Load(
        {day(number): cards for number, cards in due.items() if number > today},
        lambda date: (shares or {}).get(date.weekday(), 1.0),
    )


@given(st.integers(1, 36000), st.integers(1, 3700), st.data())
def test_the_fraction_that_is_kept_leads_to_the_day_that_was_chosen(
    shortest: int, wide: int, data: st.DataObject
) -> None:
    days = data.draw(st.integers(shortest, shortest + wide - 1))
    assert pick(spread_at(days, shortest, shortest + wide - 1), shortest, shortest + wide - 1) == days


def test_the_day_with_the_least_due_is_chosen() -> None:
    before = course([(noon(0), 4)], FUZZED)
    at = before.interval_days
    found = spacing(before, Graded(CARD, noon(at), Rating.GOOD), FUZZED)
    assert found is not None
    assert found.longest - found.shortest > 3
    free = at + found.shortest + 2
    crowded = {at + days: 9 for days in range(1, 90)} | {free: 3}
    spreads = balanced(before, CARD, noon(at), FUZZED, load_of(crowded, today=at))
    after = preview(before, CARD, noon(at), FUZZED, spreads)[Rating.GOOD]
    assert after.due_day == day(free)


def test_a_day_is_measured_against_its_share() -> None:
    before, at = course([(noon(0), 4)], FUZZED), 8
    found = spacing(before, Graded(CARD, noon(at), Rating.GOOD), FUZZED)
    assert found is not None
    for share, wanted in ((1.0, True), (0.3, False), (0.0, False)):
        easy_day = day(at + found.shortest + 1)
        load = load_of(
            {at + days: 9 for days in range(1, 90)} | {at + found.shortest + 1: 6}, {easy_day.weekday(): share}
        )
        spreads = balanced(before, CARD, noon(at), FUZZED, load)
        assert (advance(before, Graded(CARD, noon(at), Rating.GOOD, spreads), FUZZED).due_day == easy_day) is wanted


def test_where_all_days_are_alike_the_card_keeps_its_own() -> None:
    before = course([(noon(0), 4)], FUZZED)
    spreads = balanced(before, CARD, noon(8), FUZZED, load_of({}))
    assert preview(before, CARD, noon(8), FUZZED, spreads) == preview(before, CARD, noon(8), FUZZED)


@settings(max_examples=40)
@given(loads, easy, st.integers(1, 30), st.lists(st.integers(1, 4), min_size=1, max_size=4), st.booleans())
def test_each_rating_goes_to_the_lightest_day_that_its_range_holds(
    due: dict[int, int], shares: dict[int, float], gap: int, ratings: list[int], has_steps: bool
) -> None:
    policy = Policy() if has_steps else FUZZED
    before = course([(noon(gap * place), rating) for place, rating in enumerate(ratings)], policy)
    at = gap * len(ratings)
    load = load_of(due, shares, at)
    spreads = balanced(before, CARD, noon(at), policy, load)
    foreseen = preview(before, CARD, noon(at), policy, spreads)
    for rating, after in foreseen.items():
        found = spacing(before, Graded(CARD, noon(at), rating, spreads), policy)
        assert advance(before, Graded(CARD, noon(at), rating, spreads), policy) == after
        if found is None:
            assert after.phase is not Phase.REVIEW
            continue
        size = {
            days: due.get(at + days, 0) / share
            if (share := shares.get(day(at + days).weekday(), 1.0))
            else float("inf")
            for days in range(found.shortest, found.longest + 1)
        }
        assert size[after.interval_days] == min(size.values())


answers = st.lists(
    st.tuples(st.integers(0, 20), st.integers(1, 4), loads, st.sampled_from(["laptop", "phone"])),
    min_size=1,
    max_size=7,
)


@settings(max_examples=40)
@given(answers, easy, st.integers(1, 4), st.booleans())
def test_what_was_shown_is_what_every_replay_gives(
    history: list[tuple[int, int, dict[int, int], str]], shares: dict[int, float], other: int, has_steps: bool
) -> None:
    policy = Policy() if has_steps else FUZZED
    at, progress, kept = 0, None, []
    stepped = Derived(replay(CARD, [], [], POLICIES), None)
    for seq, (gap, rating, due, device) in enumerate(history):
        at += gap
        moment = noon(at, seq)
        spreads = balanced(progress, CARD, moment, policy, load_of(due, shares, at))
        foreseen = preview(progress, CARD, moment, policy, spreads)
        said = {SPREAD: list(spreads)} if spreads else {}
        kept.append(review(seq, moment, rating, device=device, policy=policy.digest, response=said))
        stepped = derive_next(stepped, kept[-1], POLICIES) or derive(CARD, kept, [], POLICIES)
        # overruled by any other rating, the card comes back when the preview said
        overruled = act(99, EventKind.OVERRULE, noon(at, 30), {"rating": other}, target=kept[-1].id)
        instead = replay(CARD, kept, [overruled], POLICIES).progress
        assert instead is not None
        assert instead.due_day == foreseen[Rating(other)].due_day
        progress = foreseen[Rating(rating)]
        assert stepped.state.progress == progress
    assert replay(CARD, kept[::-1], [], POLICIES).progress == progress
    found = explain_card(replay(CARD, kept, [], POLICIES), kept, [], noon(at + 1), policy, POLICIES)
    assert [link.after for link in found.links][-1] == progress
    assert found.spacing is None or found.spacing.days == progress.interval_days


def test_an_answer_without_a_kept_spread_is_spread_as_ever() -> None:
    kept = [review(0, noon(0), 4, policy=FUZZED.digest), review(1, noon(9), 3, policy=FUZZED.digest)]
    assert replay(CARD, kept, [], POLICIES).progress == course([(noon(0), 4), (noon(9), 3)], FUZZED)


@pytest.mark.parametrize(
    "said", [None, 3, "0.5", [], {}, ["x"], [True], [1.0], [-0.1], [float("nan")], [None], [[0.5]], [10**400]]
)
def test_a_spread_that_says_nothing_usable_is_passed_over(said: object) -> None:
    kept = [review(0, noon(0), 1, policy=FUZZED.digest, response={SPREAD: said})]
    assert not any(spread is not None for spread in spreads_in({SPREAD: said}))
    assert replay(CARD, kept, [], POLICIES).progress == course([(noon(0), 1)], FUZZED)


def test_without_fuzz_nothing_is_kept() -> None:
    assert balanced(None, CARD, noon(0), NO_STEPS, load_of({3: 9})) == ()


def test_the_load_follows_the_answers() -> None:
    load, before, after = load_of({5: 1, 6: 1, 7: 1}), course([(noon(0), 3)], STEADY), course([(noon(0), 4)], STEADY)
    assert load.lightest(day(5), day(7), day(6)) == day(6)
    load.move(None, replace(after, due_day=day(6)))
    assert load.lightest(day(5), day(7), day(6)) == day(5)
    load.move(replace(before, due_day=day(7)), replace(after, due_day=day(5)))
    assert load.lightest(day(5), day(7), day(6)) == day(7)
    assert load.lightest(day(5) + timedelta(400), day(7) + timedelta(400), day(6) + timedelta(400)) == day(
        6
    ) + timedelta(400)


def test_why_says_that_the_day_was_chosen() -> None:
    before = course([(noon(0), 4)], FUZZED)
    spreads = balanced(before, CARD, noon(8), FUZZED, load_of(dict.fromkeys(range(1, 19), 9)))
    kept = [review(0, noon(0), 4, policy=FUZZED.digest)]
    for response, ending in (({}, " chosen."), ({SPREAD: list(spreads)}, " chosen, when little was due.")):
        both = [*kept, review(1, noon(8), 3, policy=FUZZED.digest, response=response)]
        found = explain_card(replay(CARD, both, [], POLICIES), both, [], noon(9), FUZZED, POLICIES)
        [told] = [line for line in lines(found) if line.startswith("Fuzz")]
        assert told.endswith(ending), told
    for minutes, words in ((0, "More is due than today holds"), (20, "Today's 20 min are full")):
        assert f"{words}: what gains most for its time comes first." in lines(found, crowded=True, minutes=minutes)
