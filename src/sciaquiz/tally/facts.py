"""What each answer to a card adds to the statistics: a pure function of the entries about the card.

Facts are kept packed, a few bytes each, so that what a card added once can be taken out again exactly, whatever has
become of its entries since.
"""

from __future__ import annotations

from math import log
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.journal.entries import MissReason, Phase, Review
from sciaquiz.memory.daily import FIGURES, figures_of
from sciaquiz.memory.forecast import retrievability_at
from sciaquiz.memory.history import standings
from sciaquiz.memory.replay import first_state, in_force, misses_of, policy_named_by, steps
from sciaquiz.tally.standing import standing_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sciaquiz.ids import CardId, Digest
    from sciaquiz.journal.entries import Event
    from sciaquiz.memory.daily import Figures
    from sciaquiz.memory.history import Standing as Answered
    from sciaquiz.memory.policy import Policy
    from sciaquiz.tally.placing import Place
    from sciaquiz.tally.standing import Standing

NANO = 1_000_000_000
"""Chances are added up as whole billionths: sums of these can be taken apart again without a remainder."""
CLIP = 1e-4
"""No prediction counts as more certain than this in the log loss; it would be infinite for one that fails."""
REASONS: tuple[MissReason | None, ...] = (None, *MissReason)
POSITIONS = (1, 11, 21, 41, 81)
"""The first place in a sitting of each group of places."""

PACKED = Struct("<iIIIfffi")
MOVES, ANSWER = 1 << 18, 1 << 19
INTRODUCED, YOUNG, YOUNG_KEPT, MATURE, MATURE_KEPT = (
    FIGURES.index(name) for name in ("introduced", "young", "young_kept", "mature", "mature_kept")
)


class Fact(NamedTuple):
    """One answer that counts, or a correction of the key, which moved the card as well.

    `day` is the ordinal of its study day, `spent_ms` the time it took with what was read before it.

    `expected` is the recall that the model gave it just before, in billionths, where it is a first answer of the day to
    a card past learning, else 0. `stability` (days), `difficulty` and `fast` are what the card came to by it: 0 where
    it is not past learning then. `answered` is the ordinal of the day since which it is forgotten: that of the last
    answer.
    """

    day: int
    spent_ms: int
    expected: int
    flags: int
    stability: float
    difficulty: float
    fast: float
    answered: int

    @property
    def is_answer(self) -> bool:
        """Whether it is an answer."""
        return bool(self.flags & ANSWER)

    @property
    def right(self) -> int:
        """1 if it was right, else 0."""
        return self.flags & 1

    @property
    def certainty(self) -> int:
        """1 to 3 as in `Certainty`, 0 where nothing was said."""
        return self.flags >> 1 & 3

    @property
    def introduced(self) -> int:
        """1 if the card was met for the first time."""
        return self.flags >> 3 & 1

    @property
    def is_young(self) -> bool:
        """Whether it counts for the true retention of young cards."""
        return self.flags >> 4 & 3 == 1

    @property
    def is_mature(self) -> bool:
        """Whether it counts for the true retention of mature cards."""
        return self.flags >> 4 & 3 == 2

    @property
    def kept(self) -> int:
        """1 if it counts for true retention and was not Again."""
        return self.flags >> 6 & 1

    @property
    def hour(self) -> int:
        """The hour of the day, where the student was."""
        return self.flags >> 7 & 31

    @property
    def position(self) -> int:
        """Which of POSITIONS it belongs to."""
        return self.flags >> 12 & 7

    @property
    def reason(self) -> MissReason | None:
        """Why it was wrong, as the student said."""
        return REASONS[self.flags >> 15 & 7]

    @property
    def moves(self) -> bool:
        """Whether it moved the memory of its card."""
        return bool(self.flags & MOVES)

    @property
    def log_loss(self) -> int:
        """-ln of the chance that was given to what came, in billionths of a nat."""
        expected = min(max(self.expected / NANO, CLIP), 1 - CLIP)
        return round(-log(expected if self.kept else 1 - expected) * NANO)


def facts_of(
    card_id: CardId,
    reviews: Sequence[Review],
    events: Sequence[Event],
    policies: Mapping[Digest, Policy],
    place_of: Callable[[Review], Place],
) -> tuple[list[Fact], Standing]:
    """Return the facts of what counts of a card, in the order in which it does, and how it stands, from all entries
    about it.

    `place_of` says where an answer stands among all of its device.
    """
    counted = in_force(reviews, events)
    course = list(steps(card_id, counted, policies))
    reasons = misses_of(counted.events) if events else {}
    answers = {standing.review.id: standing for standing in standings(course)}
    found = []
    for step in course:
        entry, flags, spent, expected = step.entry, MOVES, 0, 0
        if isinstance(entry, Review):
            place, standing = place_of(entry), answers[entry.id]
            figures = figures_of(standing)
            spent, expected = place.spent_ms, _expected(standing, figures, policy_named_by(entry, policies))
            flags = _flags(entry, figures, place, REASONS.index(reasons.get(entry.id)))
        stability = difficulty = fast = 0.0
        day, after = entry.moment.study_day.toordinal(), step.after.progress
        answered = after.last_day.toordinal() if after else day
        if flags & MOVES and after is not None and after.phase is Phase.REVIEW:
            memory = after.memory
            stability, difficulty, fast = memory.stability, memory.difficulty, memory.fast or 0.0
        found.append(Fact(day, spent, expected, flags, stability, difficulty, fast, answered))
    return found, standing_of(course[-1].after if course else first_state(card_id, counted))


def _expected(standing: Answered, figures: Figures, policy: Policy) -> int:
    before = standing.before.progress
    if before is None or not (figures[YOUNG] or figures[MATURE]):
        return 0
    return round(retrievability_at(before, standing.review.moment, policy) * NANO)


def _flags(review: Review, figures: Figures, place: Place, reason: int) -> int:
    return (
        int(review.correct)
        | (0 if review.certainty is None else int(review.certainty)) << 1
        | figures[INTRODUCED] << 3
        | (1 if figures[YOUNG] else 2 if figures[MATURE] else 0) << 4
        | (figures[YOUNG_KEPT] or figures[MATURE_KEPT]) << 6
        | review.moment.local.hour << 7
        | place.group << 12
        | (0 if review.correct else reason) << 15
        | (MOVES if review.schedules else 0)
        | ANSWER
    )


def packed(facts: Iterable[Fact]) -> bytes:
    """Return facts as bytes; numbers with a fraction lose digits, always the same ones."""
    return b"".join([PACKED.pack(*fact) for fact in facts])


def unpacked(stored: bytes) -> list[Fact]:
    """Return facts from bytes. Raises struct.error if these are none."""
    return [Fact(*fields) for fields in PACKED.iter_unpack(stored)]
