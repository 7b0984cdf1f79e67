"""`sciaquiz plan`: planned breaks, and what they do today."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.console import say
from sciaquiz.cli.opening import open_workspace
from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    import argparse

    from sciaquiz.workspace import Workspace

PLANNING = "sciaquiz plan break 2026-12-20 2027-01-03"
REMOVING = "sciaquiz plan break remove 2026-12-20"
LISTING = "To see those that are planned: sciaquiz plan"


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("what", nargs="?", choices=["break"], help="plan a break, or remove one; else list them")
    parser.add_argument("days", nargs="*", metavar="DAY", help="FROM TO, its first and last day; or: remove FROM")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List the planned breaks, plan one, or remove one."""
    with open_workspace() as workspace:
        if options.days:
            _change(workspace, options.days)
        for line in _lines(workspace):
            say(line)
    return 0


def _change(workspace: Workspace, days: list[str]) -> None:
    from sciaquiz.settings.dayvalues import days_of_break

    planned = workspace.settings.breaks
    match days:
        case ["remove", first]:
            left = tuple(said for said in planned if not said.startswith(f"{first}/"))
            if left == planned:
                raise SciaquizError(f"no planned break begins on {first}. {LISTING}")
            _keep(workspace, left)
        case ["remove", *_]:
            raise SciaquizError(f"which break is to go? Name its first day: {REMOVING}. {LISTING}")
        case _:
            said = "/".join(days)
            try:
                days_of_break(said)
            except ValueError as error:
                raise SciaquizError(f"{error}. To plan a break: {PLANNING}") from None
            _keep(workspace, (*planned, said))


def _keep(workspace: Workspace, breaks: tuple[str, ...]) -> None:
    from sciaquiz.settings import SPECS
    from sciaquiz.settings.file import write_setting

    [spec] = [spec for spec in SPECS if spec.name == "breaks"]
    workspace.apply(write_setting(workspace.paths.settings, spec, breaks))


def _lines(workspace: Workspace) -> list[str]:
    from sciaquiz.insight.overview import overview_of
    from sciaquiz.study.days import breaks_of
    from sciaquiz.words import count, weekday_words

    planned, today = breaks_of(workspace.settings), workspace.clock.now().study_day
    if not planned:
        return [f"No break is planned. To plan one: {PLANNING}"]
    told = []
    for each in planned:
        over = ", over" if each.last < today else ", now" if each.first <= today else ""
        days = count((each.last - each.first).days + 1, "day")
        words = f"{weekday_words(each.first)} to {weekday_words(each.last)}"
        told.append(f"{each.first} to {each.last}  {words}, {days}{over}")
    seen = overview_of(workspace, workspace.library.decks, workspace.snapshot())
    return [*told, *(seen.plan or ["They change nothing today."])]
