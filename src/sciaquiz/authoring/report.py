"""Telling problems: for people, for programs, and for a forge's annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sciaquiz.authoring.check import Checked, check
from sciaquiz.authoring.choosing import ALL, Chosen
from sciaquiz.authoring.sarif import as_sarif
from sciaquiz.authoring.telling import Telling, as_text
from sciaquiz.deck.problem import Severity
from sciaquiz.text import json_text, path_words
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sciaquiz.deck.problem import Problem

__all__ = ["as_github", "as_json", "as_text", "count_line", "run_check"]


def run_check(
    paths: Sequence[Path],
    style: str,
    out: TextIO,
    *,
    errors_only: bool = False,
    strict: bool = False,
    each: bool = False,
    chosen: Chosen = ALL,
) -> int:
    """Check and report as `text`, `json`, `github` or `sarif`; the exit status is 1 if there are errors.

    With `strict` it is 1 for warnings as well. With `errors_only` warnings are only counted; with `each` many problems
    of one sort are told one by one as text. `chosen` are the rules that are asked.
    """
    checked = check(paths, chosen)
    told = [found for found in checked.problems if not errors_only or found.severity is Severity.ERROR]
    match style:
        case "json":
            out.write(as_json(told) + "\n")
        case "sarif":
            out.write(as_sarif(told) + "\n")
        case "github":
            out.writelines(as_github(problem) + "\n" for problem in told)
        case _:
            out.writelines(line + "\n" for line in Telling(out).lines(told, each=each))
            out.write(count_line(checked) + "\n")
    return 1 if checked.errors or (strict and checked.problems) else 0


def as_json(problems: Sequence[Problem]) -> str:
    """A list of objects."""
    return json_text(
        [
            {
                "path": str(problem.path),
                "line": problem.line,
                "column": problem.column,
                "severity": problem.severity.value,
                "code": problem.code,
                "message": problem.message,
                "question": problem.question_id or None,
            }
            for problem in problems
        ]
    )


def as_github(problem: Problem) -> str:
    """A workflow command, with what would end it escaped."""
    message = problem.message.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    path = path_words(problem.path).replace("%", "%25").replace(",", "%2C").replace(":", "%3A")
    return f"::{problem.severity.value} file={path},line={problem.line},col={problem.column}::{message}"


def count_line(checked: Checked) -> str:
    """What was checked, in one line."""
    warnings = len(checked.problems) - checked.errors
    decks = f"{_number(checked.decks, 'deck')}, {_number(checked.questions, 'question')}"
    return f"{decks}: {_number(checked.errors, 'error')}, {_number(warnings, 'warning')}"


def _number(number: int, word: str) -> str:
    return count(number, word) if number else f"no {word}s"
