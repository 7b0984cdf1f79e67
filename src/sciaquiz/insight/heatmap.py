"""A year of study days as a row of weeks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from collections.abc import Mapping


class Week(Struct, frozen=True):
    """One week of the heatmap, Monday first. A level is 0 (nothing) to 4; None is a day still to come."""

    monday: date
    levels: tuple[int | None, ...]


def weeks(answers_by_day: Mapping[date, int], today: date, count: int) -> tuple[Week, ...]:
    """Return the last `count` weeks, oldest first. Levels are quarters of the student's own busiest day shown."""
    first = today - timedelta(days=today.weekday(), weeks=count - 1)
    shown = [answers for day, answers in answers_by_day.items() if first <= day <= today]
    busiest = max(shown, default=0)
    return tuple(
        Week(
            monday=first + timedelta(weeks=week),
            levels=tuple(
                None
                if (day := first + timedelta(weeks=week, days=weekday)) > today
                else level(answers_by_day.get(day, 0), busiest)
                for weekday in range(7)
            ),
        )
        for week in range(count)
    )


def level(answers: int, busiest: int) -> int:
    """Return 0 for no answers, else 1..4 by quarter of the busiest day."""
    if answers <= 0 or busiest <= 0:
        return 0
    return min(4, 1 + (answers * 4 - 1) // busiest if answers < busiest else 4)
