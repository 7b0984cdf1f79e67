"""What can be set of an exam, a row each: what it says, what a turn of it changes, and what can be typed for it."""

from __future__ import annotations

from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.exam import setting
from sciaquiz.exam.exam import LEAST_MINUTES, LONGEST_NAME, MOST_MINUTES, MOST_QUESTIONS, WHOLE, check
from sciaquiz.ids import DeckId
from sciaquiz.text import cells, cut, tame
from sciaquiz.tui.text import MUTED, line, say
from sciaquiz.view.exam import days_off_words
from sciaquiz.words import count, percent, weekday_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from textual.content import Content

    from sciaquiz.exam.exam import Exam
    from sciaquiz.exam.outlook import Part

STEP, STEP_OF_QUESTIONS = 5, 10


class Field(Enum):
    """What a row is about; the value is its name."""

    NAME = "name"
    DAY = "date"
    MINUTES = "minutes a day"
    OFF = "days off"
    TARGET = "goal"
    PASS = "pass mark"  # noqa: S105 -- no password
    QUESTIONS = "questions"
    DECKS = "decks"


ASKED = {
    Field.NAME: "What is it called?",
    Field.DAY: "When is it? As 2027-02-18, 18 Feb, or 30 for in 30 days",
    Field.MINUTES: f"How many minutes a day? From {LEAST_MINUTES} to {MOST_MINUTES}",
    Field.OFF: "On which days do you not study? Such as sat sun, or none",
    Field.TARGET: "Which score do you want, in percent? 0 for none",
    Field.PASS: "Which score does it take to pass, in percent? 0 for none",
    Field.QUESTIONS: "How many questions has the paper? 0 if you do not know",
    Field.DECKS: "Which decks is it about? Their ids, or all",
}


class Setting(Struct, frozen=True):
    """A row: a field of the exam, or the share of a topic or deck."""

    field: Field | None = None
    part: str = ""


def settings_of(parts: Sequence[Part]) -> list[Setting]:
    """Return the rows: the fields, then the parts of the blueprint."""
    return [*(Setting(field) for field in Field), *(Setting(part=part.name) for part in parts)]


def setting_row(of: Setting, exam: Exam, shares: Mapping[str, float], today: date, titles: Mapping[str, str],
                width: int) -> Content:  # fmt: skip
    """Return a row in so many cells: its name, and its value at the right."""
    if of.field is None:
        name, value = titles.get(of.part, of.part.replace("-", " ")), percent(shares.get(of.part, 0.0) / WHOLE)
    else:
        name, value = of.field.value, value_words(of.field, exam, today, titles)
    name = cut(name, max(4, width - cells(value) - 2))
    value = cut(value, max(4, width - cells(name) - 2))
    return line(say(name, MUTED), " " * (width - cells(name) - cells(value)), value)


def value_words(field: Field, exam: Exam, today: date, titles: Mapping[str, str]) -> str:
    """Return the value of a field."""
    match field:
        case Field.NAME:
            return exam.name
        case Field.DAY:
            year = "" if exam.day.year == today.year else f" {exam.day.year}"
            return f"{weekday_words(exam.day)}{year}"
        case Field.MINUTES:
            return str(exam.minutes)
        case Field.OFF:
            return days_off_words(exam) or "none"
        case Field.TARGET:
            return percent(exam.target / WHOLE) if exam.target else "none"
        case Field.PASS:
            return percent(exam.pass_mark / WHOLE) if exam.pass_mark else "none"
        case Field.QUESTIONS:
            return str(exam.questions or "not known")
        case Field.DECKS:
            if not exam.decks:
                return "all"
            return titles.get(exam.decks[0], exam.decks[0]) if len(exam.decks) == 1 else count(len(exam.decks), "deck")


def typed_at_first(field: Field, exam: Exam) -> str:
    """Return what stands in the line in which a value is typed."""
    match field:
        case Field.NAME:
            return exam.name
        case Field.DAY:
            return exam.day.isoformat()
        case Field.MINUTES:
            return str(exam.minutes)
        case Field.OFF:
            return days_off_words(exam).casefold() or setting.NO_DAYS
        case Field.TARGET:
            return str(exam.target or 0)
        case Field.PASS:
            return str(exam.pass_mark or 0)
        case Field.QUESTIONS:
            return str(exam.questions)
        case Field.DECKS:
            return " ".join(exam.decks) or "all"


def turned(of: Setting, exam: Exam, by: int, shares: Mapping[str, float], decks: Sequence[DeckId]) -> Exam:
    """Return the exam with the value of a row one step up or down; the name can only be typed."""
    match of.field:
        case None:
            return replace(exam, blueprint=setting.with_share(shares, of.part, by))
        case Field.NAME:
            return exam
        case Field.DAY:
            return replace(exam, day=exam.day + timedelta(days=by))
        case Field.MINUTES:
            return with_minutes(exam, by)
        case Field.OFF:
            return replace(exam, days_off=setting.days_off_turned(exam.days_off, by))
        case Field.TARGET:
            return replace(exam, target=stepped(exam.target or 0, by, STEP, 0, WHOLE) or None)
        case Field.PASS:
            return replace(exam, pass_mark=stepped(exam.pass_mark or 0, by, STEP, 0, WHOLE) or None)
        case Field.QUESTIONS:
            return replace(exam, questions=stepped(exam.questions, by, STEP_OF_QUESTIONS, 0, MOST_QUESTIONS))
        case Field.DECKS:
            sets: list[tuple[DeckId, ...]] = [(), *((deck,) for deck in decks)]
            at = sets.index(exam.decks) if exam.decks in sets else 0
            return replace(exam, decks=sets[(at + by) % len(sets)], blueprint={})


def with_minutes(exam: Exam, by: int) -> Exam:
    """Return the exam with five minutes a day more or fewer, to whole fives."""
    return replace(exam, minutes=stepped(exam.minutes, by, STEP, LEAST_MINUTES, MOST_MINUTES))


def typed(field: Field, exam: Exam, text: str, today: date) -> Exam:
    """Return the exam with a value that was typed. Raises ExamError."""
    match field:
        case Field.NAME:
            return replace(exam, name=" ".join(tame(text).split())[:LONGEST_NAME])
        case Field.DAY:
            return replace(exam, day=setting.day_from(text, today))
        case Field.MINUTES:
            return replace(exam, minutes=setting.number_from(text, "Minutes a day"))
        case Field.OFF:
            return replace(exam, days_off=setting.days_off_from(text))
        case Field.TARGET:
            return replace(exam, target=setting.number_from(text, "The goal") or None)
        case Field.PASS:
            return replace(exam, pass_mark=setting.number_from(text, "The pass mark") or None)
        case Field.QUESTIONS:
            return replace(exam, questions=setting.number_from(text, "The number of questions"))
        case Field.DECKS:
            names = tuple(DeckId(name) for name in text.replace(",", " ").split())
            names = () if names == ("all",) else names
            return exam if names == exam.decks else replace(exam, decks=names, blueprint={})


def stepped(value: int, by: int, step: int, least: int, most: int) -> int:
    """Return the next multiple of a step above or below a value, within bounds."""
    at = value // step + 1 if by > 0 else -(-value // step) - 1
    return min(most, max(least, at * step))


def typed_checked(field: Field, exam: Exam, text: str, today: date) -> Exam:
    """Return the exam with a value that was typed, if it can be planned so. Raises ExamError."""
    found = typed(field, exam, text, today)
    check(found, today)
    return found
