"""Lives of a student in a journal, with decks in memory and statistics over them, for tests."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from answering import NOW, START, act, answer, keep
from cataloguing import catalogue_of
from making import deck, single, true_false, typed
from sciaquiz.clock import FixedClock, moment_at
from sciaquiz.deck.finding import Library
from sciaquiz.ids import DeckId, QuestionId
from sciaquiz.journal.entries import Certainty, EventKind, MissReason, Mode, Rating
from sciaquiz.journal.port import KeepError
from sciaquiz.memory.policy import Policy
from sciaquiz.paths import Paths
from sciaquiz.settings import Settings
from sciaquiz.workspace import Workspace

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from pathlib import Path

    from sciaquiz.deck.model import Deck
    from sciaquiz.journal.entries import Answer
    from sciaquiz.store.journal import Journal
    from sciaquiz.tally.tally import Tally

POLICIES = (Policy(learning_steps=(), fuzz=False), Policy(fuzz=False, desired_retention=0.8), Policy())
CARDS = ("a1", "a2", "a3", "b1", "gone")
Step = tuple[str, str, int, int, float, int]
"""What is done, with which card, a rating, a certainty (0 for none), hours after the step before, and a number."""


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


def live(
    journal: Journal, steps: Sequence[Step], policies: Sequence[Policy] = POLICIES, start: datetime = START
) -> datetime:
    """Do what the steps say, with a clock that jumps; return when the last was done."""
    at = start
    done: list[Answer] = []
    for doing, name, rating, certainty, hours, pick in steps:
        at += timedelta(hours=hours)
        now, policy = moment_at(at), policies[pick % len(policies)]
        match doing:
            case "answer" | "practice" | "drill" | "exam":
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
            case "corrected":
                journal.act(act(EventKind.CORRECTED, name, now, payload={"from": "old", "to": f"new {pick}"}))
            case "suspend":
                journal.act(act(EventKind.SUSPEND if pick % 2 else EventKind.RESUME, name, now))
            case "bury":
                until = (now.study_day + timedelta(days=pick)).isoformat()
                journal.act(act(EventKind.BURY, name, now, payload={"until": until}))
            case "undo":
                journal.undo_last(now)
            case "device":
                journal.become_new_device(NOW)
            case _:
                pass
    return at


def dumped(tally: Tally) -> list[list[tuple[object, ...]]]:
    tables = ("card", "figure", "scope", "standing", "due", "course")

    def dump(connection: sqlite3.Connection) -> list[list[tuple[object, ...]]]:
        found = [sorted(connection.execute(f"SELECT * FROM {name}")) for name in tables]  # noqa: S608
        return [[row for row in rows if any(row[2:])] for rows in found]

    return tally.ask(dump)
