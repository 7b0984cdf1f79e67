"""What can be done when all of today is done, and after a break: told by `decks`, chosen before a sitting in lines."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from sciaquiz.cli.console import say, standard_input, warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sciaquiz.deck.model import Deck
    from sciaquiz.insight.overview import Overview
    from sciaquiz.insight.ways import Offer
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.study.sitting import Sitting
    from sciaquiz.workspace import Workspace


def offered(
    workspace: Workspace, decks: Sequence[Deck], seen: Overview, snapshot: Snapshot
) -> tuple[Iterable[str], Sequence[Offer], bool]:
    """Return the lines that tell what can be done, the ways to choose from, and whether one has to be chosen.

    Nothing is offered while ordinary work waits.
    """
    from sciaquiz.insight import beside
    from sciaquiz.insight.ways import MOCK, OWN
    from sciaquiz.plain.ways import break_lines, done_lines
    from sciaquiz.study.drill import drills

    if (back := beside.comeback(workspace, decks, seen, snapshot)) is not None:
        return break_lines(seen, back), back.offers, True
    if seen.last_day is None or seen.due or seen.new:
        return (), (), False
    journal, today = workspace.journal, workspace.clock.now().study_day
    doings = beside.doings_in(journal, today)
    held = sum(drill.is_ready for drill in drills(decks, workspace.ledger(decks, journal), snapshot.states))
    offers = [offer for offer in beside.ways(workspace, seen, doings, held) if offer not in (MOCK, OWN)]
    return done_lines(seen, beside.last_seven(doings, today)[0], offers), offers, False


def chosen_sitting(workspace: Workspace, decks: Sequence[Deck], snapshot: Snapshot) -> Sitting | None:
    """Ask how to go on after a break, or when all is done; None for the sitting of any other day."""
    from sciaquiz.insight.overview import overview_of
    from sciaquiz.plain.ways import asked_way

    told, offers, is_needed = offered(workspace, decks, overview_of(workspace, decks, snapshot), snapshot)
    if not offers:
        return None
    for line in told:
        say(line)
    offer = asked_way(offers, standard_input(), sys.stdout, say, default=1 if is_needed else 0)
    return None if offer is None else _sitting_of(workspace, decks, snapshot, offer)


def _sitting_of(workspace: Workspace, decks: Sequence[Deck], snapshot: Snapshot, offer: Offer) -> Sitting | None:
    from sciaquiz.insight.ways import CATCH_UP
    from sciaquiz.settings.file import write_setting
    from sciaquiz.settings.values import SettingError
    from sciaquiz.sittings import open_choice, open_drill
    from sciaquiz.study.drill import drills
    from sciaquiz.view.choices import beginning_words

    if offer.choice is None:
        ready = next(
            drill for drill in drills(decks, workspace.ledger(decks, workspace.journal), snapshot.states)
            if drill.is_ready
        )  # fmt: skip
        say(f"{ready.sides[0].name} or {ready.sides[1].name}. {ready.discriminator}")
        return open_drill(workspace, ready, snapshot)
    if offer.says:
        say(offer.says)
    if offer.plan is not None and offer.plan.per_day is not None:
        try:
            workspace.apply(write_setting(workspace.paths.settings, CATCH_UP, offer.plan.per_day))
        except (SettingError, OSError) as error:
            warn(f"sciaquiz: {CATCH_UP.title} {error}")
    sitting = open_choice(workspace, offer.choice, snapshot)
    say(beginning_words(offer.choice, sitting.left))
    return sitting
