"""Keeping the catalogue up with the deck files: a file that changed is read anew, and no other."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.catalogue.codec import encode, encode_head, question_from
from sciaquiz.catalogue.schema import PLACES_IN_A_DECK, transaction
from sciaquiz.catalogue.stamps import change_in
from sciaquiz.deck.finding import find_decks
from sciaquiz.deck.model import Deck, Safety
from sciaquiz.deck.problem import Problem, Severity

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Sequence

    from sciaquiz.deck.finding import Found
    from sciaquiz.deck.model import Question

    Progress = Callable[[int, int], None]
    """Called with how many files were read, and how many there are to read."""

LONGEST_OPENING = 160
"""Cells of how a question begins: as many as a row of a list can have."""

PLACES_OF_A_QUESTION = 10
"""Bits of a place that are counted within a question: one for each of its cards."""

ADD_QUESTION = """
INSERT INTO question(deck, place, id, kind, concept, kept, length, opening, stored) VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)
"""
ADD_TOPIC = "INSERT OR IGNORE INTO topic VALUES (?, ?, ?, ?)"
ADD_CARD = """
INSERT OR IGNORE INTO card(id, question, part, deck, place, siblings, "case", stage, danger, kind, level)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
AT_PATH = "deck = (SELECT num FROM deck WHERE path = ?)"
IS_SETTLED = "SELECT 1 FROM meta WHERE name = 'settled'"
"""Gone while files are put in: a start that is broken off between them and the end leaves no deck without cards."""

FRESH = """
SELECT num, deck, place, kind, stored FROM question
WHERE num > ? AND kept AND NOT EXISTS (SELECT 1 FROM card WHERE card.question = question.num) ORDER BY num LIMIT ?
"""
AT_A_TIME = 500

# What stands first in reading order keeps an id. Only ids that stand twice, or that are left out, are looked at.
KEPT_DECKS = """
UPDATE deck SET kept = NOT EXISTS (
    SELECT 1 FROM deck AS other WHERE other.id = deck.id AND other.rank < deck.rank AND length(other.head)
) AND length(head) > 0
"""
MOVED_QUESTIONS = """
WITH candidate AS (
    SELECT num FROM question WHERE NOT kept
    UNION SELECT num FROM question WHERE id IN (SELECT id FROM question GROUP BY id HAVING count(*) > 1)
    UNION SELECT question.num FROM question JOIN deck ON deck.num = question.deck WHERE question.kept AND NOT deck.kept
),
judged AS (
    SELECT question.num, question.kept AS was, deck.kept AND NOT EXISTS (
        SELECT 1 FROM question AS other JOIN deck AS home ON home.num = other.deck
        WHERE other.id = question.id AND home.kept AND other.place < question.place
    ) AS kept
    FROM question JOIN deck ON deck.num = question.deck WHERE question.num IN (SELECT num FROM candidate)
)
SELECT num, kept FROM judged WHERE kept != was
"""


NOTE_SHARING = """
INSERT OR REPLACE INTO meta SELECT 'sharing', json_group_array(num) FROM deck
WHERE id IN (SELECT id FROM deck WHERE length(head) GROUP BY id HAVING count(*) > 1)
OR num IN (SELECT deck FROM question WHERE id IN (SELECT id FROM question GROUP BY id HAVING count(*) > 1))
"""
"""The decks that share an id of theirs or of a question, noted once, since all questions have to be gone through."""
SHARING = """
SELECT path FROM deck WHERE num IN (SELECT value FROM json_each((SELECT value FROM meta WHERE name = 'sharing')))
"""


def bring_up(connection: sqlite3.Connection, places: Iterable[Path], progress: Progress | None = None) -> Found:
    """Bring the catalogue up with the files at these places, and return what was found there.

    One transaction a file, so that a start that is broken off is gone on with. Raises sqlite3.Error.
    """
    found = find_decks(places)
    change = change_in(connection, found)
    if not change and connection.execute(IS_SETTLED).fetchone():
        return found
    from sciaquiz.deck.reading import read_deck

    for done, (rank, path, stamp) in enumerate(change.read):
        if progress is not None:
            progress(done, len(change.read))
        reading = read_deck(path)
        with transaction(connection):
            connection.execute("DELETE FROM meta WHERE name = 'settled'")
            _forget(connection, path)
            add_deck(connection, path, rank, stamp, reading.deck, reading.problems)
    with transaction(connection):
        for path in change.gone:
            _forget(connection, path)
        for rank, path in change.ranks:
            _rank(connection, path, rank)
        settle(connection)
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('settled', 1)")
    return found


def problems_in(connection: sqlite3.Connection, found: Found) -> tuple[Problem, ...]:
    """Return everything that is wrong with the decks that were found, in order."""
    problems = [*found.problems, *_shared(connection)]
    for path, stored in connection.execute("SELECT path, problems FROM deck"):
        problems += [
            Problem(
                path=Path(os.fsdecode(path)), line=line, column=column, message=message, code=code,
                severity=Severity(severity), question_id=question_id,
            )
            for line, column, message, code, severity, question_id in json.loads(stored)
        ]  # fmt: skip
    return tuple(sorted(problems))


