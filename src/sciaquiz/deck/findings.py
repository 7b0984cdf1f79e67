"""What is wrong with the data of a deck, kept as it is found: each with its path, and no more than a person can mend.

A path leads from the top of the data to a value, as keys of tables and places in lists. Nothing here knows of a file.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from sciaquiz.deck.limits import LONGEST_ID, MOST_TOLD
from sciaquiz.deck.problem import Severity
from sciaquiz.text import tame

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    DataPath = tuple[str | int, ...]

NAMED = ("source", "concept", "figure", "case")
"""The arrays of tables that a question may name by their ids."""


class Finding(Struct, frozen=True, kw_only=True):
    """One thing that is wrong: `path` leads to the value, or where it is missing to the nearest thing around it.

    `message` can be read by itself. Where it refers to another place, `other` leads there, and `ending` is the last
    part of the message, before which that place can be named.
    """

    path: DataPath
    code: str
    message: str
    severity: Severity = Severity.ERROR
    other: DataPath | None = None
    ending: str = ""

    def naming(self, other: str) -> str:
        """Return the message with words such as “in line 5” for the other place."""
        return f"{self.message.removesuffix(self.ending)} {other}{self.ending}"


class Findings:
    """What is wrong with some data, in the order in which it was found.

    `lost` are the paths of tables and keys that could not be read: that is told already.
    """

    def __init__(self, data: Any, lost: Collection[DataPath] = ()) -> None:
        self._data = data
        self._lost = lost
        self._found: list[Finding] = []
        self._count: Counter[Severity] = Counter()
        self._refused: set[DataPath] = set()

    def report(
        self,
        path: DataPath,
        code: str,
        message: str,
        severity: Severity = Severity.ERROR,
        *,
        other: DataPath | None = None,
        ending: str = "",
    ) -> None:
        """Keep what is wrong with the value at a path, unless its table could not be read at all."""
        if path in self._refused or (self._lost and (path[:2] in self._lost or path[:1] in self._lost)):
            return
        self._count[severity] += 1
        if self._count[severity] <= MOST_TOLD:
            path = within(self._data, path)
            if other is not None and within(self._data, other) != other:  # a key that is there under another spelling
                other = None
            self._found.append(
                Finding(path=path, code=code, message=message, severity=severity, other=other, ending=ending)
            )

    def refuse(self, path: DataPath, code: str, message: str) -> None:
        """Keep that a value is beyond a limit; nothing else is reported of it."""
        self.report(path, code, message)
        self._refused.add(path)

    @property
    def is_full(self) -> bool:
        """Whether no more errors are kept, so that their words need not be sought."""
        return self._count[Severity.ERROR] > MOST_TOLD

    def all(self) -> tuple[Finding, ...]:
        """Return what was found, and that there is more, if there is."""
        more = f"there are more than {MOST_TOLD} {{}}s: the rest is told when these are mended"
        return (
            *self._found,
            *(
                Finding(path=(), code="too-many", message=more.format(severity.value), severity=severity)
                for severity, count in self._count.items()
                if count > MOST_TOLD
            ),
        )


def within(data: Any, path: DataPath) -> DataPath:
    """Return as much of a path as there is in the data."""
    for length, part in enumerate(path):
        match data, part:
            case dict(), _ if part in data:
                data = data[part]
            case list(), int(place) if place < len(data):
                data = data[place]
            case _:
                return path[:length]
    return path


def owner_of(data: Any, path: DataPath) -> str:
    """Return what its author calls the question, figure, case, source or concept that a path leads into."""
    if len(path) < 2 or path[0] not in ("question", *NAMED) or not isinstance(path[1], int):
        return ""
    array = data[path[0]]
    return name_of(array[path[1]]) if isinstance(array, list) else ""


def name_of(table: Any) -> str:
    """Return what its author calls a table, as far as a message can hold it; nothing if it has no name."""
    name = table.get("id") if isinstance(table, dict) else None
    return tame(name[:LONGEST_ID]) if isinstance(name, str) else ""


def tables_with_ids(document: dict[str, Any]) -> Iterable[tuple[str, int, str]]:
    """Yield every table that can be named, sound or not: its array, its place there, its id."""
    for array in NAMED:
        listed = document.get(array)
        for place, table in enumerate(listed if isinstance(listed, list) else []):
            if isinstance(table, dict) and isinstance(table.get("id"), str):
                yield array, place, table["id"]
