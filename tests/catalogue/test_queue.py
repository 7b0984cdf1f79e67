"""The day's work by query is the day's work by the rules in plain Python, on random decks, states and limits."""

from __future__ import annotations

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from math import exp
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cataloguing import catalogue_of, random_deck, random_decks, random_state, random_states
from making import deck, recall, single
from sciaquiz.catalogue.recall import chance, teach
from sciaquiz.catalogue.schema import teach_arithmetic
from sciaquiz.ids import CardId, DeckId, QuestionId
from sciaquiz.journal.entries import CardState, Memory, Phase, Progress, Rating
from sciaquiz.memory.fits import DEFAULT_FITS, Fits
from sciaquiz.memory.fsrs7 import (
    FSRS7_PARAMETERS,
    HIGH,
    HIGHEST_STABILITY,
    LOW,
    LOWEST_STABILITY,
    sound_parameters,
)
from sciaquiz.memory.policy import FSRS6_PARAMETERS
from sciaquiz.memory.schedule import elapsed_days
from sciaquiz.study.pool import CardPool, DeckCount
from sciaquiz.study.queue import Limits, Ranking

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = date(2026, 11, 22)


OWN = Fits(
    six=(*(w * 1.4 for w in FSRS6_PARAMETERS[:4]), *FSRS6_PARAMETERS[4:20], 0.3),
    seven=(*(w * 0.7 for w in FSRS7_PARAMETERS[:4]), *FSRS7_PARAMETERS[4:23], 0.2, *FSRS7_PARAMETERS[24:]),
)


