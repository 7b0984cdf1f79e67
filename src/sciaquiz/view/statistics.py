"""Statistics in words: what the sections are called, what their rows are and what follows from them."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct

from sciaquiz.insight.report import Verdict
from sciaquiz.insight.scope import Period
from sciaquiz.insight.shares import NONE
from sciaquiz.view.acts import REASON_WORDS
from sciaquiz.view.words import DAYS_IN_MONTH, DAYS_IN_YEAR, FIRST_IN_MONTHS, FIRST_IN_YEARS, SURE
from sciaquiz.words import count, duration_words, percent, times

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sciaquiz.insight.report import Certainties, Count, Day, Knowledge, Missed, MixedUp, Recalled, Report, Row
    from sciaquiz.insight.shares import Share

PERIOD: Mapping[Period, str] = {
    Period.WEEK: "the last 7 days",
    Period.MONTH: "the last 30 days",
    Period.QUARTER: "the last 90 days",
    Period.ALL: "all days",
}
BRIEFLY: Mapping[Period, str] = {period: words.removeprefix("the last ") for period, words in PERIOD.items()}
NONE_INSTALLED = "None of these questions is installed any longer."
FEW = "few"
"""What is said in place of a share of fewer than ten."""
AHEAD = 14
"""Days of which is said how many questions come back a day."""
A_LITTLE = 0.05
"""What was remembered and what was predicted differ by no more than this where they differ a little."""


class Section(StrEnum):
    """What there is to see, by its head."""

    REMEMBERED = "Remembered"
    SURE = "How sure, how right"
    CALENDAR = "Calendar"
    COMING = "Coming days"
    TOPICS = "Topics, weakest first"
    TIME = "Time"
    KINDS = "Kinds of question"
    DECKS = "Decks"
    HOURS = "Hours of the day"
    FIRM = "How firmly known"
    KNOWN = "Known"
    CALIBRATION = "Predicted and remembered"
    DIFFICULT = "How difficult"
    PLACES = "Place in the sitting"
    UNSAFE = "Unsafe now"
    MIXED_UP = "Mixed up"
    TOO_SURE = "Too sure, or not sure enough"
    WEAKEST = "Weakest questions"
    LEECHES = "Forgotten again and again"
    WHY_WRONG = "Why wrong"


FIRST: Mapping[Section, str] = {
    Section.REMEMBERED: "Of what came back on a later day, how much you still knew, beside what was predicted. From 10 "
    "such answers on.",
    Section.SURE: "How often you are right when certain, when you think so, when you guess. From 10 answers of each.",
    Section.CALENDAR: "A square for each day; the first stands here with your first answer.",
    Section.COMING: "How many questions come back on each day, once one is scheduled.",
    Section.TOPICS: "How often you are right in each topic. From 10 answers in one.",
    Section.TIME: "Minutes a day and seconds a question, with your first answer.",
    Section.KINDS: "How often you are right with each kind. From 10 answers of one.",
    Section.DECKS: "How often you are right in each deck. From 10 answers in one.",
    Section.HOURS: "When you study, and how often you are right at which hour. From 10 answers in one.",
    Section.FIRM: "How many days it takes until you would forget one in ten, once questions are past learning.",
    Section.KNOWN: "How many questions you would know today, and how that grows, once some are past learning.",
    Section.CALIBRATION: "Whether the chances of remembering that were predicted come true. From 10 answers of each.",
    Section.DIFFICULT: "How hard questions turned out for you, from 1 to 10, once they are past learning.",
    Section.PLACES: "Whether you tire: how often you are right early and late in a sitting. From 10 answers of each.",
    Section.UNSAFE: "Nothing that must not be missed was missed with certainty.",
    Section.MIXED_UP: "Nothing was taken for anything else, or all of that is over.",
    Section.TOO_SURE: "In no topic your words of certainty say more or less than comes true.",
    Section.WEAKEST: "Questions that you have answered three times or more, the worst first.",
    Section.LEECHES: "None so far.",
    Section.WHY_WRONG: "Why an answer was wrong, as you say it with “why wrong” behind a question.",
}
"""What is said where there is nothing to see yet: what will stand there, and from how many answers on."""


class Told(Struct, frozen=True):
    """A share by its name, and where there is such a thing what was predicted and what a blind guess comes to, 0..1."""

    name: str
    share: Share
    expected: float | None = None
    chance: float | None = None

    @property
    def words(self) -> str:
        """The share in words."""
        return share_words(self.share)


def share_words(share: Share) -> str:
    """Return "62%", "few" of fewer than ten, "·" of none."""
    return "·" if share.value is None else FEW if share.is_few else percent(share.value)


def interval_words(share: Share) -> str:
    """Return "58–66%", in which a share of ten or more lies with 95% confidence."""
    if share.interval is None or share.is_few:
        return ""
    low, high = share.interval
    return f"{percent(low).removesuffix('%')}–{percent(high)}"


# Shares


def remembered(report: Report) -> tuple[Told, ...]:
    """Return how much was remembered, of all, young and mature cards."""
    kept = report.remembered
    return _recalled("all", kept.all), _recalled("young", kept.young), _recalled("mature", kept.mature)


def _recalled(name: str, recalled: Recalled) -> Told:
    return Told(name, recalled.kept, recalled.expected)


def sureness(report: Report) -> tuple[Told, ...]:
    """Return how often each word of certainty was right."""
    return tuple(Told(SURE[level.certainty], level.right, chance=level.chance) for level in report.certainty.levels)


def calibration(report: Report) -> tuple[Told, ...]:
    """Return what was remembered of what was predicted alike; bins without answers are left out."""
    bins = (each for each in report.recall.bins if each.recalled.kept.n)
    return tuple(
        _recalled(f"{percent(each.low).removesuffix('%')}–{percent(each.high)}", each.recalled) for each in bins
    )


def places(report: Report) -> tuple[Told, ...]:
    """Return how often what was asked early and late in a sitting was right."""
    return tuple(
        Told(f"from {each.first}" if each.last is None else f"{each.first}–{each.last}", each.right)
        for each in report.positions
        if each.right.n
    )


def of_topic(row: Row) -> tuple[Told, ...]:
    """Return how a topic, kind or deck was remembered, and how often each word of certainty was right in it."""
    sure = (Told(SURE[level.certainty], level.right, chance=level.chance) for level in row.certainty.levels)
    return _recalled("remembered", row.remembered), *sure


def of_row(row: Row) -> Told:
    """Return how often a topic, kind or deck was right."""
    return Told(row.name, row.right)


def weeks(days: Sequence[Day], most: int) -> list[tuple[date, Share]]:
    """Return the answers of each week, by its Monday: of so many weeks at most, the latest last."""
    found: dict[date, Share] = {}
    for day in days:
        monday = day.day - timedelta(days=day.day.weekday())
        found[monday] = found.get(monday, NONE) + day.right
    return list(found.items())[-most:]


def with_answers(rows: Sequence[Row]) -> list[Row]:
    """Return the topics, kinds or decks that have an answer in the period."""
    return [row for row in rows if row.right.n]


def off_in_sureness(report: Report) -> list[Row]:
    """Return the topics in which words of certainty say too much, then those in which they say too little."""
    verdicts = (Verdict.OVER, Verdict.UNDER)
    return [row for verdict in verdicts for row in report.topics if row.certainty.verdict is verdict]


# What is said beside the head of a section, and below its rows


def remembered_words(report: Report) -> str:
    """Say whether as much was remembered as predicted; nothing of fewer than ten answers."""
    kept = report.remembered.all
    if kept.error is None or kept.expected is None or kept.kept.is_few:
        return ""
    less = "less" if kept.error > 0 else "more"
    how = "About as much" if not kept.is_off else f"{'A little' if abs(kept.error) < A_LITTLE else 'Clearly'} {less}"
    return f"{how} {'than' if kept.is_off else 'as'} predicted ({percent(kept.expected)})."


def sure_words(report: Report) -> str:
    """Say what the words of certainty are worth."""
    match report.certainty.verdict:
        case Verdict.OVER:
            return "You are surer than you are right."
        case Verdict.UNDER:
            return "You are right more often than you say."
        case Verdict.FITS:
            return "Your words of certainty hold."
        case Verdict.FEW:
            return ""


def certain_and_wrong_words(report: Report) -> str:
    """Return "33 times certain and wrong"; nothing if it was never so."""
    often = report.certainty.certain_and_wrong
    return f"{times(often)} certain and wrong" if often else ""


def sureness_words(certainties: Certainties) -> str:
    """Return "certain 39% of 31": how often the surest word is right that says too much, or else too little."""
    off = [level for level in certainties.levels if level.verdict is certainties.verdict]
    return f"{SURE[off[0].certainty]} {share_words(off[0].right)} of {off[0].right.n}"


def unsafe_words(report: Report) -> str:
    """Return "2 unsafe now"; nothing if none is."""
    return f"{report.unsafe.total} unsafe now" if report.unsafe.total else ""


def streak_words(report: Report) -> str:
    """Return "23 days in a row"."""
    return f"{count(report.streak.days, 'day')} in a row" if report.streak.days else ""


def longest_words(report: Report) -> str:
    """Return "longest row 41 days", where that is not the one of today."""
    row = report.streak
    return f"longest row {count(row.longest, 'day')}" if row.longest > row.days else ""


def coming_words(report: Report) -> str:
    """Return "22 tomorrow, 12 a day", of the next fourteen days."""
    if not any(report.forecast):
        return ""
    days = report.forecast[:AHEAD]
    a_day = sum(days) / len(days)
    return f"{report.forecast[0]} tomorrow, {round(a_day) if a_day >= 1 else 'under 1'} a day"


def time_words(report: Report) -> str:
    """Return "12 min a day, 21 s a question": a day with answers."""
    minutes, seconds = report.minutes_a_day, report.seconds_per_answer
    if minutes is None or seconds is None:
        return ""
    return f"{duration_words(max(1, round(minutes)))} a day, {round(seconds)} s a question"


def whole_time_words(report: Report) -> tuple[str, str]:
    """Return "6 h 12 min" and "in 30 days, longest 21 min"."""
    days = report.period.days or len(report.days)
    longest = max((day.minutes for day in report.days), default=0.0)
    whole = duration_words(round(report.seconds / 60))
    return whole, f"in {count(days, 'day')}, longest {duration_words(round(longest))}"


def hours_words(report: Report) -> str:
    """Return "82% right at 8, 68% at 23", the hours with ten answers or more that differ most; nothing of one hour."""
    told = ((share, hour) for hour, share in enumerate(report.hours) if not share.is_few)
    hours = [(share.value, hour) for share, hour in told if share.value is not None]
    if len(hours) < 2:
        return ""
    (worst, late), (best, early) = min(hours), max(hours)
    return f"{percent(best)} right at {early}, {percent(worst)} at {late}"


def known_words(knowledge: Knowledge) -> str:
    """Return "312 of 563 questions, 55%"."""
    if knowledge.share is None:
        return ""
    return f"{round(knowledge.known)} of {count(knowledge.cards, 'question')}, {percent(knowledge.share)}"


def moved_words(cards: float | None) -> str:
    """Return "+4", "−2", or nothing for what moved by less than one."""
    number = 0 if cards is None else round(cards)
    return f"{'+' if number > 0 else '−'}{abs(number)}" if number else ""


def week_words(knowledge: Knowledge) -> str:
    """Return "4 more than a week ago"."""
    if knowledge.moved is None:
        return ""
    number = round(knowledge.moved)
    return f"{abs(number)} {'more' if number > 0 else 'less'} than a week ago" if number else "as many as a week ago"


def unseen_words(knowledge: Knowledge) -> str:
    """Return "7 unseen, 3 being learned"."""
    parts = [(knowledge.unseen, "unseen"), (knowledge.learning, "being learned")]
    return ", ".join(f"{number} {words}" for number, words in parts if number)


def firm_words(report: Report) -> str:
    """Return "median 16 days, half hold longer"."""
    median = report.stability.median
    return "" if median is None else f"median {length_words(median)}, half hold longer"


def difficult_words(report: Report) -> str:
    """Return "median 5.2 of 10"."""
    median = report.difficulty.median
    return "" if median is None else f"median {median:.1f} of 10"


def calibration_words(report: Report) -> str:
    """Return "off by about 3%": the root of the mean squared error of the bins."""
    rmse = report.recall.rmse
    return "" if rmse is None or report.recall.n < 10 else f"off by about {percent(rmse)}"


def mixed_up_words(pair: MixedUp) -> str:
    """Return "L5 root ⇄ common fibular nerve"."""
    return " ⇄ ".join(name.split(" (")[0] for name in pair.names)


def missed_words(missed: Missed) -> str:
    """Return "a slip", or "a slip (2 questions not installed)": those are not among what its row opens."""
    gone = f" ({count(missed.gone, 'question')} not installed)" if missed.gone else ""
    return f"{REASON_WORDS[missed.reason]}{gone}"


def asked_words(right: Share) -> str:
    """Return "3 of 6", of answers those that were right."""
    return f"{right.right} of {right.n}"


def firmness(report: Report) -> list[tuple[str, int]]:
    """Return how many questions are known for how long."""
    return [(days_bounds(each), each.cards) for each in report.stability.counts]


def difficulties(report: Report) -> list[tuple[str, int]]:
    """Return how many questions are how difficult."""
    return [(number_bounds(each), each.cards) for each in report.difficulty.counts]


# Bounds


def days_bounds(each: Count) -> str:
    """Return a range of days: "under a day", "1–7 days", "1–3 months", "longer than 1 year"."""
    if each.high is None:
        return f"longer than {length_words(each.low)}"
    if not each.low:
        return f"under {length_words(each.high)}"
    low, high = length_words(each.low), length_words(each.high)
    (number, unit), unit_of_high = low.split(" "), high.split(" ")[1]
    same = unit.rstrip("s") == unit_of_high.rstrip("s")
    return f"{number}–{high}" if same else f"{low}–{high}"


def number_bounds(each: Count) -> str:
    """Return a range of numbers: "5–6"."""
    return f"from {each.low:g}" if each.high is None else f"{each.low:g}–{each.high:g}"


def length_words(days: float) -> str:
    """Return "16 days", "3 months", "2.5 years"."""
    if days < FIRST_IN_MONTHS:
        return count(max(1, round(days)), "day")
    if days < FIRST_IN_YEARS:
        return f"{round(days / DAYS_IN_MONTH)} months"
    return f"{f'{days / DAYS_IN_YEAR:.1f}'.removesuffix('.0')} years"
