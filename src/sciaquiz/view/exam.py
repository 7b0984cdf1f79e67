"""What is said of an exam and its plan: the same for every face."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.exam.outlook import MOST_MINUTES_A_DAY, NEEDED_LEAST, NEEDED_MOST, STEP_MINUTES
from sciaquiz.words import WEEKDAYS, count, day_words, duration_words, percent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from sciaquiz.exam.after import After
    from sciaquiz.exam.exam import Exam
    from sciaquiz.exam.outlook import Outlook, Part, Variant, Variants
    from sciaquiz.exam.prediction import Prediction

FEWEST_FIRSTS = 20
MOST_NAMED = 3
"""So many topics are named of those that are left out in part."""
SPARE_MINUTES = 2
"""So many minutes a day to spare are not worth a word."""
LARGE_ERROR = 4.0
"""Points by which forecasts of the last weeks were off from which on it is told."""
SOON_SAID = 0.05
"""Points below which a gain is told as nothing."""
TOLD_COST = 0.5
"""Points from which on it is told what safety costs."""

A_GUESS = f"Answer {FEWEST_FIRSTS} questions first; until then this is a guess."
UNLIKE = (
    "Your memory does not follow the model well: forecasts of your last weeks were off by more than usual. The figure "
    "for a date far off may be too high."
)
LIKE_THESE = (
    "This is for questions like those in these decks. Whether the exam asks them is not known: a mock exam is the only "
    "check."
)
NONE_LEFT = "Nothing is left of today's part of the plan."
LIFE_GOES_ON = "It is over: your cards come back as they would have without it."
REMOVED = "The exam is removed. Your cards and answers stay as they are."


def ending_words(minutes: int) -> str:
    """Return when today's part of the plan is over: more cards are listed than usually fit."""
    return f"Today's part of your plan ends after {minutes} min."


def points(score: float) -> str:
    """Return a score in whole points."""
    return f"{round(score)}"


def spread(found: Prediction) -> str:
    """Return a score with its interval, as in “84 (79 to 89)”."""
    return f"{points(found.score)} ({points(found.low)} to {points(found.high)})"


def days_left_words(exam: Exam, today: date) -> str:
    """Return how far off an exam is."""
    days = exam.days_left(today)
    if days < 0:
        return f"{count(-days, 'day')} ago"
    return "today" if days == 0 else "tomorrow" if days == 1 else f"in {days} days"


def home_words(exam: Exam, today: date, then: Prediction | None) -> tuple[str, str]:
    """Return the next exam as Home tells it: when it is, and what is expected; nothing yet until that is known."""
    when = f"{exam.name} {days_left_words(exam, today)}"
    if not exam.is_ahead(today):
        return when, "what came of it"
    mark = f", pass {percent(exam.pass_mark / 100)}" if exam.pass_mark else ""
    return when, "" if then is None else f"{share_words(then)}{mark}"


def next_words(exam: Exam, today: date) -> str:
    """Return the next exam in one line, with what tells more of it."""
    more = "For what the plan brings" if exam.is_ahead(today) else "For what came of it"
    return f"Exam: {exam.name} {days_left_words(exam, today)}. {more}: sciaquiz exam show {exam.id}"


def share_words(found: Prediction) -> str:
    """Return a score as a share with its interval, as in “77% (71–83)”."""
    return f"{percent(found.score / 100)} ({interval_words(found)})"


def interval_words(found: Prediction) -> str:
    """Return the interval of a score, as in “71–83”."""
    return f"{points(found.low)}–{points(found.high)}"


def exam_line(exam: Exam, today: date) -> str:
    """Return an exam in one line: its id, name, day and what is set."""
    target = f", target {percent(exam.target / 100)}" if exam.target else ""
    off = ", ".join(WEEKDAYS[day] for day in sorted(exam.days_off))
    without = f", not on {off}" if off else ""
    return (
        f"{exam.id}: {exam.name}, {day_words(exam.day, today)}, {days_left_words(exam, today)}; "
        f"{exam.minutes} min a day{without}{target}"
    )


def kept_words(exam: Exam, today: date) -> str:
    """Return that an exam is kept, and what to do next."""
    return f"{exam_line(exam, today)}\nTo see what the plan brings: sciaquiz exam show {exam.id}"


def sure_lines(seen: Outlook) -> list[str]:
    """Return how sure a prediction is: the chance of a paper, what is kept after it, and what it is worth so far."""
    lines = ["The bar is meant to hold the score nine times in ten."]
    if seen.paper is not None:
        low, high = points(seen.paper.low), points(seen.paper.high)
        lines.append(f"On a paper of {count(seen.exam.questions, 'question')} chance adds to that: {low} to {high}.")
    lines.append(kept_after_words(seen))
    return [*lines, *_doubts(seen)]


