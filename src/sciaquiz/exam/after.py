"""What came of an exam that is over, as far as the journal can tell."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.exam.plan import LATER_DAYS

if TYPE_CHECKING:
    from sciaquiz.exam.evidence import Past
    from sciaquiz.exam.exam import Exam
    from sciaquiz.exam.prediction import Prediction


class After(Struct, frozen=True, kw_only=True):
    """What was expected on the morning of an exam, by the answers before it; `met` of its `cards` had been asked.

    `asked` of these were asked again in the 30 days from the exam on: `right` of those first answers were right, and
    `chance` is the mean chance that was given to them, 0..1.
    """

    exam: Exam
    expected: Prediction
    met: int
    cards: int
    asked: int
    right: int
    chance: float


def after_of(exam: Exam, expected: Prediction, met: int, cards: int, past: Past) -> After:
    """Return what came of an exam; `past` are all answers to its cards.

    Of each card only the first answer since the exam tells what was kept of it.
    """
    day = exam.day.toordinal()
    known = [each for each in past.asked if day <= each.day < day + LATER_DAYS and each.last < day]
    asked = len(known)
    right, chance = sum(each.correct for each in known), sum(each.chance for each in known)
    return After(
        exam=exam, expected=expected, met=met, cards=cards, asked=asked, right=right, chance=chance / max(1, asked)
    )
