"""The statistics as one page that a teacher can read: pictures with their numbers in tables, in plain words."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sciaquiz import __version__
from sciaquiz.insight.heatmap import weeks as heat_weeks
from sciaquiz.insight.shares import NONE
from sciaquiz.text import cut
from sciaquiz.view import statistics as words
from sciaquiz.view.statistics import FIRST, PERIOD, Section
from sciaquiz.webpage.parts import Cell, figure, number, pair, said, section, table
from sciaquiz.webpage.pictures import WIDE, Column, bars, calendar, columns, course, forest, scatter
from sciaquiz.webpage.style import STYLE
from sciaquiz.words import MONTHS, count, day_words, duration_words, percent, weekday_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sciaquiz.clock import Moment
    from sciaquiz.insight.report import Cards, Day, Report, Row
    from sciaquiz.insight.shares import Share
    from sciaquiz.view.statistics import Told

MARK = '<meta name="generator" content="sciaquiz stats">'
"""By this a file is known to be a page of ours."""
MOST_ROWS = 15
LONGEST_STEM = 110
DAYS_AHEAD = 30
WEEKS = 53
MOST_WEEKS = 13
EXPLAINED = (
    "A thick bar is where the share lies with 95% confidence (the interval of Wilson, 1927): the fewer answers, the "
    "wider. Shares of fewer than ten answers are only called “few”, and nothing is concluded from them. "
    "A diamond is what the model of memory had predicted before the answers were given."
)


def page_of(report: Report, now: Moment) -> str:
    """Return the page: HTML with everything in it."""
    name = _name(report)
    title = f"{name}: {PERIOD[report.period]}"
    body = [_head(report, name, now), *_sections(report)] if report.first_day else [_nothing(name, now)]
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'{MARK}\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{said(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + f"\n<footer>Made by sciaquiz {said(__version__)} on {said(weekday_words(now.study_day))}"
        f" {now.study_day.year}. What each figure is stands in docs/statistics.md.</footer>\n</body>\n</html>\n"
    )


def _name(report: Report) -> str:
    return report.name if report.scope.field is not None else "All decks"


def _nothing(name: str, now: Moment) -> str:
    return f"<h1>{said(name)}</h1><p>No answers yet, on {said(weekday_words(now.study_day))}.</p>"


def _head(report: Report, name: str, now: Moment) -> str:
    today, first = now.study_day, report.period.since(now.study_day) if report.period.days else report.first_day
    since = "" if first is None else f", {day_words(first, today)} to {day_words(today, today)} {today.year}"
    told = [
        (count(report.answers.n, "answer"), f"{_percent(report.answers)} right"),
        (duration_words(round(report.seconds / 60)), words.time_words(report) or "spent answering"),
        (count(report.streak.days, "day"), words.longest_words(report) or "in a row, up to now"),
    ]
    if report.knowledge.share is not None:
        told.append((f"{round(report.knowledge.known)} known", words.known_words(report.knowledge)))
    items = "".join(f"<li><b>{said(big)}</b><span>{said(small)}</span></li>" for big, small in told)
    return (
        f'<header><h1>{said(name)}</h1><p class="aside">{said(PERIOD[report.period].capitalize() + since)}</p>'
        f'<ul class="numbers">{items}</ul><p>{said(EXPLAINED)}</p></header>'
    )


def _sections(report: Report) -> Iterable[str]:
    yield _remembered(report)
    yield _sure(report)
    yield _calibration(report)
    yield _known(report)
    yield _time(report)
    yield _calendar(report)
    yield _coming(report)
    yield from _rows(report)
    yield _hours(report)
    yield _forest_section(Section.PLACES, words.places(report), "By the place of a question in its sitting.", "place")
    yield _spread(report)
    yield from _lists(report)


def _remembered(report: Report) -> str:
    told = words.remembered(report)
    lead = (
        "True retention: of the first answers of a day to questions past learning, in study and in drills, those that "
        "were remembered. "
        "Young questions come back within 21 days, mature ones later."
    )
    notes = [words.remembered_words(report)]
    return _forest_section(Section.REMEMBERED, told, lead, "questions", notes, is_predicted=True)


def _sure(report: Report) -> str:
    notes, wrong = [words.sure_words(report)], words.certain_and_wrong_words(report)
    warned = f'<p class="warn">! {said(wrong)}</p>' if wrong else ""
    lead = "How often answers were right, by how sure the student was before the answer was shown. The thin upright "
    lead += "line is what blind guessing comes to."
    return _forest_section(Section.SURE, words.sureness(report), lead, "said", notes, after=warned)


def _forest_section(
    name: Section,
    told: Sequence[Told],
    lead: str,
    what: str,
    notes: Sequence[str] = (),
    *,
    is_predicted: bool = False,
    after: str = "",
) -> str:
    if not any(each.share.n for each in told):
        return section(name, lead, f"<p>{said(FIRST[name])}</p>")
    has_chance = any(each.chance is not None for each in told)
    head = [what, "right", "of", "95% interval"]
    head += ["predicted"] if is_predicted else []
    head += ["chance"] if has_chance else []
    rows: list[list[Cell]] = []
    for each in told:
        row: list[Cell] = [each.name, number(_percent(each.share)), number(str(each.share.n))]
        row.append(number(words.interval_words(each.share)))
        row += [number(_maybe(each.expected))] if is_predicted else []
        row += [number(_maybe(each.chance))] if has_chance else []
        rows.append(row)
    picture = forest(name, _in_words(told), told, _low(told))
    told_below = "".join(f"<p>{said(note)}</p>" for note in notes if note)
    return section(name, lead, pair(picture, table(name, head, rows)) + told_below + after)


def _calibration(report: Report) -> str:
    name, told = Section.CALIBRATION, words.calibration(report)
    lead = "Answers by the chance of recall that was predicted for them, beside the share that was remembered. On the "
    lead += "dotted line both are the same."
    if not told:
        return section(name, lead, f"<p>{said(FIRST[name])}</p>")
    head = ["predicted", "mean", "remembered", "of", "95% interval"]
    rows: list[list[Cell]] = [
        [
            each.name, number(_maybe(each.expected)), number(_percent(each.share)), number(str(each.share.n)),
            number(words.interval_words(each.share)),
        ]
        for each in told
    ]  # fmt: skip
    notes = []
    if report.recall.rmse is not None and report.recall.log_loss is not None:
        notes.append(f"RMSE of the bins {report.recall.rmse:.3f}, log loss {report.recall.log_loss:.3f}.")
    told_below = "".join(f"<p>{said(note)}</p>" for note in notes)
    return section(name, lead, pair(scatter(name, _in_words(told), told), table(name, head, rows)) + told_below)


def _known(report: Report) -> str:
    name, found = Section.KNOWN, report.knowledge
    lead = "The number of questions that would be recalled on a day: the sum of their chances. Unseen ones and those "
    lead += "still being learned count as none."
    if not found.course or found.share is None:
        return section(name, lead, f"<p>{said(FIRST[name])}</p>")
    first, last = found.course[0].day, found.course[-1].day
    span = max(1, (last - first).days)
    points = [((point.day - first).days / span, point.cards) for point in found.course]
    told = f"From {found.course[0].cards:.0f} on {day_words(first, last)} to {found.known:.0f} of {found.cards} today"
    most = max(point.cards for point in found.course)
    picture = course(name, told, points, most, (day_words(first, last), day_words(last, last)))
    shown = found.course[:: max(1, len(found.course) // 8)]
    shown = shown if shown[-1] is found.course[-1] else (*shown, found.course[-1])
    rows: list[list[Cell]] = [
        [day_words(point.day, last), number(f"{point.cards:.0f}"), number(percent(point.cards / found.cards))]
        for point in shown
    ]
    notes = "; ".join(filter(None, [words.known_words(found), words.week_words(found), words.unseen_words(found)]))
    beside = table(name, ["day", "known", f"of {found.cards}"], rows)
    return section(name, lead, pair(picture, beside) + f"<p>{said(notes)}.</p>")


def _time(report: Report) -> str:
    name, days = Section.TIME, report.days
    lead = "Minutes on each day. An answer takes the time since the one before it, with what was read in between; no "
    lead += "answer counts for more than three minutes."
    values = [
        Column(day.minutes, _day_label(day.day, place, len(days), report.today)) for place, day in enumerate(days)
    ]
    picture = columns(name, " ".join(words.whole_time_words(report)), values, "min")
    groups = _grouped(days)
    rows: list[list[Cell]] = [
        [
            label, number(str(right.n)), number(_percent(right)), number(duration_words(round(seconds / 60))),
            number(str(new)),
        ]
        for label, right, seconds, new in groups
    ]  # fmt: skip
    beside = table("Answers and time", ["from", "answers", "right", "time", "new"], rows)
    return section(name, lead, pair(picture, beside) + f"<p>{said(' '.join(words.whole_time_words(report)))}.</p>")


def _grouped(days: Sequence[Day]) -> list[tuple[str, Share, float, int]]:
    """Return the days by weeks, or by months if these are many."""
    by_month = len(days) > MOST_WEEKS * 7 + 6
    found: dict[date, list[Day]] = {}
    for day in days:
        first = day.day.replace(day=1) if by_month else day.day - timedelta(days=day.day.weekday())
        found.setdefault(first, []).append(day)
    told = []
    for first, some in found.items():
        label = f"{MONTHS[first.month - 1]} {first.year}" if by_month else day_words(first, days[-1].day)
        right = sum((day.right for day in some), NONE)
        told.append((label, right, sum(day.seconds for day in some), sum(day.introduced for day in some)))
    return [row for row in told if row[1].n]


def _calendar(report: Report) -> str:
    name = Section.CALENDAR
    shown, before = [], 0
    for week in heat_weeks(report.calendar, report.today, WEEKS):
        month = week.monday.month
        shown.append((MONTHS[month - 1] if month != before else "", week.levels))
        before = month
    if len(shown) > 1 and shown[1][0]:
        shown[0] = ("", shown[0][1])
    days = sum(1 for answers in report.calendar.values() if answers)
    told = f"{count(sum(report.calendar.values()), 'answer')} on {count(days, 'day')} of the last year"
    row = ", ".join(filter(None, [words.streak_words(report), words.longest_words(report)]))
    lead = f"{told}. The more answers on a day, the stronger its colour."
    return section(name, lead, figure(calendar(name, told, shown)) + f"<p>{said(row)}</p>", is_wide=True)


def _coming(report: Report) -> str:
    name, ahead = Section.COMING, report.forecast[:DAYS_AHEAD]
    lead = "How many questions come back on each of the next days, as they are scheduled now."
    if not any(ahead):
        return section(name, lead, f"<p>{said(FIRST[name])}</p>")
    days = [report.today + timedelta(days=place + 1) for place in range(len(ahead))]
    values = [
        Column(asked, day_words(day, report.today) if place % 7 == 0 else "")
        for place, (day, asked) in enumerate(zip(days, ahead, strict=True))
    ]
    rows: list[list[Cell]] = [
        [f"{day_words(days[first], report.today)} on", number(str(sum(ahead[first : first + 7])))]
        for first in range(0, len(ahead), 7)
    ]
    picture = columns(name, words.coming_words(report), values, "due", coming=True)
    return section(name, lead, pair(picture, table(name, ["week", "due"], rows)))


def _rows(report: Report) -> Iterable[str]:
    for name, rows in (
        (Section.TOPICS, report.topics),
        (Section.KINDS, report.kinds),
        (Section.DECKS, report.decks),
    ):
        shown = [row for row in rows if not row.right.is_few]
        few = len(words.with_answers(rows)) - len(shown)
        if not shown:
            continue
        lead = "Answers in this time that were right; what is known now, and what the last seven days changed in it."
        told = [words.of_row(row) for row in shown[:MOST_ROWS]]
        picture = figure(forest(name, _in_words(told), told, width=WIDE))
        head = ["", "right", "of", "95% interval", "remembered", "known now", "in 7 days", "certain, right"]
        notes = [f"The picture has the first {MOST_ROWS}, the table all of them."] if len(shown) > MOST_ROWS else []
        notes += [f"{count(few, 'more has', 'more have')} too few answers."] if few else []
        after = f"<p>{said(' '.join(notes))}</p>" if notes else ""
        beside = table(name, head, [_row(row) for row in shown])
        yield section(name, lead, picture + after + beside, is_wide=True, is_long=True)


def _row(row: Row) -> list[Cell]:
    sure = row.certainty.certain.right
    return [
        row.name, number(_percent(row.right)), number(str(row.right.n)), number(words.interval_words(row.right)),
        number(_share(row.remembered.kept)), number(f"{round(row.known)} of {row.cards}"),
        number(words.moved_words(row.moved) or "0"), number(_share(sure)),
    ]  # fmt: skip


def _hours(report: Report) -> str:
    name = Section.HOURS
    lead = "Answers by the hour at which they were given, on the clock where the student was."
    values = [Column(share.n, f"{hour}" if hour % 3 == 0 else "") for hour, share in enumerate(report.hours)]
    given = [(hour, share) for hour, share in enumerate(report.hours) if share.n]
    rows: list[list[Cell]] = [
        [f"{hour:02}:00", number(_percent(share)), number(str(share.n)), number(words.interval_words(share))]
        for hour, share in given
    ]
    beside = table(name, ["from", "right", "of", "95% interval"], rows)
    aside = words.hours_words(report)
    picture = columns(name, aside or count(report.answers.n, "answer"), values, "")
    return section(name, lead, pair(picture, beside) + (f"<p>{said(aside)}</p>" if aside else ""))


def _spread(report: Report) -> str:
    firm, hard = words.firmness(report), words.difficulties(report)
    if not report.stability.cards:
        return section(Section.FIRM, "", f"<p>{said(FIRST[Section.FIRM])}</p>")
    lead = "Stability: after how many days the chance of recall has fallen to nine in ten."
    shown = figure(bars(Section.FIRM, words.firm_words(report), _amounts(firm)))
    shown += f"<p>{said(words.firm_words(report))}</p><h3>{said(Section.DIFFICULT)}</h3>"
    shown += "<p>How hard each question turned out for this student, from 1 to 10.</p>"
    shown += figure(bars(Section.DIFFICULT, words.difficult_words(report), _amounts(hard)))
    return section(Section.FIRM, lead, shown + f"<p>{said(words.difficult_words(report))}</p>", is_wide=True)


def _amounts(counts: Sequence[tuple[str, int]]) -> list[tuple[str, float, str]]:
    return [(name, cards, str(cards)) for name, cards in counts]


def _lists(report: Report) -> Iterable[str]:
    for name, cards, lead in (
        (
            Section.UNSAFE,
            report.unsafe,
            "Must not be missed, was answered wrong with certainty, and is not yet put right.",
        ),
        (Section.WEAKEST, report.hardest, "Those that were right least often, of three answers or more."),
        (Section.LEECHES, report.leeches, "Learned and forgotten many times."),
    ):
        if cards.rows:
            yield section(name, lead, _cards(name, cards), is_wide=True, is_long=True)
    if report.mixed_up:
        rows: list[list[Cell]] = [
            [words.mixed_up_words(pair), number(str(pair.times))] for pair in report.mixed_up[:MOST_ROWS]
        ]
        lead = "What was taken for what, and is not yet told apart."
        yield section(Section.MIXED_UP, lead, table(Section.MIXED_UP, ["", "times"], rows), is_wide=True)
    if report.misses.reasons:
        rows = [[words.missed_words(each), number(str(each.answers))] for each in report.misses.reasons]
        lead = f"As the student said it, of {report.misses.told} of {report.misses.wrong} wrong answers."
        yield section(Section.WHY_WRONG, lead, table(Section.WHY_WRONG, ["reason", "answers"], rows), is_wide=True)


def _cards(name: str, cards: Cards) -> str:
    rows: list[list[Cell]] = [
        [cut(card.begins, LONGEST_STEM), card.deck, number(words.asked_words(card.right)), number(str(card.lapses))]
        for card in cards.rows
    ]
    more = f"<p>{cards.total} in all.</p>" if cards.total > len(cards.rows) else ""
    return table(name, ["question", "deck", "right", "lapses"], rows) + more


def _percent(share: Share) -> str:
    return words.share_words(share)


def _share(share: Share) -> str:
    return words.share_words(share) if share.is_few else f"{words.share_words(share)} of {share.n}"


def _maybe(value: float | None) -> str:
    return "" if value is None else percent(value)


def _in_words(told: Sequence[Told]) -> str:
    """Return shares in one sentence, for whoever does not see the picture."""
    return "; ".join(f"{each.name} {each.words} of {each.share.n}" for each in told if each.share.n)


def _low(told: Sequence[Told]) -> float:
    """Return where the scale of shares begins: 0, or higher where all of them are high."""
    ends = [each.share.interval[0] for each in told if each.share.interval is not None and not each.share.is_few]
    ends += [value for each in told for value in (each.expected, each.chance) if value is not None]
    least = min(ends, default=0.0)
    return next(low for low in (0.6, 0.4, 0.2, 0.0) if low <= least or low == 0.0)


def _day_label(day: date, place: int, of: int, today: date) -> str:
    every = max(1, round(of / 5))
    return day_words(day, today) if place % every == 0 else ""
