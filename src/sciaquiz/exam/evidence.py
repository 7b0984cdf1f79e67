"""What past answers say for a plan: the memory of each card, how first answers went, and forecasts held to account."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from sciaquiz.exam.plan import SLIP, Seconds
from sciaquiz.journal.entries import Rating
from sciaquiz.memory.fsrs6 import FSRS6

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sciaquiz.ids import CardId
    from sciaquiz.journal.entries import Memory

PRIOR_OF_PACE = 8
"""Answers that the usual pace counts for, until the student's own is known."""


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


class Timed(NamedTuple):
    """What an answer took, in seconds, reading included; the card, the study day and the rating, and whether the card
    was first met on that day."""

    card_id: CardId
    day: int
    seconds: float
    rating: int
    is_first_day: bool


@dataclass(frozen=True, slots=True)
class Past:
    """What the answers came to: memories with the day of the last answer, whether each first answer was right and was
    known, and every next-day answer in the order of the days."""

    memories: Mapping[CardId, tuple[Memory, int]] = field(default_factory=dict)
    firsts: Mapping[CardId, tuple[bool, bool]] = field(default_factory=dict)
    asked: Sequence[Asked] = ()


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
    return Past(memories, firsts, tuple(sorted(asked, key=lambda each: each.day)))


def pace_of(timed: Iterable[Timed], usual: Seconds | None = None) -> Seconds:
    """Return mean seconds a card takes on a day, from what each answer took, in their order.

    Means, as a day is filled with sums. Where there are few answers the usual pace counts for some.
    """
    usual = usual or Seconds()
    totals: dict[tuple[CardId, int], tuple[float, bool, bool]] = {}
    for card_id, day, seconds, rating, is_first_day in timed:
        before = totals.get((card_id, day))
        is_known = rating > Rating.AGAIN if before is None else before[1]
        totals[card_id, day] = (seconds + (before[0] if before else 0.0), is_known, is_first_day)
    right = _mean(totals.values(), usual.right, is_known=True, is_first_day=False)
    wrong = _mean(totals.values(), usual.right + usual.wrong, is_known=False, is_first_day=False)
    known = _mean(totals.values(), usual.known, is_known=True, is_first_day=True)
    new = _mean(totals.values(), usual.new, is_known=False, is_first_day=True)
    return Seconds(right=right, wrong=max(0.0, wrong - right), known=known, new=new)


def _mean(totals: Iterable[tuple[float, bool, bool]], usual: float, *, is_known: bool, is_first_day: bool) -> float:
    found = [seconds for seconds, known, first in totals if known is is_known and first is is_first_day]
    return (sum(found) + PRIOR_OF_PACE * usual) / (len(found) + PRIOR_OF_PACE)


@dataclass(frozen=True, slots=True)
class FirstAnswers:
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
