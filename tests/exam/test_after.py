"""What came of an exam that is over."""

from __future__ import annotations

from datetime import date, timedelta

from sciaquiz.exam.after import after_of
from sciaquiz.exam.evidence import Answered, past_of
from sciaquiz.exam.exam import Exam
from sciaquiz.exam.prediction import Prediction
from sciaquiz.ids import CardId
from sciaquiz.memory.policy import FSRS6_PARAMETERS
from sciaquiz.view.exam import after_lines

DAY = date(2026, 11, 20)
EXAM = Exam(id="anatomy", name="Anatomy", day=DAY)
EXPECTED = Prediction(80, 74, 86)


def answer(card: str, days: int, correct: bool) -> Answered:
    """An answer so many days after the exam."""
    return Answered(CardId(card), DAY.toordinal() + days, correct, 3 if correct else 1, schedules=True)


def test_only_the_first_answer_since_to_what_was_asked_before_tells_what_was_kept() -> None:
    answers = [
        answer("kept", -9, True), answer("kept", 0, True), answer("kept", 20, False),  # the second has learned since
        answer("lost", -9, True), answer("lost", 29, False),
        answer("late", -9, True), answer("late", 30, True),  # beyond the thirty days
        answer("new", 2, True), answer("new", 9, True),  # first met after it
        answer("again", -3, False), answer("again", -1, True),
    ]  # fmt: skip
    past = past_of(answers, FSRS6_PARAMETERS, dict.fromkeys((each.card_id for each in answers), 0.25))
    found = after_of(EXAM, EXPECTED, met=4, cards=5, past=past)
    assert (found.asked, found.right) == (2, 1)
    assert 0.25 < found.chance < 1
    told = " ".join(after_lines(found, DAY + timedelta(days=40)))
    assert "Anatomy was on 20 Nov. It is over: your cards come back as they would have without it." in told
    assert "On that morning 80 (74 to 86) was expected; 4 of 5 questions had been asked by then." in told
    assert "Of 2 that were asked again in the 30 days since, 50% were right the first time" in told


def test_where_nothing_was_asked_since_no_share_is_told() -> None:
    found = after_of(EXAM, EXPECTED, met=0, cards=1, past=past_of([], FSRS6_PARAMETERS, {}))
    assert (found.asked, found.right, found.chance) == (0, 0, 0)
    assert after_lines(found, DAY)[-1] == "None of them was asked again since."
