"""What is killed at each call it makes to the disk: the first call, the second, and so on until it ends by itself."""

from __future__ import annotations

import io
import json
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from sqlite3 import connect
from typing import TYPE_CHECKING

from bench.faults.answering import APP, PLAIN, Way, answer
from bench.faults.faces import Face, run_face
from bench.faults.homes import LOST, QUESTIONS, aftermath, entries, has_rollback_file, keep, starts
from bench.faults.lanes import Lane, Tally
from bench.faults.tampering import kill_at
from sciaquiz.clock import SystemClock
from sciaquiz.store.journal import Journal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

TWICE = "counted more than was answered"
UNREPEATABLE = "could not be repeated"
EMPTY = "came back without answers"
HALF_DONE = "left a rollback file"
MOST_CALLS = 400
IMPORTED = 30


@dataclass(frozen=True)
class Swept:
    """Something that is killed. `set_up` changes the home before; `do` returns exit status, answers saved and given.

    `everywhere`: calls about all files count, not only those about the journal. `still` says of the home, opened once
    after the kill, whether the student finds answers there. `again` are the arguments of a command that must then be
    possible, and `whole` says whether it left everything in place.
    """

    goal: int
    do: Callable[[Lane, Path, Sequence[str]], tuple[int, int, int]]
    set_up: Callable[[Lane, Path], None] = lambda lane, home: None
    everywhere: bool = False
    still: Callable[[Path], bool] = lambda home: True
    again: tuple[str, ...] = ()
    whole: Callable[[Path], bool] = lambda home: True


def sweep(lane: Lane, *, name: str, call: str) -> Tally:
    """Kill it at its first `call`, at its second, and so on."""
    tally, swept = Tally(), SWEPT[name]
    for number in range(1, MOST_CALLS):
        if lane.is_late:
            break
        home = lane.ground.fresh()
        swept.set_up(lane, home)
        before = everything(home)
        status, saved, given = swept.do(lane, home, kill_at(home, call, number, everywhere=swept.everywhere))
        example = f"{name}, {call} {number}"
        if status != -9:
            if status != 0:
                tally.fail(["failed without a kill"], f"{example}: {status}")
            break
        if has_rollback_file(home):
            tally.seen[HALF_DONE] += 1
            tally.fail(starts(home, lane.ground, number), f"{example}, by a face")
        count_after(tally, home, before, saved, given, example)
        if not swept.still(home):
            tally.fail([EMPTY], example)
        if swept.again:
            done = run_face([part.format(home=home) for part in swept.again], home)
            if done.status != 0 or not swept.whole(home):
                tally.fail([UNREPEATABLE], f"{example}: {done.out[-200:]!r} {done.errors[-200:]!r}")
    return tally


def count_after(tally: Tally, home: Path, before: set[str], saved: int, given: int, example: str) -> None:
    """Count one kill, and what is wrong after it: what was there before, and what was said to be saved, has to be."""
    tally.count += 1
    wrong = aftermath(home, ())
    after = everything(home)
    new = answers_among(home, after - before)
    if not before <= after or new < saved:
        wrong.append(LOST)
    if new > given:
        wrong.append(TWICE)
    tally.fail(wrong, f"{example}: {new} of {saved} acknowledged and {given} given")


def everything(home: Path) -> set[str]:
    """Return the ids of all entries in the journal, and in journals that were moved aside by a restore."""
    found: set[str] = set()
    for path in (home / "journal.db", *home.glob("journal.before-restore-*.db")):
        if path.exists() and path.stat().st_size:
            found |= entries(path)
    return found


def answers_among(home: Path, ids: set[str]) -> int:
    """Return how many of these ids are answers in the journal."""
    with closing(connect(home / "journal.db")) as connection:
        return sum(str(entry) in ids for (entry,) in connection.execute("SELECT id FROM review"))


# What is killed


