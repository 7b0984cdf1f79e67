"""Telling problems: for people, for programs, and for a forge's annotations."""

from __future__ import annotations

from typing import TYPE_CHECKING, TextIO

from sciaquiz.authoring.check import Checked, check
from sciaquiz.text import json_text, path_words
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sciaquiz.deck.problem import Problem


def run_check(paths: Sequence[Path], style: str, out: TextIO) -> int:
    """Check and report as `text`, `json` or `github`; the exit status is 1 if there are errors."""
    checked = check(paths)
    match style:
        case "json":
            out.write(as_json(checked) + "\n")
        case "github":
            out.writelines(as_github(problem) + "\n" for problem in checked.problems)
        case _:
            out.writelines(as_text(problem) + "\n" for problem in checked.problems)
            out.write(count_line(checked) + "\n")
    return 1 if checked.errors else 0


def as_text(problem: Problem) -> str:
    """`file:line:column: message`, with the word warning where it is one."""
    word = "" if problem.severity == "error" else "warning: "
    return f"{path_words(problem.path)}:{problem.line}:{problem.column}: {word}{problem.message}"


def as_json(checked: Checked) -> str:
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
            for problem in checked.problems
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
