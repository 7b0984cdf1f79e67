"""Statistics by one slow pass in plain Python, for tests: every figure from its definition, by answers and by days."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from math import log, sqrt
from statistics import median
from typing import TYPE_CHECKING

import pytest

from sciaquiz.deck.kinds import SingleBestAnswer, TrueFalse
from sciaquiz.insight.shares import Share
from sciaquiz.journal.entries import Certainty, Event, Phase, Rating
from sciaquiz.memory.fsrs6 import FSRS6
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.replay import in_force, misses_of, standing_reviews
from sciaquiz.memory.schedule import Graded, advance
from sciaquiz.study.query import Field, slug, text_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sciaquiz.deck.model import Card, Deck
    from sciaquiz.ids import CardId, Digest, EntryId
    from sciaquiz.insight.report import Recalled, Report
    from sciaquiz.insight.scope import Scope
    from sciaquiz.journal.entries import CardState, MissReason, Progress, Review

Entries = tuple[list["Review"], list["Event"]]


@dataclass(frozen=True)
class Given:
    """An answer that counts, with what the card had come to before and after it."""

    review: Review
    rating: Rating
    before: Progress | None
    after: Progress | None
    is_first_of_day: bool
    reason: MissReason | None
    seconds: float
    position: int

    @property
    def day(self) -> date:
        return self.review.moment.study_day

    @property
    def expected(self) -> float:
        assert self.before is not None
        return recall_on(self.before, self.day, POLICIES[self.review.policy])

    @property
    def is_recall(self) -> bool:
        return self.is_first_of_day and self.before is not None and self.before.phase is Phase.REVIEW

    @property
    def is_mature(self) -> bool:
        return self.before is not None and self.before.interval_days >= 21


POLICIES: dict[Digest, Policy] = defaultdict(Policy)


def recall_on(progress: Progress, day: date, policy: Policy) -> float:
    elapsed = max(0, (day - progress.last_day).days)
    return FSRS6.retrievability(policy.parameters, progress.memory, elapsed)


def all_given(journal: Mapping[CardId, Entries], policies: Mapping[Digest, Policy]) -> dict[CardId, list[Given]]:
    """Every answer that counts, by card, in the order that counts."""
    POLICIES.clear()
    POLICIES.update(policies)
    places = _places(review for reviews, _ in journal.values() for review in reviews)
    found: dict[CardId, list[Given]] = {}
    for card_id, (reviews, events) in journal.items():
        reasons = misses_of(in_force(reviews, events).events)
        progress: Progress | None = None
        days: set[date] = set()
        for review in standing_reviews(reviews, events):
            before, day = progress, review.moment.study_day
            schedules = review.schedules
            if schedules:
                policy = policies.get(review.policy, Policy())
                progress = advance(before, Graded(card_id, review.moment, review.rating), policy)
            seconds, position = places[review.id]
            found.setdefault(card_id, []).append(
                Given(
                    review, review.rating, before, progress if schedules else None, schedules and day not in days,
                    None if review.correct else reasons.get(review.id), seconds, position,
                )
            )  # fmt: skip
            if schedules:
                days.add(day)
    return found


def _places(reviews: Iterable[Review]) -> dict[EntryId, tuple[float, int]]:
    """How long each answer took, in seconds, and its place in the sitting; also for answers that were taken back."""
    devices: dict[str, list[Review]] = {}
    for review in reviews:
        devices.setdefault(review.device_id, []).append(review)
    found = {}
    for own in devices.values():
        own.sort(key=lambda review: review.seq)
        position = 0
        last: datetime | None = None
        for review in own:
            gap = None if last is None else (review.moment.instant - last).total_seconds()
            position = position + 1 if gap is not None and abs(gap) <= 30 * 60 else 1
            is_told = gap is not None and 0 <= gap <= 180
            found[review.id] = (
                gap if is_told and gap is not None else min(180, (review.latency_ms or 0) / 1000),
                position,
            )
            last = review.moment.instant
    return found


class Slow:
    """The statistics of a scope since a day."""

    def __init__(
        self,
        given: Mapping[CardId, list[Given]],
        states: Mapping[CardId, CardState],
        decks: Sequence[Deck],
        scope: Scope,
        since: date,
        today: date,
    ) -> None:
        self.installed = {card.id: card for deck in decks for card in deck.cards()}
        self.all, self.states = given, states
        self.scope, self.since, self.today = scope, since, today
        self.cards = [card_id for card_id, card in self.installed.items() if belongs(card, scope)]
        counted = given if scope.field is None else {name: given[name] for name in self.cards if name in given}
        self.ever = [each for answers in counted.values() for each in answers]
        self.given = [each for each in self.ever if each.day >= since]

    def chance(self, certainty: Certainty) -> float | None:
        some = [each for each in self.given if each.review.certainty is certainty]
        return sum(guess(self.installed.get(each.review.card_id)) for each in some) / len(some) if some else None

    def known(self, day: date) -> float:
        """The sum of the chances that the cards of the scope would be recalled at the end of a day."""
        total = 0.0
        for name in self.cards:
            last = [each for each in self.all.get(name, ()) if each.after is not None and each.day <= day]
            if last and last[-1].after is not None and last[-1].after.phase is Phase.REVIEW:
                progress, given = last[-1].after, last[-1].day
                elapsed = (day - given).days
                total += FSRS6.retrievability(POLICIES[last[-1].review.policy].parameters, progress.memory, elapsed)
        return total

    def asked_on(self, card: CardId) -> date | None:
        """The day on which a card is asked next, as it is scheduled."""
        state = self.states.get(card)
        if state is None or state.progress is None or state.marks.suspended:
            return None
        return max(state.progress.due_day, state.marks.buried_until or date.min)

    def progress(self) -> list[Progress]:
        found = ([each.after for each in self.all.get(name, ()) if each.after is not None] for name in self.cards)
        return [all_of[-1] for all_of in found if all_of]


def belongs(card: Card, scope: Scope) -> bool:
    question = card.question
    match scope.field:
        case None:
            return True
        case Field.DECK:
            return question.deck_id == scope.value
        case Field.KIND:
            return question.kind == scope.value
        case _:
            return scope.value in map(slug, question.topics)


def guess(card: Card | None) -> float:
    if card is not None and isinstance(card.question, SingleBestAnswer):
        return 1 / len(card.question.options)
    if card is not None and isinstance(card.question, TrueFalse):
        return 0.5 ** len(card.question.statements)
    return 0.0


def longest_row(days: Iterable[date], off: Iterable[date]) -> int:
    """The longest row of days with answers, which a day off does not break."""
    answered, free = set(days), set(off)
    longest = 0
    for first in answered:
        length, day = 0, first
        while day in answered or day in free:
            length += day in answered
            day += timedelta(days=1)
        longest = max(longest, length)
    return longest


def right_of(some: Sequence[Given]) -> Share:
    return Share(sum(each.review.correct for each in some), len(some))


def recalled(some: Iterable[Given]) -> tuple[Share, float | None]:
    """True retention, and what was expected."""
    own = [each for each in some if each.is_recall]
    expected = sum(each.expected for each in own) / len(own) if own else None
    return Share(sum(each.rating is not Rating.AGAIN for each in own), len(own)), expected


def log_loss(some: Iterable[Given]) -> float | None:
    losses = []
    for each in some:
        if each.is_recall:
            chance = min(max(each.expected, 1e-4), 1 - 1e-4)
            losses.append(-log(chance if each.rating is not Rating.AGAIN else 1 - chance))
    return sum(losses) / len(losses) if losses else None


def near(value: float | None) -> object:
    return None if value is None else pytest.approx(value, abs=1e-5)


def same(found: Recalled, some: Iterable[Given]) -> bool:
    kept, expected = recalled(some)
    return found.kept == kept and found.expected == near(expected)


def check(report: Report, slow: Slow, days_off: Sequence[date] = ()) -> None:
    """Hold a whole report to the slow pass."""
    given = slow.given
    assert report.answers == right_of(given)
    assert report.seconds == near(sum(each.seconds for each in given))
    assert same(report.remembered.all, given)
    assert same(report.remembered.young, [each for each in given if not each.is_mature])
    assert same(report.remembered.mature, [each for each in given if each.is_mature])
    _check_calibration(report, given)
    for level in report.certainty.levels:
        assert level.right == right_of([each for each in given if each.review.certainty is level.certainty])
        assert level.chance == near(slow.chance(level.certainty))
    assert {day.day: day.right.n for day in report.days if day.right.n} == Counter(each.day for each in given)
    for day in report.days:
        own = [each for each in given if each.day == day.day]
        assert day.right == right_of(own)
        assert day.seconds == near(sum(each.seconds for each in own))
        assert day.introduced == sum(each.review.schedules and each.before is None for each in own)
        assert day.kept == recalled(own)[0]
    for hour, share in enumerate(report.hours):
        assert share == right_of([each for each in given if each.review.moment.local.hour == hour])
    for place in report.positions:
        last = place.last or 10**9
        assert place.right == right_of([each for each in given if place.first <= each.position <= last])
    every = {each.day for answers in slow.all.values() for each in answers if each.day <= slow.today}
    assert report.streak.longest == longest_row(every, days_off)
    reasons = Counter(each.reason for each in given if each.reason is not None)
    assert {missed.reason: missed.answers for missed in report.misses.reasons} == reasons
    for missed in report.misses.reasons:
        cards = {each.review.card_id for each in given if each.reason is missed.reason} & slow.installed.keys()
        assert (missed.query and text_of(missed.query)) == (f"id:{','.join(sorted(cards))}" if cards else None)
    assert report.misses.wrong == sum(not each.review.correct for each in given)
    _check_knowledge(report, slow)


def _check_calibration(report: Report, given: Sequence[Given]) -> None:
    assert report.recall.log_loss == near(log_loss(given))
    edges = [*(each.low for each in report.recall.bins), 2.0]
    squares = n = 0.0
    for each, (low, high) in zip(report.recall.bins, pairwise(edges), strict=True):
        own = [answer for answer in given if answer.is_recall and low <= answer.expected < high]
        assert same(each.recalled, own)
        kept, expected = recalled(own)
        if expected is not None and kept.value is not None:
            squares, n = squares + kept.n * (expected - kept.value) ** 2, n + kept.n
    assert report.recall.rmse == near(sqrt(squares / n) if n else None)


def _check_knowledge(report: Report, slow: Slow) -> None:
    knowledge, progress = report.knowledge, slow.progress()
    assert knowledge.cards == len(slow.cards)
    assert knowledge.unseen == len(slow.cards) - len(progress)
    assert knowledge.learning == sum(each.phase is not Phase.REVIEW for each in progress)
    assert knowledge.known == near(slow.known(slow.today))
    ahead = [day for card in slow.cards if (day := slow.asked_on(card)) is not None]
    assert report.due == sum(day <= slow.today for day in ahead)
    for days, cards in enumerate(report.forecast, start=1):
        assert cards == ahead.count(slow.today + timedelta(days=days))
    for point in knowledge.course:
        assert point.cards == near(slow.known(point.day))
    learnt = [each.memory for each in progress if each.phase is Phase.REVIEW]
    for spread, values in (
        (report.stability, [memory.stability for memory in learnt]),
        (report.difficulty, [memory.difficulty for memory in learnt]),
    ):
        assert spread.cards == len(values)
        assert spread.median == near(median(values) if values else None)
        for group in spread.counts[:-1]:
            assert group.cards == sum(group.low <= value < (group.high or 0) for value in values)
