"""Every figure of the statistics is what one slow pass over the answers gives, whatever was done in whatever order."""

from __future__ import annotations

import io
from contextlib import closing, suppress
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answering import NOW, START, act, answer, keep
from cataloguing import catalogue_of
from making import deck, single, true_false, typed
from sciaquiz.clock import FixedClock, moment_at
from sciaquiz.deck.finding import Library
from sciaquiz.ids import DeckId, QuestionId
from sciaquiz.insight.scope import EVERYTHING, Period, Scope
from sciaquiz.insight.statistics import report_of
from sciaquiz.journal.entries import Certainty, EventKind, MissReason, Mode, Rating
from sciaquiz.journal.port import KeepError
from sciaquiz.memory.policy import Policy
from sciaquiz.paths import Paths
from sciaquiz.settings import Settings
from sciaquiz.store import connect as connecting
from sciaquiz.store.journal import Journal
from sciaquiz.study.query import Field
from sciaquiz.tally.tally import Tally
from sciaquiz.workspace import Workspace
from slow import Slow, all_given, check, right_of

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Sequence

    from sciaquiz.deck.model import Deck
    from sciaquiz.journal.entries import Answer

POLICIES = (Policy(learning_steps=(), fuzz=False), Policy(fuzz=False, desired_retention=0.8), Policy())
CARDS = ("a1", "a2", "a3", "b1", "gone")
SCOPES = (
    EVERYTHING,
    Scope(Field.DECK, "a"),
    Scope(Field.TOPIC, "foot-drop"),
    Scope(Field.KIND, "true-false"),
)
Step = tuple[str, str, int, int, float, int]
HOURS = st.sampled_from([-40, -1, 0, 0, 0.01, 0.02, 0.3, 1, 20, 30, 100, 500, 1500])
DOING = st.sampled_from(["answer"] * 14 + ["practice", "drill", "void", "overrule", "miss", "miss", "device", "undo"])
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


def decks(topics: Sequence[str] = ("Foot drop", "gait")) -> list[Deck]:
    own: dict[str, Any] = {"deck_id": "a", "topics": tuple(topics)}
    return [
        deck(
            replace(single("a1", deck="a"), **own),
            replace(true_false("tf"), id=QuestionId("a2"), deck_id=DeckId("a")),
            replace(typed("tibial"), id=QuestionId("a3"), **own),
            replace(single("a4", deck="a"), **own),
            name="a",
        ),
        deck(replace(single("b1", deck="b", options=5), topics=("foot drop",)), name="b"),
    ]


def workspace_of(folder: Path, made: Sequence[Deck], at: datetime) -> Workspace:
    """A workspace over decks in memory."""
    paths = Paths(data=folder, config=folder, logs=folder, cache=folder)
    found = Workspace(paths=paths, settings=Settings(days_off=("2026-11-24",)), clock=FixedClock(at))
    found.__dict__["catalogue"] = catalogue_of(made)
    found._library = Library(tuple(made), ())
    return found


def live(journal: Journal, steps: Sequence[Step]) -> datetime:
    """Do what the steps say, with a clock that jumps; return when the last was done."""
    at = START
    done: list[Answer] = []
    for doing, name, rating, certainty, hours, pick in steps:
        at += timedelta(hours=hours)
        now, policy = moment_at(at), POLICIES[pick % 3]
        match doing:
            case "answer" | "practice" | "drill":
                mode = Mode.STUDY if doing == "answer" else Mode(doing)
                own = replace(
                    answer(name, Rating(rating), now, policy=policy),
                    mode=mode,
                    certainty=Certainty(certainty) if certainty else None,
                    latency_ms=None if pick % 5 == 0 else pick * 9000,
                )
                done.append(own)
                keep(journal, own, policy)
            case "void" | "overrule" | "miss" if done:
                target = done[pick % len(done)]
                reason = list(MissReason)[pick % 5].value
                payload = {"void": {}, "overrule": {"rating": rating}, "miss": {"reason": reason}}[doing]
                with suppress(KeepError):  # practice has no rating, and a right answer no reason
                    journal.act(act(EventKind(doing), target.card_id, now, target=target.id, payload=payload))
            case "undo":
                journal.undo_last(now)
            case "device":
                journal.become_new_device(NOW)
            case _:
                pass
    return at


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
            check(found, Slow(answers, made, scope, period.since(today), today), [date(2026, 11, 24)])
        for row in (*found.topics, *found.kinds, *found.decks):
            own = Slow(answers, made, row.scope, date.min, today)
            assert row.right == right_of(own.given)
            assert row.known == pytest.approx(own.known(today), abs=1e-5)
            assert (row.cards, row.unseen) == (len(own.cards), len(own.cards) - len(own.progress()))


def dumped(tally: Tally) -> list[list[tuple[object, ...]]]:
    tables = ("card", "figure", "course", "scope")

    def dump(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
        found = [sorted(connection.execute(f"SELECT * FROM {name}")) for name in tables]  # noqa: S608
        return [[row for row in rows if any(row[2:])] for rows in found]

    return tally.ask(dump)


@settings(max_examples=6, deadline=None)
@given(LIVES, LIVES, st.integers(0, 40))
def test_every_figure_is_what_a_slow_pass_gives(mine: list[Step], yours: list[Step], cut: int) -> None:
    made = decks()
    with TemporaryDirectory() as folder, closing(Journal.open(Path(folder) / "journal.db", NOW)) as journal:
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
        first.__dict__["catalogue"] = catalogue_of(moved)
        first.catalogue.change(lambda connection: connection.execute("UPDATE deck SET stamp = 'read later'"))
        first._library = Library(tuple(moved), ())
        first.tally._catalogue = first.catalogue
        hold_to_slow(first, journal, moved)
        anew = Tally(None, Path(folder) / "journal.db", first.catalogue)
        anew.bring_up(first.clock.now().study_day)
        assert dumped(anew)[:2] == dumped(first.tally)[:2]
        first.close()
