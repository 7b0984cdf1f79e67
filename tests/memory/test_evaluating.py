"""Log loss, RMSE(bins) and AUC against slow passes by their definitions; folds that never look ahead."""

from __future__ import annotations

from itertools import pairwise, product
from math import log, sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.made import made_student
from fitted import josh
from sciaquiz.memory.comparing import by_default, compare, first_then, fitted, folds, foretold, split
from sciaquiz.memory.evaluating import Trial, auc, log_loss, rmse_bins, score, trials
from sciaquiz.memory.fitting.seen import Seen
from sciaquiz.memory.policy import FSRS6_PARAMETERS

chances = st.lists(st.tuples(st.booleans(), st.sampled_from([0.0, 0.2, 0.25, 0.5, 0.9, 1.0])), min_size=1, max_size=30)


@settings(max_examples=50)
@given(chances)
def test_auc_is_the_share_of_pairs_in_the_right_order(told: list[tuple[bool, float]]) -> None:
    pairs = [*product([p for right, p in told if right], [p for right, p in told if not right])]
    found = auc([right for right, _ in told], [p for _, p in told])
    if pairs:
        assert found == pytest.approx(
            sum((right > wrong) + (right == wrong) / 2 for right, wrong in pairs) / len(pairs)
        )
    else:
        assert found is None


def test_log_loss_is_held_off_from_certainty() -> None:
    assert log_loss([True, False], [0.8, 0.4]) == pytest.approx(-(log(0.8) + log(0.6)) / 2)
    assert log_loss([True, False], [0.0, 1.0]) == pytest.approx(-log(1e-4))


def tried(days: int, reviews: int, lapses: int, *, right: bool) -> Trial:
    return Trial(0.0, 0, 0, days, reviews, lapses, right, 0.0)


def test_the_bins_are_those_of_the_benchmark() -> None:
    """Elapsed days go in powers of 3.62, reviews + 1 in powers of 1.89, lapses in powers of 1.73."""
    same = [tried(1, 1, 0, right=True), tried(3, 2, 0, right=False)]
    assert rmse_bins(same, [0.7, 0.5]) == pytest.approx(abs(1.2 - 1) / 2)
    for other in (tried(4, 1, 0, right=False), tried(1, 3, 0, right=False), tried(1, 1, 1, right=False)):
        assert rmse_bins([same[0], other], [0.7, 0.5]) == pytest.approx(sqrt((0.3**2 + 0.5**2) / 2))
    assert rmse_bins([tried(9, 9, 1, right=True), tried(9, 9, 2, right=True)], [0.5, 0.5]) == pytest.approx(0.5)


def test_trials_are_the_next_day_reviews_in_the_order_of_time() -> None:
    card = [
        Seen(0.1, 0, 3, True),
        Seen(0.2, 0, 1, False),
        Seen(2.0, 2, 1, False),
        Seen(2.1, 2, 3, True),
        Seen(7.0, 7, 3, True),
    ]
    other = [Seen(1.0, 1, 3, True), Seen(5.0, 5, 3, True, 0.25)]
    assert trials([card, other]) == [
        Trial(2.0, 0, 2, 2, 1, 0, False, 0.0),
        Trial(5.0, 1, 1, 4, 1, 0, True, 0.25),
        Trial(7.0, 0, 4, 5, 2, 1, True, 0.0),
    ]
    assert foretold([card, other], trials([card, other])[1:2], "fsrs-6", FSRS6_PARAMETERS)[0] > 0.25


def test_folds_grow_and_never_look_ahead() -> None:
    found = folds(josh())
    assert [len(each.tested) for each in found] == [1062] * 5
    for number, each in enumerate(found, start=1):
        latest = max(seen.at for card in each.fitted for seen in card)
        assert latest <= min(trial.at for trial in each.tested)
        assert len(trials(each.fitted)) == 1062 * number
    assert all(later.tested[0] >= sooner.tested[-1] for sooner, later in pairwise(found))
    assert [len(first_then(josh(), reviews).tested) for reviews in (64, 1024)] == [400, 1024]
    with pytest.raises(ValueError, match="2 next-day reviews; at least 6"):
        folds([[Seen(at, at, 3, True) for at in range(3)]])


def test_a_comparison_has_every_candidate_below_the_moving_average() -> None:
    student = made_student(Random(4), "fsrs-6", FSRS6_PARAMETERS, cards=40, days=60)
    heard: list[str] = []
    candidates = (by_default("fsrs-6"), fitted("fsrs-6"), by_default("fsrs-7"), fitted("fsrs-7"))
    found = compare(student, hears=heard.append)
    assert [each.model for each in found] == ["MOVING-AVG", *(each.name for each in candidates)]
    assert heard == [f"{each.name}, part {part} of 5" for each in candidates for part in range(1, 6)]
    every = [trial for each in folds(student) for trial in each.tested]
    assert found[1] == score("FSRS-6 default", every, foretold(student, every, "fsrs-6", FSRS6_PARAMETERS))


def test_what_came_later_changes_nothing_that_was_foretold() -> None:
    student = made_student(Random(6), "fsrs-6", FSRS6_PARAMETERS, cards=40, days=60)
    tried = trials(student)
    half = split(student, tried, len(tried) // 2, 10)
    until = half.tested[-1].at
    cut_off = [[seen for seen in card if seen.at <= until] for card in student]
    assert foretold(cut_off, half.tested, "fsrs-6", FSRS6_PARAMETERS) == foretold(
        student, half.tested, "fsrs-6", FSRS6_PARAMETERS
    )
