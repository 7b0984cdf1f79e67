"""What a new edition of the decks does to what was learned: cards whose key has changed are learned anew.

Nothing else is to be done: a question that is retired or gone has no cards any more and keeps its history, and one that
goes by another name is answered under its first id for ever.
"""

from __future__ import annotations

import json
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.authoring.changing import change_between, right_words
from sciaquiz.catalogue.codec import question_of
from sciaquiz.deck.model import Change
from sciaquiz.errors import SciaquizError
from sciaquiz.ids import Digest, digest_of, new_entry_id
from sciaquiz.journal.corrections import Corrected
from sciaquiz.journal.entries import Act, EventKind, Review
from sciaquiz.memory.replay import in_force

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from sciaquiz.deck.model import Card, Question
    from sciaquiz.ids import CardId
    from sciaquiz.journal.entries import Event
    from sciaquiz.store.journal import Journal
    from sciaquiz.workspace import Workspace

LEARNED = """
SELECT card.id, json_extract(CAST(question.stored AS TEXT), '$.version') FROM card
JOIN question ON question.num = card.question WHERE card.phase IS NOT NULL
"""
DECKS = "SELECT hex(path), stamp FROM deck ORDER BY path"
MARKS = "SELECT name, value FROM meta WHERE name IN ('mirror generation', 'mirror review rowid') ORDER BY name"
LOOKED = "SELECT value FROM meta WHERE name = 'corrected'"
NOTE = "INSERT OR REPLACE INTO meta VALUES ('corrected', ?)"


class Pending(Struct, frozen=True):
    """A card that was learned by another key than its question has now."""

    card: Card
    then: Question


class _Looked(Struct, frozen=True):
    """How far corrections were looked for: in which decks, and up to which row of the journal."""

    decks: str
    generation: object
    row: int


def correct(workspace: Workspace, journal: Journal) -> int:
    """Tell the journal of each card whose key has changed since it was learned; returns how many there are.

    The catalogue has to be up with the journal. Where neither decks nor journal have changed since, nothing is read.
    Raises SciaquizError.
    """
    if workspace.places or journal.refusal:
        return 0
    now, before = workspace.catalogue.ask(_looked_now), workspace.catalogue.ask(_looked_before)
    if now == before:
        return 0
    goes_on = before is not None and (before.decks, before.generation) == (now.decks, now.generation)
    found = pending(journal, _changed(workspace, journal, before.row if before and goes_on else 0))
    if found:
        moment = workspace.clock.now()
        journal.act_on_each(
            Act(
                id=new_entry_id(),
                kind=EventKind.CORRECTED,
                moment=moment,
                card_id=each.card.id,
                payload={"from": each.then.version, "to": each.card.question.version},
            )
            for each in found
        )
    stored = json.dumps([now.decks, now.generation, now.row])
    workspace.catalogue.change(lambda connection: connection.execute(NOTE, (stored,)))
    return len(found)


def _looked_now(connection: sqlite3.Connection) -> _Looked:
    decks = digest_of(json.dumps(connection.execute(DECKS).fetchall()))
    marks = dict(connection.execute(MARKS))
    return _Looked(decks, marks.get("mirror generation"), marks.get("mirror review rowid") or 0)


def _looked_before(connection: sqlite3.Connection) -> _Looked | None:
    row = connection.execute(LOOKED).fetchone()
    return None if row is None else _Looked(*json.loads(row[0]))


def _changed(workspace: Workspace, journal: Journal, after: int) -> list[Card]:
    """Return the installed cards that were learned, and never met in the text they have now."""
    met = journal.texts_met(after)
    if not met:
        return []
    rows = workspace.catalogue.rows(LEARNED)
    names = [name for name, version in rows if name in met and version not in met[name]]
    return [card for name in names if (card := workspace.catalogue.card(name)) is not None]


def pending(journal: Journal, cards: Iterable[Card]) -> list[Pending]:
    """Return those of some cards that were learned by another key than their questions have. Raises StoreError."""
    found = []
    for card in cards:
        counted = in_force(*journal.history(card.id))
        texts = [_text_of(entry) for entry in counted.moving]
        if card.question.version in texts or not any(review.schedules for review in counted.reviews):
            continue
        then = _question(journal, texts[-1])
        if then is None or _is_newer(then, card.question):
            continue
        if change_between(then, card.question, card.part) is Change.KEY:
            found.append(Pending(card, then))
    return found


def _is_newer(then: Question, now: Question) -> bool:
    """Say whether a text that was answered, on another device perhaps, is of a later edition than the one here."""
    if then.reviewed_on is not None and now.reviewed_on is not None and then.reviewed_on != now.reviewed_on:
        return then.reviewed_on > now.reviewed_on
    return len(then.change) > len(now.change) and then.change[: len(now.change)] == now.change


def _text_of(entry: Review | Event) -> object:
    return entry.question_version if isinstance(entry, Review) else entry.payload.get("to")


def _question(journal: Journal, version: object) -> Question | None:
    content = journal.question_text(Digest(version)) if isinstance(version, str) else None
    return None if content is None else question_of(content)


def corrections(workspace: Workspace, journal: Journal) -> Mapping[CardId, Corrected]:
    """Return what is to be told of installed cards that were corrected and not answered since. Raises StoreError."""
    found = {}
    for event in journal.corrections():
        card = None if event.card_id is None else workspace.catalogue.card(event.card_id)
        if card is not None:
            then = _question(journal, event.payload.get("from"))
            before = "" if then is None else right_words(then, card.part)
            found[card.id] = Corrected(card.id, event.moment.study_day, before)
    return found


def bring_up(workspace: Workspace, journal: Journal) -> int:
    """Correct what has to be, and let the workspace know what is to be told of it; returns how many cards are new.

    What cannot be done now, as where another program holds the journal, is done the next time.
    """
    with suppress(SciaquizError):
        number = correct(workspace, journal)
        told = corrections(workspace, journal)
        workspace.corrections.clear()  # sittings that were opened before look at the same mapping
        workspace.corrections.update(told)
        return number
    return 0
