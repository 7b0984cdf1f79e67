"""A choice and its line, the cards that it means, and a sitting over them."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from answering import answer, keep
from cataloguing import catalogue_of, random_decks, random_states
from making import cloze, deck, single, written
from remembering import STEADY, course
from sciaquiz.catalogue.choosing import Choosing
from sciaquiz.catalogue.matching import Matching
from sciaquiz.clock import FixedClock, moment_at
from sciaquiz.ids import CardId, CaseId, DeckId
from sciaquiz.journal.entries import CardState, LastAnswer, Marks, Mode, Rating
from sciaquiz.marking.response import Choice as Chose
from sciaquiz.paths import user_paths
from sciaquiz.settings import Settings
from sciaquiz.sittings import open_choice
from sciaquiz.study.choice import LIMITS, Answers, Choice, Schedule, parse_choice
from sciaquiz.study.query import Field, Is, Order, Query, query_of
from sciaquiz.study.querying import Vocabulary
from sciaquiz.study.round import Round
from sciaquiz.study.summary import summarise
from sciaquiz.study.turns import End, Over, Shown
from sciaquiz.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from sciaquiz.deck.model import Deck

START = datetime(2026, 11, 22, 9, tzinfo=UTC)
NOW = moment_at(START)
TODAY = NOW.study_day
WORDS = Vocabulary({DeckId("demo"): "Demo", DeckId("red-flags"): "Red flags"}, {"foot-drop": "Foot drop"})


# The line

CHOICES = st.fixed_dictionaries(
    {
        "query": st.builds(
            query_of,
            decks=st.sets(st.sampled_from(list(WORDS.decks)), max_size=2),
            states=st.sets(st.sampled_from(Is), max_size=3),
            topics=st.sampled_from([(), ("foot-drop",)]),
            order=st.sampled_from(Order),
            most=st.none() | st.integers(1, 9999),
        ),
        "answers": st.sampled_from(Answers),
        "schedule": st.sampled_from(Schedule),
    }
    | {name: st.integers(0, most) for name, most in LIMITS.items()}
).map(lambda fields: Choice(**fields))


@given(CHOICES)
def test_the_line_of_a_choice_means_that_choice(choice: Choice) -> None:
    found = parse_choice(str(choice), WORDS)
    assert found.faults == ()
    assert str(found.choice) == str(choice)
    assert replace(found.choice, query=Query()) == replace(choice, query=Query())
    assert {(term.field, frozenset(term.values)) for term in found.choice.query.terms} == {
        (term.field, frozenset(term.values)) for term in choice.query.terms
    }


def test_a_line_says_it_all() -> None:
    line = 'is:wrong deck:red-flags "knee jerk" n:20 order:weakest minutes:30 seconds:60 answers:end schedule:stays'
    choice = parse_choice(line, WORDS).choice
    assert (choice.query.most, choice.query.order) == (20, Order.WEAKEST)
    assert (choice.minutes, choice.seconds, choice.answers, choice.is_practice) == (30, 60, Answers.END, True)
    assert choice.consequence == "Practice: the schedule stays as it is."
    assert Choice().consequence == "Answers count as reviews."


@pytest.mark.parametrize(
    ("line", "marked", "message", "instead"),
    [
        ("is:wrong minuts:3", "minuts:3", "There is no “minuts:”. Did you mean minutes?", "minutes"),
        ("minutes:0", "minutes:0", "minutes: takes a number from 1 to 1440, as in minutes:20.", "20"),
        ("ahead:x is:wrong", "ahead:x", "ahead: takes a number from 1 to 365, as in ahead:20.", "20"),
        ("new:99999", "new:99999", "new: takes a number from 1 to 9999, as in new:20.", "20"),
        ("answers:edn", "answers:edn", "answers: is each or end, not “edn”. Did you mean end?", "end"),
        ("schedule:off", "schedule:off", "schedule: is counts or stays, not “off”.", ""),
        ("-answers:end", "-answers:end", "answers: cannot be excluded.", "answers"),
        ("n:3 deck:red-flag", "red-flag", "There is no deck “red-flag”. Did you mean red-flags?", "red-flags"),
    ],
)
def test_what_means_nothing_is_told_with_its_place(line: str, marked: str, message: str, instead: str) -> None:
    [fault] = parse_choice(line, WORDS).faults
    assert (line[fault.start : fault.end], fault.message, fault.instead) == (marked, message, instead)


@pytest.mark.parametrize("line", ["", "minutes:", "answers:", "schedule: is:", "new"])
def test_what_is_half_typed_is_no_fault(line: str) -> None:
    assert parse_choice(line, WORDS).faults == ()


@given(st.text(alphabet='nadeisw:-<," 0129x', max_size=30))
def test_no_line_breaks_it(line: str) -> None:
    found = parse_choice(line, WORDS)
    assert parse_choice(str(found.choice), WORDS).choice == found.choice
    assert all(0 <= fault.start < fault.end <= len(line) for fault in found.faults)


# The cards


def chosen(decks: Sequence[Deck], states: Sequence[CardState], choice: Choice) -> list[str]:
    with closing(catalogue_of(decks)) as catalogue:
        catalogue.pool().put(states)
        asked = Choosing(Matching(catalogue, NOW, 8))
        found = asked.cards(choice)
        assert len(found) == min(asked.total(choice), 9999 if choice.query.most is None else choice.query.most)
        return [str(card_id) for card_id in found]


def due_in(name: str, days: int, marks: Marks | None = None) -> CardState:
    progress = course([(moment_at(START - timedelta(days=40)), 4)], STEADY)
    due = replace(progress, due_day=TODAY + timedelta(days=days))
    return CardState(card_id=CardId(name), progress=due, marks=marks or Marks())


SIX = deck(*(single(f"q{number}") for number in range(6)))


def test_what_is_out_of_sight_is_asked_only_where_it_is_named() -> None:
    states = [
        due_in("q0", 0, marks=Marks(suspended=True)),
        due_in("q1", 0, marks=Marks(buried_until=TODAY + timedelta(days=1))),
        due_in("q2", 0, marks=Marks(buried_until=TODAY)),
    ]
    assert chosen([SIX], states, Choice()) == ["q2", "q3", "q4", "q5"]
    assert chosen([SIX], states, Choice(query_of(states=[Is.SUSPENDED]))) == ["q0"]
    assert chosen([SIX], states, Choice(query_of(states=[Is.PUT_OFF]))) == ["q1"]


def test_ahead_takes_what_comes_back_in_so_many_days_and_new_goes_past_the_limit() -> None:
    states = [due_in("q0", 3), due_in("q1", 2), due_in("q2", 0), due_in("q3", 1)]
    assert chosen([SIX], states, Choice(ahead=1)) == ["q2", "q3"]
    assert chosen([SIX], states, Choice(ahead=2)) == ["q2", "q3", "q1"]
    assert chosen([SIX], states, Choice(new=1)) == ["q4"]
    assert chosen([SIX], states, Choice(new=9)) == ["q4", "q5"]
    assert chosen([SIX], states, Choice(Query(most=3), ahead=1, new=9)) == ["q2", "q3", "q4"]
    assert chosen([SIX], states, Choice(query_of(states=[Is.DUE], most=1, order=Order.DECK))) == ["q2"]


def test_no_card_gives_another_away() -> None:
    gaps = replace(cloze("The ", ("one", "first"), ("two", "second")), id=SIX.questions[0].id)
    linked = [
        replace(single(name), case=CaseId("a"), stage=stage) for name, stage in (("late", 3), ("early", 1), ("mid", 2))
    ]
    on = deck(linked[0], gaps, linked[1], single("q9"), linked[2])
    cards = [card.id for card in gaps.cards()]
    assert chosen([on], [], Choice()) == ["early", "mid", "late", cards[0], "q9", cards[1]]


@pytest.mark.parametrize("seed", range(8))
def test_cards_are_those_that_match_whatever_their_order(seed: int) -> None:
    random = Random(seed)
    decks = random_decks(random)
    states = random_states(random, [card for deck in decks for card in deck.cards()], TODAY)
    with closing(catalogue_of(decks)) as catalogue:
        catalogue.pool().put(states.values())
        matching = Matching(catalogue, NOW, 8)
        for _ in range(20):
            query = query_of(states=random.sample(list(Is), random.randint(0, 3)), order=random.choice(list(Order)))
            wanted = [card_id for card_id in matching.ids(query) if is_in_sight(states.get(card_id), query)]
            found = Choosing(matching).cards(Choice(query))
            assert sorted(found) == sorted(wanted)


def is_in_sight(state: CardState | None, query: Query) -> bool:
    marks = state.marks if state else Marks()
    named = query.ticked(Field.IS)
    is_off = marks.buried_until is not None and marks.buried_until > TODAY
    return (not marks.suspended or Is.SUSPENDED in named) and (not is_off or Is.PUT_OFF in named)


# The sitting


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    """A workspace with six questions, of which one is not due before a month has passed."""
    monkeypatch.setenv("SCIAQUIZ_HOME", str(tmp_path))
    path = tmp_path / "demo.toml"
    path.write_text(written(*(f"q{number}" for number in range(6))), encoding="utf-8")
    made = Workspace(paths=user_paths(), settings=Settings(new_per_day=2), clock=FixedClock(START), places=(path,))
    keep(made.journal, answer("q0", Rating.EASY, moment_at(START - timedelta(days=1))))
    yield made
    made.close()


def hold(workspace: Workspace, choice: Choice, *, right: bool = False) -> list[str]:
    """Answer all that is asked, a minute each, and keep it; returns what was asked."""
    decks = {deck.id: deck for deck in workspace.library.decks}
    round_ = Round(open_choice(workspace, choice, workspace.snapshot()), workspace.clock, decks)
    asked: list[str] = []
    while isinstance(shown := round_.next(), Shown) and len(asked) < 20:
        option = shown.order[[name == "tibial" for name in shown.order].index(right)]
        outcome = round_.answer(Chose(option, shown.order))
        state = workspace.journal.keep(outcome.answer, shown.policy, shown.card.question, outcome.followed)
        round_.kept(outcome, state)
        asked.append(str(shown.card.id))
        assert outcome.is_practice == choice.is_practice == round_.is_practice
    assert isinstance(shown, Over)
    assert shown.reason is End.NOTHING_LEFT
    return asked


def test_practice_asks_each_once_and_the_schedule_stays(workspace: Workspace) -> None:
    before = {card_id: state.progress for card_id, state in workspace.journal.states().items()}
    assert hold(workspace, Choice(schedule=Schedule.STAYS)) == ["q0", "q1", "q2", "q3", "q4", "q5"]
    after = workspace.journal.states()
    assert {card_id: after[card_id].progress for card_id in before} == before
    assert all(state.progress is None for card_id, state in after.items() if card_id not in before)
    assert all(state.last_answer == LastAnswer(START, correct=False) for state in after.values())
    assert workspace.journal.snapshot(TODAY).done.introduced == 0
    assert hold(workspace, Choice(query_of(states=[Is.WRONG]), schedule=Schedule.STAYS), right=True)
    assert hold(workspace, Choice(query_of(states=[Is.WRONG]))) == []


def test_where_answers_count_more_new_ones_than_the_day_has_are_asked_and_come_back(workspace: Workspace) -> None:
    asked = hold(workspace, Choice(new=3), right=True)
    assert asked[:3] == ["q1", "q2", "q3"]
    assert set(asked[3:]) == {"q1", "q2", "q3"}
    assert workspace.journal.snapshot(TODAY).done.introduced == 3
    reviews, _ = workspace.journal.history(CardId("q1"))
    assert {review.mode for review in reviews} == {Mode.STUDY}


def test_an_answer_before_its_day_is_an_early_review(workspace: Workspace) -> None:
    before = workspace.journal.states()[CardId("q0")].progress
    assert hold(workspace, Choice(query_of(ids=[CardId("q0")])), right=True) == ["q0"]
    after = workspace.journal.states()[CardId("q0")].progress
    assert before is not None
    assert after is not None
    assert (after.reps, after.last_day) == (before.reps + 1, TODAY)
    assert after.memory.stability > before.memory.stability


def test_answers_told_at_the_end_are_kept_one_by_one_and_nothing_comes_back(workspace: Workspace) -> None:
    assert hold(workspace, Choice(new=2, answers=Answers.END)) == ["q1", "q2"]
    assert workspace.journal.totals().answers == 3


def test_cards_that_were_named_are_asked_in_their_order(workspace: Workspace) -> None:
    cards = (CardId("q4"), CardId("q0"))
    assert hold(workspace, Choice(cards=cards, schedule=Schedule.STAYS)) == ["q4", "q0"]


@pytest.mark.parametrize(("taken", "late"), [(None, False), (60_000, False), (60_001, True), (500_000, True)])
def test_an_answer_that_took_longer_than_wanted_counts_and_is_told(
    workspace: Workspace, taken: int | None, late: bool
) -> None:
    sitting = open_choice(workspace, Choice(seconds=60), workspace.snapshot())
    shown = sitting.next(NOW)
    assert isinstance(shown, Shown)
    outcome = sitting.answer(shown, Chose(shown.order[0], shown.order), NOW, latency_ms=taken)
    assert outcome.is_late is late
    assert summarise([outcome, outcome]).late == 2 * late
