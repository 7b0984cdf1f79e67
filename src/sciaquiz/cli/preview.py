"""`sciaquiz preview`: a deck in front of its author, read again whenever it is saved. Nothing is recorded."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sciaquiz.cli.console import EXIT_USAGE, say, standard_input
from sciaquiz.cli.opening import open_workspace

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("deck", metavar="DECK", help="a deck's file, folder or id, or a folder of decks")
    parser.add_argument("question", metavar="QUESTION", nargs="?", default="", help="the id of the first to show")
    parser.add_argument("--plain", action="store_true", help="as lines of text, for screen readers and pipes")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Follow the decks in the app, or in plain lines where that was asked for or the terminal can do no more."""
    from sciaquiz.cli.study import is_dumb
    from sciaquiz.previewing import Following
    from sciaquiz.workspace import split_names

    names, places = split_names([options.deck])
    if names:
        with open_workspace() as installed:
            places = tuple(deck.path for deck in installed.decks(names) if deck.path is not None)
    with open_workspace(places, only_tries=True) as workspace:
        following = Following(places, options.question)
        if options.plain or is_dumb():
            from sciaquiz.plain.preview import PlainPreview

            return PlainPreview(workspace, following, standard_input(), sys.stdout, os.environ).run()
        if not (standard_input().isatty() and sys.stdout.isatty()):
            sys.stderr.write("sciaquiz: this is not a terminal. Use: sciaquiz preview DECK --plain\n")
            return EXIT_USAGE
        from sciaquiz.tui.start import run_app
        from sciaquiz.view.preview import NOTHING_RECORDED

        status = run_app(workspace, None, preview=following)
        if not status:
            say(NOTHING_RECORDED)
        return status
