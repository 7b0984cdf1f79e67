"""The command line: which commands there are, and what becomes of an error in one."""

from __future__ import annotations

import argparse
import os
import sys
from importlib import import_module
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any, NoReturn

from sciaquiz import __version__
from sciaquiz.cli import study
from sciaquiz.cli.bug import log_bug
from sciaquiz.cli.console import EXIT_TROUBLE, EXIT_USAGE, warn
from sciaquiz.errors import SciaquizError
from sciaquiz.text import tame

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

COMMANDS = {
    "study": "Study now: all decks, or those named by id, file or folder.",
    "drill": "List what you mix up, and drill it in plain lines: both sides in turn.",
    "decks": "List the decks and what waits in each.",
    "deck": "Add decks from a folder, archive or git repository; list, update or remove them.",
    "stats": "Show what you have done and how well you remember.",
    "fit": "Fit the model of memory to your own answers, go back, or compare models on them or on a log.",
    "exam": "Plan for an exam: what the minutes until then bring, and today's part of it.",
    "why": "Explain when a card comes back, and why.",
    "browse": "List the questions that a query means: by deck, topic, state, due day or words.",
    "card": "Show the history of a card, or change what is set on it; without CARD, list what is set apart.",
    "mock": "Hold a mock exam, go on with one, or show what those of the past came to.",
    "sittings": "List past sittings, or show what was answered in one.",
    "report": "Write a report of a question for its author; without CARD, name the files with reports.",
    "settings": "List the settings, say what one means, or set it.",
    "retention": "Tell what remembering more costs: minutes a day at each desired retention, by your own cards.",
    "plan": "Plan a break, and list what is planned: cards are asked ahead of it, and by value after it.",
    "doctor": "Show versions, places, the state of the journal and of the terminal.",
    "check": "Check decks; the exit status is 1 if there are errors.",
    "diff": "Say what a new edition of decks changes for students: each question that differs, and how.",
    "new": "Make a folder with a deck to begin with.",
    "add": "Add a question of a kind to a deck, to be filled in.",
    "fmt": "Lay decks out in one way, with the ids that are missing; comments stay.",
    "preview": "Show a deck as students see it, again whenever its file is saved; nothing is recorded.",
    "try": "Say how an answer to a question would be marked, and why; nothing is recorded.",
    "items": "Say what the answers of a class tell of the questions of a deck: item analysis.",
    "print": "Print an exam from decks: paper, answer sheet and key, as PDF or as one HTML file.",
    "schema": "Print the JSON Schema of a deck, for editors.",
    "journal": "Export, import, verify or rebuild the journal of answers.",
    "backup": "Write a backup now, and check it.",
    "demo": "Make a throw-away home with an invented student's year in it, to look at.",
    "restore": "Put a backup in place; without FILE, list them.",
}
"""The commands and what each does. A command is the module of its name, which declares its arguments and what runs."""

MODULES = {"try": "trying"}
"""The commands whose names no module can have."""

ALONE: dict[str, Any] = {
    "run": study.run,
    "command": None,
    "deck": [],
    "plain": False,
    "limit": 0,
    "minutes": 0,
    "record": False,
}
"""What `sciaquiz` alone means."""


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit status. No traceback ever reaches the student."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
    if isinstance(sys.stdin, TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape", newline=None)
    try:
        options = _read(arguments)
        command: Callable[[argparse.Namespace], int] = options.run
        return command(options)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        sys.stderr.write("\nStopped. Every answer you were told was saved is kept.\n")
        return 130
    except SciaquizError as error:
        warn(f"sciaquiz: {error}")
    except Exception as error:
        warn(f"sciaquiz: {log_bug(error)}")
    return EXIT_TROUBLE


def _read(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the arguments. What is studied may stand between the options, which argparse by itself does not take."""
    if not arguments:
        return argparse.Namespace(**ALONE)  # a parser is made up for nothing where there is nothing to read
    parser = _parser(arguments)
    options, rest = parser.parse_known_args(arguments)
    if rest and (options.command not in ("study", "mock") or any(each.startswith("-") for each in rest)):
        parser.error(f"unrecognized arguments: {' '.join(rest)}")
    if rest:
        options.deck = [*options.deck, *rest]
    return options


def _parser(arguments: Sequence[str]) -> argparse.ArgumentParser:
    """Build the parser. Only the commands that these arguments name are imported: the others cannot be asked for."""
    parser = _Parser(
        prog="sciaquiz",
        description="Quiz and spaced repetition for sciatic pain. Without a command, it opens the app.",
    )
    parser.add_argument("--version", action="version", version=f"sciaquiz {__version__}")
    parser.set_defaults(**ALONE)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", dest="command")
    for name, words in COMMANDS.items():
        if arguments[0] in COMMANDS and name != arguments[0]:
            continue  # the app starts sooner without the parsers of two dozen commands
        command = commands.add_parser(name, help=words, description=words)
        if name in arguments:
            import_module(f"sciaquiz.cli.{MODULES.get(name, name)}").declare(command)
    return parser


class _Parser(argparse.ArgumentParser):
    """Usage errors in one line, with the way to help."""

    def error(self, message: str) -> NoReturn:
        self.exit(EXIT_USAGE, f"sciaquiz: {tame(message)}. See: {self.prog} --help\n")
