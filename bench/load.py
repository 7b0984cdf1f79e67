"""`make load`: what easy days, levelling and a planned break do, on simulated students with fixed seeds.

The students remember as FSRS-6 with everyone's parameters says, and answer what they are asked; the app's own rules
choose the cards and the days. Their figures stand in docs/load.md.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from statistics import fmean, pstdev
from typing import TYPE_CHECKING

from sciaquiz.clock import moment_at
from sciaquiz.deck.kinds import Recall
from sciaquiz.deck.model import Card
from sciaquiz.ids import CardId, DeckId, QuestionId, digest_of
from sciaquiz.journal.costs import Costs
from sciaquiz.journal.entries import CardState, DayTally, Rating
from sciaquiz.journal.snapshot import Habits
from sciaquiz.memory.balance import LOAD_DAYS, Load, balanced
from sciaquiz.memory.forecast import due_forecast, retrievability_now
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.schedule import Graded, advance
from sciaquiz.settings import Settings
from sciaquiz.study.budget import day_work
from sciaquiz.study.days import budget_on, new_on, share_of
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits, Ranking

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.journal.entries import Progress
    from sciaquiz.memory.fuzz import Spreads

FIRST = datetime(2026, 1, 5, 12, tzinfo=UTC)  # a Monday
POLICY = Policy(learning_steps=(), relearning_steps=())
COSTS = Costs(new=50.0, right=15.0, wrong=40.0)
RANKING = Ranking(usual=COSTS.right, more_when_wrong=COSTS.more_when_wrong)
USUAL = Settings(new_per_day=6)
EASY = replace(USUAL, easy_days=("sat=30", "sun=30"))
WEEKEND = 5
STUDENTS = 12


@dataclass
class Student:
    """One who studies day by day. `levels` says whether intervals are spread by the load, as the app does."""

    seed: int
    settings: Settings
    cards: list[Card]
    levels: bool = True
    known: dict[CardId, Progress] = field(default_factory=dict)
    minutes: dict[date, float] = field(default_factory=lambda: defaultdict(float))

    def __post_init__(self) -> None:
        """Take a luck of their own."""
        self.luck = Random(self.seed)

    def study(self, number: int) -> None:
        """Do the work of a day."""
        today = moment_at(FIRST + timedelta(days=number)).study_day
        states = self.states()
        pool = CardPool(self.cards, states)
        asked = enumerate(due_forecast(states.values(), today, LOAD_DAYS))
        load = Load({today + timedelta(days=ahead): cards for ahead, cards in asked}, share_of(self.settings))
        budget = budget_on(self.settings, today, lambda: Habits(costs=COSTS))
        limits = Limits(new_on(self.settings, today), 9999, budget)
        work = day_work(pool, today, limits, DayTally(), unsafe={}, ranking=lambda: RANKING)
        for waiting in work.woven():
            self._answer(waiting.card_id, number, load)

    def _answer(self, card_id: CardId, number: int, load: Load) -> None:
        at = moment_at(FIRST + timedelta(days=number, seconds=len(self.known)))
        before = self.known.get(card_id)
        spreads: Spreads = balanced(before, card_id, at, POLICY, load) if self.levels else ()
        if before is None:
            rating, cost = (Rating.GOOD if self.luck.random() < 0.3 else Rating.AGAIN), COSTS.new
        else:
            is_known = self.luck.random() < retrievability_now(before, at.study_day, POLICY)
            rating, cost = (Rating.GOOD, COSTS.right) if is_known else (Rating.AGAIN, COSTS.wrong)
        after = advance(before, Graded(card_id, at, rating, spreads), POLICY)
        load.move(before, after)
        self.known[card_id] = after
        self.minutes[at.study_day] += cost / 60

    def states(self) -> dict[CardId, CardState]:
        """What the cards have come to."""
        return {name: CardState(card_id=name, progress=progress) for name, progress in self.known.items()}

    def recall(self, number: int) -> float:
        """The mean chance of recall of what was seen, on a day."""
        today = moment_at(FIRST + timedelta(days=number)).study_day
        return fmean(retrievability_now(progress, today, POLICY) for progress in self.known.values())

    def due(self, number: int) -> int:
        """How many cards are due on a day."""
        today = moment_at(FIRST + timedelta(days=number)).study_day
        return sum(progress.due_day <= today for progress in self.known.values())


def made(number: int) -> list[Card]:
    """Cards that ask for nothing, as the students decide by chance what they know."""
    questions = (
        Recall(id=QuestionId(f"q{n}"), deck_id=DeckId("d"), version=digest_of(str(n)), stem="?", answer="!")
        for n in range(number)
    )
    return [Card(CardId(question.id), question, "") for question in questions]


@dataclass(frozen=True, slots=True)
class Week:
    """How days compare: the spread (sd / mean) of ordinary weekdays, a weekend day against these, and mean recall."""

    spread: float
    weekend: float
    recall: float


def weeks(seed: int, settings: Settings, *, levels: bool, days: int = 168) -> Week:
    """Study some months at six new cards a day; the first four weeks do not count."""
    student = Student(seed, settings, made(700), levels)
    recalls = []
    for number in range(days):
        student.study(number)
        if number >= 28:
            recalls.append(student.recall(number))
    counted = {day: student.minutes[day] for day in sorted(student.minutes)[28:]}
    ordinary = [minutes for day, minutes in counted.items() if day.weekday() < WEEKEND]
    weekend = [minutes for day, minutes in counted.items() if day.weekday() >= WEEKEND]
    trend = [fmean(ordinary[max(0, at - 7) : at + 8]) for at in range(len(ordinary))]
    ratios = [minutes / usual for minutes, usual in zip(ordinary, trend, strict=True)]
    return Week(pstdev(ratios), fmean(weekend) / fmean(ordinary), fmean(recalls))


@dataclass(frozen=True, slots=True)
class Return:
    """The day of the return: mean recall, how many are due, minutes in all up to the end, and the longest day after."""

    recall: float
    due: int
    minutes: float
    longest: float
    later: float


def away(seed: int, *, planned: bool, begin: int = 120, length: int = 14, after: int = 30) -> Return:
    """Study up to a break of two weeks and for some weeks after it, at 20 minutes a day."""
    first, last = (moment_at(FIRST + timedelta(days=day)).study_day for day in (begin, begin + length - 1))
    usual = replace(USUAL, minutes_per_day=20)
    student = Student(seed, replace(usual, breaks=(f"{first}/{last}",)) if planned else usual, made(700))
    for number in range(begin):
        student.study(number)
    back = begin + length
    recall, due = student.recall(back), student.due(back)
    for number in range(back, back + after):
        student.study(number)
    longest = max(minutes for day, minutes in student.minutes.items() if day > last)
    return Return(recall, due, sum(student.minutes.values()), longest, student.recall(back + after))


def _mean(found: Sequence[object], name: str) -> float:
    return fmean(getattr(each, name) for each in found)


def main(students: int = STUDENTS) -> None:
    """Print every figure of docs/load.md."""
    seeds = range(1, students + 1)
    print(f"{students} students, 700 cards, 6 new a day, 24 weeks without the first 4; means")
    print(f"{'':34}{'weekdays sd/mean':>18}{'weekend day':>13}{'recall':>9}")
    for words, settings, levels in (
        ("by the hash alone", USUAL, False),
        ("levelled", USUAL, True),
        ("levelled, sat and sun at 30%", EASY, True),
    ):
        found = [weeks(seed, settings, levels=levels) for seed in seeds]
        figures = (_mean(found, "spread"), _mean(found, "weekend"), _mean(found, "recall"))
        print(f"{words:34}{figures[0]:18.3f}{figures[1]:13.2f}{figures[2]:9.3f}", flush=True)
    print("\nA break of 14 days after 120, 20 minutes a day; 30 days after it")
    heads = ("recall at return", "due then", "minutes in all", "longest day", "recall later")
    print("{:14}{:>18}{:>10}{:>16}{:>13}{:>14}".format("", *heads))
    for words, planned in (("not planned", False), ("planned", True)):
        back = [away(seed, planned=planned) for seed in seeds]
        print(
            f"{words:14}{_mean(back, 'recall'):18.3f}{_mean(back, 'due'):10.0f}{_mean(back, 'minutes'):16.0f}"
            f"{_mean(back, 'longest'):13.1f}{_mean(back, 'later'):14.3f}",
            flush=True,
        )


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
