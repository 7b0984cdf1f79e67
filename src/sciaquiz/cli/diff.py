"""`sciaquiz diff`: what a new edition of decks changes for students."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_json
from sciaquiz.cli.console import EXIT_TROUBLE, say, say_json
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("old", metavar="OLD", help="a file or folder, or what git has: REVISION:path")
    parser.add_argument("new", metavar="NEW", nargs="?", help="the same, newer")
    parser.add_argument("--git", metavar="REV", help="compare OLD as it was at a revision with OLD as it is")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Compare two editions; the exit status is 1 if either has errors, since questions are missing then."""
    from sciaquiz.authoring.differing import as_lines, as_values
    from sciaquiz.authoring.diffing import diff
    from sciaquiz.getting.editions import at_revision, readings_at

    if (options.git is None) == (options.new is None):
        raise SciaquizError("give two editions, OLD and NEW, or one with --git REVISION.")
    if options.git is not None:
        old, new = at_revision(options.git, Path(options.old)), readings_at(options.old)
    else:
        old, new = readings_at(options.old), readings_at(options.new)
    found = diff(old, new)
    if options.json:
        say_json(as_values(found))
    else:
        for line in as_lines(found):
            say(line)
    return EXIT_TROUBLE if found.problems else 0
