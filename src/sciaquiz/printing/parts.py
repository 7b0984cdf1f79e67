"""The parts of a printed exam, as values that are only to be set: by a browser or by typst."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.printing.entries import entries
from sciaquiz.printing.paper import card_ids
from sciaquiz.text import shortened
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from sciaquiz.printing.entries import Entry
    from sciaquiz.printing.paper import Paper, Version

LONGEST_STEM = 60


class Part(StrEnum):
    """What can be printed, in the order in which it is."""

    PAPER = "paper"
    SHEET = "sheet"
    KEY = "key"
    ANSWERS = "answers"


HANDED_OUT = (Part.PAPER, Part.SHEET)
TITLES: Mapping[Part, str] = {
    Part.PAPER: "Questions",
    Part.SHEET: "Answer sheet",
    Part.KEY: "Key",
    Part.ANSWERS: "Answers",
}
"""What a part is called in a list of what is in a file."""
NAMES: Mapping[Part, tuple[str, ...]] = {
    Part.PAPER: ("Name", "Number"),
    Part.SHEET: ("Name", "Number", "Date", "Signature"),
    Part.KEY: (),
    Part.ANSWERS: (),
}
"""What a student fills in on top."""


class Sheets(Struct, frozen=True, kw_only=True):
    """A version as it is handed out: its questions, for the paper and for the answer sheet."""

    name: str
    entries: tuple[Entry, ...]


class Table(Struct, frozen=True):
    """A table with a head: each row begins with what it is about. `numbers` are the columns of numbers alone."""

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...] = ()


class Printed(Struct, frozen=True, kw_only=True):
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

    def in_turn(self) -> Iterator[tuple[Part, Sheets | None]]:
        """Yield the parts in the order in which they are printed, each with the version that it is of, if of one."""
        for version in self.versions:
            yield from ((part, version) for part in HANDED_OUT if part in self.parts)
        yield from ((part, None) for part in (Part.KEY, Part.ANSWERS) if part in self.parts)

    def lead(self, part: Part) -> str:
        """Return what stands below the title of a part."""
        match part:
            case Part.PAPER:
                return f"{count(self.number, 'question')}. Mark or write your answers on the answer sheet."
            case Part.SHEET:
                return "Answer sheet. Fill in the circles that are right."
            case Part.KEY:
                return f"Key. Not for students. Drawn with --seed {self.seed}."
            case Part.ANSWERS:
                numbers = f", by the numbers of version {self.versions[0].name}" if len(self.versions) > 1 else ""
                return f"Answers and why{numbers}. Not for students."

    def below(self, version: Sheets | None) -> str:
        """Return the version, where there are several, and the date, where there is one."""
        name = f"Version {version.name}" if version is not None and len(self.versions) > 1 else ""
        return " · ".join(filter(None, [name, self.date]))


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
    return Table("Key", ("No.", *names), rows, (0,))


def _map(versions: tuple[Version, ...], sheets: tuple[Sheets, ...]) -> Table:
    """Return where each question stands in each version, in the order of the first."""
    places = [{card: place for place, card in enumerate(card_ids(version), start=1)} for version in versions]
    rows = tuple(
        (entry.name, *(str(place[asked.card.id]) for place in places), _begins(entry))
        for entry, asked in zip(sheets[0].entries, versions[0].asked, strict=True)
    )
    head = ("Question", *(f"No. in {version.name}" for version in versions), "Begins")
    return Table("Where each question stands", head, rows, tuple(range(1, len(head) - 1)))


def _begins(entry: Entry) -> str:
    return shortened(entry.stem[0] if entry.stem else "", LONGEST_STEM)
