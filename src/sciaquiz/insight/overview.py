"""What Home and `sciaquiz decks` tell: the day's work by deck, the days to come, the days behind."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.insight.planning import plan_words
from sciaquiz.journal.entries import Phase
from sciaquiz.study.comeback import catching_up
from sciaquiz.study.days import days_off, usual_answers
from sciaquiz.study.pool import DeckCount
from sciaquiz.study.queue import USUAL_SECONDS
from sciaquiz.study.today import costs_of, today
from sciaquiz.words import count

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from sciaquiz.deck.model import Deck
    from sciaquiz.ids import CardId
    from sciaquiz.journal.entries import CardState
    from sciaquiz.journal.snapshot import Snapshot
    from sciaquiz.study.danger import Danger
    from sciaquiz.study.pool import Pool
    from sciaquiz.study.queue import Limits, Waiting, Workload
    from sciaquiz.workspace import Workspace

FORECAST_DAYS = 60


class Standing(Struct, frozen=True, kw_only=True):
    """How some cards stand. `due`, `new` and `learning` are today's; `unseen` are all that were never answered.

    `known` is the mean chance, 0..1, of recalling one of them now; what was never seen or is still being learned counts
    as 0, since a card is not known because it was read a minute ago. `waiting` are due whatever the daily limit.
    """

    due: int = 0
    new: int = 0
    learning: int = 0
    unseen: int = 0
    cards: int = 0
    known: float = 0.0
    unsafe: int = 0
    waiting: int = 0

    @property
    def total(self) -> int:
        """How many cards wait today."""
        return self.due + self.new + self.learning

    @property
    def met(self) -> float:
        """The share, 0..1, that was answered at least once."""
        return 1 - self.unseen / self.cards if self.cards else 0.0


class DeckRow(Standing, frozen=True, kw_only=True):
    """One deck on Home."""

    deck: Deck


class Overview(Struct, frozen=True, kw_only=True):
    """Everything that Home shows. `forecast[0]` is tomorrow; `minutes` is None when nothing waits.

    `beyond` reviews are left for later by the daily limit; `above` are asked today although it is reached. `waiting` is
    how many are due over all, whatever the limit, and `fading` how many of them would be forgotten, a sum of chances.
    `held_back` of them wait for another day, since another card of their question is asked on this one.
    `usual` is the mean number of answers on the last days with any, and `seconds` what one of them takes. `last_day` is
    the study day of the last answer, `today` all cards that wait. `catch_up`
    is how many reviews a day hold while what waited over a break is caught up with, 0 where that is over. `early` of
    the reviews come ahead of a planned break; `is_full` says that the minutes of the day hold no more, and `plan` what
    they and the break do.
    """

    rows: tuple[DeckRow, ...]
    beyond: int
    above: int
    unsafe: Mapping[CardId, Danger]
    minutes: int | None
    forecast: tuple[int, ...]
    streak: int
    done_today: int
    waiting: int = 0
    fading: float = 0.0
    held_back: int = 0
    usual: float = 0.0
    seconds: float = USUAL_SECONDS
    is_paced: bool = False
    last_day: date | None = None
    today: tuple[CardId, ...] = ()
    catch_up: int = 0
    early: int = 0
    is_full: bool = False
    plan: tuple[str, ...] = ()

    @property
    def all_decks(self) -> Standing:
        """How all decks together stand."""
        cards = sum(row.cards for row in self.rows)
        return Standing(
            due=sum(row.due for row in self.rows),
            new=self.new,
            learning=self.learning,
            unseen=sum(row.unseen for row in self.rows),
            cards=cards,
            known=sum(row.known * row.cards for row in self.rows) / cards if cards else 0.0,
            unsafe=sum(row.unsafe for row in self.rows),
            waiting=self.waiting,
        )

    @property
    def days_ahead(self) -> tuple[int, ...]:
        """How many will be asked on each day from tomorrow on: what is due, or what is planned while catching up."""
        return self._catching_up[0][1:] if self.catch_up else self.forecast

    @property
    def clear_in(self) -> int | None:
        """In how many days all is caught up with, None where that is not foreseen."""
        return self._catching_up[1] if self.catch_up else 0

    @property
    def _catching_up(self) -> tuple[tuple[int, ...], int | None]:
        return catching_up(self.waiting, self.fading, self.catch_up, self.forecast)

    @property
    def minutes_a_day(self) -> int | None:
        """The time that is usual on a day with answers; None until the student's pace is known."""
        return max(1, round(self.usual * self.seconds / 60)) if self.is_paced and self.usual else None

    @property
    def reviews(self) -> int:
        """Reviews that wait today, over all decks."""
        return sum(row.due for row in self.rows)

    @property
    def learning(self) -> int:
        """Cards on a learning step that come back today, over all decks."""
        return sum(row.learning for row in self.rows)

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
        if self.catch_up:
            a_day = f"{count(self.catch_up, 'review')} a day and nothing new"
            clear = f"; all clear in about {count(self.clear_in, 'day')}" if self.clear_in else ""
            told.append(f"Catching up: {a_day}, {self.beyond} more wait{clear}.")
        elif self.beyond and not self.is_full:
            are = count(self.beyond, "more is", "more are")
            told.append(f"{are} due beyond today's limit.")
        if self.held_back:
            are = count(self.held_back, "more is due and waits", "more are due and wait")
            told.append(f"{are} for another day: of a question with several cards one is asked a day.")
        return (*told, *self.plan)

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
    days_off: Collection[str] = (),
) -> Overview:
    """Sum up the day over a pool of the cards of some decks. The daily limits hold over all decks together."""
    waiting = today(pool, snapshot, study_day, limits)
    work, habits = waiting.work, snapshot.habits()
    counts = pool.counts(study_day, snapshot.fits)
    later = [each for each in work.reviews[: work.urgent] if not _is_due(pool.state(each.card_id), study_day)]
    waits, fading = sum(count.due for count in counts.values()), sum(count.fading for count in counts.values())
    recall = 1 - fading / waits if waits else 1.0
    seconds, costs = habits.seconds_per_answer or USUAL_SECONDS, costs_of(habits)
    takes = len(work.reviews) * costs.review(recall) + len(work.learning) * seconds + len(work.new) * costs.new
    by_day = habits.answers_by_day
    return Overview(
        rows=tuple(_row(deck, work, counts.get(deck.id, DeckCount())) for deck in decks),
        beyond=work.beyond,
        above=work.above,
        unsafe=waiting.unsafe,
        minutes=max(1, round(takes / 60)) if work.total else None,
        forecast=pool.forecast(study_day, FORECAST_DAYS + 1)[1:],
        streak=streak(by_day, study_day, days_off),
        done_today=by_day.get(study_day, 0),
        waiting=waits,
        fading=fading,
        held_back=waits - work.beyond - work.unlisted - (len(work.reviews) - work.early - len(later)),
        usual=usual_answers(by_day, study_day),
        seconds=seconds,
        is_paced=habits.seconds_per_answer is not None,
        last_day=max((day for day, given in by_day.items() if given), default=None),
        today=tuple(waiting.card_id for waiting in (*work.learning, *work.reviews, *work.new)),
        early=work.early,
        is_full=work.is_full,
    )


def overview_of(workspace: Workspace, decks: Sequence[Deck], snapshot: Snapshot) -> Overview:
    """Sum up the day of this student, now."""
    limits, settings, study_day = workspace.limits_on(snapshot), workspace.settings, workspace.clock.now().study_day
    off = [day.isoformat() for day in days_off(settings)]
    seen = overview(decks, workspace.pool(decks), snapshot, study_day, limits=limits, days_off=off)
    catch_up = limits.reviews_per_day if limits.is_catching_up else 0
    return replace(seen, catch_up=catch_up, plan=plan_words(settings, limits.budget, seen, study_day))


def _is_due(state: CardState, study_day: date) -> bool:
    progress = state.progress
    return progress is not None and progress.phase is Phase.REVIEW and progress.due_day <= study_day


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
        unsafe=counted.unsafe,
        waiting=counted.due,
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
