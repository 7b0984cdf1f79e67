"""Work spread over the cores until the time is up, and what it came to."""

from __future__ import annotations

import os
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from bench.faults.faces import load
from bench.faults.homes import Ground, prepare
from bench.faults.rows import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

MEMORY = "/dev/shm"  # noqa: S108 -- a folder of its own is made there
"""A disk in memory, where there is one: killing and refusing is the same there, and waiting for syncs is not."""

LANES = 2 * (os.cpu_count() or 1)
"""Half of the time a lane waits, for the app or for the disk."""

MOST_EXAMPLES = 5


@dataclass
class Tally:
    """How often something was tried; `failures` and `seen` count what came of it, by name."""

    count: int = 0
    failures: Counter[str] = field(default_factory=Counter)
    seen: Counter[str] = field(default_factory=Counter)
    examples: list[str] = field(default_factory=list)

    def add(self, other: Tally) -> None:
        """Take another tally in."""
        self.count += other.count
        self.failures += other.failures
        self.seen += other.seen
        self.examples += other.examples

    def fail(self, names: Iterable[str], example: str) -> None:
        """Count failures, with what a person needs to see the same again."""
        for name in names:
            self.failures[name] += 1
            self.examples.append(f"{name}: {example}")

    def row(self, what: str, goal: int, kinds: Sequence[str]) -> Row:
        """Return the line of the table, and print the first examples of what failed."""
        for example in self.examples[:MOST_EXAMPLES]:
            print(f"  {what}: {example}", flush=True)
        failures = {kind: self.failures[kind] for kind in dict.fromkeys([*kinds, *self.failures])}
        return Row(
            what, self.count, goal, failures, ", ".join(f"{count:,} {name}" for name, count in self.seen.items())
        )


@dataclass(frozen=True)
class Lane:
    """Where a task works, until when (monotonic seconds), and its seed."""

    ground: Ground
    deadline: float
    seed: int

    @property
    def is_late(self) -> bool:
        """Whether the time is up."""
        return time.monotonic() > self.deadline


_grounds: dict[str, Ground] = {}


def spread(tasks: Iterable[tuple[str, Callable[[Lane], Tally]]], seconds: float, seed: int) -> dict[str, Tally]:
    """Run named tasks on every core; the tallies of one name are added up. Tasks look at the time themselves."""
    load()
    deadline = time.monotonic() + seconds
    tallies: dict[str, Tally] = {}
    place = MEMORY if os.access(MEMORY, os.W_OK) else None
    with (
        tempfile.TemporaryDirectory(prefix="sciaquiz-faults-", dir=place) as folder,
        get_context("fork").Pool(LANES) as pool,
    ):
        jobs = [(name, task, folder, deadline, seed * 1_000_003 + place) for place, (name, task) in enumerate(tasks)]
        for name, tally in pool.imap_unordered(_do, jobs):
            tallies.setdefault(name, Tally()).add(tally)
    return tallies


def _do(job: tuple[str, Callable[[Lane], Tally], str, float, int]) -> tuple[str, Tally]:
    name, task, folder, deadline, seed = job
    lane = f"{folder}/{os.getpid()}"
    if lane not in _grounds:
        _grounds[lane] = prepare(Path(lane))
    if time.monotonic() > deadline:
        return name, Tally()
    return name, task(Lane(_grounds[lane], deadline, seed))