def kept_after_words(seen: Outlook) -> str:
    """Return what is kept 30 days after the exam."""
    return f"30 days after it you would still recall about {percent(seen.kept)} of what was asked."


def _doubts(seen: Outlook) -> list[str]:
    if seen.firsts < FEWEST_FIRSTS:
        return [A_GUESS]
    return [UNLIKE] if seen.error > LARGE_ERROR else []


def prediction_lines(seen: Outlook, today: date) -> list[str]:
    """Return the prediction: on the day, on a paper, and as if the exam were today; never one bare number."""
    exam = seen.exam
    when, minutes = day_words(exam.day, today), f"{exam.minutes} minutes a day"
    missing = f", missing one day in {round(1 / seen.missed)} as lately" if seen.missed >= 1 / 14 else ""
    lines = [f"{spread(seen.then)} expected on {when} if you do {minutes}{missing}."]
    if seen.paper is not None:
        low, high = points(seen.paper.low), points(seen.paper.high)
        lines[0] += f" On a paper of {count(exam.questions, 'question')} chance adds to that: {low} to {high}."
    lines.append(f"If it were today: {spread(seen.now)}. {kept_after_words(seen)}")
    return [*lines, *_doubts(seen)]


def reach_lines(seen: Outlook) -> list[str]:
    """Return that the pass mark is not safely reached, where that is so."""
    exam = seen.exam
    if exam.pass_mark is None or seen.then.low >= exam.pass_mark:
        return []
    fails = "most likely not" if seen.then.score < exam.pass_mark else "not safely"
    return [f"The pass mark is {exam.pass_mark}: that is {fails} reached."]


def goal_words(seen: Outlook, told: Variants | None) -> str:
    """Return the work that the goal takes against the time that is left, in one line.

    What was told under other minutes a day will do: neither the work nor what is best depends on them.
    """
    exam, left = seen.exam, left_words(seen)
    if exam.target is None:
        return f"{left} left until then"
    if told is None:
        return f"{left} left"
    if told.needed is None:
        hours = MOST_MINUTES_A_DAY // 60
        return (
            f"No plan reaches {percent(exam.target / 100)}: at best {percent((told.best or 0) / 100)}, {hours} h a day"
        )
    spare = round(sum(seen.minutes)) - needed_minutes(seen, told.needed)
    to_spare = f": {duration_words(spare)} to spare" if seen.reaches and spare > 0 else ""
    return f"{duration_words(needed_minutes(seen, told.needed))} of work, {left} left{to_spare}"


def goal_lines(seen: Outlook, told: Variants | None) -> list[str]:
    """Return whether target and pass mark are within reach; if not, the honest no with what can be done."""
    exam, lines = seen.exam, reach_lines(seen)
    if exam.target is None:
        return lines
    if seen.reaches:
        spare = told is not None and told.needed is not None and told.needed < exam.minutes - SPARE_MINUTES
        less = f": {work_words(seen, told.needed)}" if told is not None and told.needed is not None and spare else ""
        return [*lines, f"That reaches your target of {exam.target}{less}."]
    work = f"{work_words(seen, told.needed)}; " if told is not None and told.needed is not None else ""
    brings = f"{work}this time brings about {points(seen.then.score)}"
    lines.append(f"! Not enough time for your target of {exam.target}: {brings}.")
    if told is None:
        return lines
    if told.best is not None and told.needed is None:
        hours = MOST_MINUTES_A_DAY // 60
        lines.append(
            f"No plan in this time gets you there; the best is about {points(told.best)}, with {hours} hours a day."
        )
    return [*lines, *(f"  {number}  {way.words}" for number, way in enumerate(ways(seen, told), 1))]


class Way(Struct, frozen=True, kw_only=True):
    """A way to go on where the target is out of reach: its words, the same in short from the longest on, the score in
    points, the minutes of work for which it leaves no time, and the exam as it would be set, with what is said then."""

    words: str
    does: tuple[str, ...]
    score: float
    short: int
    exam: Exam
    taken: str


