"""What is wrong with a file, kept as it is found: each with its place, and no more than a person can mend."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sciaquiz.deck.limits import LONGEST_ID, LONGEST_MESSAGE, MOST_TOLD
from sciaquiz.deck.locate import Places
from sciaquiz.deck.problem import Problem, Severity
from sciaquiz.text import shortened, tame

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    Where = tuple[str | int, ...]

NAMED = ("source", "concept", "figure", "case")
"""The arrays of tables that a question may name by their ids."""


class Findings:
    """The problems of one file; what its parser made of it says whose a problem is."""

    def __init__(self, path: Path, text: bytes, document: Mapping[str, Any]) -> None:
        self.places = Places(text)
        self._path = path
        self._document = document
        self._problems: list[Problem] = []
        self._count: Counter[Severity] = Counter()
        self._refused: set[Where] = set()

    def tell(self, where: Where, code: str, message: str, severity: Severity = Severity.ERROR) -> None:
        """Keep a problem of the value at a place."""
        if where not in self._refused:
            self._count[severity] += 1
            if self._count[severity] <= MOST_TOLD:
                self._problems.append(self._problem(where, code, message, severity))

    def refuse(self, where: Where, code: str, message: str) -> None:
        """Keep that a value is beyond a limit; nothing else is told of it."""
        self.tell(where, code, message)
        self._refused.add(where)

    @property
    def is_full(self) -> bool:
        """Whether no more errors are told, so that their words need not be sought."""
        return self._count[Severity.ERROR] > MOST_TOLD

    def sorted(self) -> tuple[Problem, ...]:
        """Return the problems in the order of the file, and before them that there are more, if there are."""
        more = f"there are more than {MOST_TOLD} {{}}s: the rest is told when these are mended"
        untold = [
            self._problem((), "too-many", more.format(severity.value), severity)
            for severity, count in self._count.items()
            if count > MOST_TOLD
        ]
        return tuple(sorted((*self._problems, *untold)))

    def _problem(self, where: Where, code: str, message: str, severity: Severity) -> Problem:
        line, column = self.places.of(where)
        owner = self._owner(where)
        said = f"{where[0]} “{owner}”: {message}" if owner else message
        return Problem(
            path=self._path,
            line=line,
            column=column,
            message=shortened(said, LONGEST_MESSAGE),
            code=code,
            severity=severity,
            question_id=owner if where[:1] == ("question",) else "",
        )

    def _owner(self, where: Where) -> str:
        """Return what its author calls the question, figure, case, source or concept that a place belongs to."""
        if len(where) < 2 or where[0] not in ("question", *NAMED) or not isinstance(where[1], int):
            return ""
        array = self._document.get(str(where[0]))
        return name_of(array[where[1]]) if isinstance(array, list) else ""


def name_of(table: Any) -> str:
    """Return what its author calls a table, as far as a message can hold it; nothing if it has no name."""
    name = table.get("id") if isinstance(table, dict) else None
    return tame(name[:LONGEST_ID]) if isinstance(name, str) else ""


def tables_with_ids(document: Mapping[str, Any]) -> Iterable[tuple[str, int, str]]:
    """Yield every table that can be named, sound or not: its array, its place there, its id."""
    for array in NAMED:
        listed = document.get(array)
        for place, table in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(table, dict) and isinstance(table.get("id"), str):
                yield array, place, table["id"]
