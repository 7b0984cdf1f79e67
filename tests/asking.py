"""Asking cards of the showcase deck in the app, one after the other, and what the journal has of the answers."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

from drawn import settled
from sciaquiz.deck.library import read_library
from sciaquiz.memory.policy import Policy
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.sitting import Sitting
from sciaquiz.tui.screens.study import StudyScreen

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from sciaquiz.deck.model import Card
    from sciaquiz.ids import CardId
    from sciaquiz.journal.entries import Review
    from sciaquiz.study.turns import Shown
    from sciaquiz.tui.app import SciaquizApp

SHOWCASE = Path(__file__).parent / "decks" / "showcase" / "deck.toml"
DECK = read_library([SHOWCASE]).decks[0]


def typed(text: str) -> list[str]:
    return [{" ": "space"}.get(letter, letter) for letter in text]


async def ask(app: SciaquizApp, pilot: Pilot[None], *cards: Card) -> Shown:
    """Open a sitting of these cards in this order, the same each time."""
    await settled(pilot)
    sitting = Sitting(
        CardPool(cards, {}),
        policy_for=lambda _: Policy(),
        limits=Limits(9, 9),
        now=app.workspace.clock.now(),
        lexicon=lambda: app.workspace.lexicon,
        random=Random(4),
    )
    app.start_sitting(sitting, [DECK])
    await settled(pilot)
    screen = app.screen
    assert isinstance(screen, StudyScreen)
    assert screen._shown is not None
    return screen._shown


def review_of(app: SciaquizApp, card_id: CardId) -> Review:
    [found] = app.workspace.journal.history(card_id)[0]
    return found


def review_count(app: SciaquizApp, card_id: CardId) -> int:
    return len(app.workspace.journal.history(card_id)[0])
