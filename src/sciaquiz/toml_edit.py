"""One value of a TOML text set, and nothing besides: what a person wrote by hand stays as it is."""

from __future__ import annotations

import json
import re
import tomllib
from typing import Any

from msgspec import Struct

Key = tuple[str, ...]

KEY = re.compile(r"""[A-Za-z0-9_-]+|'[^'\n]*'|"(?:[^"\\\n]|\\.)*\"""")
BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
STRING = re.compile(r"""\"{3}(?:[^\\]|\\.)*?"{3,5}|'{3}.*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""", re.DOTALL)
BARE = re.compile(r"[^,\]}#\n]+")
COMMENT = re.compile(r"#[^\n]*")
SPACE = re.compile(r"[ \t\r\n]*")


class TomlEditError(ValueError):
    """A value that cannot be set without changing something else. The message says why."""


def set_value(text: str, table: Key, name: str, literal: str) -> str:
    """Return the text with one value of a table set to `literal`, however the table is written there.

    Only the characters of the value change, or a line is added; the result is read back before it is returned. Raises
    TomlEditError.
    """
    wanted = inside = _loaded(text)
    for part in table:
        inside = inside.setdefault(part, {})
        if not isinstance(inside, dict):
            raise TomlEditError(f"“{'.'.join(table)}” is no table there")
    inside[name] = _loaded(f"value = {literal}")["value"]
    try:
        edited = _Layout(text).with_value(table, name, literal)
        is_safe = _loaded(edited) == wanted
    except (TomlEditError, RecursionError):
        is_safe = False
    if not is_safe:
        raise TomlEditError(f"“{'.'.join((*table, name))}” cannot be set without losing something else")
    return edited


def without_value(text: str, table: Key, name: str) -> str:
    """Return the text without one value of a table, where there is one; nothing else in it changes.

    Raises TomlEditError.
    """
    wanted = _loaded(text)
    if not _drop(wanted, (*table, name)):
        return text
    try:
        edited = _Layout(text).without((*table, name))
        is_safe = _without_empty(_loaded(edited)) == _without_empty(wanted)
    except (TomlEditError, RecursionError):
        is_safe = False
    if not is_safe:
        raise TomlEditError(f"“{'.'.join((*table, name))}” cannot be taken out without losing something else")
    return edited


def _drop(values: dict[str, Any], key: Key) -> bool:
    """Take out a value, and say whether there was one; a table that is empty then stays."""
    first, *rest = key
    if not rest:
        return values.pop(first, None) is not None
    inside = values.get(first)
    return isinstance(inside, dict) and _drop(inside, tuple(rest))


def _without_empty(values: dict[str, Any]) -> dict[str, Any]:
    found = {key: _without_empty(each) if isinstance(each, dict) else each for key, each in values.items()}
    return {key: each for key, each in found.items() if each != {}}


def _written(key: Key) -> str:
    """Return a key as it is written, with what is no bare word in quotes."""
    return ".".join(part if BARE_KEY.fullmatch(part) else json.dumps(part, ensure_ascii=False) for part in key)


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
    """A value by its place; `named` is where its key begins, `section` unless it is inside another, `last` where the
    last pair inside it ends."""

    named: int
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

    def with_value(self, table: Key, name: str, literal: str) -> str:
        """Return the text with the value put where it belongs."""
        if found := self._values.get((*table, name)):
            return self._replaced(found, literal)
        written = f"{_written((name,))} = {literal}"
        if section := self._sections.get(table):
            return self._below(section.end, written)
        for upto in range(len(table), 0, -1):
            inside = _written((*table[upto:], name))
            if inline := self._values.get(table[:upto]):
                is_empty = inline.last == inline.start + 1
                put = f" {inside} = {literal} " if is_empty else f", {inside} = {literal}"
                return self._text[: inline.last] + put + self._text[inline.last :]
            dotted = [
                (value.end, value.section.path)
                for key, value in self._values.items()
                if key[:upto] == table[:upto] and value.section is not None and len(value.section.path) < upto
            ]
            if dotted:
                end, path = max(dotted)
                return self._below(end, f"{_written((*table[len(path) :], name))} = {literal}")
        before = self._text if not self._text or self._text.endswith("\n") else self._text + self._line_end
        head = f"[{_written(table)}]"
        return self._line_end.join([before + ("" if not before else self._line_end) + head, written, ""])

    def without(self, key: Key) -> str:
        """Return the text without a pair: in braces with a comma beside it, else with its line.

        A line with a comment behind it becomes one as a whole.
        """
        value = self._values[key]
        if value.section is None:
            before, after = self._text[: value.named], self._text[value.end :]
            if after.lstrip().startswith(","):
                return before + after.lstrip()[1:].lstrip()
            return before.rstrip().removesuffix(",").rstrip() + " " + after.lstrip()
        at = self._text.rfind("\n", 0, value.start) + 1
        end = self._text.find("\n", value.end) + 1 or len(self._text)
        if "#" in self._text[value.end : end]:
            return f"{self._text[:at]}# {self._text[at:]}"
        return self._text[:at] + self._text[end:]

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
        self._skip()
        named = self._at
        key = prefix + self._key()
        self._at += 1
        self._skip()
        value = _Value(named, self._at, section)
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
