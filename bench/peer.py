"""Beside Anki's engine (the `anki` wheel, a peer here and nothing else): the queue from nothing, and answers."""

from __future__ import annotations

import json
import os
import sqlite3
import tempfile
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.collections import make_home
from bench.timing import middle, ms, table
from sciaquiz.clock import SystemClock
from sciaquiz.deck.kinds import SingleBestAnswer
from sciaquiz.marking.response import Choice
from sciaquiz.paths import user_paths
from sciaquiz.settings import Settings
from sciaquiz.sittings import open_sitting
from sciaquiz.store.versions import content_of
from sciaquiz.workspace import Workspace

if TYPE_CHECKING:
    from sciaquiz.study.sitting import Sitting
    from sciaquiz.study.turns import Shown

SIZES = (600, 10_000, 100_000)
BUILDS = 9
ANSWERS = 60
BLOCKS = 6
LIMIT = 9999
ORDERS = {
    "REVIEW_CARD_ORDER_DAY": "due day",
    "REVIEW_CARD_ORDER_RETRIEVABILITY_DESCENDING": "retrievability",
}
SHARE_DUE = 0.02
"""Of the cards, where few are due; the other rows have all of them due."""


ABOUT = """## Beside Anki's engine

From newly opened files to the first card, the same number due, at most 9,999 a day. Ours brings the catalogue up with
the journal first. Where more is due than the day holds it weighs each card by what its review is worth; Anki takes them
by due day, as it does unless told otherwise, or by retrievability, for which it weighs them too.

{queues}
Answer and next card. As each is by itself, ours is durable after a power cut (DELETE, EXTRA) before it counts, and
Anki commits to a write-ahead log; at equal settings of SQLite both use WAL, FULL and an exclusive lock.

{answers}"""


