"""What can be done beside the work of the day, each way with what it would do: for Home, when all is done or on asking,
and for the return after a break. Every face says it in these words."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sciaquiz.journal.entries import Rating
from sciaquiz.memory.fits import DEFAULT_FITS, Fits
from sciaquiz.memory.simulation import KNOWN_BEFORE
from sciaquiz.settings import SPECS
from sciaquiz.study.choice import Choice, Schedule
from sciaquiz.study.comeback import LITTLE_MINUTES, Comeback
from sciaquiz.study.query import Field, Is, Order, query_of
from sciaquiz.words import count, day_words, duration_words, percent, weekday_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sciaquiz.catalogue.standing import Ahead, TopicStanding
    from sciaquiz.ids import CardId, DeckId
    from sciaquiz.insight.overview import Overview
    from sciaquiz.study.comeback import Plan
    from sciaquiz.study.query import Query

NEW_AT_LEAST = 5
"""More new questions are offered in this number where the student's day has fewer."""
FEWEST_OF_TOPIC = 5
"""A topic is called weak from so many questions on that were learnt."""
MOST_OF_TOPIC = 20


class Way(StrEnum):
    """What can be done."""

    BEYOND = "beyond"
    MORE_NEW = "more-new"
    AHEAD = "ahead"
    WRONG_TODAY = "wrong-today"
    WRONG_WEEK = "wrong-week"
    UNSAFE = "unsafe"
    TOPIC = "topic"
    MIXED_UP = "mixed-up"
    MOCK = "mock"
    OWN = "own"
    COMEBACK = "comeback"


CATCH_UP = next(spec for spec in SPECS if spec.name == "catch_up_per_day")
"""The setting in which the way back after a break is kept."""
LEARN, PRACTISE = "Learn on", "Practise, the schedule stays as it is"


class Offer(Struct, frozen=True, kw_only=True):
    """A way with its words: a title, what it asks, and what follows from it.

    `then` is how many are due on each of the days from tomorrow on if it is taken, None where that stays as it is.
    `choice` is the sitting that it begins, None where it leads elsewhere; `plan` is what is done after a break.
    """

    way: Way
    group: str
    title: str
    detail: str
    effect: str = ""
    then: tuple[int, ...] | None = None
    choice: Choice | None = None
    plan: Plan | None = None
    says: str = ""


MOCK = Offer(way=Way.MOCK, group="", title="Mock exam", detail="timed, told at the end, as in an exam")
OWN = Offer(way=Way.OWN, group="", title="Choose yourself …", detail="decks, topics, state, number")


class Facts(Struct, frozen=True, kw_only=True):
    """What has to be known for the offers beside the overview: cards due tomorrow that can be asked now, wrong answers
    of today and of the last seven days, each card once, topics, and confusions whose drill can be held."""

    new_per_day: int
    retention: float
    ahead: Sequence[Ahead] = ()
    wrong_today: Sequence[CardId] = ()
    wrong_week: Sequence[CardId] = ()
    topics: Sequence[TopicStanding] = ()
    drills: int = 0
    fits: Fits = DEFAULT_FITS


def offers(seen: Overview, facts: Facts, today: date) -> tuple[Offer, ...]:
    """Return what can be done beside the work of the day; what there is nothing of is left out."""
    found = [
        _beyond(seen),
        _more_new(seen, facts),
        _ahead(seen, facts),
        _wrong(seen, Way.WRONG_TODAY, "What went wrong today", facts.wrong_today),
        _wrong(
            seen,
            Way.WRONG_WEEK,
            "… this week" if facts.wrong_today else "What went wrong this week",
            facts.wrong_week,
        )
        if len(facts.wrong_week) > len(facts.wrong_today)
        else None,
        _unsafe(seen, today),
        _topic(seen, facts.topics),
        _mixed_up(seen, facts.drills),
    ]
    return (*(offer for offer in found if offer is not None), MOCK, OWN)


def _beyond(seen: Overview) -> Offer | None:
    if not seen.beyond:
        return None
    return Offer(
        way=Way.BEYOND,
        group=LEARN,
        title="The rest that is due",
        detail=f"{seen.beyond} beyond the daily limit",
        effect=_time(seen, seen.beyond),
        choice=Choice(query_of(states=[Is.DUE])),
    )


def _more_new(seen: Overview, facts: Facts) -> Offer | None:
    unseen = seen.all_decks.unseen - seen.new
    number = min(unseen, max(facts.new_per_day, NEW_AT_LEAST))
    if number <= 0:
        return None
    known = round(number * KNOWN_BEFORE)
    then = list(seen.forecast)
    for rating, cards in ((Rating.GOOD, known), (Rating.AGAIN, number - known)):
        memory = facts.fits.first(rating)
        if rating is Rating.AGAIN:  # and then right on both steps of the day
            memory = facts.fits.after(memory, 0, Rating.GOOD)
        _put(then, facts.fits.interval(memory, facts.retention), cards)
    return Offer(
        way=Way.MORE_NEW,
        group=LEARN,
        title="More new questions",
        detail=f"{number} of {unseen} unseen",
        effect=_tomorrow(seen, then),
        then=tuple(then),
        choice=Choice(new=number),
    )


