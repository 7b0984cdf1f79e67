"""What a sitting hands over, turn by turn: a card that is shown, what an answer came to, and why it is over."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.journal.entries import Mode
from sciaquiz.memory.schedule import preview

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Card
    from sciaquiz.ids import CardId, EntryId, OptionId
    from sciaquiz.journal.entries import Act, Answer, CardState, Progress, Rating
    from sciaquiz.marking.marked import Marked
    from sciaquiz.marking.rating import Verdict
    from sciaquiz.marking.response import Response
    from sciaquiz.memory.fuzz import Spreads
    from sciaquiz.memory.policy import Policy


LATE = "That took longer than the time you set. It counts all the same."


class Chosen(Struct, frozen=True):
    """Cards that a sitting asks instead of the day's work, in this order, whenever they are due.

    With `comes_back`, those that come to a step within the day are asked again. With `at_the_end` nothing is said of an
    answer before the last is given. `seconds` is what an answer may take, 0 for any time: nothing is cut off after it.
    """

    cards: tuple[CardId, ...]
    mode: Mode = Mode.STUDY
    comes_back: bool = False
    at_the_end: bool = False
    seconds: int = 0


class Shown(Struct, frozen=True, kw_only=True):
    """A card on the screen. `answer_id` is made at that moment, so that keeping its answer twice counts once.

    `spreads` are chosen then as well, so that what is said of each rating is what is kept.
    """

    card: Card
    answer_id: EntryId
    moment: Moment
    order: tuple[OptionId, ...]
    before: CardState
    policy: Policy
    spreads: Spreads = ()

    @property
    def previews(self) -> Mapping[Rating, Progress]:
        """What each rating would lead to."""
        return preview(self.before.progress, self.card.id, self.moment, self.policy, self.spreads)


class End(StrEnum):
    """Why a sitting is over."""

    NOTHING_LEFT = "nothing left"
    CARDS = "the number of cards you set is reached"
    MINUTES = "the minutes you set are over"


class Over(Struct, frozen=True):
    """There is no next card. `next_step` is when a card on a learning step comes back, if one does today."""

    reason: End
    next_step: datetime | None = None
    waiting: int = 0


class Outcome(Struct, frozen=True, kw_only=True):
    """What an answer came to. `predicted` is the progress that the journal will confirm, unless it was practice.

    `followed` are the acts that the answer brings with it: the journal keeps them together with it. `is_late` says that
    it took longer than the student wanted.
    """

    shown: Shown
    response: Response
    answer: Answer
    marked: Marked
    verdict: Verdict
    predicted: Progress
    leech: bool
    followed: tuple[Act, ...] = ()
    is_late: bool = False

    @property
    def is_practice(self) -> bool:
        """Whether the schedule stays as it is."""
        return not self.answer.schedules
