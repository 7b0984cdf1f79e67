"""What the place Exam draws: the prediction, the honest no, the blueprint and the days; by plain calls.

Widths are in cells, scores in points of 100.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.text import cells, cut
from sciaquiz.tui.text import ACCENT, ACCENT_DIM, AMBER, AMBER_DIM, CHIP, FAINT, LINE, MUTED, line, lines, say, spread
from sciaquiz.tui.widgets.barrows import FULL, REST
from sciaquiz.tui.widgets.columns import below, mondays
from sciaquiz.tui.widgets.days import EIGHTHS, Column, cell, legend
from sciaquiz.tui.widgets.forest import ForestRow, Scale, forest
from sciaquiz.view.exam import (
    after_lines,
    days_left_words,
    goal_words,
    interval_words,
    reach_lines,
    topic_words,
    ways,
)
from sciaquiz.words import duration_words, percent, weekday_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from textual.content import Content

    from sciaquiz.exam.after import After
    from sciaquiz.exam.exam import Exam
    from sciaquiz.exam.outlook import Outlook, Part, Variants

TALL = 34
"""Rows of the terminal from which blocks stand further apart."""
NARROW = 48
UNSEEN_FROM, BAR_FROM = 60, 44
"""Cells of a line from which the blueprint tells what stays unseen, and has bars."""
SHARE, SCORES, UNSEEN, LEAST_BAR = 7, 11, 9, 6
LEAST_NAME = 12
FITS = len("1 h 55 min short")
"""Cells that are kept for whether a way fits, so that nothing moves once it is known."""
SCALE = Scale(0.4, step=0.2)
WHOLE = Scale(step=0.2)
FEWEST_ROWS, MOST_ROWS = 2, 8
"""Of the picture of minutes."""
NO_PICTURE = 60
WORKING = "working it out …"


class Shown(Struct, frozen=True, kw_only=True):
    """One exam as it is shown, of so many; `titles` are those of the decks.

    `told` is None until it is worked out. `work` is what was told of the same exam under other minutes a day: the work
    that the goal takes is the same. `over` is what came of an exam that is over.
    """

    exam: Exam
    today: date
    seen: Outlook | None = None
    told: Variants | None = None
    work: Variants | None = None
    over: After | None = None
    place: int = 1
    of: int = 1
    titles: Mapping[str, str]
    trouble: str = ""


def page(shown: Shown, width: int, rows: int, more: Sequence[Sequence[Content]] = ()) -> Content:
    """Return the plan in so many cells; the picture of minutes takes the rows that are left, and `more` comes below."""
    gap = [line()] * (2 if rows >= TALL else 1)
    drawn = head(shown, width)
    if shown.over is not None:
        return lines(
            [*drawn, *gap, *(part for told in after_lines(shown.over, shown.today) for part in say(told).wrap(width))]
        )
    if shown.seen is None:
        words = shown.trouble or "Reading your answers …"
        return lines([*drawn, *gap, *say(words, AMBER if shown.trouble else MUTED).wrap(width)])
    drawn += [*gap, *answer(shown, shown.seen, width), *gap, *blueprint(shown, shown.seen, width)]
    left = rows - len(drawn) - len(gap) - 2
    if width >= NO_PICTURE:
        high = max(FEWEST_ROWS, min(MOST_ROWS, left))
        drawn += [*gap, *minutes(shown.seen, shown.work, shown.today, width, high)]
    for block in more:
        drawn += [*gap, *block] if block else []
    return lines(drawn)


def head(shown: Shown, width: int) -> list[Content]:
    """Return the name and the date of an exam, and what is expected today and with the plan."""
    exam, today = shown.exam, shown.today
    which = f"   {shown.place} of {shown.of}" if shown.of > 1 else ""
    date_words = f", {weekday_words(exam.day)}"
    for name, day in ((f"{exam.name}", date_words), (exam.name, ""), (cut(exam.name, max(8, width - 16)), "")):
        left = line(say(name, "bold"), say(which, MUTED))
        right = line(days_left_words(exam, today), say(day, MUTED))
        if left.cell_length + 2 + right.cell_length <= width:
            break
    first = spread(left, right, width)
    return [*first.split(), *(prediction(shown.seen, width) if shown.seen is not None else [])]


def prediction(seen: Outlook, width: int) -> list[Content]:
    """Return what is expected today and with the plan, with the mark that it takes to pass, or the goal."""
    exam = seen.exam
    mark = exam.pass_mark or exam.target
    rows = [
        ForestRow(
            label=label, share=found.score / 100, interval=(found.low / 100, found.high / 100),
            mark=mark / 100 if mark else None,
            told=f"{percent(found.score / 100)}" + (f"   {interval_words(found):>6}" if width >= NARROW else ""),
        )
        for label, found in (("today", seen.now), ("with this plan", seen.then))
    ]  # fmt: skip
    lowest = min(seen.now.low, seen.then.low, mark or 100)
    drawn = forest(rows, SCALE if lowest >= 100 * SCALE.low else WHOLE, width)
    if not mark:
        return drawn
    told = say(f"{'pass' if exam.pass_mark else 'goal'} {percent(mark / 100)}", FAINT)
    axis = drawn[-1] if len(drawn) > len(rows) else line()
    room = width - axis.cell_length - told.cell_length
    return [*drawn[: len(rows)], line(axis, " " * room, told) if room >= 1 else axis]


def answer(shown: Shown, seen: Outlook, width: int) -> list[Content]:
    """Return whether the goal is within reach: one line, or the honest no and the ways to go on."""
    a_day = say(f"{shown.exam.minutes} min a day", "bold")
    if seen.reaches:
        words = goal_words(seen, shown.work)
        marks = [part for told in reach_lines(seen) for part in say(told, AMBER).wrap(width)]
        whole = spread(say(words, MUTED), a_day, width)
        return [*(say(words, MUTED).wrap(width) if "\n" in whole.plain else [whole]), *marks]
    no = say("! Not enough time", f"bold {AMBER}")
    drawn = [_spread(line(no, f"   {goal_words(seen, shown.work)}"), a_day, width)]
    if drawn[0].cell_length > width:
        drawn = [no, *say(goal_words(seen, shown.work)).wrap(width)]
    drawn += [part for told in reach_lines(seen) for part in say(told, AMBER).wrap(width)]
    found = ways(seen, shown.told)
    fits = [f"{duration_words(way.short)} short" if way.short else "fits" for way in found]
    beside = max(FITS, *map(len, fits)) if width >= NARROW else 0
    for number, (way, told) in enumerate(zip(found, fits, strict=True), 1):
        right = line(say(percent(way.score / 100), "bold"), say(f"   {told:>{beside}} " if beside else " ", MUTED))
        room = width - right.cell_length - 6
        does = next((words for words in way.does if cells(words) <= room), cut(way.does[-1], room))
        row = line(say(f" {number}  ", f"bold {ACCENT}"), does, " " * (room - cells(does) + 2), right)
        drawn.append(row.stylize(CHIP) if number == 1 else row)
    awaited = range(len(found) + 1, 3 + bool(shown.exam.days_off)) if shown.told is None else ()
    return [*drawn, *(line(say(f" {number}  ", FAINT), say(WORKING, MUTED)) for number in awaited)]


def _spread(left: Content, right: Content, width: int) -> Content:
    """Put both on one line, or only the left one where there is no room."""
    return spread(left, right, width) if left.cell_length + 2 + right.cell_length <= width else left


def part_title(part: Part, titles: Mapping[str, str]) -> str:
    """Return what a topic or deck is called."""
    return titles.get(part.name) or topic_words(part.name)


def blueprint(shown: Shown, seen: Outlook, width: int) -> list[Content]:
    """Return the topics or decks: the share of each, the score in it now and then, and what is never asked."""
    names = [part_title(part, shown.titles) for part in seen.parts]
    unseen = UNSEEN if width >= UNSEEN_FROM else 0
    longest = max((cells(name) for name in (*names, "Blueprint")), default=0)
    beside = SHARE + SCORES + 2 + unseen
    has_bar = width >= BAR_FROM
    name_room = min(longest, max(LEAST_NAME, width - beside - (LEAST_BAR + 3 if has_bar else 0)))
    bar = min(40, width - beside - name_room - 3) if has_bar else 0
    known = f"   {'known now, then' if bar >= LEAST_BAR else 'known'}"
    heads = f"{cut('Blueprint', name_room):<{name_room}}{'share':>{SHARE}}"
    heads += f"{known:<{bar + 3 + SCORES + 2}}" if bar else f"{'now, then':>{SCORES + 2}}"
    heads += f"{'unseen':>{unseen}}" if unseen else ""
    drawn = [say(heads.rstrip(), FAINT)]
    for part, name in zip(seen.parts, names, strict=True):
        told = cut(name, name_room)
        drawn.append(
            line(
                told, " " * (name_room - cells(told)), f"{percent(part.share / 100):>{SHARE}}",
                *(("   ", _bar(part.now / 100, part.then / 100, bar)) if bar else ()),
                say(f"{f'{part.now:.0f} →':>{SCORES - 3}}", MUTED), f"{percent(part.then / 100):>5}",
                say(f"{part.unseen or '·':>{unseen}}" if unseen else "", MUTED),
            )
        )  # fmt: skip
    return drawn


def _bar(now: float, then: float, width: int) -> Content:
    full, most = round(min(now, then) * width), round(max(now, then) * width)
    return line(say(FULL * full, ACCENT), say(FULL * (most - full), ACCENT_DIM), say(REST * (width - most), LINE))


def minutes(seen: Outlook, told: Variants | None, today: date, width: int, rows: int) -> list[Content]:
    """Return the minutes of each day until the exam, and on top those that the goal would take beyond them."""
    days = [today + timedelta(days=number) for number in range(seen.days_left)]
    wide, gap = next(
        (size for size in ((2, 1), (1, 1), (1, 0)) if len(days) * sum(size) + len("exam") <= width), (1, 0)
    )
    step = wide + gap
    days = days[: width // step]
    planned = [day.seconds / 60 for day in seen.days[: len(days)]]
    allowed = seen.minutes[: len(days)]
    short = 0.0
    if told is not None and told.needed is not None and not seen.reaches:
        short = max(0.0, told.needed - seen.exam.minutes)
    usual = max((*allowed, 1.0))
    # The limit ends on the edge of a cell: the two colours of a column never share one.
    limit = max(1, min(rows - 1, round(rows * usual / (usual + short)))) if short else rows
    columns = []
    for used, most in zip(planned, allowed, strict=True):
        low = min(limit * EIGHTHS, round(used / usual * limit * EIGHTHS))
        low = max(1, low) if used > 0 else 0
        full = low if not (short and most > 0) else limit * EIGHTHS
        over = max(1, round(short / usual * limit * EIGHTHS)) if short and most > 0 else 0
        columns.append(Column(full, min(rows * EIGHTHS, full + over), ACCENT_DIM, AMBER_DIM))
    drawn = []
    for row in range(rows - 1, -1, -1):
        parts: list[Content | str] = []
        for column in columns:
            parts += [*([cell(column, row)] * wide), " " * gap]
        drawn.append(line(*parts))
    labels = [*(mondays(days)[:1]), *([(len(days), "exam")] if len(days) == seen.days_left else []), *mondays(days)[1:]]
    over_words = [("does not fit", AMBER_DIM)] if short else []
    title = spread(say("Minutes, day by day", FAINT), legend(("planned", ACCENT_DIM), *over_words), width)
    return [*title.split(), *drawn, below(labels, step, width)]
