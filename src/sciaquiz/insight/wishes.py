"""What is told of a wish for retention: what each costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from sciaquiz.deck.model import Deck
    from sciaquiz.journal.costs import Costs
    from sciaquiz.memory.simulation import Coming


class Wish(Struct, frozen=True):
    """A retention, and what 90 days bring with it."""

    retention: float
    coming: Coming


class Wishes(Struct, frozen=True, kw_only=True):
    """What each wish costs. `now` is the one in force; `cards` are those that come, `played` those played out.

    `floor` is what must not be missed is asked for at least, 0 where there is nothing of that.
    """

    wishes: tuple[Wish, ...]
    now: float
    cards: int
    played: int
    costs: Costs
    floor: float
    deck: Deck | None = None
