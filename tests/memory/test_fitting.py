"""The fit to a student's reviews: on a real log with known figures, by its derivatives, and on students who are made."""

from __future__ import annotations

import subprocess
import sys
from itertools import accumulate, chain, islice, pairwise
from math import log, sqrt
from random import Random
from statistics import fmean
from typing import TYPE_CHECKING, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.made import drawn_parameters, made_student, missed_recall
from fitted import josh
from sciaquiz.memory import fsrs7
from sciaquiz.memory.comparing import by_default, compare, first_then, fitted, folds, foretold, split
from sciaquiz.memory.evaluating import log_loss, score, trials
from sciaquiz.memory.fitting.fsrs6 import FSRS6_SLOPES
from sciaquiz.memory.fitting.fsrs7 import FSRS7_SLOPES
from sciaquiz.memory.fitting.objective import Objective
from sciaquiz.memory.fitting.recipe import SLOPES, default, fit, model_for, parameters_of
from sciaquiz.memory.fitting.seen import Seen, courses
from sciaquiz.memory.fitting.solving import Round, StoppedError, least
from sciaquiz.memory.policy import FSRS6_PARAMETERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.memory.evaluating import Trial
    from sciaquiz.memory.fitting.seen import Card, Log
    from sciaquiz.memory.fitting.slopes import Fittable

FOLDS = ((0.4463, 0.4407), (0.4401, 0.4303), (0.4503, 0.4393), (0.4279, 0.4236), (0.4439, 0.4395))
"""Log loss of FSRS-6 on each fold, by default and fitted: worked out beforehand by a program of another author."""
FIRST = {64: (0.6119, 0.5992), 256: (0.5188, 0.5349), 512: (0.5518, 0.5078)}
"""The same after the first so many next-day reviews."""
PAIR = (by_default("fsrs-6"), fitted("fsrs-6"))


def first_reviews(wanted: int) -> Log:
    """The start of the real log, with so many next-day reviews."""
    return first_then(josh(), wanted).fitted


def graded_anyhow(cards: Log, seed: int, floor: float) -> Log:
    """The same reviews with every grade, and luck where a certainty was said."""
    random = Random(seed)

    def regraded(seen: Seen) -> Seen:
        grade = random.choice((2, 3, 4)) if seen.right else 1
        return seen._replace(
            grade=grade, floor=floor, luck=random.choice((None, None, 0.05, 0.7, 1.6)) if floor else None
        )

    return [[regraded(seen) for seen in card] for card in cards]


class OnFolds(NamedTuple):
    """What is foretold on the five folds, each worked out once for all tests."""

    tested: list[Sequence[Trial]]
    plain: list[list[float]]
    fitted: list[list[float]]

    def losses(self, chances: list[list[float]]) -> list[float]:
        rights = [[trial.right for trial in tested] for tested in self.tested]
        return [log_loss(right, chance) for right, chance in zip(rights, chances, strict=True)]

    def over_all(self, chances: list[list[float]]) -> tuple[float, float, float | None]:
        found = score("", [*chain(*self.tested)], [*chain(*chances)])
        return found.log_loss, found.rmse_bins, found.auc


@pytest.fixture(scope="module")
def on_folds() -> OnFolds:
    splits = folds(josh())
    plain = iter(foretold(josh(), [trial for each in splits for trial in each.tested], "fsrs-6", FSRS6_PARAMETERS))
    ours = [fit(each.fitted, "fsrs-6").parameters for each in splits]
    return OnFolds(
        [each.tested for each in splits],
        [[*islice(plain, len(each.tested))] for each in splits],
        [foretold(josh(), each.tested, "fsrs-6", found) for each, found in zip(splits, ours, strict=True)],
    )


def test_each_fold_is_foretold_as_well_as_is_known_to_be_possible(on_folds: OnFolds) -> None:
    plain, ours = on_folds.losses(on_folds.plain), on_folds.losses(on_folds.fitted)
    assert [*zip(plain, ours, strict=True)] == [pytest.approx(known, abs=0.001) for known in FOLDS]
    assert all(after < before for before, after in zip(plain, ours, strict=True))


