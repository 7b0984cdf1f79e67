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
    from sciaquiz.cli.finding import cards_of, refuse_card
    from sciaquiz.journal.entries import CardState
    from sciaquiz.memory.explain import explain_card
    from sciaquiz.plain.asking import asked_in_a_line
    from sciaquiz.view.reasons import lines

    with open_workspace(options.places) as workspace:
        card = cards_of(workspace).get(options.card) or refuse_card(workspace, options.card)
        journal = workspace.journal
        reviews, events = journal.history(card.id)
        state = journal.state(card.id) or CardState(card_id=card.id)
        say(asked_in_a_line(card))
        policy = workspace.policy_for(card.question)
        reasons = explain_card(
            state, reviews, events, workspace.clock.now(), policy, journal.policies(), workspace.load(), workspace.fits
        )
        for line in lines(reasons, crowded=_is_crowded(workspace)):
            say(line)
    return 0


def _is_crowded(workspace: Workspace) -> bool:
    """Say whether more is due than today holds."""
    from sciaquiz.study.today import today

    pool, seen = workspace.pool(workspace.library.decks), workspace.snapshot()
    return today(pool, seen, workspace.clock.now().study_day, workspace.limits_on(seen)).work.beyond > 0
