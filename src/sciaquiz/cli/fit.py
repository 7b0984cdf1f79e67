"""`sciaquiz fit`: how well models of memory foretell a log of reviews."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_json
from sciaquiz.cli.fitlog import compare_log

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument(
        "--log",
        required=True,
        type=Path,
        metavar="FILE.csv",
        help="compare the models on this log of reviews: card_id, review_time_ms, day, rating",
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare the models, as lines or as JSON."""
    return compare_log(options.log, as_json=options.json)
