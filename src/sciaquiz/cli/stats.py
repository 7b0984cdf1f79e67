"""`sciaquiz stats`: what was done and how well it is remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_json
from sciaquiz.cli.console import say, say_json
from sciaquiz.cli.opening import open_workspace

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show the statistics, as lines or as JSON."""
    from sciaquiz.insight.statistics import as_lines, statistics

    with open_workspace() as workspace:
        figures = statistics(workspace)
    if options.json:
        say_json(figures)
    else:
        for line in as_lines(figures):
            say(line)
    return 0
