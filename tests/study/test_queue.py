"""What is to be done today, and in which order."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from making import recall, single
from sciaquiz.clock import moment_at
from sciaquiz.deck.model import Card
from sciaquiz.ids import CardId, DeckId
from sciaquiz.journal.entries import CardState, DayTally, Marks, Memory, Phase, Progress, Rating
from sciaquiz.memory.fits import DEFAULT_FITS, Fits
from sciaquiz.memory.policy import FSRS6_PARAMETERS, Policy
from sciaquiz.memory.value import worth
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits, Ranking, Waiting, Workload, workload
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.turns import Shown

if TYPE_CHECKING:
    import pytest

TODAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
PLENTY = Limits(new_per_day=100, reviews_per_day=100)


def card(name: str, part: str = "") -> Card:
    return Card(CardId(f"{name}#{part}" if part else name), single(name), part)


def reviewed(
    card_id: str, *, due_in: int, last: int = 10, stability: float = 10.0, fast: float | None = None
) -> CardState:
    progress = Progress(
        phase=Phase.REVIEW,
        step=0,
        memory=Memory(stability, 5.0, fast),
        due_day=TODAY + timedelta(days=due_in),
        due_at=None,
        interval_days=last + due_in,
        first_day=TODAY - timedelta(days=last),
        last_day=TODAY - timedelta(days=last),
        last_at=NOON - timedelta(days=last),
        last_rating=Rating.GOOD,
        reps=3,
        lapses=0,
    )
    return CardState(card_id=CardId(card_id), progress=progress)


def learning(card_id: str, minutes: int) -> CardState:
    state = reviewed(card_id, due_in=0, last=0)
    assert state.progress is not None
    return replace(
        state, progress=replace(state.progress, phase=Phase.LEARNING, due_at=NOON + timedelta(minutes=minutes))
    )


def work(cards: list[Card], states: list[CardState], left: Limits = PLENTY) -> Workload:
    return workload(cards, {state.card_id: state for state in states}, TODAY, left)


def waiting(name: str) -> Waiting:
    return Waiting(CardId(name), DeckId("demo"))


def ids(cards: tuple[Waiting, ...]) -> list[str]:
    return [card.card_id for card in cards]


def test_reviews_come_by_falling_retrievability() -> None:
    cards = [card("weak"), card("strong"), card("middling")]
    states = [
        reviewed("weak", due_in=0, stability=3),
        reviewed("strong", due_in=0, stability=30),
        reviewed("middling", due_in=-2, stability=10),
    ]
    assert ids(work(cards, states).reviews) == ["strong", "middling", "weak"]


def test_learning_cards_come_by_the_instant_they_are_due() -> None:
    cards = [card("later"), card("sooner")]
    assert ids(work(cards, [learning("later", 9), learning("sooner", 1)]).learning) == ["sooner", "later"]


def test_what_is_not_due_does_not_wait() -> None:
    assert work([card("a")], [reviewed("a", due_in=1)]).total == 0


def test_suspended_and_buried_cards_are_out_of_sight_until_their_day() -> None:
    cards = [card("suspended"), card("tomorrow"), card("today"), card("fresh")]
    states = [
        replace(reviewed("suspended", due_in=0), marks=Marks(suspended=True)),
        replace(reviewed("tomorrow", due_in=0), marks=Marks(buried_until=TODAY + timedelta(days=1))),
        replace(reviewed("today", due_in=0), marks=Marks(buried_until=TODAY)),
        CardState(card_id=CardId("fresh"), marks=Marks(suspended=True)),
    ]
    found = work(cards, states)
    assert ids(found.reviews) == ["today"]
    assert found.new == ()


def test_daily_limits_hold_and_what_is_beyond_is_counted() -> None:
    cards = [card(f"r{number}") for number in range(5)] + [card(f"n{number}") for number in range(5)]
    states = [reviewed(f"r{number}", due_in=0) for number in range(5)]
    found = work(cards, states, Limits(10, 4).left(DayTally(introduced=8, reviewed=1)))
    assert len(found.reviews) == 3
    assert found.beyond == 2
    assert ids(found.new) == ["n0", "n1"]


def test_of_siblings_one_is_asked_on_a_day() -> None:
    siblings = [card("q", "c1"), card("q", "c2"), card("q", "c3")]
    both_due = [reviewed("q#c1", due_in=0, stability=5), reviewed("q#c2", due_in=0, stability=50)]
    assert ids(work(siblings, both_due).reviews) == ["q#c2"]
    assert work(siblings, both_due).new == ()
    answered_today = [reviewed("q#c1", due_in=5, last=0), reviewed("q#c2", due_in=0)]
    assert work(siblings, answered_today).total == 0
    assert ids(work(siblings, []).new) == ["q#c1"]


def test_new_cards_come_from_each_deck_in_turn() -> None:
    cards = [Card(CardId(name), single(name, deck=name[0])) for name in ("a1", "a2", "a3", "b1")]
    assert ids(work(cards, [], Limits(3, 9)).new) == ["a1", "b1", "a2"]


def test_a_sibling_on_a_learning_step_is_never_held_back() -> None:
    siblings = [card("q", "c1"), card("q", "c2")]
    found = work(siblings, [learning("q#c1", 0), reviewed("q#c2", due_in=0)])
    assert ids(found.learning) == ["q#c1"]
    assert found.reviews == ()


@given(st.integers(0, 30), st.integers(0, 30))
def test_new_cards_are_woven_in_evenly_and_none_is_lost(reviews: int, new: int) -> None:
    woven = Workload(
        reviews=tuple(waiting(f"r{number}") for number in range(reviews)),
        new=tuple(waiting(f"n{number}") for number in range(new)),
    ).woven()
    assert [c.card_id for c in woven if c.card_id.startswith("r")] == [f"r{number}" for number in range(reviews)]
    assert [c.card_id for c in woven if c.card_id.startswith("n")] == [f"n{number}" for number in range(new)]
    if new and reviews:
        half = sum(c.card_id.startswith("n") for c in woven[: len(woven) // 2])
        assert abs(half - new / 2) <= 1.5


@given(st.integers(1, 30), st.integers(0, 30), st.integers(1, 30), st.integers(0, 5))
def test_what_is_listed_is_woven_as_the_whole_day_would_be(reviews: int, new: int, listed: int, urgent: int) -> None:
    names = tuple(waiting(f"r{number}") for number in range(reviews))
    fresh = tuple(waiting(f"n{number}") for number in range(new))
    whole = Workload(reviews=names, new=fresh, urgent=min(urgent, reviews))
    listed = max(whole.urgent, min(listed, reviews))
    part = replace(whole, reviews=names[:listed], unlisted=reviews - listed)
    assert part.total == whole.total
    assert part.woven() == whole.woven()[: len(part.woven())]
    assert {card for card in part.woven() if card in names} == set(names[:listed])


def test_where_more_is_due_than_the_day_holds_reviews_come_by_what_they_are_worth() -> None:
    stabilities = {"strong": 300.0, "middling": 30.0, "weak": 2.0}
    cards = [card(name) for name in stabilities]
    states = [reviewed(name, due_in=0, last=20, stability=days) for name, days in stabilities.items()]
    assert ids(work(cards, states, Limits(0, 3)).reviews) == ["strong", "middling", "weak"]
    of_each = {name: worth(FSRS6_PARAMETERS)(20, days, 5.0) for name, days in stabilities.items()}
    best = sorted(of_each, key=lambda name: -of_each[name])
    assert best[0] != "strong"
    assert ids(work(cards, states, Limits(0, 2)).reviews) == best[:2]


def test_of_two_equal_cards_the_one_that_is_answered_faster_comes_first() -> None:
    slow = Card(CardId("slow"), recall("slow"))
    cards = [slow, card("fast")]
    states = {name: reviewed(name, due_in=0) for name in (CardId("slow"), CardId("fast"))}
    ranking = Ranking(seconds={"recall": 30.0, "single": 10.0})
    assert ids(workload(cards, states, TODAY, Limits(0, 1), None, lambda: ranking).reviews) == ["fast"]


def test_a_sitting_says_whether_more_is_due_than_the_day_holds() -> None:
    cards = [card(name) for name in ("a", "b", "c")]
    states = {CardId(name): reviewed(name, due_in=0) for name in "abc"}
    for reviews, expected in ((3, False), (2, True)):
        sitting = Sitting(
            CardPool(cards, states), policy_for=lambda _: Policy(), limits=Limits(0, reviews), now=moment_at(NOON)
        )
        assert sitting.is_crowded is expected


def test_every_card_of_a_day_that_is_laid_out_in_parts_comes_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sciaquiz.study.sitting.LISTED", 3)
    cards = [card(f"q{number}") for number in range(16)]
    states = {CardId(name): reviewed(name, due_in=0) for name in [f"q{number}" for number in range(11)]}
    now = moment_at(NOON)
    sitting = Sitting(CardPool(cards, states), policy_for=lambda _: Policy(), limits=PLENTY, now=now)
    asked, waiting = [], []
    while isinstance(shown := sitting.next(now), Shown):
        asked.append(shown.card.id)
        waiting.append(sitting.left)
        sitting.skip(shown)
    assert sorted(asked[:16]) == sorted(asked[16:]) == sorted(one.id for one in cards)  # put off once, they come last
    assert waiting == [15] * 16 + list(range(15, -1, -1))


def test_each_memory_is_read_by_its_own_model_in_one_order_of_reviews() -> None:
    memories = {
        f"{'six' if fast is None else 'seven'}-{days}": Memory(days, 5.0, fast)
        for days in (2.0, 9.0, 30.0, 120.0)
        for fast in (None, 0.8 * days)
    }
    cards = [card(name) for name in memories]
    states = {
        CardId(name): reviewed(name, due_in=0, stability=memory.stability, fast=memory.fast)
        for name, memory in memories.items()
    }
    for fits in (DEFAULT_FITS, Fits(six=(*FSRS6_PARAMETERS[:20], 0.3))):
        ranking = Ranking(fits=fits)
        by_recall = sorted(memories, key=lambda name: -fits.recall(memories[name], 10))
        by_worth = sorted(memories, key=lambda name: -ranking.by_kind()(memories[name], 10, "single"))
        assert ids(workload(cards, states, TODAY, Limits(0, 99), fits=fits).reviews) == by_recall
        crowded = workload(cards, states, TODAY, Limits(0, 3), ranking=lambda ranking=ranking: ranking)  # type: ignore[misc]
        assert ids(crowded.reviews) == by_worth[:3]
