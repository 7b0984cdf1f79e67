"""Flaws that make a question hard for reasons that have nothing to do with knowing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sciaquiz.deck.kinds import SingleBestAnswer
    from sciaquiz.deck.model import Question

NEGATIVE = re.compile(r"\b(not|except|least likely)\b")
VAGUE = re.compile(r"\b(rarely|sometimes|often|usually|frequently|occasionally|commonly)\b", re.IGNORECASE)
LONGEST_SHARED = 3
"""Options may begin with up to two words in common."""


def lead_in(question: Question) -> str:
    """Return the last paragraph of the stem, which asks."""
    return question.stem.split("\n\n")[-1]


def unmarked_negative(question: Question) -> str | None:
    """The question asks for what is not so, and does not shout it."""
    found = NEGATIVE.search(lead_in(question))
    return f"the question turns on “{found[0]}”: ask for what is so, or write {found[0].upper()}" if found else None


def vague_options(question: SingleBestAnswer) -> str | None:
    """Options hold words of frequency that everybody reads differently."""
    guilty = [option.id for option in question.options if VAGUE.search(option.text)]
    return f"vague words (often, usually …) in options: {', '.join(guilty)}" if guilty else None


def no_question(question: SingleBestAnswer) -> str | None:
    """The stem asks nothing."""
    return None if "?" in question.stem else "the stem does not ask a question"


def repeated_beginning(question: SingleBestAnswer) -> str | None:
    """All options begin with the same words."""
    split = [option.text.casefold().split() for option in question.options]
    shared = 0
    while all(len(words) > shared for words in split) and len({words[shared] for words in split}) == 1:
        shared += 1
    if shared >= LONGEST_SHARED:
        return f"all options begin with “{' '.join(split[0][:shared])}”: move it into the stem"
    return None
