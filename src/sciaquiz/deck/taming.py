"""A document as it came from the parser, made fit to be read: texts tamed and folded, all of it within limits."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sciaquiz.deck.limits import DEEPEST, LONGEST_KEY, LONGEST_TEXT, MOST_KEYS, MOST_LINES, MOST_QUESTIONS
from sciaquiz.deck.problem import Severity
from sciaquiz.text import paragraphs, tame, wild_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.findings import Findings, Where


def tamed(value: Any, where: Where, findings: Findings) -> Any:
    """Return a value with its texts tamed and folded; what is beyond a limit is told and None."""
    match value:
        case str():
            return _tamed_text(value, where, findings)
        case dict() | list() if len(where) > DEEPEST:
            findings.refuse(where, "too-deep", "tables and lists are nested too deeply")
        case dict() if len(value) > MOST_KEYS:
            findings.refuse(where, "too-many", f"a table may have at most {MOST_KEYS} keys, there are {len(value)}")
        case dict():
            return {key: tamed(part, (*where, raw), findings) for key, raw, part in _keys(value, where, findings)}
        case list() if len(value) > MOST_QUESTIONS:
            tables = len(where) == 1 and isinstance(value[0], dict)
            what = f"[[{where[0]}]] tables" if tables else "entries in the list"
            findings.refuse(where, "too-many", f"there are more than {MOST_QUESTIONS} {what}")
        case list():
            return [tamed(part, (*where, place), findings) for place, part in enumerate(value)]
        case _:
            return value
    return None


def _keys(table: dict[str, Any], where: Where, findings: Findings) -> Iterable[tuple[str, str, Any]]:
    """Yield the keys of a table, tamed and as written, with their values; one that is too long is told and left out."""
    for key, value in table.items():
        if len(key) > LONGEST_KEY:
            findings.tell((*where, key), "too-long", f"the key is longer than {LONGEST_KEY} characters")
        else:
            yield tame(key), key, value


def _tamed_text(text: str, where: Where, findings: Findings) -> str | None:
    if len(text) > LONGEST_TEXT or text.count("\n") > MOST_LINES:
        limit = f"{LONGEST_TEXT} characters and {MOST_LINES} lines"
        findings.refuse(where, "too-long", f"the text is too long; at most {limit}")
        return None
    if found := wild_in(text):
        message = f"signs that cannot be shown were taken out: {', '.join(found[:5])}"
        findings.tell(where, "wild-text", message, Severity.WARNING)
    return paragraphs(tame(text))
