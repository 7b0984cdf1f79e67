"""`kill -9`: of a writer, of both faces, of commands; at random moments, and at each call to the disk."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from bench.faults.answering import APP, PLAIN, Way, answer
from bench.faults.faces import HAS_STRACE, Face
from bench.faults.homes import AFTER, QUESTIONS, aftermath, entries, has_rollback_file, keep, starts
from bench.faults.lanes import Lane, Tally, spread
from bench.faults.sweeps import EMPTY, GOALS, HALF_DONE, SWEPT, TWICE, UNREPEATABLE, count_after, sweep
from bench.faults.tampering import CALLS
from sciaquiz.clock import SystemClock
from sciaquiz.ids import CardId, new_entry_id
from sciaquiz.journal.entries import Act, EventKind
from sciaquiz.store.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from bench.faults.rows import Row

WRITERS, KILLS_OF_A_WRITER = 40, 25
MOMENTS = (0.02, 0.1, 0.2)
"""Seconds after its start in which a writer is killed: at its first entry, or some entries later."""

FACES, KILLS_OF_A_FACE = 20, 10
LONGEST_ANSWER = 0.02
"""Seconds after a key in which a face is killed; an answer is durable after about 0.01."""

LONGEST_COMMAND = 0.6
"""Seconds within which a command has started, or has answered everything."""

COMMANDS, KILLS_OF_A_COMMAND = 12, 5


def run(seconds: float, seed: int) -> list[Row]:
    """Kill in all these ways; those at each call need strace."""
    tasks: list[tuple[str, Callable[[Lane], Tally]]] = [("writer", writer_at_random)] * WRITERS
    if HAS_STRACE:
        tasks += [(name, partial(sweep, name=name, call=call)) for name in SWEPT for call in CALLS]
    else:
        print("  strace is not installed: nothing is killed at each call (Debian: apt-get install strace)")
    tasks += [("command", command_at_random)] * COMMANDS
    for way in (PLAIN, APP):
        tasks += [(way.name, partial(face_at_random, way=way))] * FACES
    Random(seed).shuffle(tasks)  # so that no part is left out where the time is short
    tallies = spread(tasks, seconds, seed)
    rows = [
        ("writer", "a process that only answers and acts, at a random moment", WRITERS * KILLS_OF_A_WRITER, AFTER),
        *((way.name, f"{way.name}, at a random moment while answering", FACES * KILLS_OF_A_FACE, (*AFTER, TWICE))
          for way in (PLAIN, APP)),
        ("command", "`python -m sciaquiz study --plain`, while it starts and while it answers",
         COMMANDS * KILLS_OF_A_COMMAND, (*AFTER, TWICE)),
        *((name, f"{name}, at each call to the disk", GOALS[name], (*AFTER, TWICE, EMPTY, UNREPEATABLE))
          for name in SWEPT),
    ]  # fmt: skip
    return [tallies.get(name, Tally()).row(what, goal, kinds) for name, what, goal, kinds in rows]


# At random moments


def writer_at_random(lane: Lane) -> Tally:
    """Kill one writer after another over one growing journal."""
    random, tally = Random(lane.seed), Tally()
    home = lane.ground.fresh()
    acknowledged = entries(home / "journal.db")
    for number in range(KILLS_OF_A_WRITER):
        if lane.is_late:
            break
        said, saying = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(said)
            _write(home / "journal.db", saying, random.random())
        os.close(saying)
        os.read(said, 1)  # it is open
        time.sleep(random.choice(MOMENTS) * random.random())
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        with os.fdopen(said, "rb") as pipe:
            told = pipe.read().split(b"\n")
        acknowledged.update(line.decode() for line in told if len(line) == 36)
        tally.count += 1
        tally.seen["answers and acts acknowledged"] += len(told) - 1
        tally.seen[HALF_DONE] += has_rollback_file(home)
        example = f"kill {number} of seed {lane.seed}"
        if number == KILLS_OF_A_WRITER // 2:
            tally.fail(starts(home, lane.ground, lane.seed), f"{example}, by a face")
        tally.fail(aftermath(home, acknowledged), example)
    return tally


def _write(path: Path, saying: int, seed: float) -> None:
    """Answer and act without end, saying the id of each once it is durable."""
    random, clock = Random(seed), SystemClock()
    try:
        journal = Journal.open(path, clock.now())
        os.write(saying, b".")
        while True:
            if random.random() < 0.7:
                kept = keep(journal, random.randrange(QUESTIONS), clock.now())
            else:
                kept = new_entry_id()
                card = CardId(f"made-{random.randrange(QUESTIONS)}")
                journal.act(Act(id=kept, kind=EventKind.NOTE, moment=clock.now(), card_id=card, payload={"text": "n"}))
            os.write(saying, f"{kept}\n".encode())
    finally:
        os._exit(1)


def face_at_random(lane: Lane, way: Way) -> Tally:
    """Kill a face while it answers."""
    random, tally = Random(lane.seed), Tally()
    for number in range(KILLS_OF_A_FACE):
        if lane.is_late:
            break
        home = lane.ground.fresh()
        before = entries(home / "journal.db")
        face = Face(way.arguments(lane.ground), home, terminal=not way.is_plain)
        said = answer(face, way, random.randrange(1, 4))
        time.sleep(random.uniform(0, LONGEST_ANSWER))
        face.kill()
        done = face.finish()
        if not said.given:
            tally.fail(["did not start"], f"{way.name}: {done}")
        tally.seen["answers acknowledged"] += said.at_the_end(face, way)
        tally.seen[HALF_DONE] += has_rollback_file(home)
        example = f"kill {number} of seed {lane.seed}"
        if number % 5 == 0:
            tally.fail(starts(home, lane.ground, number // 5), f"{example}, by a face")
        count_after(tally, home, before, said.at_the_end(face, way), said.given, example)
    return tally


def command_at_random(lane: Lane) -> Tally:
    """Kill a command that was started by itself, from its first moment on, or from its first answer on."""
    random, tally = Random(lane.seed), Tally()
    for number in range(KILLS_OF_A_COMMAND):
        if lane.is_late:
            break
        home = lane.ground.fresh()
        before = entries(home / "journal.db")
        given = 40
        with subprocess.Popen(
            [sys.executable, "-m", "sciaquiz", *PLAIN.arguments(lane.ground)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env={**os.environ, "SCIAQUIZ_HOME": str(home)},
        ) as process:  # fmt: skip
            assert process.stdin is not None
            assert process.stdout is not None
            process.stdin.write(PLAIN.stroke * given)
            process.stdin.flush()
            out = b""
            if number % 2:  # while it answers, and not while it starts
                while PLAIN.saved not in out and (line := process.stdout.readline()):
                    out += line
            time.sleep(random.uniform(0, LONGEST_COMMAND))
            process.kill()
            out += process.communicate()[0]
        tally.seen[HALF_DONE] += has_rollback_file(home)
        tally.seen["answers acknowledged"] += out.count(PLAIN.saved)
        count_after(tally, home, before, out.count(PLAIN.saved), given, f"kill {number} of seed {lane.seed}")
    return tally
