"""The tables of a deck, each held against the model that says what may stand in it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from sciaquiz.deck.authored.common import Authored, DeckAuthored
from sciaquiz.deck.importing.messages import form_of, keys_at, listed, words
from sciaquiz.deck.importing.nearest import meant, nearest
from sciaquiz.deck.problem import Severity
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

    def read(self, array: str, model: type[T], *, named_by: str = "") -> list[tuple[int, T]]:
        """Return the sound tables of an array with their places.

        With `named_by`, the key that says what a table is, one with errors is kept as far as it is sound, if it has an
        id: what names it can do with that.
        """
        found = []
        for place, table in self.of(array):
            read, bad = self.validate(model, table, (array, place))
            if read is None and named_by and "id" not in bad:
                sound = {key: value for key, value in table.items() if key not in bad}
                read = model.model_validate({named_by: table["id"], **sound})
            if read is not None:
                found.append((place, read))
        return found

    def validate(
        self, model: type[T], table: dict[str, Any], path: DataPath, *, has_meta: bool = False
    ) -> tuple[T | None, set[str]]:
        """Return a table as its model, or None and the keys that are wrong, each of which is reported.

        In a table with a place for what is not studied (`has_meta`), a key like none that is known is only warned of.
        """
        try:
            return model.model_validate(table), set()
        except ValidationError as error:
            faults = error.errors(include_url=False, include_context=True, include_input=True)
        own = {str(fault["loc"][0]) for fault in faults if has_meta and self._is_own(model, fault, path)}
        for key in own:
            message = f"unknown key “{shortened(key)}” is not used; what is only for you belongs into [{path[0]}.meta]"
            self.findings.report((*path, key), "unknown-key", message, Severity.WARNING)
        if own and len(own) == len(faults):
            return model.model_validate({key: value for key, value in table.items() if key not in own}), set()
        misspelt = _meant_by_misspelling(model, faults)
        bare: set[DataPath] = set()
        """Lists of which it is told already that they hold no tables."""
        for fault in faults:
            is_told = (
                (fault["loc"][:1] and fault["loc"][0] in own)
                or (fault["type"] == "missing" and fault["loc"] in misspelt)
                or (fault["type"] == "model_type" and fault["loc"][:-1] in bare)
            )
            if fault["type"] == "model_type":
                bare.add(fault["loc"][:-1])
            if not is_told and not self.findings.is_full:
                self._report(model, fault, path, table)
        return None, {str(fault["loc"][0]) for fault in faults if fault["loc"]}

    def _is_own(self, model: type[Authored], fault: Any, path: DataPath) -> bool:
        """Say whether a key is none that a deck knows, nor like one."""
        loc: DataPath = fault["loc"]
        return (
            fault["type"] == "extra_forbidden"
            and len(loc) == 1
            and not self._belongs(model, loc, path, {})
            and nearest(str(loc[0]), model.model_fields) is None
        )

    def report_unknown(self, path: DataPath, key: str, known: Iterable[str]) -> None:
        """Report a key that is none of those known, with the one that was meant if one is like it."""
        hint = meant(key, known) or f": leave it out; known here are {listed(known)}"
        self.findings.report(path, "unknown-key", f"unknown key “{shortened(key)}”{hint}")

    def _report(self, model: type[Authored], fault: Any, path: DataPath, table: dict[str, Any]) -> None:
        loc: DataPath = fault["loc"]
        if fault["type"] == "extra_forbidden":
            if told := self._belongs(model, loc, path, table):
                self.findings.report((*path, *loc), "misplaced-key", told)
            else:
                self.report_unknown((*path, *loc), str(loc[-1]) if loc else "", keys_at(model, loc))
            return
        name = next((str(part) for part in reversed(loc) if isinstance(part, str)), "")
        said = words(fault)
        if fault["type"] == "list_type" and isinstance(fault["input"], dict):
            said = f"must be a list: write [[{_header((*path, *loc))}]] before each entry"
        if fault["type"] == "model_type" and loc and isinstance(loc[-1], int):
            said = f"holds tables: write each as {form_of(model, loc)}"
        self.findings.report((*path, *loc), fault["type"].replace("_", "-"), f"“{name}” {said}")

    def _belongs(self, model: type[Authored], loc: DataPath, path: DataPath, table: dict[str, Any]) -> str:
        """Return to which table around it a key belongs that is unknown where it stands, and where to move it."""
        key = str(loc[-1])
        for cut in range(len(loc) - 2, -1, -1):
            around = loc[:cut]
            if isinstance(loc[cut], str) and key in keys_at(model, (*around, key)) and key not in _at(table, around):
                owner = next((part for part in reversed(around) if isinstance(part, str)), str(path[0])).removesuffix(
                    "s"
                )
                header = _header((*path, *loc[: cut + 1]))
                return f"“{key}” belongs to the {owner}: move it above the first [[{header}]]"
        if path and key in DeckAuthored.model_fields and key not in self._document:
            return f"“{key}” belongs to the deck: move it to the top of the file, above the first [[{path[0]}]]"
        return ""


def _header(path: DataPath) -> str:
    """Return what stands between the brackets of the header of an array of tables."""
    return ".".join(part for part in path if isinstance(part, str))


def _meant_by_misspelling(model: type[Authored], faults: Iterable[Any]) -> set[DataPath]:
    """Return the keys that are missing only because they are misspelt, or stand in a table inside."""
    found = set()
    for fault in faults:
        loc: DataPath = fault["loc"]
        if fault["type"] == "extra_forbidden" and loc:
            key = str(loc[-1])
            found |= {(*loc[:cut], key) for cut in range(len(loc) - 1)}
            if (name := nearest(key, keys_at(model, loc))) is not None:
                found.add((*loc[:-1], name))
    return found


def _at(data: Any, loc: DataPath) -> Any:
    """Return the value at a path that leads somewhere."""
    for part in loc:
        data = data[part]
    return data
