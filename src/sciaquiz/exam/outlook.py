"""What lies ahead of an exam: the score that is expected, by topic and by day, and what another plan would do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.exam.exam import WEEK, minutes_by_day
from sciaquiz.exam.plan import Candidate, Plan, PlannedDay, plan, with_reserve
from sciaquiz.exam.prediction import Prediction, Recalibration, chance_of, prediction, score_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from sciaquiz.exam.exam import Exam
    from sciaquiz.exam.expecting import Expecting
    from sciaquiz.ids import CardId
    from sciaquiz.journal.costs import Costs

STEP_MINUTES = 10
MOST_MINUTES_A_DAY = 240
"""Four hours: what nobody does is no plan."""
BISECTIONS = 7
AN_HOUR = 60
NEEDED_LEAST, NEEDED_MOST = 0.7, 1.4
"""The range, as shares of the minutes that are said to be needed, in which the truth was found in simulations."""


class NotWantedError(Exception):
    """Nobody waits any more for what is worked out."""


class Preparation(Struct, frozen=True, kw_only=True):
    """All that the plans of some exams follow from, as of a day.

    `parts` name, for each exam, the topic or deck of its blueprint that each card counts for, None for one that counts
    nothing there. `firsts` is how many cards were answered, `missed` the share of planned days that were missed,
    `spent` the seconds that today's answers to these cards take, `off` the days that the student has planned off.
    `is_wanted` is asked before each run of a plan: once it says no, NotWantedError is raised.
    """

    exams: tuple[Exam, ...]
    today: date
    cards: tuple[Candidate, ...]
    parts: tuple[tuple[str | None, ...], ...]
    costs: Costs
    model: Expecting
    recalibration: Recalibration
    error: float
    firsts: int = 0
    missed: float = 0.0
    spent: float = 0.0
    off: frozenset[date] = frozenset()
    is_wanted: Callable[[], bool] = lambda: True

    def minutes(self, exams: Sequence[Exam], *, kept: float = 1.0) -> list[float]:
        """Return the minutes of each day until the last of the exams, today's without those that are used."""
        days = max(exam.days_left(self.today) for exam in exams)
        found = [minutes * kept for minutes in minutes_by_day(exams, self.today, days, self.off)]
        found[0] = max(0.0, found[0] - self.spent / 60)
        return found


class Part(Struct, frozen=True):
    """A topic or deck of a blueprint: its share in percent, its cards, the score in it today and on the day, how many
    of its cards will never have been asked, and what an hour of the plan adds for it, in points of the whole score."""

    name: str
    share: float
    cards: int
    now: float
    then: float
    unseen: int
    per_hour: float


class Outlook(Struct, frozen=True, kw_only=True):
    """What the plan of an exam comes to. `paper` is its score with the chance of a paper of so many questions, `kept`
    the mean recall 30 days after it of the cards that were asked, 0..1.

    `today` are the cards of today in their order, without those in reserve.
    """

    exam: Exam
    days_left: int
    now: Prediction
    then: Prediction
    paper: Prediction | None
    kept: float
    days: tuple[PlannedDay, ...]
    minutes: tuple[float, ...]
    parts: tuple[Part, ...]
    today: tuple[CardId, ...]
    firsts: int
    slope: float
    error: float
    missed: float

    @property
    def reaches(self) -> bool:
        """Whether the target is reached, as far as the prediction goes; also where there is none."""
        return self.exam.target is None or round(self.then.score) >= self.exam.target


class Variant(Struct, frozen=True):
    """The same exam under another plan: its minutes a day and date, and the score."""

    exam: Exam
    score: float


class Variants(Struct, frozen=True, kw_only=True):
    """What would change the score. An hour more is told as the points that it adds, today and in the last week;
    `safety_cost` is what it costs that nothing that must not be missed stays unasked.

    `needed` are the minutes a day that reach the target; None where there is none, or where `best`, the score with four
    hours a day, is below it. `best` is None where the target is reached.
    """

    less: Variant | None
    more: Variant
    later: Variant
    days_off_too: Variant | None
    hour_today: float
    hour_late: float
    last_minutes: float
    safety_cost: float
    needed: int | None
    best: float | None


