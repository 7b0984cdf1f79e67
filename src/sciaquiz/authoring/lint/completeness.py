"""What every question should have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.authoring.lint.look import named
from sciaquiz.deck.kinds import Matching

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
    """A reason for each option, statement or match."""
    question = look.question
    entries = question.stems if isinstance(question, Matching) else look.entries
    bare = [entry.id for entry in entries if not getattr(entry, "why", "")]
    return f"“why” is missing for {named(bare)}" if bare else None
