"""The calls between the app and the disk, and how strace is told to kill or to refuse at one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

CALLS = ("openat", "pwrite64", "write", "fsync", "fdatasync", "ftruncate", "unlink", "rename", "link")


def at(home: Path, call: str, number: int, what: str, *, everywhere: bool = False) -> list[str]:
    """Return arguments for strace that do `what` at the `number`-th of a call (of each thread).

    Only calls about the journal, its rollback file and the folder count; with `everywhere` all do.
    """
    places = () if everywhere else (home / "journal.db", home / "journal.db-journal", home)
    names = [argument for place in places for argument in ("-P", str(place))]
    return ["-o", "/dev/null", *names, "-e", f"trace={call}", "-e", f"inject={call}:{what}:when={number}"]


def kill_at(home: Path, call: str, number: int, *, everywhere: bool = False) -> list[str]:
    """Kill it as the call begins."""
    return at(home, call, number, "signal=KILL", everywhere=everywhere)