def outlook(preparation: Preparation, number: int) -> Outlook:
    """Return what the plan comes to for one of the exams. One run of the plan."""
    exam = preparation.exams[number]
    found = _run(preparation, preparation.exams, preparation.missed)
    score = _score(preparation, found, number)
    days = exam.days_left(preparation.today)
    planned = found.days[:days]
    return Outlook(
        exam=exam,
        days_left=days,
        now=standing(preparation, number),
        then=prediction(score, days, preparation.error),
        paper=prediction(score, days, preparation.error, exam.questions) if exam.questions else None,
        kept=found.kept[number],
        days=planned,
        minutes=tuple(preparation.minutes(preparation.exams)[:days]),
        parts=_parts(preparation, found, number),
        today=tuple(preparation.cards[taken.card].card_id for taken in today(preparation, reserve=False).cards),
        firsts=preparation.firsts,
        slope=preparation.recalibration.slope,
        error=preparation.error,
        missed=preparation.missed,
    )


def standing(preparation: Preparation, number: int) -> Prediction:
    """Return the score as if one of the exams were on the day of the preparation."""
    score = score_of(preparation.cards, _recall_today(preparation), number, preparation.recalibration)
    return prediction(score, 0, preparation.error)


def today(preparation: Preparation, *, reserve: bool = True) -> PlannedDay:
    """Return today's part of the plan; with some cards in reserve, as the clock ends it and not the list."""
    minutes = preparation.minutes(preparation.exams)
    return _planned(preparation, preparation.exams, with_reserve(minutes) if reserve else minutes, days=1).days[0]


def variants(preparation: Preparation, number: int) -> Variants:
    """Return what would change the score of one of the exams: some ten runs of the plan, more if the target is missed.

    More minutes never lower a score that is told: what a run falls short of one with fewer is rounding.
    """
    exam = preparation.exams[number]
    at = _rising(lambda minutes: _try(preparation, number, replace(exam, minutes=round(minutes))))
    less = at(exam.minutes - STEP_MINUTES) if exam.minutes > STEP_MINUTES else None
    now = at(exam.minutes)
    more = at(exam.minutes + STEP_MINUTES)
    later = replace(exam, day=exam.day + timedelta(days=WEEK))
    every_day = replace(exam, days_off=frozenset())
    is_short = exam.target is not None and round(now) < exam.target
    best = max(now, at(MOST_MINUTES_A_DAY)) if is_short else None
    return Variants(
        less=None if less is None else Variant(replace(exam, minutes=exam.minutes - STEP_MINUTES), less),
        more=Variant(replace(exam, minutes=exam.minutes + STEP_MINUTES), more),
        later=Variant(later, _try(preparation, number, later)),
        days_off_too=Variant(every_day, max(now, _try(preparation, number, every_day))) if exam.days_off else None,
        hour_today=max(0.0, _with_minutes(preparation, number, 0, 0, AN_HOUR) - now),
        hour_late=max(0.0, _with_minutes(preparation, number, -WEEK, -1, AN_HOUR) - now),
        last_minutes=max(0.0, now - _with_minutes(preparation, number, 0, 0, -STEP_MINUTES)),
        safety_cost=max(0.0, _without_safety(preparation, number) - now),
        needed=_needed(at, exam, is_short=is_short),
        best=best,
    )


def _without_safety(preparation: Preparation, number: int) -> float:
    if not any(card.must_not_miss for card in preparation.cards):
        return 0.0
    cards = tuple(replace(card, must_not_miss=False) for card in preparation.cards)
    return _try(replace(preparation, cards=cards), number, preparation.exams[number])


def without(preparation: Preparation, number: int, part: str) -> float:
    """Return the score where the cards of a topic or deck of the blueprint are not asked any more."""
    left_out = tuple(
        replace(card, free_from=None) if name == part else card
        for card, name in zip(preparation.cards, preparation.parts[number], strict=True)
    )
    changed = replace(preparation, cards=left_out)
    return _score(changed, _run(changed, changed.exams, changed.missed), number)


