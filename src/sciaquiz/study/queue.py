"""What is to be done today, and in which order."""

from __future__ import annotations

from functools import partial
from itertools import groupby, zip_longest
from typing import TYPE_CHECKING, NamedTuple

from msgspec import Struct, field

from sciaquiz.journal.entries import CardState, Phase
from sciaquiz.memory.belief import PROOF_AFTER
from sciaquiz.memory.fits import DEFAULT_FITS, Fits
from sciaquiz.memory.schedule import elapsed_days
from sciaquiz.memory.value import HORIZON_DAYS, faded, worth_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date, datetime

    from sciaquiz.deck.model import Card
    from sciaquiz.ids import CardId, DeckId, QuestionId
    from sciaquiz.journal.entries import DayTally, Memory, Progress
    from sciaquiz.study.budget import Budget

USUAL_SECONDS = 20.0
"""Seconds an answer takes, until the student's own pace is known."""


class Limits(Struct, frozen=True):
    """How much the student wants in a day: cards seen for the first time, reviews, and time, if that is limited."""

    new_per_day: int
    reviews_per_day: int
    budget: Budget | None = None
    is_catching_up: bool = False

    def left(self, tally: DayTally) -> Limits:
        """Return how many cards are left of the day after what was done."""
        return Limits(
            new_per_day=max(0, self.new_per_day - tally.introduced),
            reviews_per_day=max(0, self.reviews_per_day - tally.reviewed),
        )


class Waiting(NamedTuple):
    """A card that waits today.

    `case` is the vignette that links a new card to others, empty for none; `due_at` is set for a card on a step within
    the day.
    """

    card_id: CardId
    deck_id: DeckId
    case: str = ""
    due_at: datetime | None = None


class Workload(Struct, frozen=True):
    """The cards of a day: learning cards by the instant they are due, reviews in the order that `workload` names, new
    cards in the author's order, one from each deck in turn. `beyond` counts reviews that the daily limit leaves for
    later, `urgent` those at the front that come before anything new, `above` those of them that it would leave.
    `unlisted` counts reviews of the day that come after those in `reviews`, where only so many were asked for. The last
    `early` of the reviews come ahead of a planned break. `is_full` says that the minutes of the day hold no more."""

    learning: tuple[Waiting, ...] = ()
    reviews: tuple[Waiting, ...] = ()
    new: tuple[Waiting, ...] = ()
    beyond: int = 0
    urgent: int = 0
    above: int = 0
    unlisted: int = 0
    early: int = 0
    is_full: bool = False

    @property
    def total(self) -> int:
        """How many cards wait."""
        return len(self.learning) + len(self.reviews) + self.unlisted + len(self.new)

    def woven(self) -> tuple[Waiting, ...]:
        """Return reviews with the new cards spread evenly among them, the questions of a case together.

        It goes as far as the reviews are listed.
        """
        if not self.new:
            return self.reviews
        groups = [tuple(linked) for _, linked in groupby(self.new, key=_group)]
        mixed, reviews = list(self.reviews[: self.urgent]), list(self.reviews[self.urgent :])
        stride = (len(reviews) + self.unlisted) / len(groups)
        taken = 0
        for place, group in enumerate(groups):
            upto = round((place + 0.5) * stride)
            if self.unlisted and upto > len(reviews):
                break
            mixed += reviews[taken:upto]
            mixed += group
            taken = max(taken, upto)
        return (*mixed, *reviews[taken:])


def _group(waiting: Waiting) -> object:
    return (waiting.deck_id, waiting.case) if waiting.case else waiting.card_id


class Ranking(Struct, frozen=True):
    """The order of reviews where more is due than the day holds: by what each is worth for the time it takes.

    `fits` say how each memory is read (see `memory.value`); `seconds` are those of a right answer by kind of question,
    `usual` those of other kinds; a wrong one takes longer by `more_when_wrong` of that. What counts is recall `horizon`
    days from now.
    """

    fits: Fits = DEFAULT_FITS
    seconds: Mapping[str, float] = field(default_factory=dict)
    usual: float = USUAL_SECONDS
    more_when_wrong: float = 1.0
    horizon: int = HORIZON_DAYS

    def by_kind(self) -> Callable[[Memory, float, str], float]:
        """Return what says of a memory, elapsed days and a kind what recall a review adds for each second it takes."""
        worth = worth_of(self.fits, self.horizon, self.more_when_wrong)
        return lambda memory, days, kind: worth(memory, days) / self.seconds.get(kind, self.usual)


