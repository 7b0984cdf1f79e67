"""Whether anything gets slower as a collection grows: from 600 to 100,000 cards with ten reviews each."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.collections import make_home
from bench.timing import middle, seconds_to_see, table

SIZES = (600, 10_000, 30_000, 100_000)
STARTS = 5
GOALS = {
    "start to Home's counts": 1.3,
    "start to the first question": 1.3,
    "queue and first card, today": 1.5,
    "queue and first card, the day after: more due than 200": 1.5,
    "answer, kept": 1.5,
    "next card": 1.5,
    "Browse, first page": 1.5,
}
"""What need not touch all: the most that 100,000 cards may take, as a multiple of 600."""

TOUCHES_ALL = ("search for a word", "statistics", "backup", "verify", "export")
"""What has to grow with the collection, and at most in proportion to it."""

MOST_MEGABYTES = 200


def run() -> str:
    """Make a home of each size, then measure each in processes of its own, in turn."""
    found: dict[int, dict[str, float]] = {}
    starts: dict[int, dict[str, list[float]]] = {size: {name: [] for name in list(GOALS)[:2]} for size in SIZES}
    with tempfile.TemporaryDirectory() as folder:
        homes = {size: Path(folder) / str(size) for size in SIZES}
        for size, home in homes.items():
            make_home(home, size, datetime.now(UTC))
            _measured(home, "warm")  # the decks are read for the first time
            found[size] = _measured(home)
        for _ in range(STARTS):
            for size, home in homes.items():
                environment = {"SCIAQUIZ_HOME": str(home)}
                home_seen = seconds_to_see(["-m", "sciaquiz"], [(b"till", b""), (b"min", b"")], environment)
                starts[size]["start to Home's counts"].append(home_seen[1])
                asked = seconds_to_see(["-m", "sciaquiz", "study"], [(b"choose", b"")], environment)
                starts[size]["start to the first question"].append(asked[0])
    for size in SIZES:
        found[size] |= {name: middle(times) for name, times in starts[size].items()}
    rows = [_row(name, found, f"≤ {goal} × 600") for name, goal in GOALS.items()]
    rows += [_row(name, found, "linear") for name in TOUCHES_ALL]
    memory = [f"{found[size]['megabytes']:.0f}" for size in SIZES]
    rows.append(("memory of queue, Browse and statistics, MB", *memory, "", f"≤ {MOST_MEGABYTES}"))
    return f"## Growth: {SIZES[0]:,} to {SIZES[-1]:,} cards with ten reviews each (milliseconds)\n\n" + table(
        ["what", *(f"{size:,}" for size in SIZES), f"{SIZES[-1]:,} / {SIZES[0]:,}", "goal"], rows
    )


def _row(name: str, found: dict[int, dict[str, float]], goal: str) -> tuple[str, ...]:
    times = [found[size][name] for size in SIZES]
    return (name, *(f"{1000 * each:.1f}" for each in times), f"{times[-1] / times[0]:.2f}", goal)


def _measured(home: Path, *arguments: str) -> dict[str, float]:
    environment = {**os.environ, "SCIAQUIZ_HOME": str(home)}
    done = subprocess.run(
        [sys.executable, "-m", "bench.onehome", *arguments], env=environment, check=True, capture_output=True, text=True
    )
    return {name: float(value) for name, value in json.loads(done.stdout).items()}
