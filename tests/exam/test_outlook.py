"""The outlook: what is said of a plan, of other plans, and of a target that is out of reach."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from examining import COSTS, MODEL, cards_of
from sciaquiz.exam.exam import Exam
from sciaquiz.exam.outlook import NotWantedError, Preparation, outlook, today, variants, without
from sciaquiz.exam.prediction import Recalibration
from sciaquiz.view.exam import A_GUESS, UNLIKE, outlook_lines, prediction_lines, ways

TODAY = date(2026, 11, 23)
EXAM = Exam(id="e", name="Anatomy", day=TODAY + timedelta(days=8), minutes=3, target=99, questions=40, pass_mark=95)
CARDS = tuple(cards_of(21, 60, met=0.3))
PARTS = tuple("first" if place < 15 else "second" for place in range(60))
PREPARATION = Preparation(
    exams=(EXAM,), today=TODAY, cards=CARDS, parts=(PARTS,), costs=COSTS, model=MODEL,
    recalibration=Recalibration(), error=2.5, firsts=35,
)  # fmt: skip


def told(preparation: Preparation) -> str:
    return "\n".join(outlook_lines(outlook(preparation, 0), variants(preparation, 0), preparation.today))


def aiming(target: int, minutes: int) -> Preparation:
    return replace(PREPARATION, exams=(replace(EXAM, target=target, minutes=minutes),))


def test_a_target_out_of_reach_is_told_with_what_it_takes() -> None:
    wanted = round(outlook(PREPARATION, 0).then.score) + 3
    short = aiming(wanted, 3)
    assert not outlook(short, 0).reaches
    needed = variants(short, 0).needed
    assert needed is not None
    assert 3 < needed < 60
    assert outlook(aiming(wanted, needed), 0).reaches
    assert not outlook(aiming(wanted, needed - 1), 0).reaches
    said = told(short)
    work = f"about {needed * 8} min of work, 24 min left"
    assert f"Not enough time for your target of {wanted}: {work}; this time brings about {wanted - 3}." in said
    assert "  1  Leave out what counts least" in said
    assert f"  2  About {needed} minutes a day (3 to {round(1.4 * needed)}) instead of 3: {wanted}." in said
    off = replace(short, exams=(replace(short.exams[0], days_off=frozenset({5, 6})),))
    found = ways(outlook(off, 0), variants(off, 0))
    assert found[-1].words.startswith("Saturdays and Sundays too: ")
    assert [way.exam.days_off for way in found] == [{5, 6}, {5, 6}, set()]


def test_no_plan_gets_there_where_four_hours_a_day_do_not() -> None:
    hopeless = replace(aiming(100, 3), cards=tuple(replace(card, free_from=None) for card in CARDS))
    assert variants(hopeless, 0).needed is None
    assert "No plan in this time gets you there; the best is about" in told(hopeless)


def test_a_target_that_is_reached_with_time_to_spare_says_how_much() -> None:
    assert variants(aiming(70, 30), 0).best is None
    assert "That reaches your target of 70: about" in told(aiming(70, 30))


def test_more_time_is_never_told_as_less_and_the_hours_are_worth_something() -> None:
    found = variants(PREPARATION, 0)
    seen = outlook(PREPARATION, 0)
    assert found.less is None
    assert found.more.score >= seen.then.score >= seen.now.score
    assert found.hour_late > 0
    assert without(PREPARATION, 0, "second") < seen.then.score
    assert seen.paper is not None
    assert seen.paper.low < seen.then.low < seen.then.score < seen.then.high < seen.paper.high


def test_what_is_not_known_well_is_called_so() -> None:
    def lines(**changed: object) -> list[str]:
        return prediction_lines(outlook(replace(PREPARATION, **changed), 0), TODAY)

    assert A_GUESS in lines(firsts=19)
    assert UNLIKE in lines(error=4.5)
    assert not {A_GUESS, UNLIKE} & set(lines())


def test_minutes_that_are_used_and_days_that_are_off_are_not_planned_again() -> None:
    used = replace(PREPARATION, spent=60 * 3)
    assert not today(used).cards
    assert today(PREPARATION, reserve=False).seconds <= 3 * 60 * 1.1
    away = replace(PREPARATION, off=frozenset({TODAY}))
    assert not today(away).cards
    assert outlook(replace(PREPARATION, missed=0.25), 0).then.score < outlook(PREPARATION, 0).then.score
    assert "missing one day in 4 as lately" in prediction_lines(outlook(replace(PREPARATION, missed=0.25), 0), TODAY)[0]


def test_what_nobody_waits_for_is_given_up_between_two_runs_of_the_plan() -> None:
    asked = iter([True, True, True, False])
    with pytest.raises(NotWantedError):
        variants(replace(PREPARATION, is_wanted=lambda: next(asked)), 0)
    assert list(asked) == []
