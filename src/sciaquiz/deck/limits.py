"""Limits on what an author may write: wide for a person, narrow for a trap."""

from __future__ import annotations

from sciaquiz.text import LETTERS

LARGEST_FILE = 2_000_000
MOST_FILE_LINES = 100_000
LONGEST_FILE_LINE = 100_000
"""In bytes: as many as the longest text takes, each of its characters written as an escape."""

MOST_VALUES = 100_000
"""Equals signs and commas of a file together: a deck of the largest size, densely written, has two thirds of them."""

DEEPEST_BRACKETS = 50
LONGEST_WORD = 200
"""Of a number, or of a key without quotes."""

MOST_KEY_PARTS = 8
MOST_KEYS = 200
"""Of one table."""

MOST_QUESTIONS = 5_000
LONGEST_TEXT = 10_000
MOST_LINES = 200
LONGEST_LINE = 1_000
LONGEST_ID = 80
LONGEST_KEY = 80
MOST_IN_A_LIST = 100
FEWEST_OPTIONS = 3
MOST_OPTIONS = 8
MOST_MATCHING = 16
MOST_GAPS = 50
MOST_ZONES = len(LETTERS)
"""Each zone of a figure is chosen by a letter."""

DEEPEST = 12
LONGEST_MESSAGE = 1_000
MOST_TOLD = 1_000
"""Errors of a file that are told, and as many warnings."""
