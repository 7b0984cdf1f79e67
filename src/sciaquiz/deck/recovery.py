"""A file that is not TOML, read as far as it is: what one table has wrong takes no other table with it.

A file falls into blocks, each from the header of a table at the top to the next. In the text that is given back a block
that cannot be read has only its header and its id, so that lines stay where they are and others may name it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import tomli
from msgspec import Struct, field

from sciaquiz.deck.importing.head import ARRAYS
from sciaquiz.deck.limits import LONGEST_ID, LONGEST_MESSAGE, MOST_TOLD
from sciaquiz.deck.slips import first_slip
from sciaquiz.text import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sciaquiz.deck.findings import DataPath

TOP = re.compile(r"[\s\ufeff\u200b]*(\[{1,2})[ \t]*([A-Za-z_][\w-]*)[ \t]*(\]{1,2})[ \t]*(?:#.*)?")
"""The line of a header of a table at the top, if need be with a bracket too few or behind an invisible sign."""

NAME = re.compile(rf"[ \t]*id[ \t]*=[ \t]*[\"'“”„‘’«]?([A-Za-z0-9][\w-]{{0,{LONGEST_ID - 1}}})")
PAIR = re.compile(r"([ \t]*)([\w-]+)[ \t]*=")
MOST_IN_A_BLOCK = 5
REFUSALS = (ValueError, RecursionError, OverflowError, MemoryError)
"""What the parser raises: its own error is a ValueError, and so is a number with too many digits."""


class Broken(Struct, frozen=True):
    """A place that is not TOML: `line` and `column` from 1, and the array and the id of the table it stands in."""

    line: int
    column: int
    message: str
    array: str = ""
    name: str = ""


class Recovered(Struct, frozen=True):
    """What could be read: None if nothing. Of the tables that are `lost` nothing more than their ids may be known."""

    document: dict[str, Any] | None
    text: str
    broken: tuple[Broken, ...]
    lost: frozenset[DataPath] = frozenset()


class _Block(Struct):
    """Some lines of the file, the first of them with this number; the head has no array."""

    line: int
    lines: list[str] = field(default_factory=list)
    array: str = ""
    name: str = ""


def recovered(text: str, refused: tomli.TOMLDecodeError) -> Recovered:
    """Read a text as far as it can be, which the parser has refused."""
    text = text.replace("\r\n", "\n")
    broken: list[Broken] = []
    lost: set[DataPath] = set()
    seen: dict[str, int] = {}
    kept: list[str] = []
    for block in _blocks(text):
        place = seen[block.array] = seen.get(block.array, -1) + 1
        found = list(_mended(block)) if len(broken) < MOST_TOLD else []
        if found and block.array:
            lost.add((block.array, place))
        elif found:
            lost |= {(key,) for _, key in found if key}
        broken += [told for told, _ in found]
        kept += block.lines
    together = "\n".join(kept)
    try:
        return Recovered(tomli.loads(together), together, tuple(broken), frozenset(lost))
    except REFUSALS as error:
        if not broken:
            return Recovered(None, text, (_refusal(refused),))
        return Recovered(None, text, (*broken, _refusal(error)) if len(broken) < MOST_TOLD else tuple(broken))


def _blocks(text: str) -> Iterator[_Block]:
    block = _Block(1)
    for number, line in enumerate(text.split("\n"), start=1):
        if "[" in line and (found := TOP.fullmatch(line)):
            yield block
            block = _Block(number, array=found[2])
        elif block.array and not block.name and (named := NAME.match(line)):
            block.name = named[1]
        block.lines.append(line)
    yield block


def _mended(block: _Block) -> Iterator[tuple[Broken, str]]:
    """Yield what keeps a block from being TOML, each with its key, and take it out of the block."""
    wrong = False
    if block.array in ARRAYS and (found := TOP.fullmatch(block.lines[0])) and (found[1], found[3]) != ("[[", "]]"):
        column = found.start(1) + 1
        told = f"write [[{block.array}]], with two brackets on each side: each is one of several"
        yield Broken(block.line, column, told, block.array, block.name), ""
        block.lines[0], wrong = f"[[{block.array}]]", True
    reading = list(block.lines)
    for _ in range(MOST_IN_A_BLOCK):
        try:
            tomli.loads("\n".join(reading))
            break
        except REFUSALS as error:
            row, column, message, begins = _slip(reading, error, block.line)
            key = PAIR.match(reading[begins])
            wrong = True
            yield (
                Broken(block.line + row, column, message, block.array, block.name),
                key[2] if key else "",
            )
            _blank(reading, begins, row)
    else:
        reading = [""] * len(reading)
    if block.array and wrong:
        _strip(block)
    elif wrong:
        block.lines = reading


def _slip(lines: list[str], error: Exception, first_line: int) -> tuple[int, int, str, int]:
    """Return row and column of what is wrong, words for it, and the row in which its key stands."""
    text = "\n".join(lines)
    slip = first_slip(text, first_line)
    refusal = _refusal(error)
    if slip is None or text.count("\n", 0, slip.at) > refusal.line - 1:
        row = min(refusal.line - 1, len(lines) - 1)
        return row, refusal.column, refusal.message, row
    row = text.count("\n", 0, slip.at)
    column = slip.at - (text.rfind("\n", 0, slip.at) + 1) + 1
    return row, column, shortened(slip.message, LONGEST_MESSAGE), text.count("\n", 0, slip.begins)


def _blank(lines: list[str], begins: int, row: int) -> None:
    """Empty the lines of a key and its value, up to the next line that begins a pair or a table as far to the left."""
    own = PAIR.match(lines[begins])
    is_header = lines[begins].lstrip().startswith("[")
    indent = len(own[1]) if own else -1 if is_header else 0
    lines[begins] = ""
    for place in range(begins + 1, len(lines)):
        pair = PAIR.match(lines[place])
        begins_anew = (pair and len(pair[1]) <= indent) or lines[place].lstrip().startswith("[" if is_header else "[[")
        if begins_anew and (own is not None or is_header or place > row):
            return
        lines[place] = ""


def _strip(block: _Block) -> None:
    """Leave of a block its header and its id; of one that a deck has no place for, nothing."""
    if block.array not in ARRAYS:
        block.lines = [""] * len(block.lines)
        return
    at = next((row for row, line in enumerate(block.lines) if NAME.match(line)), 0)
    stripped = [""] * len(block.lines)
    stripped[0] = f"[[{block.array}]]"
    if at and block.name:
        stripped[at] = f'id = "{block.name}"'
    block.lines = stripped


def _refusal(error: Exception) -> Broken:
    """Return what the parser says."""
    said = shortened(getattr(error, "msg", str(error)), LONGEST_MESSAGE - 20)
    return Broken(getattr(error, "lineno", 1), getattr(error, "colno", 1), f"not valid TOML: {said}")
