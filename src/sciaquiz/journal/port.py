"""What studying and every face may ask of whatever keeps the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from sciaquiz.errors import SciaquizError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sciaquiz.deck.model import Question
    from sciaquiz.ids import CardId, Digest
    from sciaquiz.journal.entries import Act, Answer, CardState, Event, Review
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.memory.policy import Policy


class KeepError(SciaquizError):
    """An answer or an act could not be kept. The message is for the student; asking again is safe."""


class ToKeep(NamedTuple):
    """An answer with all that keeping it takes: see `JournalPort.keep`."""

    answer: Answer
    policy: Policy
    question: Question
    followed: Sequence[Act] = ()


class JournalPort(Protocol):
    """Keeps answers and acts. `keep` and `act` return only once what they were given is durable.

    Both may be called again with the same identity after any error: it counts once.
    """

    def keep(self, answer: Answer, policy: Policy, question: Question, followed: Sequence[Act] = ()) -> CardState:
        """Keep one answer with what follows from it, and return the card's state after it. Raises KeepError."""
        ...

    def act(self, *acts: Act) -> CardState:
        """Keep acts on one card, all or none, and return the card's state after them. Raises KeepError."""
        ...

    def record(self, *acts: Act) -> None:
        """Keep acts that are about no card, all or none. Raises KeepError."""
        ...

    def snapshot(self, study_day: date) -> Snapshot:
        """Return where everything stands, as of a study day, read in one transaction."""
        ...

    def history(self, card_id: CardId) -> tuple[Sequence[Review], Sequence[Event]]:
        """Return all entries about one card, voided ones too, in the order they count."""
        ...

    def policies(self) -> Mapping[Digest, Policy]:
        """Return every scheduling policy that a review may name."""
        ...

    def changed_elsewhere(self) -> bool:
        """Say whether another instance wrote to the journal since this was last asked."""
        ...
