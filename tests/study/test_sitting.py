"""One sitting: turns, answers, undo, limits, and its end."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from making import deck, recall, single
from sciaquiz.clock import moment_at
from sciaquiz.ids import CardId, DeviceId, EntryId
from sciaquiz.journal.acts import void
from sciaquiz.journal.entries import (
    Act,
    Answer,
    CardState,
    Certainty,
    DayTally,
    Event,
    EventKind,
    Phase,
    Rating,
    Review,
)
from sciaquiz.journal.snapshot import Avowal, Snapshot
from sciaquiz.marking.evidence import evidence_of
from sciaquiz.marking.response import Choice, SelfGrade
from sciaquiz.memory.forecast import retrievability_now
from sciaquiz.memory.guessing import DEFAULT_RATES, assume
from sciaquiz.memory.policy import Policy
from sciaquiz.memory.replay import replay
from sciaquiz.study.guesses import Guesses
from sciaquiz.study.pace import Pace
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.sitting import Sitting
from sciaquiz.study.summary import summarise
from sciaquiz.study.turns import End, Outcome, Over, Shown

if TYPE_CHECKING:
    from sciaquiz.clock import Moment
    from sciaquiz.deck.model import Deck

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
POLICY = Policy(fuzz=False)


@dataclass
class Memo:
    """A journal in memory, enough to settle a sitting with."""

    reviews: list[Review] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    def keep(self, answer: Answer) -> CardState:
        known = {name: getattr(answer, name) for name in Answer.__struct_fields__}
        self.reviews.append(Review(**known, device_id=DeviceId("d"), seq=len(self.reviews) + len(self.events)))
        return self.state(answer.card_id)

    def act(self, act: Act) -> CardState:
        known = {name: getattr(act, name) for name in Act.__struct_fields__}
        self.events.append(Event(**known, device_id=DeviceId("d"), seq=len(self.reviews) + len(self.events)))
        assert act.card_id is not None
        return self.state(act.card_id)

    def state(self, card_id: CardId) -> CardState:
        return replay(
            card_id,
            [review for review in self.reviews if review.card_id == card_id],
            [event for event in self.events if event.card_id == card_id],
            {POLICY.digest: POLICY},
        )


@dataclass
class Room:
    """A sitting with its journal and a clock that goes when told."""

    sitting: Sitting
    memo: Memo
    instant: datetime = START

    @property
    def now(self) -> Moment:
        return moment_at(self.instant)

    def shown(self) -> Shown:
        turn = self.sitting.next(self.now)
        assert isinstance(turn, Shown)
        return turn

    def over(self) -> Over:
        turn = self.sitting.next(self.now)
        assert isinstance(turn, Over)
        return turn

    def answer(self, shown: Shown, right: bool = True, certainty: Certainty | None = Certainty.CERTAIN) -> Outcome:
        option = shown.order[[name == "o0" for name in shown.order].index(right)]
        outcome = self.sitting.answer(shown, Choice(option, shown.order), self.now, certainty=certainty)
        self.sitting.settle(outcome, self.memo.keep(outcome.answer), self.now)
        return outcome

    def undo(self) -> Shown:
        answer = self.sitting.outcomes[-1].answer
        return self.sitting.undone(self.memo.act(void(answer.id, answer.card_id, self.now)), self.now)


def sit(
    on: Deck,
    *,
    new: int = 100,
    cards: int = 0,
    minutes: int = 0,
    pace: Pace | None = None,
    guesses: Guesses | None = None,
) -> Room:
    numbers = count()
    memo = Memo()
    sitting = Sitting(
        CardPool(on.cards(), {}),
        policy_for=lambda _: POLICY,
        limits=Limits(new, 100),
        now=moment_at(START),
        tally=DayTally(),
        pace=lambda: pace or Pace(),
        guesses=guesses,
        card_limit=cards,
        minute_limit=minutes,
        random=Random(7),
        make_id=lambda: EntryId(f"{next(numbers):04}"),
    )
    return Room(sitting, memo)


def three() -> Deck:
    return deck(single("q1"), single("q2"), single("q3"))


def test_new_cards_come_in_the_authors_order_and_return_on_their_steps() -> None:
    room = sit(three())
    names = []
    for _ in range(6):
        shown = room.shown()
        names.append(shown.card.id)
        room.answer(shown)
    assert names == ["q1", "q2", "q3", "q1", "q2", "q3"]
    assert room.over().reason is End.NOTHING_LEFT
    for name in ("q1", "q2", "q3"):
        progress = room.sitting.state(CardId(name)).progress
        assert progress is not None
        assert progress.phase is Phase.REVIEW


def test_a_step_that_is_due_comes_before_the_next_new_card() -> None:
    room = sit(three())
    room.answer(room.shown(), right=False)
    room.answer(room.shown())
    room.instant += timedelta(minutes=2)
    assert room.shown().card.id == "q1"


def test_the_same_card_is_not_shown_twice_in_a_row_while_others_wait() -> None:
    room = sit(three())
    first = room.shown()
    room.answer(first, right=False)
    room.instant += timedelta(minutes=5)
    assert room.shown().card.id != first.card.id


def test_alone_a_card_comes_again_at_once() -> None:
    room = sit(deck(single("only")))
    room.answer(room.shown(), right=False)
    assert room.shown().card.id == "only"


def test_an_answer_carries_the_order_shown_and_the_identity_made_when_it_was_shown() -> None:
    room = sit(three())
    shown = room.shown()
    outcome = room.answer(shown)
    assert outcome.answer.id == shown.answer_id
    assert outcome.answer.response == {
        "chosen": "o0",
        "shown": list(shown.order),
        "usual_ms": None,
        "guess_probability": 0.25,
        "near_misses": 0,
    }
    assert sorted(shown.order) == ["o0", "o1", "o2", "o3"]


def test_a_fixed_order_is_kept() -> None:
    fixed = replace(single("q1"), shuffle=False)
    for _ in range(5):
        assert sit(deck(fixed)).shown().order == ("o0", "o1", "o2", "o3")


def test_what_was_predicted_is_what_the_journal_returns() -> None:
    room = sit(three())
    for right in (True, False, True, True):
        outcome = room.answer(room.shown(), right=right)
        assert room.sitting.state(outcome.shown.card.id).progress == outcome.predicted


def test_undo_shows_the_card_again_as_it_stood_and_the_answer_counts_no_more() -> None:
    room = sit(three())
    shown = room.shown()
    room.answer(shown, right=False)
    again = room.undo()
    assert (again.card.id, again.order) == (shown.card.id, shown.order)
    assert again.answer_id != shown.answer_id
    assert room.sitting.outcomes == []
    assert room.sitting.state(shown.card.id).progress is None


def test_undo_while_the_next_card_is_shown_loses_neither() -> None:
    room = sit(three())
    room.answer(room.shown())
    waiting = room.shown()
    room.sitting.put_back(waiting)
    again = room.undo()
    room.answer(again)
    assert room.shown().card.id == waiting.card.id


def test_a_card_that_is_put_off_comes_last_and_one_that_is_put_off_twice_does_not_come() -> None:
    room = sit(three())
    twice = room.shown()
    room.sitting.skip(twice)
    once = room.shown()
    room.sitting.skip(once)
    asked = []
    while isinstance(turn := room.sitting.next(room.now), Shown):
        asked.append(turn.card.id)
        if turn.card.id == twice.card.id:
            room.sitting.skip(turn)
        else:
            room.answer(turn)
    assert asked[:3] == ["q3", twice.card.id, once.card.id]
    assert twice.card.id not in asked[3:]
    assert all(review.card_id != twice.card.id for review in room.memo.reviews)


def test_a_suspended_card_leaves_the_sitting() -> None:
    room = sit(three())
    shown = room.shown()
    state = room.memo.act(Act(id=EntryId("s"), kind=EventKind.SUSPEND, moment=room.now, card_id=shown.card.id))
    room.sitting.take(state, room.now)
    assert {room.shown().card.id for _ in range(1)} == {"q2"}


def test_the_limit_of_cards_ends_the_sitting_and_lifting_it_goes_on() -> None:
    room = sit(three(), cards=1)
    assert room.sitting.left == 1
    room.answer(room.shown())
    assert room.over().reason is End.CARDS
    room.sitting.lift_limits()
    assert room.shown().card.id == "q2"


def test_the_limit_of_minutes_ends_the_sitting() -> None:
    room = sit(three(), minutes=10)
    room.answer(room.shown())
    room.instant += timedelta(minutes=10)
    assert room.over().reason is End.MINUTES


def test_new_cards_stop_at_the_daily_limit() -> None:
    room = sit(three(), new=1)
    room.answer(room.shown(), certainty=None)
    room.answer(room.shown())
    assert room.over().reason is End.NOTHING_LEFT


def test_a_new_day_in_the_middle_of_a_sitting_brings_its_own_work() -> None:
    room = sit(three(), new=1)
    while isinstance(turn := room.sitting.next(room.now), Shown):
        room.answer(turn)
    room.instant += timedelta(days=1)
    assert room.shown().card.id == "q2"


def test_cards_far_on_their_steps_are_told_and_not_forced() -> None:
    slow = Policy(fuzz=False, learning_steps=(60,))
    sitting = Sitting(
        CardPool(deck(single("q1")).cards(), {}), policy_for=lambda _: slow, limits=Limits(9, 9), now=moment_at(START),
    )  # fmt: skip
    shown = sitting.next(moment_at(START))
    assert isinstance(shown, Shown)
    outcome = sitting.answer(shown, Choice(shown.order[0], shown.order), moment_at(START), certainty=Certainty.GUESS)
    state = CardState(card_id=shown.card.id, progress=outcome.predicted)
    sitting.settle(outcome, state, moment_at(START))
    turn = sitting.next(moment_at(START))
    assert turn == Over(End.NOTHING_LEFT, START + timedelta(minutes=60), 1)


def test_latency_is_dropped_where_it_is_not_fair() -> None:
    room = sit(three(), pace=Pace(by_kind={"single": 2000}))
    shown = room.shown()
    choice = Choice(shown.order[0], shown.order)
    assert room.sitting.answer(shown, choice, room.now, latency_ms=500_000).answer.latency_ms is None
    assert room.sitting.answer(shown, choice, room.now, latency_ms=-5).answer.latency_ms is None
    assert room.sitting.answer(shown, choice, room.now, latency_ms=900).answer.latency_ms == 900


def test_a_slow_right_answer_is_hard_for_this_student() -> None:
    room = sit(three(), pace=Pace(by_kind={"single": 2000}))
    shown = room.shown()
    right = Choice(next(option for option in shown.order if option == "o0"), shown.order)
    outcome = room.sitting.answer(shown, right, room.now, certainty=Certainty.CERTAIN, latency_ms=6000)
    assert outcome.verdict.rating is Rating.HARD


def test_recall_cards_take_the_students_grade() -> None:
    room = sit(deck(recall("r")))
    shown = room.shown()
    assert shown.order == ()
    outcome = room.sitting.answer(shown, SelfGrade(Rating.EASY), room.now)
    assert (outcome.answer.rating, outcome.answer.correct) == (Rating.EASY, True)


def test_another_windows_answers_are_taken_in() -> None:
    room = sit(three())
    room.answer(room.shown())
    elsewhere = Memo()
    other = Room(room.sitting, elsewhere)
    shown = other.shown()
    outcome = room.sitting.answer(shown, first_option(shown), room.now, certainty=Certainty.CERTAIN)
    states = {shown.card.id: elsewhere.keep(outcome.answer)}
    room.sitting.refresh(Snapshot(today=room.now.study_day, states=states, done=DayTally(introduced=1)), room.now)
    assert room.sitting.state(shown.card.id).progress is not None


def first_option(shown: Shown) -> Choice:
    return Choice(shown.order[0], shown.order)


def test_summary_puts_the_surest_errors_first() -> None:
    room = sit(three())
    room.answer(room.shown(), right=False, certainty=Certainty.THINK_SO)
    room.answer(room.shown(), right=False, certainty=Certainty.CERTAIN)
    room.answer(room.shown(), right=True, certainty=Certainty.GUESS)
    summary = summarise(room.sitting.outcomes)
    assert [question.id for question in summary.look_again] == ["q2", "q1", "q3"]
    assert (summary.answered, summary.right, summary.certain_and_wrong, summary.new) == (3, 1, 1, 3)


@given(st.lists(st.sampled_from(["right", "wrong", "guess", "undo", "skip", "wait"]), max_size=40))
def test_whatever_the_student_does_the_sitting_agrees_with_the_journal(doings: list[str]) -> None:
    room = sit(deck(*(single(f"q{number}") for number in range(5))), new=4)
    for doing in doings:
        match doing:
            case "wait":
                room.instant += timedelta(minutes=7)
            case "undo":
                if room.sitting.outcomes:
                    room.sitting.put_back(room.undo())
            case _:
                turn = room.sitting.next(room.now)
                if isinstance(turn, Over):
                    continue
                if doing == "skip":
                    room.sitting.skip(turn)
                else:
                    sure = Certainty.GUESS if doing == "guess" else Certainty.CERTAIN
                    room.answer(turn, right=doing != "wrong", certainty=sure)
    for number in range(5):
        card_id = CardId(f"q{number}")
        assert room.sitting.state(card_id).progress == room.memo.state(card_id).progress


def guessed_later(guesses: Guesses | None = None) -> list[Outcome]:
    """Right answers called a guess: at first sight, the same day, and when the card comes back."""
    room = sit(deck(single("q1")), guesses=guesses)
    outcomes = [room.answer(room.shown(), certainty=Certainty.GUESS)]
    room.instant += timedelta(minutes=2)
    for _ in range(2):
        outcomes.append(room.answer(room.shown(), certainty=Certainty.GUESS))
        room.instant += timedelta(minutes=20)
    for _ in range(6):
        progress = room.sitting.state(CardId("q1")).progress
        assert progress is not None
        room.instant = max(room.instant, datetime.combine(progress.due_day, START.time(), UTC)) + timedelta(hours=1)
        room.sitting.plan(room.now)
        room.answer(room.shown())
    progress = room.sitting.state(CardId("q1")).progress
    assert progress is not None
    room.instant = datetime.combine(progress.due_day, START.time(), UTC)
    room.sitting.plan(room.now)
    return [*outcomes, room.answer(room.shown(), certainty=Certainty.GUESS)]


def test_a_right_guess_is_again_where_it_was_hardly_known_and_hard_where_it_likely_was() -> None:
    first, same_day, *_, later = guessed_later()
    assert (first.answer.rating, same_day.answer.rating, later.answer.rating) == (
        Rating.AGAIN, Rating.HARD, Rating.HARD,
    )  # fmt: skip
    kept = later.answer.response["assumed"]
    assert isinstance(kept, dict)
    progress = later.shown.before.progress
    assert progress is not None
    recall = retrievability_now(progress, later.answer.moment.study_day, POLICY)
    expected = assume(recall, 0.25, DEFAULT_RATES)
    assert kept == {
        "known": round(expected.known, 4), "recall": round(recall, 4), "of_known": 0.03, "of_unknown": 0.65,
        "own": False,
    }  # fmt: skip
    assert evidence_of(later.answer).assumed is not None


def test_the_students_own_rates_decide_and_are_counted_once_and_only_if_a_guess_is_right() -> None:
    asked = []

    def avowals() -> list[Avowal]:
        asked.append(1)
        return [
            Avowal(Certainty.CERTAIN, True, 0.25, 9000), Avowal(Certainty.GUESS, True, 0.25, 34),
            Avowal(Certainty.GUESS, False, 0.25, 100),
        ]  # fmt: skip

    assert all(outcome.answer.rating is Rating.AGAIN for outcome in guessed_later(Guesses(avowals)))
    assert len(asked) == 1
    room = sit(three(), guesses=Guesses(avowals))
    outcomes = [
        room.answer(room.shown(), certainty=Certainty.CERTAIN), room.answer(room.shown(), False, Certainty.GUESS),
        room.answer(room.shown(), certainty=None),
    ]  # fmt: skip
    assert len(asked) == 1
    assert all("assumed" not in outcome.answer.response for outcome in outcomes)
