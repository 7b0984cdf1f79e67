"""Lines that are said, folded to the terminal, and lines that are asked for: what dialogues in plain mode share."""

from __future__ import annotations

import shutil
import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from sciaquiz.plain.lines import line_editor, read_edited, read_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.plain.lines import Line


class InputEndedError(Exception):
    """There are no more lines to read, or the student asked to stop."""


@dataclass
class Talking:
    """A dialogue over two streams. `echoes` says that what is read is written, since nobody types it at a terminal."""

    lines: TextIO
    out: TextIO
    echoes: bool = field(init=False)
    _edited: Callable[[str], str] | None = field(init=False)

    def __post_init__(self) -> None:
        self._edited = line_editor(self.lines, self.out)
        self.echoes = not self.lines.isatty()

    def say(self, text: str) -> None:
        """Write a line, or several, folded to the terminal's width where there is one."""
        self.out.write("\n".join(self._folded(line) for line in text.split("\n")) + "\n")
        self.out.flush()

    def _folded(self, line: str) -> str:
        width = min(76, shutil.get_terminal_size((76, 24)).columns)
        if not self.out.isatty() or len(line) <= width:
            return line
        indent = " " * (len(line) - len(line.lstrip()) + (3 if line.startswith("  ") else 0))
        folded = textwrap.fill(line, width, subsequent_indent=indent, replace_whitespace=False)
        return folded + " " * (len(line) - len(line.rstrip()))

    def _next_line(self, prompt: str) -> Line:
        *before, last = self._folded(prompt).split("\n")
        self.out.write("".join(f"{line}\n" for line in before) + ("" if self._edited else last))
        self.out.flush()
        return read_line(self.lines) if self._edited is None else read_edited(self._edited, last, self.lines)

    def read(self, prompt: str) -> str:
        """Return the next line that can be read; one that cannot is reported and asked for again.

        Raises InputEndedError where there is none.
        """
        while True:
            line = self._next_line(prompt)
            if self.echoes:
                self.out.write(f"{line.text}\n")
            if line.fault:
                self.say(line.fault)
            if line.is_last:
                raise InputEndedError
            if not line.fault:
                return line.text
