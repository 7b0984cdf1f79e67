"""The day's work by deck, the streak, the heatmap, and searching."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from time import perf_counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import deck, recall, single
from remembering import NO_STEPS, STEADY, course, noon
from sciaquiz.clock import moment_at
from sciaquiz.deck.model import Deck, Safety
from sciaquiz.ids import CardId, DeckId
from sciaquiz.insight.heatmap import level, weeks
from sciaquiz.insight.overview import overview, streak
from sciaquiz.insight.search import CardIndex, Filter
from sciaquiz.journal.entries import CardState, DayTally, Marks, Unsafe
from sciaquiz.journal.snapshot import Snapshot
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits

TODAY = date(2026, 11, 22)


def pool(decks: list[Deck], snapshot: Snapshot) -> CardPool:
    return CardPool([card for deck in decks for card in deck.cards()], snapshot.states)


def test_the_daily_limit_holds_over_all_decks_together() -> None:
    decks = [deck(*(single(f"{name}{n}", deck=name) for n in range(5)), name=name) for name in ("a", "b")]
    done = Snapshot(today=TODAY, done=DayTally(introduced=2))
    seen = overview(decks, pool(decks, done), done, TODAY, limits=Limits(6, 100))
    assert [(row.new, row.unseen, row.known) for row in seen.rows] == [(2, 5, 0.0), (2, 5, 0.0)]
    assert (seen.new, seen.due, seen.minutes) == (4, 0, 3)


def test_what_is_still_being_learned_is_not_known_and_what_is_unsafe_waits() -> None:
    cards = deck(single("learning"), single("learnt", safety=Safety.MUST_NOT_MISS))
    now = moment_at(datetime(2026, 11, 22, 9, tzinfo=UTC))
    states = {
        CardId("learning"): CardState(card_id=CardId("learning"), progress=course([(now, 3)], STEADY)),
        CardId("learnt"): CardState(
            card_id=CardId("learnt"), progress=course([(now, 4)], NO_STEPS), unsafe=Unsafe(TODAY)
        ),
    }
    week = TODAY + timedelta(days=7)
    told = Snapshot(today=week, states=states)
    seen = overview([cards], pool([cards], told), told, week, limits=Limits(0, 0))
    [row] = seen.rows
    assert row.due == 1
    assert 0.4 < row.known < 0.5
    assert seen.limit_words == ("1 card comes although today's limit is reached: what is unsafe is not put off.",)


@pytest.mark.parametrize(
    ("days_ago", "days_off", "expected"),
    [
        ((), (), 0),
        ((0,), (), 1),
        ((1, 2), (), 2),
        ((0, 1, 3), (), 2),
        ((0, 1, 3), (2,), 3),
        ((2,), (), 0),
        ((2,), (1,), 1),
    ],
)
def test_a_streak_survives_a_planned_day_off(
    days_ago: tuple[int, ...], days_off: tuple[int, ...], expected: int
) -> None:
    by_day = {TODAY - timedelta(days=ago): 3 for ago in days_ago}
    off = [(TODAY - timedelta(days=ago)).isoformat() for ago in days_off]
    assert streak(by_day, TODAY, off) == expected


@given(st.integers(0, 500), st.integers(1, 500))
def test_levels_run_from_nothing_to_the_busiest_day(answers: int, busiest: int) -> None:
    found = level(min(answers, busiest), busiest)
    assert 0 <= found <= 4
    assert (found == 0) == (answers == 0)
    assert level(busiest, busiest) == 4


def test_weeks_end_today_and_days_to_come_are_empty() -> None:
    drawn = weeks({TODAY: 5}, TODAY, 4)
    assert len(drawn) == 4
    assert drawn[-1].levels[-1] == 4
    wednesday = weeks({}, date(2026, 11, 18), 1)[0]
    assert wednesday.levels == (0, 0, 0, None, None, None, None)


def test_search_needs_every_word_and_takes_parts_of_words() -> None:
    index = CardIndex([deck(single("tibial-nerve"), recall("say-roots"))])

    def found(text: str, only: Filter = Filter.ALL) -> list[str]:
        return [hit.card.id for hit in index.find(text, only, {}, TODAY)[0]]

    assert found("") == ["tibial-nerve", "say-roots"]
    assert found("tib") == ["tibial-nerve"]
    assert found("roots say") == ["say-roots"]
    assert found("tibial roots") == []
    assert found('"; DROP TABLE cards; --') == []
    assert found("", Filter.NEW) == ["tibial-nerve", "say-roots"]
    assert found("", Filter.DUE) == []


@pytest.mark.parametrize(
    ("stem", "typed"),
    [
        ("座骨神経は何から出るか。", "神経"),
        ("เส้นประสาทไซอาติก", "ประสาท"),
        ("The common fibular nerve", "fibul"),
        ("The common fibular nerve", "ibular"),
        ("The common fibular nerve", "NERVE common"),
        ("Lasègue’s sign", "lasegue"),
        ("Lasegue’s sign", "Lasègue"),
        ("Le nerf fémoral", "femoral"),
        ("Straße und Bærum", "STRASSE baer"),
        ("Ο ΛΟΓΟΣ", "λόγος"),
        ("A foot-drop at L4/L5", "foot drop l5"),
        ("Седалищный нерв", "НЕРВ"),
    ],
)
def test_search_finds_parts_of_words_in_any_script_whatever_their_case_and_accents(stem: str, typed: str) -> None:
    index = CardIndex([deck(replace(single("sought"), stem=stem), single("other"))])
    assert [hit.card.id for hit in index.find(typed, Filter.ALL, {}, TODAY)[0]] == ["sought"]


def test_whole_words_are_found_before_beginnings_and_parts() -> None:
    stems = {"part": "The subneural space", "begins": "The neuralgia", "whole": "A neural tissue"}
    index = CardIndex([deck(*(replace(single(name), stem=stem) for name, stem in stems.items()))])
    assert [hit.card.id for hit in index.find("neural", Filter.ALL, {}, TODAY)[0]] == ["whole", "begins", "part"]


def test_ten_thousand_cards_are_searched_while_one_types() -> None:
    question = replace(single("many"), explanation="A principle that is explained in many words. " * 20)
    index = CardIndex([Deck(id=DeckId("demo"), title="Demo", version="1", questions=(question,) * 10_000)])
    begun = perf_counter()
    assert index.find("principle explain words", Filter.ALL, {}, TODAY)[1] == 10_000
    assert perf_counter() - begun < 1.5  # a tenth of that on a machine with nothing else to do


def test_a_card_that_is_put_off_is_not_due_and_has_a_filter_of_its_own() -> None:
    index = CardIndex([deck(single("a"))])
    progress = course([(noon(0), 4)], STEADY)
    due = progress.due_day

    def found(only: Filter, until: date | None) -> int:
        state = CardState(card_id=CardId("a"), progress=progress, marks=Marks(buried_until=until))
        return index.find("", only, {CardId("a"): state}, due)[1]

    assert found(Filter.DUE, None) == found(Filter.DUE, due) == 1
    assert found(Filter.DUE, due + timedelta(days=1)) == 0
    assert found(Filter.PUT_OFF, due + timedelta(days=1)) == 1
    assert found(Filter.PUT_OFF, due) == found(Filter.PUT_OFF, None) == 0


def test_filters_follow_the_marks() -> None:
    index = CardIndex([deck(single("a"), single("b"))])
    states = {CardId("a"): CardState(card_id=CardId("a"), marks=Marks(flagged=True, suspended=True, note="x"))}
    for only in (Filter.FLAGGED, Filter.SUSPENDED, Filter.NOTED):
        hits, total = index.find("", only, states, TODAY)
        assert ([hit.card.id for hit in hits], total) == (["a"], 1)
