"""What stands on the pages of Statistics: one function a section, of a report and the room there is.

Each returns its rows, the head first, none wider than the room. Widths are in cells.
"""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from textwrap import wrap
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.tui.text import ACCENT_DIM, AMBER, CHIP, FAINT, GHOST, HEAT, MUTED, line, say, spread
from sciaquiz.tui.widgets import forest
from sciaquiz.tui.widgets.barrows import BarRow, bar_columns
from sciaquiz.tui.widgets.bars import area
from sciaquiz.tui.widgets.columns import below, columns, firsts, mondays
from sciaquiz.tui.widgets.forest import ForestRow, Scale
from sciaquiz.view import statistics
from sciaquiz.view.statistics import FIRST, Section
from sciaquiz.words import MONTHS, count

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content

    from sciaquiz.insight.report import Known, Report, Row
    from sciaquiz.view.statistics import Told

    Block = Callable[[Report, "Room"], list[Content]]

MOST_BARS = 8
"""Rows of the highest column."""
WIDEST_COLUMN = 4
FEWEST_HOURS = 12
DAYS_BEHIND = 400
"""Of a course that is drawn."""


class Room(Struct, frozen=True):
    """The cells and the rows of a section, its head among them; an airy one has a blank row below its head.

    `cursor` is the place of the row under the cursor, where the section has one.
    """

    width: int
    rows: int
    airy: bool = False
    cursor: int | None = None

    @property
    def body(self) -> int:
        """The rows below the head."""
        return max(1, self.rows - 1 - self.airy)


def section(name: Section, aside: Content | str, body: Sequence[Content], room: Room) -> list[Content]:
    """Return a section with its head; what stands beside the head is left out where it has no room."""
    beside = say(aside, MUTED) if isinstance(aside, str) else aside
    title = say(name, "bold")
    fits = title.cell_length + 2 + beside.cell_length <= room.width
    head = spread(title, beside, room.width) if fits else title.truncate(room.width, ellipsis=True)
    return [head, *([line()] if room.airy else []), *body]


def nothing(name: Section, room: Room) -> list[Content]:
    """Return a section that has nothing yet: what will stand there."""
    return section(name, "", [say(row, MUTED) for row in wrap(FIRST[name], max(10, room.width))], room)


def shares(told: Sequence[Told], scale: Scale | None, room: Room, notes: Sequence[Content]) -> list[Content]:
    """Return a forest plot of shares, and below it the notes that have room."""
    rows = [
        ForestRow(
            label=each.name, n=each.share.n, told=each.words,
            share=None if each.share.is_few else each.share.value,
            interval=None if each.share.is_few else each.share.interval,
            predicted=None if each.share.is_few else each.expected,
            mark=each.chance,
        )
        for each in told
    ]  # fmt: skip
    gaps = room.body >= 2 * len(rows) + 4
    drawn = forest.forest(rows, scale or forest.scale_for(rows), room.width, gaps=gaps)
    notes = [note.truncate(room.width, ellipsis=True) for note in notes if note.plain]
    left = room.body - len(drawn) - 1
    return [*drawn, line(), *notes[:left]] if notes and left > 0 else drawn


def remembered(report: Report, room: Room) -> list[Content]:
    """Return what was remembered beside what was predicted."""
    told = statistics.remembered(report)
    if not told[0].share.n:
        return nothing(Section.REMEMBERED, room)
    notes = [say(statistics.remembered_words(report), MUTED)]
    return section(Section.REMEMBERED, forest.legend(predicted=True), shares(told, None, room, notes), room)


def sureness(report: Report, room: Room) -> list[Content]:
    """Return how often each word of certainty was right."""
    told = statistics.sureness(report)
    if not any(each.share.n for each in told):
        return nothing(Section.SURE, room)
    wrong, unsafe = statistics.certain_and_wrong_words(report), statistics.unsafe_words(report)
    amber = say(f"! {wrong}" if wrong else "", AMBER)
    beside = f"{', ' if wrong else '! '}{unsafe}" if unsafe else ""
    notes = [line(amber, say(beside, MUTED if wrong else AMBER)), say(statistics.sure_words(report), MUTED)]
    return section(Section.SURE, forest.legend(mark="chance"), shares(told, Scale(), room, notes), room)


