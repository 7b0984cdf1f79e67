"""What is offered when all is done, and after a break: by plain calls."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from making import deck, single
from sciaquiz.catalogue.standing import Ahead, TopicStanding
from sciaquiz.ids import CardId, DeckId
from sciaquiz.insight.overview import DeckRow, Overview
from sciaquiz.insight.ways import LEARN, MOCK, OWN, PRACTISE, Facts, Way, comeback_offers, of_topic, offers
from sciaquiz.journal.entries import Memory
from sciaquiz.study.choice import Choice
from sciaquiz.study.comeback import Overdue, plans
from sciaquiz.study.danger import Danger

TODAY = date(2026, 11, 22)
ROW = DeckRow(deck=deck(single("q1")), unseen=217, cards=563, known=0.5)
BLADDER = TopicStanding("bladder", "bladder", 20, 1, 2, 17, 9.2, 0, 0, 0, 0)
TIMING = TopicStanding("timing", "timing", 30, 0, 0, 30, 21.0, 0, 0, 0, 0)
SCARCE = TopicStanding("scarce", "scarce", 4, 0, 0, 4, 0.1, 0, 0, 0, 0)


def seen(**more: Any) -> Overview:
    given: dict[str, Any] = {
        "rows": (ROW,), "beyond": 0, "above": 0, "unsafe": {}, "minutes": None, "forecast": (22, *(9,) * 59),
        "streak": 0, "done_today": 0, "seconds": 20.0,
    }  # fmt: skip
    return Overview(**given | more)


def facts(**more: Any) -> Facts:
    given: dict[str, Any] = {"new_per_day": 10, "retention": 0.9}
    return Facts(**given | more)


def ids(number: int) -> tuple[CardId, ...]:
    return tuple(CardId(f"q{place}") for place in range(number))


def test_done_is_no_dead_end() -> None:
    everything = facts(
        ahead=[Ahead(name, 3, Memory(4.0, 5.0)) for name in ids(14)],
        wrong_today=ids(7), wrong_week=ids(12), topics=[TIMING, BLADDER, SCARCE], drills=3,
    )  # fmt: skip
    unsafe = {CardId("q1"): Danger(CardId("q1"), date(2026, 11, 18))}
    told = [
        (offer.group, offer.title, offer.detail, offer.effect)
        for offer in offers(seen(unsafe=unsafe), everything, TODAY)
    ]
    assert told == [
        (LEARN, "More new questions", "10 of 217 unseen", "tomorrow 22 → 29"),
        (LEARN, "Review ahead", "14 of tomorrow's 22", "tomorrow 22 → 8"),
        (PRACTISE, "What went wrong today", "7 questions", "about 2 min"),
        (PRACTISE, "… this week", "12 questions", "about 4 min"),
        (PRACTISE, "What is unsafe", "1 question, proof Wed 25 Nov", "about 1 min"),
        (PRACTISE, "Weakest topic", "bladder, 54% of 17 known", "about 6 min"),
        (PRACTISE, "What you mix up", "3 pairs, both sides of each", "about 4 min"),
        ("", "Mock exam", "timed, told at the end, as in an exam", ""),
        ("", "Choose yourself …", "decks, topics, state, number", ""),
    ]


def test_what_there_is_nothing_of_is_not_offered() -> None:
    learnt = DeckRow(deck=deck(single("q1")), unseen=0, cards=9)
    assert offers(seen(rows=(learnt,)), facts(), TODAY) == (MOCK, OWN)
    same = facts(wrong_today=ids(2), wrong_week=ids(2))
    assert [offer.way for offer in offers(seen(rows=(learnt,)), same, TODAY)] == [Way.WRONG_TODAY, Way.MOCK, Way.OWN]


@pytest.mark.parametrize(("per_day", "unseen", "number"), [(0, 217, 5), (10, 3, 3), (40, 217, 40)])
def test_new_questions_are_offered_in_the_number_of_a_day(per_day: int, unseen: int, number: int) -> None:
    row = DeckRow(deck=deck(single("q1")), unseen=unseen, cards=563)
    [offer, *_] = offers(seen(rows=(row,)), facts(new_per_day=per_day), TODAY)
    assert offer.detail == f"{number} of {unseen} unseen"
    assert offer.then is not None
    assert sum(offer.then) == sum(seen().forecast) + number


def test_what_is_reviewed_ahead_is_taken_from_tomorrow_and_comes_back_later() -> None:
    ahead = [Ahead(name, 3, Memory(4.0, 5.0)) for name in ids(22)]
    [_, offer, *_] = offers(seen(), facts(ahead=ahead), TODAY)
    assert offer.detail == "tomorrow's 22"
    assert offer.then is not None
    assert offer.then[0] == 0
    assert sum(offer.then) == sum(seen().forecast)
    assert offer.choice == Choice(cards=ids(22))


def test_practice_says_so_and_leaves_out_what_was_never_seen() -> None:
    [more, topic, *_] = offers(seen(), facts(topics=[BLADDER]), TODAY)
    assert [str(offer.choice) for offer in (more, topic)] == [
        "new:10",
        "topic:bladder -is:unseen order:weakest n:19 schedule:stays",
    ]
    everything = offers(seen(), facts(wrong_today=ids(2), topics=[BLADDER], drills=1), TODAY)
    for offer in everything:
        assert offer.choice is None or offer.choice.is_practice == (offer.group == PRACTISE)


@pytest.mark.parametrize(
    ("due", "learning", "new", "line"),
    [
        (2, 0, 1, "deck:demo topic:bladder is:due"),
        (0, 1, 1, "deck:demo topic:bladder is:due"),
        (0, 0, 3, "deck:demo topic:bladder new:3"),
        (0, 0, 0, "deck:demo topic:bladder -is:unseen order:weakest n:20 schedule:stays"),
    ],
)
def test_a_topic_is_studied_by_what_there_is_of_it(due: int, learning: int, new: int, line: str) -> None:
    topic = BLADDER._replace(due=due, learning_today=learning, new=new)
    assert str(of_topic(DeckId("demo"), topic)) == line


def test_each_way_back_says_what_it_does() -> None:
    due = [Overdue(CardId(f"q{place}"), 0.6, place < 41) for place in range(205)]
    found = comeback_offers(plans(due, [3] * 60, 20.0, 200), TODAY)
    clear = found[0].plan.clear_in if found[0].plan else None
    assert clear is not None
    day = TODAY + timedelta(days=clear)
    assert [(offer.title, offer.detail, offer.effect) for offer in found] == [
        ("20 minutes now", "42 a day, nothing new", f"clear about {day.day} {day:%b}"),
        ("Must not be missed", "41 first, about 19 min", "164 wait"),
        ("All of it today", "205, about 1 h 36 min", "clear today"),
        ("Just 10", "the best remembered, 5 min", "195 wait"),
    ]
    assert [offer.choice and (len(offer.choice.cards), offer.choice.minutes) for offer in found] == [
        (42, 20), (41, 0), (205, 0), (10, 0),
    ]  # fmt: skip
    assert found[0].says.startswith(
        "At most 42 a day, from now on, first what is unsafe, then what gains most for its time."
    )
    assert all(offer.says and offer.then is not None for offer in found)


def test_a_backlog_that_grows_is_not_called_clear() -> None:
    due = [Overdue(CardId(f"q{place}"), 0.2, False) for place in range(500)]
    little = comeback_offers(plans(due, [90] * 60, 20.0, 200), TODAY)[0]
    assert little.effect == "not clear in 8 weeks"
