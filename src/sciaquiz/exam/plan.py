"""The plan: every day, the cards that add most to the expected score for each second, until the minutes are used.

A plan is a function of the cards, the days and the minutes. It is never stored: what is asked today is worked out from
the memories as they are today. In simulations this rule was steadier than any with a final phase, and has no window to
choose; `docs/exam.md` has the figures.
"""

from __future__ import annotations

from math import ceil, exp
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from sciaquiz.memory.fsrs6 import HIGHEST_STABILITY, LOWEST_STABILITY

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from sciaquiz.exam.expecting import Expecting, Held
    from sciaquiz.ids import CardId
    from sciaquiz.journal.costs import Costs
    from sciaquiz.journal.entries import Memory

SLIP = 0.02
"""How often what is known is answered wrongly."""

WAITING_GAIN = 0.5
"""A card waits if a later review would gain more even at this share of its gain."""
LATER = (0.60, 0.20, 0.06)
"""How far ahead, as shares of the days left, a later review is looked at."""

NEW_WORTH = 1.7
"""How much more a first answer is worth than the score it is expected to add. That score alone is the higher the later
the answer comes, and would leave the new cards to the end; see docs/exam.md for what was tried."""

SAFE_RECALL = 0.95
"""What must not be missed is asked first when its recall has fallen to this."""
LATE_DAYS = 7
LATE_SHARE = 1 / 3
"""What must not be missed and was never asked comes first in the last days, or once it needs this share of the time."""

RESERVE = 1.5
"""The share of a day's minutes for which cards are listed: answers may go faster than usual."""

LATER_DAYS = 30
"""How long after an exam it is told what is kept of it."""

MOST_OVER = 1.1
"""The share of a day's minutes that a plan never goes beyond."""


class Candidate(Struct, frozen=True, kw_only=True):
    """A card that counts in an exam, as it stands today.

    `memory` is None for one that was never answered, else its `last` answer was so many days ago. `guess` is how often
    a blind guess is right. `right` and `known` are how often a first answer to such a card is right, and is known.
    `weights` are its shares of the score of each exam, None where it is not part of one. `free_from` is the day, from
    today, on which it can be asked; None for never.
    """

    card_id: CardId
    question: Hashable
    case: Hashable = None
    stage: int = 0
    guess: float
    must_not_miss: bool = False
    memory: Memory | None = None
    last: int = 0
    right: float = 0.5
    known: float = 0.3
    weights: tuple[float | None, ...]
    free_from: int | None = 0

    def worth(self, exam: int) -> float:
        """Return what full recall adds to the score of an exam, over a blind guess."""
        return (self.weights[exam] or 0.0) * max(0.0, 1 - self.guess - SLIP)


class Taken(NamedTuple):
    """A card of a day of the plan: its place among the candidates, the seconds, and the score it is expected to add."""

    card: int
    seconds: float
    gain: float


class PlannedDay(Struct, frozen=True):
    """What a day holds: cards in their order, those never answered before among them counted."""

    seconds: float = 0.0
    new: int = 0
    cards: tuple[Taken, ...] = ()

    @property
    def reviews(self) -> int:
        """How many of the cards were answered before."""
        return len(self.cards) - self.new


class Plan(Struct, frozen=True):
    """The days from today on, and of each exam what is recalled of each card on its morning, None for one never met.

    `kept` is the mean recall `LATER_DAYS` after each exam of the cards that were met, weighted as they count.
    """

    days: tuple[PlannedDay, ...]
    recall: tuple[tuple[float | None, ...], ...] = ()
    kept: tuple[float, ...] = ()


def plan(
    cards: Sequence[Candidate],
    ends: Sequence[int],
    minutes: Sequence[float],
    costs: Costs,
    expecting: Expecting,
    days: int | None = None,
) -> Plan:
    """Plan the days up to the last exam, or the first so many of them.

    `ends` are the days from today to each exam, `minutes` those of each day from today on. Days are whole, an exam is
    on the morning of its day. A few microseconds for each card and day.
    """
    planning = _Planning(cards, ends, minutes, costs, expecting)
    last = max(ends, default=0)
    found = [planning.day(day) for day in range(last if days is None else min(days, last))]
    return Plan(tuple(found), *planning.at_the_end()) if days is None else Plan(tuple(found))