DEFAULT_RANKING = Ranking()


def plain_ranking() -> Ranking:
    """Return the ranking of a student whose pace is not known."""
    return DEFAULT_RANKING


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


def proof_day(due: date, last_day: date) -> date:
    """Return from when an unsafe card comes first: its day, or a week after an answer that proved nothing."""
    return due if last_day < due else last_day + PROOF_AFTER


def workload(
    cards: Iterable[Card],
    states: Mapping[CardId, CardState],
    today: date,
    left: Limits,
    unsafe: Mapping[CardId, date] | None = None,
    ranking: Callable[[], Ranking] = plain_ranking,
    most: int | None = None,
    fits: Fits = DEFAULT_FITS,
) -> Workload:
    """Sort the cards into today's work: the rules in plain Python, which `catalogue.queue` follows by query.

    `unsafe` says for cards that were dangerously mistaken when they have to be asked at the latest; on that day they
    come first, whatever their due day and the daily limit. One that was answered since without certainty proves
    nothing, and comes first again a week later.

    Reviews come by falling chance of recall, as `fits` read it: with one model, by rising elapsed days over stability.
    Where more of them is due
    than is left of the day, they come by what they are worth for the time they take.

    Of several cards of one question only one is asked on a day: a card whose sibling was answered today, or comes
    earlier in today's work, waits until tomorrow. Cards on a learning step are never held back.

    `most` is how many reviews are listed, besides those that are unsafe.
    """
    learning: list[tuple[datetime | None, Card]] = []
    urgent: list[Card] = []
    reviews: list[tuple[Progress, Card]] = []
    fresh: list[Card] = []
    taken: dict[QuestionId, CardId] = {}
    for card in cards:
        state = states.get(card.id)
        if state is None or state.progress is None:
            if state is None or not is_hidden(state, today):
                fresh.append(card)
            continue
        progress = state.progress
        if progress.last_day == today:
            taken.setdefault(card.question.id, card.id)
        is_urgent = unsafe is not None and card.id in unsafe and today >= proof_day(unsafe[card.id], progress.last_day)
        if (progress.due_day > today and not is_urgent) or is_hidden(state, today):
            continue
        if in_steps(progress) and progress.due_day <= today:
            learning.append((progress.due_at, card))
        elif is_urgent:
            urgent.append(card)
        else:
            reviews.append((progress, card))

    learning.sort(key=lambda entry: (entry[0] is not None, entry[0] or 0))  # a step without an instant is due all day
    for _, card in learning:
        taken.setdefault(card.question.id, card.id)
    first = _apart(urgent, taken)

    def recall(entry: tuple[Progress, Card]) -> float:
        return faded(fits, entry[0].memory, elapsed_days(entry[0], today))

    def value(entry: tuple[Progress, Card], worth: Callable[[Memory, float, str], float]) -> float:
        progress, card = entry
        return -worth(progress.memory, elapsed_days(progress, today), card.question.kind.value)

    before = dict(taken)
    due = _apart([card for _, card in sorted(reviews, key=recall)], taken)
    if len(due) > left.reviews_per_day:
        taken, worth = before, ranking().by_kind()
        due = _apart([card for _, card in sorted(reviews, key=partial(value, worth=worth))], taken)
    new = _apart(_new(fresh, left.new_per_day), taken)
    wanted = min(len(due), left.reviews_per_day)
    listed = wanted if most is None else min(wanted, most)
    return Workload(
        learning=tuple(_waiting(card, due_at) for due_at, card in learning),
        reviews=tuple(_waiting(card) for card in (*first, *due[:listed])),
        new=tuple(_waiting(card, case=card.question.case or "") for card in new),
        beyond=len(due) - wanted,
        urgent=len(first),
        above=above_limit(len(first), len(due), left),
        unlisted=wanted - listed,
    )


def above_limit(urgent: int, due: int, left: Limits) -> int:
    """Return how many of the urgent cards come although the limit for reviews is reached."""
    return urgent if left.reviews_per_day <= due else max(0, urgent + due - left.reviews_per_day)


def _waiting(card: Card, due_at: datetime | None = None, case: str = "") -> Waiting:
    return Waiting(card.id, card.question.deck_id, case, due_at)


def _apart(cards: Iterable[Card], taken: dict[QuestionId, CardId]) -> list[Card]:
    """Return the cards whose questions no sibling has taken; each takes its question."""
    return [card for card in cards if taken.setdefault(card.question.id, card.id) == card.id]


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
