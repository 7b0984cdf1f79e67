"""What is said of questions that their authors have changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.words import count, weekday_words

if TYPE_CHECKING:
    from sciaquiz.journal.corrections import Corrected


def corrected_words(number: int) -> str:
    """Return how many cards are asked again since their keys were corrected."""
    if number == 1:
        return "The key of a card that you had learned was corrected: it is asked again."
    return f"The keys of {count(number, 'card')} that you had learned were corrected: they are asked again."


def would_be_corrected_words(number: int) -> str:
    """Return how many cards would be asked again."""
    return f"You have learned {count(number, 'card')} by a key that is another now: asked again."


def correction_words(corrected: Corrected) -> str:
    """Return when the key of a card was corrected, and what had been right before."""
    day = weekday_words(corrected.day)
    return f"The key was corrected on {day}{f'; before, “{corrected.before}” was right' if corrected.before else ''}."