def calibration(report: Report, room: Room) -> list[Content]:
    """Return what was remembered of what was predicted alike."""
    told = statistics.calibration(report)
    if not told:
        return nothing(Section.CALIBRATION, room)
    notes = [say(statistics.calibration_words(report), MUTED)]
    return section(Section.CALIBRATION, forest.legend(predicted=True), shares(told, Scale(), room, notes), room)


def places(report: Report, room: Room) -> list[Content]:
    """Return how often what was asked early and late in a sitting was right."""
    told = statistics.places(report)
    if not told:
        return nothing(Section.PLACES, room)
    return section(Section.PLACES, say("right", FAINT), shares(told, Scale(), room, ()), room)


def calendar(report: Report, room: Room) -> list[Content]:
    """Return the days of the last months, in half-blocks where there are few rows."""
    from sciaquiz.tui.widgets.heatmap import half_blocks, heatmap

    if not report.calendar:
        return nothing(Section.CALENDAR, room)
    draw = heatmap if room.body >= 8 else half_blocks
    body = draw(report.calendar, report.today, room.width).split("\n")
    if room.body >= len(body) + 2:
        squares = [say("· " if not level else "■ ", HEAT[level]) for level in range(len(HEAT))]
        body += [line(), line(say("less ", MUTED), *squares, say("more", MUTED))]
    return section(Section.CALENDAR, statistics.streak_words(report), body, room)


