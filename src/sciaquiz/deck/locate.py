"""Where a value stands in a TOML file; asked only when there is a problem to tell.

Most problems are about one table of an array. Its header is found without parsing, and so are most of its keys; what
stands further inside by parsing that table alone. Only where headers do not account for all tables of the array is the
whole file parsed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cache, cached_property, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from sciaquiz.deck.bounds import TEXTS
from sciaquiz.toml_edit import BARE_KEY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tree_sitter import Node, Parser

    Path = tuple[str | int, ...]
    Place = tuple[int, int]
    Noted = tuple[int, int]

ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
NAMED = rb"\[\[[ \t]*+[\w-]++[ \t]*+\]\]"
HEADER = re.compile(rb"(?:[^\"'#\[]++|%b|#|(?!%b)\[)*+(?:(?P<header>%b)|\Z)" % (TEXTS.pattern, NAMED, NAMED), re.DOTALL)
"""All up to the header of a table of an array at the top, or to the end; in strings and comments there is none."""

PLAIN = rb"[^\"'#\[\]{}\n]++|%b" % TEXTS.pattern
KEYS = ("bare_key", "quoted_key", "dotted_key")
TOP = (0, 0)


def tables_in(document: Mapping[str, Any]) -> dict[str, int]:
    """Return how many tables each array of tables at the top of a document has."""
    return {
        key: len(value)
        for key, value in document.items()
        if isinstance(value, list) and all(isinstance(entry, dict) for entry in value)
    }


class Places:
    """Line and column (from 1) of every key and value of a file, in which `tables` were read from each array."""

    def __init__(self, text: bytes, tables: Mapping[str, int]) -> None:
        self._text = text
        self._tables = tables
        self._noted: dict[tuple[int, int | None], dict[Path, Noted]] = {}

    @property
    def text(self) -> bytes:
        """The whole file."""
        return self._text

    def at(self, byte: int) -> Place:
        """Return the place of a byte."""
        return self._place(self._text.count(b"\n", 0, byte), byte)

    def of(self, path: Path) -> Place:
        """Return the place of a value, or of the nearest thing around it."""
        return self._place(*self._find(path))

    def _place(self, row: int, start: int) -> Place:
        line = self._text.rfind(b"\n", 0, start) + 1
        return row + 1, len(self._text[line:start].decode(errors="replace")) + 1

    def table_at(self, array: str, byte: int) -> int | None:
        """Return which table of an array a byte stands in, or None where it stands in another or before all."""
        starts = [start for _, start in self._headers.get(array, ())]
        place = bisect_right(starts, byte) - 1
        if place < 0 or any(starts[place] < start <= byte for _, start in self._others(array)):
            return None
        return place

    def _others(self, array: str) -> Iterable[Noted]:
        return (noted for name, headers in self._headers.items() if name != array for noted in headers)

    def _find(self, path: Path) -> Noted:
        match path:
            case ():
                return TOP
            case (str(array),) if array in self._headers:
                return self._headers[array][0]
            case (str(array), int(place)) if array in self._headers:
                return self._headers[array][place]
            case (str(array), int(place), *inside) if array in self._headers:
                return self._find_in_table(array, place, inside)
        at_top = self._parsed(0, self._first_header)
        return _nearest(at_top if path[:1] in at_top else self._parsed(0, None), path)

    def _find_in_table(self, array: str, place: int, inside: Sequence[str | int]) -> Noted:
        headers = self._headers[array]
        row, start = headers[place]
        if (at := self._key(start, inside)) is not None:
            return row + self._text.count(b"\n", start, at), at
        end = headers[place + 1][1] if place + 1 < len(headers) else None
        below, within = _nearest(self._parsed(start, end), (array, 0, *inside))
        return row + below, start + within

    def _key(self, header: int, inside: Sequence[str | int]) -> int | None:
        """Return the byte of a key of a table where that is found without parsing."""
        match inside:
            case [str(key)] if BARE_KEY.fullmatch(key):
                found = _up_to(key).match(self._text, self._text.index(b"]]", header) + 2)
                return found.start("key") if found is not None else None
            case _:
                return None

    def _parsed(self, start: int, end: int | None) -> dict[Path, Noted]:
        if (start, end) not in self._noted:
            self._noted[start, end] = _Noting(self._text[start:end]).noted
        return self._noted[start, end]

    @cached_property
    def _headers(self) -> dict[str, list[Noted]]:
        """The row and the byte of the header of each table, for every array of which all were found."""
        found: dict[str, list[Noted]] = {}
        row = 0
        starts = [
            (found.start("header"), found["header"][2:-2].strip(b" \t"))
            for found in HEADER.finditer(self._text)
            if found["header"]
        ]
        for (before, _), (start, name) in pairwise([(0, b""), *starts]):
            row += self._text.count(b"\n", before, start)
            found.setdefault(name.decode(), []).append((row, start))
        return {name: headers for name, headers in found.items() if len(headers) == self._tables.get(name)}

    @cached_property
    def _first_header(self) -> int | None:
        return min((headers[0][1] for headers in self._headers.values()), default=None)


@lru_cache(100)
def _up_to(key: str) -> re.Pattern[bytes]:
    """Return what matches all from a header up to a key of its table, past no table inside and no list of lists."""
    name = re.escape(key.encode())
    before = rb"%b|\[(?:%b|\n)*+\]|\n(?![ \t]*+(?:\[|%b[ \t]*+=))" % (PLAIN, PLAIN, name)
    return re.compile(rb"(?:%b)*+\n[ \t]*+(?P<key>%b)[ \t]*+=" % (before, name), re.DOTALL)


@cache
def toml_parser() -> Parser:
    """Return the parser of TOML that keeps what was written, comments and all."""
    import tree_sitter_toml
    from tree_sitter import Language, Parser

    return Parser(Language(tree_sitter_toml.language()))


def _nearest(noted: Mapping[Path, Noted], path: Path) -> Noted:
    """Return where a path was noted, or as much of it as was."""
    while path and path not in noted:
        path = path[:-1]
    return noted.get(path, TOP)


class _Noting:
    """Goes through a file once; notes the row and the byte, from 0, of whatever has a path."""

    def __init__(self, text: bytes) -> None:
        self.noted: dict[Path, Noted] = {}
        self._text = text
        self._tables: dict[Path, int] = {}
        tree = toml_parser().parse(ESCAPED.sub(_known_escape, text))
        for node in tree.root_node.children:
            self._top(node)

    def _top(self, node: Node) -> None:
        if node.type == "pair":
            self._pair(node, ())
        elif node.type in ("table", "table_array_element"):
            children = node.children
            key = next((child for child in children if child.type in KEYS), None)
            if key is None:
                return
            prefix = self._resolve(self._parts(key), is_array=node.type == "table_array_element")
            self._note(prefix, node)
            if node.type == "table_array_element":
                self._note(prefix[:-1], node)  # the array itself: where its first table stands
            for child in children:
                if child.type == "pair":
                    self._pair(child, prefix)

    def _resolve(self, parts: Path, *, is_array: bool) -> Path:
        """Return the path of a header: each array of tables it goes through means its latest element."""
        path: Path = ()
        for place, part in enumerate(parts):
            path = (*path, part)
            if place == len(parts) - 1 and is_array:
                self._tables[path] = self._tables.get(path, -1) + 1
            if path in self._tables:
                path = (*path, self._tables[path])
        return path

    def _pair(self, node: Node, prefix: Path) -> None:
        children = node.children
        key = next((child for child in children if child.type in KEYS), None)
        if key is None:
            return
        path = (*prefix, *self._parts(key))
        self._note(path, node)
        self._value(children[-1], path)

    def _value(self, node: Node, path: Path) -> None:
        if node.type == "inline_table":
            for child in node.children:
                if child.type == "pair":
                    self._pair(child, path)
        elif node.type == "array":
            items = [child for child in node.children if child.type not in ("[", "]", ",", "comment")]
            for place, child in enumerate(items):
                self._note((*path, place), child)
                self._value(child, (*path, place))

    def _parts(self, key: Node) -> Path:
        text = self._text[key.start_byte : key.end_byte].decode(errors="replace")
        if key.type == "dotted_key" and ("'" in text or '"' in text):
            return tuple(part for child in key.children if child.type in KEYS for part in self._parts(child))
        if key.type == "dotted_key":
            return tuple(part.strip() for part in text.split("."))
        return (text[1:-1] if key.type == "quoted_key" else text,)

    def _note(self, path: Path, node: Node) -> None:
        self.noted.setdefault(path, (node.start_point[0], node.start_byte))


def _known_escape(found: re.Match[bytes]) -> bytes:
    """Put letters for the escapes of TOML 1.1, which this grammar takes for mistakes and loses its way."""
    return b"aa" if found[1] in b"ex" else found[0]