def _ahead(seen: Overview, facts: Facts) -> Offer | None:
    if not facts.ahead:
        return None
    then = list(seen.forecast)
    for card in facts.ahead:
        then[0] -= 1
        memory = facts.fits.after(card.memory, card.elapsed, Rating.GOOD)
        _put(then, facts.fits.interval(memory, facts.retention), 1)
    then[0] = max(0, then[0])
    number = len(facts.ahead)
    return Offer(
        way=Way.AHEAD,
        group=LEARN,
        title="Review ahead",
        detail=f"{number} of tomorrow's {seen.forecast[0]}" if number < seen.forecast[0] else f"tomorrow's {number}",
        effect=_tomorrow(seen, then),
        then=tuple(then),
        choice=Choice(cards=tuple(card.card_id for card in facts.ahead)),
    )


def _wrong(seen: Overview, way: Way, title: str, cards: Sequence[CardId]) -> Offer | None:
    if not cards:
        return None
    return Offer(
        way=way,
        group=PRACTISE,
        title=title,
        detail=count(len(cards), "question"),
        effect=_time(seen, len(cards)),
        choice=Choice(cards=tuple(cards), schedule=Schedule.STAYS),
    )


def _unsafe(seen: Overview, today: date) -> Offer | None:
    if not seen.unsafe:
        return None
    first = min(case.due for case in seen.unsafe.values())
    return Offer(
        way=Way.UNSAFE,
        group=PRACTISE,
        title="What is unsafe",
        detail=f"{count(len(seen.unsafe), 'question')}, proof {weekday_words(first) if first > today else 'now'}",
        effect=_time(seen, len(seen.unsafe)),
        choice=Choice(query_of(states=[Is.UNSAFE]), schedule=Schedule.STAYS),
    )


def _topic(seen: Overview, topics: Sequence[TopicStanding]) -> Offer | None:
    learnt = [topic for topic in topics if topic.learnt >= FEWEST_OF_TOPIC]
    if not learnt:
        return None
    weakest = min(learnt, key=lambda topic: (topic.recalled / topic.learnt, -topic.learnt))
    number = min(weakest.learnt + weakest.learning, MOST_OF_TOPIC)
    return Offer(
        way=Way.TOPIC,
        group=PRACTISE,
        title="Weakest topic",
        detail=f"{weakest.name}, {percent(weakest.recalled / weakest.learnt)} of {weakest.learnt} known",
        effect=_time(seen, number),
        choice=_practice(query_of(topics=[weakest.slug], order=Order.WEAKEST, most=number)),
    )


def of_topic(deck: DeckId, topic: TopicStanding) -> Choice:
    """Return the sitting over a topic of a deck: what is due of it, else what is new today, else practice."""
    query = query_of(decks=[deck], topics=[topic.slug])
    if topic.due + topic.learning_today:
        return Choice(query.having(Field.IS, [Is.DUE]))
    if topic.new:
        return Choice(query, new=topic.new)
    return _practice(replace(query, order=Order.WEAKEST, most=MOST_OF_TOPIC))


def _practice(query: Query) -> Choice:
    return Choice(query.having(Field.IS, [Is.UNSEEN], excluded=True), schedule=Schedule.STAYS)


def _mixed_up(seen: Overview, drills: int) -> Offer | None:
    if not drills:
        return None
    return Offer(
        way=Way.MIXED_UP,
        group=PRACTISE,
        title="What you mix up",
        detail=f"{count(drills, 'pair')}, both sides of each",
        effect=_time(seen, 4 * drills),
    )


def comeback_offers(plans: Sequence[Plan], today: date) -> tuple[Offer, ...]:
    """Return the ways to come back after a break, with what each does."""
    return tuple(_comeback(plan, today) for plan in plans)


def _comeback(plan: Plan, today: date) -> Offer:
    number, time = len(plan.cards), duration_words(plan.minutes)
    match plan.way:
        case Comeback.LITTLE:
            title, detail = f"{LITTLE_MINUTES} minutes now", f"{number} a day, nothing new"
            says = (
                f"At most {number} a day, from now on, first what is unsafe, then what gains most for its time. New "
                "questions wait until nothing is left over. You can change it in the settings: reviews a day while "
                "catching up."
            )
        case Comeback.MUST_NOT_MISS:
            title, detail = "Must not be missed", f"{number} first, about {time}"
            says = f"Today only what must not be missed. The other {plan.wait} stay due."
        case Comeback.ALL:
            title, detail = "All of it today", f"{number}, about {time}"
            says = "All that is due, whatever the daily limit."
        case _:
            title, detail = f"Just {number}", f"the best remembered, {time}"
            says = f"A short beginning. The other {plan.wait} stay due."
    return Offer(
        way=Way.COMEBACK,
        group="",
        title=title,
        detail=detail,
        effect=_clear(plan, today),
        then=plan.days[1:],
        choice=Choice(cards=plan.cards, minutes=LITTLE_MINUTES if plan.way is Comeback.LITTLE else 0),
        plan=plan,
        says=says,
    )


def _clear(plan: Plan, today: date) -> str:
    if plan.way in (Comeback.MUST_NOT_MISS, Comeback.FEW):
        return f"{plan.wait} wait"
    if plan.clear_in == 0:
        return "clear today"
    if plan.clear_in is None:
        return f"not clear in {len(plan.days) // 7} weeks"
    return f"clear about {day_words(today + timedelta(days=plan.clear_in), today)}"


def _put(days: list[int], interval: float, cards: int) -> None:
    place = max(1, round(interval)) - 1
    if place < len(days):
        days[place] += cards


def _tomorrow(seen: Overview, then: Sequence[int]) -> str:
    return f"tomorrow {seen.forecast[0]} → {then[0]}"


def _time(seen: Overview, cards: int) -> str:
    return f"about {duration_words(max(1, round(cards * seen.seconds / 60)))}"
