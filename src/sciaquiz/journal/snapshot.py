"""The journal at one moment: everything that Home, a sitting and the commands start from, read in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from msgspec import Struct

from sciaquiz.journal.entries import DayTally
from sciaquiz.memory.fits import DEFAULT_FITS, Fits

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from sciaquiz.ids import CardId, DeckId
    from sciaquiz.journal.costs import Costs
    from sciaquiz.journal.entries import CardState, Certainty


class RightAnswer(NamedTuple):
    """A right answer whose time was measured fairly."""

    card_id: CardId
    kind: str
    latency_ms: int


class Avowal(NamedTuple):
    """How many answers were right, or all wrong, where the student had said one certainty and a blind guess is right
    with one chance, 0..1."""

    certainty: Certainty
    is_right: bool
    chance: float
    answers: int


class Given(Struct, frozen=True):
    """An answer that counts, as the ledger of confusions needs it.

    `known` is whether it was right and no avowed guess. `response` is that of a wrong answer, None for a right one.
    """

    card_id: CardId
    study_day: date
    known: bool
    response: Mapping[str, Any] | None


class DayFigures(Struct, frozen=True):
    """What was done with a deck on a study day, over the answers that count.

    `latency_ms` is a sum over the `timed` answers, whose time was measured fairly. Ratings are those that count, also
    where the student overruled one. `introduced` are cards met for the first time, `reviewed` others that were
    answered, each once a day, with the deck of that answer. `young` and `mature` are first answers of a day of cards
    past learning, whose interval was shorter than 21 days or not; `_kept` those of them that were not Again: true
    retention.
    """

    study_day: date
    deck_id: DeckId
    answers: int
    correct: int
    latency_ms: int
    timed: int
    again: int
    hard: int
    good: int
    easy: int
    guess: int
    guess_correct: int
    think: int
    think_correct: int
    sure: int
    sure_correct: int
    introduced: int
    reviewed: int
    young: int
    young_kept: int
    mature: int
    mature_kept: int


class Totals(Struct, frozen=True):
    """Counts over all answers that count: answers, right ones, cards and study days with any."""

    answers: int
    right: int
    cards: int
    days: int


class Habits(Struct, frozen=True, kw_only=True):
    """How the student has studied so far, over the answers that count.

    `answers_by_day` goes back a little more than a year. `right_answers` are the latest, newest first.
    `seconds_per_answer` is the mean from one answer to the next, and `costs` what a card takes on a day; both are None
    until there are enough.
    """

    answers_by_day: Mapping[date, int] = msgspec.field(default_factory=dict)
    right_answers: tuple[RightAnswer, ...] = ()
    seconds_per_answer: float | None = None
    costs: Costs | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything that Home and a new sitting need from the journal, as of one study day.

    A sitting begins before the habits are read: they are read on the first call of `habits`, which raises StoreError.
    So are the latest answers, counted by the certainty that was said, on that of `avowals`.
    `fits` say which model of memory is in force, and with which parameters. `entries` is how many the journal had.
    """

    today: date
    states: Mapping[CardId, CardState] = field(default_factory=dict)
    done: DayTally = field(default_factory=DayTally)
    habits: Callable[[], Habits] = field(default=Habits, compare=False)
    avowals: Callable[[], tuple[Avowal, ...]] = field(default=tuple, compare=False)
    fits: Fits = DEFAULT_FITS
    entries: int = field(default=0, compare=False)

    def tally(self, study_day: date) -> DayTally:
        """Return what was done on a study day, if it is the day of the snapshot; nothing on another."""
        return self.done if study_day == self.today else DayTally()
