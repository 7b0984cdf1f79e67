"""`sciaquiz study`, and `sciaquiz` alone: the app, or a sitting in plain lines."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import whole_number
from sciaquiz.cli.console import EXIT_USAGE, standard_input, warn
from sciaquiz.cli.opening import open_workspace
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sciaquiz.workspace import Workspace


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("deck", nargs="*", help="a deck's id, or the path of a deck")
    parser.add_argument("--plain", action="store_true", help="as lines of text, for screen readers and pipes")
    parser.add_argument("--limit", type=whole_number, default=0, metavar="N", help="end after N cards")
    parser.add_argument("--minutes", type=whole_number, default=0, metavar="N", help="end after N minutes")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Study in the app, or in plain lines where that was asked for or the terminal can do no more."""
    from sciaquiz.workspace import split_names

    names, places = split_names(options.deck)
    with open_workspace(places) as workspace:
        if options.plain or _is_dumb():
            return _study_plainly(workspace, names, options)
        if not (standard_input().isatty() and sys.stdout.isatty()):
            sys.stderr.write("sciaquiz: this is not a terminal. Use: sciaquiz study --plain\n")
            return EXIT_USAGE
        from sciaquiz.tui.start import run_app

        starts_studying = bool(options.deck) or options.command == "study"
        return run_app(
            workspace, names if starts_studying else None, card_limit=options.limit, minute_limit=options.minutes
        )


def _is_dumb() -> bool:
    return os.environ.get("TERM", "") in ("dumb", "unknown") and standard_input().isatty()


def _study_plainly(workspace: Workspace, names: Sequence[str], options: argparse.Namespace) -> int:
    from sciaquiz.cli.plainly import hold_plainly
    from sciaquiz.sittings import open_sitting
    from sciaquiz.words import instant_words

    decks = workspace.decks(names)
    errors = [problem for problem in workspace.library.problems if problem.severity == "error"]
    if errors and not any(deck.questions for deck in decks):
        more = f" It is the first of {len(errors)} errors; to see all: sciaquiz check PATH" if len(errors) > 1 else ""
        raise SciaquizError(f"{errors[0]}\nNo question can be asked.{more}")
    for problem in errors:
        warn(f"{problem}")
    if not decks:
        raise SciaquizError("there is no deck to study. Run: sciaquiz check PATH")
    journal = workspace.journal
    now = workspace.clock.now()
    suspect, seen = journal.clock_suspect(now), workspace.snapshot()
    if suspect:
        sys.stderr.write(
            f"sciaquiz: your clock is behind your last answer ({instant_words(suspect)} UTC). Check the date.\n"
        )
    sitting = open_sitting(workspace, decks, seen, card_limit=options.limit, minute_limit=options.minutes)
    return hold_plainly(workspace, decks, sitting)
