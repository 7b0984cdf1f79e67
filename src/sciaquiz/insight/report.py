"""What the statistics say, as values: of a scope (all, a deck, a topic, a kind) and a period that ends today.

Shares carry their n; what opens the cards of a row is a query.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct, field

from sciaquiz.insight.shares import FEW, NONE, Share
from sciaquiz.journal.entries import Certainty

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sciaquiz.ids import CardId, ConceptId
    from sciaquiz.insight.scope import Period, Scope
    from sciaquiz.journal.entries import MissReason
    from sciaquiz.study.query import Query
    from sciaquiz.view.standing import Standing


class Recalled(Struct, frozen=True):
    """How much was remembered, and how much the model of memory had expected just before.

    `kept` is true retention: of the first answers of a study day to cards past learning, those not rated Again.
    `expected` is the mean chance of recall, 0..1, that the model gave these answers, with the parameters then in force;
    None if there are none.
    """

    kept: Share = NONE
    expected: float | None = None

    @property
    def error(self) -> float | None:
        """What was expected less what came, -1..1: above 0 the model promised too much. None if there is nothing."""
        return None if self.expected is None or self.kept.value is None else self.expected - self.kept.value

    @property
    def is_off(self) -> bool:
        """Whether what was expected lies outside the interval of what came, of ten answers or more."""
        if self.expected is None or self.kept.interval is None or self.kept.is_few:
            return False
        low, high = self.kept.interval
        return not low <= self.expected <= high


class Remembered(Struct, frozen=True):
    """True retention of all cards past learning, of the young (interval below 21 days) and the mature ones."""

    all: Recalled = Recalled()
    young: Recalled = Recalled()
    mature: Recalled = Recalled()


class Bin(Struct, frozen=True):
    """Answers whose predicted recall lay from `low` to below `high`: what was expected of them, and what came."""

    low: float
    high: float
    recalled: Recalled


class Calibration(Struct, frozen=True):
    """Whether predictions of recall come true: in bins, lowest first, those without answers too.

    `rmse` is the root of the mean squared error of the bins, weighed by their answers; `log_loss` the mean of -ln of
    the chance that was given to what came, in nats. Both are None if there is no answer.
    """

    bins: tuple[Bin, ...] = ()
    rmse: float | None = None
    log_loss: float | None = None

    @property
    def n(self) -> int:
        """How many answers it rests on."""
        return sum(each.recalled.kept.n for each in self.bins)


class Verdict(StrEnum):
    """What a word of certainty was worth."""

    OVER = "over"  # right less often than the word says
    UNDER = "under"  # right more often than the word says
    FITS = "fits"
    FEW = "few"  # too few answers to say


MEANT: Mapping[Certainty, tuple[float, float]] = {
    Certainty.GUESS: (0.0, 0.67),
    Certainty.THINK_SO: (0.67, 0.8),
    Certainty.CERTAIN: (0.8, 1.0),
}
"""How often an answer should be right that is given with each word: the ranges of certainty-based marking
(A. R. Gardner-Medwin, 1995), in which the three levels pay best."""


class Sureness(Struct, frozen=True):
    """Answers that were given with one word of certainty, and how many of them were right.

    `chance` is the mean chance, 0..1, of a blind guess at these questions; None if there are none.
    """

    certainty: Certainty
    right: Share = NONE
    chance: float | None = None

    @property
    def verdict(self) -> Verdict:
        """Whether the word fits: the interval of the share has to lie wholly outside of what is meant to say no."""
        if self.right.interval is None or self.right.is_few:
            return Verdict.FEW
        (low, high), (least, most) = self.right.interval, MEANT[self.certainty]
        return Verdict.OVER if high < least else Verdict.UNDER if low > most else Verdict.FITS


class Certainties(Struct, frozen=True):
    """The three words of certainty."""

    certain: Sureness = Sureness(Certainty.CERTAIN)
    think_so: Sureness = Sureness(Certainty.THINK_SO)
    guess: Sureness = Sureness(Certainty.GUESS)

    @property
    def levels(self) -> tuple[Sureness, Sureness, Sureness]:
        """Them all, the surest first."""
        return self.certain, self.think_so, self.guess

    @property
    def certain_and_wrong(self) -> int:
        """How many answers were certain and wrong."""
        return self.certain.right.n - self.certain.right.right

    @property
    def verdict(self) -> Verdict:
        """The verdict over all words: over, if any is (it is the one that does harm), else under, if any is."""
        found = {level.verdict for level in self.levels}
        return next(each for each in (Verdict.OVER, Verdict.UNDER, Verdict.FITS, Verdict.FEW) if each in found)


class Day(Struct, frozen=True):
    """One study day: its answers with those right, the time spent in seconds, the cards met for the first time, and
    the true retention of the day."""

    day: date
    right: Share = NONE
    seconds: float = 0.0
    introduced: int = 0
    kept: Share = NONE

    @property
    def minutes(self) -> float:
        """The time spent, in minutes."""
        return self.seconds / 60


class Streak(Struct, frozen=True):
    """Days in a row up to today, or yesterday if today has no answer yet, and the longest row of all.

    Planned days off neither break a row nor count in it. It is of all decks, whatever the scope.
    """

    days: int = 0
    longest: int = 0


class Position(Struct, frozen=True):
    """Answers by their place in the sitting, from the `first` to the `last` (None: no end), counted from 1."""

    first: int
    last: int | None
    right: Share


class Known(Struct, frozen=True):
    """The expected number of cards that would be recalled on a day: the sum of their chances. Cards that are still
    learned, and unseen ones, count as 0."""

    day: date
    cards: float


class Knowledge(Struct, frozen=True):
    """How much of the scope is known. `known` is the expected number of its `cards` recalled today; `unseen` and
    `learning` of them count as 0 in it.

    `course` is the same at the end of past days, oldest first, today the last: each day for the last five weeks, each
    Monday before. Cards count where they belong today.
    """

    cards: int = 0
    unseen: int = 0
    learning: int = 0
    known: float = 0.0
    course: tuple[Known, ...] = ()

    @property
    def share(self) -> float | None:
        """The known share of all cards, 0..1; None if there are none."""
        return self.known / self.cards if self.cards else None

    @property
    def moved(self) -> float | None:
        """What a week has added or taken away, in cards; None if the course does not go back as far."""
        week = timedelta(days=7)
        then = [point for point in self.course if point.day <= self.course[-1].day - week]
        return self.known - then[-1].cards if then else None


class Row(Struct, frozen=True):
    """A deck, topic or kind in a list: how it stands today, and what its answers in the period came to.

    `moved` is what the last seven days have added to `known`, in cards. Lists stand weakest first: by the share that
    was right, then more answers first; those with few answers after the others.
    """

    name: str
    scope: Scope
    cards: int = 0
    unseen: int = 0
    known: float = 0.0
    moved: float = 0.0
    right: Share = NONE
    remembered: Recalled = Recalled()
    certainty: Certainties = Certainties()

    @property
    def query(self) -> Query:
        """The query that opens its cards."""
        return self.scope.query


class Count(Struct, frozen=True):
    """So many cards with a value from `low` to below `high` (None: no end)."""

    low: float
    high: float | None
    cards: int


class Spread(Struct, frozen=True):
    """How a value is spread over the cards past learning: counts by size, and the median; None if there are none.

    Stability is in days: after so many the chance of recall has fallen to 90%. Difficulty is 1..10.
    """

    counts: tuple[Count, ...] = ()
    median: float | None = None

    @property
    def cards(self) -> int:
        """How many cards there are."""
        return sum(each.cards for each in self.counts)


class CardRow(Struct, frozen=True):
    """A question in a list: how it begins, its deck, all answers to it ever with those right, its lapses, whether the
    latest answer was right (None if there is none), and what it has come to."""

    card_id: CardId
    deck: str
    begins: str
    right: Share
    lapses: int
    was_right: bool | None
    standing: Standing
    query: Query


class Cards(Struct, frozen=True):
    """Some questions of a list, and how many there are in all; `query` opens all of them, None where there is none."""

    rows: tuple[CardRow, ...] = ()
    total: int = 0
    query: Query | None = None


class MixedUp(Struct, frozen=True):
    """Two concepts that were taken for each other and are not yet told apart: their names, how often each was taken for
    the other, and the query that opens the cards of both."""

    sides: tuple[ConceptId, ConceptId]
    names: tuple[str, str]
    took: tuple[int, int]
    query: Query

    @property
    def times(self) -> int:
        """How often, both ways."""
        return sum(self.took)


class Missed(Struct, frozen=True):
    """A reason for wrong answers, as the student gave it: how many answers of the period; `query` opens the cards that
    are installed, None where none is, and `gone` is how many are not."""

    reason: MissReason
    answers: int
    query: Query | None
    gone: int = 0


class MissLog(Struct, frozen=True):
    """Why answers were wrong: the reasons given, most frequent first, and of how many `wrong` answers of the period."""

    reasons: tuple[Missed, ...] = ()
    wrong: int = 0

    @property
    def told(self) -> int:
        """For how many wrong answers a reason was given."""
        return sum(each.answers for each in self.reasons)


class Report(Struct, frozen=True, kw_only=True):
    """All statistics of a scope and a period.

    `first_day` is the first study day with an answer of the scope, None without one. `days` are the days of the period
    without gaps, oldest first, today the last (from `first_day` on for all days); `calendar` has the answers of the
    scope on each day of the last year that has any. `hours` are the answers by the hour at which they were given,
    0..23, where the student was. `forecast` counts the cards to be asked from tomorrow on, as scheduled now; `due`
    those of today. `topics`, `kinds` and `decks` are those that cards of the scope belong to.
    """

    scope: Scope
    name: str
    period: Period
    today: date
    first_day: date | None = None
    answers: Share = NONE
    seconds: float = 0.0
    remembered: Remembered = Remembered()
    recall: Calibration = Calibration()
    certainty: Certainties = Certainties()
    days: tuple[Day, ...] = ()
    calendar: Mapping[date, int] = field(default_factory=dict)
    streak: Streak = Streak()
    due: int = 0
    forecast: tuple[int, ...] = ()
    hours: tuple[Share, ...] = (NONE,) * 24
    positions: tuple[Position, ...] = ()
    knowledge: Knowledge = Knowledge()
    topics: tuple[Row, ...] = ()
    kinds: tuple[Row, ...] = ()
    decks: tuple[Row, ...] = ()
    stability: Spread = Spread()
    difficulty: Spread = Spread()
    unsafe: Cards = Cards()
    leeches: Cards = Cards()
    hardest: Cards = Cards()
    mixed_up: tuple[MixedUp, ...] = ()
    misses: MissLog = MissLog()

    @property
    def seconds_per_answer(self) -> float | None:
        """The mean time an answer took in the period; None if there is none."""
        return self.seconds / self.answers.n if self.answers.n else None

    @property
    def minutes_a_day(self) -> float | None:
        """The mean time on a day of the period that has an answer; None if there is none."""
        studied = [day for day in self.days if day.right.n]
        return self.seconds / 60 / len(studied) if studied else None

    @property
    def is_few(self) -> bool:
        """Whether there are too few answers for any picture."""
        return self.answers.n < FEW