class Ours:
    """A home whose cards are all past learning, so many of them due."""

    def __init__(self, home: Path, cards: int, due: int) -> None:
        os.environ["SCIAQUIZ_HOME"] = str(home)
        self.path = user_paths().journal
        if not self.path.exists():
            make_home(home, cards, datetime.now(UTC), reviews_each=2, shipped=0)
        today = datetime.now(UTC).date()
        with closing(sqlite3.connect(self.path)) as journal, journal:
            journal.execute(
                "UPDATE card_state SET phase = 'review', due_at_ms = NULL, interval_days = 10,"
                " last_day = date(:today, '-10 days'), due_day = CASE WHEN rowid % :every = 0"
                " THEN date(:today, '-' || (rowid % 7) || ' days') ELSE date(:today, '+9 days') END",
                {"today": today.isoformat(), "every": max(1, cards // due)},
            )
            journal.execute("UPDATE derived SET value = value + 1 WHERE name = 'generation'")
        self.workspace = self._open()
        self.first()
        with closing(sqlite3.connect(self.path)) as journal, journal:  # what was answered before has its text there
            journal.executemany(
                "INSERT OR IGNORE INTO deck_snapshot VALUES (?, ?, ?, ?)",
                (
                    (question.version, question.id, question.deck_id, json.dumps(content_of(question)))
                    for deck in self.workspace.library.decks
                    for question in deck.questions
                ),
            )
        self.sitting: Sitting | None = None

    def _open(self) -> Workspace:
        settings = Settings(reviews_per_day=LIMIT, new_per_day=20)
        return Workspace(paths=user_paths(), settings=settings, clock=SystemClock(4))

    def first(self) -> tuple[Sitting, Any]:
        """Lay out the day and take its first card."""
        workspace = self.workspace
        decks = workspace.library.decks
        sitting = open_sitting(workspace, decks, workspace.snapshot())
        return sitting, sitting.next(workspace.clock.now())

    def build(self) -> float:
        """Seconds from newly opened files to the first card."""
        self.workspace.close()
        self.workspace = self._open()
        assert self.workspace.library.decks
        assert self.workspace.journal
        begun = time.perf_counter()
        self.sitting, self.shown = self.first()
        return time.perf_counter() - begun

    def answer(self) -> float:
        """Seconds to mark, keep durably, and choose the next card."""
        assert self.sitting is not None
        journal = self.workspace.journal
        while not isinstance(self.shown.card.question, SingleBestAnswer):
            self.sitting.skip(self.shown)
            self.shown = self.sitting.next(self.workspace.clock.now())
        shown: Shown = self.shown
        now = self.workspace.clock.now()
        begun = time.perf_counter()
        outcome = self.sitting.answer(shown, Choice(shown.order[0], shown.order), now)
        state = journal.keep(outcome.answer, shown.policy, shown.card.question)
        self.sitting.settle(outcome, state, now)
        self.shown = self.sitting.next(now)
        return time.perf_counter() - begun

    def durable(self, *pragmas: str) -> None:
        """Let answers be kept under other settings of SQLite."""
        for pragma in pragmas:
            self.workspace.journal._file.connection.execute(f"PRAGMA {pragma}")


class Anki:
    """A collection with FSRS on and the same cards due."""

    def __init__(self, folder: Path, cards: int, due: int) -> None:
        from anki.collection import Collection

        place = folder / "collection.anki2"
        existed = place.exists()
        self.col: Any = Collection(str(place))
        deck = self.col.decks.id("Default")
        if not existed:
            self.col.set_config("fsrs", True)
            model = self.col.models.by_name("Basic")
            for number in range(cards):
                note = self.col.new_note(model)
                note["Front"] = f"Which is meant by number {number}?"
                note["Back"] = "The root."
                self.col.add_note(note, deck)
        memory = json.dumps({"s": 10.0, "d": 5.0, "dr": 0.9})
        self.col.db.execute(
            "update cards set type = 2, queue = 2, ivl = 10, reps = 3, factor = 2500, data = ?,"
            " due = case when id % ? = 0 then 0 else 9 end",
            memory,
            max(1, cards // due),
        )
        config = self.col.decks.config_dict_for_deck_id(deck)
        config["rev"]["perDay"] = LIMIT
        config["new"]["perDay"] = 20
        self.col.decks.update_config(config)

    def order(self, name: str) -> None:
        """Take reviews in an order of Anki's own: REVIEW_CARD_ORDER_DAY or a relative."""
        from anki.deck_config_pb2 import DeckConfig

        config = self.col.decks.config_dict_for_deck_id(self.col.decks.id("Default"))
        config["reviewOrder"] = DeckConfig.Config.ReviewCardOrder.Value(name)
        self.col.decks.update_config(config)

    def build(self) -> float:
        """Seconds to build the queue from nothing and take its first card."""
        self.col.close(downgrade=False)
        self.col.reopen()
        begun = time.perf_counter()
        self.queued = self.col.sched.get_queued_cards()
        return time.perf_counter() - begun

    def answer(self) -> float:
        """Seconds to answer with Good and fetch the next card."""
        from anki.cards import Card as AnkiCard

        entry = self.queued.cards[0]
        card = AnkiCard(self.col, backend_card=entry.card)
        card.start_timer()
        begun = time.perf_counter()
        given = self.col.sched.build_answer(card=card, states=entry.states, rating=2)
        self.col.sched.answer_card(given)
        self.queued = self.col.sched.get_queued_cards()
        return time.perf_counter() - begun


def run() -> str:
    """Measure both at each size, in alternating blocks."""
    queues, answers = [], []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            for due in _shares(size):
                ours, anki = Ours(Path(one), size, due), Anki(Path(other), size, due)
                goal = "≤ 1.5" if size == SIZES[0] else "≤ 1"
                for name, words in ORDERS.items():
                    anki.order(name)
                    times = _alternate(ours.build, anki.build, BUILDS)
                    queues.append((f"{size:,}", f"{due:,}", words, *_ratio(*times), goal))
                if due == size:
                    ours.build(), anki.build()
                    answers += _answers(size, ours, anki)
                ours.workspace.close()
                anki.col.close()
    return ABOUT.format(
        queues=table(["cards", "due", "anki by", "sciaquiz, median ms", "anki, median ms", "ratio", "goal"], queues),
        answers=table(["cards", "settings", "sciaquiz, median ms", "anki, median ms", "ratio", "goal"], answers),
    )


def _shares(size: int) -> list[int]:
    """How many are due: few, as many as a day holds, all."""
    return sorted({max(10, int(size * SHARE_DUE)), min(size, LIMIT - 200), size})


def _answers(size: int, ours: Ours, anki: Anki) -> list[tuple[str, ...]]:
    rows = []
    for settings, pragmas, goal in (
        ("each its own", (), ""),
        ("equal", ("journal_mode=WAL", "synchronous=FULL", "locking_mode=EXCLUSIVE"), "≤ 1.3"),
    ):
        ours.durable(*pragmas)
        times = _alternate(ours.answer, anki.answer, ANSWERS)
        rows.append((f"{size:,}", settings, *_ratio(*times), goal))
    return rows


def _alternate(ours: Any, theirs: Any, count: int) -> tuple[list[float], list[float]]:
    mine: list[float] = []
    others: list[float] = []
    for _ in range(BLOCKS):
        mine += [ours() for _ in range(max(1, count // BLOCKS))]
        others += [theirs() for _ in range(max(1, count // BLOCKS))]
    return mine, others


def _ratio(mine: list[float], others: list[float]) -> tuple[str, str, str]:
    return ms(middle(mine)), ms(middle(others)), f"{middle(mine) / middle(others):.2f}"
