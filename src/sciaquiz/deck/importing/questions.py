"""The questions of a deck: one with an error is left out, and takes no other with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.deck.authored import KINDS
from sciaquiz.deck.importing.nearest import meant
from sciaquiz.deck.kinds import Asks, Hotspot
from sciaquiz.deck.picture import Picture
from sciaquiz.deck.problem import Severity
from sciaquiz.ids import QuestionId
from sciaquiz.text import shortened

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sciaquiz.deck.authored.common import QuestionAuthored
    from sciaquiz.deck.figure import Figure
    from sciaquiz.deck.findings import DataPath
    from sciaquiz.deck.importing.arrays import Arrays
    from sciaquiz.deck.importing.references import References
    from sciaquiz.deck.importing.tables import Tables
    from sciaquiz.deck.model import Question
    from sciaquiz.ids import DeckId

UNWISE = ("accepts-why",)
"""What takes no question out of the deck."""


class Questions(Struct, frozen=True, kw_only=True):
    """The sound questions, and those that are retired; the warnings accepted for each and its place in the array."""

    sound: tuple[Question, ...]
    retired: tuple[QuestionId, ...]
    accepted: Mapping[QuestionId, tuple[str, ...]]
    order: Mapping[QuestionId, int]


def read_questions(tables: Tables, references: References, arrays: Arrays, deck_id: DeckId) -> Questions:
    """Read the questions, of any kind."""
    sound: list[Question] = []
    accepted: dict[QuestionId, tuple[str, ...]] = {}
    order: dict[QuestionId, int] = {}
    retired: list[QuestionId] = []
    for place, table in tables.of("question"):
        path = ("question", place)
        authored = _authored(tables, table, path)
        if authored is None:
            continue
        is_sound = references.resolve_question(authored, path, arrays)
        for inside, code, message in authored.problems():
            is_unwise = code in UNWISE
            tables.findings.report((*path, *inside), code, message, Severity.WARNING if is_unwise else Severity.ERROR)
            is_sound &= is_unwise
        question_id = QuestionId(authored.id)
        if question_id in order:
            references.report_duplicate(path, ("question", order[question_id]))
            is_sound = False
        if is_sound:
            question = _question(authored, deck_id, arrays, references.folder)
            order[question_id] = place
            if authored.accepts or authored.allow:
                accepted[question_id] = (*authored.accepts, *(entry.rule for entry in authored.allow))
            if authored.retired:
                retired.append(question.history_id)
            else:
                sound.append(question)
    _report_taken(sound, order, tables)
    return Questions(sound=tuple(sound), retired=tuple(retired), accepted=accepted, order=order)


def _report_taken(sound: list[Question], order: Mapping[QuestionId, int], tables: Tables) -> None:
    """Report ids in `replaces` that are still in use, and leave out the questions that name them."""
    taken: dict[QuestionId, str] = dict.fromkeys(order, "is still the id of a question: take that question out")
    for question in tuple(sound):
        again = [name for name in question.replaces if name in taken]
        for name in again:
            tables.findings.report(("question", order[question.id], "replaces"), "replaces", f"“{name}” {taken[name]}")
        if again:
            sound.remove(question)
        taken |= dict.fromkeys(question.replaces, f"is replaced by “{question.id}” already: leave it to one of the two")


def _authored(tables: Tables, table: dict[str, Any], path: DataPath) -> QuestionAuthored | None:
    """Return a question in the form of its kind, if it has that form."""
    kind = table.get("kind")
    if isinstance(kind, str) and kind in KINDS:
        model, _ = tables.validate(KINDS[kind], table, path, has_meta=True)
        return model
    if kind is None:
        message = "“kind” is missing"
    elif isinstance(kind, str):
        hint = meant(kind, KINDS) or f"; there are: {', '.join(KINDS)}"
        message = f"there is no kind “{shortened(kind)}”{hint}"
    else:
        message = "“kind” must be text"
    tables.findings.report((*path, "kind"), "kind", message)
    return None


def _question(authored: QuestionAuthored, deck_id: DeckId, arrays: Arrays, folder: Path) -> Question:
    question = authored.question(deck_id)
    if isinstance(question, Hotspot):
        question = with_choices(question, arrays.figure_of[question.figure])
    if authored.picture is not None:
        picture = Picture(folder / authored.picture.file, authored.picture.alt)
        question = replace(question, picture=picture)
    return question


def with_choices(question: Hotspot, figure: Figure) -> Hotspot:
    """Return the question with how many zones of its figure, or names of them, there are, and how many are right."""
    if question.asks is Asks.NAME:
        named = {zone.name: zone.key for zone in figure.zones()}
        keys = tuple(named.values())
    else:
        keys = tuple(zone.key for zone in figure.zones())
    return replace(question, choices=len(keys), right_choices=sum(key in question.regions for key in keys))
