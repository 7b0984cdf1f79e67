"""What stands in a deck beside its questions: sources, concepts, contrasts, figures and cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.deck.authored.common import CaseAuthored, ConceptAuthored, ContrastAuthored, SourceAuthored
from sciaquiz.deck.authored.figure import FigureAuthored
from sciaquiz.deck.model import Concept, Contrast, Source
from sciaquiz.ids import ConceptId, SourceId

if TYPE_CHECKING:
    from collections.abc import Collection

    from sciaquiz.deck.figure import Figure
    from sciaquiz.deck.importing.references import References
    from sciaquiz.deck.importing.tables import Tables
    from sciaquiz.deck.model import Case
    from sciaquiz.ids import FigureId


class Arrays(Struct, frozen=True, kw_only=True):
    """The sound tables of every array but the questions, and how those are found that a question may name."""

    sources: tuple[Source, ...]
    concepts: tuple[Concept, ...]
    contrasts: tuple[Contrast, ...]
    figures: tuple[Figure, ...]
    cases: tuple[Case, ...]
    source_ids: Collection[str]
    source_order: dict[SourceId, int]
    concept_ids: Collection[str]
    figure_of: dict[str, Figure]
    figure_order: dict[FigureId, int]
    case_of: dict[str, Case]


def read_arrays(tables: Tables, references: References) -> Arrays:
    """Read every array but the questions."""
    authored = tables.read("source", SourceAuthored, named_by="citation")
    sources = tuple(
        Source(id=SourceId(read.id), citation=read.citation, doi=read.doi, pmid=read.pmid, url=read.url)
        for _, read in authored
    )
    concepts = tuple(
        Concept(id=ConceptId(read.id), name=read.name, aliases=tuple(read.aliases))
        for _, read in tables.read("concept", ConceptAuthored, named_by="name")
    )
    contrasts = tables.read("contrast", ContrastAuthored)
    references.report_duplicates(tables)
    source_ids = {source.id: None for source in sources}  # in the order of the file, in which a name meant is sought
    concept_ids = {concept.id: None for concept in concepts}
    sound_contrasts = tuple(
        Contrast(
            between=(ConceptId(read.between[0]), ConceptId(read.between[1])),
            discriminator=read.discriminator,
            sources=tuple(SourceId(source) for source in read.sources),
        )
        for place, read in contrasts
        if references.resolve(("contrast", place, "between"), read.between, concept_ids, "concept")
        and references.resolve(("contrast", place, "sources"), read.sources, source_ids, "source")
    )
    figures = _figures(tables, references, source_ids)
    cases = tuple(
        read.case()
        for place, read in tables.read("case", CaseAuthored)
        if references.resolve(("case", place, "sources"), read.sources, source_ids, "source")
    )
    return Arrays(
        sources=sources,
        concepts=concepts,
        contrasts=sound_contrasts,
        figures=tuple(figures.values()),
        cases=cases,
        source_ids=source_ids,
        source_order={SourceId(read.id): place for place, read in reversed(authored)},
        concept_ids=concept_ids,
        figure_of={figure.id: figure for figure in figures.values()},
        figure_order={figure.id: place for place, figure in figures.items()},
        case_of={case.id: case for case in cases},
    )


def _figures(tables: Tables, references: References, source_ids: Collection[str]) -> dict[int, Figure]:
    found = {}
    for place, read in tables.read("figure", FigureAuthored):
        faults = read.problems()
        for inside, code, message in faults:
            tables.findings.report(("figure", place, *inside), code, message)
        if references.resolve(("figure", place, "sources"), read.sources, source_ids, "source") and not faults:
            found[place] = read.figure()
    return found
