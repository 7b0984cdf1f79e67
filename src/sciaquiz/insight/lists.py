"""The lists in the statistics: unsafe, leeches, hardest questions, what is mixed up, why answers were wrong."""

from __future__ import annotations

import json
from itertools import islice
from typing import TYPE_CHECKING

from sciaquiz.catalogue.matching import Matching
from sciaquiz.deck.concepts import name_of
from sciaquiz.ids import CardId, ConceptId
from sciaquiz.insight.report import CardRow, Cards, Missed, MissLog, MixedUp
from sciaquiz.insight.shares import Share
from sciaquiz.journal.entries import MissReason
from sciaquiz.store.queries import given_through
from sciaquiz.study.confusions import ledger
from sciaquiz.study.query import Field, Is, Query, query_of
from sciaquiz.tally.asking import card_counts, missed_for, weakest
from sciaquiz.tally.asking import leeches as most_lapses
from sciaquiz.tally.members import member_of
from sciaquiz.view.standing import standing_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Sequence

    from sciaquiz.catalogue.matching import Row
    from sciaquiz.insight.scope import Scope
    from sciaquiz.tally.asking import Figures
    from sciaquiz.workspace import Workspace

MOST_ROWS = 10
MOST_NAMED = 100
"""Cards that a query names one by one."""
UNSAFE = "SELECT num FROM card INDEXED BY card_unsafe WHERE danger AND unsafe AND {} ORDER BY place"
NUMS = "SELECT num, id FROM card WHERE id IN (SELECT value FROM json_each(:ids))"


def matching_of(workspace: Workspace) -> Matching:
    """Return what looks for cards in the catalogue, as of now."""
    return Matching(workspace.catalogue, workspace.clock.now(), workspace.settings.leech_lapses, workspace.fits)


def unsafe(matching: Matching, connection: sqlite3.Connection, scope: Scope) -> Cards:
    """Return the cards of a scope that must not be missed, and were missed with certainty."""
    where, given = matching.condition(scope.query)
    nums = [num for (num,) in matching.catalogue.rows(UNSAFE.format(where), given)]
    rows = list(matching.rows(nums[:MOST_ROWS]).values())
    return Cards(_card_rows(connection, rows), len(nums), scope.query.having(Field.IS, [Is.UNSAFE]))


def leeches(matching: Matching, connection: sqlite3.Connection, scope: Scope, key: str) -> Cards:
    """Return the cards of a scope that were forgotten most often."""
    names, total = most_lapses(connection, key, matching.leech_lapses, MOST_ROWS)
    return Cards(_card_rows(connection, _by_name(matching, names)), total, scope.query.having(Field.IS, [Is.LEECH]))


def _by_name(matching: Matching, names: Sequence[str]) -> list[Row]:
    nums = {name: num for num, name in matching.catalogue.rows(NUMS, {"ids": json.dumps(names)})}
    return list(matching.rows([nums[name] for name in names if name in nums]).values())


def hardest(matching: Matching, connection: sqlite3.Connection, scope: Scope, key: str) -> Cards:
    """Return the cards of a scope that were answered worst."""
    rows = _by_name(matching, weakest(connection, key, MOST_ROWS))
    query = scope.query.having(Field.ID, [row.card_id for row in rows]) if rows else None
    return Cards(_card_rows(connection, rows), len(rows), query)


def _card_rows(connection: sqlite3.Connection, rows: Sequence[Row]) -> tuple[CardRow, ...]:
    counts = card_counts(connection, [row.card_id for row in rows])
    found = []
    for row in rows:
        answers, correct = counts.get(row.card_id, (0, 0))
        progress, last = row.state.progress, row.state.last_answer
        found.append(
            CardRow(
                card_id=row.card_id,
                deck=row.deck,
                begins=row.opening,
                right=Share(correct, answers),
                lapses=progress.lapses if progress else 0,
                was_right=last.correct if last else None,
                standing=standing_of(row.state, must_not_miss=row.must_not_miss),
                query=query_of(ids=[row.card_id]),
            )
        )
    return tuple(found)


def mixed_up(workspace: Workspace, connection: sqlite3.Connection, key: str) -> tuple[MixedUp, ...]:
    """Return what is mixed up, if a card about either side belongs to a scope."""
    found = workspace.tally.once("mixed up", connection, lambda: _all_mixed_up(workspace))
    return tuple(pair for pair, scopes in found if key in scopes)


def _all_mixed_up(workspace: Workspace) -> list[tuple[MixedUp, set[str]]]:
    """Return all that is mixed up, each with the scopes of the cards about either side."""
    decks = workspace.library.decks
    cards = workspace.pool(decks).with_concepts()
    answers = workspace.tally.read(lambda journal: given_through(journal, [card.id for card in cards]))
    confused = ledger(cards, answers)
    found = []
    for confusion in confused.open:
        one, other = sorted(confusion.pair)
        of_both = [card for side in (one, other) for card in confused.cards.get(side, ())]
        pair = MixedUp(
            sides=(ConceptId(one), ConceptId(other)),
            names=(name_of(decks, one), name_of(decks, other)),
            took=(confusion.took.get((one, other), 0), confusion.took.get((other, one), 0)),
            query=named(card.id for card in of_both),
        )
        found.append((pair, {scope for card in of_both for scope in member_of(card).scopes}))
    return found


def misses(connection: sqlite3.Connection, figures: Figures, key: str, since: int | None) -> MissLog:
    """Return why answers of a scope and a period were wrong, the most frequent reason first."""
    found = []
    for reason in MissReason:
        if answers := figures[f"reason_{reason.value}"]:
            cards = [*islice(missed_for(connection, key, reason, since, installed=True), MOST_NAMED)]
            gone = sum(1 for _ in missed_for(connection, key, reason, since, installed=False))
            found.append(Missed(reason, answers, named(map(CardId, cards)) if cards else None, gone))
    found.sort(key=lambda missed: -missed.answers)
    return MissLog(tuple(found), figures["answers"] - figures["correct"])


def named(cards: Iterable[CardId]) -> Query:
    """Return the query for some cards, one at least: the first of them if they are very many."""
    return query_of(ids=list(dict.fromkeys(cards))[:MOST_NAMED])
