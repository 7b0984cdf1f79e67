"""Everything of `bench.growth` that is measured in one process, over the home in SCIAQUIZ_HOME; prints JSON."""

from __future__ import annotations

import io
import json
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bench.timing import peak_megabytes
from sciaquiz.catalogue.matching import Matching
from sciaquiz.clock import FixedClock, SystemClock
from sciaquiz.deck.kinds import SingleBestAnswer
from sciaquiz.insight.statistics import report_of
from sciaquiz.marking.response import Choice
from sciaquiz.paths import user_paths
from sciaquiz.settings import Settings
from sciaquiz.sittings import open_sitting
from sciaquiz.store.backup import back_up
from sciaquiz.store.queries import read_snapshot
from sciaquiz.study.query import Query
from sciaquiz.study.querying import parse
from sciaquiz.study.turns import Shown
from sciaquiz.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable

TIMES = 7
PAGE = 120
"""Cards that Browse reads at once."""
ANSWERS = 40


def seconds(work: Callable[[], object], times: int = TIMES) -> float:
    """The median time of some work."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return median(taken)


def main() -> None:
    """Measure, and print what was found in seconds."""
    workspace = Workspace(paths=user_paths(), settings=Settings(reviews_per_day=9999), clock=SystemClock(4))
    decks, journal, day = workspace.library.decks, workspace.journal, workspace.clock.now().study_day
    path, catalogue = workspace.paths.journal, workspace.catalogue
    tomorrow = FixedClock(datetime.now(UTC) + timedelta(days=1))
    fresh = Workspace(paths=user_paths(), settings=Settings(), clock=tomorrow)

    def first_card(workspace: Workspace) -> object:
        now = workspace.clock.now()
        seen = read_snapshot(path, now.study_day, workspace.catalogue.mirror)
        assert seen is not None
        return open_sitting(workspace, decks, seen).next(now)

    browser = Matching(catalogue, workspace.clock.now(), workspace.settings.leech_lapses)
    ankle = parse("ankle", browser.vocabulary()).query
    if "warm" in sys.argv:
        first_card(workspace)
        report_of(workspace)
        workspace.close()
        print("{}")
        return
    found = {
        "queue and first card, today": seconds(lambda: first_card(workspace)),
        "queue and first card, the day after: more due than 200": seconds(lambda: first_card(fresh)),
        "Browse, first page": seconds(lambda: browser.page(Query(), 0, PAGE)),
        "search for a word": seconds(lambda: (browser.page(ankle, 0, PAGE), browser.total(ankle))),
        "statistics": seconds(lambda: report_of(workspace)),
    }
    sitting = open_sitting(workspace, decks, workspace.snapshot())
    kept: list[float] = []
    chosen: list[float] = []
    while len(kept) < ANSWERS:
        shown = sitting.next(workspace.clock.now())
        assert isinstance(shown, Shown)
        if not isinstance(shown.card.question, SingleBestAnswer):
            sitting.skip(shown)
            continue
        outcome = sitting.answer(shown, Choice(shown.order[0], shown.order), workspace.clock.now())
        begun = time.perf_counter()
        state = journal.keep(outcome.answer, shown.policy, shown.card.question)
        kept.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        sitting.settle(outcome, state, workspace.clock.now())
        following = sitting.next(workspace.clock.now())
        chosen.append(time.perf_counter() - begun)
        if isinstance(following, Shown):
            sitting.put_back(following)
    found |= {"answer, kept": median(kept), "next card": median(chosen)}
    found["megabytes"] = peak_megabytes()
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.db"
        found["backup"] = seconds(lambda: back_up(path, Path(folder), day, to=copy), 1)
    found["verify"] = seconds(journal.verify, 1)
    found["export"] = seconds(lambda: journal.export_to(io.StringIO()), 1)
    fresh.close()
    workspace.close()
    print(json.dumps(found))


if __name__ == "__main__":
    main()
