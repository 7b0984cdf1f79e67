"""`sciaquiz study`, and `sciaquiz` alone: the app, or a sitting in plain lines."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from sciaquiz.cli import choosing
from sciaquiz.cli.arguments import whole_number
from sciaquiz.cli.console import EXIT_USAGE, say, standard_input, warn
from sciaquiz.cli.opening import open_workspace
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from sciaquiz.study.choice import Choice
    from sciaquiz.workspace import Workspace

TRIED = "You tried this deck: nothing was recorded."


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("deck", nargs="*", help="a deck's id, the path of a deck, or a query such as 'is:wrong foot'")
    parser.add_argument("--plain", action="store_true", help="as lines of text, for screen readers and pipes")
    parser.add_argument("--limit", type=whole_number, default=0, metavar="N", help="end after N cards")
    parser.add_argument("--minutes", type=whole_number, default=0, metavar="N", help="end after N minutes")
    parser.add_argument("--record", action="store_true", help="keep the answers to a deck that is named by its path")
    choosing.declare(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Study in the app, or in plain lines where that was asked for or the terminal can do no more."""
    from sciaquiz.workspace import split_names

    lines, given = choosing.tell_apart(options.deck) if options.deck else ([], [])
    names, places = split_names(given)
    only_tries = bool(places) and not options.record
    with open_workspace(places, only_tries=only_tries) as workspace:
        choice = None
        if options.command is not None:
            if options.list_saved or options.remove is not None:
                return choosing.tell_saved(workspace, options)
            if choosing.is_choosing(options, lines):
                choice = choosing.choice_of(workspace, options, names, lines)
        return begin(workspace, options, choice, names)


def begin(workspace: Workspace, options: argparse.Namespace, choice: Choice | None, names: Sequence[str] = ()) -> int:
    """Begin a sitting of what was chosen, or of the day, in the face that was asked for or that the terminal can do."""
    if options.plain or is_dumb():
        return _study_plainly(workspace, names, options, choice)
    if not (standard_input().isatty() and sys.stdout.isatty()):
        sys.stderr.write(f"sciaquiz: this is not a terminal. Use: sciaquiz {_command(options)} --plain\n")
        return EXIT_USAGE
    from sciaquiz.tui.start import run_app

    starts_studying = bool(options.deck) or options.command is not None
    status = run_app(
        workspace, names if starts_studying else None, choice=choice,
        card_limit=options.limit, minute_limit=options.minutes,
    )  # fmt: skip
    if workspace.only_tries and not status:
        say(TRIED)
    return status


def _command(options: argparse.Namespace) -> str:
    return "exam today" if options.command == "exam" else "study"


def is_dumb() -> bool:
    """Say whether this terminal can do no more than lines of text."""
    return os.environ.get("TERM", "") in ("dumb", "unknown") and standard_input().isatty()


def _study_plainly(
    workspace: Workspace, names: Sequence[str], options: argparse.Namespace, choice: Choice | None
) -> int:
    from sciaquiz.cli.offering import chosen_sitting
    from sciaquiz.cli.plainly import hold_plainly
    from sciaquiz.sittings import open_choice, open_sitting, remember
    from sciaquiz.updating import bring_up
    from sciaquiz.view.choices import TRYING, beginning_words
    from sciaquiz.view.updating import corrected_words
    from sciaquiz.words import instant_words

    decks = workspace.decks(names if choice is None else ())
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
    if bring_up(workspace, journal):
        seen = workspace.snapshot()
    if workspace.corrections:
        say(corrected_words(len(workspace.corrections)))
    if suspect:
        sys.stderr.write(
            f"sciaquiz: your clock is behind your last answer ({instant_words(suspect)} UTC). Check the date.\n"
        )
    if choice is not None:
        sitting = open_choice(workspace, choice, seen)
        remember(workspace, choice)
        say(beginning_words(choice, sitting.left))
    else:
        is_usual = not (names or options.limit or options.minutes)
        sitting = (is_usual and chosen_sitting(workspace, decks, seen)) or open_sitting(
            workspace, decks, seen, card_limit=options.limit, minute_limit=options.minutes
        )
    if not workspace.only_tries:
        return hold_plainly(workspace, decks, sitting)
    say(TRYING)
    status = hold_plainly(workspace, decks, sitting)
    say(TRIED)
    return status
