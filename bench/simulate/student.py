"""An invented student: a deck, a memory, habits, and luck that is the same whatever is asked of them."""

from __future__ import annotations

from dataclasses import dataclass
from math import exp
from random import Random
from typing import NamedTuple

from bench.simulate.truths import STEP, Card, State, truth_named
from sciaquiz.exam.evidence import Answered
from sciaquiz.ids import CardId
from sciaquiz.journal.costs import Costs
from sciaquiz.journal.entries import Memory, Rating
from sciaquiz.memory.fsrs6 import FSRS6
from sciaquiz.memory.policy import FSRS6_PARAMETERS

TOPICS = 6
CARDS = 420
OWNS_UP = 0.65
"""How often a lucky guess is owned up to."""
MUST_NOT_MISS = 0.08
LATER_DAYS = 30
MASK = 2**64 - 1
LUCKS = 8


def luck(*parts: int) -> float:
    """Return a number of 0..1 that looks like chance and follows from its parts (splitmix64)."""
    state = 0
    for part in parts:
        state = (state + part + 0x9E3779B97F4A7C15) & MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & MASK
        state ^= state >> 31
    return state / 2**64


class Item(NamedTuple):
    """A card of the deck: topic, blind guess as the app knows it, true chance without knowledge, safety, weight."""

    card_id: CardId
    topic: int
    guess: float
    true_guess: float
    must_not_miss: bool
    weight: float
    card: Card


@dataclass(frozen=True)
class Setting:
    """What is given to a student: their number, the truth, days before the exam, minutes a day, cards."""

    seed: int
    truth: str
    days: int
    minutes: float
    cards: int = CARDS


