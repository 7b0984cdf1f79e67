"""What a wish for retention costs: the student's own cards played out for 90 days, at each of several wishes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sciaquiz.catalogue.playing import cards_to_come
from sciaquiz.deck.model import Safety
from sciaquiz.insight.wishes import Wish, Wishes
from sciaquiz.memory.model import SIX
from sciaquiz.memory.policies import desired_retention
from sciaquiz.memory.simulation import Played, simulate
from sciaquiz.study.today import costs_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.ids import DeckId
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.settings import Settings
    from sciaquiz.workspace import Workspace

LEVELS = (0.80, 0.85, 0.90, 0.92, 0.94, 0.95, 0.96, 0.97)
DAYS = 90
MOST_PLAYED = 1000
MOST_PLAYED_BY_SEVEN = 300
"""Of more cards than this only so many are played out, spread over all: the interval of FSRS-7 has to be searched."""
IN_GENERAL = "desired_retention"


def wishes(workspace: Workspace, snapshot: Snapshot, deck: Deck | None = None, name: str = IN_GENERAL) -> Wishes:
    """Play out the cards of a deck at each wish for it, or those of all decks at each value of a setting.

    A wish of a question, or one of a deck where it wins over that setting, stays as it is. Raises StoreError.
    """
    settings, today = workspace.settings, workspace.clock.now().study_day
    waiting = cards_to_come(workspace.catalogue, today, settings.new_per_day)
    mine = [card for card in waiting if deck is None or card.deck_id == deck.id]
    most = MOST_PLAYED if snapshot.fits.model == SIX else MOST_PLAYED_BY_SEVEN
    step = -(-len(mine) // most) or 1
    found = [(card, workspace.catalogue.card(card.card_id)) for card in mine[::step]]
    chosen = [(card, asked.question) for card, asked in found if asked is not None]
    times = len(mine) / len(chosen) if chosen else 1.0
    decks = {each.id: each for each in workspace.library.decks}
    costs, now = costs_of(snapshot.habits()), wanted_now(settings, deck, name)
    told = []
    for level in sorted({*LEVELS, now}):
        at = with_wish(settings, deck, name, level)
        cards = [
            Played(card.card_id, card.memory, card.elapsed, card.due_in, _wanted(question, decks, at))
            for card, question in chosen
        ]
        coming = simulate(cards, snapshot.fits, costs, days=DAYS, longest=settings.maximum_interval)
        told.append(Wish(level, coming.times(times)))
    return Wishes(
        wishes=tuple(told),
        now=now,
        cards=len(mine),
        played=len(chosen),
        costs=costs,
        floor=settings.must_not_miss_retention if name == IN_GENERAL and _has_danger(chosen) else 0.0,
        deck=deck,
    )


def wishes_by_deck(workspace: Workspace, snapshot: Snapshot, most: int) -> list[Wishes]:
    """Play out each of the first decks at each wish for it. Raises StoreError."""
    return [wishes(workspace, snapshot, deck) for deck in workspace.library.decks[:most]]


def wanted_now(settings: Settings, deck: Deck | None, name: str) -> float:
    """Return the wish in force."""
    if deck is None:
        value: float = getattr(settings, name)
        return value
    return settings.deck_retention.get(deck.id) or deck.desired_retention or settings.desired_retention


def with_wish(settings: Settings, deck: Deck | None, name: str, level: float) -> Settings:
    """Return the settings with another wish for a deck, or another value of a setting."""
    if deck is None:
        changed: dict[str, Any] = {name: level}
        return replace(settings, **changed)
    return replace(settings, deck_retention={**settings.deck_retention, deck.id: level})


def _wanted(question: Question, decks: dict[DeckId, Deck], settings: Settings) -> float:
    return desired_retention(question, decks.get(question.deck_id), settings)


def _has_danger(chosen: Sequence[tuple[object, Question]]) -> bool:
    return any(question.safety is Safety.MUST_NOT_MISS for _, question in chosen)
