"""Marking what was chosen among options."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.kinds import Credit
from sciaquiz.marking.marked import Marked, Part, all_or_nothing, share

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.deck.kinds import MultipleAnswer, SingleBestAnswer, TrueFalse
    from sciaquiz.ids import OptionId


def mark_single(question: SingleBestAnswer, option: str) -> Marked:
    """Mark the option chosen: all or nothing."""
    if all(option != known.id for known in question.options):
        raise ValueError(f"{question.id} has no option {option!r}")
    right = option == question.key.id
    return all_or_nothing(right, Part(option, right))


def mark_multiple(question: MultipleAnswer, chosen: Sequence[OptionId]) -> Marked:
    """Mark a set of options: each option is right if it was chosen just when it should be.

    With right minus wrong the score is (right chosen - wrong chosen) / number of right options, never below 0.
    """
    known = {option.id for option in question.options}
    if not set(chosen) <= known:
        raise ValueError(f"{question.id} has no option {min(set(chosen) - known)!r}")
    parts = tuple(Part(option.id, (option.id in chosen) == option.correct) for option in question.options)
    correct = all(part.right for part in parts)
    if question.credit is Credit.ALL_OR_NOTHING:
        return Marked(float(correct), correct, parts)
    right = {option.id for option in question.options if option.correct}
    hits, misses = len(right & set(chosen)), len(set(chosen) - right)
    return Marked(max(0.0, (hits - misses) / len(right)), correct, parts)


def mark_true_false(question: TrueFalse, answers: Sequence[tuple[OptionId, bool]]) -> Marked:
    """Mark each statement; the score is the share judged rightly. What was not judged is wrong."""
    given = dict(answers)
    known = {statement.id for statement in question.statements}
    if not set(given) <= known:
        raise ValueError(f"{question.id} has no statement {min(set(given) - known)!r}")
    return share(tuple(Part(entry.id, given.get(entry.id) == entry.correct) for entry in question.statements))