class Student:
    """Lives from day to day; `day` 0 is the first on which the exam is prepared for, days before it are history."""

    def __init__(self, setting: Setting) -> None:
        random = Random(f"{setting.seed} {setting.truth}")
        self.seed, self.setting = setting.seed, setting
        self.truth = truth_named(setting.truth, random)
        self.items = self._deck(random, setting.cards)
        self.slip = random.uniform(0, 0.04)
        self.pace = random.uniform(8, 18)
        self.reading = random.uniform(6, 15)
        self.misses = random.uniform(0, 0.25)
        self.history_days = random.randint(0, 200)
        self.share_met = random.random() if self.history_days > 5 else 0.0
        self.days_off = frozenset(random.sample(range(7), 2))
        self.off = [random.gauss(1, 0.08) for _ in range(3)]
        self.states: dict[int, tuple[State, int]] = {}
        self.memories: dict[int, tuple[Memory, int]] = {}
        self.showings = [0] * len(self.items)
        self.answers: list[Answered] = []
        self.met_days: set[int] = set()
        self.seconds = 0.0
        self.longest = 0.0
        self._live_before()

    def _deck(self, random: Random, cards: int) -> list[Item]:
        sizes = [random.uniform(0.5, 2) for _ in range(TOPICS)]
        shares = [random.uniform(0.3, 2) for _ in range(TOPICS)]
        known = [min(0.9, max(0.02, random.gauss(0.3, 0.15))) for _ in range(TOPICS)]
        better = random.uniform(0, 0.12)
        topics = sorted(random.choices(range(TOPICS), sizes, k=cards))
        count = [max(1, topics.count(topic)) for topic in range(TOPICS)]
        total = sum(share for topic, share in enumerate(shares) if topic in topics)
        items = []
        for number, topic in enumerate(topics):
            guess = random.choice((0.2, 0.25)) if random.random() < 0.9 else 0.0
            card = Card(exp(random.gauss(0, 0.5)), random.uniform(-1, 1), random.random() < known[topic])
            items.append(
                Item(
                    CardId(f"card-{number}"),
                    topic,
                    guess,
                    guess + better if guess else 0.0,
                    random.random() < MUST_NOT_MISS,
                    shares[topic] / count[topic] / total,
                    card,
                )
            )
        return items

    def costs_known(self) -> Costs:
        """Return this student's mean seconds, as the app knows them: to 8 %."""
        off, wrong = self.off, self.reading + 0.6 * self.pace
        unknown = sum(not item.card.known for item in self.items) / len(self.items)
        first = 1.5 * self.pace + 0.6 * self.pace + unknown * self.reading
        right = self.pace * off[0]
        return Costs(new=first * off[2], right=right, wrong=right + wrong * off[1])

    def is_off(self, day: int) -> bool:
        """Say whether nothing is planned for a day."""
        return day % 7 in self.days_off

    def stays_away(self, day: int) -> bool:
        """Say whether the student misses a day that was planned."""
        return luck(self.seed, 7, day + 1000) < self.misses

    def budget(self, day: int) -> float:
        """Return the seconds planned for a day."""
        return 0.0 if self.is_off(day) else self.setting.minutes * 60

    def ask(self, place: int, day: int) -> float:
        """Let the student answer a card, with the steps that follow on the day; return the seconds."""
        item, truth = self.items[place], self.truth
        self.showings[place] += 1
        draw = [luck(self.seed, place, self.showings[place], number) for number in range(LUCKS)]
        known = self.states.get(place)
        recalled = item.card.known if known is None else draw[0] < truth.recall(known[0], day - known[1], item.card)
        slips, guesses, owns_up = draw[1] < self.slip, draw[2] < item.true_guess, draw[3] < OWNS_UP
        correct = (recalled and not slips) or (not recalled and guesses)
        rating = Rating.GOOD if correct and (recalled or not owns_up) else Rating.AGAIN
        moved = 3 if recalled else 1  # what the memory makes of it, whatever the app is told
        state = truth.first(moved, item.card) if known is None else truth.after(
            known[0], day - known[1], moved, item.card
        )  # fmt: skip
        ratings = [rating]
        if known is None:
            ratings += [Rating.GOOD] * (1 if rating is Rating.GOOD else 2)
        elif rating is Rating.AGAIN:
            ratings.append(Rating.GOOD)
        for _step in ratings[1:]:
            state = truth.after(state, STEP, 3, item.card)
        self.states[place] = state, day
        self._tell(place, day, correct, ratings)
        mean = self.pace * (1.5 if known is None else 1)
        mean += (self.reading if rating is Rating.AGAIN else 0.0) + 0.6 * self.pace * (len(ratings) > 1)
        varied = mean * exp(0.4 * (draw[4] + draw[5] + draw[6] + draw[7] - 2) * 1.73 - 0.08)
        self.seconds += varied
        return varied

    def _tell(self, place: int, day: int, correct: bool, ratings: list[Rating]) -> None:
        known = self.memories.get(place)
        for number, rating in enumerate(ratings):
            card_id, right = self.items[place].card_id, correct if number == 0 else True
            self.answers.append(Answered(card_id, day, right, int(rating), True))
            if known is None:
                memory = FSRS6.first(FSRS6_PARAMETERS, rating)
            else:
                memory = FSRS6.after(FSRS6_PARAMETERS, known[0], day - known[1], rating)
            known = memory, day
        assert known is not None
        self.memories[place] = known
        self.met_days.add(day)

    def _live_before(self) -> None:
        """Study by plain FSRS for some time, at a constant rate of new cards."""
        wanted = round(self.share_met * len(self.items))
        for day in range(-self.history_days, 0):
            if self.is_off(day) or self.stays_away(day):
                continue
            due = [
                place
                for place, (memory, last) in self.memories.items()
                if FSRS6.recall(FSRS6_PARAMETERS, day - last, memory.stability) <= 0.9
            ]
            for place in due:
                self.ask(place, day)
            so_far = wanted * (day + self.history_days + 1) / self.history_days
            while len(self.memories) < round(so_far):
                fresh = [place for place in range(len(self.items)) if place not in self.memories]
                self.ask(fresh[0], day)
        self.seconds = 0.0

    def true_score(self, later: int = 0) -> float:
        """Return the expected score on the morning of the exam, in points, by the memory as it truly is."""
        return 100 * sum(item.weight * self.true_chance(place, later) for place, item in enumerate(self.items))

    def true_chance(self, place: int, later: int = 0) -> float:
        """Return the true chance of a right answer to a card in the exam."""
        recalled, item = self.true_recall(place, later), self.items[place]
        return recalled * (1 - self.slip) + (1 - recalled) * item.true_guess

    def true_recall(self, place: int, later: int = 0) -> float:
        """Return the true recall of a card in the exam, or so many days after it."""
        item, known = self.items[place], self.states.get(place)
        if known is None:
            return float(item.card.known)
        return self.truth.recall(known[0], self.setting.days + later - known[1], item.card)

    def later_recall(self) -> float:
        """Return the mean recall 30 days after the exam, in percent."""
        return 100 * sum(item.weight * self.true_recall(place, LATER_DAYS) for place, item in enumerate(self.items))

    def paper(self, questions: int) -> float:
        """Let the student sit a paper of so many questions drawn by the blueprint; return the score in percent."""
        random = Random(f"{self.seed} paper")
        weights = [item.weight for item in self.items]
        drawn = random.choices(range(len(self.items)), weights, k=questions)
        return 100 * sum(random.random() < self.true_chance(place) for place in drawn) / questions
