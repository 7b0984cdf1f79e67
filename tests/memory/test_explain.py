"""A due date has its reasons, and they can be told in a few narrow lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remembering import CARD, SEVEN, STEADY, act, day, noon, review
from rows import each_row
from sciaquiz.ids import CardId, EntryId
from sciaquiz.journal.entries import Certainty, Event, EventKind, Phase, Rating, Review
from sciaquiz.memory.explain import Reasons, explain_card
from sciaquiz.memory.fits import DEFAULT_FITS, Fit, Fits
from sciaquiz.memory.forecast import retrievability_now
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.replay import replay
from sciaquiz.memory.schedule import preview
from sciaquiz.view.reasons import lines

if TYPE_CHECKING:
    from sciaquiz.clock import Moment

FUZZY = Policy()
COLUMNS = 76


def reasons(
    reviews: list[Review], events: list[Event] | None = None, now: Moment | None = None, policy: Policy = STEADY
) -> Reasons:
    now = now or noon(30)
    state = replay(CARD, reviews, events or [], {policy.digest: policy})
    return explain_card(state, reviews, events or [], now, policy)


def told(found: Reasons) -> str:
    return "\n".join(lines(found))


def known(policy: Policy = STEADY, rating: int = 3) -> list[Review]:
    """A card that was learnt with Easy and answered on the day it was due."""
    return [review(1, noon(0), 4, policy=policy.digest), review(2, noon(8), rating, policy=policy.digest)]


def test_a_card_never_answered_says_so_and_what_each_answer_would_do() -> None:
    found = reasons([], now=noon(0))
    assert (found.links, found.recall, found.spacing) == ((), None, None)
    assert "not answered" in lines(found)[0]
    for rating in Rating:
        assert rating.name.capitalize() in told(found)


def test_a_corrected_card_says_so_until_it_is_answered_again() -> None:
    correction = act(3, EventKind.CORRECTED, noon(9), {"from": "old", "to": "new"})
    found = reasons(known(), [correction], now=noon(9))
    assert (found.corrected, found.spacing, len(found.links)) == (noon(9).study_day, None, 2)
    assert "The key was corrected on 2026-03-11: it is learned anew, and due at once." in told(found)
    assert "set under earlier settings" not in told(found)
    since = reasons([*known(), review(4, noon(10), 3)], [correction], now=noon(11))
    assert since.corrected is None
    assert "corrected" not in told(since)
    assert since.links[-1].before == found.state.progress


def test_the_chain_has_every_answer_with_what_it_came_to() -> None:
    found = reasons(known())
    assert [link.rating for link in found.links] == [Rating.EASY, Rating.GOOD]
    assert found.links[0].before is None
    assert found.links[1].before == found.links[0].after
    assert found.links[1].after == found.state.progress
    assert (found.links[0].elapsed_days, found.links[1].elapsed_days) == (None, 8)


@pytest.mark.parametrize(("lapses", "words"), [(1, "once"), (2, "2 times")])
def test_how_often_it_was_forgotten_is_said_in_words(lapses: int, words: str) -> None:
    policy = Policy(relearning_steps=(), fuzz=False)
    forgotten = [review(2 + number, noon(8 + 8 * number), 1, policy=policy.digest) for number in range(lapses)]
    assert f"Forgotten {words} since" in told(reasons([*known(policy)[:1], *forgotten], policy=policy))


def test_recall_now_is_that_of_the_forecast() -> None:
    found = reasons(known(), now=noon(20))
    assert found.state.progress is not None
    assert found.recall == retrievability_now(found.state.progress, day(20), STEADY)
    assert found.recall is not None
    assert f"{100 * found.recall:.0f}%" in told(found)


def test_previews_are_what_each_rating_would_lead_to() -> None:
    found = reasons(known())
    assert found.previews == preview(found.state.progress, CARD, noon(30), STEADY)


def test_the_interval_without_fuzz_is_the_rounded_one() -> None:
    found = reasons(known())
    assert found.spacing is not None
    assert found.state.progress is not None
    assert found.spacing.days == found.state.progress.interval_days == round(found.spacing.raw)
    assert found.caps == ()
    assert "Fuzz" not in told(found)


@pytest.mark.parametrize("rating", [2, 3, 4])
def test_the_fuzzed_interval_is_inside_the_range_that_is_told(rating: int) -> None:
    found = reasons(known(FUZZY, rating), policy=FUZZY)
    assert found.spacing is not None
    assert found.state.progress is not None
    assert found.spacing.shortest <= found.state.progress.interval_days <= found.spacing.longest
    assert f"{found.spacing.shortest} to {found.spacing.longest} days" in told(found)


def test_an_interval_held_at_the_maximum_says_so() -> None:
    short = Policy(fuzz=False, maximum_interval=20)
    found = reasons(known(short), policy=short)
    assert found.state.progress is not None
    assert found.state.progress.interval_days == 20
    assert [cap.name for cap in found.caps] == ["MAXIMUM"]
    assert "longest interval" in told(found)


def test_a_card_on_a_step_names_the_step() -> None:
    found = reasons([review(1, noon(0), 3)], now=noon(0, 2))
    assert found.spacing is None
    assert "learning step 2 of 2" in told(found)
    assert "in 8 min" in told(found)


def test_a_card_being_relearnt_names_the_step_and_the_lapse() -> None:
    found = reasons(known(rating=1), now=noon(8, 1))
    assert found.state.progress is not None
    assert found.state.progress.phase is Phase.RELEARNING
    assert "relearning step 1 of 1" in told(found)
    assert "once" in told(found)


def test_an_overdue_card_says_since_when() -> None:
    found = reasons([review(1, noon(0), 4)], now=noon(11))
    assert "3 days ago" in told(found)


def test_an_interval_of_earlier_settings_is_not_told_by_the_new_ones() -> None:
    reviews = known()
    state = replay(CARD, reviews, [], {STEADY.digest: STEADY})
    strict = Policy(fuzz=False, desired_retention=0.97)
    found = explain_card(state, reviews, [], noon(30), strict)
    assert found.spacing is None
    assert "earlier settings" in told(found)
    by_then = explain_card(state, reviews, [], noon(30), strict, {STEADY.digest: STEADY})
    assert by_then.spacing is not None
    assert state.progress is not None
    assert by_then.spacing.days == state.progress.interval_days


def test_an_overruled_answer_is_told_with_the_rating_that_counts() -> None:
    given_instead = act(3, EventKind.OVERRULE, noon(9), {"rating": 3}, target="laptop-2")
    found = reasons(known(rating=1), [given_instead])
    assert [(link.rating, link.overruled) for link in found.links] == [(Rating.EASY, False), (Rating.GOOD, True)]
    assert "your word" in told(found)


def test_an_answer_that_another_rule_rated_since_is_told_with_both_ratings() -> None:
    again = act(3, EventKind.RERATE, noon(9), {"rule": "evidence@3", "ratings": {"laptop-2": 2}})
    chain = reasons(known(), [again])
    assert f"Hard (rated anew; {known()[1].rating.name.capitalize()} when you answered)" in told(chain)
    own = act(4, EventKind.OVERRULE, noon(9), {"rating": 4}, target="laptop-2")
    assert "your word over" in told(reasons(known(), [again, own]))


def test_a_voided_answer_is_not_part_of_the_chain() -> None:
    undo = act(3, EventKind.VOID, noon(9), target="laptop-2")
    assert told(reasons(known(), [undo])) == told(reasons(known()[:1]))


def test_the_evidence_of_the_last_answers_is_told() -> None:
    answer = review(1, noon(0), 4, certainty=Certainty.THINK_SO, latency_ms=12_400)
    for fact in ("2026-03-02", "right", "think so", "12 s", "Easy"):
        assert fact in told(reasons([answer]))


ASSUMED = {"known": 0.7149, "recall": 0.9, "of_known": 0.07, "of_unknown": 0.65}
HINTED = {"typed": ["x"], "reminded": False, "hinted": True}
REMINDED = {"typed": ["x"], "reminded": True, "hinted": False, "near_misses": 1}


@each_row(
    ("answer", "words"),
    [
        (review(1, noon(0), 2, certainty=Certainty.CERTAIN, response=HINTED), "right, with a hint, certain: Hard"),
        (review(1, noon(0), 2, response=REMINDED), "right, at the second try: Hard"),
        (review(1, noon(0), 2, latency_ms=30_000, response={"usual_ms": 9000}), "right, 30 s, slow for you: Hard"),
        (
            review(1, noon(0), 4, certainty=Certainty.CERTAIN, latency_ms=2000, response={"usual_ms": 9000}),
            "right, certain, 2 s, fast for you: Easy",
        ),
        (
            review(
                1,
                noon(0),
                3,
                certainty=Certainty.CERTAIN,
                latency_ms=2000,
                response={"usual_ms": 9000, "guess_probability": 0.5},
            ),
            "right, certain, 2 s, fast for you, but easily guessed: Good",
        ),
        (review(1, noon(0), 1, certainty=Certainty.GUESS, correct=True), "right, guess: Again"),
        (
            review(1, noon(0), 2, certainty=Certainty.GUESS, response={"assumed": {**ASSUMED, "own": True}}),
            "right, guess (you say it of 7% of what you know, so 71% likely\n              known): Hard",
        ),
        (
            review(1, noon(0), 2, certainty=Certainty.GUESS, response={"assumed": ASSUMED}),
            "right, guess (if you say it of 7% of what you know, 71% likely\n              known): Hard",
        ),
        (review(1, noon(0), 2, correct=False, score=0.8), "mostly right: Hard"),
        (review(1, noon(0), 1, score=0.4), "partly right: Again"),
        (review(1, noon(0), 1), "wrong: Again"),
        (review(1, noon(0), 3, response={"self_grade": 3}), "right, your own grade: Good"),
    ],
)
def test_every_circumstance_that_moved_a_rating_is_named_and_no_rule_code(answer: Review, words: str) -> None:
    found = told(reasons([answer]))
    assert f"2026-03-02  {words}\n" in found
    assert "@" not in found
    assert "rule" not in found


def test_many_circumstances_stand_on_lines_of_their_own() -> None:
    response = {"typed": ["x"], "reminded": True, "hinted": True, "near_misses": 1, "usual_ms": 9000}
    slow = [
        review(seq, noon(seq), 2, certainty=Certainty.THINK_SO, latency_ms=100_000, response=response)
        for seq in range(1, 5)
    ]
    given_instead = [
        act(seq + 10, EventKind.OVERRULE, noon(9), {"rating": 3}, target=f"laptop-{seq}") for seq in range(1, 5)
    ]
    narrow = lines(reasons(slow, given_instead))
    words = "with a hint, at the second try, think so, 100 s, slow for you: Good (your word over Hard)"
    assert " ".join(" ".join(narrow).split()).count(words) == 3
    assert len(narrow) <= 25
    assert all(len(line) <= COLUMNS and not line.endswith("…") for line in narrow)


def test_marks_are_told() -> None:
    events = [
        act(3, EventKind.SUSPEND, noon(9)),
        act(4, EventKind.BURY, noon(9), {"until": "2026-12-24"}),
        act(5, EventKind.NOTE, noon(9), {"text": "sits below the piriformis"}),
    ]
    found = told(reasons(known(), events))
    for fact in ("suspended", "2026-12-24", "sits below the piriformis"):
        assert fact in found


def test_a_day_put_off_that_has_passed_is_not_told() -> None:
    bury = act(3, EventKind.BURY, noon(9), {"until": "2026-03-12"})
    assert "2026-03-12" not in told(reasons(known(), [bury], now=noon(10)))


@pytest.mark.parametrize("note", ["word " * 60, "x" * 500, "one\ntwo\nthree", "\r\n\t"])
def test_a_note_of_any_shape_keeps_the_lines_narrow(note: str) -> None:
    found = lines(reasons(known(), [act(3, EventKind.NOTE, noon(9), {"text": note})]))
    assert all(len(line) <= COLUMNS and "\n" not in line for line in found)


@given(
    st.lists(st.tuples(st.integers(0, 4000), st.sampled_from(Rating)), max_size=12),
    st.integers(0, 4000),
    st.sampled_from([STEADY, FUZZY, Policy(maximum_interval=5, learning_steps=(), relearning_steps=(), fuzz=False)]),
)
def test_whatever_happened_it_is_told_in_25_lines_of_76_columns(
    history: list[tuple[int, Rating]], later: int, policy: Policy
) -> None:
    reviews, number = [], 0
    for seq, (gap, rating) in enumerate(history, 1):
        number += gap
        reviews.append(
            review(seq, noon(number), rating, policy=policy.digest, certainty=Certainty.THINK_SO, latency_ms=3_600_000)
        )
    found = reasons(reviews, now=noon(number + later), policy=policy)
    if found.state.progress and found.state.progress.phase is Phase.REVIEW:
        assert found.spacing is not None
        assert found.spacing.shortest <= found.spacing.days <= found.spacing.longest
    narrow = lines(found)
    assert len(narrow) <= 25
    assert all(len(line) <= COLUMNS for line in narrow)


def test_the_fuzz_that_is_told_is_the_one_of_this_card() -> None:
    days = set()
    for number in range(20):
        card_id = CardId(f"card-{number}")
        state = replay(card_id, known(FUZZY), [], {FUZZY.digest: FUZZY})
        found = explain_card(state, known(FUZZY), [], noon(30), FUZZY)
        assert found.spacing is not None
        assert state.progress is not None
        assert found.spacing.days == state.progress.interval_days
        days.add(found.spacing.days)
    assert len(days) > 2


def test_why_names_the_model_and_whose_parameters_it_has() -> None:
    def why(policies: list[Policy], now: Policy, fits: Fits = DEFAULT_FITS) -> str:
        known = {policy.digest: policy for policy in policies}
        reviews = [review(n, noon(3 * n), policy=policy.digest) for n, policy in enumerate(policies)]
        state = replay(CARD, reviews, [], known)
        return "\n".join(lines(explain_card(state, reviews, [], noon(30), now, known, fits=fits)))

    own = Fit(
        id=EntryId("fit"), model="fsrs-7", parameters=SEVEN.parameters, recipe="map@1", reviews=812, days=40,
        study_day=noon(20).study_day, kept=True, told={},
    )  # fmt: skip
    fitted = Fits(seven=SEVEN.parameters, own=own)
    as_ever = why([STEADY, STEADY], STEADY)
    assert "Model of memory: FSRS-6 with everyone's parameters." in as_ever
    assert "(until recall is 90%)" in as_ever
    assert "  Good   in" in as_ever
    seven = why([SEVEN, SEVEN], SEVEN, fitted)
    assert "Model of memory: FSRS-7, fitted on 22 Mar to 812 answers of yours." in seven
    assert "until recall is 90%" not in seven
    assert ", the fast one " in seven
    between = why([STEADY, STEADY], SEVEN, fitted)
    assert "Model of memory: FSRS-6 until the next answer, then FSRS-7." in between
    ahead = [line for line in between.splitlines() if line.startswith("  Good ")]
    gone_on = [line for line in why([SEVEN, SEVEN], SEVEN, fitted).splitlines() if line.startswith("  Good ")]
    assert ahead[0].split("stability")[0] == gone_on[0].split("stability")[0]  # it is made anew from the same answers
    assert " to " not in ahead[0].split("stability")[1]  # stabilities of two models are not compared


def test_recall_is_told_by_the_model_that_the_card_is_remembered_by() -> None:
    reviews = [review(1, noon(0), policy=STEADY.digest), review(2, noon(4), policy=STEADY.digest)]
    state = replay(CARD, reviews, [], {STEADY.digest: STEADY})
    assert state.progress is not None
    fits = Fits(six=(*STEADY.parameters[:20], 0.4), seven=SEVEN.parameters)
    found = explain_card(state, reviews, [], noon(30), SEVEN, {STEADY.digest: STEADY}, fits=fits)
    assert found.reading.model == "fsrs-6"
    assert found.recall == fits.recall(state.progress.memory, 26)
