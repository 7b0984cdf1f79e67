"""`sciaquiz check`: problems in decks."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("path", nargs="*", type=Path, metavar="PATH", help="deck files or folders")
    parser.add_argument("--format", choices=("text", "json", "github"), default="text")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Check the decks that are named, or those that are installed."""
    from sciaquiz.authoring.report import run_check
    from sciaquiz.deck.finding import is_there
    from sciaquiz.paths import shipped_decks, user_paths

    paths = options.path or [place for place in (shipped_decks(), user_paths().decks) if is_there(place)]
    return run_check(paths, options.format, sys.stdout)
