"""The invented student of the demo, for screenshots: single best answers alone, since the walks answer by a letter."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import TYPE_CHECKING

from sciaquiz.deck.kinds import SingleBestAnswer
from sciaquiz.demo.student import Habits
from sciaquiz.demo.year import live as live_through

if TYPE_CHECKING:
    from sciaquiz.workspace import Workspace

CAREFUL = Habits(unknown=(0.7, 0.3, 0.0), slips=0.0, firm=0.0)
"""Of a student who is never certain of what is wrong, so that nothing becomes unsafe."""


def live(workspace: Workspace, *, days: int, new_per_day: int = 4, seed: int = 1, habits: Habits | None = None) -> int:
    """Study on most of the last `days` days, up to yesterday; returns the count of answers."""
    decks = workspace.library.decks
    cards = [card for deck in decks for card in deck.cards() if isinstance(card.question, SingleBestAnswer)]
    Random(seed).shuffle(cards)
    lived = live_through(
        workspace.paths.journal, decks, replace(workspace.settings, new_per_day=new_per_day), workspace.clock.now(),
        days=days, seed=seed, habits=habits, cards=cards, studies_today=False,
    )  # fmt: skip
    return lived.answers
