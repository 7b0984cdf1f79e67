"""`sciaquiz why`: when a card comes back, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.cli.arguments import add_places
from sciaquiz.cli.console import say
from sciaquiz.cli.opening import open_workspace

if TYPE_CHECKING:
    import argparse

    from sciaquiz.workspace import Workspace


def declare(parser: argparse.ArgumentParser) -> None:
    """Add what the command can be given."""
    parser.add_argument("card", metavar="CARD", help="a card's id")
    add_places(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Explain the schedule of one card."""
    from sciaquiz.cli.finding import card_id_of, cards_of, refuse_card
    from sciaquiz.journal.entries import CardState
    from sciaquiz.memory.explain import explain_card
    from sciaquiz.plain.asking import asked_in_a_line
    from sciaquiz.view.reasons import lines

    with open_workspace(options.places) as workspace:
        card = cards_of(workspace).get(card_id_of(workspace, options.card)) or refuse_card(workspace, options.card)
        journal = workspace.journal
        reviews, events = journal.history(card.id)
        state = journal.state(card.id) or CardState(card_id=card.id)
        say(asked_in_a_line(card))
        policy = workspace.policy_for(card.question)
        reasons = explain_card(
            state, reviews, events, workspace.clock.now(), policy, journal.policies(), workspace.load(), workspace.fits
        )
        crowded, minutes = _crowd(workspace)
        for line in lines(reasons, crowded=crowded, minutes=minutes):
            say(line)
    return 0


def _crowd(workspace: Workspace) -> tuple[bool, int]:
    """Say whether more is due than today holds, and the minutes if these are why."""
    from sciaquiz.study.budget import full_minutes
    from sciaquiz.study.today import today

    pool, seen = workspace.pool(workspace.library.decks), workspace.snapshot()
    limits = workspace.limits_on(seen)
    work = today(pool, seen, workspace.clock.now().study_day, limits).work
    return work.beyond > 0, full_minutes(work, limits)
