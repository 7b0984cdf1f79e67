"""What a student can answer, by kind, and its form in the journal."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sciaquiz.ids import OptionId
    from sciaquiz.record import Rating


@dataclass(frozen=True, slots=True)
class Choice:
    """One option chosen; `shown` is the order in which the options stood on the screen."""

    option: OptionId
    shown: tuple[OptionId, ...]


@dataclass(frozen=True, slots=True)
class SelfGrade:
    """The student's own verdict on what came to mind."""

    rating: Rating


Response = Choice | SelfGrade


def to_json(response: Response) -> Mapping[str, object]:
    """Return the form in which the journal keeps a response."""
    match response:
        case Choice(option, shown):
            return {"chosen": option, "shown": list(shown)}
        case SelfGrade(rating):
            return {"self_grade": int(rating)}
        case _ as never:
            assert_never(never)
