"""Arguments that several commands have in common."""

from __future__ import annotations

import argparse
from pathlib import Path

MOST_SEED = 2**31
LEAST_SHARE, MOST_SHARE = 0.001, 1_000_000.0


def add_json(parser: argparse.ArgumentParser) -> None:
    """Let a command answer as JSON: `options.json`."""
    parser.add_argument("--json", action="store_true", help="as JSON")


def add_places(parser: argparse.ArgumentParser) -> None:
    """Let a command look in decks that are not installed: `options.places`, a list of paths."""
    parser.add_argument(
        "--deck",
        dest="places",
        action="append",
        type=Path,
        default=[],
        metavar="PATH",
        help="look in this deck instead",
    )


def whole_number(text: str) -> int:
    """Return a number from 1 to 9999. Raises argparse.ArgumentTypeError."""
    if not text.isdecimal() or not 1 <= int(text) <= 9999:
        raise argparse.ArgumentTypeError("must be a whole number from 1 to 9999")
    return int(text)


def from_nought(text: str) -> int:
    """Return a number from 0 to MOST_SEED. Raises argparse.ArgumentTypeError."""
    if not text.isdecimal() or int(text) > MOST_SEED:
        raise argparse.ArgumentTypeError("must be a whole number from 0 on")
    return int(text)


def share(text: str) -> tuple[str, float]:
    """Return what gets a share, and the share. Raises argparse.ArgumentTypeError."""
    name, _, said = text.rpartition("=")
    try:
        value = float(said.removesuffix("%"))
    except ValueError:
        value = -1.0
    if not name or not LEAST_SHARE <= value <= MOST_SHARE:
        raise argparse.ArgumentTypeError("must be a topic or a deck and its share above 0, as in imaging=20")
    return name, value
