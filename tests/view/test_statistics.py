"""Statistics in words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from reports import TODAY, report
from sciaquiz.ids import DeckId
from sciaquiz.insight.report import Count, Day, Knowledge, Known, Recalled, Remembered
from sciaquiz.insight.scope import EVERYTHING, Period, Scope
from sciaquiz.insight.shares import Share
from sciaquiz.plain.statistics import HOW, asked_for
from sciaquiz.study.query import Field
from sciaquiz.study.querying import Vocabulary
from sciaquiz.view import statistics

VOCABULARY = Vocabulary(decks={DeckId("nerve-roots"): "Nerve roots"}, topics={"foot-drop": "foot drop"})


@pytest.mark.parametrize(
    ("right", "expected", "said"),
    [
        (9, 0.5, ""),
        (90, 0.89, "About as much as predicted (89%)."),
        (90, 0.97, "Clearly less than predicted (97%)."),
        (900, 0.93, "A little less than predicted (93%)."),
        (900, 0.86, "A little more than predicted (86%)."),
    ],
)
def test_more_or_less_than_predicted_is_said_only_where_chance_does_not_explain_it(
    right: int, expected: float, said: str
) -> None:
    answers = {9: 9, 90: 100, 900: 1000}[right]
    kept = Remembered(Recalled(Share(right, answers), expected))
    assert statistics.remembered_words(replace(report(), remembered=kept)) == said


def test_ranges_of_days_are_said_in_words() -> None:
    edges = [(0, 1), (1, 7), (30, 60), (60, 180), (180, None), (365, 1000)]
    assert [statistics.days_bounds(Count(low, high, 1)) for low, high in edges] == [
        "under 1 day",
        "1–7 days",
        "30 days–2 months",
        "2–6 months",
        "longer than 6 months",
        "12 months–2.7 years",
    ]


def test_weeks_begin_on_mondays_and_add_up_their_days() -> None:
    days = [Day(TODAY - timedelta(days=ago), Share(1, 2)) for ago in range(9, -1, -1)]
    assert [(monday.isoformat(), share) for monday, share in statistics.weeks(days, 5)] == [
        ("2026-11-09", Share(3, 6)),
        ("2026-11-16", Share(7, 14)),
    ]
    assert len(statistics.weeks(days, 1)) == 1


def test_what_a_week_has_moved() -> None:
    def moved(now: float, then: float) -> str:
        course = (Known(TODAY - timedelta(days=7), then), Known(TODAY, now))
        return statistics.week_words(Knowledge(100, 0, 0, now, course))

    assert moved(44, 40) == "4 more than a week ago"
    assert moved(38, 40) == "2 less than a week ago"
    assert moved(40.2, 40) == "as many as a week ago"
    assert statistics.week_words(Knowledge(100, 0, 0, 4.0, (Known(TODAY, 4.0),))) == ""
    assert [statistics.moved_words(cards) for cards in (4.2, -2.0, 0.3, None)] == ["+4", "−2", "", ""]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", (EVERYTHING, Period.MONTH)),
        ("90", (EVERYTHING, Period.QUARTER)),
        ("all topic:foot-drop", (Scope(Field.TOPIC, "foot-drop"), Period.ALL)),
        ("deck:nerve-roots 7", (Scope(Field.DECK, "nerve-roots"), Period.WEEK)),
        ("8", HOW),
        ("7 90", HOW),
        ("is:wrong", HOW),
        ("deck:nerve-roots topic:foot-drop", HOW),
        ("-topic:foot-drop", HOW),
    ],
)
def test_what_stands_behind_stats(said: str, meant: object) -> None:
    assert asked_for(said, VOCABULARY) == meant


def test_a_wrong_word_behind_stats_is_named() -> None:
    said = asked_for("topic:foot-drp", VOCABULARY)
    assert isinstance(said, str)
    assert "foot-drp" in said
