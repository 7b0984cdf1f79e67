"""What is to be done today, and in which order."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING

from sciaquiz.journal.entries import CardState, Phase
from sciaquiz.memory.forecast import retrievability_now
from sciaquiz.study.danger import PROOF_AFTER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from sciaquiz.deck.model import Card, Question
    from sciaquiz.ids import CardId, DeckId, QuestionId
    from sciaquiz.journal.entries import DayTally, Progress
    from sciaquiz.memory.policy import Policy


@dataclass(frozen=True, slots=True)
class Limits:
    """How much the student wants in a day: cards seen for the first time, and reviews."""

    new_per_day: int
    reviews_per_day: int

    def left(self, tally: DayTally) -> Limits:
        """Return what is left of the day after what was done."""
        return Limits(
            new_per_day=max(0, self.new_per_day - tally.introduced),
            reviews_per_day=max(0, self.reviews_per_day - tally.reviewed),
        )


@dataclass(frozen=True, slots=True)
class Workload:
    """The cards of a day: learning cards by the instant they are due, reviews by falling retrievability, new cards
    in the author's order, one from each deck in turn. `beyond` counts reviews that the daily limit leaves for later,
    `urgent` those at the front that come before anything new, `above` those among them that the limit would leave."""

    learning: tuple[Card, ...] = ()
    reviews: tuple[Card, ...] = ()
    new: tuple[Card, ...] = ()
    beyond: int = 0
    urgent: int = 0
    above: int = 0

    @property
    def total(self) -> int:
        """How many cards wait."""
        return len(self.learning) + len(self.reviews) + len(self.new)

    def woven(self) -> tuple[Card, ...]:
        """Return reviews with the new cards spread evenly among them, the questions of a case together."""
        if not self.new:
            return self.reviews
        groups = [tuple(linked) for _, linked in groupby(self.new, key=lambda card: _case(card) or card.id)]
        mixed, reviews = list(self.reviews[: self.urgent]), list(self.reviews[self.urgent :])
        stride = len(reviews) / len(groups)
        taken = 0
        for place, group in enumerate(groups):
            upto = round((place + 0.5) * stride)
            mixed += reviews[taken:upto]
            mixed += group
            taken = max(taken, upto)
        return (*mixed, *reviews[taken:])


def in_turn(cards: Iterable[Card]) -> Iterable[Card]:
    """Yield cards one from each deck in turn, each deck in its author's order."""
    by_deck: dict[DeckId, list[Card]] = {}
    for card in cards:
        by_deck.setdefault(card.question.deck_id, []).append(card)
    for row in zip_longest(*by_deck.values()):
        yield from (card for card in row if card is not None)


def is_hidden(state: CardState, today: date) -> bool:
    """Say whether the student has put the card out of sight: suspended, or buried until a later day."""
    marks = state.marks
    return marks.suspended or (marks.buried_until is not None and marks.buried_until > today)


def in_steps(progress: Progress) -> bool:
    """Say whether the card is on a learning or relearning step."""
    return progress.phase is not Phase.REVIEW


def workload(
    cards: Iterable[Card],
    states: Mapping[CardId, CardState],
    today: date,
    left: Limits,
    policy_for: Callable[[Question], Policy],
    unsafe: Mapping[CardId, date] | None = None,
) -> Workload:
    """Sort the cards into today's work.

    `unsafe` says for cards that were dangerously mistaken when they have to be asked at the latest; on that day they
    come first, whatever their due day and the daily limit. One that was answered since without certainty proves
    nothing, and comes first again a week later.

    Of several cards of one question only one is asked on a day: a card whose sibling was answered today, or comes
    earlier in today's work, waits until tomorrow. Cards on a learning step are never held back.
    """
    learning: list[tuple[datetime | None, Card]] = []
    urgent: list[tuple[float, Card]] = []
    reviews: list[tuple[float, Card]] = []
    fresh: list[Card] = []
    seen_today: dict[QuestionId, CardId] = {}
    for card in cards:
        state = states.get(card.id)
        if state is None or state.progress is None:
            if state is None or not is_hidden(state, today):
                fresh.append(card)
            continue
        progress = state.progress
        if progress.last_day == today:
            seen_today.setdefault(card.question.id, card.id)
        is_urgent = unsafe is not None and card.id in unsafe and today >= _proof_day(unsafe[card.id], progress)
        if (progress.due_day > today and not is_urgent) or is_hidden(state, today):
            continue
        if in_steps(progress) and progress.due_day <= today:
            learning.append((progress.due_at, card))
        else:
            recall = retrievability_now(progress, today, policy_for(card.question))
            (urgent if is_urgent else reviews).append((recall, card))

    taken = dict(seen_today)

    def is_apart(card: Card) -> bool:
        return taken.setdefault(card.question.id, card.id) == card.id

    learning.sort(key=lambda entry: (entry[0] is not None, entry[0] or 0))  # a step without an instant is due all day
    for _, card in learning:
        taken.setdefault(card.question.id, card.id)
    first = [card for _, card in urgent if is_apart(card)]
    reviews.sort(key=lambda entry: -entry[0])
    due = [card for _, card in reviews if is_apart(card)]
    return Workload(
        learning=tuple(card for _, card in learning),
        reviews=(*first, *due[: left.reviews_per_day]),
        new=tuple(card for card in _new(fresh, left.new_per_day) if is_apart(card)),
        beyond=max(0, len(due) - left.reviews_per_day),
        urgent=len(first),
        above=len(first) if left.reviews_per_day <= len(due) else max(0, len(first) + len(due) - left.reviews_per_day),
    )


def _proof_day(due: date, progress: Progress) -> date:
    """Return from when an unsafe card comes first: its day, or a week after an answer that proved nothing."""
    return due if progress.last_day < due else progress.last_day + PROOF_AFTER


def _new(fresh: Sequence[Card], most: int) -> Iterable[Card]:
    """Yield new cards up to a number; the linked questions of a case come together, even beyond it."""
    of_case: dict[object, list[Card]] = {}
    for card in fresh:
        if card.question.case is not None:
            of_case.setdefault(_case(card), []).append(card)
    seen: set[QuestionId] = set()
    count = 0
    for card in in_turn(fresh):
        if count >= most:
            return
        if card.question.id in seen:
            continue
        together = sorted(of_case.get(_case(card), [card]), key=lambda linked: linked.question.stage)
        for linked in together:
            if linked.question.id not in seen:
                seen.add(linked.question.id)
                count += 1
                yield linked


def _case(card: Card) -> object:
    return None if card.question.case is None else (card.question.deck_id, card.question.case)
