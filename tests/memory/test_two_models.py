"""A journal that goes from one model of memory to the other and back: states are made anew, never converted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st

from remembering import CARD, NO_STEPS, OTHER_SEVEN, SEVEN, STEADY, act, by_hand, from_the_first, graded, noon, review
from sciaquiz.ids import Digest
from sciaquiz.journal.entries import Event, EventKind, Mode, Phase, Review
from sciaquiz.memory.derive import derive, derive_next
from sciaquiz.memory.history import history_of
from sciaquiz.memory.model import name_of
from sciaquiz.memory.remaking import remade
from sciaquiz.memory.replay import DEFAULT_POLICY, replay, standing_reviews

if TYPE_CHECKING:
    from sciaquiz.memory.policy import Policy

POLICIES = {policy.digest: policy for policy in (STEADY, NO_STEPS, SEVEN, OTHER_SEVEN)}
Entries = tuple[list[Review], list[Event]]


@st.composite
def journals(draw: st.DrawFn) -> Entries:
    """Answers to one card on up to two devices under any policy, some of them voided or overruled; clocks jump."""
    reviews: list[Review] = []
    events: list[Event] = []
    for device in draw(st.lists(st.sampled_from(("desk", "phone")), unique=True, min_size=1)):
        day = 0
        for seq in range(1, draw(st.integers(2, 9))):
            day += draw(st.sampled_from([-3, 0, 0, 1, 2, 5, 30]))
            moment = noon(day, draw(st.integers(0, 600)))
            kind = draw(st.sampled_from(["answer"] * 6 + ["void", "overrule"]))
            if kind == "answer" or not reviews:
                policy = draw(st.sampled_from([*POLICIES, Digest("unknown")]))
                reviews.append(review(seq, moment, draw(st.integers(1, 4)), device=device, policy=policy))
            else:
                target = draw(st.sampled_from(reviews)).id
                events.append(act(seq, EventKind(kind), moment, {"rating": 2}, target=target, device=device))
    return reviews, events


def named_by(answer: Review) -> Policy:
    return POLICIES.get(answer.policy, DEFAULT_POLICY)


@settings(max_examples=60, deadline=None)
@given(journals())
def test_a_replay_makes_the_memory_anew_where_the_model_changes_and_only_there(entries: Entries) -> None:
    answers = [(graded(each.moment, each.rating), named_by(each)) for each in standing_reviews(*entries)]
    progress = replay(CARD, *entries, POLICIES).progress
    assert progress == by_hand(answers)
    assert progress is None or name_of(progress.memory) == answers[-1][1].model


@settings(max_examples=40, deadline=None)
@given(journals())
def test_each_answer_is_met_by_a_memory_of_its_own_model(entries: Entries) -> None:
    seen = list(history_of(CARD, *entries, POLICIES))
    for standing in seen:
        for progress in (standing.before.progress, standing.after.progress):
            assert progress is None or name_of(progress.memory) == named_by(standing.review).model
    if seen:
        assert seen[-1].after == replay(CARD, *entries, POLICIES) == derive(CARD, *entries, POLICIES).state


@settings(max_examples=40, deadline=None)
@given(journals(), st.integers(1, 4), st.sampled_from(list(POLICIES)))
def test_one_more_answer_is_one_step_or_a_replay(entries: Entries, rating: int, policy: Digest) -> None:
    last = review(99, noon(400), rating, policy=policy)
    before = derive(CARD, *entries, POLICIES)
    step = derive_next(before, last, POLICIES)
    progress = before.state.progress
    is_other_model = progress is not None and name_of(progress.memory) != POLICIES[policy].model
    assert (step is None) == (is_other_model or before.reached is None)
    if step is not None:
        assert step.state == derive(CARD, [*entries[0], last], entries[1], POLICIES).state


def test_practice_under_another_model_makes_nothing_anew() -> None:
    answers = [review(1, noon(0), policy=STEADY.digest), review(2, noon(4), policy=STEADY.digest)]
    practice = review(3, noon(5), policy=SEVEN.digest, mode=Mode.PRACTICE)
    before = derive(CARD, answers, [], POLICIES)
    step = derive_next(before, practice, POLICIES)
    assert step is not None
    assert step.state.progress == before.state.progress == replay(CARD, [*answers, practice], [], POLICIES).progress


def test_there_and_back_is_as_if_one_had_never_been_there_but_for_the_days() -> None:
    days = [0, 1, 4, 11]
    there = [review(n, noon(day), policy=(STEADY, STEADY, SEVEN, STEADY)[n].digest) for n, day in enumerate(days)]
    stayed = [review(n, noon(day), policy=STEADY.digest) for n, day in enumerate(days)]
    gone, home = (replay(CARD, answers, [], POLICIES).progress for answers in (there, stayed))
    assert gone is not None
    assert home is not None
    assert gone.memory == home.memory
    assert gone.phase is home.phase is Phase.REVIEW


def test_seven_counts_the_time_between_two_answers_and_never_less_than_none() -> None:
    def stability(minutes: int) -> float:
        answers = [review(1, noon(0), policy=SEVEN.digest), review(2, noon(1, minutes), policy=SEVEN.digest)]
        progress = replay(CARD, answers, [], POLICIES).progress
        assert progress is not None
        return progress.memory.stability

    assert stability(-300) < stability(0) < stability(300)
    assert stability(-2000) == stability(-1440)  # the clock of the second answer went backwards


def test_a_memory_of_the_same_model_is_left_as_it_is_whatever_the_parameters() -> None:
    given_then = [graded(noon(0), 3), graded(noon(3), 3)]
    progress = by_hand([(each, SEVEN) for each in given_then])
    assert progress is not None
    assert remade(progress, given_then, OTHER_SEVEN) is progress
    assert remade(None, (), SEVEN) is None
    anew = remade(progress, given_then, STEADY)
    assert anew is not None
    assert anew.memory == from_the_first(given_then, STEADY)
