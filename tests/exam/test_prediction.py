"""The prediction: guesses and slips, correction by the student's own answers, and intervals that say what is known."""

from __future__ import annotations

from random import Random

import pytest

from examining import cards_of
from sciaquiz.exam.evidence import Answered, Asked, Past, first_answers, past_of
from sciaquiz.exam.habits import missed_share
from sciaquiz.exam.prediction import (
    USUAL_ERROR,
    Recalibration,
    chance_of,
    past_error,
    prediction,
    recalibration_of,
    score_of,
)
from sciaquiz.ids import CardId
from sciaquiz.journal.costs import Costs
from sciaquiz.journal.entries import Memory, Rating
from sciaquiz.memory.fsrs6 import FSRS6
from sciaquiz.memory.policy import FSRS6_PARAMETERS

A, B = CardId("a"), CardId("b")


def answers(random: Random, number: int, shift: float, slope: float) -> list[Asked]:
    truth, asked = Recalibration(shift, slope), []
    for place in range(number):
        chance, day = random.uniform(0.3, 0.98), 100 * place // number
        asked.append(Asked(day - random.randrange(1, 30), day, chance, random.random() < truth(chance)))
    return asked


def test_without_answers_nothing_is_corrected_and_with_many_the_truth_is_found() -> None:
    assert recalibration_of([]) == Recalibration(0, 1)
    found = recalibration_of(answers(Random(1), 6000, -0.4, 0.8))
    assert found.shift == pytest.approx(-0.4, abs=0.15)
    assert found.slope == pytest.approx(0.8, abs=0.12)
    assert Recalibration()(0.7) == pytest.approx(0.7)


def test_a_student_who_is_forecast_well_is_trusted_and_one_who_drifts_is_not() -> None:
    steady = answers(Random(2), 1500, 0, 1)
    drifting = [each._replace(correct=each.correct and each.day < 60) for each in steady]
    assert past_error([], 100) == pytest.approx(USUAL_ERROR)
    assert past_error(steady, 101) < USUAL_ERROR + 1
    assert past_error(drifting, 101) > 10


def test_the_interval_is_wider_the_more_is_missing_the_further_the_day_and_the_fewer_questions() -> None:
    def half(score: float, days: int, error: float, questions: int = 0) -> float:
        found = prediction(score, days, error, questions)
        return found.high - found.low

    assert half(80, 30, 2.5) > half(90, 30, 2.5) > half(90, 7, 2.5)
    assert half(80, 7, 5) > half(80, 7, 2)
    assert half(80, 7, 2, 60) > half(80, 7, 2, 200) > half(80, 7, 2)
    assert half(84, 26, 2.5) / 2 == pytest.approx(
        1.645 * (0.64 + 2.25 + ((0.08 + 0.14 * (26 / 30) ** 0.5) * 16) ** 2) ** 0.5
    )
    assert prediction(99.9, 100, 9).high == 100


def test_guesses_and_slips_and_what_was_never_met_are_part_of_the_score() -> None:
    [card] = cards_of(4, 1)
    none = Recalibration()
    assert chance_of(card, 1.0, none) == pytest.approx(0.98)
    assert chance_of(card, 0.0, none) == pytest.approx(max(card.guess, 1e-4))
    assert chance_of(card, None, Recalibration(3, 1)) == card.right
    assert score_of([card], [None], 0, none) == pytest.approx(100 * card.right)


def test_the_past_is_replayed_and_each_next_day_answer_is_held_against_its_forecast() -> None:
    told = [
        Answered(A, 100, False, 1, True),
        Answered(A, 100, True, 3, True),
        Answered(A, 103, True, 3, True),
        Answered(A, 104, True, 3, False),  # practice: evidence of nothing here
        Answered(B, 104, True, 1, True),  # an avowed guess
    ]
    past = past_of(told, FSRS6_PARAMETERS, {A: 0.2, B: 0.0})
    memory = FSRS6.after(FSRS6_PARAMETERS, FSRS6.first(FSRS6_PARAMETERS, Rating.AGAIN), 0, Rating.GOOD)
    recall = FSRS6.retrievability(FSRS6_PARAMETERS, memory, 3)
    [asked] = past.asked
    assert asked._replace(chance=0) == Asked(100, 103, 0, True)
    assert asked.chance == pytest.approx(0.98 * recall + 0.2 * (1 - recall))
    assert past.memories[A] == (FSRS6.after(FSRS6_PARAMETERS, memory, 3, Rating.GOOD), 103)
    assert past.firsts == {A: (False, False), B: (True, False)}
    begun_again = past_of([*told, Answered(A, 105, False, 1, True, True)], FSRS6_PARAMETERS, {A: 0.2})
    assert begun_again.memories[A] == (FSRS6.first(FSRS6_PARAMETERS, Rating.AGAIN), 105)
    assert len(begun_again.asked) == 1


def test_first_answers_tell_of_each_topic_and_few_count_with_all() -> None:
    topics = {CardId(f"{topic}{number}"): topic for topic in "xy" for number in range(50)}
    guess = dict.fromkeys(topics, 0.2)
    nothing = first_answers(Past(), topics, guess)
    assert nothing.right["x"] == pytest.approx(0.2 + 0.3 * 0.8)
    assert nothing.known["y"] == pytest.approx(0.3)
    firsts = {card_id: (topic == "x", topic == "x") for card_id, topic in topics.items()}
    found = first_answers(Past(firsts=firsts), topics, guess)
    assert found.right["x"] > 0.9
    assert found.right["y"] < 0.1
    assert found.count == 100


def test_the_time_of_a_day_is_what_its_cards_usually_take() -> None:
    costs = Costs(new=40, right=10, wrong=25)
    told = [
        Answered(A, 100, True, 3, True),
        Answered(A, 101, False, 1, True),
        Answered(A, 101, True, 3, True),  # the step of the day is part of what it costs
        Answered(B, 101, False, 1, True),
    ]
    past = past_of(told, FSRS6_PARAMETERS, {A: 0.2, B: 0.2})
    assert past.spent(101, costs) == 25 + 40
    assert past.spent(102, costs) == 0


def test_days_missed_are_those_of_the_last_weeks_since_the_student_came_back() -> None:
    assert missed_share([], 100, lambda _: True) == 0
    assert missed_share([99], 100, lambda _: True) == 0
    assert missed_share(range(40, 60), 100, lambda _: True) == 0
    assert missed_share([80, *range(85, 100)], 100, lambda _: True) == pytest.approx(0.2)
    assert missed_share([80, *range(85, 100)], 100, lambda day: day >= 84) == pytest.approx(1 / 16)


def test_a_memory_is_what_the_cards_of_the_tests_have() -> None:
    assert any(isinstance(card.memory, Memory) for card in cards_of(1))
