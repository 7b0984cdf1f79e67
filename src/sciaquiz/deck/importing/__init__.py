"""Importing a deck: plain data, as TOML, JSON or another format gives it, becomes a Deck with all that is wrong.

What is wrong leads into the data by paths. Whoever has the data from a file looks up the lines afterwards.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from sciaquiz.deck.findings import Finding, Findings
from sciaquiz.deck.importing.arrays import read_arrays
from sciaquiz.deck.importing.head import read_head
from sciaquiz.deck.importing.questions import read_questions
from sciaquiz.deck.importing.references import References
from sciaquiz.deck.importing.tables import Tables
from sciaquiz.deck.importing.taming import tamed
from sciaquiz.deck.model import Deck
from sciaquiz.ids import DeckId, QuestionId

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from pathlib import Path

    from sciaquiz.deck.findings import DataPath
    from sciaquiz.ids import FigureId, SourceId


class Imported(Struct, frozen=True, kw_only=True):
    """A deck as far as the data gave one, and all that is wrong with the data.

    `accepted` are the rules allowed for each question, and for the deck by itself under an empty id; `order` is the
    place of a question in the array of questions; `figure_order` and `source_order` are those of each figure and source
    in its array.
    """

    deck: Deck | None
    findings: tuple[Finding, ...]
    accepted: Mapping[QuestionId, tuple[str, ...]] = field(default_factory=dict)
    order: Mapping[QuestionId, int] = field(default_factory=dict)
    figure_order: Mapping[FigureId, int] = field(default_factory=dict)
    source_order: Mapping[SourceId, int] = field(default_factory=dict)


def import_deck(
    data: Any, folder: Path, *, is_toml: bool = False, lost: Collection[DataPath] = frozenset()
) -> Imported:
    """Make a deck of plain data; its pictures lie in `folder`. Never raises for what the data holds.

    A question with an error is left out and the others are kept; there is no deck without a sound id and title. With
    `is_toml` all keys are taken to be text. Of the tables and keys that are `lost` nothing is reported.
    """
    findings = Findings(data, lost)
    document = tamed(data, findings, is_toml=is_toml)
    if not isinstance(document, dict):
        findings.report((), "wrong-type", "a deck must be a table")
        return Imported(deck=None, findings=findings.all())
    tables = Tables(document, findings)
    references = References(document, findings, folder)
    head = read_head(document, tables)
    arrays = read_arrays(tables, references)
    deck_id = DeckId(head.id) if head else DeckId("")
    questions = read_questions(tables, references, arrays, deck_id)
    accepted = dict(questions.accepted)
    if head is not None and head.allow:
        accepted[QuestionId("")] = tuple(entry.rule for entry in head.allow)
    deck = None
    if head is not None:
        deck = Deck(
            id=deck_id,
            title=head.title,
            version=head.version,
            language=head.language,
            licence=head.licence,
            authors=tuple(head.authors),
            description=head.description,
            desired_retention=head.desired_retention,
            sources=arrays.sources,
            concepts=arrays.concepts,
            contrasts=arrays.contrasts,
            figures=arrays.figures,
            cases=arrays.cases,
            retired=questions.retired,
            questions=questions.sound,
        )
    return Imported(
        deck=deck,
        findings=findings.all(),
        accepted=accepted,
        order=questions.order,
        figure_order=arrays.figure_order,
        source_order=arrays.source_order,
    )
