"""`sciaquiz preview`: a deck in front of its author, read again whenever it is saved. Nothing is recorded."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sciaquiz.cli.console import standard_input
from sciaquiz.cli.opening import open_workspace

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("deck", metavar="DECK", help="a deck's file, folder or id, or a folder of decks")
    parser.add_argument("question", metavar="QUESTION", nargs="?", default="", help="the id of the first to show")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Follow the decks in plain lines."""
    from sciaquiz.previewing import Following
    from sciaquiz.workspace import split_names

    names, places = split_names([options.deck])
    with open_workspace(places, only_tries=not names) as workspace:
        following = Following(places or tuple(deck.path for deck in workspace.decks(names) if deck.path is not None))
        from sciaquiz.plain.preview import PlainPreview

        face = PlainPreview(workspace, following, standard_input(), sys.stdout, os.environ)
        return face.run(options.question)
