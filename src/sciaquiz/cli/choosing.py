"""What a command line chooses to study: its options as a line, and the line as a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import whole_number
from sciaquiz.cli.console import say
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Sequence

    from sciaquiz.study.choice import Choice
    from sciaquiz.workspace import Workspace

VALUES = {
    "topic": "questions on a topic",
    "kind": "questions of a kind, such as single or matching",
    "state": "what was wrong, guessed, unseen, due, learning, known, unsafe, flagged, noted, leech, suspended, put-off",
    "level": "questions of a level",
}
NUMBERS = {
    "new": "so many new questions, whatever the day's limit",
    "ahead": "what is due in the next N days",
    "number": "at most N questions",
    "seconds": "an answer may take N seconds: what takes longer is kept and told",
}
WORD_OF = {"state": "is", "number": "n"}
"""The word of the line that an option stands for, where it has another name."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what chooses questions, whether they are due or not."""
    choosing = parser.add_argument_group("choosing questions, whether they are due or not")
    for name, words in VALUES.items():
        choosing.add_argument(f"--{name}", action="append", default=[], metavar=name.upper(), help=words)
    for name, words in NUMBERS.items():
        choosing.add_argument(f"--{name}", type=whole_number, default=None, metavar="N", help=words)
    choosing.add_argument("--order", metavar="ORDER", help="weakest, mixed, deck, oldest or due first")
    choosing.add_argument("--answers", metavar="WHEN", help="each: told after each; end: told at the end")
    choosing.add_argument("--practice", action="store_true", help="the schedule stays as it is")
    choosing.add_argument("--saved", metavar="NAME", help="what was saved under this name")
    choosing.add_argument("--save", metavar="NAME", help="save what is chosen here under this name, and study it")
    choosing.add_argument("--list-saved", action="store_true", help="list what is saved")
    choosing.add_argument("--remove", metavar="NAME", help="save this no longer")


def tell_apart(given: Iterable[str]) -> tuple[list[str], list[str]]:
    """Return the lines of a query among what was given, as in 'is:wrong foot', and the names of decks and paths."""
    from sciaquiz.study.querying import FIELD, WORD

    lines: list[str] = []
    names: list[str] = []
    for each in given:
        is_line = any(FIELD.match(found[0].removeprefix("-")) for found in WORD.finditer(each))
        (lines if is_line else names).append(each)
    return lines, names


def is_choosing(options: argparse.Namespace, lines: Sequence[str]) -> bool:
    """Say whether the options choose questions instead of the work of the day."""
    single = ("order", "answers", "practice", "saved", "save", *VALUES, *NUMBERS)
    return bool(lines) or any(getattr(options, name) not in (None, False, []) for name in single)


def choice_of(workspace: Workspace, options: argparse.Namespace, decks: Sequence[str], lines: Sequence[str]) -> Choice:
    """Return what the options choose. Raises SciaquizError for what means nothing, or where no question matches."""
    from sciaquiz.settings.choices import no_such_choice, read_choices, save_choice
    from sciaquiz.sittings import choosing
    from sciaquiz.study.choice import parse_choice
    from sciaquiz.view.choices import none_match

    words = list(lines)
    if options.saved is not None:
        known = read_choices(workspace.paths.choices)
        if options.saved not in known.by_name:
            raise SciaquizError(no_such_choice(options.saved, known))
        words.insert(0, known.by_name[options.saved])
    words += _words(options, decks)
    _bring_up(workspace)
    found = choosing(workspace)
    parsed = parse_choice(" ".join(words), found.matching.vocabulary())
    if parsed.faults:
        raise SciaquizError("\n".join(fault.message for fault in parsed.faults))
    if not found.total(parsed.choice):
        raise SciaquizError(none_match(parsed.choice, found.total))
    if options.save is not None:
        save_choice(workspace.paths.choices, options.save, str(parsed.choice))
    return parsed.choice


def _bring_up(workspace: Workspace) -> None:
    """Let the catalogue know what the journal has; it is opened for writing only where nothing else will do."""
    from sciaquiz.store.queries import read_snapshot

    path = workspace.paths.journal
    if read_snapshot(path, workspace.clock.now().study_day, workspace.catalogue.mirror) is None and path.exists():
        workspace.snapshot()


def tell_saved(workspace: Workspace, options: argparse.Namespace) -> int:
    """Save one no longer, if one is named, and list what is saved."""
    from sciaquiz.settings.choices import read_choices, remove_choice

    path = workspace.paths.choices
    known = read_choices(path) if options.remove is None else remove_choice(path, options.remove)
    if options.remove is not None:
        say(f"Removed: {options.remove}")
    for name, line in known.by_name.items():
        say(f"{name}: {line or 'every question'}")
    if not known.by_name:
        say("Nothing is saved. To save what you choose, add: --save NAME")
    return 0


def _words(options: argparse.Namespace, decks: Sequence[str]) -> Iterable[str]:
    if decks:
        yield f"deck:{_listed(decks)}"
    for name in VALUES:
        if values := getattr(options, name):
            yield f"{WORD_OF.get(name, name)}:{_listed(part for value in values for part in value.split(','))}"
    for name in NUMBERS:
        if (number := getattr(options, name)) is not None:
            yield f"{WORD_OF.get(name, name)}:{number}"
    if options.limit and options.number is None:
        yield f"n:{options.limit}"
    if options.minutes:
        yield f"minutes:{options.minutes}"
    if options.order is not None:
        yield f'order:"{_bare(options.order)}"'
    if options.answers is not None:
        yield f'answers:"{_bare(options.answers)}"'
    if options.practice:
        yield "schedule:stays"


def _listed(values: Iterable[str]) -> str:
    return ",".join(f'"{_bare(value)}"' for value in values)


def _bare(value: str) -> str:
    return value.replace('"', "")
