"""What the journal holds, as core types: answers as they happened, and the student's other acts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import IntEnum, StrEnum

from msgspec import Struct, field

from sciaquiz.clock import Moment
from sciaquiz.ids import CardId, DeckId, DeviceId, Digest, EntryId


class Rating(IntEnum):
    """What an answer tells the model of memory."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


class Certainty(IntEnum):
    """How sure the student was, said before the answer was revealed."""

    GUESS = 1
    THINK_SO = 2
    CERTAIN = 3


class Mode(StrEnum):
    """Why the question was asked."""

    STUDY = "study"
    DRILL = "drill"  # a contrast drill: counts like any answer
    PRACTICE = "practice"  # kept as it happened; the schedule stays as it is
    EXAM = "exam"  # in a mock exam: a wrong answer moves the memory, a right one is evidence only


SCHEDULING_MODES = frozenset({Mode.STUDY, Mode.DRILL})
"""The modes whose answers move the memory, right or wrong."""


def schedules(mode: Mode, *, correct: bool) -> bool:
    """Say whether an answer moves the schedule of its card: what was missed in a mock exam comes back sooner."""
    return mode in SCHEDULING_MODES or (mode is Mode.EXAM and not correct)


class MissReason(StrEnum):
    """Why an answer was wrong, in the student's view."""

    UNKNOWN = "unknown"  # did not know it
    MISREAD = "misread"  # read the question wrongly
    CONFUSED = "confused"  # took one thing for another
    SLIP = "slip"  # knew it, and chose something else
    BETWEEN = "between"  # wavered between two


class Answer(Struct, frozen=True, kw_only=True):
    """One answer as it happened: evidence, from which everything else is derived.

    `id` is made when the question is shown, so that a retry after a fault never counts twice. `response` is the JSON
    form of a `marking.response.Response`. `score` is 0..1. `latency_ms` is None where it could not be measured
    fairly. `rating` is what `rule` (name@version) made of the evidence. `policy` names the scheduling policy in
    force, by digest; `question_version` the text that was shown.
    """

    id: EntryId
    card_id: CardId
    deck_id: DeckId
    question_version: Digest
    moment: Moment
    response: Mapping[str, object]
    correct: bool
    score: float
    certainty: Certainty | None
    latency_ms: int | None
    rating: Rating
    rule: str
    policy: Digest
    mode: Mode = Mode.STUDY

    @property
    def schedules(self) -> bool:
        """Whether it moves the schedule of its card."""
        return schedules(self.mode, correct=self.correct)


class Review(Answer, frozen=True, kw_only=True):
    """An answer in the journal: which device wrote it, and its place among all that this device wrote."""

    device_id: DeviceId
    seq: int


class EventKind(StrEnum):
    """The student's acts other than answering. What each carries in `payload` stands beside it."""

    VOID = "void"  # target: the entry that no longer counts
    OVERRULE = "overrule"  # target: a review; payload {"rating": 1..4}
    SUSPEND = "suspend"
    RESUME = "resume"
    BURY = "bury"  # payload {"until": ISO date}: hidden before that study day
    UNBURY = "unbury"
    FLAG = "flag"
    UNFLAG = "unflag"
    NOTE = "note"  # payload {"text": str}; an empty text removes the note
    MISS = "miss"  # target: a wrong review; payload {"reason": a MissReason}; the latest counts
    POLICY = "policy"  # payload: the whole scheduling policy; its digest is what reviews name
    SETTING = "setting"  # payload {"name": str, "value": JSON}
    FIT = "fit"  # payload: parameters fitted to the student's own answers, and on what; target: a fit it takes back
    EXAM = "exam"  # payload: a whole exam to plan for, with its "id"; or that id and {"removed": true}
    MOCK = "mock"  # payload {"mock": id, "what": …}: one thing done in a mock exam
    CORRECTED = "corrected"  # payload {"from": Digest, "to": Digest}: the key was wrong, the card begins again
    RERATE = "rerate"  # payload {"rule": name@version, "ratings": {EntryId: 1..4}}: what another rule says of answers


WITHOUT_CARD = frozenset({EventKind.POLICY, EventKind.SETTING, EventKind.FIT, EventKind.EXAM, EventKind.MOCK})
"""The kinds of events that are about no card."""


class Act(Struct, frozen=True, kw_only=True):
    """One act of the student that is no answer, before the journal has it."""

    id: EntryId
    kind: EventKind
    moment: Moment
    card_id: CardId | None = None
    target: EntryId | None = None
    payload: Mapping[str, object] = field(default_factory=dict)


class Event(Act, frozen=True, kw_only=True):
    """An act in the journal. Reviews and events of a device share one sequence."""

    device_id: DeviceId
    seq: int


class Phase(StrEnum):
    """Where a card stands on its way."""

    LEARNING = "learning"
    REVIEW = "review"
    RELEARNING = "relearning"


class Memory(Struct, frozen=True):
    """The state of a model of memory: `stability` in days, `difficulty` 1..10.

    `fast` is the second stability of FSRS-7, in days; None for FSRS-6.
    """

    stability: float
    difficulty: float
    fast: float | None = None


class Progress(Struct, frozen=True, kw_only=True):
    """What a card that was answered at least once has come to. Derived from the journal, never stored as truth.

    `due_at` is set while the card is on a step within the day; `due_day` always. `interval_days` is 0 within the day.
    `first_day` is the study day of its first review; `step` counts from 0 and means nothing in phase REVIEW.
    """

    phase: Phase
    step: int
    memory: Memory
    due_day: date
    due_at: datetime | None
    interval_days: int
    first_day: date
    last_day: date
    last_at: datetime
    last_rating: Rating
    reps: int
    lapses: int


class Marks(Struct, frozen=True, kw_only=True):
    """What the student has set on a card by hand. `buried_until` is the first study day it shows again."""

    suspended: bool = False
    buried_until: date | None = None
    flagged: bool = False
    note: str = ""


class Unsafe(Struct, frozen=True):
    """A belief that was wrong and certain, on the study day of the latest error.

    `proved_on` is the day of the first of the two certain, right answers that it takes to close the case.
    """

    since: date
    proved_on: date | None = None


class LastAnswer(Struct, frozen=True):
    """The latest answer to a card that counts, in whatever mode."""

    at: datetime
    correct: bool
    certainty: Certainty | None = None


class CardState(Struct, frozen=True, kw_only=True):
    """All that is derived for one card. `progress` is None for a card whose schedule no answer has begun.

    `unsafe` is kept for every card; it is a danger where the question must not be missed. `last_answer` is None for a
    card that was never answered, not even in practice.
    """

    card_id: CardId
    progress: Progress | None = None
    marks: Marks = field(default_factory=Marks)
    unsafe: Unsafe | None = None
    last_answer: LastAnswer | None = None


class DayTally(Struct, frozen=True):
    """What the student has already done on one study day, over all decks and devices.

    `failed` counts those of the reviewed that were past learning and not remembered.
    """

    introduced: int = 0
    reviewed: int = 0
    failed: int = 0
