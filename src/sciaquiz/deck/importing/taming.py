"""Plain data from wherever it comes, made fit to be read: texts tamed and folded, all of it within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sciaquiz.deck.limits import DEEPEST, LONGEST_KEY, LONGEST_TEXT, MOST_KEYS, MOST_LINES, MOST_QUESTIONS
from sciaquiz.deck.problem import Severity
from sciaquiz.text import paragraphs, tame, wild_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.findings import DataPath, Findings


def tamed(value: Any, path: DataPath, findings: Findings) -> Any:
    """Return a value with its texts tamed and folded; what is beyond a limit is reported and None."""
    match value:
        case str():
            return _tamed_text(value, path, findings)
        case dict() | list() if len(path) > DEEPEST:
            findings.refuse(path, "too-deep", "tables and lists are nested too deeply")
        case dict() if len(value) > MOST_KEYS:
            findings.refuse(path, "too-many", f"a table may have at most {MOST_KEYS} keys, there are {len(value)}")
        case dict():
            return {key: tamed(part, (*path, raw), findings) for key, raw, part in _keys(value, path, findings)}
        case list() if len(value) > MOST_QUESTIONS:
            tables = len(path) == 1 and isinstance(value[0], dict)
            what = f"[[{path[0]}]] tables" if tables else "entries in the list"
            findings.refuse(path, "too-many", f"there are more than {MOST_QUESTIONS} {what}")
        case list():
            return [tamed(part, (*path, place), findings) for place, part in enumerate(value)]
        case _:
            return value
    return None


def _keys(table: dict[Any, Any], path: DataPath, findings: Findings) -> Iterable[tuple[str, str, Any]]:
    """Yield the keys of a table, tamed and as written, with their values; a key beyond the limits is left out."""
    for key, value in table.items():
        if not isinstance(key, str):
            findings.report(path, "wrong-type", "a key must be text")
        elif len(key) > LONGEST_KEY:
            findings.report((*path, key), "too-long", f"the key is longer than {LONGEST_KEY} characters")
        else:
            yield tame(key), key, value


def _tamed_text(text: str, path: DataPath, findings: Findings) -> str | None:
    if len(text) > LONGEST_TEXT or text.count("\n") > MOST_LINES:
        limit = f"{LONGEST_TEXT} characters and {MOST_LINES} lines"
        findings.refuse(path, "too-long", f"the text is too long; at most {limit}")
        return None
    if found := wild_in(text):
        message = f"signs that cannot be shown were taken out: {', '.join(found[:5])}"
        findings.report(path, "wild-text", message, Severity.WARNING)
    return paragraphs(tame(text))
