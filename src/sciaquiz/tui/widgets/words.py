"""Words that more than one screen says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Certainty, Rating

if TYPE_CHECKING:
    from sciaquiz.deck.model import Deck, Question

CERTAINTY = {
    Certainty.GUESS: "you guessed",
    Certainty.THINK_SO: "you thought so",
    Certainty.CERTAIN: "you were certain",
}
RATING = {Rating.AGAIN: "again", Rating.HARD: "hard", Rating.GOOD: "good", Rating.EASY: "easy"}


def citations(question: Question, deck: Deck | None) -> str:
    """Return the question's sources in one line, or nothing where the deck names none."""
    if deck is None:
        return ""
    return "; ".join(source.citation for source in deck.sources if source.id in question.sources)
