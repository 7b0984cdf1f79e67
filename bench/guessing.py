"""What becomes of avowed guesses: three ways of rating them, for invented students who say "guess" of more or less.

`python -m bench.guessing` prints the tables of docs/rating.md. Nothing in it is random but by fixed seeds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from heapq import heapify, heappop, heappush
from math import exp, log
from random import Random
from statistics import mean
from typing import TYPE_CHECKING

from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId
from sciaquiz.journal.entries import Certainty, Memory, Rating
from sciaquiz.journal.snapshot import Avowal
from sciaquiz.marking.rating import RULES, Evidence
from sciaquiz.memory.fsrs6 import FSRS6
from sciaquiz.memory.guessing import DEFAULT_RATES, FIRST, Rates, assume, counted_from, rates_from, recall_before
from sciaquiz.memory.policy import FSRS6_PARAMETERS, Policy
from sciaquiz.memory.schedule import Graded, advance

if TYPE_CHECKING:
    from collections.abc import Callable

    from sciaquiz.journal.entries import Progress

OPTIONS = 4
CARDS = 150
REVIEWS = 1500
STUDENTS = 12
UNKNOWN = (0.65, 0.29, 0.06)
POLICY = Policy(fuzz=False, learning_steps=(), relearning_steps=())
START = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass
class Truth:
    """A card as it is in the student's head."""

    factor: float
    memory: Memory | None = None
    last: int = 0

    def recall(self, day: int, parameters: tuple[float, ...]) -> float:
        if self.memory is None:
            return FIRST
        return FSRS6.recall(parameters, day - self.last, self.memory.stability)

    def learn(self, day: int, parameters: tuple[float, ...], *, knows: bool) -> None:
        rating = Rating.GOOD if knows else Rating.AGAIN
        if self.memory is None:
            first = FSRS6.first(parameters, rating)
            self.memory = Memory(first.stability * self.factor, first.difficulty)
        else:
            self.memory = FSRS6.after(parameters, self.memory, day - self.last, rating)
        self.last = day


@dataclass
class Found:
    """Over later reviews: what the app's chance of recall loses against the true one, in nats, its error, its bias."""

    loss: list[float]
    errors: list[float]


def parameters_of(random: Random) -> tuple[float, ...]:
    """Parameters of one student: first stabilities and growth a little off the defaults."""
    spread = [exp(random.gauss(0, 0.3)) if place < 4 else 1.0 for place in range(len(FSRS6_PARAMETERS))]
    moved = [value * factor for value, factor in zip(FSRS6_PARAMETERS, spread, strict=True)]
    moved[8] += random.gauss(0, 0.2)
    return tuple(moved)