def ways(seen: Outlook, told: Variants | None) -> list[Way]:
    """Return what can be done where the target is out of reach: leave it, give it more minutes, or the days off.

    As long as it is not worked out what would change the score, only the first is known.
    """
    exam, reached = seen.exam, seen.then.score
    unseen = [f"{part.unseen} of {part.name}" for part in seen.parts if part.unseen]
    least = f", {', '.join(unseen[:MOST_NAMED])}" if unseen else ""
    most = max(seen.parts, key=lambda part: part.unseen, default=None)
    named = f", {most.unseen} of {topic_words(most.name)}" if most is not None and most.unseen else ""
    goal = max(1, round(reached))
    found = [
        Way(
            words=f"Leave out what counts least{least}: {points(reached)}.",
            does=(f"Leave out what counts least{named}", f"Leave out{named.removeprefix(',') or ' some'}", "Leave out"),
            score=reached, short=0, exam=replace(exam, target=goal),
            taken=f"The goal is {percent(goal / 100)} now. What counts least for its time is left out.",
        )
    ]  # fmt: skip
    if told is None:
        return found
    if told.needed is not None and exam.target is not None:
        low, high = max(exam.minutes, round(told.needed * NEEDED_LEAST)), round(told.needed * NEEDED_MOST)
        words = (
            f"About {told.needed} minutes a day ({low} to {high}) instead of {exam.minutes}: {exam.target}. "
            f"If the target matters, plan with {high}."
        )
        found.append(
            Way(
                words=words,
                does=(
                    f"{told.needed} min a day instead of {exam.minutes} ({low} to {high})",
                    f"{told.needed} min a day instead of {exam.minutes}",
                    f"{told.needed} min a day",
                ),
                score=exam.target, short=0, exam=replace(exam, minutes=told.needed),
                taken=f"{told.needed} minutes a day now. If the target matters, plan with {high}.",
            )
        )  # fmt: skip
    if told.days_off_too is not None:
        off, then = days_off_words(exam), told.days_off_too
        does = f"{off} too"
        short = 0 if exam.target is None or round(then.score) >= exam.target else _short_of(seen, told, then.exam)
        found.append(
            Way(
                words=f"{does}: {points(then.score)}.", does=(does,), score=then.score, short=short, exam=then.exam,
                taken=f"{off} are days to study now.",
            )
        )  # fmt: skip
    return found


def _short_of(seen: Outlook, told: Variants, exam: Exam) -> int:
    """Return the minutes of work for which no time is left even if an exam is set so; 0 where that is not known."""
    if told.needed is None:
        return 0
    days = [seen.exam.day - timedelta(days=left) for left in range(1, seen.days_left + 1)]
    more = sum(exam.minutes_on(day) - seen.exam.minutes_on(day) for day in days)
    return max(0, needed_minutes(seen, told.needed) - round(sum(seen.minutes)) - more)


def days_off_words(exam: Exam) -> str:
    """Return the days off of an exam, as in “Saturdays and Sundays”; nothing where there are none."""
    return " and ".join(f"{WEEKDAYS[day]}s" for day in sorted(exam.days_off))


def work_words(seen: Outlook, needed: int) -> str:
    """Return the work that a target takes against the time that is left, at so many minutes a day."""
    return f"about {duration_words(needed_minutes(seen, needed))} of work, {left_words(seen)} left"


def needed_minutes(seen: Outlook, needed: int) -> int:
    """Return the minutes of work until the exam, at so many minutes on each day to study."""
    return needed * sum(minutes > 0 for minutes in seen.minutes)


def left_words(seen: Outlook) -> str:
    """Return the time that is left."""
    return duration_words(round(sum(seen.minutes)))


def topic_words(name: str) -> str:
    """Return a topic or deck, named by its id, as words."""
    return name.replace("-", " ")


def variant_lines(seen: Outlook, told: Variants) -> list[str]:
    """Return what more or less time would change."""
    changed = [f"With {told.more.exam.minutes} minutes a day: {points(told.more.score)}."]
    if told.less is not None:
        changed.append(f"With {told.less.exam.minutes}: {points(told.less.score)}.")
    changed.append(f"A week later: {points(told.later.score)}.")
    if told.days_off_too is not None and seen.reaches:  # else it is one of the ways to go on
        changed.append(f"{days_off_words(seen.exam)} too: {points(told.days_off_too.score)}.")
    hour = (
        f"An hour more in the last week is worth {told.hour_late:.1f} points, an hour more today {told.hour_today:.1f}."
    )
    safe = f"What must not be missed comes first, whatever it counts: that costs about {told.safety_cost:.1f} points."
    return [" ".join(changed), hour, *([safe] if told.safety_cost >= TOLD_COST else [])]


def today_lines(seen: Outlook, told: Variants | None) -> list[str]:
    """Return what today holds."""
    day, minutes = seen.days[0], seen.minutes[0]
    if not day.cards:
        return ["Today: nothing is planned." if minutes < 1 else NONE_LEFT]
    lines = [f"Today: {round(day.seconds / 60)} min, {count(day.reviews, 'review')} and {day.new} new."]
    if told is not None and minutes > STEP_MINUTES:
        worth = "nothing" if told.last_minutes < SOON_SAID else f"{told.last_minutes:.1f} points"
        stop = ": stopping is allowed" if told.last_minutes < 2 * SOON_SAID else ""
        lines[0] += f" The last {STEP_MINUTES} minutes today are worth {worth}{stop}."
    return lines