def with_reserve(minutes: Sequence[float]) -> list[float]:
    """Return the minutes with more of them today: a list for today goes on until the clock ends it."""
    return [minutes[0] * RESERVE, *minutes[1:]]


class _Known(Struct):
    """A card that was answered: its memory, the day of the last answer, and of each exam ahead in which it counts the
    day, the weight, and the recall without another review. `gains` are those of reviews on days that were looked at."""

    held: Held
    last: int
    targets: list[tuple[int, float, float]]
    gains: dict[int, float] = field(default_factory=dict)


class _Fresh(Struct):
    """Cards never answered that have the same value, in their order; those of a case are taken together."""

    first: Candidate
    units: list[list[int]] = field(default_factory=list)


class _Holding(Struct):
    """A day that is being filled: its seconds, those used, and what was taken."""

    budget: float
    used: float = 0.0
    new: int = 0
    taken: list[Taken] = field(default_factory=list)
    is_full: bool = False

    def has_room(self, seconds: float) -> bool:
        """Say whether at least half of so much still fits; if not, the day is full."""
        self.is_full = self.used + seconds / 2 > self.budget
        return not self.is_full and self.used + seconds <= self.budget * MOST_OVER

    def take(self, taken: Taken, *, is_new: bool = False) -> None:
        """Add a card."""
        self.taken.append(taken)
        self.used += taken.seconds
        self.new += is_new


