"""The memories of the invented students are what they are said to be, and their luck is the same whatever is asked."""

from __future__ import annotations

from random import Random

import pytest

from bench.simulate.campaign import check_replay
from bench.simulate.policies import live, the_plan
from bench.simulate.student import Setting, Student
from bench.simulate.truths import F6, F7, Card
from sciaquiz.journal.entries import Memory, Rating
from sciaquiz.memory.fsrs6 import FSRS6
from sciaquiz.memory.model import model_named

PLAIN = Card(1.0, 0.0, known=False)
COURSE = ((0.0, 3), (1.0, 3), (4.0, 1), (0.0, 3), (2.0, 3), (9.0, 3), (30.0, 1), (3.0, 3))


@pytest.mark.parametrize(("truth", "name"), [(F6, "fsrs-6"), (F7, "fsrs-7")])
def test_the_truths_like_fsrs_are_those_models(truth: type[F6 | F7], name: str) -> None:
    model = model_named(name)
    for seed in range(20):
        drawn = truth(Random(seed))
        parameters = tuple(drawn.w)
        state = drawn.first(3, PLAIN)
        memory: Memory = model.first(parameters, Rating.GOOD)
        for days, grade in COURSE:
            assert drawn.recall(state, days, PLAIN) == pytest.approx(
                model.retrievability(parameters, memory, days), abs=1e-9
            )
            state, memory = drawn.after(state, days, grade, PLAIN), model.after(parameters, memory, days, Rating(grade))
        assert state[0] == pytest.approx(memory.stability)


def test_a_student_lives_the_same_life_twice_and_the_planner_reads_it_from_the_answers_alone() -> None:
    students = [Student(Setting(5, "SBD", 20, 8, cards=60)) for _ in range(2)]
    for student in students:
        for day in range(3):
            live(student, the_plan, day, student.budget(day))
    assert students[0].answers == students[1].answers
    assert students[0].true_score() == students[1].true_score()
    assert check_replay(students[0])
    assert FSRS6.name == "fsrs-6"