def part_line(part: Part) -> str:
    """Return a topic or deck: its share, the score in it, what stays unseen, and what an hour brings."""
    unseen = f"; {part.unseen} of {count(part.cards, 'card')} never asked" if part.unseen else ""
    hour = f"; {part.per_hour:.1f} points an hour" if part.per_hour else ""
    return f"  {part.name}, {percent(part.share / 100)}: {points(part.now)} now, {points(part.then)} then{unseen}{hour}"


def outlook_lines(seen: Outlook, told: Variants, today: date) -> list[str]:
    """Return all that is said of an exam, in lines."""
    exam = seen.exam
    studying = sum(minutes > 0 for minutes in seen.minutes)
    total = duration_words(round(sum(seen.minutes)))
    lines = [
        f"{exam.name}: {day_words(exam.day, today)}, {days_left_words(exam, today)}; "
        f"{total} on {count(studying, 'day')}.",
        *prediction_lines(seen, today),
        *goal_lines(seen, told),
        *variant_lines(seen, told),
        *today_lines(seen, told),
        "By topic, with what is never asked in this plan and what an hour of it adds:",
        *map(part_line, seen.parts),
    ]
    if any(part.unseen for part in seen.parts):
        lines.append(
            "The plan leaves out what counts least for its time. To see the price of leaving out a topic: "
            f"sciaquiz exam show {exam.id} --without TOPIC"
        )
    return [*lines, LIKE_THESE]


def after_lines(found: After, today: date) -> list[str]:
    """Return what came of an exam that is over, and that everything goes on as it would have without it."""
    exam = found.exam
    lines = [
        f"{exam.name} was on {day_words(exam.day, today)}. {LIFE_GOES_ON}",
        f"On that morning {spread(found.expected)} was expected; {found.met} of {count(found.cards, 'question')} had "
        "been asked by then.",
    ]
    if not found.asked:
        return [*lines, "None of them was asked again since."]
    share, expected = percent(found.right / found.asked), percent(found.chance)
    return [
        *lines,
        f"Of {found.asked} that were asked again in the 30 days since, {share} were right the first time; {expected} "
        "was expected.",
    ]


def after_json(found: After) -> dict[str, Any]:
    """Return what came of an exam that is over, as plain values."""
    return {
        "exam": exam_json(found.exam),
        "expected": _prediction_json(found.expected),
        "cards": found.cards,
        "asked_before": found.met,
        "asked_since": found.asked,
        "right_since": found.right,
        "expected_since": round(found.chance, 3),
    }


def exam_json(exam: Exam) -> dict[str, Any]:
    """Return an exam as plain values."""
    from sciaquiz.exam.exam import payload_of

    return payload_of(exam)


def outlook_json(seen: Outlook, told: Variants) -> dict[str, Any]:
    """Return all that is said of an exam, as plain values: scores in points, gains in points of the score."""
    return {
        "exam": exam_json(seen.exam),
        "days_left": seen.days_left,
        "now": _prediction_json(seen.now),
        "expected": _prediction_json(seen.then),
        "paper": None if seen.paper is None else _prediction_json(seen.paper),
        "recall_30_days_after": round(seen.kept, 3),
        "reaches_target": seen.reaches,
        "first_answers": seen.firsts,
        "missed_share": round(seen.missed, 3),
        "slope": round(seen.slope, 3),
        "past_error": round(seen.error, 2),
        "more_minutes": _variant_json(told.more),
        "fewer_minutes": None if told.less is None else _variant_json(told.less),
        "a_week_later": _variant_json(told.later),
        "days_off_too": None if told.days_off_too is None else _variant_json(told.days_off_too),
        "hour_today": round(told.hour_today, 2),
        "hour_in_the_last_week": round(told.hour_late, 2),
        f"last_{STEP_MINUTES}_minutes_today": round(told.last_minutes, 2),
        "safety_cost": round(told.safety_cost, 2),
        "minutes_needed": told.needed,
        "best": None if told.best is None else round(told.best, 1),
        "parts": [
            {
                "name": part.name,
                "share": round(part.share, 1),
                "cards": part.cards,
                "now": round(part.now, 1),
                "then": round(part.then, 1),
                "unseen": part.unseen,
                "points_per_hour": round(part.per_hour, 2),
            }
            for part in seen.parts
        ],
        "days": [{"minutes": round(day.seconds / 60, 1), "reviews": day.reviews, "new": day.new} for day in seen.days],
        "today": list(seen.today),
    }


def _prediction_json(found: Prediction) -> Mapping[str, float]:
    return {"score": round(found.score, 1), "low": round(found.low, 1), "high": round(found.high, 1)}


def _variant_json(found: Variant) -> Mapping[str, Any]:
    return {"minutes": found.exam.minutes, "day": found.exam.day.isoformat(), "score": round(found.score, 1)}
