"""Past sittings: none is stored; a sitting is where the answers of one device lie close together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.journal.entries import Certainty, Mode

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import timedelta

    from sciaquiz.clock import Moment
    from sciaquiz.ids import CardId, DeckId, DeviceId
    from sciaquiz.journal.entries import Review

GAP_MINUTES = 30
"""Two answers of one device belong to one sitting if no more than this lies between them."""

SittingKey = tuple[int, str]
"""When a sitting began, in milliseconds since 1970, and on which device: its place in the list, newest first."""


class PastSitting(Struct, frozen=True):
    """The answers of a sitting that count, oldest first; there is at least one."""

    key: SittingKey
    answers: tuple[Review, ...]

    @property
    def began(self) -> Moment:
        """When its first answer was given."""
        return self.answers[0].moment

    @property
    def device_id(self) -> DeviceId:
        """Where it was held."""
        return self.answers[0].device_id

    @property
    def lasted(self) -> timedelta:
        """The time from its first answer to its last."""
        return self.answers[-1].moment.instant - self.began.instant

    @property
    def right(self) -> int:
        """How many answers were right, guesses too."""
        return sum(answer.correct for answer in self.answers)

    @property
    def certain_and_wrong(self) -> int:
        """How many answers were wrong and certain."""
        return sum(not answer.correct and answer.certainty is Certainty.CERTAIN for answer in self.answers)

    @property
    def decks(self) -> tuple[DeckId, ...]:
        """The decks that were asked, the one with the most answers first."""
        counts: dict[DeckId, int] = {}
        for answer in self.answers:
            counts[answer.deck_id] = counts.get(answer.deck_id, 0) + 1
        return tuple(sorted(counts, key=lambda deck: (-counts[deck], deck)))

    @property
    def mode(self) -> Mode | None:
        """Why its questions were asked, None if there were several reasons."""
        modes = {answer.mode for answer in self.answers}
        return modes.pop() if len(modes) == 1 else None

    @property
    def look_again(self) -> Mapping[CardId, Review]:
        """The cards answered wrong or by a guess, each once with its surest error, the surest errors first."""
        errors = [answer for answer in self.answers if not answer.correct or answer.certainty is Certainty.GUESS]
        found: dict[CardId, Review] = {}
        for answer in sorted(errors, key=_weight):
            found.setdefault(answer.card_id, answer)
        return found


def _weight(answer: Review) -> int:
    if answer.correct:
        return 2
    return 0 if answer.certainty is Certainty.CERTAIN else 1
