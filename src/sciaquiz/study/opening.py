"""Opening a sitting over some decks, with the settings and the journal of a workspace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from sciaquiz.study.danger import dangers
from sciaquiz.study.pace import Pace
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.today import Reads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.model import Deck
    from sciaquiz.ids import CardId
    from sciaquiz.study.drill import Drill
    from sciaquiz.workspace import Workspace


class Seen(Reads, Protocol):
    """What a sitting starts from; the journal gives it, and so does a glance at it."""

    def right_latencies(self) -> tuple[tuple[CardId, str, int], ...]:
        """Return card, kind and milliseconds of the latest right answers, newest first."""
        ...


def open_sitting(
    workspace: Workspace, decks: Iterable[Deck], journal: Seen, *, card_limit: int = 0, minute_limit: int = 0
) -> Sitting:
    """Return a sitting over the cards of these decks; a limit of 0 means the one in the settings."""
    now = workspace.clock.now()
    cards = [card for deck in decks for card in deck.cards()]
    return Sitting(
        cards,
        journal.states(),
        policy_for=workspace.policy_for,
        limits=workspace.limits,
        now=now,
        tally=journal.tally(now.study_day),
        pace=Pace.of(journal.right_latencies(), {card.id: card.question for card in cards}),
        lexicon=lambda: workspace.lexicon,
        unsafe={card_id: case.due for card_id, case in dangers(cards, journal.telling_answers()).items()},
        card_limit=card_limit or workspace.settings.sitting_cards,
        minute_limit=minute_limit or workspace.settings.sitting_minutes,
        leech_lapses=workspace.settings.leech_lapses,
        suspends_leeches=workspace.settings.leech_action == "suspend",
    )


def open_drill(workspace: Workspace, drill: Drill, journal: Seen) -> Sitting:
    """Return a sitting over the cards of a contrast drill: one of each side in turn, whenever they are due."""
    now = workspace.clock.now()
    return Sitting(
        drill.cards,
        journal.states(),
        policy_for=workspace.policy_for,
        limits=workspace.limits,
        now=now,
        tally=journal.tally(now.study_day),
        lexicon=lambda: workspace.lexicon,
        leech_lapses=workspace.settings.leech_lapses,
        suspends_leeches=workspace.settings.leech_action == "suspend",
        drill=[card.id for card in drill.cards],
    )
