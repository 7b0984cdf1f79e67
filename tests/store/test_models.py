"""A journal under two models of memory, and the fits in it: stored states, merges and rebuilds follow the entries."""

from __future__ import annotations

import io
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from answering import NOW, START, STEADY, act, answer, keep
from making import single
from remembering import OTHER_SEVEN, SEVEN, by_hand
from sciaquiz.clock import moment_at
from sciaquiz.deck.model import Card
from sciaquiz.ids import CardId, EntryId, OptionId
from sciaquiz.journal.entries import Act, EventKind, Rating
from sciaquiz.marking.response import Choice
from sciaquiz.memory.fits import DEFAULT_FITS, Fits, is_fit_due
from sciaquiz.memory.fsrs7 import FSRS7_PARAMETERS
from sciaquiz.memory.model import name_of
from sciaquiz.memory.policy import FSRS6_PARAMETERS
from sciaquiz.memory.replay import standing_reviews
from sciaquiz.memory.schedule import Graded
from sciaquiz.store import connect as connecting
from sciaquiz.store.fits import read_fits, read_state_under
from sciaquiz.store.journal import Journal
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.remembering import Remembering
from sciaquiz.study.sitting import Sitting

if TYPE_CHECKING:
    from collections.abc import Iterator

FAR = moment_at(START + timedelta(days=400))
POLICIES = (STEADY, SEVEN, OTHER_SEVEN)
Step = tuple[str, str, Rating, int, int]
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["answer"] * 6 + ["void", "overrule", "other device"]),
        st.sampled_from(("q1", "q2")),
        st.sampled_from(Rating),
        st.sampled_from([-30, 0, 1, 20, 100, 900]),
        st.integers(0, 30),
    ),
    min_size=1,
    max_size=14,
)


