"""What a mock exam came to."""

from __future__ import annotations

from math import isclose

from answers_of_exams import made, result
from sciaquiz.exam.prediction import prediction
from sciaquiz.ids import EntryId
from sciaquiz.insight.shares import wilson
from sciaquiz.journal.entries import Certainty
from sciaquiz.mock.result import TAKEN_BACK

GUESS, THINK, CERTAIN = Certainty
RIGHT, WRONG = True, False


def test_what_has_no_answer_counts_as_wrong() -> None:
    found = result([(RIGHT, None), (WRONG, None), None, None])
    assert (found.all.right, found.all.of, found.unanswered) == (1, 4, 2)
    assert found.all.interval == wilson(1, 4)
    assert found.passed is False


def test_the_mark_by_certainty_is_that_of_gardner_medwin() -> None:
    said = [(RIGHT, GUESS), (RIGHT, THINK), (RIGHT, CERTAIN), (WRONG, GUESS), (WRONG, THINK), (WRONG, CERTAIN), None]
    marks = result(said).by_certainty
    assert marks is not None
    assert (marks.marks, marks.of, marks.without) == (1 + 2 + 3 + 0 - 2 - 6 + 0, 7, 0)
    assert marks.share < 0


def test_answers_without_a_certainty_are_left_out_of_the_mark_by_certainty_and_told() -> None:
    marks = result([(RIGHT, CERTAIN), (WRONG, None)]).by_certainty
    assert marks is not None
    assert (marks.marks, marks.of, marks.without, marks.share) == (3, 1, 1, 1.0)
    assert result([(RIGHT, None), None]).by_certainty is None


def test_certain_and_wrong_comes_first_and_what_had_no_answer_last() -> None:
    found = result([None, (WRONG, GUESS), (RIGHT, CERTAIN), (WRONG, CERTAIN)])
    assert [each.place for each in found.wrong] == [3, 1, 0]
    assert [each.place for each in found.certain_and_wrong] == [3]


def test_topics_stand_the_weakest_first_then_those_with_more_questions() -> None:
    found = result([(WRONG, None)] * 3 + [(RIGHT, None)] * 3, topics=list("abaaab")[:6])
    assert [(share.label, share.right, share.of) for share in found.topics] == [("a", 2, 4), ("b", 1, 2)]


def test_topics_with_very_few_questions_are_counted_together_at_the_end() -> None:
    found = result([(RIGHT, None)] * 3 + [(WRONG, None)] * 3, topics=["a", "a", "a", "b", "c", "c"])
    assert [(share.label, share.right, share.of) for share in found.topics] == [("a", 3, 3), ("other topics", 0, 3)]


def test_the_pass_mark_is_reached_exactly() -> None:
    assert result([(RIGHT, None)] * 3 + [(WRONG, None)] * 2, pass_mark=60).passed is True
    assert result([(RIGHT, None)] * 3 + [(WRONG, None)] * 2, pass_mark=61).passed is False
    assert result([(RIGHT, None)], pass_mark=0).passed is None


def test_an_answer_that_was_taken_back_is_left_out_of_the_mark() -> None:
    found = made([(RIGHT, None), (WRONG, None)], taken_back=[EntryId("answer-1")])
    assert (found.all.right, found.all.of) == (1, 1)
    assert [each.left_out for each in found.marked] == ["", TAKEN_BACK]


def test_only_first_exposures_speak_of_the_questions() -> None:
    found = result([(RIGHT, None), (WRONG, None)], first=[True, False])
    assert (found.first.right, found.first.of) == (1, 1)


def test_the_prediction_has_a_spread_and_is_silent_where_a_chance_is_not_known() -> None:
    spread = result([(RIGHT, None)] * 40).predicted_interval()
    assert spread is not None
    found = prediction(70, 0, 0, 40)
    assert isclose(spread[0], found.low / 100)
    assert isclose(spread[1], found.high / 100)
    assert result([(RIGHT, None)], chances=[None]).predicted_interval() is None
    assert result([(RIGHT, None)], chances=[None]).all.predicted is None