def coming(report: Report, room: Room) -> list[Content]:
    """Return how many questions come back on each of the coming days."""
    aside = statistics.coming_words(report)
    if not aside:
        return nothing(Section.COMING, room)
    values = report.forecast[: (room.width + 1) // 2]
    days = [report.today + timedelta(days=place + 1) for place in range(len(values))]
    bars = columns(values, min(MOST_BARS, max(1, room.body - 1)), GHOST, gap=1)
    drawn = [bar.truncate(room.width) for bar in bars]
    return section(Section.COMING, aside, [*drawn, below(mondays(days), 2, room.width)], room)


def time(report: Report, room: Room) -> list[Content]:
    """Return the minutes of each day of the period, or of as many as there is room for."""
    aside = statistics.time_words(report)
    if not aside:
        return nothing(Section.TIME, room)
    days = report.days[-room.width :]
    step = max(1, min(WIDEST_COLUMN, room.width // len(days)))
    gap = 1 if step > 2 else 0
    has_dates = room.body > 3
    rows = min(MOST_BARS, max(1, room.body - 1 - has_dates - room.airy))
    drawn = columns([day.minutes for day in days], rows, ACCENT_DIM, wide=step - gap, gap=gap)
    drawn += [below(firsts([day.day for day in days]), step, room.width)] if has_dates else []
    whole, rest = statistics.whole_time_words(report)
    rest = rest if len(whole) + 1 + len(rest) <= room.width else rest.partition(",")[0]
    told = line(say(whole), say(f" {rest}", MUTED)).truncate(room.width, ellipsis=True)
    return section(Section.TIME, aside, [*drawn, *([line()] if room.airy else []), told], room)


def rows_by_right(name: Section, rows: Sequence[Row], room: Room) -> list[Content]:
    """Return topics, kinds or decks with how often they were right; the one under the cursor is in sight."""
    if not rows:
        return nothing(name, room)
    told = [bar_row(row) for row in rows]
    shown = bar_columns(told, room.width, heads=("right", "of"))
    first = max(0, min((room.cursor or 0) - room.body + 1, len(rows) - room.body))
    drawn = [
        shown.row(row, CHIP if place == room.cursor else "")
        for place, row in enumerate(told[first : first + room.body], first)
    ]
    return [shown.head(name, "bold", "right", "of", room.width), *([line()] if room.airy else []), *drawn]


def bar_row(row: Row) -> BarRow:
    """Return how often a topic, kind or deck was right."""
    share = row.right
    return BarRow(row.name, None if share.is_few else share.value, statistics.share_words(share), str(share.n))


def topics(report: Report, room: Room) -> list[Content]:
    """Return the topics, weakest first."""
    return rows_by_right(Section.TOPICS, statistics.with_answers(report.topics), room)


def kinds(report: Report, room: Room) -> list[Content]:
    """Return the kinds of question, weakest first."""
    return rows_by_right(Section.KINDS, statistics.with_answers(report.kinds), room)


def hours(report: Report, room: Room) -> list[Content]:
    """Return how many answers were given in each hour of the day."""
    given = [hour for hour, share in enumerate(report.hours) if share.n]
    if not given:
        return nothing(Section.HOURS, room)
    first = max(0, min(given[0], 24 - FEWEST_HOURS))
    last = max(given[-1], first + FEWEST_HOURS - 1)
    step = 2 if 2 * (last - first + 1) <= room.width else 1
    values = [share.n for share in report.hours[first : last + 1]]
    drawn = columns(values, min(MOST_BARS, max(1, room.body - 1)), ACCENT_DIM, gap=step - 1)
    told = [(hour - first, f"{hour:02}") for hour in range(first, last + 1) if hour % 3 == 0]
    return section(Section.HOURS, statistics.hours_words(report), [*drawn, below(told, step, room.width)], room)


def firm(report: Report, room: Room) -> list[Content]:
    """Return for how long questions are known."""
    return spread_out(Section.FIRM, statistics.firmness(report), statistics.firm_words(report), room)


def difficult(report: Report, room: Room) -> list[Content]:
    """Return how difficult questions are for the student."""
    return spread_out(Section.DIFFICULT, statistics.difficulties(report), statistics.difficult_words(report), room)


def spread_out(name: Section, counts: Sequence[tuple[str, int]], words: str, room: Room) -> list[Content]:
    """Return how many cards there are of each size."""
    most = max((cards for _, cards in counts), default=0)
    if not most:
        return nothing(name, room)
    told = [BarRow(label, cards / most, f"{cards or '·'}") for label, cards in counts]
    shown = bar_columns(told, room.width)
    drawn = [shown.row(row) for row in told]
    notes = [line(), say(words, MUTED).truncate(room.width, ellipsis=True)] if len(drawn) + 2 <= room.body else []
    return section(name, count(sum(cards for _, cards in counts), "question"), [*drawn, *notes], room)


def known(report: Report, room: Room) -> list[Content]:
    """Return how many questions would be known today, and how that has grown."""
    knowledge = report.knowledge
    course = [point for point in knowledge.course if (report.today - point.day).days <= DAYS_BEHIND]
    if not knowledge.known or not course:
        return nothing(Section.KNOWN, room)
    rows = min(MOST_BARS, max(1, room.body - 2))
    days = (course[-1].day - course[0].day).days
    top = max(point.cards for point in course)
    values = [_at(course, days * place / max(1, room.width - 1)) / top for place in range(room.width)]
    drawn = [say(row, ACCENT_DIM) for row in area(values, room.width, rows)]
    dates = [course[0].day + timedelta(days=days * place // max(1, room.width - 1)) for place in range(room.width)]
    week, unseen = statistics.week_words(knowledge), statistics.unseen_words(knowledge)
    both = ", ".join(part for part in (week, unseen) if part)
    note = say(both if len(both) <= room.width else week or unseen, MUTED).truncate(room.width, ellipsis=True)
    begins = [place for place in range(1, len(dates)) if dates[place].month != dates[place - 1].month]
    months = below([(place, f"1 {MONTHS[dates[place].month - 1]}") for place in reversed(begins)], 1, room.width)
    return section(Section.KNOWN, statistics.known_words(knowledge), [*drawn, months, note], room)


def _at(course: Sequence[Known], days: float) -> float:
    """Return the known cards so many days after the first of a course, between its points on a straight line."""
    first = course[0].day
    for one, other in pairwise(course):
        begins, ends = (one.day - first).days, (other.day - first).days
        if days <= ends:
            return one.cards + (other.cards - one.cards) * (days - begins) / max(1, ends - begins)
    return course[-1].cards
