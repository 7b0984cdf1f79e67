"""What `sciaquiz check` takes, against parsing the same files with tomli; and reading decks, as the catalogue does."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import tomli

from bench.decks import bare, shipped, singles
from bench.timing import ms, python, table
from sciaquiz.authoring.check import check
from sciaquiz.deck.reading import read_deck
from sciaquiz.figure.seeing import unseen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 7
MADE = (
    ("10,000 single-best questions", singles, 10_000, "≤ 3", "≤ 150"),
    ("10,000 of the shipped kinds, most with a warning", shipped, 10_000, "≤ 4", "≤ 150"),
    ("400 recall questions, 800 warnings", bare, 400, "", ""),
)
PEAK = """
import io, sys
from pathlib import Path
from sciaquiz.authoring.report import run_check
run_check([Path(sys.argv[1])], "text", io.StringIO())
from bench.timing import peak_megabytes
print(peak_megabytes())
"""
"""Prints the most memory that checking a folder took, in MB."""


def run() -> str:
    """Measure each set of decks: parsing, reading and checking in turn, the best of several rounds."""
    rows = []
    for name, make, number, goal, most in MADE:
        with tempfile.TemporaryDirectory() as made:
            paths = make(Path(made), number)
            parsing, reading, checking = _best(
                [
                    lambda paths=paths: [tomli.loads(path.read_text("utf-8")) for path in paths],
                    lambda paths=paths: [read_deck(path) for path in paths],
                    lambda paths=paths: _check_anew(paths),
                ]
            )
            peak = float(python("-c", PEAK, made))
        rows.append(
            (
                name,
                ms(parsing),
                ms(reading),
                ms(checking),
                f"{reading / number * 1_000_000:.0f}",
                f"{checking / parsing:.2f}",
                goal,
                f"{peak:.0f}",
                most,
            )
        )
    head = ("decks", "tomli ms", "read ms", "check ms", "read ms per 1,000", "check/tomli", "goal", "peak MB", "goal")
    return f"## Checking decks (CPU time, best of {ROUNDS} in turn)\n\n" + table(head, rows)


def _check_anew(paths: Sequence[Path]) -> None:
    """Check as a new program does, which knows no figure."""
    unseen.cache_clear()
    check(paths)


def _best(actions: Sequence[Callable[[], object]]) -> list[float]:
    """Return the least CPU seconds of each action; they take turns, and the first turn of each does not count."""
    best = [float("inf")] * len(actions)
    for turn in range(ROUNDS + 1):
        for place, action in enumerate(actions):
            begun = time.process_time()
            action()
            taken = time.process_time() - begun
            if turn:
                best[place] = min(best[place], taken)
    return best
