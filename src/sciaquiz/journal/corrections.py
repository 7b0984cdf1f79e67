"""A corrected key, as what is told of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from datetime import date

    from sciaquiz.ids import CardId


class Corrected(Struct, frozen=True):
    """A card whose key was corrected on a study day; `before` is what had been right, empty where that is not kept."""

    card_id: CardId
    day: date
    before: str
