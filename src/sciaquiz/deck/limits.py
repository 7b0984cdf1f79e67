"""Limits on what an author may write: wide for a person, narrow for a trap."""

from __future__ import annotations

LARGEST_FILE = 2_000_000
MOST_QUESTIONS = 5_000
LONGEST_TEXT = 10_000
MOST_LINES = 200
LONGEST_LINE = 1_000
LONGEST_ID = 80
MOST_IN_A_LIST = 100
FEWEST_OPTIONS = 3
MOST_OPTIONS = 8
MOST_MATCHING = 16
DEEPEST = 12
MOST_KEY_PARTS = 16
