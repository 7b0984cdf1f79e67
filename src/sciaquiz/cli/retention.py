"""`sciaquiz retention`: what each wish for retention costs in minutes a day, and what it keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_json
from sciaquiz.cli.console import say, say_json
from sciaquiz.cli.opening import open_workspace

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("deck", nargs="?", metavar="DECK", help="a deck's id, for a wish for it alone; else all decks")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Play the days to come out, and tell what came of it."""
    from sciaquiz.insight.retention import wishes
    from sciaquiz.view.retention import as_json, whole_lines

    with open_workspace() as workspace:
        deck = workspace.decks([options.deck])[0] if options.deck else None
        found = wishes(workspace, workspace.snapshot(), deck)
    if options.json:
        say_json(as_json(found))
        return 0
    for line in whole_lines(found):
        say(line)
    if deck is None:
        say("Set it: sciaquiz settings desired_retention 92%")
    else:
        say(f"Set it in settings.toml: under [decks.{deck.id}], desired_retention = 0.92")
    return 0
