"""An answer made durable, against a bare sqlite3 commit of the same rows with the same settings."""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench.filling import fill
from bench.timing import middle, table
from sciaquiz.clock import moment_at
from sciaquiz.deck.kinds import SingleBestAnswer
from sciaquiz.deck.model import Option
from sciaquiz.ids import CardId, DeckId, DeviceId, OptionId, QuestionId, digest_of, new_entry_id
from sciaquiz.journal.entries import Answer, Certainty, Rating, Review
from sciaquiz.marking.rating import RULE
from sciaquiz.memory.daily import FIGURES
from sciaquiz.memory.policy import Policy
from sciaquiz.store.codec import review_row, values_of
from sciaquiz.store.connect import open_for_writing
from sciaquiz.store.deriving import ADD_DAY, ALL_COLUMNS, PUT_STATE
from sciaquiz.store.journal import Journal
from sciaquiz.store.versions import content_of
from sciaquiz.store.writing import ADD_REVIEW, ADD_TEXT, ANSWER_FIELDS

if TYPE_CHECKING:
    import sqlite3

ANSWERS = 300
WARMING = 20
NOW = datetime.now(UTC)


def question(card_id: CardId) -> SingleBestAnswer:
    """A question for a card that was made."""
    option = Option(id=OptionId("a"), text="A", correct=True, why="")
    return SingleBestAnswer(
        id=QuestionId(card_id), deck_id=DeckId("made"), version=digest_of(card_id), stem="?", options=(option,)
    )


def answer(card_id: CardId) -> Answer:
    """A right answer given at this moment."""
    return Answer(
        id=new_entry_id(),
        card_id=card_id,
        deck_id=DeckId("made"),
        question_version=digest_of(card_id),
        moment=moment_at(datetime.now(UTC)),
        response={"chosen": "a", "shown": ["a", "b", "c", "d"]},
        correct=True,
        score=1.0,
        certainty=Certainty.CERTAIN,
        latency_ms=5000,
        rating=Rating.GOOD,
        rule=RULE,
        policy=Policy().digest,
    )


def keep_times(journal: Journal, cards: list[CardId], count: int) -> list[float]:
    """Seconds of each of `count` answers."""
    policy = Policy()
    times = []
    for number in range(count):
        card_id = cards[number * 7919 % len(cards)]
        given, asked = answer(card_id), question(card_id)
        begun = time.perf_counter()
        journal.keep(given, policy, asked)
        times.append(time.perf_counter() - begun)
    return times


def keep_texts(path: Path, cards: list[CardId]) -> None:
    """Keep the text of each question, as a journal has it of every question that was answered before."""
    connection = open_for_writing(path)
    connection.execute("BEGIN")
    for card_id in cards:
        asked = question(card_id)
        connection.execute(ADD_TEXT, (asked.version, asked.id, asked.deck_id, json.dumps(content_of(asked))))
    connection.execute("COMMIT")
    connection.close()


def bare_times(connection: sqlite3.Connection, cards: list[CardId], count: int) -> list[float]:
    """Seconds of `count` transactions by sqlite3 alone: the rows of an answer, which were made ready before."""
    states = f"SELECT {', '.join(ALL_COLUMNS)} FROM card_state WHERE card_id = ?"  # noqa: S608 -- our own names
    times = []
    for number in range(count):
        card_id = cards[number * 7919 % len(cards)]
        given = answer(card_id)
        columns = {name: getattr(given, name) for name in ANSWER_FIELDS}
        [seq] = connection.execute("SELECT coalesce(max(seq), 0) + 1 FROM review WHERE device_id = 'bare'").fetchone()
        review = values_of(review_row(Review(**columns, device_id=DeviceId("bare"), seq=seq), "single"))
        state = connection.execute(states, (card_id,)).fetchone()
        day = (given.moment.study_day.isoformat(), given.deck_id, *[1] * len(FIGURES))
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(ADD_REVIEW, review)
        connection.execute(PUT_STATE, state)
        connection.execute(ADD_DAY, day)
        connection.execute("COMMIT")
        times.append(time.perf_counter() - begun)
    return times


def run() -> str:
    """Measure both on one disk, one answer of each in turn."""
    kept: list[float] = []
    bare: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        path, other = Path(folder) / "journal.db", Path(folder) / "bare.db"
        cards = fill(path, cards=1000, reviews=10_000, now=NOW)
        keep_texts(path, cards)
        shutil.copy(path, other)
        journal, connection = Journal.open(path, moment_at(NOW)), open_for_writing(other)
        keep_times(journal, cards, WARMING)
        bare_times(connection, cards, WARMING)
        for turn in range(ANSWERS):
            some = cards[turn % len(cards) :]
            kept += keep_times(journal, some, 1)
            bare += bare_times(connection, some, 1)
        connection.close()
        journal.close()
    ratio = middle(kept) / middle(bare)
    rows = [
        ("sqlite3: the rows of an answer, its card and its day", f"{middle(bare) * 1000:.2f}", "1.00", ""),
        ("`Journal.keep`: the same, made from an answer", f"{middle(kept) * 1000:.2f}", f"{ratio:.2f}", "≤ 1.5"),
    ]
    return f"## An answer made durable, DELETE/EXTRA ({ANSWERS} each, in turn)\n\n" + table(
        ["what", "p50 ms", "ratio", "goal"], rows
    )
