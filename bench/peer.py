"""Beside Anki's engine (the `anki` wheel, a peer here and nothing else): answers, and building the queue."""

from __future__ import annotations

import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.durable import question
from bench.filling import fill
from bench.timing import middle, ms, table
from sciaquiz.clock import moment_at
from sciaquiz.deck.model import Card
from sciaquiz.marking.response import Choice
from sciaquiz.memory.policy import Policy
from sciaquiz.store.journal import Journal
from sciaquiz.store.queries import read_snapshot
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.turns import Shown

SIZES = (1_000, 10_000, 100_000)
ANSWERS = 60
NOW = datetime.now(UTC)


class Ours:
    """A journal in which every card has one answer and half are due."""

    def __init__(self, folder: Path, cards: int) -> None:
        self.path = folder / "journal.db"
        names = fill(self.path, cards=cards, reviews=cards, now=NOW)
        self.cards = [Card(name, question(name)) for name in names]
        self.journal = Journal.open(self.path, moment_at(NOW))
        self.sitting: Sitting | None = None

    def build(self) -> float:
        """Seconds to read the states and lay out the day."""
        policy = Policy()
        begun = time.perf_counter()
        seen = read_snapshot(self.path, moment_at(NOW).study_day)
        assert seen is not None
        self.sitting = Sitting(
            CardPool(self.cards, seen.states), policy_for=lambda _: policy, limits=Limits(20, 9999), now=moment_at(NOW)
        )
        self.shown = self.sitting.next(moment_at(NOW))
        return time.perf_counter() - begun

    def answer(self) -> float:
        """Seconds to mark, keep durably, and choose the next card."""
        now = moment_at(datetime.now(UTC))
        assert self.sitting is not None
        assert isinstance(self.shown, Shown)
        begun = time.perf_counter()
        outcome = self.sitting.answer(self.shown, Choice(self.shown.order[0], self.shown.order), now)
        state = self.journal.keep(outcome.answer, self.shown.policy, self.shown.card.question)
        self.sitting.settle(outcome, state, now)
        self.shown = self.sitting.next(now)
        return time.perf_counter() - begun


class Anki:
    """A collection with FSRS on, in which every card has one answer and is due."""

    def __init__(self, folder: Path, cards: int) -> None:
        from anki.collection import Collection

        self.col: Any = Collection(str(folder / "collection.anki2"))
        self.col.set_config("fsrs", True)
        model = self.col.models.by_name("Basic")
        deck = self.col.decks.id("Default")
        for number in range(cards):
            note = self.col.new_note(model)
            note["Front"] = f"question {number}"
            note["Back"] = "answer"
            self.col.add_note(note, deck)
        self.col.db.execute("update cards set type=2, queue=2, ivl=10, due=0, reps=1, factor=2500")
        config = self.col.decks.config_dict_for_deck_id(deck)
        config["rev"]["perDay"] = 9999
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
    rows = []
    for size in SIZES:
        with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
            ours, anki = Ours(Path(one), size), Anki(Path(other), size)
            built: dict[str, list[float]] = {"ours": [], "anki": []}
            answered: dict[str, list[float]] = {"ours": [], "anki": []}
            for _ in range(3):
                for name, engine in (("ours", ours), ("anki", anki)):
                    built[name].append(engine.build())
                    answered[name] += [engine.answer() for _ in range(ANSWERS // 3)]
            ours.journal.close()
            anki.col.close()
            for what, times in (("queue built, first card", built), ("answer and next card", answered)):
                mine, theirs = middle(times["ours"]), middle(times["anki"])
                rows.append((f"{size:,}", what, ms(mine), ms(theirs), f"{mine / theirs:.2f}"))
    note = (
        "Ours reads the journal anew for each queue and makes each answer durable (DELETE/EXTRA, five syncs) before it"
        "\ncounts; Anki commits to a write-ahead log.\n"
    )
    return (
        "## Beside Anki's engine\n\n"
        + note
        + "\n"
        + table(["cards", "what", "sciaquiz, median ms", "anki, median ms", "ratio"], rows)
    )
