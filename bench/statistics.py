"""Statistics over a million answers, beside Anki's graphs over the same ones."""

from __future__ import annotations

import os
import resource
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
from sciaquiz.insight.scope import EVERYTHING, Period, Scope
from sciaquiz.insight.statistics import report_of
from sciaquiz.memory.policy import Policy
from sciaquiz.paths import user_paths
from sciaquiz.settings import Settings
from sciaquiz.study.query import Field
from sciaquiz.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

CARDS = int(os.environ.get("BENCH_CARDS", "100000"))
REVIEWS_EACH = 10
LONGEST_INTERVAL = 120
"""In days, so that ten answers to a card lie within about three years."""
TIMES = 9
AT_ONCE = 5_000
"""Notes that Anki is given in one call: one by one they take ten times as long."""
SCOPES = {
    "everything": EVERYTHING,
    "a deck": Scope(Field.DECK, "collection-1"),
    "a topic": Scope(Field.TOPIC, "root"),
    "a kind": Scope(Field.KIND, "single"),
}
PERIODS = {"30 days": Period.MONTH, "all days": Period.ALL}
ABOUT = """## Statistics

{reviews:,} answers to {cards:,} cards. The first time every answer is gone through, which can be broken off:
{first:.0f} s of CPU time, {megabytes:.0f} MB of memory at the most, {size:.0f} MB of cache. After that every figure of
a scope and a period is worked out anew each time, the look at what is new in the journal included (CPU time, median of
{times}).

{ours}
Beside Anki's call for its graphs, in turn, over the same answers: it has no certainty, no predictions, no topics.

{theirs}
One more answer, and the statistics after it: {one} ms of CPU time.
"""


def cpu(work: Callable[[], object]) -> float:
    """The CPU time that some work takes: the clock would measure what else the machine does."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


class Anki:
    """A collection with the same answers in its log."""

    def __init__(self, folder: Path, journal: Path) -> None:
        from anki.collection import AddNoteRequest, Collection

        self.col: Any = Collection(str(folder / "collection.anki2"))
        deck = self.col.decks.id("Default")
        self.col.set_config("fsrs", True)
        model = self.col.models.by_name("Basic")
        with closing(sqlite3.connect(journal)) as ours:
            cards = [name for (name,) in ours.execute("SELECT card_id FROM card_state ORDER BY card_id")]
            asked = []
            for number, _ in enumerate(cards):
                note = self.col.new_note(model)
                note["Front"], note["Back"] = f"Which is meant by number {number}?", "The root."
                asked.append(AddNoteRequest(note=note, deck_id=deck))
            for begin in range(0, len(asked), AT_ONCE):
                self.col.add_notes(asked[begin : begin + AT_ONCE])
            ids = dict(zip(cards, self.col.db.list("select id from cards order by id"), strict=True))
            rows, taken = [], 0
            for name, at_ms, rating in ours.execute("SELECT card_id, at_ms, rating FROM review ORDER BY at_ms"):
                taken = max(taken + 1, at_ms)
                rows.append((taken, ids[name], -1, rating, 10, 5, 2500, 6000, 1))
        self.col.db.executemany("insert into revlog values (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self.col.db.execute(
            "update cards set type = 2, queue = 2, ivl = 10, reps = 10, factor = 2500, due = id % 60,"
            ' data = \'{"s":10.0,"d":5.0,"dr":0.9}\''
        )

    def graphs(self, days: int) -> float:
        """The CPU time of all its graphs over so many days; 0 for all."""
        return cpu(lambda: self.col._backend.graphs(search="", days=days))


def run() -> str:
    """Measure both on the same answers."""
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        home = Path(os.environ.get("BENCH_HOME", one))
        os.environ["SCIAQUIZ_HOME"] = str(home)
        if not user_paths().journal.exists():
            policy = Policy(maximum_interval=LONGEST_INTERVAL)
            make_home(home, CARDS, datetime.now(UTC), reviews_each=REVIEWS_EACH, policy=policy)
        workspace = Workspace(paths=user_paths(), settings=Settings(), clock=SystemClock(4))
        assert workspace.library.decks
        workspace.snapshot()
        user_paths().statistics.unlink(missing_ok=True)
        first = cpu(lambda: report_of(workspace))
        megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        anki = Anki(Path(other), workspace.paths.journal)
        text = _compared(workspace, anki, first, megabytes)
        anki.col.close()
        workspace.close()
    return text


def _compared(workspace: Workspace, anki: Anki, first: float, megabytes: float) -> str:
    rows, everything = [], dict[str, float]()
    for scope_name, scope in SCOPES.items():
        for period_name, period in PERIODS.items():
            times = [cpu(lambda scope=scope, period=period: report_of(workspace, scope, period)) for _ in range(TIMES)]
            everything.setdefault(period_name, middle(times))
            rows.append((scope_name, period_name, ms(middle(times)), "≤ 300"))
    others = []
    for words, days, period in (("30 days", 30, Period.MONTH), ("all days", 0, Period.ALL)):
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(TIMES):
            ours.append(cpu(lambda period=period: report_of(workspace, EVERYTHING, period)))
            theirs.append(anki.graphs(days))
        ratio = middle(ours) / middle(theirs)
        goal = "≤ 0.5" if days == 0 else ""
        others.append((words, ms(middle(ours)), ms(middle(theirs)), f"{ratio:.2f}", goal))
    return ABOUT.format(
        reviews=workspace.journal.totals().answers,
        cards=CARDS,
        first=first,
        megabytes=megabytes,
        size=workspace.paths.statistics.stat().st_size / 1e6,
        times=TIMES,
        ours=table(["of", "over", "CPU ms", "goal"], rows),
        theirs=table(["over", "sciaquiz, CPU ms", "anki, CPU ms", "ratio", "goal"], others),
        one=ms(_after_an_answer(workspace)),
    )


def _after_an_answer(workspace: Workspace) -> float:
    """The time that the statistics take where one answer has come since."""
    from sciaquiz.deck.kinds import SingleBestAnswer
    from sciaquiz.marking.response import Choice
    from sciaquiz.sittings import open_sitting
    from sciaquiz.study.turns import Shown

    sitting = open_sitting(workspace, workspace.library.decks, workspace.snapshot())
    times: list[float] = []
    while len(times) < TIMES:
        now = workspace.clock.now()
        shown = sitting.next(now)
        assert isinstance(shown, Shown)
        if not isinstance(shown.card.question, SingleBestAnswer):
            sitting.skip(shown)
            continue
        outcome = sitting.answer(shown, Choice(shown.order[0], shown.order), now)
        state = workspace.journal.keep(outcome.answer, shown.policy, shown.card.question)
        sitting.settle(outcome, state, now)
        times.append(cpu(lambda: report_of(workspace)))
    return middle(times)
