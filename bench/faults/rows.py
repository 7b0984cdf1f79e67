"""What a part of the campaign reports: how often something was tried, and what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.timing import table

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


@dataclass(frozen=True)
class Row:
    """One line of the table: `count` tries of `goal`; `failures` names every kind that was looked for, with its count.

    `note` tells what else was seen, and belongs to no failure.
    """

    what: str
    count: int
    goal: int
    failures: Mapping[str, int]
    note: str = ""

    @property
    def passed(self) -> bool:
        """Whether nothing failed, and at least half of the goal was tried."""
        return not any(self.failures.values()) and 2 * self.count >= self.goal

    def cells(self) -> tuple[str, ...]:
        """Return the cells of the table."""
        tried = f"{self.count:,}" if self.count >= self.goal else f"{self.count:,}, below the goal"
        failed = ", ".join(f"{f'**{count:,}**' if count else 0} {name}" for name, count in self.failures.items())
        return self.what, tried, f"{self.goal:,}", failed, self.note


def as_table(rows: Iterable[Row]) -> str:
    """Return the rows as a Markdown table."""
    return table(["what", "tried", "goal", "went wrong", "seen"], [row.cells() for row in rows])
