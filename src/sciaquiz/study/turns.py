"""What a sitting hands over, turn by turn: a card that is shown, what an answer came to, and why it is over."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sciaquiz.memory.schedule import preview

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Card
    from sciaquiz.ids import EntryId, OptionId
    from sciaquiz.journal.entries import Act, Answer, CardState, Progress, Rating
    from sciaquiz.marking.marked import Marked
    from sciaquiz.marking.rating import Verdict
    from sciaquiz.marking.response import Response
    from sciaquiz.memory.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A card on the screen. `answer_id` is made at that moment, so that keeping its answer twice counts once."""

    card: Card
    answer_id: EntryId
    moment: Moment
    order: tuple[OptionId, ...]
    before: CardState
    policy: Policy

    @property
    def previews(self) -> Mapping[Rating, Progress]:
        """What each rating would lead to."""
        return preview(self.before.progress, self.card.id, self.moment, self.policy)


class End(StrEnum):
    """Why a sitting is over."""

    NOTHING_LEFT = "nothing left"
    CARDS = "the number of cards you set is reached"
    MINUTES = "the minutes you set are over"


@dataclass(frozen=True, slots=True)
class Over:
    """There is no next card. `next_step` is when a card on a learning step comes back, if one does today."""

    reason: End
    next_step: datetime | None = None
    waiting: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an answer came to. `predicted` is the progress that the journal will confirm.

    `followed` are the acts that the answer brings with it: the journal keeps them together with it.
    """

    shown: Shown
    response: Response
    answer: Answer
    marked: Marked
    verdict: Verdict
    predicted: Progress
    leech: bool
    followed: tuple[Act, ...] = ()
