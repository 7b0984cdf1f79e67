"""A disk that refuses: at each call, with each error, once or for good; full for real; and read-only for real."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from functools import partial
from random import Random
from typing import TYPE_CHECKING

from bench.faults.faces import HAS_STRACE
from bench.faults.fates import FATES, Places
from bench.faults.homes import LOCKED, UNSOUND, aftermath, copy_of
from bench.faults.lanes import Lane, Tally, spread
from bench.faults.refused import REFUSED, Try, attempt, set_up
from bench.faults.tampering import at

if TYPE_CHECKING:
    from collections.abc import Callable, Generator
    from pathlib import Path

    from bench.faults.rows import Row

ERRORS = {
    "pwrite64": ("EIO", "ENOSPC", "EROFS", "EDQUOT", "EINTR"),
    "write": ("EIO", "ENOSPC", "EROFS", "EDQUOT", "EINTR"),
    "fsync": ("EIO", "ENOSPC", "EDQUOT", "EINTR"),
    "fdatasync": ("EIO", "ENOSPC", "EDQUOT", "EINTR"),
    "ftruncate": ("EIO", "EROFS"),
    "openat": ("EIO", "ENOSPC", "EROFS", "EDQUOT", "EACCES", "EMFILE"),
    "unlink": ("EIO", "EROFS", "EACCES"),
    "rename": ("EIO", "ENOSPC", "EROFS"),
    "link": ("EIO", "EPERM", "EMLINK"),
}
GOAL_OF_EACH = 20
MOST_CALLS = 80
ROOMS, ROOM = 12, 8192
A_SETTING = "a setting"
FULL, READ_ONLY = "full", "read-only"
KINDS = (*FATES, LOCKED, UNSOUND)


def run(seconds: float, seed: int) -> list[Row]:
    """Refuse in all these ways; injecting needs strace, a full and a read-only disk need root."""
    tasks: list[tuple[str, Callable[[Lane], Tally]]] = []
    if HAS_STRACE:
        tasks += [(name, partial(refuse, name=name, call=call)) for name in REFUSED for call in ERRORS]
        tasks += [(A_SETTING, partial(refuse, name=A_SETTING, call=call)) for call in ERRORS] * 7  # it makes few calls
    else:
        print("  strace is not installed: no error is injected (Debian: apt-get install strace)")
    if can_mount():
        tasks += [(FULL, partial(fill, name=name)) for name in REFUSED]
        tasks += [(READ_ONLY, partial(forbid, name=name)) for name in REFUSED]
    else:
        print("  not root, or mounting is not possible: no disk is made full or read-only")
    Random(seed).shuffle(tasks)
    tallies = spread(tasks, seconds, seed)
    rows = [
        *((name, f"{name}, an error at one call or from it on", GOAL_OF_EACH) for name in REFUSED),
        (FULL, "all of these with 0 to 88 kB left on the disk of home and temporary folder", len(REFUSED) * ROOMS),
        (READ_ONLY, "all of these with home and temporary folder on a disk made read-only", len(REFUSED)),
    ]  # fmt: skip
    return [tallies.get(name, Tally()).row(what, goal, KINDS) for name, what, goal in rows]


def refuse(lane: Lane, *, name: str, call: str) -> Tally:
    """Refuse the first call, then the second, and so on until it is not made so often."""
    random, tally = Random(lane.seed), Tally()
    log = lane.ground.folder / "injected.txt"
    for number in range(1, MOST_CALLS):
        if lane.is_late:
            break
        places = _places(lane, lane.ground.folder / "refused")
        error = random.choice(ERRORS[call])
        is_written_twice = name == A_SETTING and call == "write"  # the file, and then what went wrong
        is_once = is_written_twice or error == "EINTR"  # whoever is interrupted tries again without end
        onward = "" if is_once else random.choice(("", "+"))
        has_copies = (name.startswith("`") and call != "write") or name == A_SETTING  # under names of chance
        everywhere = has_copies and call != "openat"
        tampering = at(places.home, call, f"{number}{onward}", f"error={error}", log=log, everywhere=everywhere)
        wrong = attempt(name, Try(lane.ground, places, tampering))
        injected = log.read_bytes().count(b"(INJECTED)")
        if not injected:
            break
        tally.count += 1
        tally.seen["errors injected"] += injected
        tally.fail(wrong + aftermath(places.home, ()), f"{name}, {error} at {call} {number}{onward}")
    return tally


def _places(lane: Lane, folder: Path) -> Places:
    """Make a fresh home and the folders around it."""
    shutil.rmtree(folder, ignore_errors=True)
    places = Places(folder / "home", folder / "user", folder / "temporary")
    copy_of(lane.ground.template, places.home)
    places.user.mkdir()
    places.temporary.mkdir()
    set_up(lane.ground, places.home)
    return places


# A real disk, small


def can_mount() -> bool:
    """Whether this user may mount a disk in memory."""
    trial = ("unshare", "--mount", "mount", "-t", "tmpfs", "none", "/mnt")
    return hasattr(os, "geteuid") and os.geteuid() == 0 and _runs(*trial)


def _runs(*command: str) -> bool:
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode == 0
    except OSError:
        return False


@contextmanager
def _disk(lane: Lane) -> Generator[Path]:
    """A disk of 1.5 MB in memory."""
    folder = lane.ground.folder / "disk"
    folder.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1536k", "none", str(folder)], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def fill(lane: Lane, *, name: str) -> Tally:
    """Try with no room left, then with two pages more, and so on; then make room and look."""
    tally = Tally()
    for pages in range(ROOMS):
        if lane.is_late:
            break
        with _disk(lane) as disk:
            places = _places(lane, disk / "all")
            filler = disk / "filler"
            free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
            filler.write_bytes(bytes(max(0, free - pages * ROOM)))
            tried = Try(lane.ground, places, afterwards=filler.unlink, nowhere_else=True)
            tally.count += 1
            wrong = attempt(name, tried)
            tally.fail(wrong + aftermath(places.home, ()), f"{name}, {pages * ROOM} bytes left")
    return tally


def forbid(lane: Lane, *, name: str) -> Tally:
    """Try on a disk that became read-only; then make it writable and look."""
    tally = Tally()
    with _disk(lane) as disk:
        places = _places(lane, disk / "all")
        _remount(disk, "ro")
        tried = Try(lane.ground, places, afterwards=partial(_remount, disk, "rw"), nowhere_else=True)
        tally.count += 1
        tally.fail(attempt(name, tried) + aftermath(places.home, ()), f"{name}, read-only")
    return tally


def _remount(disk: Path, how: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{how}", str(disk)], check=True)
