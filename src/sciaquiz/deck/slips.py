"""What keeps a text from being TOML, as one person would tell another, at the place where it is to be mended.

Gone through only where the parser has refused a text. What is no slip of a kind known here is left to the parser.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NoReturn

import tomli
from msgspec import Struct

from sciaquiz.text import shortened

WAITING = re.compile(r"(?:[ \t\n]++|#[^\n]*+)*+")
"""What may stand between the entries of a list."""

SPACES = re.compile(r"[ \t]*+")
PART = r"""(?:[A-Za-z0-9_-]++|"[^"\n]*+"|'[^'\n]*+')"""
KEY = re.compile(rf"{PART}(?:[ \t]*+\.[ \t]*+{PART})*+")
PAIR = re.compile(rf"{PART}(?:[ \t]*+\.[ \t]*+{PART})*+[ \t]*+=(?!=)")
TABLE = re.compile(rf"(\[\[?)[ \t]*+({KEY.pattern})[ \t]*+(\]{{0,3}})")
ESCAPE = re.compile(r'\\(?:[btnfre"\\]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[ \t]*+\n)')
WORD = re.compile(r"[^\s,\[\]{}#]++")
REST = re.compile(r"[^\n]*+")
MOMENT = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d[^\s,\]}#]*+")
DAY = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}")
COMMA_NUMBER = re.compile(r"(?<=\d),\d+[ \t]*(?=#|\n|\Z)")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
CURLY = "“”„‟«»‘’‚‛"
BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b\u202f\u205f\u3000\ufeff"
SWITCHES = {"true": "true", "yes": "true", "on": "true", "false": "false", "no": "false", "off": "false"}


class Slip(Struct, frozen=True):
    """What is wrong at a place of a text, and where the pair of key and value begins in which it stands."""

    at: int
    message: str
    begins: int


class _SlipError(ValueError):
    def __init__(self, at: int, message: str) -> None:
        super().__init__(message)
        self.at = at


def first_slip(text: str, first_line: int = 1) -> Slip | None:
    """Return the first slip in a text with plain line ends, or None if it has none that is known here.

    `first_line` is the number of its first line, by which messages name others.
    """
    reader = _Reader(text, first_line)
    slip = reader.slip()
    control = CONTROL.search(text)
    if control and (slip is None or control.start() <= slip.at or text[control.start()] == "\r"):
        code = ord(control[0])
        message = f"the sign U+{code:04X} cannot stand in a text: take it out"
        if code == 0x0D:
            message = "the line ends with a carriage return alone: save the file with the line ends of Unix or Windows"
        return Slip(control.start(), message, control.start())
    return slip


