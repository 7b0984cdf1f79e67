"""What every question should have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.look import named
from sciaquiz.deck.kinds import Matching, MultipleAnswer, SingleBestAnswer

if TYPE_CHECKING:
    from sciaquiz.authoring.lint.look import Look


def explanation(look: Look) -> str | None:
    """An explanation."""
    if look.question.explanation:
        return None
    return "“explanation” is missing: say the principle in two or three sentences"


def sources(look: Look) -> str | None:
    """A source for the key."""
    return None if look.question.sources else "“sources” is missing: every key needs one"


def rationales(look: Look) -> str | None:
    """A reason for each wrong option, statement or match; for a right option the explanation is one."""
    question = look.question
    is_said = bool(question.explanation) and isinstance(question, SingleBestAnswer | MultipleAnswer)
    bare = [
        entry.id
        for entry in (question.stems if isinstance(question, Matching) else look.entries)
        if not getattr(entry, "why", "") and not (is_said and getattr(entry, "correct", False))
    ]
    return f"“why” is missing for {named(bare)}" if bare else None
