"""All statistics of a scope and a period, put together from the sums over all answers and from how cards stand now."""

from __future__ import annotations

from datetime import date, timedelta
from math import sqrt
from typing import TYPE_CHECKING

from sciaquiz.insight import lists
from sciaquiz.insight.overview import FORECAST_DAYS, streak
from sciaquiz.insight.report import (
    Bin,
    Calibration,
    Certainties,
    Count,
    Day,
    Knowledge,
    Known,
    Position,
    Recalled,
    Remembered,
    Report,
    Row,
    Spread,
    Streak,
    Sureness,
)
from sciaquiz.insight.scope import EVERYTHING, Period, Scope
from sciaquiz.insight.shares import Share
from sciaquiz.journal.entries import Certainty
from sciaquiz.study.days import days_off
from sciaquiz.study.query import Field
from sciaquiz.tally.asking import (
    ALL_DAYS,
    ahead,
    begun_in,
    course,
    each_day,
    known_on,
    median,
    scope_names,
    standing,
    sums,
    sums_of,
    together,
)
from sciaquiz.tally.facts import NANO, POSITIONS
from sciaquiz.tally.figures import BINS, CORE
from sciaquiz.tally.members import key_of
from sciaquiz.tally.standing import DIFFICULTIES, STABILITIES
from sciaquiz.view.kinds import KIND

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Collection, Mapping, Sequence

    from sciaquiz.catalogue.matching import Matching
    from sciaquiz.tally.asking import DaySums, Figures, ScopeName
    from sciaquiz.tally.feeding import Progress
    from sciaquiz.workspace import Workspace

CALENDAR_DAYS = 53 * 7
MOST_DAYS = 20 * 366
"""No list of days is longer: a clock that was wrong once would fill it with empty ones."""
WEEK = 7
NOTHING: Figures = dict.fromkeys(CORE, 0)


def report_of(
    workspace: Workspace,
    scope: Scope = EVERYTHING,
    period: Period = Period.MONTH,
    progress: Progress | None = None,
) -> Report:
    """Return the statistics as of now.

    The first time all answers are gone through: `progress` is called with how many cards were looked at, and of how
    many. What it raises breaks it off, and the next call goes on from there. May be called in any thread, once the
    journal was opened in one and the decks were read. Raises StoreError.
    """
    today = workspace.clock.now().study_day
    workspace.tally.bring_up(today, progress)
    workspace.tally.read(workspace.catalogue.mirror)
    matching = lists.matching_of(workspace)
    key, since = key_of(scope.field, scope.value), ALL_DAYS if period is Period.ALL else period.since(today).toordinal()

    def read(connection: sqlite3.Connection) -> Report:
        return _report(workspace, connection, matching, scope, period, key, since, today)

    return workspace.tally.ask(read)


def _report(
    workspace: Workspace,
    connection: sqlite3.Connection,
    matching: Matching,
    scope: Scope,
    period: Period,
    key: str,
    since: int | None,
    today: date,
) -> Report:
    figures, every_day = sums(connection, key, since), each_day(connection, key)
    names = {name.key: name for name in scope_names(connection)}
    name = names.get(key)
    due, *forecast = ahead(connection, key, today.toordinal(), FORECAST_DAYS)
    stands = standing(connection, key)
    studied = every_day if key == "" else each_day(connection, "")
    rows = rows_of(connection, names, since, today)
    related = names.keys() if key == "" else together(connection, key)
    first = date.fromordinal(every_day[0].day) if every_day else None
    off = [day.isoformat() for day in days_off(workspace.settings)]
    return Report(
        scope=scope,
        name=_named(key, name.name if name else scope.value),
        period=period,
        today=today,
        first_day=first,
        answers=Share(figures["correct"], figures["answers"]),
        seconds=figures["spent_ms"] / 1000,
        remembered=remembered(figures),
        recall=calibration(figures),
        certainty=certainties(figures),
        days=days_of(every_day, period, today),
        calendar=_calendar(every_day, today),
        streak=streaks({date.fromordinal(day.day): day.answers for day in studied}, today, off),
        due=due,
        forecast=tuple(forecast),
        hours=tuple(Share(figures[f"hour_{hour}_correct"], figures[f"hour_{hour}"]) for hour in range(24)),
        positions=positions(figures),
        knowledge=_knowledge(connection, key, name.cards if name else 0, stands, since, today),
        topics=weakest_first(rows, related, Field.TOPIC),
        kinds=weakest_first(rows, related, Field.KIND),
        decks=weakest_first(rows, related, Field.DECK),
        stability=_spread(connection, key, stands, "stability", "firmness"),
        difficulty=_spread(connection, key, stands, "difficulty", "hardness"),
        unsafe=lists.unsafe(matching, connection, scope),
        leeches=lists.leeches(matching, connection, scope, key),
        hardest=lists.hardest(matching, connection, scope, key),
        mixed_up=lists.mixed_up(workspace, connection, key),
        misses=lists.misses(connection, figures, key, since),
    )


