"""Small decks for tests, made by plain calls."""

from __future__ import annotations

from sciaquiz.deck.model import Deck, Option, Question, Recall, Safety, SingleBestAnswer
from sciaquiz.ids import DeckId, OptionId, QuestionId, digest_of


def single(name: str, *, deck: str = "demo", safety: Safety | None = None, options: int = 4) -> SingleBestAnswer:
    """A question whose first option is right."""
    return SingleBestAnswer(
        id=QuestionId(name),
        deck_id=DeckId(deck),
        version=digest_of(name),
        stem=f"A stem for {name}.\n\nWhich one is right?",
        explanation=f"The principle behind {name}.",
        safety=safety,
        options=tuple(
            Option(id=OptionId(f"o{place}"), text=f"Option {place}", correct=place == 0, why=f"Why {place}.")
            for place in range(options)
        ),
    )


def recall(name: str, *, deck: str = "demo") -> Recall:
    """A question that the student grades."""
    return Recall(
        id=QuestionId(name), deck_id=DeckId(deck), version=digest_of(name), stem="Say it.", answer=f"It is {name}."
    )


def deck(*questions: Question, name: str = "demo") -> Deck:
    """A deck of these questions."""
    return Deck(id=DeckId(name), title=name.capitalize(), version="1", questions=questions)
