"""The calls between the app and the disk, and how strace is told to kill or to refuse at one of them."""

from __future__ import annotations

import os
from pathlib import Path

CALLS = ("openat", "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "link")
NAMES = (
    "", "journal.db", "journal.db-journal", "backups", "restoring.db", "old.db", "settings.toml", "settings.toml.part",
    "out.jsonl", "out.jsonl.part",
)  # fmt: skip
"""What the app opens in its folder under a name that is known before."""


def at(
    home: Path, call: str, number: str, what: str, *, log: Path = Path(os.devnull), everywhere: bool = False
) -> list[str]:
    """Return arguments for strace that do `what` at the `number`-th of a call (of each thread).

    A plus behind the number: and at each one after it. Only calls about the journal and what stands beside it count;
    with `everywhere` all do. What was done is told in `log`.
    """
    places = () if everywhere else tuple(str(home / name) for name in NAMES)
    names = [argument for place in places for argument in ("-P", place)]
    return ["-o", str(log), *names, "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={number}"]


def kill_at(home: Path, call: str, number: int, *, everywhere: bool = False) -> list[str]:
    """Kill it as the call begins."""
    return at(home, call, str(number), "signal=KILL", everywhere=everywhere)
