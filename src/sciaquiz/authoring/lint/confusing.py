"""What keeps a wrong answer from telling what was taken for what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.concepts import concept_of, stands_for

if TYPE_CHECKING:
    from sciaquiz.authoring.lint.look import Look


def counts_for_nothing(look: Look) -> str | None:
    """Wrong answers name concepts, and the question does not say what it is about."""
    question = look.question
    if question.concept is not None or not stands_for(question) or concept_of(question) is not None:
        return None
    return "“confuses” counts for nothing here: say with “concept” what the question is about, or leave it out"


def taken_for_itself(look: Look) -> str | None:
    """A wrong answer stands for the very concept that the question is about."""
    question = look.question
    concept = concept_of(question)
    if concept is None or concept not in stands_for(question):
        return None
    return f"a wrong answer stands for {concept}, which the question is about: nothing is taken for itself"
