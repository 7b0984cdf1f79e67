"""Lines that a student types: tamed at the door, and what cannot be read is never taken for an answer."""

from __future__ import annotations

import locale
import os
import re
import sys
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.text import tame

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import TextIO

LONGEST_LINE = 10_000
TOO_LONG = f"That line was longer than {LONGEST_LINE:,} characters, so it was not taken. Type it again."
MOST_PIECES = 1_000
"""Pieces of a line that is too long, after which it is taken for one that never ends."""

KEYS = re.compile(
    r"(?:\x1b+\[|\x9b)\[?[0-?]*[ -/]*[@-~]?"  # arrows and most others; two brackets on the console of Linux
    r"|(?:\x1b+O|\x8f)[0-9;]*[A-Za-z]"
    r"|(?:\x1b[]PX^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]*(?:\x07|\x1b\\|\x9c)"  # what terminals report
    r"|\x1b+.?",
    re.DOTALL,
)
"""What keys such as arrows send where nothing reads them as keys, and other escape sequences."""

DUMB = ("", "dumb", "unknown")
"""Values of TERM that promise nothing, not even that the cursor can go back."""

EDITING = (
    "set enable-bracketed-paste off",  # each line that is pasted is a line, as where nothing is edited
    "set enable-meta-key off",
    "set bell-style none",
    r'"\e[": skip-csi-sequence',  # keys that mean nothing leave nothing behind
    r'"\e\e[": skip-csi-sequence',
    r'"\e[2~": ""',  # Insert takes the next key as text, be it Enter, where the system says so
    r'"\e[200~": ""',
    r'"\e[201~": ""',
    *(rf'"\e[[{key}": ""' for key in "ABCDE"),
    *(rf'"\eO{number}{key}": ""' for number in range(2, 9) for key in "ABCDFH"),
)
"""What is set in GNU readline, in its own words."""

NOT_UTF8 = re.compile("[\udc80-\udcff]")
"""What reading with `surrogateescape` leaves of bytes that are no text."""


class Line(Struct, frozen=True):
    """A line without its end. `fault` says why it is not taken; `is_last` that no line can follow."""

    text: str
    fault: str = ""
    is_last: bool = False


def line_editor(lines: TextIO, out: TextIO) -> Callable[[str], str] | None:
    """Return what asks for a line that can be edited by keys; None unless both ends are one terminal that can."""
    if not (lines is sys.stdin and out is sys.stdout and lines.isatty() and out.isatty()):
        return None
    if os.environ.get("TERM", "") in DUMB or locale.getencoding().lower() not in ("utf-8", "utf8"):
        return None
    try:
        import readline
    except ImportError:
        return None
    readline.set_auto_history(False)  # Up must not bring back what was answered before
    readline.set_completer(lambda _text, _state: None)
    if "libedit" not in (readline.__doc__ or ""):
        for words in EDITING:
            readline.parse_and_bind(words)
    return input


def read_edited(ask: Callable[[str], str], prompt: str, terminal: TextIO) -> Line:
    """Ask for the next line where it can be edited. Never raises for what the input is."""
    try:
        raw = ask(prompt)
    except (EOFError, OSError):
        return Line("", is_last=True)
    if not terminal.isatty():  # it was closed, which readline takes for Enter
        return _line(raw)
    return Line("", TOO_LONG) if len(raw) > LONGEST_LINE else _line(raw + "\n")


def read_line(lines: TextIO) -> Line:
    """Read the next line, all of it. Never raises for what the input is."""
    try:
        raw = lines.readline(LONGEST_LINE + 1)
        if len(raw) > LONGEST_LINE and not raw.endswith("\n"):
            return _too_long(lines)
    except OSError:  # the terminal is gone, or it was never meant to be read
        return Line("", is_last=True)
    return _line(raw)


def _line(raw: str) -> Line:
    """Return a line as it was read; one without an end was cut off, and none can follow."""
    text = tame(KEYS.sub("", raw.removesuffix("\n")))
    if not raw.endswith("\n"):
        return Line(text, "The input ended before Enter: this line was not taken." if text.strip() else "", True)
    if NOT_UTF8.search(raw):
        return Line(text, "That line was not UTF-8 text, so it was not taken. Type it again.")
    return Line(text)


def _too_long(lines: TextIO) -> Line:
    """Read a line to its end, so that what is left of it is not the next one."""
    for _ in range(MOST_PIECES):
        piece = lines.readline(LONGEST_LINE)
        if not piece or piece.endswith("\n"):
            return Line("", TOO_LONG, is_last=not piece)
    return Line("", "That line does not end, so no more is read.", is_last=True)


def sentence(text: str) -> str:
    """Return a text with a full stop, unless it ends a sentence itself."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
