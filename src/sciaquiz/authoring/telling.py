"""Problems as people read them: the worst first, each with its line, and many of one sort as a few and a count."""

from __future__ import annotations

import os
import shutil
import textwrap
from itertools import groupby
from typing import TYPE_CHECKING, TextIO

from sciaquiz.authoring.excerpt import Excerpts
from sciaquiz.deck.problem import Severity
from sciaquiz.text import path_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sciaquiz.deck.problem import Problem

MOST_ALIKE = 10
"""Problems of one code that are told of a file one by one; of more the lines are named."""

MOST_LINES = 12
PIPED = 110
"""Columns where there is no terminal."""

COLOURS = {Severity.ERROR: "\x1b[1;31m", Severity.WARNING: "\x1b[33m"}
PLACE, MARK, END = "\x1b[1m", "\x1b[36m", "\x1b[0m"


class Telling:
    """How problems are written: in how many columns, and whether in colour."""

    def __init__(self, out: TextIO) -> None:
        is_terminal = out.isatty()
        self._width = shutil.get_terminal_size().columns if is_terminal else 0
        self._coloured = is_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
        self._excerpts = Excerpts((self._width or PIPED) - 2)

    def lines(self, problems: Iterable[Problem], *, each: bool) -> Iterator[str]:
        """Yield the lines that tell problems, file by file; with `each` however many there are of one sort."""
        for _, found in groupby(sorted(problems, key=_place), key=lambda problem: problem.path):
            of_file = sorted(found, key=lambda problem: problem.severity is not Severity.ERROR)  # else in their order
            more: dict[tuple[Severity, str], list[Problem]] = {}
            for problem in of_file:
                alike = more.setdefault((problem.severity, problem.code), [])
                alike.append(problem)
                if each or len(alike) <= MOST_ALIKE:
                    yield from self._one(problem)
            for alike in more.values():
                if not each and len(alike) > MOST_ALIKE:
                    yield from self._rest(alike[MOST_ALIKE:])

    def _one(self, problem: Problem) -> Iterator[str]:
        yield from self._wrapped(as_text(problem), problem.severity)
        excerpt = self._excerpts.of(problem)
        if excerpt is not None:
            line, mark = excerpt
            yield f"  {line}"
            yield f"  {self._in(MARK, mark)}"

    def _rest(self, problems: list[Problem]) -> Iterator[str]:
        first = problems[0]
        numbers = list(dict.fromkeys(problem.line for problem in problems))
        listed = ", ".join(map(str, numbers[:MOST_LINES])) + (", …" if len(numbers) > MOST_LINES else "")
        where = f"in line {listed}" if len(numbers) == 1 else f"in lines {listed}"
        word = "" if first.severity is Severity.ERROR else f"{first.severity}: "
        told = (
            f"{path_words(first.path)}: {word}{len(problems)} more of the sort {first.code}, {where} (--all tells each)"
        )
        yield from self._wrapped(told, first.severity)

    def _wrapped(self, told: str, severity: Severity) -> Iterator[str]:
        """Yield a message in lines of the terminal's width; where there is none, in one."""
        lines = textwrap.wrap(told, self._width, subsequent_indent="    ") if self._width else [told]
        for number, line in enumerate(lines):
            place, space, rest = line.partition(" ") if number == 0 else ("", "", line)
            yield self._in(PLACE, place) + space + self._in(COLOURS[severity], rest)

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{END}" if self._coloured and text else text


def as_text(problem: Problem) -> str:
    """`file:line:column: message`, with the word warning where it is one."""
    word = "" if problem.severity is Severity.ERROR else "warning: "
    return f"{path_words(problem.path)}:{problem.line}:{problem.column}: {word}{problem.message}"


def _place(problem: Problem) -> tuple[str, int, int]:
    return str(problem.path), problem.line, problem.column
