"""What Home and `sciaquiz decks` tell: the day's work by deck, the days to come, the days behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from sciaquiz.memory.fsrs6 import FSRS6
from sciaquiz.memory.policy import FSRS6_PARAMETERS
from sciaquiz.study.pool import DeckCount
from sciaquiz.study.queue import USUAL_SECONDS
from sciaquiz.study.today import today
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sciaquiz.deck.model import Deck
    from sciaquiz.ids import CardId
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.study.danger import Danger
    from sciaquiz.study.pool import Pool
    from sciaquiz.study.queue import Limits, Waiting, Workload
    from sciaquiz.workspace import Workspace

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
    """Everything that Home shows. `forecast[0]` is tomorrow; `minutes` is None when nothing waits.

    `beyond` reviews are left for later by the daily limit; `above` are asked today although it is reached.
    """

    rows: tuple[DeckRow, ...]
    beyond: int
    above: int
    unsafe: Mapping[CardId, Danger]
    minutes: int | None
    forecast: tuple[int, ...]
    streak: int
    done_today: int

    @property
    def due(self) -> int:
        """Reviews and learning cards that wait today, over all decks."""
        return sum(row.due + row.learning for row in self.rows)

    @property
    def limit_words(self) -> tuple[str, ...]:
        """What the daily limit does to the numbers of today, if it does anything."""
        told = []
        if self.above:
            come = count(self.above, "card comes", "cards come")
            told.append(f"{come} although today's limit is reached: what is unsafe is not put off.")
        if self.beyond:
            are = count(self.beyond, "more is", "more are")
            told.append(f"{are} due beyond today's limit.")
        return tuple(told)

    @property
    def new(self) -> int:
        """New cards for today, over all decks."""
        return sum(row.new for row in self.rows)


def overview(
    decks: Sequence[Deck],
    pool: Pool,
    snapshot: Snapshot,
    study_day: date,
    *,
    limits: Limits,
    parameters: Sequence[float] = FSRS6_PARAMETERS,
    days_off: Collection[str] = (),
) -> Overview:
    """Sum up the day over a pool of the cards of some decks. The daily limits hold over all decks together."""
    waiting = today(pool, snapshot, study_day, limits)
    work, habits = waiting.work, snapshot.habits()
    counts = pool.counts(study_day, partial(FSRS6.recall, parameters))
    answers = len(work.reviews) + len(work.learning) + ANSWERS_PER_NEW_CARD * len(work.new)
    seconds = habits.seconds_per_answer or USUAL_SECONDS
    return Overview(
        rows=tuple(_row(deck, work, counts.get(deck.id, DeckCount())) for deck in decks),
        beyond=work.beyond,
        above=work.above,
        unsafe=waiting.unsafe,
        minutes=max(1, round(answers * seconds / 60)) if work.total else None,
        forecast=pool.forecast(study_day, FORECAST_DAYS + 1)[1:],
        streak=streak(habits.answers_by_day, study_day, days_off),
        done_today=habits.answers_by_day.get(study_day, 0),
    )


def overview_of(workspace: Workspace, decks: Sequence[Deck], snapshot: Snapshot) -> Overview:
    """Sum up the day of this student, now."""
    return overview(
        decks,
        workspace.pool(decks),
        snapshot,
        workspace.clock.now().study_day,
        limits=workspace.limits,
        days_off=workspace.settings.days_off,
    )


def _row(deck: Deck, work: Workload, counted: DeckCount) -> DeckRow:
    def of_deck(cards: Sequence[Waiting]) -> int:
        return sum(waiting.deck_id == deck.id for waiting in cards)

    return DeckRow(
        deck=deck,
        due=of_deck(work.reviews),
        new=of_deck(work.new),
        learning=of_deck(work.learning),
        unseen=counted.unseen,
        cards=counted.cards,
        known=counted.recalled / counted.cards if counted.cards else 0.0,
    )


def streak(answers_by_day: Mapping[date, int], today: date, days_off: Collection[str] = ()) -> int:
    """Return the days studied in a row up to today, or to yesterday if today has no answer yet.

    A planned day off neither breaks the row nor counts in it.
    """
    off = {date.fromisoformat(day) for day in days_off}
    day = today if answers_by_day.get(today) else today - timedelta(days=1)
    days = 0
    while True:
        if answers_by_day.get(day):
            days += 1
        elif day not in off:
            return days
        day -= timedelta(days=1)
