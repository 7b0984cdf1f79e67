"""Plain data from wherever it comes, made fit to be read: texts tamed and folded, all of it within limits.

Most tables need nothing, or only line ends folded. So each is looked at as a whole, or gone through without keeping
paths; only one with something to report is gone through again with the path to each value.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import msgspec

from sciaquiz.deck.limits import DEEPEST, LONGEST_KEY, LONGEST_TEXT, MOST_KEYS, MOST_LINES, MOST_QUESTIONS
from sciaquiz.deck.problem import Severity
from sciaquiz.text import in_one_form, is_folded, paragraphs, tame, wild_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.findings import DataPath, Findings

JSON = msgspec.json.Encoder()
LONG_KEY = re.compile(rb'":(?<=[^"]{%d}":)' % (LONGEST_KEY + 1))


def tamed(document: Any, findings: Findings, *, is_toml: bool) -> Any:
    """Return a document with its texts tamed and folded; what is beyond a limit is reported and None.

    With `is_toml` all keys are taken to be text.
    """
    return _Taming(findings, is_toml=is_toml).reported(document, ())


def is_tame(table: dict[str, Any]) -> bool:
    """Say whether nothing would be changed in a table of an array or reported of it; True is certain, False is not.

    It is looked at as JSON, in which there are no spaces between the parts and a control sign takes a backslash.
    """
    try:
        said = JSON.encode(table)
    except (TypeError, ValueError, OverflowError, RecursionError):  # surrogates, huge numbers, what JSON cannot hold
        return False
    return (
        len(said) <= LONGEST_TEXT
        and said.isascii()
        and b"\\" not in said
        and b"  " not in said
        and b'" ' not in said
        and b' "' not in said
        and b"\x7f" not in said
        and said.count(b"[") + said.count(b"{") < DEEPEST - 1  # for the two levels around it
        and said.count(b":") <= MOST_KEYS
        and not LONG_KEY.search(said)
    )


class _ReportableError(ValueError):
    """There may be something to report in a value."""


def _quietly(value: Any, depth: int) -> Any:
    """Return a value tamed. Raises _ReportableError where something may have to be reported of it."""
    if isinstance(value, str):
        return _tamed_quietly(value)
    if isinstance(value, dict):
        if depth > DEEPEST or len(value) > MOST_KEYS:
            raise _ReportableError
        return {
            _tamed_key(key): _tamed_quietly(part) if type(part) is str else _quietly(part, depth + 1)
            for key, part in value.items()
        }
    if isinstance(value, list):
        if depth > DEEPEST or len(value) > MOST_QUESTIONS:
            raise _ReportableError
        return [_quietly(part, depth + 1) for part in value]
    return value


def _tamed_quietly(text: str) -> str:
    is_line = text.isprintable()
    if len(text) > LONGEST_TEXT or not (is_line or text.replace("\n", "").isprintable()):
        raise _ReportableError
    if not is_line and text.count("\n") > MOST_LINES:
        raise _ReportableError
    if not text.isascii():
        text = in_one_form(text)
    return text if is_line and is_folded(text) else paragraphs(text)


@lru_cache(1_000)
def _tamed_key(key: Any) -> str:
    if not isinstance(key, str) or len(key) > LONGEST_KEY:
        raise _ReportableError
    return tame(key)


class _Taming:
    """Goes through a document with the path to each value, but through its tables only where it has to."""

    def __init__(self, findings: Findings, *, is_toml: bool) -> None:
        self._findings = findings
        self._is_toml = is_toml

    def reported(self, value: Any, path: DataPath) -> Any:
        """Return a value tamed, or None, and report what is wrong with it."""
        match value:
            case str():
                return self._text(value, path)
            case dict() | list() if len(path) > DEEPEST:
                self._findings.refuse(path, "too-deep", "tables and lists are nested too deeply")
            case dict() if len(value) > MOST_KEYS:
                many = f"a table may have at most {MOST_KEYS} keys, there are {len(value)}"
                self._findings.refuse(path, "too-many", many)
            case dict():
                return {key: self.reported(part, (*path, raw)) for key, raw, part in self._keys(value, path)}
            case list() if len(value) > MOST_QUESTIONS:
                tables = len(path) == 1 and isinstance(value[0], dict)
                what = f"[[{path[0]}]] tables" if tables else "entries in the list"
                self._findings.refuse(path, "too-many", f"there are more than {MOST_QUESTIONS} {what}")
            case list() if len(path) == 1:
                return [self._entry(part, (*path, place)) for place, part in enumerate(value)]
            case list():
                return [self.reported(part, (*path, place)) for place, part in enumerate(value)]
            case _:
                return value
        return None

    def _entry(self, value: Any, path: DataPath) -> Any:
        """Return a table of an array tamed: as a whole where there is nothing to report."""
        if self._is_toml and isinstance(value, dict) and is_tame(value):
            return value
        try:
            return _quietly(value, len(path))
        except _ReportableError:
            return self.reported(value, path)

    def _keys(self, table: dict[Any, Any], path: DataPath) -> Iterable[tuple[str, str, Any]]:
        """Yield the keys of a table, tamed and as written, with their values; a key beyond the limits is left out."""
        for key, value in table.items():
            if not isinstance(key, str):
                self._findings.report(path, "wrong-type", "a key must be text")
            elif len(key) > LONGEST_KEY:
                self._findings.report((*path, key), "too-long", f"the key is longer than {LONGEST_KEY} characters")
            else:
                yield tame(key), key, value

    def _text(self, text: str, path: DataPath) -> str | None:
        if len(text) > LONGEST_TEXT or text.count("\n") > MOST_LINES:
            limit = f"{LONGEST_TEXT} characters and {MOST_LINES} lines"
            self._findings.refuse(path, "too-long", f"the text is too long; at most {limit}")
            return None
        if found := wild_in(text):
            message = f"signs that cannot be shown were taken out: {', '.join(found[:5])}"
            self._findings.report(path, "wild-text", message, Severity.WARNING)
        return paragraphs(tame(text))
