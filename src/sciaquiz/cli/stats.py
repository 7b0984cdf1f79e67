"""`sciaquiz stats`: what was done and how well it is remembered, as text, JSON or a page."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

from sciaquiz.cli.arguments import add_json
from sciaquiz.cli.console import say, say_json
from sciaquiz.cli.opening import open_workspace
from sciaquiz.errors import SciaquizError
from sciaquiz.words import count, percent

if TYPE_CHECKING:
    import argparse
    from collections.abc import Mapping

    from sciaquiz.insight.scope import Scope
    from sciaquiz.workspace import Workspace

PERIODS = ("7", "30", "90", "all")
PATIENCE = 1.0
"""Seconds after which a look at all answers is told of."""


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--deck", metavar="DECK", help="of one deck alone")
    scope.add_argument("--topic", metavar="TOPIC", help="of one topic alone")
    scope.add_argument("--kind", metavar="KIND", help="of one kind of question alone")
    parser.add_argument("--period", choices=PERIODS, default="30", help="of so many days up to today (30)")
    add_json(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show the statistics."""
    from sciaquiz.insight.plainly import statistics
    from sciaquiz.insight.scope import Period
    from sciaquiz.insight.statistics import report_of
    from sciaquiz.plain.statistics import lines

    period = Period(0 if options.period == "all" else int(options.period))
    with open_workspace() as workspace:
        assert workspace.journal  # noqa: S101 -- opened, and made if there was none
        scope = _scope(workspace, options)
        report = report_of(workspace, scope, period, Telling())
        told = statistics(workspace, report)
    if options.json:
        say_json(told)
        return 0
    for line in [*_all_days(told), *(["", *lines(report)] if told["answers"] else [])]:
        say(line)
    return 0


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
            words = f"{percent(kept['share'])} of {kept['answers']} (you asked for {percent(wanted)})"
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
