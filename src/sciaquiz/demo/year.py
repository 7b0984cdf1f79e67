"""Living through the months before today as an invented student, and keeping each answer as the app keeps it."""

from __future__ import annotations

from collections import Counter, deque
from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.clock import FixedClock
from sciaquiz.deck.kinds import Hotspot
from sciaquiz.demo.student import Habits, Student
from sciaquiz.ids import EntryId
from sciaquiz.journal.acts import Bury, Flag, Miss, Note, Overrule, Suspend, entry_of, void
from sciaquiz.journal.entries import DayTally, Mode, Phase, Rating
from sciaquiz.journal.snapshot import Avowal, RightAnswer
from sciaquiz.marking.lexicon import Lexicon
from sciaquiz.marking.response import Written
from sciaquiz.memory.guessing import floor_of
from sciaquiz.memory.policies import policies
from sciaquiz.store.devices import settle_device
from sciaquiz.store.opening import open_file
from sciaquiz.store.writing import Writer
from sciaquiz.study.danger import dangers
from sciaquiz.study.guesses import Guesses
from sciaquiz.study.pace import Pace
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.turns import Chosen, Over

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Generator, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from sciaquiz.clock import Moment
    from sciaquiz.deck.figure import Figure
    from sciaquiz.deck.model import Card, Deck
    from sciaquiz.ids import CardId
    from sciaquiz.journal.acts import CardAct
    from sciaquiz.journal.entries import CardState, Certainty, MissReason
    from sciaquiz.marking.response import Response
    from sciaquiz.settings import Settings
    from sciaquiz.study.turns import Outcome, Shown

LATEST, LATEST_SAID = 300, 2000
"""Right answers that the usual pace is taken from, and answers that the rates of guessing are, as in the app."""
STEADY = 24
"""No day of the last ones is missed, so that there is a streak to look at."""
HOLIDAY = 12
"""Days of the holiday, which lies in the middle of the time."""
MISSED = 0.08
FEWEST_OF_TODAY = timedelta(minutes=90)
"""Today has a short sitting of its own once it is so old; most of its work is left."""
TODAY_CARDS = 9
PRACTISED, AGAIN = 0.06, 12
"""How often a sitting is followed by practice, and of how many wrong answers."""
EXPLAINED, OVERRULED, TAKEN_BACK, HINTED = 0.5, 0.03, 0.003, 0.06
FLAGGED, NOTED, PUT_OFF, SUSPENDED = 0.006, 0.003, 0.003, 0.0006
"""How often a student does what, for each answer that allows it."""
NOTES = (
    "Ask about this in the skills lab.",
    "Draw it once more.",
    "See the figure.",
    "Compare with the opposite side.",
)


class Lived(Struct, frozen=True):
    """What came of it: answers, cards met, and the first and last study day."""

    answers: int
    cards: int
    first: date | None
    last: date | None