def add_deck(
    connection: sqlite3.Connection, path: Path, rank: int, stamp: str, deck: Deck | None, problems: Iterable[Problem]
) -> None:
    """Put a deck in, or what is wrong with a file that gave none. Call `settle` afterwards."""
    from sciaquiz.catalogue.terms import add_terms  # what reading a file needs, and a start without one does not
    from sciaquiz.deck.concepts import concept_of
    from sciaquiz.deck.folding import folded, words_of
    from sciaquiz.study.query import slug
    from sciaquiz.study.summary import opening

    questions: Sequence[Question] = deck.questions if deck else ()
    cases = {case.id: case for case in deck.cases} if deck else {}
    pictured = any(question.picture is not None for question in questions)
    num = connection.execute(
        "INSERT INTO deck(path, stamp, rank, id, title, kept, pictured, head, problems)"
        " VALUES (?, ?, ?, ?, ?, 0, ?, ?, ?)",
        (os.fsencode(path), stamp, rank, deck.id if deck else "", deck.title if deck else "", pictured,
         encode_head(deck) if deck else b"", _stored(problems)),
    ).lastrowid  # fmt: skip
    connection.executemany(
        ADD_QUESTION,
        (
            (
                num, (rank << PLACES_IN_A_DECK) + (position << PLACES_OF_A_QUESTION),
                question.history_id, question.kind.value, concept_of(question), len(question.stem),
                opening(question, LONGEST_OPENING, cases.get(question.case) if question.case else None),
                encode(question),
            )
            for position, question in enumerate(questions)
        ),
    )  # fmt: skip
    if deck is None or num is None:
        return
    places = connection.execute("SELECT num FROM question WHERE deck = ? ORDER BY place", (num,)).fetchall()
    connection.executemany(
        "INSERT INTO text VALUES (?, ?, ?)",
        ((own, num, folded(words_of(question))) for (own,), question in zip(places, questions, strict=True)),
    )
    topics = (
        (name, own, num, topic.replace("-", " "))
        for (own,), question in zip(places, questions, strict=True)
        for topic in question.topics
        if (name := slug(topic))
    )
    connection.executemany(ADD_TOPIC, topics)
    add_terms(connection, num, deck)


def _stored(problems: Iterable[Problem]) -> str:
    return json.dumps([
        (problem.line, problem.column, problem.message, problem.code, problem.severity, problem.question_id)
        for problem in problems
    ])  # fmt: skip


def _forget(connection: sqlite3.Connection, path: Path) -> None:
    for table in ("card", "question", "topic", "text", "term", "word"):
        connection.execute(f"DELETE FROM {table} WHERE {AT_PATH}", (os.fsencode(path),))
    connection.execute("DELETE FROM deck WHERE path = ?", (os.fsencode(path),))


def _rank(connection: sqlite3.Connection, path: Path, rank: int) -> None:
    name, within = os.fsencode(path), (1 << PLACES_IN_A_DECK) - 1
    connection.execute("UPDATE deck SET rank = ? WHERE path = ?", (rank, name))
    for table in ("question", "card"):
        connection.execute(
            f"UPDATE {table} SET place = (place & ?) | (? << ?) WHERE {AT_PATH}", (within, rank, PLACES_IN_A_DECK, name)
        )


def settle(connection: sqlite3.Connection) -> None:
    """Let each id stand for the first that bears it, and give cards to the questions that are kept, to no others."""
    connection.execute(NOTE_SHARING)
    connection.execute(KEPT_DECKS)
    for num, kept in connection.execute(MOVED_QUESTIONS).fetchall():
        connection.execute("UPDATE question SET kept = ? WHERE num = ?", (kept, num))
        if not kept:
            connection.execute("DELETE FROM card WHERE question = ?", (num,))
    after = -1
    while fresh := connection.execute(FRESH, (after, AT_A_TIME)).fetchall():
        for num, deck, place, kind, stored in fresh:
            _add_cards(connection, num, deck, place, question_from(kind, stored))
        after = fresh[-1][0]


def _add_cards(connection: sqlite3.Connection, num: int, deck: int, place: int, question: Question) -> None:
    cards = question.cards()
    connection.executemany(
        ADD_CARD,
        (
            (
                card.id, num, card.part, deck, place + part, len(cards), question.case or "", question.stage,
                question.safety is Safety.MUST_NOT_MISS, question.kind.value, question.level or "",
            )
            for part, card in enumerate(cards)
        ),
    )  # fmt: skip


def _shared(connection: sqlite3.Connection) -> list[Problem]:
    """Return the problems of ids that two decks share; their places are looked up in the files."""
    twice = connection.execute(SHARING).fetchall()
    if not twice:
        return []
    from sciaquiz.deck.library import shared_ids

    order = dict(connection.execute("SELECT path, rank FROM deck"))
    return shared_ids([Path(os.fsdecode(path)) for path in sorted((path for (path,) in twice), key=order.__getitem__)])