def lived(seed: int, says_guess: float, passes: Callable[[Evidence], Rating], rates_for: str) -> Found:
    """Let one student answer REVIEWS questions, each when the app asks, by one way of rating."""
    random = Random(seed)
    parameters = parameters_of(random)
    known = (says_guess, 0.38, 0.62 - says_guess)
    truths = [Truth(exp(random.gauss(0, 0.5))) for _ in range(CARDS)]
    seen: list[Progress | None] = [None] * CARDS
    due = [(card // 5, card) for card in range(CARDS)]
    heapify(due)
    counted: Counter[tuple[Certainty, bool]] = Counter()
    rates, found = DEFAULT_RATES, Found([], [])
    for number in range(REVIEWS):
        day, card = heappop(due)
        truth, progress, moment = truths[card], seen[card], moment_at(START + timedelta(days=day))
        recall = truth.recall(day, parameters)
        knows = random.random() < recall
        right = knows or random.random() < 1 / OPTIONS
        said = random.choices(tuple(Certainty), weights=known if knows else UNKNOWN)[0]
        counted[said, right] += 1
        if number % 50 == 0 and rates_for == "own":
            rates = rates_from(Avowal(said, right, 1 / OPTIONS, count) for (said, right), count in counted.items())
        expected = recall_before(progress, moment.study_day, POLICY)
        if progress is not None and number >= REVIEWS // 3:
            found.errors.append(expected - recall)
            found.loss.append(divergence(recall, expected))
        evidence = Evidence(
            correct=right,
            score=float(right),
            certainty=said,
            guess_probability=1 / OPTIONS,
            assumed=assume(expected, 1 / OPTIONS, rates),
        )
        truth.learn(day, parameters, knows=knows)
        after = advance(progress, Graded(CardId(str(card)), moment, passes(evidence)), POLICY)
        seen[card] = after
        heappush(due, (day + max(1, after.interval_days), card))
    return found


def divergence(true: float, said: float) -> float:
    """Return how many nats are lost by expecting `said` where `true` is the chance."""
    true, said = (min(max(value, 1e-4), 1 - 1e-4) for value in (true, said))
    return true * log(true / said) + (1 - true) * log((1 - true) / (1 - said))


def good(evidence: Evidence) -> Rating:
    """Rule 3 with Good where it was likely known."""
    rating = RULES[3](evidence).rating
    return Rating.GOOD if rating is Rating.HARD else rating


def ignoring(evidence: Evidence) -> Rating:
    """Right is Good, whatever was said."""
    return Rating.GOOD if evidence.correct else Rating.AGAIN


WAYS: dict[str, tuple[Callable[[Evidence], Rating], str]] = {
    "certainty ignored": (ignoring, "none"),
    "rule 2: a guess is Again": (lambda evidence: RULES[2](evidence).rating, "none"),
    "rule 3, the default rates": (lambda evidence: RULES[3](evidence).rating, "default"),
    "rule 3, own rates": (lambda evidence: RULES[3](evidence).rating, "own"),
    "the same with Good for Hard": (good, "own"),
}


def compared() -> None:
    """Print how well each way predicts recall, for students who call 1%, 5% and 10% of what they know a guess."""
    print(f"\n{STUDENTS} students, {REVIEWS} answers each, {OPTIONS} options; excess loss / error / bias of recall")
    for says_guess in (0.01, 0.05, 0.10):
        print(f"\nsays guess of {says_guess:.0%} of what is known")
        for name, (passes, rates_for) in WAYS.items():
            found = [lived(seed, says_guess, passes, rates_for) for seed in range(STUDENTS)]
            loss = mean(value for one in found for value in one.loss)
            errors = [value for one in found for value in one.errors]
            print(f"  {name:<30} {loss:.4f} / {mean(e * e for e in errors) ** 0.5:.3f} / {mean(errors):+.3f}")


def found_again() -> None:
    """Print how well the share of what is known and called a guess is found from so many answers."""
    print("share of what is known that is called a guess, found from so many answers; 200 students, mean ± spread")
    for says_guess in (0.01, 0.05, 0.10):
        told = []
        for number in (100, 200, 400, 800, 1600):
            values = [estimated(seed, says_guess, number) for seed in range(200)]
            spread = mean((value - mean(values)) ** 2 for value in values) ** 0.5
            told.append(f"{number}: {mean(values):.3f} ± {spread:.3f}")
        print(f"  {says_guess:.0%}:  " + "   ".join(told))


def estimated(seed: int, says_guess: float, number: int) -> float:
    """Return the share that is found from so many answers, 85% of them known."""
    random = Random(seed)
    known: Rates = Rates((says_guess, 0.38, 0.62 - says_guess), UNKNOWN)
    counted: Counter[tuple[Certainty, bool]] = Counter()
    for _ in range(number):
        knows = random.random() < 0.85
        said = random.choices(tuple(Certainty), weights=known.known if knows else known.unknown)[0]
        counted[said, knows or random.random() < 1 / OPTIONS] += 1
    avowals = (Avowal(said, right, 1 / OPTIONS, count) for (said, right), count in counted.items())
    return counted_from(avowals).known[0]


def main() -> None:
    """Print both tables."""
    found_again()
    compared()


if __name__ == "__main__":
    main()
