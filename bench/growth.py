"""Whether an answer gets slower as the journal grows."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench.durable import NOW, keep_times
from bench.filling import fill
from bench.timing import middle, ms, table
from sciaquiz.clock import moment_at
from sciaquiz.store.journal import Journal

ANSWERS = 240
SIZES = ((1_000, 10_000), (100_000, 1_000_000))


def run() -> str:
    """Measure a small and a large journal in alternating blocks."""
    times: dict[tuple[int, int], list[float]] = {size: [] for size in SIZES}
    with tempfile.TemporaryDirectory() as folder:
        journals = {}
        for size in SIZES:
            path = Path(folder) / f"{size[0]}" / "journal.db"
            cards = fill(path, cards=size[0], reviews=size[1], now=NOW)
            (path.parent / "backups").mkdir()
            (path.parent / "backups" / f"journal-{moment_at(NOW).study_day}.db").touch()  # no backup while measuring
            journals[size] = Journal.open(path, moment_at(NOW)), cards
        for _ in range(6):
            for size, (journal, cards) in journals.items():
                times[size] += keep_times(journal, cards, ANSWERS // 6)
        for journal, _ in journals.values():
            journal.close()
    base = middle(times[SIZES[0]])
    rows = [
        (
            f"{cards:,} cards, {reviews:,} reviews",
            ms(middle(found)),
            f"{middle(found) / base:.2f}",
            "≤ 1.2" if cards > 1000 else "",
        )
        for (cards, reviews), found in times.items()
    ]
    return f"## Growth: an answer made durable ({ANSWERS} each, in alternating blocks)\n\n" + table(
        ["journal", "p50 ms", "ratio", "goal"], rows
    )
