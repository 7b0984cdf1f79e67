"""Where a value stands in a TOML file; asked only when there is a problem to tell."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node

    Path = tuple[str | int, ...]
    Place = tuple[int, int]

ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
KEYS = ("bare_key", "quoted_key", "dotted_key")


class Places:
    """Line and column (from 1) of every key and value of a file, which is parsed once, when the first is asked for."""

    def __init__(self, text: bytes) -> None:
        self._text = text

    def of(self, path: Path) -> Place:
        """Return the place of a value, or of the nearest thing around it."""
        places = self._places
        while path and path not in places:
            path = path[:-1]
        row, start, column = places.get(path, (0, 0, 0))
        return row + 1, len(self._text[start - column : start].decode(errors="replace")) + 1

    @cached_property
    def _places(self) -> dict[Path, tuple[int, int, int]]:
        return _Noting(self._text).noted


class _Noting:
    """Goes through a file once; notes the row, the byte and the column in bytes, from 0, of whatever has a path."""

    def __init__(self, text: bytes) -> None:
        import tree_sitter_toml
        from tree_sitter import Language, Parser

        self.noted: dict[Path, tuple[int, int, int]] = {}
        self._text = text
        self._tables: dict[Path, int] = {}
        tree = Parser(Language(tree_sitter_toml.language())).parse(ESCAPED.sub(_known_escape, text))
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
        row, column = node.start_point
        self.noted.setdefault(path, (row, node.start_byte, column))


def _known_escape(found: re.Match[bytes]) -> bytes:
    """Put letters for the escapes of TOML 1.1, which this grammar takes for mistakes and loses its way."""
    return b"aa" if found[1] in b"ex" else found[0]
