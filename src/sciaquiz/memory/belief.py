"""Beliefs that were wrong and certain: opened by a confident error, closed by two certain, right answers in time.

Where the options of a question say which of them harm, only a confident choice of one that does opens a case.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Unsafe

if TYPE_CHECKING:
    from datetime import date

    from sciaquiz.journal.entries import Answer

HARM = "harm"
"""What the response in the journal says of its harm: true or false where the question marked any, else nothing."""
PROOF_AFTER = timedelta(days=7)
"""The first certain, right answer counts from this long after the error; the second as long after the first, or on any
later day if the student meets the card before."""


def may_harm(answer: Answer) -> bool:
    """Say whether acting on a wrong answer could hurt a patient: unless the journal says that it could not."""
    return answer.response.get(HARM) is not False


def belief_after(
    case: Unsafe | None,
    day: date,
    *,
    is_correct: bool,
    is_certain: bool,
    is_harmful: bool = True,
    can_prove: bool = True,
) -> Unsafe | None:
    """Return the open case of a card after one more answer, given on a study day; None if there is none.

    A case opens with a confident error that is harmful. It closes with a certain, right answer at least 7 days later,
    and another one on a later day. A further error, certain or not, harmful or not, opens it anew. An answer in
    practice cannot prove anything: the student chose when to be asked.
    """
    if not is_correct:
        return Unsafe(day) if (is_certain and is_harmful) or case is not None else None
    if case is None or not is_certain or not can_prove:
        return case
    if case.proved_on is None:
        return Unsafe(case.since, day) if day - case.since >= PROOF_AFTER else case
    return None if day > case.proved_on else case
