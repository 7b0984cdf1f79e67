"""From the command to the first frame of Home, and to the first question."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from bench.filling import fill
from bench.timing import middle, ms, seconds_to_see, table

RUNS = 9
REVIEWS = 10_000
EMPTY = """
from textual.app import App
from textual.widgets import Static
class Empty(App):
    def compose(self):
        yield Static("an empty app")
Empty().run()
"""


def run() -> str:
    """Measure in turn: an empty Textual app, Home, and Home with Enter pressed at once."""
    empty, home, counts, question = [], [], [], []
    with tempfile.TemporaryDirectory() as folder:
        environment = {"SCIAQUIZ_HOME": folder}
        script = Path(folder) / "empty.py"
        script.write_text(EMPTY, encoding="utf-8")
        fill(Path(folder) / "journal.db", cards=120, reviews=REVIEWS, now=datetime.now(UTC))
        for turn in range(RUNS + 1):
            first = seconds_to_see([str(script)], [(b"an empty app", b"")], environment)
            shown = seconds_to_see(["-m", "sciaquiz"], [(b"till", b""), (b"min", b"")], environment)
            asked = seconds_to_see(["-m", "sciaquiz", "study"], [(b"choose", b"")], environment)
            if turn:  # the first turn only warms the disk
                empty.append(first[0])
                home.append(shown[0])
                counts.append(shown[1])
                question.append(asked[0])
    base = middle(empty)
    rows = [
        ("an empty Textual app, first paint", ms(base), "1.00", ""),
        ("Home, first paint", ms(middle(home)), f"{middle(home) / base:.2f}", "≤ 1.2"),
        ("Home, counts of 4 decks and 10,000 reviews", ms(middle(counts)), f"{middle(counts) / base:.2f}", ""),
        ("`sciaquiz study`, first question", ms(middle(question)), f"{middle(question) / base:.2f}", "≤ 1.8"),
    ]
    return f"## Start ({RUNS} runs in turn, through a terminal)\n\n" + table(
        ["what", "median ms", "ratio", "goal"], rows
    )