def remembered(figures: Figures) -> Remembered:
    """Return what was remembered, and what was expected."""
    young, mature = (Share(figures[f"{age}_kept"], figures[age]) for age in ("young", "mature"))
    expected = figures["young_expected"], figures["mature_expected"]
    return Remembered(
        all=recalled(young + mature, sum(expected)),
        young=recalled(young, expected[0]),
        mature=recalled(mature, expected[1]),
    )


def recalled(kept: Share, expected: int) -> Recalled:
    """Return a share that was remembered, with the sum of what was expected, in billionths."""
    return Recalled(kept, expected / NANO / kept.n if kept.n else None)


def calibration(figures: Figures) -> Calibration:
    """Return the bins of predicted recall, and how far off they are."""
    bins = []
    for number, (low, high) in enumerate(zip(BINS, (*BINS[1:], 1.0), strict=True)):
        kept = Share(figures[f"bin_{number}_kept"], figures[f"bin_{number}"])
        bins.append(Bin(low, high, recalled(kept, figures[f"bin_{number}_expected"])))
    n = sum(each.recalled.kept.n for each in bins)
    if not n:
        return Calibration(tuple(bins))
    squares = sum(each.recalled.kept.n * (each.recalled.error or 0.0) ** 2 for each in bins)
    return Calibration(tuple(bins), sqrt(squares / n), figures["log_loss"] / NANO / n)


def certainties(figures: Figures) -> Certainties:
    """Return how often the answers of each certainty were right."""

    def level(certainty: Certainty) -> Sureness:
        word = certainty.name.lower()
        n = figures[word]
        chance = figures[f"{word}_chance"] / NANO / n if n else None
        return Sureness(certainty, Share(figures[f"{word}_correct"], n), chance)

    return Certainties(level(Certainty.CERTAIN), level(Certainty.THINK_SO), level(Certainty.GUESS))


def days_of(found: Sequence[DaySums], period: Period, today: date) -> tuple[Day, ...]:
    """Return the days of a period without gaps, and any that a clock ahead of time has put after today."""
    first = date.fromordinal(found[0].day) if period is Period.ALL and found else period.since(today)
    first = min(today, max(first, today - timedelta(days=MOST_DAYS))) if found or period is not Period.ALL else today
    by_day = {day.day: day for day in found}
    wanted = [*range(first.toordinal(), today.toordinal() + 1)]
    wanted += [day.day for day in found if day.day > today.toordinal()]
    return tuple(_day(day, by_day.get(day)) for day in wanted)


def _day(ordinal: int, found: DaySums | None) -> Day:
    day = date.fromordinal(ordinal)
    if found is None:
        return Day(day)
    kept = Share(found.young_kept + found.mature_kept, found.young + found.mature)
    return Day(day, Share(found.correct, found.answers), found.spent_ms / 1000, found.introduced, kept)


