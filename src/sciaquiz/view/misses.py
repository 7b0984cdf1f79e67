"""Why an answer was wrong, as the student may say it: the question, and five reasons by number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.journal.entries import MissReason
from sciaquiz.view.acts import REASON_WORDS

if TYPE_CHECKING:
    from collections.abc import Mapping

WHY_WRONG = "Why was it wrong?"
NOT_WRONG = "There is no wrong answer to explain."
SAID_BEFORE = "You said why: {}. Undo takes that back."
CHOICES: Mapping[str, MissReason] = {str(place): reason for place, reason in enumerate(MissReason, start=1)}
"""What is typed for each reason."""


def choices_words() -> str:
    """Return the reasons in one line, each with its number."""
    return ", ".join(f"{key} {REASON_WORDS[reason]}" for key, reason in CHOICES.items())


def reason_meant(said: str) -> MissReason | None:
    """Return the reason that a number, its words or one of them mean; None if they mean none or several."""
    said = said.strip().casefold()
    if said in CHOICES:
        return CHOICES[said]
    found = [reason for reason, words in REASON_WORDS.items() if said in (reason.value, words, *words.split())]
    return found[0] if len(found) == 1 else None
