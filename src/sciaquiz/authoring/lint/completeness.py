"""What every question should have."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sciaquiz.deck.kinds import SingleBestAnswer
    from sciaquiz.deck.model import Question


def explanation(question: Question) -> str | None:
    """An explanation."""
    return None if question.explanation else "“explanation” is missing: say the principle in two or three sentences"


def sources(question: Question) -> str | None:
    """A source for the key."""
    return None if question.sources else "“sources” is missing: every key needs one"


def rationales(question: SingleBestAnswer) -> str | None:
    """A reason for each option."""
    bare = [option.id for option in question.options if not option.why]
    return f"“why” is missing for {', '.join(bare)}" if bare else None
