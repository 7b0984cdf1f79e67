"""What Home and `sciaquiz decks` tell: the day's work by deck, the days to come, the days behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from sciaquiz.deck.model import Safety
from sciaquiz.memory.forecast import due_forecast, retrievability_now
from sciaquiz.record import Phase
from sciaquiz.study.queue import Limits, workload

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from sciaquiz.deck.model import Card, Deck, Question
    from sciaquiz.ids import CardId
    from sciaquiz.memory.policy import Policy
    from sciaquiz.record import CardState, DayTally

DEFAULT_SECONDS_PER_ANSWER = 20
"""Until the student's own pace is known."""

ANSWERS_PER_NEW_CARD = 2.5
"""A new card is answered on each learning step, and some steps are repeated."""

FORECAST_DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class DeckRow:
    """One deck on Home. `due`, `new` and `learning` are today's; `unseen` are all that were never answered.

    `known` is the mean chance, 0..1, of recalling a card of the deck now; what was never seen or is still being
    learned counts as 0, since a card is not known because it was read a minute ago.
    """

    deck: Deck
    due: int
    new: int
    learning: int
    unseen: int
    cards: int
    known: float

    @property
    def total(self) -> int:
        """How many cards wait today."""
        return self.due + self.new + self.learning


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """Everything that Home shows. `forecast[0]` is tomorrow; `minutes` is None when nothing waits."""

    rows: tuple[DeckRow, ...]
    beyond: int
    minutes: int | None
    forecast: tuple[int, ...]
    streak: int
    done_today: int

    @property
    def due(self) -> int:
        """Reviews and learning cards that wait today, over all decks."""
        return sum(row.due + row.learning for row in self.rows)

    @property
    def new(self) -> int:
        """New cards for today, over all decks."""
        return sum(row.new for row in self.rows)


def overview(
    decks: Sequence[Deck],
    states: Mapping[CardId, CardState],
    today: date,
    *,
    limits: Limits,
    tally: DayTally,
    policy_for: Callable[[Question], Policy],
    answers_by_day: Mapping[date, int],
    seconds_per_answer: float | None = None,
    days_off: Collection[str] = (),
    unsafe: Mapping[CardId, date] | None = None,
) -> Overview:
    """Sum up the day. The daily limits hold over all decks together; `unsafe` are the days on which proofs are due."""
    cards = [card for deck in decks for card in deck.cards()]
    work = workload(cards, states, today, limits.left(tally), policy_for, unsafe)
    rows = tuple(_row(deck, work.reviews, work.new, work.learning, states, today, policy_for) for deck in decks)
    installed = {card.id for card in cards}
    answers = len(work.reviews) + len(work.learning) + ANSWERS_PER_NEW_CARD * len(work.new)
    seconds = seconds_per_answer or DEFAULT_SECONDS_PER_ANSWER
    return Overview(
        rows=rows,
        beyond=work.beyond,
        minutes=max(1, round(answers * seconds / 60)) if work.total else None,
        forecast=due_forecast(
            [state for card_id, state in states.items() if card_id in installed], today, FORECAST_DAYS + 1
        )[1:],
        streak=streak(answers_by_day, today, days_off),
        done_today=answers_by_day.get(today, 0),
    )


def _row(
    deck: Deck,
    reviews: Sequence[Card],
    new: Sequence[Card],
    learning: Sequence[Card],
    states: Mapping[CardId, CardState],
    today: date,
    policy_for: Callable[[Question], Policy],
) -> DeckRow:
    cards = deck.cards()
    recall = 0.0
    unseen = 0
    for card in cards:
        state = states.get(card.id)
        if state is None or state.progress is None:
            unseen += 1
        elif state.progress.phase is Phase.REVIEW:
            recall += retrievability_now(state.progress, today, policy_for(card.question))

    def of_deck(waiting: Sequence[Card]) -> int:
        return sum(card.question.deck_id == deck.id for card in waiting)

    return DeckRow(
        deck=deck,
        due=of_deck(reviews),
        new=of_deck(new),
        learning=of_deck(learning),
        unseen=unseen,
        cards=len(cards),
        known=recall / len(cards) if cards else 0.0,
    )


def streak(answers_by_day: Mapping[date, int], today: date, days_off: Collection[str] = ()) -> int:
    """Return the days studied in a row up to today, or to yesterday if today has no answer yet.

    A planned day off neither breaks the row nor counts in it.
    """
    off = {date.fromisoformat(day) for day in days_off}
    day = today if answers_by_day.get(today) else today - timedelta(days=1)
    count = 0
    while True:
        if answers_by_day.get(day):
            count += 1
        elif day not in off:
            return count
        day -= timedelta(days=1)


def must_not_miss(deck: Deck) -> int:
    """Return how many questions of the deck must not be missed."""
    return sum(question.safety is Safety.MUST_NOT_MISS for question in deck.questions)
