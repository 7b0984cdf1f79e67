"""The line of a file at which a problem stands, with a mark below the place: one look instead of one search."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sciaquiz.deck.files import read_file
from sciaquiz.deck.limits import LARGEST_FILE
from sciaquiz.text import cells, visible

if TYPE_CHECKING:
    from pathlib import Path

    from sciaquiz.deck.problem import Problem

PIECE = re.compile(r'[\w.-]+|"[^"]*"?|\'[^\']*\'?|\[\[[^\]]*\]?\]?|.')
"""What is marked: a key or a number, a text, the header of a table, or one sign."""

BEFORE = 30
"""Characters that are kept before the place where a line is cut."""

NARROWEST = 24


class Excerpts:
    """The lines of files at which problems stand, each file read once."""

    def __init__(self, width: int) -> None:
        self._width = max(NARROWEST, width)
        self._lines: dict[Path, list[str]] = {}

    def of(self, problem: Problem) -> tuple[str, str] | None:
        """Return the line with its number, and the mark below it, each within the width; None for a file as a whole."""
        if (problem.line, problem.column) == (1, 1) and problem.code != "syntax":
            return None
        lines = self._of_file(problem.path)
        if not 0 < problem.line <= len(lines) or not lines[problem.line - 1].strip():
            return None
        line = lines[problem.line - 1]
        at = min(problem.column - 1, len(line))
        found = PIECE.match(line, at)
        piece = found[0] if found else " "
        start = at - BEFORE if at + cells(piece) > self._width - 8 and at > BEFORE else 0
        before = ("…" if start else "") + _shown(line[start:at])
        rest = _shown(line[at:])
        gutter = f"{problem.line:>5} │ "
        room = self._width - len(gutter) - cells(before)
        marked = max(1, min(cells(_shown(piece)), room))
        return gutter + before + _cut(rest, room), f"{'':5} │ {' ' * cells(before)}{'^' * marked}"

    def _of_file(self, path: Path) -> list[str]:
        if path not in self._lines:
            try:
                content = read_file(path, LARGEST_FILE)
            except OSError:  # what cannot be read is a problem that says so
                content = b""
            text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
            self._lines[path] = text.split("\n")
        return self._lines[path]


def _shown(text: str) -> str:
    """Return what a terminal shows in a place of its own for each sign: no tab, nothing that it obeys."""
    return visible(text.replace("\t", "    ").removesuffix("\r"))


def _cut(text: str, room: int) -> str:
    """Return as much of a text as there is room for."""
    if len(text) <= room and cells(text) <= room:
        return text
    kept, used = 0, 1
    while kept < len(text) and (used := used + cells(text[kept])) <= room:
        kept += 1
    return f"{text[:kept]}…"
