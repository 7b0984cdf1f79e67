"""One value of a TOML text set, and nothing besides: what a person wrote by hand stays as it is."""

from __future__ import annotations

import re
import tomllib
from typing import Any

from msgspec import Struct

Key = tuple[str, ...]

KEY = re.compile(r"""[A-Za-z0-9_-]+|'[^'\n]*'|"(?:[^"\\\n]|\\.)*\"""")
STRING = re.compile(r"""\"{3}(?:[^\\]|\\.)*?"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""", re.DOTALL)
BARE = re.compile(r"[^,\]}#\n]+")
COMMENT = re.compile(r"#[^\n]*")
SPACE = re.compile(r"[ \t\r\n]*")


class TomlEditError(ValueError):
    """A value that cannot be set without changing something else. The message says why."""


def set_value(text: str, table: str, name: str, literal: str) -> str:
    """Return the text with one value of a table set to `literal`, however the table is written there.

    Only the characters of the value change, or a line is added; the result is read back before it is returned. Raises
    TomlEditError.
    """
    wanted = _loaded(text)
    inside = wanted.setdefault(table, {})
    if not isinstance(inside, dict):
        raise TomlEditError(f"“{table}” is no table there")
    inside[name] = _loaded(f"value = {literal}")["value"]
    try:
        edited = _Layout(text).with_value(table, name, literal)
        is_safe = _loaded(edited) == wanted
    except (TomlEditError, RecursionError):
        is_safe = False
    if not is_safe:
        raise TomlEditError(f"“{table}.{name}” cannot be set without losing something else")
    return edited


def _loaded(text: str) -> dict[str, Any]:
    """Read TOML; numbers with a point stay text, since one that is not a number equals nothing."""
    try:
        return tomllib.loads(text, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise TomlEditError(f"not valid TOML ({str(error)[:200]})") from None


class _Section(Struct):
    """The top of the text, or what stands below a name in square brackets; `end` is where its last pair ends."""

    path: Key
    end: int = 0


class _Value(Struct):
    """A value by its place, `section` unless it is inside another; `last` is where the last pair inside it ends."""

    start: int
    section: _Section | None = None
    end: int = 0
    last: int = 0


class _Layout:
    """Where every value of a valid text stands, by its whole key."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._values: dict[Key, _Value] = {}
        self._sections: dict[Key, _Section] = {}
        self._comments: list[tuple[int, int]] = []
        self._line_end = "\r\n" if "\r\n" in text else "\n"
        section = _Section(())
        while self._skip() != "":
            if self._text[self._at] == "[":
                section = self._header()
            else:
                self._pair(section.path, section)
                section.end = self._at

    def with_value(self, table: str, name: str, literal: str) -> str:
        """Return the text with the value put where it belongs."""
        written = f"{name} = {literal}"
        if found := self._values.get((table, name)):
            return self._replaced(found, literal)
        inline = self._values.get((table,))
        if inline is not None:
            is_empty = inline.last == inline.start + 1
            put = f" {written} " if is_empty else f", {written}"
            return self._text[: inline.last] + put + self._text[inline.last :]
        if section := self._sections.get((table,)):
            return self._below(section.end, written)
        dotted = [
            value.end
            for key, value in self._values.items()
            if key[0] == table and value.section is not None and not value.section.path
        ]
        if dotted:
            return self._below(max(dotted), f"{table}.{written}")
        before = self._text if not self._text or self._text.endswith("\n") else self._text + self._line_end
        return self._line_end.join([before + ("" if not before else self._line_end) + f"[{table}]", written, ""])

    def _replaced(self, value: _Value, literal: str) -> str:
        """Put another value in its place; comments between its lines go below."""
        inside = [self._text[start:end] for start, end in self._comments if value.start <= start < value.end]
        text = self._text
        if inside:
            text = self._below(value.end, self._line_end.join(comment.rstrip() for comment in inside))
        return text[: value.start] + literal + text[value.end :]

    def _below(self, at: int, line: str) -> str:
        """Add a line below the one that holds this place."""
        end = self._text.find("\n", at) + 1
        before, after = (self._text[:end], self._text[end:]) if end else (self._text + self._line_end, "")
        return f"{before}{line}{self._line_end}{after}"

    def _skip(self) -> str:
        """Go on to what is neither blank nor a comment, and return its first character; empty at the end."""
        while True:
            self._take(SPACE)
            if not self._text.startswith("#", self._at):
                return self._text[self._at : self._at + 1]
            start = self._at
            self._take(COMMENT)
            self._comments.append((start, self._at))

    def _take(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._text, self._at)
        if found is None:
            raise TomlEditError(f"cannot be read at character {self._at}")
        self._at = found.end()
        return found[0]

    def _header(self) -> _Section:
        is_array = self._text.startswith("[[", self._at)
        self._at += 1 + is_array
        section = _Section(self._key())
        self._at += 1 + is_array
        section.end = self._at
        if not is_array:
            self._sections.setdefault(section.path, section)
        return section

    def _key(self) -> Key:
        """Read a key with all its parts, up to what stands behind it."""
        parts = []
        while True:
            self._skip()
            part = self._take(KEY)
            parts.append(tomllib.loads(f"part = {part}")["part"] if part[0] in "\"'" else part)
            if self._skip() != ".":
                return tuple(parts)
            self._at += 1

    def _pair(self, prefix: Key, section: _Section | None = None) -> None:
        key = prefix + self._key()
        self._at += 1
        self._skip()
        value = _Value(self._at, section)
        self._value(key, value)
        value.end = self._at
        self._values.setdefault(key, value)

    def _value(self, key: Key, value: _Value) -> None:
        match self._text[self._at : self._at + 1]:
            case '"' | "'":
                self._take(STRING)
            case "[":
                self._at += 1
                while self._skip() != "]":
                    self._value(key, value)
                    if self._skip() == ",":
                        self._at += 1
                self._at += 1
            case "{":
                self._at += 1
                value.last = self._at
                while self._skip() != "}":
                    self._pair(key)
                    value.last = self._at
                    if self._skip() == ",":
                        self._at += 1
                self._at += 1
            case _:
                bare = self._take(BARE)
                self._at -= len(bare) - len(bare.rstrip())
