"""The layout of a deck: one way to write what an author wrote, with the ids that are missing.

Only space between the parts moves, and lists are broken or joined by their length: texts, numbers and comments stay as
they are written, and no key changes its place. A file that cannot be laid out without losing something is refused.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any

import tomli
from msgspec import Struct, field

from sciaquiz.deck.bounds import too_much
from sciaquiz.deck.limits import LARGEST_FILE
from sciaquiz.toml_edit import BARE_KEY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tree_sitter import Node

    Path = tuple[str | int, ...]

WIDEST = 120
"""Columns up to which a list stands in one line."""
LISTS = {"options": "text", "statements": "text", "items": "text", "stems": "text"}
"""The lists of a question whose entries have ids, and the key that an id is made of where it is missing."""
KEYS = ("bare_key", "quoted_key", "dotted_key")
WORD = re.compile("[a-z0-9]+")
NUMBERS = re.compile(r"[\[\]\s,0-9.+-]+")
LONGEST_MADE = 48
"""Characters of an id that is made of a text."""


class LayoutError(ValueError):
    """A text that cannot be laid out. The message says why, `line` where."""

    def __init__(self, message: str, line: int = 1) -> None:
        super().__init__(message)
        self.line = line


def laid_out(text: str) -> str:
    """Return the text of a deck in the one layout. Raises LayoutError; doing it twice changes nothing more."""
    source = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if beyond := too_much(source.encode()):
        raise LayoutError(beyond.message, beyond.line)
    try:
        document = tomli.loads(source, parse_float=str)
    except (ValueError, RecursionError) as error:
        raise LayoutError("not valid TOML; sciaquiz check says what to mend", getattr(error, "lineno", 1)) from None
    ids = dict(_missing_ids(document))
    result = _Writer(source.encode(), ids).written
    for path, made in ids.items():
        _table_at(document, path)["id"] = made
    if tomli.loads(result, parse_float=str) != document:
        raise LayoutError("this text cannot be laid out without changing what it says")
    if len(result.encode()) > LARGEST_FILE:
        raise LayoutError(f"laid out it would be larger than {LARGEST_FILE // 1_000_000} MB, which no deck may be")
    return result


def _table_at(document: Any, path: Path) -> Any:
    for part in path:
        document = document[part]
    return document


def _missing_ids(document: dict[str, Any]) -> Iterator[tuple[Path, str]]:
    """Yield where an id is missing, and one that is free there."""
    questions = document.get("question")
    if not isinstance(questions, list):
        return
    taken = {str(question.get("id")) for question in questions if isinstance(question, dict)}
    for place, question in enumerate(questions):
        if not isinstance(question, dict):
            continue
        if "id" not in question:
            yield ("question", place), _free(question.get("stem") or question.get("text"), taken, "question")
        for name, said in LISTS.items():
            entries = question.get(name)
            if isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries):
                here = {str(entry.get("id")) for entry in entries}
                for at, entry in enumerate(entries):
                    if "id" not in entry:
                        yield ("question", place, name, at), _free(entry.get(said), here, name.rstrip("s"))


def _free(text: object, taken: set[str], otherwise: str) -> str:
    """Return an id made of a text, and take it: the first of its words, with a number where that is taken."""
    plain = unicodedata.normalize("NFKD", text if isinstance(text, str) else "").encode("ascii", "ignore").decode()
    made = ""
    for word in WORD.findall(plain.casefold()):
        if len(made) + len(word) > LONGEST_MADE:
            break
        made = f"{made}-{word}" if made else word
    made = made or otherwise
    numbered, number = made, 1
    while numbered in taken:
        number += 1
        numbered = f"{made}-{number}"
    taken.add(numbered)
    return numbered


class _Writer(Struct):
    """Writes the tree of a valid text anew."""

    source: bytes
    ids: dict[Path, str]
    _lines: list[str] = field(default_factory=list)
    _counts: dict[Path, int] = field(default_factory=dict)
    _written: dict[tuple[int, int, str, int], str] = field(default_factory=dict)
    _last_row: int = -1

    @property
    def written(self) -> str:
        """The whole text."""
        from sciaquiz.deck.locate import toml_parser

        root = toml_parser().parse(self.source).root_node
        if root.has_error:
            raise LayoutError("this is TOML of a form that cannot be laid out (TOML 1.1?)", _first_error(root))
        for node in root.children:
            self._top(node, ())
        while self._lines and not self._lines[-1]:
            self._lines.pop()
        return "\n".join([*self._lines, ""]) if self._lines else ""

    def _text(self, node: Node) -> str:
        return self.source[node.start_byte : node.end_byte].decode()

    def _top(self, node: Node, path: Path) -> None:
        match node.type:
            case "comment":
                self._comment(node)
            case "pair":
                self._gap(node)
                self._lines.append(self._pair(node, path, ""))
                self._last_row = _value_of(node).end_point[0]
                for child in node.children:
                    if child.type == "comment":
                        self._comment(child)
            case "table" | "table_array_element":
                self._table(node)

    def _comment(self, node: Node) -> None:
        text = self._text(node).rstrip()
        if node.start_point[0] == self._last_row and self._lines:
            self._lines[-1] += f"  {text}"
        else:
            self._gap(node)
            self._lines.append(text)
        self._last_row = node.end_point[0]

    def _gap(self, node: Node) -> None:
        """Keep one blank line where there were any."""
        if self._lines and self._lines[-1] and node.start_point[0] > self._last_row + 1:
            self._lines.append("")

    def _table(self, node: Node) -> None:
        """Write a header below one blank line, which goes above comments that belong to the header, and its pairs."""
        key = next(child for child in node.children if child.type in KEYS)
        is_array = node.type == "table_array_element"
        at = len(self._lines)
        while at and self._lines[at - 1].startswith("#") and node.start_point[0] == self._last_row + 1:
            at -= 1
        if at and self._lines[at - 1]:
            self._lines.insert(at, "")
        name = self._text(key)
        self._lines.append(f"[[{name}]]" if is_array else f"[{name}]")
        path = self._resolve(_parts_of(name), is_array=is_array)
        if path in self.ids:
            self._lines.append(f'id = "{self.ids[path]}"')
        self._last_row = node.start_point[0]
        for child in node.children:
            if child.type in ("pair", "comment"):
                self._top(child, path)

    def _resolve(self, parts: tuple[str, ...], *, is_array: bool) -> Path:
        path: Path = ()
        for place, part in enumerate(parts):
            path = (*path, part)
            if is_array and place == len(parts) - 1:
                self._counts[path] = self._counts.get(path, -1) + 1
            if path in self._counts:
                path = (*path, self._counts[path])
        return path

    def _pair(self, node: Node, path: Path, indent: str) -> str:
        key = self._text(node.children[0])
        value = _value_of(node)
        head = f"{indent}{key} = "
        return head + self._value(value, (*path, *_parts_of(key)), indent, len(head))

    def _value(self, node: Node, path: Path, indent: str, column: int) -> str:
        """Write a value once for each place: whatever holds it tries it in a line of its own and in one of many."""
        place = (node.start_byte, node.end_byte, indent, column)
        if place not in self._written:
            self._written[place] = self._written_at(node, path, indent, column)
        return self._written[place]

    def _written_at(self, node: Node, path: Path, indent: str, column: int) -> str:
        if node.type == "inline_table":
            pairs = [self._pair(child, path, "") for child in node.children if child.type == "pair"]
            if path in self.ids:
                pairs.insert(0, f'id = "{self.ids[path]}"')
            return f"{{ {', '.join(pairs)} }}" if pairs else "{}"
        if node.type == "array":
            return self._array(node, path, indent, column)
        return self._text(node)

    def _array(self, node: Node, path: Path, indent: str, column: int) -> str:
        inside = [child for child in node.children if child.type not in ("[", "]", ",")]
        entries = [child for child in inside if child.type != "comment"]
        in_line = [self._value(child, (*path, place), indent, 0) for place, child in enumerate(entries)]
        joined = f"[{', '.join(in_line)}]"
        has_comments = len(entries) < len(inside)
        is_list_of_tables = any(child.type == "inline_table" for child in entries)
        was_broken = is_list_of_tables and node.start_point[0] != node.end_point[0]
        fits = "\n" not in joined and column + len(joined) <= WIDEST
        if not entries and not has_comments:
            return "[]"
        if not (has_comments or was_broken) and (fits or len(entries) == 1):
            is_nested = entries[0].type == "array" and not fits
            return f"[{self._value(entries[0], (*path, 0), indent, column + 1)}]" if is_nested else joined
        if not has_comments and all(NUMBERS.fullmatch(text) for text in in_line):
            return _filled(in_line, indent)
        return self._broken(inside, path, indent)

    def _broken(self, inside: list[Node], path: Path, indent: str) -> str:
        deeper, lines, place, row = f"{indent}  ", ["["], 0, -1
        for child in inside:
            if child.type == "comment" and child.start_point[0] == row:
                lines[-1] += f"  {self._text(child).rstrip()}"
            elif child.type == "comment":
                lines.append(deeper + self._text(child).rstrip())
            else:
                lines.append(deeper + self._value(child, (*path, place), deeper, len(deeper)) + ",")
                place += 1
            row = child.end_point[0]
        return "\n".join([*lines, f"{indent}]"])


def _parts_of(key: str) -> tuple[str, ...]:
    """Return the parts of a key as it is written, with or without quotes and dots."""
    if BARE_KEY.fullmatch(key):
        return (key,)
    parts: list[str] = []
    inside: Any = tomli.loads(f"{key} = 0")
    while isinstance(inside, dict):
        [(part, inside)] = inside.items()
        parts.append(part)
    return tuple(parts)


def _value_of(pair: Node) -> Node:
    """Return the value of a pair; the grammar puts a comment behind it into the pair as well."""
    return next(child for child in reversed(pair.children) if child.type != "comment")


def _filled(entries: list[str], indent: str) -> str:
    """Write numbers, or points, as many in a line as there is room for."""
    lines = [f"{indent} "]
    for entry in entries:
        if len(lines[-1]) + len(entry) + 2 > WIDEST and lines[-1].strip():
            lines.append(f"{indent} ")
        lines[-1] += f" {entry},"
    return "\n".join(["[", *lines, f"{indent}]"])


def _first_error(node: Node) -> int:
    """Return the line of the first part of a tree that could not be read."""
    for child in node.children:
        if child.has_error or child.is_missing or child.type == "ERROR":
            return _first_error(child) if child.children and child.type != "ERROR" else child.start_point[0] + 1
    return node.start_point[0] + 1
