"""The memory of a card under another model: the states of two models cannot be converted, so it is made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sciaquiz.memory.model import model_named, name_of
from sciaquiz.memory.schedule import elapsed_under

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.journal.entries import Memory, Progress
    from sciaquiz.memory.policy import Policy
    from sciaquiz.memory.schedule import Graded


def remade(progress: Progress | None, answers: Iterable[Graded], policy: Policy) -> Progress | None:
    """Return what a card has come to, its memory under the model of a policy.

    As it is where it is of that model already; else from all answers so far that moved it, under these parameters.
    """
    if progress is None or name_of(progress.memory) == policy.model:
        return progress
    memory = memory_after(answers, policy)
    return progress if memory is None else replace(progress, memory=memory)


def memory_after(answers: Iterable[Graded], policy: Policy) -> Memory | None:
    """Return the memory that answers to one card lead to under one model and its parameters, None without any."""
    model, parameters = model_named(policy.model), policy.parameters
    memory, last = None, None
    for graded in answers:
        if memory is None or last is None:
            memory = model.first(parameters, graded.rating)
        else:
            passed = elapsed_under(model, last.study_day, last.instant, graded.moment)
            memory = model.after(parameters, memory, passed, graded.rating)
        last = graded.moment
    return memory
