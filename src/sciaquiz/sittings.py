"""Opening a sitting over some decks, with the settings of a workspace and a snapshot of its journal."""

from __future__ import annotations

from functools import cache, partial
from typing import TYPE_CHECKING

from sciaquiz.journal.snapshot import Habits
from sciaquiz.store.errors import StoreError
from sciaquiz.study.danger import dangers
from sciaquiz.study.pace import Pace
from sciaquiz.study.pool import CardPool
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.today import ranking_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sciaquiz.deck.model import Deck
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.study.drill import Drill
    from sciaquiz.workspace import Workspace


def open_sitting(
    workspace: Workspace, decks: Iterable[Deck], snapshot: Snapshot, *, card_limit: int = 0, minute_limit: int = 0
) -> Sitting:
    """Return a sitting over the cards of these decks; a limit of 0 means the one in the settings."""
    now = workspace.clock.now()
    pool = workspace.pool(decks)
    habits = partial(_habits_in, snapshot)
    return Sitting(
        pool,
        policy_for=workspace.policy_for,
        limits=workspace.limits,
        now=now,
        tally=snapshot.tally(now.study_day),
        pace=cache(lambda: Pace.of(habits().right_answers, pool)),
        lexicon=lambda: workspace.lexicon,
        unsafe={card_id: case.due for card_id, case in dangers(pool).items()},
        ranking=partial(ranking_of, habits),
        card_limit=card_limit or workspace.settings.sitting_cards,
        minute_limit=minute_limit or workspace.settings.sitting_minutes,
        leech_lapses=workspace.settings.leech_lapses,
        suspends_leeches=workspace.settings.leech_action == "suspend",
    )


def open_drill(workspace: Workspace, drill: Drill, snapshot: Snapshot) -> Sitting:
    """Return a sitting over the cards of a contrast drill: one of each side in turn, whenever they are due."""
    now = workspace.clock.now()
    return Sitting(
        CardPool(drill.cards, snapshot.states),
        policy_for=workspace.policy_for,
        limits=workspace.limits,
        now=now,
        tally=snapshot.tally(now.study_day),
        lexicon=lambda: workspace.lexicon,
        leech_lapses=workspace.settings.leech_lapses,
        suspends_leeches=workspace.settings.leech_action == "suspend",
        drill=[card.id for card in drill.cards],
    )


def _habits_in(snapshot: Snapshot) -> Habits:
    """Return how the student has studied; nothing where the journal cannot be read, since an answer may wait for it."""
    try:
        return snapshot.habits()
    except StoreError:
        return Habits()
