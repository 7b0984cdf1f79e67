"""The parts of a printed exam, as values that are only to be set: by a browser or by typst."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sciaquiz.printing.entries import entries
from sciaquiz.printing.paper import card_ids
from sciaquiz.text import shortened
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Collection

    from sciaquiz.printing.entries import Entry
    from sciaquiz.printing.paper import Paper, Version

LONGEST_STEM = 60


class Part(StrEnum):
    """What can be printed, in the order in which it is."""

    PAPER = "paper"
    SHEET = "sheet"
    KEY = "key"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheets:
    """A version as it is handed out: its questions, for the paper and for the answer sheet."""

    name: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a head: each row begins with what it is about."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """An exam, ready to be set. `parts` are what is printed of it."""

    title: str
    date: str
    language: str
    seed: int
    parts: frozenset[Part]
    versions: tuple[Sheets, ...]
    key: tuple[Table, ...]

    @property
    def number(self) -> int:
        """How many questions each version has."""
        return len(self.versions[0].entries)

    @property
    def lead(self) -> str:
        """What stands below the title of a paper."""
        return f"{count(self.number, 'question')}. Mark or write your answers on the answer sheet."

    def version_words(self, version: Sheets) -> str:
        """Return the name of a version, where there are several."""
        return f"Version {version.name}" if len(self.versions) > 1 else ""


def printed(paper: Paper, parts: Collection[Part]) -> Printed:
    """Return the parts of an exam."""
    sheets = tuple(Sheets(name=version.name, entries=entries(version)) for version in paper.versions)
    return Printed(
        title=paper.title,
        date=paper.date,
        language=paper.language,
        seed=paper.seed,
        parts=frozenset(parts),
        versions=sheets,
        key=(_by_number(sheets), *([_map(paper.versions, sheets)] if paper.versions[1:] else [])),
    )


def _by_number(sheets: tuple[Sheets, ...]) -> Table:
    """Return what is right at each number of each version."""
    names = ["Right"] if len(sheets) == 1 else [f"Version {sheet.name}" for sheet in sheets]
    rows = tuple(
        (str(together[0].number), *(entry.key for entry in together))
        for together in zip(*(sheet.entries for sheet in sheets), strict=True)
    )
    return Table("Key", ("No.", *names), rows)


def _map(versions: tuple[Version, ...], sheets: tuple[Sheets, ...]) -> Table:
    """Return where each question stands in each version, in the order of the first."""
    places = [{card: place for place, card in enumerate(card_ids(version), start=1)} for version in versions]
    rows = tuple(
        (entry.name, *(str(place[asked.card.id]) for place in places), _begins(entry))
        for entry, asked in zip(sheets[0].entries, versions[0].asked, strict=True)
    )
    head = ("Question", *(f"No. in {version.name}" for version in versions), "Begins")
    return Table("Where each question stands", head, rows)


def _begins(entry: Entry) -> str:
    return shortened(entry.stem[0] if entry.stem else "", LONGEST_STEM)
