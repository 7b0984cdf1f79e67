"""How much a file may hold in lines, values, brackets and keys: found in one pass, before any parser sees the file.

Parsers take longer than a student waits for what no author writes, such as a list of 400,000 items in one line.
"""

from __future__ import annotations

import re
import string
from itertools import islice
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.limits import (
    DEEPEST_BRACKETS,
    LONGEST_FILE_LINE,
    LONGEST_WORD,
    MOST_FILE_LINES,
    MOST_KEY_PARTS,
    MOST_VALUES,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXTS = re.compile(
    rb'"""(?:[^"\\]++|\\.?|"(?!""))*+(?:"""|\Z)'
    rb"|'''(?:[^']++|'(?!''))*+(?:'''|\Z)"
    rb'|"(?:[^"\\\n]++|\\[^\n]?)*+"?'
    rb"|'[^'\n]*+'?"
    rb"|\#[^\n]*+",
    re.DOTALL,
)
"""Strings and comments. One that is not closed reaches as far as it could; nothing is gone through twice."""

KEY_PARTS = re.compile(rb'(?<![\w-])(?:(?:[\w-]++|")[ \t]*+\.[ \t]*+){%d}' % MOST_KEY_PARTS)
WORD = re.compile(rb"(?<![\w+-])[\w+-]{%d}" % (LONGEST_WORD + 1))
VALUE = re.compile(rb"[=,]")
BRACKET = re.compile(rb"[\[\]{}]")
NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
IN_KEYS = string.ascii_letters.encode() + string.digits.encode() + b'_-" \t'
"""What stands between the dots of a key."""
ONE_SORT = bytes.maketrans(b"{}", b"[]")


class TooMuch(Struct, frozen=True):
    """What a file has too much of, and the line at which it does."""

    line: int
    code: str
    message: str


def too_much(text: bytes) -> TooMuch | None:
    """Return what makes a file more than a deck can be, or None. Takes time in proportion to its size."""
    return None if _is_modest(text) else next(_beyond(text), None)


def _is_modest(text: bytes) -> bool:
    """Say whether a file is surely within all limits, as every deck of a person is: found without a loop of our own."""
    if text.count(b"\n") > MOST_FILE_LINES or _has_longer_line(text, LONGEST_FILE_LINE):
        return False
    bare = _bare(text)
    if bare.count(b"=") + bare.count(b",") > MOST_VALUES:
        return False
    if _has_longer_line(bare, LONGEST_WORD) and any(
        WORD.search(line) for line in bare.split(b"\n") if len(line) > LONGEST_WORD
    ):
        return False
    if b"." * MOST_KEY_PARTS in bare.translate(None, IN_KEYS) and any(
        KEY_PARTS.search(line) for line in bare.split(b"\n") if line.count(b".") >= MOST_KEY_PARTS
    ):
        return False
    brackets = bare.translate(ONE_SORT, NO_BRACKETS)
    for _ in range(DEEPEST_BRACKETS):
        if not brackets:
            break
        brackets = brackets.replace(b"[]", b"")  # the innermost pairs
    return not brackets


def _bare(text: bytes) -> bytes:
    """Return a file with a quote for each string, and without comments; short strings alone need no pattern."""
    if b'"""' not in text and b"\\" not in text:
        parts = text.split(b'"')
        outside = b'"'.join(parts[::2])
        is_closed = len(parts) % 2 and outside.count(b"\n") == text.count(b"\n")
        if is_closed and b"'" not in outside and b"#" not in outside:
            return outside
    return TEXTS.sub(b'"', text)


def _has_longer_line(text: bytes, most: int) -> bool:
    start = 0
    while start + most < len(text):
        end = text.rfind(b"\n", start, start + most + 1)
        if end < 0:
            return True
        start = end + 1
    return False


def _beyond(text: bytes) -> Iterator[TooMuch]:
    if text.count(b"\n") > MOST_FILE_LINES:
        yield TooMuch(MOST_FILE_LINES + 1, "too-long", f"the file has more than {MOST_FILE_LINES} lines")
    for line, row in enumerate(text.split(b"\n"), start=1):
        if len(row) > LONGEST_FILE_LINE:
            yield TooMuch(line, "too-long", f"the line is longer than {LONGEST_FILE_LINE} bytes")
    bare = TEXTS.sub(_emptied, text)
    if found := KEY_PARTS.search(bare):
        yield TooMuch(_line(bare, found.start()), "too-deep", f"a key has more than {MOST_KEY_PARTS} parts")
    if found := WORD.search(bare):
        message = f"a number or a key is longer than {LONGEST_WORD} characters"
        yield TooMuch(_line(bare, found.start()), "too-long", message)
    if (last := next(islice(VALUE.finditer(bare), MOST_VALUES, None), None)) is not None:
        message = f"the file holds more than {MOST_VALUES} values: divide it into several decks"
        yield TooMuch(_line(bare, last.start()), "too-many", message)
    depth = 0
    for bracket in BRACKET.finditer(bare):
        depth += 1 if bracket[0] in b"[{" else -1
        if depth > DEEPEST_BRACKETS:
            message = f"brackets are nested more than {DEEPEST_BRACKETS} deep, or are not closed"
            yield TooMuch(_line(bare, bracket.start()), "too-deep", message)
            return


def _emptied(found: re.Match[bytes]) -> bytes:
    """Return a quote for a string and nothing for a comment, on as many lines."""
    return b"" if found[0].startswith(b"#") else b'"' + b"\n" * found[0].count(b"\n")


def _line(text: bytes, place: int) -> int:
    return text.count(b"\n", 0, place) + 1
