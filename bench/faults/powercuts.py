"""The power cut: what the journal really asks of the disk is recorded, then cut off at random, thousands of times."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from contextlib import redirect_stdout
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from bench.faults.disk import TRACED, Call, cut_at, load, read_trace, save
from bench.faults.faces import HAS_STRACE, attached, let_trace
from bench.faults.homes import AFTER, QUESTIONS, aftermath, entries, keep
from bench.faults.lanes import Lane, Tally, spread
from bench.faults.sweeps import EMPTY, HALF_DONE, everything
from sciaquiz.cli.main import run as command
from sciaquiz.clock import SystemClock, moment_at
from sciaquiz.ids import CardId, EntryId, new_entry_id
from sciaquiz.journal.entries import Act, EventKind
from sciaquiz.store.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.faults.rows import Row

RECORDED = Path(__file__).parents[2] / "tests" / "faults" / "data"
"""Recordings, for the tests and for where there is no strace; `python -m bench.faults.powercuts` makes them anew."""

CUTS, AT_ONCE = 2000, 50
ANSWERS = 16


def run(seconds: float, seed: int) -> list[Row]:
    """Record anew, where strace is installed, and cut."""
    with tempfile.TemporaryDirectory(prefix="sciaquiz-faults-") as folder:
        if HAS_STRACE:
            for name, act in ACTS.items():
                save(record(act), Path(folder) / f"{name}.gz")
        else:
            print("  strace is not installed: the recordings of the tests are used (Debian: apt-get install strace)")
        recordings = Path(folder) if HAS_STRACE else RECORDED
        tasks: list[tuple[str, Callable[[Lane], Tally]]] = [
            (name, partial(cut, recording=recordings / f"{name}.gz", name=name))
            for name in ACTS
            for _ in range(CUTS // AT_ONCE // len(ACTS))
        ]
        Random(seed).shuffle(tasks)
        tallies = spread(tasks, seconds, seed)
    rows = [
        ("answering", "answers, notes and the undoing of answers, from the first start on", AFTER),
        ("restoring", "a backup, more answers, and the backup restored", (*AFTER, EMPTY)),
    ]
    goal = CUTS // len(ACTS)
    return [tallies.get(name, Tally()).row(what, goal, kinds) for name, what, kinds in rows]


def cut(lane: Lane, *, recording: Path, name: str, cuts: int = AT_ONCE) -> Tally:
    """Cut a recording off at random places, more often where names change, and open what is found."""
    random, tally, calls = Random(lane.seed), Tally(), load(recording)
    turns = [place for place, call in enumerate(calls) if call.kind in ("rename", "link", "unlink", "sync folder")]
    home = lane.ground.folder / "cut"
    for number in range(cuts):
        if lane.is_late:
            break
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        place = random.randrange(len(calls) + 1)
        if random.random() < 0.3:
            place = min(len(calls), random.choice(turns) + random.randrange(4))
        said = cut_at(calls, place, random, home)
        acknowledged = {text for text in said if len(text) == 36}
        tally.count += 1
        tally.seen[HALF_DONE] += (home / "journal.db-journal").exists()
        example = f"{name}, cut {number} of seed {lane.seed}"
        wrong = aftermath(home, () if name == "restoring" else acknowledged)
        if name == "restoring" and not wrong:
            backed_up = {text.removeprefix("backed up ") for text in said if text.startswith("backed up ")}
            wrong += [] if acknowledged <= everything(home) else [AFTER[0]]
            wrong += [] if backed_up <= entries(home / "journal.db") else [EMPTY]
        tally.fail(wrong, example)
    return tally


def record(act: Callable[[Path, Callable[[str], int]], None]) -> list[Call]:
    """Run `act` in a process of its own over an empty folder, and return what it asked of the disk and said."""
    with tempfile.TemporaryDirectory(prefix="sciaquiz-faults-") as name:
        folder = Path(name).resolve() / "home"
        folder.mkdir()
        trace = folder.with_name("trace")
        gate, opener = os.pipe()
        saying = os.open(os.devnull, os.O_WRONLY)
        child = os.fork()
        if child == 0:
            let_trace()
            os.environ["SCIAQUIZ_HOME"] = str(folder)
            os.read(gate, 1)
            try:
                act(folder, lambda text: os.write(saying, f"{text}\n".encode()))
                os._exit(0)
            finally:
                os._exit(1)
        tracer = attached(child, ["-xx", "-s", "10000000", "-o", str(trace), "-e", f"trace={TRACED}"])
        os.write(opener, b".")
        _, status = os.waitpid(child, 0)
        tracer.wait()
        for end in (gate, opener, saying):
            os.close(end)
        assert status == 0
        with trace.open(encoding="ascii") as lines:
            return read_trace(lines, folder, saying)


def answering(folder: Path, say: Callable[[str], int]) -> None:
    """Answer, keep notes and undo from the first start on; the second start makes the day's backup."""
    random, now = Random(1), moment_at(datetime.now(UTC))
    for number in range(2):
        journal = Journal.open(folder / "journal.db", now)
        for _ in range(ANSWERS // 2):
            kept = keep(journal, random.randrange(QUESTIONS), now)
            say(kept)
            if random.random() < 0.3:
                say(_acted(journal, EventKind.VOID, target=EntryId(kept)))
            elif random.random() < 0.3:
                say(_acted(journal, EventKind.NOTE, payload={"text": f"note {number}"}))
        journal.close()


def restoring(folder: Path, say: Callable[[str], int]) -> None:
    """Answer, back up, answer more, and restore; says which answers the backup has."""
    now = SystemClock().now()
    journal = Journal.open(folder / "journal.db", now)
    first = [keep(journal, number, now) for number in range(4)]
    for kept in first:
        say(kept)
    with redirect_stdout(io.StringIO()):
        assert command(["backup"]) == 0
    for kept in first:
        say(f"backed up {kept}")
    for number in range(4):
        say(keep(journal, number, now))
    journal.close()
    with redirect_stdout(io.StringIO()):
        assert command(["restore", str(next((folder / "backups").glob("*.db")))]) == 0
    say("restored")


def _acted(
    journal: Journal, kind: EventKind, *, target: EntryId | None = None, payload: dict[str, object] | None = None
) -> str:
    """Keep an act and return its id."""
    kept, now = new_entry_id(), SystemClock().now()
    journal.act(Act(id=kept, kind=kind, moment=now, card_id=CardId("made-1"), target=target, payload=payload or {}))
    return kept


ACTS = {"answering": answering, "restoring": restoring}

if __name__ == "__main__":
    for name, act in ACTS.items():
        save(record(act), RECORDED / f"{name}.gz")
