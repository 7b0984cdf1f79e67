"""The tables of a deck, each held against the model that says what may stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from sciaquiz.deck.authored.common import Authored
from sciaquiz.deck.importing.messages import keys_at, words
from sciaquiz.deck.importing.nearest import meant
from sciaquiz.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.findings import DataPath, Findings

T = TypeVar("T", bound=Authored)


class Tables:
    """The tables of a tamed document; what is wrong with their form goes to the findings."""

    def __init__(self, document: dict[str, Any], findings: Findings) -> None:
        self._document = document
        self.findings = findings
        self._arrays: dict[str, list[tuple[int, dict[str, Any]]]] = {}

    def of(self, array: str) -> list[tuple[int, dict[str, Any]]]:
        """Return the tables of an array with their places; what is no array of tables is reported, once, and empty."""
        if array not in self._arrays:
            self._arrays[array] = self._tables(array)
        return self._arrays[array]

    def _tables(self, array: str) -> list[tuple[int, dict[str, Any]]]:
        found = self._document.get(array, [])
        if not isinstance(found, list) or not all(table is None or isinstance(table, dict) for table in found):
            self.findings.report((array,), "wrong-type", f"“{array}” has to be written as [[{array}]]")
            return []
        return [(place, table) for place, table in enumerate(found) if table is not None]

    def read(self, array: str, model: type[T]) -> list[tuple[int, T]]:
        """Return the sound tables of an array with their places."""
        found = []
        for place, table in self.of(array):
            read, _ = self.validate(model, table, (array, place))
            if read is not None:
                found.append((place, read))
        return found

    def validate(self, model: type[T], table: dict[str, Any], path: DataPath) -> tuple[T | None, set[str]]:
        """Return a table as its model, or None and the keys that are wrong, each of which is reported."""
        try:
            return model.model_validate(table), set()
        except ValidationError as error:
            bad = set()
            for fault in error.errors(include_url=False, include_context=True, include_input=True):
                if fault["loc"]:
                    bad.add(str(fault["loc"][0]))
                if not self.findings.is_full:
                    self._report(model, fault, path)
            return None, bad

    def report_unknown(self, path: DataPath, key: str, known: Iterable[str]) -> None:
        """Report a key that is none of those known, with the one that was meant if one is like it."""
        self.findings.report(path, "unknown-key", f"unknown key “{shortened(key)}”{meant(key, known)}")

    def _report(self, model: type[Authored], fault: Any, path: DataPath) -> None:
        loc: DataPath = fault["loc"]
        if fault["type"] == "extra_forbidden":
            self.report_unknown((*path, *loc), str(loc[-1]) if loc else "", keys_at(model, loc))
            return
        name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
        self.findings.report((*path, *loc), fault["type"].replace("_", "-"), f"“{name}” {words(fault)}")