def _answering(way: Way) -> Callable[[Lane, Path, Sequence[str]], tuple[int, int, int]]:
    def do(lane: Lane, home: Path, tampering: Sequence[str]) -> tuple[int, int, int]:
        face = Face(way.arguments(lane.ground), home, terminal=not way.is_plain, tampering=tampering)
        said = answer(face, way, 1)
        if said.given and face.wait_for(way.saved, since=said.since):
            face.send(b"" if way.is_plain else b"\x11")  # Ctrl+Q
        return face.finish().status, said.at_the_end(face, way), said.given

    return do


def _saying(text: bytes, given: int) -> Callable[[Lane, Path, Sequence[str]], tuple[int, int, int]]:
    def do(lane: Lane, home: Path, tampering: Sequence[str]) -> tuple[int, int, int]:
        done = run_face(PLAIN.arguments(lane.ground), home, text, tampering=tampering)
        return done.status, done.out.count(PLAIN.saved), given

    return do


def _commanding(*arguments: str) -> Callable[[Lane, Path, Sequence[str]], tuple[int, int, int]]:
    def do(lane: Lane, home: Path, tampering: Sequence[str]) -> tuple[int, int, int]:
        done = run_face([part.format(home=home) for part in arguments], home, tampering=tampering)
        return done.status, 0, IMPORTED

    return do


def _is_new(lane: Lane, home: Path) -> None:
    """Make it a home in which nothing was ever answered."""
    for path in (home / "journal.db", *(home / "backups").glob("*")):
        path.unlink()


def _has_more(lane: Lane, home: Path) -> None:
    """Answer some more, so that a backup and the journal differ."""
    journal, now = Journal.open(home / "journal.db", SystemClock().now()), SystemClock().now()
    for number in range(5):
        keep(journal, number, now)
    journal.close()
    next((home / "backups").glob("*.db")).rename(home / "old.db")


@cache
def _another_journal(ground: Path) -> str:
    """Return the export of another journal, of IMPORTED answers."""
    folder = ground / "another"
    folder.mkdir()
    now = SystemClock().now()
    journal = Journal.open(folder / "journal.db", now)
    for number in range(IMPORTED):
        keep(journal, number % QUESTIONS, now)
    out = io.StringIO()
    journal.export_to(out)
    journal.close()
    return out.getvalue()


def _has_a_file_to_import(lane: Lane, home: Path) -> None:
    (home / "other.jsonl").write_text(_another_journal(lane.ground.folder), encoding="utf-8")


def _has_imported(home: Path) -> bool:
    lines = [json.loads(line) for line in (home / "other.jsonl").read_text(encoding="utf-8").splitlines()]
    return {line["id"] for line in lines if line.get("entry") == "review"} <= entries(home / "journal.db")


def _has_what_was_backed_up(home: Path) -> bool:
    return entries(home / "old.db") <= entries(home / "journal.db")


def _is_restored(home: Path) -> bool:
    return entries(home / "journal.db") == entries(home / "old.db")


SWEPT: Mapping[str, Swept] = {
    "an answer in plain lines": Swept(65, _saying(b"a3\n", 1)),
    "an answer in the app": Swept(65, _answering(APP)),
    "the first answer of all": Swept(120, _saying(b"a3\n", 1), _is_new),
    "three acts in plain lines": Swept(90, _saying(b":flag\n:note kept\n:bury\n", 0)),
    "an answer and its undoing": Swept(95, _saying(b"a3\nundo\n", 1)),
    "`backup`": Swept(50, _commanding("backup"), everywhere=True, again=("backup",)),
    "`restore`": Swept(
        85, _commanding("restore", "{home}/old.db"), _has_more, True,
        _has_what_was_backed_up, ("restore", "{home}/old.db"), _is_restored,
    ),
    "`journal import`": Swept(
        90, _commanding("journal", "import", "{home}/other.jsonl"), _has_a_file_to_import, True,
        again=("journal", "import", "{home}/other.jsonl"), whole=_has_imported,
    ),
    "`journal rebuild`": Swept(40, _commanding("journal", "rebuild"), everywhere=True, again=("journal", "rebuild")),
}  # fmt: skip
GOALS: Mapping[str, int] = {name: swept.goal for name, swept in SWEPT.items()}
