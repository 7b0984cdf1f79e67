"""A mock exam in words: its rule and its clock while it is held, and what it came to. Every face says the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sciaquiz.journal.entries import Certainty
from sciaquiz.mock.attempt import By
from sciaquiz.mock.form import Away
from sciaquiz.view.words import SURE
from sciaquiz.words import count, duration_words, percent, weekday_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sciaquiz.mock.attempt import Attempt
    from sciaquiz.mock.form import Terms
    from sciaquiz.mock.result import Result

LAST_MS = 5 * 60_000
"""From here on the clock is told as a warning."""

AWAY = {Away.STOPS: "it waits, the clock stops", Away.COUNTS: "it waits, the clock runs on"}
"""What becomes of it if you leave."""

TIME_OVER = "The time is over: what you had answered was handed in."
ENDED_ELSEWHERE = "This exam was handed in in another window: what is done after that does not count."
GONE = "This question cannot be asked any more: {}. It does not count."
NONE_HANDED_IN = "No mock exam has been handed in yet."
NOT_ASKED = "A wrong answer counts as a review, and the question comes back sooner; a right one moves nothing."
IN_HOURS = 100
"""Minutes from which a clock shows hours."""
FEW = 10
"""With fewer questions on a topic than this its interval is wide, which is said."""


def beginning_words(number: int, terms: Terms) -> str:
    """Return what an exam will be: said before it begins."""
    time = duration_words(terms.minutes) if terms.minutes else "no time limit"
    return f"{count(number, 'question')}, {time}. If you leave: {AWAY[terms.away]}. Answers are told at the end."


def short_words(short: Mapping[str, int]) -> str:
    """Return which topics have fewer questions than their share asks for; nothing if none has."""
    if not short:
        return ""
    told = ", ".join(f"{number} on {name.replace('-', ' ')}" for name, number in short.items())
    return f"There are too few questions: {told} missing. Others took their place."


def clock_words(left_ms: int | None) -> str:
    """Return "38:12 left", "2:00:00 left"; nothing where there is no limit. A second that has begun still counts."""
    if left_ms is None:
        return ""
    minutes, seconds = divmod(-(-left_ms // 1000), 60)
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}:{seconds:02} left" if minutes >= IN_HOURS else f"{minutes}:{seconds:02} left"


def span_words(ms: float) -> str:
    """Return a length of time as a clock shows it: "1:17"."""
    minutes, seconds = divmod(round(ms / 1000), 60)
    return f"{minutes}:{seconds:02}"


def answered_words(attempt: Attempt) -> tuple[str, str]:
    """Return "15 answered" and "2 flagged"; the second is empty where nothing is."""
    flagged = len(attempt.flagged)
    return f"{len(attempt.answers)} answered", f"{flagged} flagged" if flagged else ""


def open_words(attempt: Attempt, left_ms: int | None) -> str:
    """Return where an exam stands: "Anatomy practical, 15 of 40 answered, 38:12 left"."""
    title = attempt.form.terms.title
    parts = [
        "" if title == "Mock exam" else title,
        f"{len(attempt.answers)} of {len(attempt.form)} answered",
        clock_words(left_ms),
    ]
    return ", ".join(part for part in parts if part)


def waiting_lines(waiting: Sequence[str]) -> list[str]:
    """Return the exams that wait, by where each stands, with how to go on; where there are several, by numbers."""
    if len(waiting) == 1:
        return [f"A mock exam waits: {waiting[0]}. To go on: sciaquiz mock --resume"]
    return [
        f"Mock exam {place} of those that wait: {words}. To go on: sciaquiz mock --resume {place}"
        for place, words in enumerate(waiting, start=1)
    ]


def choice_lines(waiting: Sequence[str]) -> list[str]:
    """Return the exams of which one is to be chosen, each with its number."""
    return [f"{place}. {words}" for place, words in enumerate(waiting, start=1)]


def handing_in_words(attempt: Attempt) -> str:
    """Return what handing in now means."""
    left = len(attempt.form) - len(attempt.answers)
    return f"{count(left, 'question has', 'questions have')} no answer and would count as wrong." if left else (
        "Every question has an answer."
    )  # fmt: skip


# What it came to


def score_words(result: Result) -> tuple[str, str, str]:
    """Return "29 of 40", "72%" and "passed, the mark is 60%"; the last are empty where nothing counts."""
    plain, mark = result.all, result.attempt.form.terms.pass_mark
    if not plain.of:
        return "Nothing could be marked", "", ""
    came = "" if result.passed is None else "passed" if result.passed else "not passed"
    passed = f"{came}, the mark is {percent(mark / 100)}" if came else ""
    return f"{plain.right} of {plain.of}", percent(plain.share), passed


def time_words(result: Result) -> str:
    """Return "51 of 60 min"."""
    used, minutes = round(result.attempt.used_ms / 60_000), result.attempt.form.terms.minutes
    return f"{used} of {minutes} min" if minutes else f"{used} min"


def predicted_words(result: Result) -> str:
    """Return "Predicted 71% (63–79), came 72%."; nothing where nothing was predicted."""
    plain, spread = result.all, result.predicted_interval()
    if plain.predicted is None or spread is None or not plain.of:
        return ""
    low, high = (f"{100 * end:.0f}" for end in spread)
    return f"Predicted {percent(plain.predicted)} ({low}–{high}), came {percent(plain.share)}."


def sure_words(result: Result) -> list[tuple[str, str]]:
    """Return how right each word of certainty was, the surest first: ("certain", "17 of 19")."""
    shares = [(SURE[certainty], result.sure(certainty)) for certainty in reversed(Certainty)]
    return [(name, f"{share.right} of {share.of}") for name, share in shares if share.of]


def certain_and_wrong_words(result: Result) -> str:
    """Return "2 certain and wrong"; nothing if none was."""
    number = len(result.certain_and_wrong)
    return f"{number} certain and wrong" if number else ""


def marks_words(result: Result) -> str:
    """Return the mark by certainty: "By certainty 41 of 120 marks, 34%."; nothing where none was said."""
    marks = result.by_certainty
    if marks is None:
        return ""
    most = 3 * marks.of
    without = f"; {count(marks.without, 'answer')} without a certainty left out" if marks.without else ""
    told = f"By certainty {marks.marks} of {most} marks, {percent(marks.share)}{without}."
    return told.replace(" -", " −")


def left_out_words(result: Result) -> list[str]:
    """Return what did not count, and why; and what counted as wrong without an answer."""
    reasons: dict[str, int] = {}
    for each in result.marked:
        if each.left_out:
            reasons[each.left_out] = reasons.get(each.left_out, 0) + 1
    told = [f"{count(number, 'question')} left out: {why}." for why, number in reasons.items()]
    if result.unanswered:
        told.append(f"{count(result.unanswered, 'question')} had no answer and counted as wrong.")
    return told


def few_words(result: Result) -> str:
    """Return why the intervals are wide; nothing where every topic has many questions."""
    return "Few questions a topic, so wide bars." if any(share.of < FEW for share in result.topics) else ""


def ended_words(result: Result) -> str:
    """Return what ended it, where that was not the student."""
    ended = result.attempt.ended
    return TIME_OVER if ended is not None and ended.by is By.TIME else ""


def changed_words(result: Result) -> str:
    """Return what the exam changed."""
    wrong = sum(each.answer is not None for each in result.wrong)
    if not wrong:
        return "No question comes back sooner."
    return f"{count(wrong, 'question comes', 'questions come')} back sooner; what was right moved nothing."


def past_words(result: Result) -> str:
    """Return an exam of the past in a line: its day, its title, its score."""
    came, share, passed = score_words(result)
    day = weekday_words(result.attempt.form.began.local.date())
    told = ", ".join(part for part in (f"{came} ({share})" if share else came, passed) if part)
    return f"{day}  {result.attempt.form.terms.title}: {told}"


def as_json(result: Result) -> dict[str, object]:
    """Return what an exam came to as values for a program."""
    form, plain, marks, ended = result.attempt.form, result.all, result.by_certainty, result.attempt.ended
    return {
        "mock": form.id,
        "title": form.terms.title,
        "began": form.began.local.isoformat(),
        "ended": None if ended is None else ended.moment.local.isoformat(),
        "ended_by": None if ended is None else ended.by.value,
        "seed": form.terms.seed,
        "minutes": form.terms.minutes,
        "away": form.terms.away.value,
        "used_seconds": result.attempt.used_ms // 1000,
        "right": plain.right,
        "of": plain.of,
        "interval": list(plain.interval),
        "predicted": plain.predicted,
        "pass_mark": form.terms.pass_mark,
        "passed": result.passed,
        "certainty_marks": marks and {"marks": marks.marks, "of": 3 * marks.of, "without": marks.without},
        "topics": [
            {
                "topic": share.label, "right": share.right, "of": share.of,
                "interval": list(share.interval), "predicted": share.predicted,
            }
            for share in result.topics
        ],
        "questions": [
            {
                "card": each.item.card_id, "topic": each.item.topic, "first": each.item.is_first,
                "chance": each.item.chance, "answered": each.answer is not None, "correct": each.correct,
                "certainty": each.answer and each.answer.certainty and int(each.answer.certainty),
                "seconds": _seconds(result, each.place), "left_out": each.left_out or None,
            }
            for each in result.marked
        ],
    }  # fmt: skip


def waiting_as_json(attempt: Attempt, left_ms: int | None) -> dict[str, object]:
    """Return where an exam that waits stands as values for a program."""
    form = attempt.form
    return {
        "mock": form.id, "title": form.terms.title, "began": form.began.local.isoformat(),
        "answered": len(attempt.answers), "of": len(form), "flagged": len(attempt.flagged),
        "left_seconds": None if left_ms is None else left_ms // 1000,
    }  # fmt: skip


def _seconds(result: Result, place: int) -> float | None:
    said = result.attempt.said.get(place)
    return None if said is None or said.thought_ms is None else said.thought_ms / 1000


def listed(results: Sequence[Result]) -> list[str]:
    """Return the exams of the past, a line each, the latest first, each with its number."""
    return [f"{place}. {past_words(result)}" for place, result in enumerate(results, start=1)] or [NONE_HANDED_IN]
