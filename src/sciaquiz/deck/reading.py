"""Reading one deck from a file: bytes, then TOML, then what the importer finds, with the lines it stands in."""

from __future__ import annotations

import gc
import re
from collections import Counter
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import tomli
from msgspec import Struct, field
from msgspec.structs import replace

from sciaquiz.deck.bounds import too_much
from sciaquiz.deck.files import NotAFileError, read_file
from sciaquiz.deck.findings import owner_of
from sciaquiz.deck.importing import import_deck
from sciaquiz.deck.limits import LARGEST_FILE, LONGEST_MESSAGE
from sciaquiz.deck.locate import Places, tables_in
from sciaquiz.deck.problem import Problem, Severity
from sciaquiz.text import shortened

if TYPE_CHECKING:
    from collections.abc import Generator, Iterable, Mapping
    from pathlib import Path

    from sciaquiz.deck.findings import DataPath, Finding
    from sciaquiz.deck.model import Deck
    from sciaquiz.deck.recovery import Broken
    from sciaquiz.ids import FigureId, QuestionId, SourceId

Name = TypeVar("Name", bound=str)
QUOTED = re.compile(rb"(?<=[\"'])[a-z0-9-]+(?=[\"'])")


class Reading(Struct, frozen=True, kw_only=True):
    """A deck as far as it could be read, and all that is wrong with it.

    `accepted` are the rules allowed for each question, and for the deck by itself under an empty id; `order` is the
    place of a question in the array of questions; `figure_order` and `source_order` are those of each figure and source
    in its array. `text` is what was read.
    """

    path: Path
    deck: Deck | None
    problems: tuple[Problem, ...]
    accepted: Mapping[QuestionId, tuple[str, ...]] = field(default_factory=dict)
    places: Places = field(default_factory=partial(Places, b"", {}))
    order: Mapping[QuestionId, int] = field(default_factory=dict)
    figure_order: Mapping[FigureId, int] = field(default_factory=dict)
    source_order: Mapping[SourceId, int] = field(default_factory=dict)
    text: bytes = b""

    def place(self, question_id: QuestionId, *inside: str | int) -> tuple[int, int]:
        """Return line and column of a question, or of something inside it."""
        return self.places.of(("question", self.order[question_id], *inside))

    def named_unread(self, ids: Iterable[Name]) -> set[Name]:
        """Return those ids that stand in the file once more where a question has errors or is retired: it may well
        name them."""
        has_errors = any(problem.severity is Severity.ERROR for problem in self.problems)
        if not (has_errors or (self.deck is not None and self.deck.retired)):
            return set()
        quoted = Counter(QUOTED.findall(self.text))
        return {name for name in ids if quoted[name.encode()] > 1}


def read_deck(path: Path) -> Reading:
    """Read a deck from a file. Never raises for what the file is or holds."""
    try:
        text = read_file(path, LARGEST_FILE)
    except NotAFileError:
        return _unreadable(path, "this is not a file")
    except FileNotFoundError:
        return _unreadable(path, "the link leads nowhere" if path.is_symlink() else "there is no such file")
    except OSError as error:
        return _unreadable(path, f"the file cannot be read ({error.strerror})")
    return read_deck_text(text, path)


@contextmanager
def without_collection() -> Generator[None]:
    """Keep the collector of cyclic garbage from going through decks again and again while they grow: there is none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@without_collection()
def read_deck_text(text: bytes, path: Path) -> Reading:
    """Read a deck from its bytes; `path` is what problems call it."""
    text = text.removeprefix(b"\xef\xbb\xbf")
    if len(text) > LARGEST_FILE:
        return _unreadable(path, f"the file is larger than {LARGEST_FILE // 1_000_000} MB")
    try:
        decoded = text.decode("utf-8")
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        column = error.start - (text.rfind(b"\n", 0, error.start) + 1) + 1
        return _unreadable(path, "this is not UTF-8 text; save the file as UTF-8", line, column, "not-utf8")
    if beyond := too_much(text):
        return _unreadable(path, beyond.message, beyond.line, 1, beyond.code)
    written = text
    broken: tuple[Problem, ...] = ()
    lost: frozenset[DataPath] = frozenset()
    try:
        document = tomli.loads(decoded)
    except tomli.TOMLDecodeError as error:
        from sciaquiz.deck.recovery import recovered

        found = recovered(decoded, error)
        broken = tuple(_broken(slip, path) for slip in found.broken)
        if found.document is None:
            return Reading(path=path, deck=None, problems=tuple(sorted(broken)))
        document, text, lost = found.document, found.text.encode(), found.lost
    except (ValueError, RecursionError, OverflowError, MemoryError) as error:
        return _unreadable(path, f"cannot be read as TOML: {error}", code="syntax")
    imported = import_deck(document, path.parent, is_toml=True, lost=lost)
    places = Places(text, tables_in(document))
    problems = (_problem(finding, path, places, document) for finding in imported.findings)
    return Reading(
        path=path,
        deck=None if imported.deck is None else replace(imported.deck, path=path),
        problems=tuple(sorted([*broken, *problems])),
        accepted=imported.accepted,
        places=places,
        order=imported.order,
        figure_order=imported.figure_order,
        source_order=imported.source_order,
        text=written,
    )


def _problem(finding: Finding, path: Path, places: Places, document: dict[str, Any]) -> Problem:
    """Return what was found in the data with its line and column in the file."""
    line, column = places.of(finding.path)
    owner = owner_of(document, finding.path)
    said = finding.message
    if finding.other is not None:
        said = finding.naming(f"in line {places.of(finding.other)[0]}")
    return Problem(
        path=path,
        line=line,
        column=column,
        message=shortened(f"{finding.path[0]} “{owner}”: {said}" if owner else said, LONGEST_MESSAGE),
        code=finding.code,
        severity=finding.severity,
        question_id=owner if finding.path[:1] == ("question",) else "",
    )


def _broken(slip: Broken, path: Path) -> Problem:
    """Return what is no TOML, with the table in which it stands."""
    return Problem(
        path=path,
        line=slip.line,
        column=slip.column,
        message=f"{slip.array} “{slip.name}”: {slip.message}" if slip.name else slip.message,
        code="syntax",
        question_id=slip.name if slip.array == "question" else "",
    )


def _unreadable(path: Path, message: str, line: int = 1, column: int = 1, code: str = "unreadable") -> Reading:
    problem = Problem(path=path, line=line, column=column, message=message, code=code)
    return Reading(path=path, deck=None, problems=(problem,))