class _Planning:
    """The state of a plan that is being made: memories as they are expected to be at the start of a day."""

    def __init__(
        self,
        cards: Sequence[Candidate],
        ends: Sequence[int],
        minutes: Sequence[float],
        costs: Costs,
        expecting: Expecting,
    ) -> None:
        self._cards, self._ends, self._minutes = cards, ends, minutes
        self._costs, self._model = costs, expecting
        self._known: dict[int, _Known] = {}
        self._asked: dict[Hashable, int] = {}
        self._at_the_end: dict[int, tuple[tuple[float | None, ...], float]] = {}
        self._fresh: list[_Fresh] = []
        for place, card in enumerate(cards):
            if card.memory is not None:
                self._keep(place, expecting.held(card.memory.stability, card.memory.difficulty), -card.last, 0)
                if card.last == 0:
                    self._asked[card.question] = 0
        self._sort_fresh()

    def _sort_fresh(self) -> None:
        alike: dict[tuple[object, ...], _Fresh] = {}
        cases: dict[Hashable, list[int]] = {}
        asked: set[tuple[Hashable, Hashable]] = set()
        for place, card in enumerate(self._cards):
            if card.memory is not None or card.free_from is None:
                continue
            key = (card.weights, card.guess, card.known, card.must_not_miss, card.free_from)
            bucket = alike.setdefault(key, _Fresh(card))
            is_linked = card.case is not None and (card.case, card.question) not in asked
            if is_linked:
                asked.add((card.case, card.question))
            if is_linked and card.case in cases:
                unit = cases[card.case]
                unit.append(place)
                unit.sort(key=lambda linked: self._cards[linked].stage)
                continue
            bucket.units.append([place])
            if is_linked:
                cases[card.case] = bucket.units[-1]
        self._fresh = list(alike.values())

    def _targets(self, card: Candidate, day: int) -> list[tuple[int, int]]:
        """Return the exams that are ahead of a day and have a card, each with its day."""
        return [(exam, end) for exam, end in enumerate(self._ends) if end > day and card.weights[exam] is not None]

    def _keep(self, place: int, held: Held, last: int, day: int) -> None:
        card, recall = self._cards[place], self._model.recall
        targets = [
            (end, card.worth(exam), recall(end - last, held.stability)) for exam, end in self._targets(card, day)
        ]
        self._known[place] = _Known(held, last, targets)

    def at_the_end(self) -> tuple[tuple[tuple[float | None, ...], ...], tuple[float, ...]]:
        """Return what is recalled on the morning of each exam, and in the mean some time after it."""
        self._pass_exams(max(self._ends, default=0))
        found = [self._at_the_end[exam] for exam in range(len(self._ends))]
        return tuple(recall for recall, _ in found), tuple(kept for _, kept in found)

    def _pass_exams(self, day: int) -> None:
        """Note what is recalled in the exams of this morning; nothing is studied for them any more."""
        is_over = False
        for exam, end in enumerate(self._ends):
            if end <= day and exam not in self._at_the_end:
                recall = tuple(self._recall_of(place, end) for place in range(len(self._cards)))
                self._at_the_end[exam] = recall, self._kept(exam, end + LATER_DAYS)
                is_over = True
        if is_over and day < max(self._ends):
            for place, known in list(self._known.items()):
                self._keep(place, known.held, known.last, day)

    def _recall_of(self, place: int, day: int) -> float | None:
        known = self._known.get(place)
        return None if known is None else self._model.recall(day - known.last, known.held.stability)

    def _kept(self, exam: int, day: int) -> float:
        weights = {place: self._cards[place].weights[exam] or 0.0 for place in self._known}
        kept = sum(weight * (self._recall_of(place, day) or 0.0) for place, weight in weights.items())
        return kept / (sum(weights.values()) or 1.0)

    def day(self, day: int) -> PlannedDay:
        """Plan one day; the days before it have been planned."""
        self._pass_exams(day)
        budget = self._minutes[day] * 60
        if budget <= 0:
            return PlannedDay()
        holding = _Holding(budget)
        waiting: list[int] = []
        for _, place, gain in self._ranked(day):
            if holding.is_full:
                break
            if place < 0:
                self._meet(self._fresh[-1 - place], day, holding)
            elif not self._cards[place].must_not_miss and self._waits(place, day, gain):
                waiting.append(place)
            else:
                self._review(place, day, holding)
        for place in waiting:
            if holding.is_full:
                break
            self._review(place, day, holding)
        return PlannedDay(holding.used, holding.new, tuple(holding.taken))

    def _ranked(self, day: int) -> list[tuple[float, int, float]]:
        """Return what can be asked on a day with its value per second, the highest first: the place of a card, or -1
        and below for cards never answered; last the score that it adds."""
        model, costs, cards = self._model, self._costs, self._cards
        factor, decay, w10, w14, w19 = model.factor, model.decay, model.w[10], model.w[14], -model.w[19]
        same_day, steps = model.same_day, range(model.relearning_steps)
        right, more = costs.right, costs.wrong - costs.right
        rank: list[tuple[float, int, float]] = []
        for place, known in self._known.items():
            last = known.last
            if last == day:
                continue
            stability, _, growth, lapsed, most_lapsed = known.held  # what follows is Expecting.review and .ahead
            recall = (1 + factor * (day - last) / stability) ** decay
            forgotten = 1 - recall
            passed = stability * (1 + growth * (exp(forgotten * w10) - 1))
            if passed > HIGHEST_STABILITY:
                passed = HIGHEST_STABILITY
            failed = lapsed * exp(forgotten * w14)
            if failed > most_lapsed:
                failed = most_lapsed
            if failed < LOWEST_STABILITY:
                failed = LOWEST_STABILITY
            for _step in steps:
                longer = same_day * failed**w19
                if longer > 1:
                    failed *= longer
            gain = 0.0
            for end, weight, without in known.targets:
                reach = factor * (end - day)
                later = recall * (1 + reach / passed) ** decay + forgotten * (1 + reach / failed) ** decay
                gain += weight * (later - without)
            value = gain / (right + forgotten * more)
            card = cards[place]
            if card.must_not_miss and recall <= SAFE_RECALL and known.targets:
                value += 1
            if value > 0 and card.free_from is not None and card.free_from <= day:
                rank.append((value, place, gain))
        is_late = self._is_late(day)
        for number, fresh in enumerate(self._fresh):
            if fresh.units and (value := self._value_of_new(fresh.first, day, is_late=is_late)) > 0:
                rank.append((value, -1 - number, 0.0))
        rank.sort(key=itemgetter(0), reverse=True)
        return rank

    def _value_of_new(self, card: Candidate, day: int, *, is_late: bool) -> float:
        if card.free_from is None or card.free_from > day or not self._targets(card, day):
            return 0.0
        value = NEW_WORTH * self._gain_of_new(card, day) / self._costs.new
        return value + 2 if card.must_not_miss and is_late else value

    def _gain_of_new(self, card: Candidate, day: int) -> float:
        ahead, chance = self._model.first_ahead, card.known
        gains = (card.worth(exam) * (ahead(chance, end - day) - chance) for exam, end in self._targets(card, day))
        return sum(gains)

    def _is_late(self, day: int) -> bool:
        """Say whether cards that must not be missed and were never asked have to come now, to be asked at all."""
        unmet = [place for fresh in self._fresh if fresh.first.must_not_miss for unit in fresh.units for place in unit]
        if not unmet:
            return False
        next_end = min(end for end in self._ends if end > day)
        needed = len(unmet) * self._costs.new
        return next_end - day <= LATE_DAYS or needed >= LATE_SHARE * 60 * sum(self._minutes[day:next_end])

    def _waits(self, place: int, day: int, gain: float) -> bool:
        """Say whether a later review of a card gains so much more than today's that it is not asked today."""
        known = self._known[place]
        most, next_end = 0.0, known.targets[0][0]
        for end, weight, without in known.targets:
            most += weight * (1 - without)
            if end < next_end:
                next_end = end
        if WAITING_GAIN * most <= gain:
            return False
        for share in LATER:
            later = day + ceil((next_end - day) * share)
            if later < next_end and WAITING_GAIN * self._gain_of_review(known, later) > gain:
                return True
        return False

    def _gain_of_review(self, known: _Known, day: int) -> float:
        if day not in known.gains:
            model, gain = self._model, 0.0
            reviewed = model.review(known.held, day - known.last)
            for end, weight, without in known.targets:
                gain += weight * (model.ahead(reviewed, end - day) - without)
            known.gains[day] = gain
        return known.gains[day]

    def _review(self, place: int, day: int, holding: _Holding) -> None:
        """Take a card that was answered before, if it fits and no sibling was asked that day."""
        card, known, model = self._cards[place], self._known[place], self._model
        if self._asked.get(card.question) == day:
            return
        reviewed = model.review(known.held, day - known.last)
        seconds = self._costs.review(reviewed.recall)
        if not holding.has_room(seconds):
            return
        gain, days = 0.0, 0
        for end, weight, without in known.targets:
            gain += weight * (model.ahead(reviewed, end - day) - without)
            days = max(days, end - day)
        holding.take(Taken(place, seconds, gain))
        self._asked[card.question] = day
        self._keep(place, model.after(known.held, reviewed, days), day, day)

    def _meet(self, fresh: _Fresh, day: int, holding: _Holding) -> None:
        """Take cards that were never answered, a case together, as long as they fit."""
        left: list[list[int]] = []
        units = iter(fresh.units)
        for unit in units:
            cards = [self._cards[place] for place in unit]
            is_apart = all(self._asked.get(card.question) != day for card in cards)
            if not is_apart or not holding.has_room(len(cards) * self._costs.new):
                left.append(unit)
                if holding.is_full:
                    left += units
                continue
            for place, card in zip(unit, cards, strict=True):
                holding.take(Taken(place, self._costs.new, self._gain_of_new(card, day)), is_new=True)
                self._asked[card.question] = day
                if targets := self._targets(card, day):
                    days = max(end for _, end in targets) - day
                    self._keep(place, self._model.after_first(card.known, days), day, day)
        fresh.units = left
