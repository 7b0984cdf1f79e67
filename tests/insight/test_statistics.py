"""Every figure of the statistics is what one slow pass over the answers gives, whatever was done in whatever order."""

from __future__ import annotations

import io
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answering import NOW
from cataloguing import catalogue_of
from sciaquiz.clock import FixedClock, moment_at
from sciaquiz.deck.finding import Library
from sciaquiz.insight.scope import EVERYTHING, Period, Scope
from sciaquiz.insight.statistics import report_of
from sciaquiz.store import connect as connecting
from sciaquiz.store.journal import Journal
from sciaquiz.study.query import Field
from sciaquiz.tally import feeding
from sciaquiz.tally.tally import Tally
from slow import Slow, all_given, check, right_of
from tallied import CARDS, Step, decks, dumped, live, workspace_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sciaquiz.deck.model import Deck
    from sciaquiz.workspace import Workspace

SCOPES = (
    EVERYTHING,
    Scope(Field.DECK, "a"),
    Scope(Field.TOPIC, "foot-drop"),
    Scope(Field.KIND, "true-false"),
)
HOURS = st.sampled_from([-40, -1, 0, 0, 0.01, 0.02, 0.3, 1, 20, 30, 100, 500, 1500])
DOING = st.sampled_from(
    ["answer"] * 14
    + ["practice", "drill", "exam", "suspend", "bury", "void", "overrule", "miss", "miss", "device", "undo"]
)
STEP = st.tuples(
    DOING, st.sampled_from(CARDS), st.sampled_from([1, 1, 2, 3, 3, 3, 4]), st.integers(0, 3), HOURS, st.integers(0, 30)
)
LIVES = st.lists(STEP, min_size=25, max_size=45)


@pytest.fixture(autouse=True, scope="module")
def fast() -> Iterator[None]:
    """Wait for no disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connecting, "PRAGMAS", ("synchronous=OFF",))
        yield


def hold_to_slow(workspace: Workspace, journal: Journal, made: Sequence[Deck]) -> None:
    """Hold the report of each scope and period to the slow pass."""
    today = workspace.clock.now().study_day
    entries = {
        name: (list(reviews), list(events)) for name in journal.states() for reviews, events in [journal.history(name)]
    }
    answers = all_given(entries, journal.policies())
    for scope in SCOPES:
        for period in (Period.WEEK, Period.ALL):
            found = report_of(workspace, scope, period)
            check(found, Slow(answers, journal.states(), made, scope, period.since(today), today), [date(2026, 11, 24)])
        for row in (*found.topics, *found.kinds, *found.decks):
            own = Slow(answers, journal.states(), made, row.scope, date.min, today)
            assert row.right == right_of(own.given)
            assert row.known == pytest.approx(own.known(today), abs=1e-5)
            assert (row.cards, row.unseen) == (len(own.cards), len(own.cards) - len(own.progress()))


@settings(max_examples=4, deadline=None)
@given(LIVES, LIVES, st.integers(0, 40), st.booleans())
def test_every_figure_is_what_a_slow_pass_gives(mine: list[Step], yours: list[Step], cut: int, in_pieces: bool) -> None:
    made = decks()
    with (
        pytest.MonkeyPatch.context() as patch,
        TemporaryDirectory() as folder,
        closing(Journal.open(Path(folder) / "journal.db", NOW)) as journal,
    ):
        if in_pieces:  # as if there were very many cards
            for name, value in (("AT_ONCE", 2), ("MANY", 1), ("SECONDS", 0.0), ("MOST_SUMS", 1)):
                patch.setattr(feeding, name, value)
        at = live(journal, mine[:cut])
        first = workspace_of(Path(folder), made, at)
        report_of(first)
        at = max(at, live(journal, mine[cut:]))
        with closing(Journal.open(Path(folder) / "yours" / "journal.db", NOW)) as other:
            other.become_new_device(NOW)
            at = max(at, live(other, yours))
            told = io.StringIO()
            other.export_to(told)
        journal.import_from(io.StringIO(told.getvalue()), moment_at(at))
        first.clock = FixedClock(at + timedelta(days=cut))
        hold_to_slow(first, journal, made)
        moved = decks(["foot drop", "reflexes"])[:1]
        first.catalogue.close()
        first.__dict__["catalogue"] = catalogue_of(moved)
        first.catalogue.change(lambda connection: connection.execute("UPDATE deck SET stamp = 'read later'"))
        first._library = Library(tuple(moved), ())
        first.tally._catalogue = first.catalogue
        hold_to_slow(first, journal, moved)
        with closing(Tally(None, Path(folder) / "journal.db", first.catalogue)) as anew:
            anew.bring_up(first.clock.now().study_day)
            assert dumped(anew)[:2] == dumped(first.tally)[:2]
        first.close()