def _calendar(found: Sequence[DaySums], today: date) -> Mapping[date, int]:
    first = today.toordinal() - CALENDAR_DAYS
    return {date.fromordinal(day.day): day.answers for day in found if first < day.day <= today.toordinal()}


def streaks(answers_by_day: Mapping[date, int], today: date, days_off: Sequence[str] = ()) -> Streak:
    """Return the days studied in a row up to now, and the longest such row."""
    off, longest, row = {date.fromisoformat(day) for day in days_off}, 0, 0
    before: date | None = None
    for day in sorted(day for day, answers in answers_by_day.items() if answers and day <= today):
        is_next = before is not None and all(
            before + timedelta(days=gap) in off for gap in range(1, min((day - before).days, len(off) + 2))
        )
        row = row + 1 if is_next else 1
        longest, before = max(longest, row), day
    return Streak(streak(answers_by_day, today, days_off), longest)


def positions(figures: Figures) -> tuple[Position, ...]:
    """Return the answers by their place in the sitting."""
    ends = (*(first - 1 for first in POSITIONS[1:]), None)
    return tuple(
        Position(first, last, Share(figures[f"position_{group}_correct"], figures[f"position_{group}"]))
        for group, (first, last) in enumerate(zip(POSITIONS, ends, strict=True))
    )


def _knowledge(
    connection: sqlite3.Connection, key: str, cards: int, stands: Figures, since: int | None, today: date
) -> Knowledge:
    points = course(connection, key, since, today.toordinal())
    return Knowledge(
        cards=cards,
        unseen=cards - stands["begun"],
        learning=stands["learning"],
        known=points[-1][1] if points else 0.0,
        course=tuple(Known(date.fromordinal(day), known) for day, known in points),
    )


def rows_of(
    connection: sqlite3.Connection, names: Mapping[str, ScopeName], since: int | None, today: date
) -> dict[str, Row]:
    """Return how each scope stands, by its key."""
    wanted = [key for key in names if key]
    found = sums_of(connection, wanted, since)
    begun = begun_in(connection)
    known = known_on(connection, wanted, today.toordinal())
    before = known_on(connection, wanted, today.toordinal() - WEEK)
    return {
        key: _row(names[key], found.get(key, NOTHING), begun.get(key, 0), known.get(key, 0.0), before.get(key, 0.0))
        for key in wanted
    }


def _row(name: ScopeName, figures: Figures, begun: int, known: float, before: float) -> Row:
    field, value = name.key.split(":", 1)
    return Row(
        name=_named(name.key, name.name),
        scope=Scope(Field(field), value),
        cards=name.cards,
        unseen=name.cards - begun,
        known=known,
        moved=known - before,
        right=Share(figures["correct"], figures["answers"]),
        remembered=remembered(figures).all,
        certainty=certainties(figures),
    )


def _named(key: str, name: str) -> str:
    """Return what a scope is called: a kind of question by its words."""
    return next((words for kind, words in KIND.items() if key == key_of(Field.KIND, kind)), name)


def weakest_first(rows: Mapping[str, Row], related: Collection[str], field: Field) -> tuple[Row, ...]:
    """Return the rows of a field by the share that was right, then more answers first, then by name; those with few
    answers last."""
    found = [row for key, row in rows.items() if row.scope.field is field and key in related]
    return tuple(sorted(found, key=lambda row: (row.right.is_few, row.right.value or 0.0, -row.right.n, row.name)))


def _spread(connection: sqlite3.Connection, key: str, stands: Figures, name: str, column: str) -> Spread:
    edges, end = (STABILITIES, None) if name == "stability" else (DIFFICULTIES, 10)
    ends = (*edges[1:], end)
    counts = tuple(
        Count(low, high, stands[f"{name}_{place}"]) for place, (low, high) in enumerate(zip(edges, ends, strict=True))
    )
    return Spread(counts, median(connection, key, column, sum(each.cards for each in counts)))
