"""Problems as SARIF 2.1.0, the form in which code hosts and editors take what a checker found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sciaquiz import __version__
from sciaquiz.authoring.lint import RULE
from sciaquiz.text import json_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.problem import Problem

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(problems: Iterable[Problem]) -> str:
    """Return one run with a result for each problem; columns count characters."""
    listed = list(problems)
    codes = {code: place for place, code in enumerate(sorted({problem.code for problem in listed}))}
    run = {
        "tool": {
            "driver": {
                "name": "sciaquiz",
                "version": __version__,
                "rules": [_rule(code) for code in codes],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem, codes[problem.code]) for problem in listed],
    }
    return json_text({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str) -> dict[str, Any]:
    """Return what a code host shows of a rule; what is no rule, as an error of the form, has no title."""
    return {"id": code, "shortDescription": {"text": RULE[code].title}} if code in RULE else {"id": code}


def _result(problem: Problem, rule: int) -> dict[str, Any]:
    location: dict[str, Any] = {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(problem.path)},
            "region": {"startLine": problem.line, "startColumn": problem.column},
        }
    }
    if problem.question_id:
        location["logicalLocations"] = [{"name": problem.question_id, "kind": "object"}]
    return {
        "ruleId": problem.code,
        "ruleIndex": rule,
        "level": problem.severity.value,
        "message": {"text": problem.message},
        "locations": [location],
    }


def _uri(path: Path) -> str:
    """Return a path as a URI: relative to where the check runs if it lies there, as code hosts want it."""
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        path = path.relative_to(Path.cwd())
    try:
        return path.as_uri() if path.is_absolute() else quote(path.as_posix())
    except UnicodeEncodeError:  # a byte in the name that is no UTF-8
        return quote(path.as_posix().encode("utf-8", "surrogateescape"))
