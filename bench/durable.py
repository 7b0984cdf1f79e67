"""An answer made durable, against a bare sqlite3 commit with the same settings."""

from __future__ import annotations

import json
import sqlite3
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bench.filling import fill
from bench.timing import middle, ms, table
from sciaquiz.clock import moment_at
from sciaquiz.deck.kinds import SingleBestAnswer
from sciaquiz.deck.model import Option
from sciaquiz.ids import CardId, DeckId, OptionId, QuestionId, digest_of, new_entry_id
from sciaquiz.journal.entries import Answer, Certainty, Rating
from sciaquiz.marking.rating import RULE
from sciaquiz.memory.policy import Policy
from sciaquiz.store.connect import prepare
from sciaquiz.store.journal import Journal

ANSWERS = 300
NOW = datetime.now(UTC)


def question(card_id: CardId) -> SingleBestAnswer:
    """A question for a card that was made."""
    option = Option(id=OptionId("a"), text="A", correct=True, why="")
    return SingleBestAnswer(
        id=QuestionId(card_id), deck_id=DeckId("made"), version=digest_of(card_id), stem="?", options=(option,)
    )


def answer(card_id: CardId) -> Answer:
    """A right answer given now."""
    return Answer(
        id=new_entry_id(),
        card_id=card_id,
        deck_id=DeckId("made"),
        question_version=digest_of(card_id),
        moment=moment_at(NOW),
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


def bare_times(path: Path, count: int) -> list[float]:
    """Seconds of one INSERT and one UPDATE in one transaction, by sqlite3 alone."""
    connection = sqlite3.connect(path)
    prepare(connection)
    connection.execute("CREATE TABLE IF NOT EXISTS review (id TEXT PRIMARY KEY, card TEXT, at INTEGER, response TEXT)")
    connection.execute("CREATE TABLE IF NOT EXISTS card (id TEXT PRIMARY KEY, stability REAL)")
    connection.execute("INSERT OR IGNORE INTO card VALUES ('c', 1)")
    times = []
    for number in range(count):
        begun = time.perf_counter()
        connection.execute("BEGIN IMMEDIATE")
        response = json.dumps({"chosen": "a", "shown": ["a", "b", "c", "d"]})
        connection.execute("INSERT INTO review VALUES (?, ?, ?, ?)", (new_entry_id(), "c", number, response))
        connection.execute("UPDATE card SET stability = ? WHERE id = 'c'", (float(number),))
        connection.execute("COMMIT")
        times.append(time.perf_counter() - begun)
    connection.close()
    return times


def run() -> str:
    """Measure both in alternating blocks on one disk."""
    kept: list[float] = []
    bare: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "journal.db"
        cards = fill(path, cards=1000, reviews=10_000, now=NOW)
        journal = Journal.open(path, moment_at(NOW))
        keep_times(journal, cards, 20)
        for _ in range(6):
            kept += keep_times(journal, cards, ANSWERS // 6)
            bare += bare_times(Path(folder) / "bare.db", ANSWERS // 6)
        journal.close()
    rows = [
        ("sqlite3: INSERT + UPDATE, DELETE/EXTRA", ms(middle(bare)), "1.00", ""),
        (
            "`Journal.keep`: answer, replay of the card, state",
            ms(middle(kept)),
            f"{middle(kept) / middle(bare):.2f}",
            "≤ 3",
        ),
    ]
    return f"## An answer made durable ({ANSWERS} each, in alternating blocks)\n\n" + table(
        ["what", "p50 ms", "ratio", "goal"], rows
    )
