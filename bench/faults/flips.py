"""A disk that lies: single bits turned over, and blocks of zeros or garbage, in the journal and what belongs to it."""

from __future__ import annotations

import io
import json
import shutil
from dataclasses import dataclass
from functools import cache, partial
from random import Random
from typing import TYPE_CHECKING

from bench.faults.disk import SECTOR, killed_at, load
from bench.faults.faces import run_face
from bench.faults.fates import TRACEBACK, is_bug
from bench.faults.homes import QUESTIONS, keep
from bench.faults.lanes import Lane, Tally, spread
from bench.faults.powercuts import RECORDED
from sciaquiz.clock import SystemClock
from sciaquiz.errors import SciaquizError
from sciaquiz.ids import CardId, EntryId, new_entry_id
from sciaquiz.journal.entries import Act, EventKind
from sciaquiz.store.journal import Journal
from sciaquiz.store.queries import read_snapshot

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from bench.faults.rows import Row

SILENT = "said to be sound and not"
LEFT_OUT = "left out unsaid"
NOT_RESTORED = "not restored from a sound backup"
REPLACED = "replaced by a damaged backup unsaid"
KINDS = (TRACEBACK, SILENT, LEFT_OUT, NOT_RESTORED)
AT_ONCE = 25
BY_A_FACE = 10
"""One in so many is looked at by the commands as well."""

ANSWERS = 30
GOALS = {"bit": 500, "block": 200, "rollback": 150, "backup": 150}