class _Reader:
    """Goes through a text once, from key to value to key, until something is in the way."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._first_line = first_line
        self._at = 0
        self._begins = 0

    def slip(self) -> Slip | None:
        try:
            self._document()
        except _SlipError as error:
            return Slip(error.at, str(error), self._begins)
        return None

    def _document(self) -> None:
        seen: dict[str, int] = {}
        tables: dict[str, int] = {}
        while self._skip(WAITING):
            self._begins = self._at
            if self._next == "[":
                self._header(tables)
                seen = {}
            else:
                self._pair(seen)
            self._line_ends()

    # What stands at the start of a line

    def _header(self, tables: dict[str, int]) -> None:
        start = self._at
        found = TABLE.match(self._text, start)
        if found is None or (not found[3] and "]" in self._text[start : self._end_of_line(start)]):
            raise self._slip(start, f"this is no name of a table: {self._rest(start)}")
        opened, name, closed = found.groups()
        if len(opened) != len(closed):
            two = f"write [[{name}]], with two brackets on each side"
            raise self._slip(start, f"a bracket is missing or too many: {two}")
        if len(opened) == 1 and name in tables:
            message = f"[{name}] stands twice, first in line {self._line(tables[name])}: write [[{name}]] for each"
            raise self._slip(start, message)
        tables[name] = start
        self._at = found.end()

    def _pair(self, seen: dict[str, int]) -> None:
        start = self._at
        found = KEY.match(self._text, start)
        if found is None:
            self._no_key(start)
        key = found[0]
        self._at = found.end()
        self._skip(SPACES)
        if self._next != "=":
            self._no_equals(start, key)
        if key in seen:
            raise self._slip(start, f"“{key}” stands twice here, first in line {self._line(seen[key])}: leave one out")
        seen[key] = start
        self._at += 1
        self._skip(SPACES)
        if self._next in ("", "\n", "#"):
            raise self._slip(start, f"“{shortened(key)}” has no value")
        self._value()

    def _no_key(self, start: int) -> NoReturn:
        self._no_blank()
        if self._next in CURLY:
            self._curly(start)
        if self._next == "=":
            raise self._slip(start, "the key before “=” is missing")
        if self._next in "]}":
            raise self._slip(start, f"“{self._next}” closes nothing: take it out, or its opening bracket is missing")
        raise self._slip(start, f"this is neither “key = value” nor a table nor a # comment: {self._rest(start)}")

    def _no_equals(self, start: int, key: str) -> NoReturn:
        self._no_blank()
        if self._next == ":":
            raise self._slip(self._at, f"write “=” for “:”, as in {shortened(key)} = …")
        told = f"“=” is missing after “{shortened(key)}”"
        if key.isalpha() and not PAIR.search(self._text[start : self._end_of_line(start)]):
            told += "; if this belongs to a text of several lines, put ''' before and after that text"
        raise self._slip(start, told)

    def _line_ends(self) -> None:
        ended = self._at
        self._skip(SPACES)
        if self._next in ("", "\n", "#"):
            return
        self._no_blank()
        if COMMA_NUMBER.match(self._text, self._at):
            raise self._slip(self._at, "a number takes a point, not a comma: 1.5")
        if self._next == ",":
            raise self._slip(self._at, "no comma stands between the lines of a table: take it out")
        self._quoted_within(ended)
        if self._next in "]}":
            raise self._slip(self._at, f"“{self._next}” closes nothing: take it out, or its opening bracket is missing")
        raise self._slip(
            self._at, f"this stands behind the value, in a line of its own it belongs: {self._rest(self._at)}"
        )

    # Values

    def _value(self) -> None:
        for quotes in ('"""', "'''"):
            if self._text.startswith(quotes, self._at):
                self._long_text(quotes)
                return
        match self._next:
            case '"' | "'":
                self._short_text(self._next)
            case "[":
                self._list()
            case "{":
                self._inline()
            case _:
                self._bare()

    def _long_text(self, quotes: str) -> None:
        start = self._at
        at = start + 3
        while not self._text.startswith(quotes, at):
            if at >= len(self._text):
                raise self._slip(start, f"the text that begins here is never closed: put {quotes} after it")
            at = self._past(at, quotes[0])
        at += 3
        for _ in range(2):  # a text may end with quotes of its own
            at += self._text.startswith(quotes[0], at)
        self._at = at

    def _short_text(self, quote: str) -> None:
        start = self._at
        at = start + 1
        end = self._end_of_line(start)
        while at < end and self._text[at] != quote:
            at = self._past(at, quote)
        if at >= end:
            written = self._text[start + 1 : end]
            if curly := next((sign for sign in reversed(written) if sign in CURLY), ""):
                raise self._slip(
                    start, f"{curly} closes no text: the straight {quote} that opens it here closes it too"
                )
            more = "; a text of several lines stands between ''' and '''"
            raise self._slip(start, f"the text that begins here has no closing {quote} in its line{more}")
        self._at = at + 1

    def _past(self, at: int, quote: str) -> int:
        """Return the place behind a sign of a text, or behind an escape."""
        if quote == "'" or self._text[at] != "\\":
            return at + 1
        found = ESCAPE.match(self._text, at)
        if found is None:
            sign = self._text[at : at + 2].strip()
            told = (
                f"“{sign}” is no escape: write \\{sign}, or put the text between single quotes, which have no escapes"
            )
            raise self._slip(at, told)
        return found.end()

    def _list(self) -> None:
        start = self._at
        self._at += 1
        while True:
            ended = self._at
            if not self._skip(WAITING) or self._is_line_of_a_table(ended):
                self._not_closed(start, ended)
            if self._next == "]":
                break
            if self._next == ",":
                raise self._slip(self._at, "there is no entry before this comma")
            if self._next == "}":
                raise self._slip(
                    self._at, f"the list that begins in line {self._line(start)} is closed by ], not by }}"
                )
            self._value()
            ended = self._at
            if not self._skip(WAITING) or self._is_line_of_a_table(ended):
                self._not_closed(start, ended)
            if self._next == ",":
                self._at += 1
            elif self._next not in "]}":
                self._quoted_within(ended)
                self._no_blank()
                raise self._slip(max(ended - 1, 0), f"a comma is missing here, before {self._rest(self._at)}")
        self._at += 1

    def _inline(self) -> None:
        start = self._at
        self._at += 1
        seen: dict[str, int] = {}
        while True:
            ended = self._at
            if not self._skip(WAITING):
                self._not_closed(start, ended, "table", "}")
            if self._next == "}":
                break
            if self._next == ",":
                raise self._slip(self._at, "there is no “key = value” before this comma")
            if self._next in "]{":
                self._not_closed(start, ended, "table", "}")
            self._pair(seen)
            ended = self._at
            if not self._skip(WAITING) or self._next in "]{[":
                self._not_closed(start, ended, "table", "}")
            if self._next == ",":
                self._at += 1
            elif self._next != "}":
                self._quoted_within(ended)
                self._no_blank()
                raise self._slip(max(ended - 1, 0), f"a comma is missing here, before {self._rest(self._at)}")
        self._at += 1

    def _not_closed(self, start: int, ended: int, what: str = "list", sign: str = "]") -> NoReturn:
        told = f"“{sign}” is missing: the {what} that begins in line {self._line(start)} is not closed"
        raise self._slip(max(ended - 1, start), told)

    def _is_line_of_a_table(self, ended: int) -> bool:
        """Say whether what comes next can stand in no list: a pair of key and value, or a header at a line's start."""
        if PAIR.match(self._text, self._at):
            return True
        header = TABLE.match(self._text, self._at) if "\n" in self._text[ended : self._at] else None
        return header is not None and header[2][0].isalpha() and len(header[1]) == len(header[3])

    def _bare(self) -> None:
        start = self._at
        self._no_blank()
        if self._next in CURLY:
            self._curly(start)
        if moment := MOMENT.match(self._text, start):
            self._at = moment.end()
            return
        found = WORD.match(self._text, start)
        if found is None:
            raise self._slip(start, f"here a value is missing, before {self._rest(start)}")
        word = found[0]
        self._at = found.end()
        try:
            tomli.loads(f"x = {word}")
        except ValueError:
            raise self._slip(start, self._meant_by(word)) from None

    def _meant_by(self, word: str) -> str:
        if switch := SWITCHES.get(word.casefold()):
            return f"write {switch}, in small letters and without quotes"
        if DAY.fullmatch(word):
            return f"a date is written as 2026-11-23, year first; this is {shortened(word)}"
        if word[0].isdigit() or word[0] in "+-.":
            return f"{shortened(word)} is no number: digits and a point; text stands between quotes"
        if word[-1] in "\"'":
            return f"the opening {word[-1]} is missing before {shortened(word)}"
        return f"a text stands between quotes; here it begins without one: {self._rest(self._at - len(word))}"

    # Words and places

    def _quoted_within(self, ended: int) -> None:
        """Raise if a text seems to go on behind its end, at which a quote of its own was taken for the closing one."""
        quote = self._text[ended - 1]
        if quote not in "\"'" or self._next in "]}":
            return
        rest = self._text[ended : self._end_of_line(ended)]
        if rest[:1].isalnum() or rest.count(quote) % 2:
            told = f"the text ends at this quote: within a text write \\{quote}"
            if quote == "'":
                told = "the text ends at this quote: put a text that holds a ' between double quotes"
            raise self._slip(ended - 1, f"{told}, or put ''' before and after the text")

    def _curly(self, at: int) -> NoReturn:
        told = f"{self._text[at]} is a typographic quote: text stands between straight ones, \" or '"
        raise self._slip(at, told)

    def _no_blank(self) -> None:
        if self._next and self._next in BLANKS:
            name = "byte order mark" if self._next == "\ufeff" else unicodedata.name(self._next).lower()
            sign = f"an invisible sign stands here (U+{ord(self._next):04X}, {name})"
            raise self._slip(self._at, f"{sign}: take it out or put an ordinary space there")

    def _slip(self, at: int, message: str) -> _SlipError:
        return _SlipError(at, message)

    @property
    def _next(self) -> str:
        return self._text[self._at : self._at + 1]

    def _skip(self, pattern: re.Pattern[str]) -> bool:
        """Pass over what a pattern takes, and say whether there is more."""
        found = pattern.match(self._text, self._at)
        self._at = found.end() if found else self._at
        return self._at < len(self._text)

    def _line(self, at: int) -> int:
        return self._text.count("\n", 0, at) + self._first_line

    def _end_of_line(self, at: int) -> int:
        end = self._text.find("\n", at)
        return len(self._text) if end < 0 else end

    def _rest(self, at: int) -> str:
        """Return the rest of a line, for a message."""
        return shortened(self._text[at : self._end_of_line(at)].strip())
