"""`sciaquiz stats`: what was done and how well it is remembered, as text, JSON or a page."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sciaquiz.cli.console import say, say_json
from sciaquiz.cli.opening import open_workspace
from sciaquiz.deck.files import read_file, write_whole
from sciaquiz.errors import SciaquizError
from sciaquiz.text import path_words
from sciaquiz.words import count, percent

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from sciaquiz.insight.scope import Scope
    from sciaquiz.workspace import Workspace

PERIODS = ("7", "30", "90", "all")
FIRST_BYTES = 1000
"""Of a page, within which it says that it is one."""
PATIENCE = 1.0
"""Seconds after which a look at all answers is told of."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--deck", metavar="DECK", help="of one deck alone")
    scope.add_argument("--topic", metavar="TOPIC", help="of one topic alone")
    scope.add_argument("--kind", metavar="KIND", help="of one kind of question alone")
    parser.add_argument("--period", choices=PERIODS, default="30", help="of so many days up to today (30)")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="as JSON")
    form.add_argument("--html", type=Path, metavar="FILE", help="as a page for a browser; - for standard output")
    parser.add_argument("--force", action="store_true", help="write FILE in place of a file that is no such page")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show the statistics."""
    from sciaquiz.insight.plainly import statistics
    from sciaquiz.insight.scope import Period
    from sciaquiz.insight.statistics import report_of
    from sciaquiz.plain.statistics import lines

    page: Path | None = options.html
    if page is not None and not options.force:
        _refuse_another(page)
    period = Period(0 if options.period == "all" else int(options.period))
    with open_workspace() as workspace:
        assert workspace.journal  # noqa: S101 -- opened, and made if there was none
        scope = _scope(workspace, options)
        report, now = report_of(workspace, scope, period, Telling()), workspace.clock.now()
        told = {} if page else statistics(workspace, report)
    if page is not None:
        from sciaquiz.webpage.page import page_of

        _write(page, page_of(report, now))
        return 0
    if options.json:
        say_json(told)
        return 0
    for line in [*_all_days(told), *(["", *lines(report)] if told["answers"] else [])]:
        say(line)
    return 0


def _refuse_another(file: Path) -> None:
    """Raise SciaquizError where a file stands that is not such a page."""
    from sciaquiz.webpage.page import MARK

    if str(file) == "-":
        return
    try:
        is_ours = MARK.encode() in read_file(file, FIRST_BYTES)
    except FileNotFoundError:
        return
    except OSError as error:
        raise _cannot_write(file, error) from None
    if not is_ours:
        raise SciaquizError(
            f"{path_words(file)}: another file stands there, and was left as it is. Name a new one, or add --force."
        )


def _write(file: Path, page: str) -> None:
    """Write the page, all of it or nothing, and say where. Raises SciaquizError."""
    if str(file) == "-":
        sys.stdout.write(page)
        return
    try:
        write_whole(file, page.encode())
    except OSError as error:
        raise _cannot_write(file, error) from None
    say(f"Written to {path_words(file)}. Open it in a browser; it prints as well.")


def _cannot_write(file: Path, error: OSError) -> SciaquizError:
    return SciaquizError(f"{path_words(file)}: cannot be written ({error.strerror}). Nothing was changed.")


def _all_days(told: Mapping[str, Any]) -> list[str]:
    """Return the figures of all days and of today in lines."""
    answers, wanted = told["answers"], told["desired_retention"]
    if not answers:
        return ["No answers yet. Begin with: sciaquiz study"]
    found = [
        f"{count(answers, 'answer')} on {count(told['days_studied'], 'day')}, {percent(told['right'] / answers)} right",
        f"{count(told['streak_days'], 'day')} in a row, {count(told['answered_today'], 'answer')} today",
        f"{told['due']} due and {told['new_today']} new today",
        *told["limit"],
    ]
    for days in (30, 365):
        kept, words = told["true_retention"][f"last_{days}_days"], "no reviews yet"
        if kept["answers"]:
            answers = count(kept["answers"], "first answer")
            words = f"{percent(kept['share'])} of {answers} of a day past learning, in drills too"
            words += f" (you asked for {percent(wanted)})"
        found.append(f"True retention, {days} days: {words}")
    return found


def _scope(workspace: Workspace, options: argparse.Namespace) -> Scope:
    """Return what is meant. Raises SciaquizError, which names what may be meant instead."""
    from sciaquiz.insight.lists import matching_of
    from sciaquiz.insight.scope import EVERYTHING, Scope
    from sciaquiz.study.query import Field
    from sciaquiz.study.querying import parse

    assert workspace.library  # noqa: S101 -- the decks are read
    for field in (Field.DECK, Field.TOPIC, Field.KIND):
        if said := getattr(options, field.value):
            parsed = parse(f'{field}:"{said.replace(chr(34), "")}"', matching_of(workspace).vocabulary())
            if parsed.faults:
                raise SciaquizError(parsed.faults[0].message)
            values = parsed.query.ticked(field)
            if len(values) == 1:
                return Scope(field, values[0])
            raise SciaquizError(f"Name one {field}, not “{said}”.")
    return EVERYTHING


class Telling:
    """Tells on a terminal how far the first look at all answers has come, once it takes long."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    def __call__(self, done: int, of: int) -> None:
        """Tell of so many questions, and of how many."""
        if sys.stderr.isatty() and time.monotonic() - self._begun > PATIENCE:
            sys.stderr.write(f"\rLooking at all answers: {done} of {count(of, 'card')} \r")
            sys.stderr.flush()
