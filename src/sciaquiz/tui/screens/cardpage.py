"""What the page of a card shows, drawn for a width: the question, when it comes back, and its history as a table."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from sciaquiz.deck.solution import solution
from sciaquiz.journal.entries import Phase
from sciaquiz.memory.forecast import forgetting_curve
from sciaquiz.text import cells, cut
from sciaquiz.tui.text import ACCENT, ACCENT_DIM, AMBER, FAINT, MUTED, RIGHT, WRONG, line, lines, say, spread
from sciaquiz.tui.widgets.curve import filled
from sciaquiz.view.decks import about_words
from sciaquiz.view.history import Answered, Changed, Did, History, Sign
from sciaquiz.view.marks import marks_words
from sciaquiz.view.words import citations, interval_words, short_interval_words
from sciaquiz.words import count, day_words, percent, times

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from textual.content import Content

    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Deck, Question
    from sciaquiz.journal.entries import CardState, Progress
    from sciaquiz.memory.explain import Reasons
    from sciaquiz.view.history import Row
    from sciaquiz.view.versions import Version

WIDEST = 76
"""Cells of a line of text."""
WIDEST_TABLE = 116
"""Cells of a row of the history: the eye still follows it from end to end."""
SIGN = "   "
CURVE_ROWS = 4
LEAST_DAYS = 4
"""Days that a curve shows at least."""
AHEAD = 1.6
"""How far beyond the day that the card is due, or its stability, the curve goes."""
STYLES = {Sign.RIGHT: RIGHT, Sign.PARTLY: AMBER, Sign.WRONG: WRONG}
IN_A_ROW = 66
"""Cells from which an answer and all that is known of it stand in one row."""


def head(question: Question, deck: Deck | None, width: int) -> Content:
    """Return deck and topics, and whether the question must not be missed."""
    title = deck.title if deck else question.deck_id
    safety = "   ! must not be missed" if question.safety is not None else ""
    topics = ", ".join(topic.replace("-", " ") for topic in question.topics)
    room = max(0, width - len(title) - len(safety) - 2)
    return line(
        say(cut(title, width), f"bold {ACCENT}"),
        say(f"  {cut(topics, room)}" if topics and room > 3 else "", MUTED),
        say(safety if len(title) + len(safety) <= width else "", AMBER),
    )


def question_text(question: Question, deck: Deck | None, width: int) -> Content:
    """Return the whole question with its answer, its reasons under what they are about, and its sources."""
    width = min(width, WIDEST)
    *before, last = question.stem.split("\n\n") if question.stem else [""]
    parts: list[Content] = []
    case = deck.case_of(question) if deck else None
    if case is not None:
        parts += [*_wrapped(say(case.title, f"bold {MUTED}"), width), line()]
        before = [*case.stages[: question.stage], *before]
    for paragraph in before:
        parts += [*_wrapped(say(paragraph), width), line()]
    parts += _wrapped(say(last, "bold"), width) if last else []
    if question.according_to:
        parts += _wrapped(say(f"According to: {question.according_to}", MUTED), width)
    parts.append(line())
    parts += _answers(question, deck, width)
    for paragraph in question.explanation.split("\n\n") if question.explanation else ():
        parts += [line(), *_wrapped(say(paragraph), width)]
    if source := citations(question, deck):
        parts += [line(), *_wrapped(say(source, f"italic {MUTED}"), width)]
    if deck is not None and (about := about_words(deck)):
        parts += [line(), *_wrapped(say(f"Deck: {about}", MUTED), width)]
    return lines(parts)


def _answers(question: Question, deck: Deck | None, width: int) -> list[Content]:
    parts = []
    for answer in solution(question, deck):
        sign = line(say("✓", RIGHT), SIGN[1:]) if answer.right else line(SIGN)
        parts += hanging(sign, say(answer.text, "bold" if answer.right else ""), width)
        parts += hanging(line(SIGN), say(answer.why, MUTED), width) if answer.why else []
    return parts


def marks_text(state: CardState, today: date, width: int) -> Content:
    """Return what the student has set on a card: a note, a mark, whether it is asked; nothing if nothing is set."""
    marks, width = state.marks, min(width, WIDEST)
    parts = hanging(say("▌  ", ACCENT), say(marks.note), width, again=say("▌  ", ACCENT)) if marks.note else []
    for words in marks_words(marks, today):
        parts += hanging(say("–  ", AMBER), say(words, AMBER), width)
    return lines(parts)


def comes_back(reasons: Reasons, width: int) -> Content:
    """Return when the card comes back: its forgetting curve with today and the target, and what it is drawn from."""
    parts: list[Content | str] = [say("When it comes back", "bold")]
    progress, now = reasons.state.progress, reasons.now
    if progress is None:
        return lines([*parts, say("Answered in practice only." if reasons.practised else "Never answered.", MUTED)])
    parts += curve_lines(progress, reasons, min(width, WIDEST))
    recall = percent(reasons.recall) if reasons.recall is not None else ""
    forgotten = f"{times(progress.lapses)} since learnt" if progress.lapses else "never since learnt"
    if progress.phase is Phase.LEARNING:
        forgotten = "still being learned"
    facts = [
        ("asked again", _asked_again(reasons, progress, now)),
        ("recall now", f"{recall}, target {percent(reasons.policy.desired_retention)}"),
        ("stability", _days(progress.memory.stability)),
        ("difficulty", f"{progress.memory.difficulty:.1f} of 10"),
        ("forgotten", forgotten),
    ]
    parts += [_fact(name, told, min(width, WIDEST)) for name, told in facts]
    return lines(parts)


def _asked_again(reasons: Reasons, progress: Progress, now: Moment) -> str:
    marks = reasons.state.marks
    if marks.suspended:
        return "not until you resume it"
    if marks.buried_until is not None and marks.buried_until > max(now.study_day, progress.due_day):
        return f"put off until {day_words(marks.buried_until, now.study_day)}"
    if reasons.corrected is not None:
        return f"due: the key was corrected on {day_words(reasons.corrected, now.study_day)}"
    overdue = (now.study_day - progress.due_day).days
    return f"due, {count(overdue, 'day')} ago" if overdue > 0 else interval_words(progress, now)


def _days(days: float) -> str:
    number = f"{days:.0f}" if days >= 20 else f"{days:.1f}"
    return f"{number} day" if number == "1" else f"{number} days"


def curve_lines(progress: Progress, reasons: Reasons, width: int) -> list[Content]:
    """Return the chance of recall from the last answer on, up to after the day that it is due."""
    policy, today = reasons.policy, reasons.now.study_day
    since = (today - progress.last_day).days
    due = max(0, (progress.due_day - progress.last_day).days)
    days = max(LEAST_DAYS, since, round(max(due, progress.memory.stability) * AHEAD))
    values = forgetting_curve(progress, reasons.reading, days)
    target = policy.desired_retention
    lowest = max(0, ceil(min(*values, target) * 20) - 1) / 20
    room = max(10, width - 6)
    at_today = round(since * (room - 1) / days)
    plotted = filled(values, room, CURVE_ROWS, lowest)
    at_target = min(CURVE_ROWS - 1, int((1 - target) / (1 - lowest) * CURVE_ROWS))
    labels = {0: percent(1), CURVE_ROWS - 1: percent(lowest)} | {at_target: percent(target)}
    rows = []
    for number, row in enumerate(plotted):
        drawn = "".join("┄" if sign == " " and number == at_target else sign for sign in row)
        rows.append(
            line(
                say(drawn[:at_today], ACCENT_DIM),
                say(drawn[at_today] if drawn[at_today] not in " ┄" else "│", ACCENT),
                say(drawn[at_today + 1 :], ACCENT_DIM),
                say(f"{labels.get(number, ''):>6}", MUTED if number == at_target else FAINT),
            )
        )
    return [*rows, say(_axis(room, {0: "answered", at_today: "today"}, (due * (room - 1)) // days), FAINT)]


def _axis(room: int, marks: dict[int, str], due: int) -> str:
    """Return labels below their places, today before the others where they would touch."""
    row = [" "] * room
    for place, word in (*sorted(marks.items(), reverse=True), (due, "due")):
        start = max(0, min(place, room - len(word)))
        around = row[max(0, start - 1) : start + len(word) + 1]
        if all(sign == " " for sign in around):
            row[start : start + len(word)] = word
    return "".join(row)


def _fact(name: str, told: str, width: int) -> Content:
    return spread(say(name, MUTED), say(told), width)


def table(history: History, today: date, width: int) -> Content:
    """Return all that was answered and done with the card, the latest first; nothing where there was nothing."""
    if not history.rows:
        return line()
    width = min(width, WIDEST_TABLE)
    parts = [spread(say("History", "bold"), say(count(history.answers, "answer"), MUTED), width)]
    if width >= IN_A_ROW and history.answers:
        heads = _row(("", "", "answered", "how sure", "time", "rating", "back in"), "", width)
        parts.append(say(heads.plain, FAINT))
    for row in history.rows:
        parts += _rows(row, today, width)
    return lines(parts)


def _rows(row: Row, today: date, width: int) -> list[Content]:
    match row:
        case Changed():
            style = AMBER if row.other_key else MUTED
            sign = "!" if row.other_key else "–"
            return hanging(say(f"{'':>8}{sign}  ", style), say(row.words, style), width)
        case Did(day, words):
            return [line(say(f"{day_words(day, today):>6}  ", MUTED), say(SIGN), say(cut(words, width - 11), MUTED))]
        case Answered():
            return _answer_rows(row, today, width)


def _answer_rows(row: Answered, today: date, width: int) -> list[Content]:
    day, style = day_words(row.day, today), STYLES[row.sign]
    answer = ", ".join((row.answer.replace("\n", " "), *row.circumstances))
    if width >= IN_A_ROW:
        return [_row((day, row.sign, answer, row.sure, row.took, row.rating, row.interval), style, width)]
    rest = f"{row.sure:<8}  {row.took:>5}  {row.rating:<5}  {row.interval}"
    first = line(say(f"{day:>6}  ", MUTED), say(row.sign, style), "  ", say(cut(rest, width - 11).rstrip(), MUTED))
    return [first, line(" " * 11, say(cut(answer, width - 11)))]


def _row(columns: Sequence[str], style: str, width: int) -> Content:
    day, sign, answer, sure, took, rating, then = columns
    rest = f"{sure:<8}  {took:>5}  {rating:<6}  {then:>8}"
    room = width - 11 - len(rest) - 2
    return line(
        say(f"{day:>6}  ", MUTED), say(f"{sign:<1}", style), "  ",
        say(_padded(answer, room)), "  ", say(rest, MUTED),
    )  # fmt: skip


def _padded(text: str, room: int) -> str:
    short = cut(text, room)
    return short + " " * max(0, room - cells(short))


def older_text(versions: Sequence[Version], today: date, width: int) -> Content:
    """Return the texts that were answered and that nobody is asked any more."""
    parts: list[Content] = []
    for version in versions:
        if version.question is None:
            continue
        parts += [line()] if parts else []
        parts += [*_wrapped(say(version.head(today), "bold"), width), question_text(version.question, None, width)]
    return lines(parts)


def pane(reasons: Reasons, width: int) -> Content:
    """Return when the card comes back, and what each rating would lead to now."""
    return lines([comes_back(reasons, width), "", grades(reasons, width)])


def grades(reasons: Reasons, width: int) -> Content:
    """Return what each rating would lead to now."""
    parts = [say("If you answer it now", "bold")]
    parts += [
        _fact(rating.name.capitalize(), short_interval_words(progress, reasons.now), min(width, WIDEST))
        for rating, progress in reasons.previews.items()
    ]
    return lines(parts)


def hanging(sign: Content, text: Content, width: int, again: Content | None = None) -> list[Content]:
    """Return text in lines of so many cells that begin below one another, with a sign before the first of them."""
    before = again or line(" " * sign.cell_length)
    rows = text.wrap(max(1, width - sign.cell_length))
    return [line(sign if place == 0 else before, row.rstrip()) for place, row in enumerate(rows)]


def _wrapped(text: Content, width: int) -> list[Content]:
    return [row.rstrip() for row in text.wrap(max(1, width))]