def test_over_all_folds_the_fit_keeps_its_promise(on_folds: OnFolds) -> None:
    [moving] = compare(josh(), candidates=[])
    assert (moving.log_loss, moving.rmse_bins, moving.auc) == pytest.approx((0.4777, 0.0610, 0.548), abs=0.001)
    assert on_folds.over_all(on_folds.plain) == pytest.approx((0.4417, 0.0625, 0.675), abs=0.001)
    loss, rmse, area = on_folds.over_all(on_folds.fitted)
    assert (loss, rmse, area) == pytest.approx((0.4347, 0.0369, 0.683), abs=0.001)
    assert loss <= 0.4350
    assert rmse <= 0.038
    assert area is not None
    assert area >= 0.680


def test_a_young_student_is_not_fooled_by_the_first_days() -> None:
    for reviews, known in FIRST.items():
        before, after = (each.log_loss for each in compare(josh(), [first_then(josh(), reviews)], PAIR)[1:])
        assert (before, after) == pytest.approx(known, abs=0.001)
        assert after < before + (0.020 if reviews == 256 else 0)


def test_the_objective_falls_as_far_as_it_can() -> None:
    objective = Objective(FSRS6_SLOPES, josh())
    assert objective.measure(FSRS6_SLOPES.start).value == pytest.approx(2964.34, abs=0.005)
    rounds: list[Round] = []

    def go_on(each: Round) -> bool:
        rounds.append(each)
        return True

    assert objective.measure(least(FSRS6_SLOPES, objective.measure, go_on)).value <= 2850.2
    assert [each.done for each in rounds] == [*range(1, len(rounds) + 1)]
    assert len(rounds) <= 12
    assert all(later.value <= sooner.value for sooner, later in pairwise(rounds))


@pytest.mark.parametrize(("model", "cards"), [(FSRS6_SLOPES, 12), (FSRS7_SLOPES, 4)], ids=["fsrs-6", "fsrs-7"])
@pytest.mark.parametrize("floor", [0.0, 0.25])
def test_the_gradient_is_that_of_central_differences(model: Fittable, cards: int, floor: float) -> None:
    objective = Objective(model, graded_anyhow(josh()[40 : 40 + cards], cards, floor))
    at = [value + 0.01 for value in model.start]
    found = objective.measure(at).gradient
    for place, slope in enumerate(found):
        either = [[*at[:place], at[place] + step, *at[place + 1 :]] for step in (2e-6, -2e-6)]
        above, below = (objective.measure(each).value for each in either)
        assert slope == pytest.approx((above - below) / 4e-6, rel=1e-6, abs=1e-6), place


@pytest.mark.parametrize("model", SLOPES.values(), ids=SLOPES)
def test_the_derivatives_replay_what_the_schedule_replays(model: Fittable) -> None:
    log = graded_anyhow(josh()[:40], 1, 0.0)
    tried = sorted(trials(log), key=lambda trial: (trial.card, trial.place))
    parameters = default(model.name)
    found = [recall for recall, _ in model.slopes(model.start, courses(log, in_study_days=model.in_study_days))]
    assert found == pytest.approx(foretold(log, tried, model.name, parameters), rel=1e-9)


def test_neither_the_order_of_cards_nor_another_run_changes_the_fit() -> None:
    log = first_reviews(256)
    found = fit(log, "fsrs-6")
    assert fit(log, "fsrs-6") == found
    assert fit(log[::-1], "fsrs-6").parameters == pytest.approx(found.parameters, abs=1e-9)
    assert (found.model, found.reviews, found.days, found.trust) == ("fsrs-6", 256, 5, 5 / 15)
    untouched = {place for place, value in enumerate(found.parameters) if value == FSRS6_PARAMETERS[place]}
    assert untouched >= {1, 3, 15, 16}, "grades that were never given keep their default to the last digit"


def test_too_few_reviews_leave_the_default() -> None:
    assert fit([], "fsrs-6") == ("fsrs-6", FSRS6_PARAMETERS, 0, 0, 0.0)
    same_day = [[Seen(0.0, 0, 3, True), Seen(0.1, 0, 1, False)]]
    for model in SLOPES:
        assert fit(same_day, model, fewest=0) == (model, default(model), 0, 0, 0.0), "even where none are asked for"
    assert fit(first_reviews(63), "fsrs-6").parameters == FSRS6_PARAMETERS
    assert fit(first_reviews(64), "fsrs-6").parameters != FSRS6_PARAMETERS
    assert fit(first_reviews(511), "fsrs-7").parameters == fsrs7.FSRS7_PARAMETERS
    assert (model_for([]), model_for(first_reviews(511)), model_for(first_reviews(512))) == (
        "fsrs-6",
        "fsrs-6",
        "fsrs-7",
    )


