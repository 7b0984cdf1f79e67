"""What keeps the marks on options, how fast they act and which of them harm, from counting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.kinds import MultipleAnswer, SingleBestAnswer
from sciaquiz.deck.model import Safety

if TYPE_CHECKING:
    from sciaquiz.authoring.lint.look import Look
    from sciaquiz.deck.model import Option, Question


def _options(question: Question) -> tuple[Option, ...]:
    return question.options if isinstance(question, SingleBestAnswer | MultipleAnswer) else ()


def urgency_in_part(look: Look) -> str | None:
    """Some options say how fast they act, and others do not."""
    question = look.question
    bare = [option.id for option in _options(question) if option.urgency is None]
    if not bare or len(bare) == len(_options(question)):
        return None
    return f"“urgency” is missing for {', '.join(bare)}: mark every option, or none"


def harm_without_danger(look: Look) -> str | None:
    """An option is said to harm, and the question is none that must not be missed."""
    question = look.question
    if question.safety is Safety.MUST_NOT_MISS or not any(option.harm for option in _options(question)):
        return None
    return '“harm” counts for nothing here: add “safety = "must-not-miss"”, or leave it out'