def _rising(score: Callable[[float], float]) -> Callable[[float], float]:
    known: dict[float, float] = {}

    def at(minutes: float) -> float:
        if minutes not in known:
            known[minutes] = score(minutes)
        return max(found for fewer, found in known.items() if fewer <= minutes)

    return at


def _needed(at: Callable[[float], float], exam: Exam, *, is_short: bool) -> int | None:
    """Return the minutes a day that reach the target, by bisection; None where there is none or no plan does."""
    if exam.target is None or (is_short and round(at(MOST_MINUTES_A_DAY)) < exam.target):
        return None
    low, high = (exam.minutes, MOST_MINUTES_A_DAY) if is_short else (0, exam.minutes)
    for _step in range(BISECTIONS):
        middle = (low + high) // 2
        if round(at(middle)) >= exam.target:
            high = middle
        else:
            low = middle
    return high


def _try(preparation: Preparation, number: int, exam: Exam) -> float:
    exams = (*preparation.exams[:number], exam, *preparation.exams[number + 1 :])
    return _score(preparation, _run(preparation, exams, preparation.missed), number)


def _with_minutes(preparation: Preparation, number: int, first: int, last: int, more: float) -> float:
    """Return the score with minutes more in all, spread over days counted from today, or below 0 from the exam."""
    days = preparation.exams[number].days_left(preparation.today)
    begin, end = (max(0, days + day) if day < 0 else day for day in (first, last))
    minutes = preparation.minutes(preparation.exams, kept=1 - preparation.missed)
    for day in range(begin, end + 1):
        minutes[day] = max(0.0, minutes[day] + more / (end + 1 - begin))
    return _score(preparation, _planned(preparation, preparation.exams, minutes), number)


def _run(preparation: Preparation, exams: Sequence[Exam], missed: float) -> Plan:
    return _planned(preparation, exams, preparation.minutes(exams, kept=1 - missed))


def _planned(
    preparation: Preparation, exams: Sequence[Exam], minutes: Sequence[float], days: int | None = None
) -> Plan:
    if not preparation.is_wanted():
        raise NotWantedError
    ends = [exam.days_left(preparation.today) for exam in exams]
    return plan(preparation.cards, ends, minutes, preparation.costs, preparation.model, days)


def _score(preparation: Preparation, found: Plan, number: int) -> float:
    return score_of(preparation.cards, found.recall[number], number, preparation.recalibration)


def _recall_today(preparation: Preparation) -> list[float | None]:
    recall = preparation.model.recall
    return [None if card.memory is None else recall(card.last, card.memory.stability) for card in preparation.cards]


def _parts(preparation: Preparation, found: Plan, number: int) -> tuple[Part, ...]:
    gains: dict[str, float] = {}
    seconds: dict[str, float] = {}
    names = preparation.parts[number]
    for day in found.days:
        for taken in day.cards:
            if (name := names[taken.card]) is not None:
                gains[name] = gains.get(name, 0.0) + taken.gain
                seconds[name] = seconds.get(name, 0.0) + taken.seconds
    now, then = _recall_today(preparation), found.recall[number]
    parts = []
    for name in dict.fromkeys(each for each in names if each is not None):
        of = [place for place, each in enumerate(names) if each == name]
        share = 100 * sum(preparation.cards[place].weights[number] or 0.0 for place in of)
        parts.append(
            Part(
                name=name,
                share=share,
                cards=len(of),
                now=_mean_chance(preparation, of, now),
                then=_mean_chance(preparation, of, then),
                unseen=sum(then[place] is None for place in of),
                per_hour=100 * 3600 * gains.get(name, 0.0) / seconds[name] if seconds.get(name) else 0.0,
            )
        )
    return tuple(sorted(parts, key=lambda part: -part.share))


def _mean_chance(preparation: Preparation, places: Sequence[int], recall: Sequence[float | None]) -> float:
    cards = preparation.cards
    chances = [chance_of(cards[place], recall[place], preparation.recalibration) for place in places]
    return 100 * sum(chances) / len(chances)
