"""What past answers say for a plan: the memory of each card, how first answers went, and forecasts held to account."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from sciaquiz.exam.plan import SLIP
from sciaquiz.journal.entries import Rating
from sciaquiz.memory.fsrs6 import FSRS6

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sciaquiz.ids import CardId
    from sciaquiz.journal.costs import Costs
    from sciaquiz.journal.entries import Memory


class Answered(NamedTuple):
    """An answer that counts, in the order of the journal: its study day as an ordinal, whether it was right, the rating
    that counts for it, and whether it moves the memory. `corrects` is set for what is no answer: the key was wrong, and
    the card begins again."""

    card_id: CardId
    day: int
    correct: bool
    rating: int
    schedules: bool
    corrects: bool = False


class Asked(NamedTuple):
    """A next-day answer: the day of the one before, its own day, the chance that was given to it, and the outcome."""

    last: int
    day: int
    chance: float
    correct: bool


class Past(Struct, frozen=True):
    """What the answers came to: memories with the day of the last answer, whether each first answer was right and was
    known, every next-day answer in the order of the days, and of the latest day of each card whether it was met on it
    and whether its first answer of that day passed."""

    memories: Mapping[CardId, tuple[Memory, int]] = field(default_factory=dict)
    firsts: Mapping[CardId, tuple[bool, bool]] = field(default_factory=dict)
    asked: Sequence[Asked] = ()
    latest: Mapping[CardId, tuple[int, bool, bool]] = field(default_factory=dict)

    def spent(self, day: int, costs: Costs) -> float:
        """Return the seconds that the cards answered on a day take, by their usual costs."""
        on_day = ((is_met, passed) for last, is_met, passed in self.latest.values() if last == day)
        return sum(costs.new if is_met else costs.right if passed else costs.wrong for is_met, passed in on_day)


def chance_right(recall: float, guess: float) -> float:
    """Return how often an answer is right: by knowledge but for slips, or by a blind guess."""
    return recall * (1 - SLIP) + (1 - recall) * guess


def past_of(answers: Iterable[Answered], parameters: tuple[float, ...], guess: Mapping[CardId, float]) -> Past:
    """Replay the answers with these parameters of FSRS-6; `guess` is how often a blind guess is right.

    Cards that are not in `guess` are passed over.
    """
    memories: dict[CardId, tuple[Memory, int]] = {}
    firsts: dict[CardId, tuple[bool, bool]] = {}
    asked: list[Asked] = []
    latest: dict[CardId, tuple[int, bool, bool]] = {}
    for card_id, day, correct, rating, schedules, corrects in answers:
        if card_id not in guess:
            continue
        if corrects:
            if card_id in memories:
                memories[card_id] = FSRS6.first(parameters, Rating.AGAIN), day
            continue
        firsts.setdefault(card_id, (correct, rating > Rating.AGAIN))
        if not schedules:
            continue
        known = memories.get(card_id)
        if card_id not in latest or latest[card_id][0] != day:
            latest[card_id] = day, known is None, rating > Rating.AGAIN
        if known is None:
            memory = FSRS6.first(parameters, Rating(rating))
        else:
            before, last = known
            elapsed = max(0, day - last)
            if elapsed:
                recall = FSRS6.recall(parameters, elapsed, before.stability)
                asked.append(Asked(last, day, chance_right(recall, guess[card_id]), correct))
            memory = FSRS6.after(parameters, before, elapsed, Rating(rating))
        memories[card_id] = memory, day
    return Past(memories, firsts, tuple(sorted(asked, key=lambda each: each.day)), latest)


class FirstAnswers(Struct, frozen=True):
    """How often a first answer is right, and is known, in each topic."""

    right: Mapping[str, float]
    known: Mapping[str, float]
    count: int


TOPIC_PRIOR, OVERALL_PRIOR = 6, 10
KNOWN_BEFORE = 0.3
"""The share of cards that is taken to be known before they are met, until first answers tell."""


def first_answers(past: Past, topics: Mapping[CardId, str], guess: Mapping[CardId, float]) -> FirstAnswers:
    """Return what first answers say of the cards of each topic that were never answered.

    Few answers in a topic count with those of all topics, and few of all with a share known before they are met.
    """
    firsts = [(topics[card_id], *first) for card_id, first in past.firsts.items() if card_id in topics]
    blind = sum(guess[card_id] for card_id in topics) / max(1, len(topics))
    names = set(topics.values())
    right = _shares([(topic, right) for topic, right, _ in firsts], blind + KNOWN_BEFORE * (1 - blind), names)
    known = _shares([(topic, known) for topic, _, known in firsts], KNOWN_BEFORE, names)
    return FirstAnswers(right, known, len(firsts))


def _shares(outcomes: Sequence[tuple[str, bool]], prior: float, topics: Iterable[str]) -> dict[str, float]:
    overall = (sum(hit for _, hit in outcomes) + OVERALL_PRIOR * prior) / (len(outcomes) + OVERALL_PRIOR)
    found = {}
    for topic in topics:
        own = [hit for name, hit in outcomes if name == topic]
        found[topic] = (sum(own) + TOPIC_PRIOR * overall) / (len(own) + TOPIC_PRIOR)
    return found