def ranked(fits: Fits, seconds: dict[str, float]) -> Callable[[], Ranking]:
    return lambda: Ranking(fits=fits, seconds=seconds)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_it_is_what_the_plain_rules_say(seed: int) -> None:
    """Each example is one set of decks with several sets of states, limits, choices of decks and cards left out."""
    random = Random(seed)
    decks = random_decks(random)
    cards = [card for deck in decks for card in deck.cards()]
    catalogue = catalogue_of(decks)
    with closing(catalogue):
        for _ in range(4):
            states = random_states(random, cards, TODAY)
            catalogue.pool().put(states.values())
            catalogue.pool().put(CardState(card_id=card.id) for card in cards if card.id not in states)
            chosen = [deck for deck in decks if random.random() < 0.8]
            plain = CardPool([card for deck in chosen for card in deck.cards()], states)
            asked = catalogue.pool([deck.id for deck in chosen])
            unsafe = {card.id: TODAY + timedelta(days=random.randint(-9, 9)) for card in cards if random.random() < 0.1}
            without = [card.id for card in cards if random.random() < 0.1]
            left = Limits(random.choice((0, 1, 3, 99)), random.choice((0, 1, 2, 5, 99)))
            fits = random.choice((DEFAULT_FITS, OWN))
            ranking = ranked(fits, random.choice(({}, {"single": 7.0, "recall": 31.0})))
            most = random.choice((None, 1, 2, 5))
            given_alike: dict[str, Any] = {
                "unsafe": unsafe,
                "without": without,
                "ranking": ranking,
                "most": most,
                "fits": fits,
            }
            assert asked.workload(TODAY, left, **given_alike) == plain.workload(TODAY, left, **given_alike)
            overdue = plain.overdue(TODAY, ranking())
            behind = asked.overdue(TODAY, ranking())
            assert [(each.card_id, each.must_not_miss) for each in behind] == [
                (each.card_id, each.must_not_miss) for each in overdue
            ]
            assert [each.recall for each in behind] == pytest.approx([each.recall for each in overdue])
            days = (TODAY + timedelta(days=1), TODAY + timedelta(days=random.randint(1, 9)))
            order = replace(ranking(), horizon=12, more_when_wrong=1.7)
            ahead = plain.overdue(TODAY, order, days)
            assert [each.card_id for each in asked.overdue(TODAY, order, days)] == [each.card_id for each in ahead]
            assert asked.forecast(TODAY, 5) == plain.forecast(TODAY, 5)
            names = [card.id for card in random.sample(cards, len(cards) // 2)]
            assert list(asked.with_concepts()) == list(plain.with_concepts())
            assert list(asked.unsafe().items()) == list(plain.unsafe().items())
            assert asked.stem_lengths(names) == plain.stem_lengths(names)
            counted = plain.counts(TODAY, fits)
            for deck_id, found in asked.counts(TODAY, fits).items():
                expected = counted.get(deck_id, DeckCount())
                for name in ("cards", "unseen", "due", "unsafe"):
                    assert getattr(found, name) == getattr(expected, name)
                assert (found.recalled, found.fading) == pytest.approx((expected.recalled, expected.fading))
            for card in cards:
                assert (card.id in asked) == (card.id in plain)
                if card.id in plain:
                    assert asked.card(card.id) == plain.card(card.id)
                    assert asked.state(card.id) == plain.state(card.id)


@pytest.mark.parametrize("share_of_seven", [0.0, 0.5])
def test_counts_and_forecast_read_no_row_of_a_card(share_of_seven: float) -> None:
    """A row holds the whole state: reading all of them is most of what Home takes where there are many cards."""
    random = Random(7)
    decks = random_decks(random)
    told: list[str] = []
    with closing(catalogue_of(decks)) as catalogue:
        cards = [card for deck in decks for card in deck.cards()]
        catalogue.pool().put(random_state(random, card.id, TODAY, share_of_seven) for card in cards)
        catalogue.ask(lambda connection: connection.set_trace_callback(told.append))
        catalogue.pool().counts(TODAY)
        catalogue.pool().forecast(TODAY, 61)
        catalogue.ask(lambda connection: connection.set_trace_callback(None))
        [[rows]] = catalogue.rows("SELECT rootpage FROM sqlite_master WHERE name = 'card'")
        names = [name for _, name, *_ in catalogue.rows("PRAGMA table_info(card)")]
        counts, forecast = (
            catalogue.rows(f"EXPLAIN {statement}")
            for statement in told
            if "FROM card" in statement and "GROUP" in statement
        )
    read = []
    for program in (counts, forecast):
        cursors = {first for _, code, first, second, *_ in program if code == "OpenRead" and second == rows}
        read.append(
            {names[column] for _, code, cursor, column, *_ in program if code == "Column" and cursor in cursors}
        )
    assert read[0] == set()
    assert read[1] <= {"due", "buried"}, "of one card for each day that is told"


def test_the_first_card_of_a_day_costs_few_questions_and_two_looks_for_other_windows() -> None:
    """Each statement has to be compiled for a file that was just opened: most of what a small collection takes."""
    random = Random(7)
    decks = [random_deck(random, f"d{number}") for number in range(5)]
    told: list[str] = []
    with closing(catalogue_of(decks)) as catalogue:
        pool = catalogue.pool()
        pool.put(random_states(random, [card for deck in decks for card in deck.cards()], TODAY).values())
        catalogue.ask(lambda connection: connection.set_trace_callback(told.append))
        with pool.at_once():
            pool.unsafe()
            work = pool.workload(TODAY, Limits(20, 200), unsafe={})
        with pool.at_once():
            pool.card(work.reviews[0].card_id), pool.state(work.reviews[0].card_id)
        catalogue.ask(lambda connection: connection.set_trace_callback(None))
    asked = Counter(statement.split("WHERE")[0] for statement in told)
    assert asked["BEGIN"] == 3
    assert len(asked) <= 15, asked


def test_a_look_within_a_look_is_part_of_it() -> None:
    told: list[str] = []
    with closing(catalogue_of(random_decks(Random(7)))) as catalogue:
        pool = catalogue.pool()
        catalogue.ask(lambda connection: connection.set_trace_callback(told.append))
        with pool.at_once(), pool.at_once():
            pool.unsafe()
        catalogue.ask(lambda connection: connection.set_trace_callback(None))
    assert [statement for statement in told if statement in {"BEGIN", "ROLLBACK"}] == [
        "ROLLBACK", "BEGIN", "ROLLBACK", "BEGIN",
    ]  # fmt: skip


def test_what_is_worth_most_is_not_asked_on_a_day_that_holds_no_more() -> None:
    """The student's pace would have to be read for it."""

    def ranking() -> Ranking:
        raise AssertionError("no review is wanted")

    questions = [single(QuestionId(f"q{number}")) for number in range(3)]
    due = Progress(
        phase=Phase.REVIEW, step=0, memory=Memory(3.0, 5.0), due_day=TODAY, due_at=None, interval_days=3,
        first_day=TODAY, last_day=TODAY - timedelta(days=3), last_at=datetime(2026, 11, 19, tzinfo=UTC),
        last_rating=Rating.GOOD, reps=2, lapses=0,
    )  # fmt: skip
    with closing(catalogue_of([deck(*questions)])) as catalogue:
        pool = catalogue.pool()
        pool.put(CardState(card_id=CardId(question.id), progress=due) for question in questions)
        work = pool.workload(TODAY, Limits(0, 0), unsafe={}, ranking=ranking)
    assert (work.reviews, work.beyond) == ((), 3)


@pytest.mark.parametrize("parameters", [LOW, HIGH, FSRS7_PARAMETERS])
def test_sql_recalls_by_fsrs_7_as_the_model_does(parameters: tuple[float, ...]) -> None:
    """At the bounds of states and parameters, too, where a power may be near nothing or beyond all."""
    fits = Fits(seven=sound_parameters(parameters))
    ends = (LOWEST_STABILITY, 1.0, HIGHEST_STABILITY)
    questions = [replace(recall(QuestionId(f"q{number}")), deck_id=DeckId("d")) for number in range(54)]
    memories = [Memory(slow, difficulty, fast) for slow in ends for fast in ends for difficulty in (1.0, 5.5, 10.0)]
    states = []
    for place, question in enumerate(questions):
        last = TODAY - timedelta(days=(0, 20_000)[place % 2])
        progress = Progress(
            phase=Phase.REVIEW, step=0, memory=memories[place // 2], due_day=TODAY, due_at=None, interval_days=1,
            first_day=last, last_day=last, last_at=datetime(2020, 1, 1, tzinfo=UTC), last_rating=Rating.GOOD, reps=2,
            lapses=0,
        )  # fmt: skip
        states.append(CardState(card_id=question.cards()[0].id, progress=progress))
    with closing(catalogue_of([deck(*questions, name="d")])) as catalogue:
        catalogue.pool().put(states)

        def ask(connection: sqlite3.Connection) -> dict[str, float]:
            given = {**teach(connection, fits), "today": TODAY.toordinal()}
            return dict(connection.execute(f"SELECT id, {chance(connection)} FROM card", given))  # noqa: S608 -- ours

        found = catalogue.ask(ask)
    for state in states:
        assert state.progress is not None
        expected = fits.recall(state.progress.memory, elapsed_days(state.progress, TODAY))
        assert found[state.card_id] == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("is_built_in", [True, False])
def test_a_connection_without_powers_weighs_alike(is_built_in: bool) -> None:
    """Not every SQLite is built with powers and exponentials."""

    class Connection(sqlite3.Connection):
        def execute(self, statement: str, *given: Any) -> sqlite3.Cursor:
            if "pow(2.0" in statement and not is_built_in:
                raise sqlite3.OperationalError("no such function: pow")
            return super().execute(statement, *given)

    with closing(sqlite3.connect(":memory:", factory=Connection)) as connection:
        teach_arithmetic(connection)
        [power, exponential] = connection.execute("SELECT pow(3.7, -0.31), exp(0.29)").fetchone()
    assert (power, exponential) == pytest.approx((3.7**-0.31, exp(0.29)), rel=1e-15)
