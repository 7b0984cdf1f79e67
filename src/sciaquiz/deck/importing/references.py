"""Whether what a table names is in the deck, and what was meant where it is not."""

from __future__ import annotations

from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any

from sciaquiz.deck.authored.hotspot import HotspotAuthored
from sciaquiz.deck.findings import NAMED, tables_with_ids
from sciaquiz.deck.importing.messages import listed
from sciaquiz.deck.importing.nearest import meant
from sciaquiz.deck.picture import picture_fault
from sciaquiz.text import shortened
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from sciaquiz.deck.authored.common import QuestionAuthored
    from sciaquiz.deck.findings import DataPath, Findings
    from sciaquiz.deck.importing.arrays import Arrays
    from sciaquiz.deck.importing.tables import Tables


class References:
    """The names that the tables of a tamed document give each other; those that lead nowhere go to the findings."""

    def __init__(self, document: dict[str, Any], findings: Findings, folder: Path) -> None:
        self._document = document
        self._findings = findings
        self.folder = folder
        self._picture_fault = cache(partial(picture_fault, folder))

    def report_duplicates(self, tables: Tables) -> None:
        """Report each table whose id an earlier one of its array has."""
        for array in NAMED:
            seen: dict[str, int] = {}
            for place, table in tables.of(array):
                found = table.get("id")
                if isinstance(found, str) and found in seen:
                    self.report_duplicate((array, place), (array, seen[found]))
                elif isinstance(found, str):
                    seen[found] = place

    def report_duplicate(self, path: DataPath, first: DataPath) -> None:
        """Report that the table at a path has the id of an earlier one."""
        self._findings.report((*path, "id"), "duplicate-id", "the id is already used", other=first)

    def resolve(
        self, path: DataPath, names: Sequence[str], known: Collection[str], what: str, *, choices: bool = False
    ) -> bool:
        """Say whether all names of a list are known, and report those that are not; `choices` lists what there is."""
        missing = [(place, name) for place, name in enumerate(names) if name not in known]
        if not missing:
            return True
        for place, name in missing[: 0 if self._findings.is_full else None]:
            if (what, name) in self._declared:
                message = f"the {what} “{name}” has errors of its own: mend it first"
                other = (what, self._declared[what, name])
                self._findings.report((*path, place), f"broken-{what}", message, other=other, ending=" first")
                continue
            hint = meant(name, known)
            if choices:
                hint += f"{' There' if hint else '; there'} are: {listed(known)}"
            self._findings.report((*path, place), f"unknown-{what}", f"there is no {what} “{shortened(name)}”{hint}")
        return False

    def resolve_question(self, question: QuestionAuthored, path: DataPath, arrays: Arrays) -> bool:
        """Say whether everything that a question names is there."""
        sound = self.resolve((*path, "sources"), question.sources, arrays.source_ids, "source")
        for inside, concept in question.concepts():
            sound &= self.resolve((*path, *inside), [concept], arrays.concept_ids, "concept")
        if question.case is not None:
            sound &= self._resolve_case(question.case, question.stage, path, arrays)
        if question.picture is not None:
            fault = self._picture_fault(question.picture.file)
            if fault:
                self._findings.report((*path, "picture", "file"), "picture", fault)
                sound = False
        if type(question) is HotspotAuthored:  # pydantic's isinstance is slow
            sound &= self._resolve_regions(question, path, arrays)
        return sound

    def _resolve_case(self, case_id: str, stage: int, path: DataPath, arrays: Arrays) -> bool:
        sound = self.resolve((*path, "case"), [case_id], arrays.case_of, "case")
        case = arrays.case_of.get(case_id)
        if case is not None and stage > len(case.stages):
            there = f"{count(len(case.stages), 'stage')}"
            message = f"“stage” is {stage}, and the case “{case.id}” has {there}"
            self._findings.report((*path, "stage"), "unknown-stage", message)
            sound = False
        return sound

    def _resolve_regions(self, question: HotspotAuthored, path: DataPath, arrays: Arrays) -> bool:
        sound = self.resolve((*path, "figure"), [question.figure], arrays.figure_of, "figure")
        figure = arrays.figure_of.get(question.figure)
        if figure is not None:
            keys = [zone.key for zone in figure.zones()]
            at = "regions" if question.regions else "region"
            sound &= self.resolve((*path, at), question.right(), keys, "region", choices=True)
        return sound

    @cached_property
    def _declared(self) -> Mapping[tuple[str, str], int]:
        """Where the tables that have an id stand in their arrays, sound or not."""
        found: dict[tuple[str, str], int] = {}
        for array, place, name in tables_with_ids(self._document):
            found.setdefault((array, name), place)
        return found
