"""What is said of a sitting of one's own choice before it begins: the same for every face."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sciaquiz.journal.entries import Mode
from sciaquiz.view.finding import none_words
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.study.choice import Choice
    from sciaquiz.study.query import Term
    from sciaquiz.study.summary import Summary
    from sciaquiz.study.turns import Chosen

TRYING = "You are trying this deck: all of it is asked, and nothing is recorded. To keep your answers, add --record."
STAYED = "That was practice: the schedule stayed as it was."


def beginning_words(choice: Choice, asked: int) -> str:
    """Return how many questions are asked, what the answers do to the schedule, and when they are told."""
    told = " Whether they were right is said at the end." if choice.tells_at_the_end else ""
    return f"{count(asked, 'question')}. {choice.consequence}{told}"


def how_words(chosen: Chosen | None) -> list[str]:
    """Return what is told of a sitting while it is held: that it is practice, and the time for an answer."""
    if chosen is None:
        return []
    practice = ["practice"] if chosen.mode is Mode.PRACTICE else []
    return practice + ([f"{chosen.seconds} s each"] if chosen.seconds else [])


def afterwards(summary: Summary, *, is_practice: bool) -> list[str]:
    """Return what is said at the end of a sitting of what was chosen: the schedule that stayed, and the time set."""
    late = f"{count(summary.late, 'answer')} took longer than the time you set."
    return [*([STAYED] if is_practice else []), *([late] if summary.late else [])]


def in_the_way(choice: Choice, total: Callable[[Choice], int]) -> tuple[Term, int] | None:
    """Return the term of a choice that matches nothing without which most would match, and how many; None if none."""
    without = [(term, total(replace(choice, query=choice.query.without(term)))) for term in choice.query.terms]
    return max((each for each in without if each[1]), key=lambda each: each[1], default=None)


def none_match(choice: Choice, total: Callable[[Choice], int]) -> str:
    """Return that nothing matches, and what to drop."""
    found = in_the_way(choice, total)
    return "Nothing matches." if found is None else none_words([found])
