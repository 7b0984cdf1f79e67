"""An exam as a value: what can be one, and what the entries of the journal come to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from sciaquiz.exam.exam import Exam, ExamError, check, exams_of, minutes_by_day, payload_of, removal_of
from sciaquiz.ids import DeckId

TODAY = date(2026, 11, 22)
EXAM = Exam(
    id="e1",
    name="Anatomy practical",
    day=date(2026, 12, 18),
    decks=(DeckId("nerve-roots"),),
    blueprint={"roots": 60, "variants": 40},
    minutes=30,
    days_off=frozenset({6}),
    target=80,
    questions=60,
)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": " "}, "needs a name"),
        ({"name": "x" * 81}, "at most 80"),
        ({"day": TODAY}, "is not ahead"),
        ({"day": TODAY - timedelta(days=3)}, "2026-11-19 is not ahead: today is 2026-11-22."),
        ({"day": date(2030, 1, 1)}, "too far off"),
        ({"minutes": 0}, "from 5 to 600, not 0"),
        ({"minutes": 601}, "from 5 to 600"),
        ({"days_off": frozenset(range(7))}, "every day off"),
        ({"target": 101}, "target is a percentage"),
        ({"pass_mark": 0}, "pass mark is a percentage"),
        ({"questions": 1001}, "up to 1000 questions"),
        ({"blueprint": {"a": 50, "b": 40}}, "come to 90, not 100: 10 too few"),
        ({"blueprint": {"a": 70, "b": 40}}, "come to 110, not 100: 10 too many"),
        ({"blueprint": {"a": 110, "b": -10}}, "below 0"),
    ],
)
def test_what_cannot_be_planned_is_refused_with_words(change: dict[str, object], said: str) -> None:
    check(EXAM, TODAY)
    with pytest.raises(ExamError, match=said.replace("(", r"\(")):
        check(replace(EXAM, **change), TODAY)


def test_the_latest_entry_of_an_exam_counts_and_one_removes_it() -> None:
    later = replace(EXAM, minutes=45)
    other = replace(EXAM, id="e0", day=EXAM.day - timedelta(days=9))
    payloads = [payload_of(EXAM), payload_of(other), payload_of(later)]
    assert exams_of(payloads) == (other, later)
    assert exams_of([*payloads, removal_of("e0")]) == (later,)
    assert exams_of([*payloads, removal_of("e0"), payload_of(other)]) == (other, later)
    assert exams_of([]) == ()


@pytest.mark.parametrize(
    "payload",
    [{}, {"id": 3}, {"id": "x", "name": "y", "day": "never"}, {**payload_of(EXAM), "minutes": "many"},
     {**payload_of(EXAM), "blueprint": [1]}, {**payload_of(EXAM), "minutes": -5}, {"removed": True}],
)  # fmt: skip
def test_an_entry_that_says_no_exam_is_passed_over(payload: dict[str, object]) -> None:
    assert exams_of([payload_of(EXAM), payload]) in ((EXAM,), ())
    assert exams_of([payload]) == ()


def test_the_minutes_of_a_day_are_those_of_the_exam_that_has_most() -> None:
    sunday = date(2026, 11, 22)
    assert minutes_by_day([EXAM], sunday, 3) == [0, 30, 30]
    short = replace(EXAM, id="e2", minutes=50, day=date(2026, 11, 24), days_off=frozenset())
    assert minutes_by_day([EXAM, short], sunday, 3) == [50, 50, 30]
    assert minutes_by_day([EXAM], EXAM.day - timedelta(days=1), 2) == [30, 0]
