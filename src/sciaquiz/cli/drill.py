"""`sciaquiz drill`: what was mixed up, and a drill of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.console import say
from sciaquiz.cli.opening import open_workspace

if TYPE_CHECKING:
    import argparse


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("--list", action="store_true", help="only list")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """List what was mixed up, and hold the first drill that can be held."""
    from sciaquiz.cli.plainly import hold_plainly
    from sciaquiz.sittings import open_drill
    from sciaquiz.study.drill import drills
    from sciaquiz.words import times

    with open_workspace() as workspace:
        decks, journal = workspace.library.decks, workspace.journal
        seen = workspace.snapshot()
        found = drills(decks, workspace.ledger(decks, journal), seen.states)
        if not found:
            say("Nothing is mixed up now.")
        for drill in found:
            one, other = drill.sides
            waits = "" if drill.is_ready else "; still being learned"
            say(f"{one.name} and {other.name}: {times(drill.confusion.count)}{waits}")
        ready = next((drill for drill in found if drill.is_ready), None)
        if ready is None or options.list:
            return 0
        say(f"\n{ready.sides[0].name} or {ready.sides[1].name}. {ready.discriminator}\n")
        return hold_plainly(workspace, decks, open_drill(workspace, ready, seen))
