"""An exam as a value, and as the payload of the entry that keeps it. Nothing else of a plan is ever stored."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field

from sciaquiz.ids import DeckId

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

LEAST_MINUTES, MOST_MINUTES = 5, 600
USUAL_MINUTES = 20
FURTHEST_DAYS = 730
MOST_QUESTIONS = 1000
LONGEST_NAME = 80
WEEK = 7
WHOLE = 100


class ExamError(ValueError):
    """There can be no such exam. The message is for the student."""


class Exam(Struct, frozen=True, kw_only=True):
    """An exam on the morning of a day.

    `decks` are what it is about, none for all. `blueprint` has the share of the score, in percent, of topics and decks;
    where it is empty every card counts the same. `minutes` are those of a day; `days_off` are weekdays, 0 for Monday.
    `target` and `pass_mark` are percent of the score, `questions` how many the paper has, 0 where that is not known.
    """

    id: str
    name: str
    day: date
    decks: tuple[DeckId, ...] = ()
    blueprint: Mapping[str, float] = field(default_factory=dict)
    minutes: int = USUAL_MINUTES
    days_off: frozenset[int] = frozenset()
    target: int | None = None
    pass_mark: int | None = None
    questions: int = 0

    def days_left(self, today: date) -> int:
        """Return the days from today to the exam; the last of them to study is the one before it."""
        return (self.day - today).days

    def is_ahead(self, today: date) -> bool:
        """Say whether there is still a day to study."""
        return self.days_left(today) > 0

    def minutes_on(self, day: date) -> int:
        """Return the minutes of a day: none on a day off, and none from the exam on."""
        return 0 if day >= self.day or day.weekday() in self.days_off else self.minutes


def check(exam: Exam, today: date) -> None:
    """Raise ExamError, with words for the student, for an exam that cannot be planned."""
    if not exam.name.strip():
        raise ExamError("An exam needs a name.")
    if len(exam.name) > LONGEST_NAME:
        raise ExamError(f"The name of an exam has at most {LONGEST_NAME} signs.")
    if not exam.is_ahead(today):
        raise ExamError(f"{exam.day} is not ahead: today is {today}.")
    if exam.days_left(today) > FURTHEST_DAYS:
        raise ExamError(f"{exam.day} is too far off: a plan reaches {FURTHEST_DAYS} days ahead.")
    if not LEAST_MINUTES <= exam.minutes <= MOST_MINUTES:
        raise ExamError(f"Minutes a day are from {LEAST_MINUTES} to {MOST_MINUTES}, not {exam.minutes}.")
    if len(exam.days_off) >= WEEK:
        raise ExamError("With every day off, no day is left to study.")
    for name, percent in (("target", exam.target), ("pass mark", exam.pass_mark)):
        if percent is not None and not 1 <= percent <= WHOLE:
            raise ExamError(f"The {name} is a percentage from 1 to {WHOLE}, not {percent}.")
    if not 0 <= exam.questions <= MOST_QUESTIONS:
        raise ExamError(f"A paper has up to {MOST_QUESTIONS} questions, not {exam.questions}.")
    if any(share < 0 for share in exam.blueprint.values()):
        raise ExamError("A share of the blueprint cannot be below 0.")
    total = sum(exam.blueprint.values())
    if exam.blueprint and abs(total - WHOLE) > 0.5:
        off = f"{abs(total - WHOLE):g} {'too few' if total < WHOLE else 'too many'}"
        raise ExamError(f"The shares of the blueprint come to {total:g}, not {WHOLE}: {off}.")


def payload_of(exam: Exam) -> dict[str, Any]:
    """Return what the entry of an exam carries."""
    return {
        "id": exam.id,
        "name": exam.name,
        "day": exam.day.isoformat(),
        "decks": list(exam.decks),
        "blueprint": dict(exam.blueprint),
        "minutes": exam.minutes,
        "days_off": sorted(exam.days_off),
        "target": exam.target,
        "pass_mark": exam.pass_mark,
        "questions": exam.questions,
    }


def removal_of(exam_id: str) -> dict[str, Any]:
    """Return what the entry carries that removes an exam."""
    return {"id": exam_id, "removed": True}


def exams_of(payloads: Iterable[Mapping[str, Any]]) -> tuple[Exam, ...]:
    """Return the exams that entries come to, by their day: the latest of an id counts.

    An entry that says no exam, as another version may write it, is passed over.
    """
    found: dict[str, Exam] = {}
    for payload in payloads:
        try:
            if payload.get("removed"):
                found.pop(_text(payload["id"]), None)
            else:
                exam = _exam_from(payload)
                found[exam.id] = exam
        except (KeyError, TypeError, ValueError, AttributeError):
            continue
    return tuple(sorted(found.values(), key=lambda exam: (exam.day, exam.id)))


def _exam_from(payload: Mapping[str, Any]) -> Exam:
    exam = Exam(
        id=_text(payload["id"]),
        name=_text(payload["name"]),
        day=date.fromisoformat(_text(payload["day"])),
        decks=tuple(DeckId(_text(name)) for name in payload.get("decks", ())),
        blueprint={_text(name): float(share) for name, share in payload.get("blueprint", {}).items()},
        minutes=int(payload.get("minutes", USUAL_MINUTES)),
        days_off=frozenset(int(day) for day in payload.get("days_off", ()) if 0 <= int(day) < WEEK),
        target=_percent(payload.get("target")),
        pass_mark=_percent(payload.get("pass_mark")),
        questions=int(payload.get("questions", 0)),
    )
    check(exam, exam.day - timedelta(days=1))
    return exam


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _percent(value: object) -> int | None:
    return int(value) if isinstance(value, int) else None


def minutes_by_day(exams: Sequence[Exam], today: date, days: int, off: Collection[date] = frozenset()) -> list[float]:
    """Return the minutes of each of some days from today on, none on those that are planned off.

    Several exams share the minutes of the one that has most.
    """
    ahead = [today + timedelta(days=number) for number in range(days)]
    return [0.0 if day in off else float(max((exam.minutes_on(day) for exam in exams), default=0)) for day in ahead]
