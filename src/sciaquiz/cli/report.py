"""`sciaquiz report`: what is wrong with a question, written down for its author."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_places
from sciaquiz.cli.console import say, standard_input
from sciaquiz.cli.opening import open_workspace
from sciaquiz.text import path_words

if TYPE_CHECKING:
    import argparse

LONGEST_READ = 20_000
"""Characters of a report that are read from standard input."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("card", nargs="?", metavar="CARD", help="a card's id")
    parser.add_argument("text", nargs="*", metavar="TEXT", help="what is wrong; without it, it is read as lines")
    add_places(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Write a report, or name the files that there are."""
    from sciaquiz.cli.finding import card_id_of, cards_of, refuse_card
    from sciaquiz.reporting import report, reports_in
    from sciaquiz.view.report import ASKS

    with open_workspace(options.places) as workspace:
        if options.card is None:
            files = reports_in(workspace.paths.reports)
            for file in files:
                say(path_words(file))
            if not files:
                say("No question has been reported.")
            return 0
        card = cards_of(workspace).get(card_id_of(workspace, options.card)) or refuse_card(workspace, options.card)
        words = " ".join(options.text)
        if not words:
            lines = standard_input()
            if lines.isatty():
                say(f"{ASKS} End with an empty line.")
                words = "".join(iter(lines.readline, "\n"))
            else:
                words = lines.read(LONGEST_READ)
        say(report(workspace, workspace.journal, card, words))
    return 0