def holidays(today: date, days: int) -> tuple[date, ...]:
    """Return the days of the holiday in a time of so many days up to today; none where that is short."""
    if days < 6 * HOLIDAY:
        return ()
    begins = today - timedelta(days=days // 2)
    return tuple(begins + timedelta(days=day) for day in range(HOLIDAY))


def live(
    path: Path,
    decks: Sequence[Deck],
    settings: Settings,
    now: Moment,
    *,
    days: int,
    seed: int = 1,
    habits: Habits | None = None,
    cards: Sequence[Card] = (),
    studies_today: bool = True,
) -> Lived:
    """Study the decks on most of the last `days` days and a little today, into the journal at `path`.

    With `cards`, these alone are studied, in this order. The answers are the same for the same seed, decks and moment.
    Raises StoreError.
    """
    every = cards or [card for deck in decks for card in deck.cards()]
    life = _Life(decks, every, settings, Student(seed, habits or Habits()))
    file, writer = open_file(path), Writer()
    try:
        file.stays()
        with file.arranging() as connection:
            writer.device = settle_device(connection, now)
        until = now.local - timedelta(minutes=2)
        with file.in_memory(), file.keeping() as connection:  # all in one transaction: nobody waits for one answer
            for day, begins in _sittings(now, days, Random(seed), studies_today=studies_today):  # noqa: S311 -- an invented student
                life.sit(_Keeping(connection, writer), begins, until, most=TODAY_CARDS if day == now.study_day else 0)
    finally:
        file.close()
    return life.lived


def _sittings(now: Moment, days: int, random: Random, *, studies_today: bool) -> Generator[tuple[date, datetime]]:
    """Yield the study day and the beginning of each sitting: in the evening, some days in the morning as well."""
    free = holidays(now.study_day, days)
    for ago in range(days, 0, -1):
        day = now.study_day - timedelta(days=ago)
        is_missed = day.weekday() == 6 or random.random() < MISSED
        if day in free or (is_missed and ago > STEADY):
            continue
        if random.random() < 0.3:
            yield day, _at_hour(now, day, random.uniform(6.8, 8.3))
        yield day, _at_hour(now, day, random.uniform(16.5, 19.0))
    if studies_today and now.local - _at_hour(now, now.study_day, now.rollover_hour) >= FEWEST_OF_TODAY:
        yield now.study_day, now.local - timedelta(minutes=40)


def _at_hour(now: Moment, day: date, hour: float) -> datetime:
    """Return a time of a day on the wall clock of `now`."""
    midnight = now.local.replace(year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0)
    return midnight + timedelta(hours=hour)


class _Keeping(Struct, frozen=True):
    """The transaction of one sitting."""

    connection: sqlite3.Connection
    writer: Writer


class _Life:
    """What lasts from one sitting to the next."""

    def __init__(self, decks: Sequence[Deck], cards: Sequence[Card], settings: Settings, student: Student) -> None:
        self._random = Random(f"answers {student.seed}")  # noqa: S311 -- an invented student
        self._student = student
        self._settings = settings
        self._policy_for = policies(decks, settings)
        self._lexicon = Lexicon.from_decks(decks)
        self._figures = {(deck.id, figure.id): figure for deck in decks for figure in deck.figures}
        self._cards = cards
        self._states: dict[CardId, CardState] = {}
        self._right: deque[RightAnswer] = deque(maxlen=LATEST)
        self._wrong: deque[CardId] = deque(maxlen=AGAIN)
        self._said: deque[tuple[Certainty, bool, float]] = deque(maxlen=LATEST_SAID)
        self._ids = Random(f"ids {student.seed}")  # noqa: S311 -- invented
        self._instant_ms = 0
        self._tally = self._tally_before = DayTally()
        self._answers = 0
        self._first: date | None = None
        self._last: date | None = None

    @property
    def lived(self) -> Lived:
        """What came of it so far."""
        return Lived(self._answers, len(self._states), self._first, self._last)

    def sit(self, keeping: _Keeping, begins: datetime, until: datetime, most: int) -> None:
        """Hold one sitting, until nothing is left or the time is over; at times, practise then what was wrong."""
        local = self._ask(keeping, begins, until, most or self._random.randint(40, 100))
        if self._wrong and self._random.random() < PRACTISED:
            again = Chosen(tuple(dict.fromkeys(self._wrong)), Mode.PRACTICE)
            self._ask(keeping, local + timedelta(minutes=3), until, len(again.cards), again)

    def _ask(
        self, keeping: _Keeping, begins: datetime, until: datetime, most: int, chosen: Chosen | None = None
    ) -> datetime:
        """Ask so many cards, those of the day or those chosen, as long as there is time; returns when it ended."""
        random, local = self._random, begins
        pool = CardPool(self._cards, self._states)
        pace = Pace.of(tuple(reversed(self._right)), pool)
        now = self._at(local)
        if now.study_day != self._last:
            self._tally = DayTally()
        sitting = Sitting(
            pool,
            policy_for=self._policy_for,
            limits=Limits(self._settings.new_per_day, self._settings.reviews_per_day),
            now=now,
            tally=self._tally,
            pace=lambda: pace,
            guesses=Guesses(lambda: [Avowal(*said, number) for said, number in Counter(self._said).items()]),
            lexicon=lambda: self._lexicon,
            unsafe={card_id: case.due for card_id, case in dangers(pool).items()},
            card_limit=most,
            chosen=chosen,
            leech_lapses=self._settings.leech_lapses,
            random=random,
            make_id=self._entry_id,
        )
        while local <= until:
            turn = sitting.next(self._at(local))
            if isinstance(turn, Over):
                break
            local = self._answer(keeping, sitting, turn, local)
        return local

    def _answer(self, keeping: _Keeping, sitting: Sitting, shown: Shown, local: datetime) -> datetime:
        """Answer one card and do what goes with it; returns when the next one can be asked."""
        random, now = self._random, self._at(local)
        said = self._student.answer(shown.card, shown.order, now.study_day, random, self._figure_of(shown.card))
        local += timedelta(seconds=said.seconds)
        now = self._at(local)
        response, latency_ms = self._looked_over(sitting, shown, said.response), round(said.seconds * 1000)
        outcome = sitting.answer(shown, response, now, certainty=said.certainty, latency_ms=latency_ms)
        state = keeping.writer.answer(
            keeping.connection, outcome.answer, shown.policy, shown.card.question, outcome.followed
        )
        sitting.settle(outcome, state, now)
        self._count(outcome, state, now.study_day)
        local += timedelta(seconds=random.uniform(2, 6) if outcome.answer.correct else random.uniform(6, 20))
        if random.random() < TAKEN_BACK:
            return self._answer_again(keeping, sitting, outcome, local)
        for act in self._acts(outcome, said.why_wrong, now.study_day):
            local += timedelta(seconds=1)
            sitting.take(self._do(keeping, act, shown.card.id, self._at(local)), self._at(local))
        return local + timedelta(seconds=1)

    def _looked_over(self, sitting: Sitting, shown: Shown, response: Response) -> Response:
        """Return a response as it is given in the end: sometimes with a hint, and with what was handed back mended."""
        if not isinstance(response, Written):
            return response
        if any(response.texts) and self._random.random() < HINTED:
            response = replace(response, hinted=True)
        if sitting.reminder(shown, response):
            response = replace(response, reminded=True)
        return response

    def _answer_again(self, keeping: _Keeping, sitting: Sitting, outcome: Outcome, local: datetime) -> datetime:
        """Take the last answer back, and give another."""
        now, card_id = self._at(local), outcome.answer.card_id
        entry = replace(void(outcome.answer.id, card_id, now), id=self._entry_id())
        self._states[card_id] = state = keeping.writer.acts(keeping.connection, [entry], card_id)
        self._answers -= 1
        self._tally = self._tally_before
        return self._answer(keeping, sitting, sitting.undone(state, now), local)

    def _acts(self, outcome: Outcome, why: MissReason | None, day: date) -> Generator[CardAct]:
        """Yield what the student does besides answering."""
        random, answer = self._random, outcome.answer
        if why is not None and not answer.correct and random.random() < EXPLAINED:
            yield Miss(answer.id, why)
        if answer.correct and answer.rating is Rating.AGAIN and answer.schedules and random.random() < OVERRULED:
            yield Overrule(answer.id, Rating.GOOD)
        if random.random() < FLAGGED:
            yield Flag()
        if random.random() < NOTED:
            yield Note(random.choice(NOTES))
        if random.random() < PUT_OFF:
            yield Bury(day + timedelta(days=3))
        if random.random() < SUSPENDED:
            yield Suspend()

    def _do(self, keeping: _Keeping, act: CardAct, card_id: CardId, now: Moment) -> CardState:
        entry = replace(entry_of(act, card_id, now), id=self._entry_id())
        state = self._states[card_id] = keeping.writer.acts(keeping.connection, [entry], card_id)
        return state

    def _count(self, outcome: Outcome, state: CardState, day: date) -> None:
        """Remember what an answer came to, as the journal would tell the next sitting."""
        answer = outcome.answer
        self._states[answer.card_id] = state
        self._answers += 1
        self._first, self._last = self._first or day, day
        self._tally_before, self._tally = self._tally, _tally_after(self._tally, outcome)
        if not answer.correct:
            self._wrong.append(answer.card_id)
        if answer.certainty is not None and answer.score in (0, 1):
            self._said.append((answer.certainty, answer.correct, floor_of(answer)))
        if answer.correct and answer.latency_ms is not None:
            self._right.append(RightAnswer(answer.card_id, outcome.shown.card.question.kind.value, answer.latency_ms))

    def _figure_of(self, card: Card) -> Figure | None:
        question = card.question
        return self._figures.get((question.deck_id, question.figure)) if isinstance(question, Hotspot) else None

    def _at(self, local: datetime) -> Moment:
        now = FixedClock(local, self._settings.rollover_hour).now()
        self._instant_ms = round(now.instant.timestamp() * 1000)
        return now

    def _entry_id(self) -> EntryId:
        """Make an identity as the app's, but the same for the same seed: a UUID of version 7."""
        time, chance = f"{self._instant_ms:012x}", f"{self._ids.getrandbits(72):018x}"
        return EntryId(f"{time[:8]}-{time[8:]}-7{chance[:3]}-8{chance[3:6]}-{chance[6:]}")


def _tally_after(tally: DayTally, outcome: Outcome) -> DayTally:
    """Return what was done on a day with one more answer."""
    before = outcome.shown.before.progress
    if outcome.is_practice:
        return tally
    if before is None:
        return replace(tally, introduced=tally.introduced + 1)
    return replace(tally, reviewed=tally.reviewed + (before.phase is Phase.REVIEW))
