"""From a key to the feedback painted, against updating one bare widget; both through a terminal."""

from __future__ import annotations

import tempfile
from itertools import pairwise
from pathlib import Path

from bench.timing import middle, ms, seconds_to_see, table
from sciaquiz.tui.screens.timing import NEXT_DELAY

ROUNDS = 30
BARE = """
from textual.app import App
from textual.widgets import Static
class Bare(App):
    count = 0
    def compose(self):
        yield Static("ready0.")
    def on_key(self):
        self.count += 1
        self.query_one(Static).update(f"ready{self.count}.\\n" + "some text to draw " * 40)
Bare().run()
"""
QUESTION = """
[[question]]
id = "q{number}"
kind = "single"
stem = '''A runner cannot dorsiflex or evert the foot. Inversion is weak as well.

Where is the lesion most likely?'''
explanation = "Weak inversion puts the lesion above the fibular neck, because tibialis posterior is tibial nerve."
options = [
  {{ id = "a", text = "Common fibular nerve at the neck of the fibula", why = "It spares tibialis posterior." }},
  {{ id = "b", text = "L5 nerve root", correct = true, why = "Tibialis posterior is mainly L5." }},
  {{ id = "c", text = "Deep fibular nerve", why = "It spares eversion." }},
  {{ id = "d", text = "S1 nerve root", why = "It takes the ankle jerk." }},
]
"""


def run() -> str:
    """Press keys in both, one after the other; a round is from the key to the first paint of what it brings."""
    with tempfile.TemporaryDirectory() as folder:
        script, deck = Path(folder) / "bare.py", Path(folder) / "deck.toml"
        script.write_text(BARE, encoding="utf-8")
        deck.write_text(
            'id = "d"\ntitle = "D"\n' + "".join(QUESTION.format(number=number) for number in range(ROUNDS)),
            encoding="utf-8",
        )
        settings = Path(folder) / "settings.toml"
        settings.write_text(f"[day]\nnew_per_day = {ROUNDS}\n", encoding="utf-8")
        environment = {"SCIAQUIZ_HOME": folder}
        steps = [(f"ready{number}.".encode(), b"a") for number in range(ROUNDS)]
        bare = [after - before for before, after in pairwise(seconds_to_see([str(script)], steps, environment))]
        rounds = [(b"choose", b"A"), (b"mainly L5", b""), (b"saved", b"\r")] * (ROUNDS - 2)
        pause = 2 * NEXT_DELAY
        seen = seconds_to_see(["-m", "sciaquiz", "study", "--record", str(deck)], rounds, environment, pause)
        feedback = [seen[place + 1] - seen[place] - pause for place in range(0, len(seen) - 1, 3)]
        saved = [seen[place + 2] - seen[place] - pause for place in range(0, len(seen) - 2, 3)]
    base = middle(bare[2:])
    rows = [
        ("a bare Static, updated", ms(base), "1.00", ""),
        (
            "an answer: marked, rated, feedback painted",
            ms(middle(feedback[2:])),
            f"{middle(feedback[2:]) / base:.2f}",
            "≤ 1.5",
        ),
        ('an answer: durable, "saved" painted', ms(middle(saved[2:])), f"{middle(saved[2:]) / base:.2f}", ""),
    ]
    return f"## Key to feedback ({len(feedback)} answers, through a terminal)\n\n" + table(
        ["what", "median ms", "ratio", "goal"], rows
    )
