"""What a wrong answer shows that the student had in mind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.kinds import MultipleAnswer, SingleBestAnswer, TrueFalse, Typed
from sciaquiz.marking.response import Choice, Choices, Judgements, Written

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.model import Card
    from sciaquiz.ids import ConceptId
    from sciaquiz.marking.response import Response


def had_in_mind(card: Card, response: Response) -> tuple[ConceptId, ...]:
    """Return the concepts that the wrong parts of an answer stand for, each once."""
    found: Iterable[ConceptId | None]
    match card.question, response:
        case SingleBestAnswer(options=options), Choice(chosen):
            found = (option.confuses for option in options if option.id == chosen and not option.correct)
        case MultipleAnswer(options=options), Choices(several):
            found = (option.confuses for option in options if option.id in several and not option.correct)
        case TrueFalse(statements=statements), Judgements(answers):
            given = dict(answers)
            found = (entry.confuses for entry in statements if given.get(entry.id, entry.correct) != entry.correct)
        case Typed(wrong=wrong), Written(texts):
            from sciaquiz.marking.words import key

            typed = {tuple(sorted(key(text))) for text in texts}
            found = (entry.confuses for entry in wrong if tuple(sorted(key(entry.text))) in typed)
        case _:
            found = ()
    return tuple(dict.fromkeys(concept for concept in found if concept is not None))
