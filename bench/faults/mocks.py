"""`kill -9` in a mock exam: while it is answered, while it is handed in, in both faces; then it is gone on with.

What was kept before another question was in front has to be there; nothing is handed in by half; and an exam that is
gone on with and handed in has each answer once.
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from bench.faults.faces import Face
from bench.faults.homes import AFTER, aftermath, has_rollback_file
from bench.faults.lanes import Lane, Tally, spread
from bench.faults.sweeps import HALF_DONE
from sciaquiz import mocks
from sciaquiz.clock import SystemClock
from sciaquiz.mock.attempt import By
from sciaquiz.paths import paths_below
from sciaquiz.settings import Settings
from sciaquiz.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from bench.faults.rows import Row

TASKS, KILLS = 10, 10
"""For each face."""
QUESTIONS = 20
LONGEST_ANSWER, LONGEST_END = 0.02, 0.3
"""Seconds after a key in which a face is killed."""
LOST, HALF, TWICE = "acknowledged lost", "handed in by half", "counted more than once"
KINDS = (LOST, HALF, TWICE, *AFTER)


def run(seconds: float, seed: int) -> list[Row]:
    """Kill both faces."""
    tasks = [(name, partial(killed, is_plain=name == "plain")) for name in ("plain", "app") for _ in range(TASKS)]
    Random(seed).shuffle(tasks)
    tallies = spread(tasks, seconds, seed)
    names = {"plain": "a mock exam in plain lines", "app": "a mock exam in the app"}
    return [
        tallies.get(name, Tally()).row(f"{what}, while it is answered and handed in", TASKS * KILLS, KINDS)
        for name, what in names.items()
    ]


def killed(lane: Lane, *, is_plain: bool) -> Tally:
    """Kill a face in the middle of an exam, a third of the time while it hands in, and go on with the exam."""
    random, tally = Random(lane.seed), Tally()
    for number in range(KILLS):
        if lane.is_late:
            break
        home = lane.ground.fresh()
        options = ["--seed", str(random.randrange(1, 1000)), "--n", str(QUESTIONS), "--no-certainty"]
        face = Face(
            ["mock", str(lane.ground.deck), "--record", *options, *(["--plain"] if is_plain else [])],
            home,
            terminal=not is_plain,
        )
        given, hands_in = random.randrange(1, 6), random.random() < 1 / 3
        kept = answered_plainly(face, given) if is_plain else answered_by_keys(face, given)
        if kept is None:
            tally.fail(["did not start"], f"{face.text[-300:]!r} {face.errors[-300:]!r}")
        if hands_in:
            hand_in(face, is_plain=is_plain)
            time.sleep(random.uniform(0, LONGEST_END))
        else:
            face.send(b"a\n" if is_plain else b"a")
            time.sleep(random.uniform(0, LONGEST_ANSWER))
        face.kill()
        face.finish()
        tally.count += 1
        tally.seen["answers acknowledged"] += kept or 0
        tally.seen[HALF_DONE] += has_rollback_file(home)
        example = f"kill {number} of seed {lane.seed}, {'plain' if is_plain else 'app'}"
        tally.fail(gone_on_with(home, lane.ground.deck, kept or 0, given + 1, tally), example)
        tally.fail(aftermath(home, ()), example)
    return tally


def answered_plainly(face: Face, count: int) -> int | None:
    """Answer so many questions; returns how many were said to be saved, None if it did not begin."""
    for number in range(count):
        since = len(face.text)
        if not number and not face.wait_for(b"Answer (a-d"):
            return None
        face.send(b"a\n")
        if not face.wait_for(b"Saved.", since=since):
            return number
        face.wait_for(b"Answer (a-d", since=face.text.rindex(b"Saved."))
    return count


def answered_by_keys(face: Face, count: int) -> int | None:
    """Answer so many questions; another one in front says that the one before is kept."""
    if not face.wait_for(b"If you leave"):
        return None
    face.send(b"\r")
    for number in range(count):
        if not face.wait_for(f"{number + 1} of {QUESTIONS}".encode()):
            return number or None
        face.send(b"a")
        time.sleep(0.05)
        face.send(b"\r")
    face.wait_for(f"{count + 1} of {QUESTIONS}".encode())
    return count


def hand_in(face: Face, *, is_plain: bool) -> None:
    """Hand in, and say yes."""
    if is_plain:
        face.send(b"hand in\ny\n")
        face.wait_for(b"Hand in?")
    else:
        since = len(face.text)
        face.send(b"q")
        face.wait_for(b"would count as wrong", since=since)
        face.send(b"2")


def gone_on_with(home: Path, deck: Path, kept: int, most: int, tally: Tally) -> list[str]:
    """Go on with the exam and hand it in; returns what went wrong."""
    wrong = []
    space = Workspace(paths=paths_below(home), settings=Settings(), clock=SystemClock(), places=(deck,))
    with closing(space):
        journal = space.journal
        attempt = next(iter(mocks.attempts_in(journal)), None)
        if attempt is None:
            return [LOST] if kept else []
        if not kept <= len(attempt.answers) <= most:
            wrong.append(LOST)
        reviews = answers_of_exams(home)
        if reviews != (0 if attempt.is_open else len(attempt.answers)):
            wrong.append(HALF)
        tally.seen["were handed in before the kill"] += not attempt.is_open
        if attempt.is_open:
            space.snapshot()
            held = mocks.go_on(space, journal, attempt)
            mocks.hand_in(journal, held, By.STUDENT)
            mocks.hand_in(journal, held, By.STUDENT)
        if answers_of_exams(home) != len(attempt.answers):
            wrong.append(TWICE)
    return wrong


def answers_of_exams(home: Path) -> int:
    """Return how many answers of mock exams the journal has, read by SQLite alone."""
    with closing(sqlite3.connect(home / "journal.db")) as connection:
        return int(connection.execute("SELECT count(*) FROM review WHERE mode = 'exam'").fetchone()[0])