def test_a_first_grade_that_was_never_given_makes_room_for_those_that_were() -> None:
    """By default Hard begins with 2.2 days; where Good begins with one, that is no longer between Again and Good."""
    start = FSRS7_SLOPES.start
    found = parameters_of(FSRS7_SLOPES, (*start[:2], log(1.0), start[3] + 1, *start[4:]))
    assert found[:3] == (fsrs7.FSRS7_PARAMETERS[0], 1.0, 1.0)
    assert fsrs7.sound_parameters(found) == found
    assert parameters_of(FSRS7_SLOPES, (log(3.0), *start[1:]))[:3] == pytest.approx((3.0, 3.0, 3.9221))
    assert parameters_of(FSRS6_SLOPES, (*FSRS6_SLOPES.start[:2], 0.0, *FSRS6_SLOPES.start[3:]))[1:3] == (1.2931, 1.0)


def test_a_fit_can_be_ended_after_any_round() -> None:
    heard: list[int] = []

    def go_on(each: Round) -> bool:
        heard.append(each.done)
        return each.done < 2

    with pytest.raises(StoppedError):
        fit(first_reviews(64), "fsrs-6", go_on)
    assert heard == [1, 2]


@pytest.mark.parametrize(
    ("model", "seed", "cards"), [("fsrs-6", 0, 300), ("fsrs-6", 2, 300), ("fsrs-6", 3, 300), ("fsrs-7", 0, 50)]
)
def test_a_student_who_is_made_is_recovered(model: str, seed: int, cards: int) -> None:
    """The chances that they really have later on are foretold nearer than by the default, and near."""
    random = Random(seed)
    truth = drawn_parameters(random, model)
    log = made_student(random, model, truth, cards=cards, days=200)
    tried = trials(log)
    half = split(log, tried, len(tried) // 2, len(tried))

    def missed(parameters: tuple[float, ...]) -> float:
        ours, real = (foretold(log, half.tested, model, each) for each in (parameters, truth))
        return sqrt(fmean((one - other) ** 2 for one, other in zip(ours, real, strict=True)))

    found = fit(half.fitted, model).parameters
    assert missed(found) < missed(default(model)) * 0.75
    assert missed(found) < 0.06


def test_the_floor_of_a_choice_and_what_certainty_says_make_the_fit_nearer() -> None:
    """Of students who guess among two: nearest to what they recall with certainty, then with the floor alone."""
    unaware, with_floor, with_certainty = (fmean(each) for each in zip(*map(missed_recall, (0, 1)), strict=True))
    assert with_certainty < with_floor * 0.9
    assert with_floor < unaware * 0.75


def test_luck_counts_for_what_certainty_says() -> None:
    """A right answer that is as likely without knowing says nothing; one that is likelier speaks against it."""
    card = [Seen(0.0, 0, 3, True), Seen(4.0, 4, 3, True)]

    def pull(luck: float | None, floor: float = 0.5) -> float:
        log = [[card[0], card[1]._replace(luck=luck, floor=floor)]]
        return Objective(FSRS6_SLOPES, log).measure(FSRS6_SLOPES.start).gradient[2]

    assert pull(0.0) == pull(None, 0.0) < pull(0.5) == pull(None) < pull(1.0) == 0 < pull(1.5)


grades = st.integers(1, 4)
gaps = st.one_of(st.just(0.0), st.floats(0, 2), st.floats(0, 400))


@settings(max_examples=8)
@given(
    st.lists(st.lists(st.tuples(gaps, grades), min_size=3, max_size=6), min_size=12, max_size=14),
    st.sampled_from(sorted(SLOPES)),
)
def test_any_log_has_a_fit_within_the_bounds_that_is_no_worse(cards: list[list[tuple[float, int]]], model: str) -> None:
    log: list[Card] = []
    for card in cards:
        at = accumulate(gap for gap, _ in card)
        log.append([Seen(when, int(when), grade, grade > 1) for when, (_, grade) in zip(at, card, strict=True)])
    slopes = SLOPES[model]
    objective = Objective(slopes, log)
    found = least(slopes, objective.measure, lambda _: True)
    assert objective.measure(found).value <= objective.measure(slopes.start).value
    assert all(low <= value <= high for low, value, high in zip(slopes.low, found, slopes.high, strict=True))


def test_fitting_loads_nothing_heavy() -> None:
    code = "import sys; import sciaquiz.memory.fitting.recipe; print(*sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"numpy", "textual", "sqlalchemy", "pydantic"} & set(loaded)