@pytest.fixture(autouse=True, scope="module")
def fast() -> Iterator[None]:
    """Wait for no disk."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(connecting, "PRAGMAS", ("synchronous=OFF",))
        yield


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[Journal]:
    with closing(Journal.open(tmp_path / "journal.db", NOW)) as opened:
        yield opened


def live(journal: Journal, steps: list[Step]) -> None:
    hours, done = 0, []
    for doing, name, rating, passed, pick in steps:
        hours += passed
        at = moment_at(START + timedelta(hours=hours))
        match doing:
            case "answer":
                policy = POLICIES[pick % len(POLICIES)]
                done.append(answer(name, rating, at, policy=policy))
                keep(journal, done[-1], policy)
            case "void" | "overrule" if done:
                target = done[pick % len(done)]
                payload = {"rating": int(rating)} if doing == "overrule" else {}
                journal.act(act(EventKind(doing), target.card_id, at, target=target.id, payload=payload))
            case "other device":
                journal.become_new_device(NOW)
            case _:
                pass


def assert_follows(journal: Journal) -> None:
    found = journal.verify()
    assert (found.differing, found.days) == ((), ())
    policies = journal.policies()
    for name, state in journal.states().items():
        standing = standing_reviews(*journal.history(name))
        answers = [(Graded(name, each.moment, each.rating), policies[each.policy]) for each in standing]
        assert state.progress == by_hand(answers)


@settings(max_examples=5, deadline=None)
@given(STEPS, STEPS)
def test_stored_states_are_those_of_a_replay_on_two_devices_and_after_they_are_merged(
    mine: list[Step], yours: list[Step]
) -> None:
    with TemporaryDirectory() as folder:
        one, other = (Journal.open(Path(folder) / name / "journal.db", NOW) for name in ("mine", "yours"))
        with closing(one), closing(other):
            other.become_new_device(NOW)
            for opened, steps in ((one, mine), (other, yours)):
                live(opened, steps)
                assert_follows(opened)
            for source, target in ((other, one), (one, other)):
                text = io.StringIO()
                source.export_to(text)
                target.import_from(io.StringIO(text.getvalue()), FAR)
                assert_follows(target)
            assert one.states() == other.states()
            states = one.states()
            one.rebuild()
            assert one.states() == states


def test_a_state_made_anew_is_what_the_next_answer_goes_on_from(journal: Journal) -> None:
    for day in (0, 1, 5):
        keep(journal, answer(at=moment_at(START + timedelta(days=day))))
    state = journal.state(CardId("q1"))
    assert state is not None
    anew = read_state_under(journal.path, state, SEVEN)
    assert anew is not None
    assert anew.progress is not None
    assert name_of(anew.progress.memory) == "fsrs-7"
    assert state.progress is not None
    assert replace(anew.progress, memory=state.progress.memory) == state.progress
    assert read_state_under(journal.path.with_name("none.db"), state, SEVEN) is None
    last = answer(at=moment_at(START + timedelta(days=20)), policy=SEVEN)
    after = journal.keep(last, SEVEN, single("q1"))
    assert after.progress is not None
    assert name_of(after.progress.memory) == "fsrs-7"


def fit(name: str, number: int, payload: dict[str, Any], **more: Any) -> Act:
    at = moment_at(START + timedelta(days=number))
    return Act(id=EntryId(name), kind=EventKind.FIT, moment=at, payload=payload, **more)


def payload(model: str, parameters: tuple[float, ...], reviews: int = 100, **more: Any) -> dict[str, Any]:
    fitted = {"model": model, "parameters": list(parameters), "recipe": "map@1", "reviews": reviews, "days": 12}
    return {**fitted, "study_day": "2026-11-22", "kept": True, **more}


SIX = (*FSRS6_PARAMETERS[:20], 0.2)
SIXER = (*FSRS6_PARAMETERS[:20], 0.3)


def test_the_latest_fit_that_was_kept_and_not_taken_back_is_in_force(journal: Journal) -> None:
    def now() -> Fits:
        found = journal.snapshot(NOW.study_day).fits
        assert found == read_fits(journal.path)
        return found

    assert now() == DEFAULT_FITS
    journal.record(fit("one", 0, payload("fsrs-6", SIX)))
    assert (now().model, now().parameters, now().seven, now().before) == ("fsrs-6", SIX, None, None)
    journal.record(fit("worse", 1, payload("fsrs-6", SIXER, 150, kept=False)))
    assert (now().parameters, now().tried) == (SIX, 150)
    journal.record(fit("seven", 2, payload("fsrs-7", FSRS7_PARAMETERS, 600)))
    assert (now().model, now().six, now().seven) == ("fsrs-7", SIX, FSRS7_PARAMETERS)
    assert now().before is not None
    for broken in ({}, {"model": "fsrs-9"}, payload("fsrs-6", (1.0,)), payload("fsrs-6", SIX, kept="yes")):
        journal.record(fit(f"broken-{len(broken)}{broken.get('kept')}", 3, broken))
        assert now().model == "fsrs-7"
    journal.record(fit("back", 4, {"back": True}, target=EntryId("seven")))
    assert (now().model, now().parameters) == ("fsrs-6", SIX)
    assert now().seven == FSRS7_PARAMETERS  # cards that were answered meanwhile are still read by it
    assert now().tried == 600
    journal.record(fit("back again", 5, {"back": True}, target=EntryId("one")))
    assert (now().own, now().parameters) == (None, FSRS6_PARAMETERS)


def test_two_devices_that_exchange_journals_agree_on_the_fit(tmp_path: Path) -> None:
    one, other = (Journal.open(tmp_path / name / "journal.db", NOW) for name in ("one", "other"))
    with closing(one), closing(other):
        other.become_new_device(NOW)
        one.record(fit("early", 0, payload("fsrs-6", SIX)))
        other.record(fit("late", 1, payload("fsrs-6", SIXER)))
        other.record(fit("back", 2, {"back": True}, target=EntryId("late")))
        for source, target in ((one, other), (other, one)):
            text = io.StringIO()
            source.export_to(text)
            assert target.import_from(io.StringIO(text.getvalue()), FAR).refused == 0
        assert one.snapshot(NOW.study_day).fits == other.snapshot(NOW.study_day).fits
        assert one.snapshot(NOW.study_day).fits.parameters == SIX
        assert one.verify().sound


def test_a_fit_is_due_once_there_are_enough_answers_and_again_when_they_have_grown(journal: Journal) -> None:
    today = NOW.study_day
    for number in range(8):
        for day in range(9):
            keep(journal, answer(f"q{number}", at=moment_at(START + timedelta(days=day, minutes=number))))
    assert journal.fit_due(today) == 64
    journal.record(fit("one", 0, payload("fsrs-6", SIX, 64, kept=False)))
    assert journal.fit_due(today) == 0
    fits = journal.fits()
    tomorrow = today + timedelta(days=1)
    assert [is_fit_due(fits, reviews, tomorrow) for reviews in (63, 64, 79, 80)] == [False, False, False, True]
    assert not is_fit_due(fits, 80, today)
    assert [is_fit_due(DEFAULT_FITS, reviews, today) for reviews in (63, 64)] == [False, True]


@pytest.mark.parametrize("is_readable", [True, False])
def test_what_a_sitting_foretells_across_a_change_of_model_is_what_the_journal_keeps(
    journal: Journal, is_readable: bool
) -> None:
    for day in (0, 1, 5):
        keep(journal, answer(at=moment_at(START + timedelta(days=day))))
    path = journal.path if is_readable else journal.path.with_name("none.db")
    now = moment_at(START + timedelta(days=12))
    card = Card(CardId("q1"), single("q1"))
    sitting = Sitting(
        CardPool([card], journal.states()), policy_for=lambda _: SEVEN, limits=Limits(0, 9), now=now,
        remembering=Remembering(DEFAULT_FITS, partial(read_state_under, path)),
    )  # fmt: skip
    shown = sitting.show(card.id, now)
    assert shown.policy.model == ("fsrs-7" if is_readable else "fsrs-6")
    outcome = sitting.answer(shown, Choice(OptionId("o0"), shown.order), now)
    kept = journal.keep(outcome.answer, shown.policy, card.question)
    assert kept.progress == outcome.predicted == shown.previews[outcome.answer.rating]
    assert not path.with_name("none.db").exists()
