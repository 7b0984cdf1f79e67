"""A student's day in plain lines alone, from the first question to the settings: what a screen reader has to read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from commanding import sciaquiz

if TYPE_CHECKING:
    from pathlib import Path

DRAWN = re.compile("[\x1b\u2500-\u25ff\u2800-\u28ff]")
"""What a screen draws with and nobody reads: escapes, lines, blocks, braille patterns."""
FIRST = """\
a3
why-wrong 2
:reasons
:history
:flag last
:note last: test the ankle at neutral
:why last
:undo
b1
skip
:report the stem is long
:custom is:unseen deck:red-flags n:2 schedule:stays
a2
:unsafe
:stats 7 deck:nerve-roots
:stats 8
quit
"""
AGAIN = "fibular-neck-spares"


def test_everything_can_be_done_in_lines(tmp_path: Path) -> None:
    heard: list[str] = []

    def run(*arguments: str, said: str = "") -> str:
        done = sciaquiz(*arguments, said=said, SCIAQUIZ_HOME=str(tmp_path))
        assert done.returncode == 0, (arguments, done.stderr)
        heard.append(done.stdout)
        return done.stdout

    def has(text: str, *wanted: str) -> None:
        assert [words for words in wanted if words not in text] == []

    has(run("decks"), "Nerve roots", "Red flags", "Known now is")
    has(run("study", "nerve-roots", "--plain", "--limit", "6", said="help\nquit\n"), "choose", "suspend", "why-wrong")
    first = run("study", "nerve-roots", "--plain", "--limit", "6", said=FIRST)
    has(
        first, "Nerve roots, 1 of 6.", "You were certain.", "Saved.", "Right: ", "Wrong: ", "Flagged.", "Note kept.",
        "Recall now", "Undone: ", "Written to ", "Practice: the schedule stays as it is.", "Look again: ",
        "Statistics of Nerve roots, the last 7 days: ", "After stats, say a period",
    )  # fmt: skip
    has(run("browse", "is:flagged"), "A runner cannot dorsiflex")
    has(run("browse", "deck:red-flags", "order:deck", "--limit", "3"), "not seen yet", "more: --from 4")
    has(run("card", AGAIN), "the latest first", "Again")
    has(run("card", AGAIN, "suspend"), "Suspended")
    has(run("card"), "suspended", "flagged")
    has(run("card", AGAIN, "resume"), "Resumed")
    has(run("why", AGAIN), "Stability", "If you answer it now")
    has(run("sittings"), "Nerve roots")
    has(run("sittings", "2026-11-22"), "Nerve roots", " of ")
    has(run("report", AGAIN, "Which nerve is meant?"), "Written to ")
    has(run("study", "--plain", "--practice", "is:wrong n:1", said="d3\n"), "Practice")
    run("drill", "--list")
    has(run("stats"), "answers on 1 day")
    has(run("settings"), "new_per_day")
    has(run("settings", "new_per_day", "7"), "7")
    has(run("settings", "new_per_day"), "7 cards")
    assert [line for text in heard for line in text.splitlines() if DRAWN.search(line)] == []