def run(seconds: float, seed: int) -> list[Row]:
    """Damage the journal, its rollback file and its backup."""
    tasks: list[tuple[str, Callable[[Lane], Tally]]] = [
        (name, partial(HARM[name])) for name, goal in GOALS.items() for _ in range(goal // AT_ONCE)
    ]
    Random(seed).shuffle(tasks)
    tallies = spread(tasks, seconds, seed)
    rows = [
        ("bit", "one bit of the journal turned over", KINDS),
        ("block", "a block of 512 bytes of the journal zeroed or filled with garbage", KINDS),
        ("rollback", "a bit or a block of the rollback file that a kill left", KINDS),
        ("backup", "a bit or a block of a backup, which is then restored", (TRACEBACK, SILENT, REPLACED)),
    ]
    return [tallies.get(name, Tally()).row(what, GOALS[name], kinds) for name, what, kinds in rows]


@dataclass(frozen=True)
class Truth:
    """A whole journal, and each of its entries and snapshots as they were exported from it, by id."""

    content: bytes
    entries: Mapping[str, Mapping[str, object]]


@cache
def truth(folder: Path) -> Truth:
    """Make a journal with every kind of row."""
    path, now = folder / "whole" / "journal.db", SystemClock().now()
    journal = Journal.open(path, now)
    for number in range(ANSWERS):
        kept = keep(journal, number % (QUESTIONS // 3), now)
        card = CardId(f"made-{number % (QUESTIONS // 3)}")
        if number % 5 == 0:
            journal.act(Act(id=new_entry_id(), kind=EventKind.NOTE, moment=now, card_id=card, payload={"text": "kept"}))
        if number % 7 == 0:
            void = Act(id=new_entry_id(), kind=EventKind.VOID, moment=now, card_id=card, target=EntryId(kept))
            journal.act(void)
    entries = exported(journal)
    journal.close()
    return Truth(path.read_bytes(), entries)


def exported(journal: Journal) -> dict[str, Mapping[str, object]]:
    """Return what an export writes, by the id of the entry or of the version of a question."""
    out = io.StringIO()
    journal.export_to(out)
    rows = [json.loads(line) for line in out.getvalue().splitlines()[1:]]
    return {str(row.get("id", row.get("question_version"))): row for row in rows}


def harmed(content: bytes, random: Random, how: str) -> bytes:
    """Turn one bit over, or spoil a block."""
    found = bytearray(content)
    if how == "bit":
        found[random.randrange(len(found))] ^= 1 << random.randrange(8)
    else:
        start = random.randrange(len(found) // SECTOR) * SECTOR
        found[start : start + SECTOR] = random.choice((bytes(SECTOR), random.randbytes(SECTOR)))
    return bytes(found)


def in_the_journal(lane: Lane, *, how: str) -> Tally:
    """Damage the journal; some of them are then restored from a sound backup."""
    random, tally, whole = Random(lane.seed), Tally(), truth(lane.ground.folder)
    home = lane.ground.folder / "harmed"
    for number in range(AT_ONCE):
        if lane.is_late:
            break
        _empty(lane, home)
        (home / "journal.db").write_bytes(harmed(whole.content, random, how))
        (home / "sound.db").write_bytes(whole.content)
        tally.count += 1
        example = f"{how} {number} of seed {lane.seed}"
        if number % BY_A_FACE == 0:
            tally.fail(by_the_commands(lane, home), f"{example}, by a command")
        tally.fail(looked_at(home, whole.entries, tally), example)
        if number % BY_A_FACE == 0:
            done = run_face(["restore", str(home / "sound.db")], home)
            if done.status != 0 or looked_at(home, whole.entries, Tally()):
                tally.fail([NOT_RESTORED], f"{example}: {done.errors[-200:]!r}")
    return tally


def in_the_rollback_file(lane: Lane) -> Tally:
    """Damage what a kill left behind; every entry is there, or it is told that the file is damaged."""
    random, tally, calls = Random(lane.seed), Tally(), load(RECORDED / "answering.gz")
    home, sound = lane.ground.folder / "harmed", lane.ground.folder / "killed"
    ends = [place for place, call in enumerate(calls) if call.kind == "unlink"]
    for number in range(4 * AT_ONCE):
        if lane.is_late or tally.count == AT_ONCE:
            break
        _empty(lane, home)
        _empty(lane, sound)
        place = random.choice(ends[len(ends) // 2 :]) - random.randrange(12)
        killed_at(calls, place, sound)
        if not (sound / "journal.db-journal").exists():
            continue
        for name in ("journal.db", "journal.db-journal"):
            shutil.copy(sound / name, home / name)
        rollback = home / "journal.db-journal"
        rollback.write_bytes(harmed(rollback.read_bytes(), random, random.choice(("bit", "block"))))
        journal = Journal.open(sound / "journal.db", SystemClock().now())
        entries = exported(journal)
        journal.close()
        tally.count += 1
        tally.fail(looked_at(home, entries, tally, is_more_allowed=True), f"{number} of seed {lane.seed}")
    return tally


def in_the_backup(lane: Lane) -> Tally:
    """Damage a backup and restore it: it is refused, or told to be damaged, or it is whole."""
    random, tally, whole = Random(lane.seed), Tally(), truth(lane.ground.folder)
    for number in range(AT_ONCE):
        if lane.is_late:
            break
        home = lane.ground.fresh("harmed")
        backup = home / "spoilt.db"
        backup.write_bytes(harmed(whole.content, random, random.choice(("bit", "block"))))
        before = (home / "journal.db").read_bytes()
        done = run_face(["restore", str(backup)], home)
        tally.count += 1
        example = f"{number} of seed {lane.seed}"
        if is_bug(done, home):
            tally.fail([TRACEBACK], example)
        if done.status != 0:
            tally.seen["refused"] += 1
            if (home / "journal.db").read_bytes() != before:
                tally.fail([REPLACED], example)
        else:
            wrong = [name for name in looked_at(home, whole.entries, tally) if name != LEFT_OUT]
            tally.fail(wrong, example)
    return tally


def looked_at(
    home: Path, entries: Mapping[str, Mapping[str, object]], tally: Tally, *, is_more_allowed: bool = False
) -> list[str]:
    """Look at a harmed journal as the app does; returns what is wrong with what is told of it, as in KINDS."""
    path, now = home / "journal.db", SystemClock().now()
    try:
        read_snapshot(path, now.study_day)
        journal = Journal.open(path, now)
    except SciaquizError:
        tally.seen["refused to open, and why"] += 1
        return []
    except Exception as error:  # any other is the fault looked for
        return [_bug(error)]
    try:
        verification = journal.verify()
        journal.states()
        found = exported(journal)
    except SciaquizError:
        tally.seen["damage told"] += 1
        return []
    except Exception as error:  # likewise
        return [_bug(error)]
    finally:
        journal.close()
    tally.seen["harmless" if verification.sound else "damage told"] += 1
    differing = {entry for entry, row in found.items() if entry in entries and row != entries[entry]}
    missing = entries.keys() - found.keys()
    added = set() if is_more_allowed else found.keys() - entries.keys()
    if verification.sound:
        return [SILENT] if differing or missing or added else []
    told = " ".join(verification.lines())
    unsaid = {entry for entry in missing | differing if entry not in told}
    return [LEFT_OUT] if unsaid and verification.integrity == "ok" else []


def _bug(error: Exception) -> str:
    print(f"    {error!r}", flush=True)
    return TRACEBACK


def by_the_commands(lane: Lane, home: Path) -> list[str]:
    """Run what only looks over copies of a harmed home; none may fail but in words."""
    wrong = []
    for arguments in (
        ["decks"], ["stats"], ["doctor"], ["journal", "verify"], ["journal", "export"],
        ["study", str(lane.ground.deck), "--record", "--plain"],
    ):  # fmt: skip
        copy = lane.ground.folder / "looked"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(home, copy, symlinks=True)
        done = run_face(arguments, copy, b"a3\n")
        if is_bug(done, copy) or done.status not in (0, 1):
            wrong.append(TRACEBACK)
    return wrong


def _empty(lane: Lane, folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "cache").symlink_to(lane.ground.folder / "cache")


HARM: Mapping[str, Callable[[Lane], Tally]] = {
    "bit": partial(in_the_journal, how="bit"),
    "block": partial(in_the_journal, how="block"),
    "rollback": in_the_rollback_file,
    "backup": in_the_backup,
}
