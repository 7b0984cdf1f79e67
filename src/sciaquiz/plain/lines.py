"""Lines that a student types: tamed at the door, and what cannot be read is never taken for an answer."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sciaquiz.text import tame

if TYPE_CHECKING:
    from typing import TextIO

LONGEST_LINE = 10_000
MOST_PIECES = 1_000
"""Pieces of a line that is too long, after which it is taken for one that never ends."""

KEYS = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]?|\][^\x07\x1b]*(?:\x07|\x1b\\)?|O.|.)?", re.DOTALL)
"""What keys such as arrows send where nothing reads them as keys, and other escape sequences."""

NOT_UTF8 = re.compile("[\udc80-\udcff]")
"""What reading with `surrogateescape` leaves of bytes that are no text."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end. `fault` says why it is not taken; `is_last` that no line can follow."""

    text: str
    fault: str = ""
    is_last: bool = False


def read_line(lines: TextIO) -> Line:
    """Read the next line, all of it. Never raises for what the input is."""
    try:
        raw = lines.readline(LONGEST_LINE + 1)
        if len(raw) > LONGEST_LINE and not raw.endswith("\n"):
            return _too_long(lines)
    except OSError:  # the terminal is gone, or it was never meant to be read
        return Line("", is_last=True)
    text = tame(KEYS.sub("", raw.removesuffix("\n")))
    if not raw.endswith("\n"):
        return Line(text, "The input ended before Enter: this line was not taken." if text.strip() else "", True)
    if NOT_UTF8.search(raw):
        return Line(text, "That line was not UTF-8 text, so it was not taken. Type it again.")
    return Line(text)


def _too_long(lines: TextIO) -> Line:
    """Read a line to its end, so that what is left of it is not the next one."""
    fault = f"That line was longer than {LONGEST_LINE:,} characters, so it was not taken. Type it again."
    for _ in range(MOST_PIECES):
        piece = lines.readline(LONGEST_LINE)
        if not piece or piece.endswith("\n"):
            return Line("", fault, is_last=not piece)
    return Line("", "That line does not end, so no more is read.", is_last=True)
