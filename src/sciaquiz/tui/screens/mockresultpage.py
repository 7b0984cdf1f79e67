"""What is shown of a mock exam that was handed in: its score, its topics, what was predicted, and how sure it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.deck.solution import key
from sciaquiz.journal.entries import Certainty
from sciaquiz.study.summary import opening
from sciaquiz.text import cut
from sciaquiz.tui.text import ACCENT, AMBER, FAINT, LINE, MUTED, RIGHT, WRONG, line, lines, say, spread
from sciaquiz.tui.widgets.forest import ForestRow, Scale, forest, legend
from sciaquiz.view.mock import (
    certain_and_wrong_words,
    changed_words,
    ended_words,
    few_words,
    left_out_words,
    marks_words,
    predicted_words,
    score_words,
    sure_words,
    time_words,
)
from sciaquiz.view.words import SURE
from sciaquiz.words import MONTHS, percent

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.content import Content

    from sciaquiz.deck.model import Card, Deck
    from sciaquiz.mock.result import Marked, Result, Share

    Find = Callable[[Marked, int], str]
    """How a question begins, in at most so many cells."""

SCALE = Scale(0.0, 1.0, 0.2)
LONGEST_PAST = 6
"""Exams of the past beside the latest."""
BAR = 12


def score(result: Result, width: int) -> Content:
    """Return the score, whether it passed, and the time it took; what has no room is left out."""
    came, share, passed = score_words(result)
    head = line(say(came, "bold"), say(f"   {share}" if share else "", f"bold {ACCENT}"))
    time = say(time_words(result), MUTED)
    for told in (f"   {passed}" if passed else "", f"   {passed.split(',')[0]}" if passed else "", ""):
        left = line(head, say(told, MUTED))
        if left.cell_length + 2 + time.cell_length <= width:
            return spread(left, time, width)
    return head


def topics(result: Result, width: int, *, gaps: bool) -> Content:
    """Return the forest plot of the topics, the weakest first, and of all."""
    mark = result.attempt.form.terms.pass_mark / 100 or None
    rows = [_row(share, share.label.replace("-", " "), mark) for share in result.topics]
    title, signs = say("By topic, weakest first", FAINT), legend(predicted=True, mark="pass" if mark else "")
    head = spread(title, signs, width) if title.cell_length + 2 + signs.cell_length <= width else title
    drawn = forest([*rows, _row(result.all, "all", mark)], SCALE, width, gaps=gaps)
    return lines([head, *drawn])


def _row(share: Share, label: str, mark: float | None) -> ForestRow:
    return ForestRow(
        label=label, n=share.of, share=share.share, interval=share.interval, predicted=share.predicted, mark=mark
    )


def certainty(result: Result, width: int) -> Content:
    """Return how right each word of certainty was, as a plot."""
    mark = None
    shares = [(SURE[each], result.sure(each)) for each in reversed(Certainty)]
    rows = [_row(share, name, mark) for name, share in shares if share.of]
    return lines([say("How sure, how right", FAINT), *forest(rows, SCALE, width)]) if rows else line()


def below(result: Result, width: int, *, is_alone: bool) -> Content:
    """Return what was predicted and what did not count; with no pane beside it how sure it was, and what it changed."""
    rows: list[Content] = []
    if ended := ended_words(result):
        rows.append(say(ended, AMBER))
    predicted, few = say(predicted_words(result)), say(few_words(result), MUTED)
    both = line(predicted, "   " if predicted.plain else "", few)
    rows += [both] if both.cell_length <= width else [part for part in (predicted, few) if part.plain]
    sure = line(*(line(say(f"{name} "), say(f"{of}   ", MUTED)) for name, of in sure_words(result)))
    alarm = certain_and_wrong_words(result)
    told = say(f"! {alarm}", AMBER) if alarm else line()
    if is_alone and sure.plain:
        rows.append(spread(sure, told, width) if told.plain else sure)
    elif told.plain:
        rows.append(told)
    if marks := marks_words(result):
        rows.append(say(marks, MUTED))
    rows += [say(words, AMBER if "left out" in words else MUTED) for words in left_out_words(result)]
    rows += [say(changed_words(result), MUTED)] if is_alone else []
    return lines([part for row in rows if row.plain for part in row.wrap(width)])


def pane(result: Result, others: Sequence[Result], find: Find, width: int) -> Content:
    """Return what stands beside the topics: certain and wrong, the time, the exams of the past, what it changed."""
    parts: list[Content | str] = []
    surest = result.certain_and_wrong
    if surest:
        parts.append(spread(say("! Certain and wrong", f"bold {AMBER}"), say(str(len(surest)), AMBER), width))
        for each in surest[:4]:
            first, *more = say(find(each, 3 * (width - 2))).wrap(width - 2)
            parts += [line(say("✗ ", WRONG), first), *(line("  ", row) for row in more[:2])]
        parts.append("")
    parts += [*_times(result, width), *_past(result, others, width)]
    parts += [say("What it changed", "bold"), *say(changed_words(result), MUTED).wrap(width)]
    return lines(parts)


def _times(result: Result, width: int) -> list[Content | str]:
    times = {"right": result.seconds(correct=True), "wrong": result.seconds(correct=False)}
    known = {name: seconds for name, seconds in times.items() if seconds is not None}
    if not known:
        return []
    most = max(known.values()) or 1.0
    rows: list[Content | str] = []
    for name, seconds in known.items():
        told = f"{seconds:.0f} s"
        room = max(1, width - 8 - len(told) - 2)
        full = round(room * seconds / most)
        bar = line(say("━" * full, ACCENT), say("─" * (room - full), LINE))
        rows.append(line(say(f"{name:<8}", MUTED), bar, "  ", told))
    if result.changes:
        rows.append(spread(say("answers changed", MUTED), say(str(result.changes)), width))
    return [spread(say("Time", "bold"), say("median", MUTED), width), *rows, ""]


def _past(result: Result, others: Sequence[Result], width: int) -> list[Content | str]:
    """Return the exams up to this one, the latest first, each with what was predicted."""
    shown = [each for each in others if each.all.of][:LONGEST_PAST]
    if len(shown) < 2:
        return []
    rows: list[Content | str] = [spread(say("Mock exams", "bold"), say("predicted", MUTED), width)]
    for each in shown:
        day = each.attempt.form.began.local.date()
        date = f"{day.day} {MONTHS[day.month - 1]}"
        predicted = each.all.predicted
        right = f"{percent(each.all.share):>5}{'' if predicted is None else percent(predicted):>7}"
        room = max(1, width - 8 - len(right) - 1)
        full = round(room * each.all.share)
        is_this = each.attempt.form.id == result.attempt.form.id
        bar = line(say("━" * full, ACCENT), say("─" * (room - full), LINE))
        rows.append(line(say(f"{date:<8}", "bold" if is_this else MUTED), bar, " ", right))
    return [*rows, ""]


def no_answer(place: int, card: Card | None, name: str, deck: Deck | None) -> Content:
    """Return a question that had no answer, with what is right and why."""
    if card is None:
        return lines([line(say(f"{place}  ", MUTED), say(name, "bold")), say("Its text is not kept.", MUTED)])
    question = card.question
    asked = opening(question, 400, deck.case_of(question) if deck is not None else None)
    rows: list[Content | str] = [
        line(say(f"{place}  ", MUTED), say(asked, "bold")), say("No answer", f"bold {WRONG}"),
    ]  # fmt: skip
    for part in key(card, deck):
        rows.append(line(say("✓ ", RIGHT) if part.right else say("✗ ", WRONG), say(part.text)))
        rows += [say(part.why, MUTED)] if part.why else []
    rows += [say(question.explanation)] if question.explanation else []
    return lines(rows)


def row(result: Result, width: int) -> Content:
    """Return an exam of the past in a row."""
    came, share, passed = score_words(result)
    day = result.attempt.form.began.local
    date = f"{day.day:>2} {MONTHS[day.month - 1]} {day:%H:%M}"
    left = line(say(f"{date}   "), say(f"{came:<12}"), say(f"{share:>5}   "), say(passed, MUTED))
    title = result.attempt.form.terms.title
    room = width - left.cell_length - 3
    return line(left, "   ", say(cut(title, room), MUTED)) if room >= 10 else left.truncate(width)
