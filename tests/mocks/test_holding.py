"""A mock exam with a real journal: what is done is kept, what is handed in counts once, whatever became of the decks."""

from __future__ import annotations

import io
import shutil
import sqlite3
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from msgspec.structs import replace

from asking import SHOWCASE
from responding import responses
from sciaquiz import mocks
from sciaquiz.clock import FixedClock
from sciaquiz.deck.kinds import SingleBestAnswer, Typed
from sciaquiz.exam.exam import Exam
from sciaquiz.ids import CardId
from sciaquiz.journal.acts import refusal_of, void
from sciaquiz.journal.entries import Certainty, EventKind, Mode, Rating
from sciaquiz.journal.port import KeepError
from sciaquiz.mock.attempt import By
from sciaquiz.mock.form import Away
from sciaquiz.mock.holding import NOT_KEPT
from sciaquiz.paths import shipped_decks, user_paths
from sciaquiz.settings import Settings
from sciaquiz.store.journal import Journal
from sciaquiz.store.rescue import take_in
from sciaquiz.study.safekeeping import NotKeptError, SafeKeeping
from sciaquiz.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

    from sciaquiz.mock.holding import Held

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


@pytest.fixture
def decks(tmp_path: Path) -> Path:
    folder = tmp_path / "decks" / "showcase"
    shutil.copytree(SHOWCASE.parent, folder)
    return folder.parent


@contextmanager
def workspace(decks: Path, after: timedelta = timedelta(), **settings: Any) -> Generator[Workspace]:
    opened = Workspace(
        paths=user_paths(), settings=Settings(**settings), clock=FixedClock(NOON + after), places=(decks,)
    )
    with closing(opened):
        opened.snapshot()
        yield opened


def begun(space: Workspace, number: int = 60, **terms: Any) -> Held:
    return mocks.begin(space, space.journal, mocks.propose(space, wanted(space, number, **terms)))


def wanted(space: Workspace, number: int, **terms: Any) -> mocks.Wanted:
    return mocks.Wanted(replace(mocks.terms_of(space.settings, "Trial"), **terms), number)


def answer_all(space: Workspace, held: Held, right: int, certainty: Certainty | None = Certainty.CERTAIN) -> None:
    """Answer every question in front of a place rightly, the others wrong."""
    deck = space.library.decks[0]
    for place in range(len(held.attempt.form)):
        held.go(place)
        shown = held.shown()
        assert shown is not None
        good, wrong = responses(shown, deck)
        held.say(good if place < right else wrong[0], certainty)
    mocks.keep_pending(space.journal, held)


def went_on(space: Workspace) -> Held:
    [attempt] = mocks.open_attempts(space.journal)
    return mocks.go_on(space, space.journal, attempt)


def stems_of(held: Held) -> list[str]:
    shown = [held.shown(place) for place in range(len(held.attempt.form))]
    return [each.card.question.stem for each in shown if each is not None]


def reviews_of(space: Workspace) -> int:
    with closing(sqlite3.connect(space.paths.journal)) as journal:
        return int(journal.execute("SELECT count(*) FROM review").fetchone()[0])


def test_every_kind_of_question_is_asked_answered_and_marked(decks: Path) -> None:
    with workspace(decks) as space:
        held = begun(space)
        number = len(held.attempt.form)
        kinds = {shown.card.question.kind for place in range(number) if (shown := held.shown(place)) is not None}
        assert len(kinds) == 10
        assert all(item.chance is not None and 0 < item.chance < 1 for item in held.attempt.form.items)
        answer_all(space, held, right=number - 3)
        assert reviews_of(space) == 0
        ended = mocks.hand_in(space.journal, held, By.STUDENT)
        result = mocks.result_in(space.journal, ended)
        assert (result.all.right, result.all.of, result.unanswered) == (number - 3, number, 0)
        assert not [each.left_out for each in result.marked if each.left_out]
        assert result.first.of == number
        assert reviews_of(space) == number


def test_a_wrong_answer_moves_the_memory_and_a_right_one_does_not(decks: Path) -> None:
    with workspace(decks) as space:
        held = begun(space)
        answer_all(space, held, right=2)
        result = mocks.result_in(space.journal, mocks.hand_in(space.journal, held, By.STUDENT))
        for each in result.marked:
            assert each.answer is not None
            assert each.answer.mode is Mode.EXAM
            state = space.journal.state(each.item.card_id)
            assert state is not None
            assert state.last_answer is not None
            assert (state.progress is None) == each.correct
            assert each.correct or (state.progress is not None and state.progress.last_rating is Rating.AGAIN)


def test_handing_in_twice_counts_once(decks: Path) -> None:
    with workspace(decks) as space:
        held = begun(space, 12)
        answer_all(space, held, right=5)
        end, answers = held.paper.handed_in(held.attempt, held.clock.now(), 9, By.STUDENT)
        assert space.journal.hand_in(end, answers)
        assert not space.journal.hand_in(end, answers)
        assert mocks.hand_in(space.journal, held, By.STUDENT).ended is not None
        assert reviews_of(space) == 12


def test_an_exam_that_cannot_be_handed_in_whole_is_not_handed_in_at_all(decks: Path) -> None:
    with workspace(decks) as space:
        held = begun(space, 12)
        answer_all(space, held, right=5)
        end, answers = held.paper.handed_in(held.attempt, held.clock.now(), 9, By.STUDENT)
        broken = answers[-1]._replace(answer=replace(answers[-1].answer, score=7.0))
        with pytest.raises(KeepError):
            space.journal.hand_in(end, [*answers[:-1], broken])
        assert reviews_of(space) == 0
        assert mocks.open_attempts(space.journal)
        mocks.hand_in(space.journal, held, By.STUDENT)
        assert reviews_of(space) == 12


def test_it_is_gone_on_with_where_it_was_left(decks: Path) -> None:
    with workspace(decks) as space:
        held = begun(space, 12)
        answer_all(space, held, right=5)
        held.go(3)
        held.clear()
        held.flag()
        mocks.keep_pending(space.journal, held)
        before = held.attempt
    with workspace(decks, timedelta(days=3)) as space:
        held = went_on(space)
        assert (held.here, held.attempt.flagged, len(held.attempt.answers)) == (3, frozenset({3}), 11)
        assert held.attempt.said == before.said
        assert held.shown() is not None
        assert held.attempt.used_ms == before.used_ms


def test_what_is_said_again_in_the_same_words_is_no_new_entry(decks: Path) -> None:
    with workspace(decks) as space:
        held = begun(space, 3)
        answer_all(space, held, right=3)
        response, certainty = held.said()
        assert response is not None
        held.say(response, certainty)
        assert not held.pending


@pytest.mark.parametrize(("away", "left"), [(Away.STOPS, 60), (Away.COUNTS, 15)])
def test_the_clock_of_an_exam_that_was_left_goes_by_its_rule(decks: Path, away: Away, left: int) -> None:
    with workspace(decks) as space:
        begun(space, 3, minutes=60, away=away)
    with workspace(decks, timedelta(minutes=45)) as space:
        assert went_on(space).left_ms == left * 60_000


def test_an_exam_whose_time_ran_out_while_it_was_closed_is_over_when_it_is_opened(decks: Path) -> None:
    with workspace(decks) as space:
        answer_all(space, begun(space, 4, minutes=60, away=Away.COUNTS), right=1)
    with workspace(decks, timedelta(hours=2)) as space:
        held = went_on(space)
        assert held.is_over
        ended = mocks.hand_in(space.journal, held, By.TIME)
        assert ended.ended is not None
        assert (ended.ended.by, ended.used_ms) == (By.TIME, 60 * 60_000)
        assert mocks.result_in(space.journal, ended).all.right == 1


def test_questions_that_were_changed_meanwhile_are_asked_and_marked_as_they_were(decks: Path) -> None:
    with workspace(decks) as space:
        held = begun(space)
        number = len(held.attempt.form)
        stems = stems_of(held)
    deck = decks / "showcase" / "deck.toml"
    deck.write_text(deck.read_text().replace('stem = "', 'stem = "Now: ').replace('stem = """', 'stem = """Now: '))
    with workspace(decks) as space:
        held = went_on(space)
        assert stems_of(held) == stems
        answer_all(space, held, right=number)
        assert mocks.result_in(space.journal, mocks.hand_in(space.journal, held, By.STUDENT)).all.right == number


def test_what_needs_a_deck_that_is_gone_is_left_out_and_told_and_the_rest_is_marked(decks: Path) -> None:
    with workspace(decks) as space:
        held = begun(space)
        number = len(held.attempt.form)
        answer_all(space, held, right=number)
    other = (decks / "showcase").rename(decks.parent / "elsewhere")
    (decks / "other").mkdir()
    shutil.copy(shipped_decks() / "red-flags" / "deck.toml", decks / "other" / "deck.toml")
    with workspace(decks) as space:
        held = went_on(space)
        result = mocks.result_in(space.journal, mocks.hand_in(space.journal, held, By.STUDENT))
        gone = [each for each in result.marked if each.left_out]
        assert 0 < len(gone) < number / 2
        assert result.all.right == result.all.of == number - len(gone)
    assert other.exists()


def test_a_question_whose_text_nobody_has_is_left_out(decks: Path) -> None:
    with workspace(decks) as space:
        begun(space, 4)
    with closing(sqlite3.connect(user_paths().journal)) as journal, journal:
        journal.execute("DELETE FROM deck_snapshot")
    shutil.rmtree(decks / "showcase")
    shutil.copytree(shipped_decks() / "red-flags", decks / "other")
    with workspace(decks) as space:
        result = mocks.result_in(space.journal, mocks.hand_in(space.journal, went_on(space), By.STUDENT))
        assert [each.left_out for each in result.marked] == [NOT_KEPT] * 4
        assert result.all.of == 0
        assert result.passed is None


def test_an_exam_begun_on_one_device_is_gone_on_with_on_another(decks: Path, tmp_path: Path) -> None:
    with workspace(decks) as space:
        held = begun(space, 6)
        answer_all(space, held, right=6)
        held.pause()
        mocks.keep_pending(space.journal, held)
        exported = io.StringIO()
        space.journal.export_to(exported)
        with closing(Journal.open(tmp_path / "other.db", space.clock.now())) as other:
            report = other.import_from(io.StringIO(exported.getvalue()), space.clock.now())
            assert not report.refused, report.problems
            [attempt] = mocks.open_attempts(other)
            there = mocks.go_on(space, other, attempt)
            assert there.attempt.answers == held.attempt.answers
            ended = mocks.hand_in(other, there, By.STUDENT)
            assert mocks.result_in(other, ended).all.right == 6
            back = io.StringIO()
            other.export_to(back)
        mocks.hand_in(space.journal, held, By.STUDENT)  # here too, before the other came back
        space.journal.import_from(io.StringIO(back.getvalue()), space.clock.now())
        assert reviews_of(space) == 6
        [result] = mocks.results_in(space.journal)
        assert result.all.right == 6


def test_an_answer_that_is_taken_back_leaves_the_mark_and_the_memory(decks: Path) -> None:
    with workspace(decks) as space:
        held = begun(space, 6)
        answer_all(space, held, right=3)
        ended = mocks.hand_in(space.journal, held, By.STUDENT)
        undone = space.journal.undo_last(space.clock.now())
        assert undone is not None
        result = mocks.result_in(space.journal, ended)
        assert (result.all.right, result.all.of) == (3, 5)
        wrong = result.wrong[0]
        assert wrong.answer is not None
        space.journal.act(void(wrong.answer.id, wrong.item.card_id, space.clock.now()))
        assert mocks.result_in(space.journal, ended).all.of == 4


class FullDisk:
    def record(self, *_: object) -> None:
        raise KeepError("The disk is full: this is NOT saved.")


def test_what_the_journal_does_not_take_is_set_aside_and_taken_in_later(decks: Path) -> None:
    with workspace(decks) as space:
        held = begun(space, 4)
        safe = SafeKeeping(space.set_aside, space.set_acts_aside)
        files = set()
        for place in range(3):
            held.go(place)
            shown = held.shown()
            assert shown is not None
            held.say(responses(shown, space.library.decks[0])[0])
            with pytest.raises(NotKeptError, match="The disk is full") as told:
                safe.record(lambda: cast("Any", FullDisk()), held.pending)
            files.add(told.value.aside.file)
        [file] = files
        assert file is not None
        assert space.still_aside(space.journal) == (file,)
        assert "in the journal now" in take_in(space.journal, file=file, now=space.clock.now())
        assert not file.exists()
        [attempt] = mocks.open_attempts(space.journal)
        assert attempt.said == held.attempt.said
        safe.record(lambda: space.journal, held.pending)
        assert not safe.unkept
        assert mocks.open_attempts(space.journal)[0].said == held.attempt.said


def test_a_mock_exam_can_be_like_an_exam_that_is_planned_for(decks: Path) -> None:
    with workspace(decks) as space:
        deck = space.library.decks[0]
        exam = Exam(
            id="practical", name="Practical", day=NOON.date(), decks=(deck.id,), blueprint={deck.id: 100.0},
            pass_mark=70, questions=6,
        )  # fmt: skip
        asked = mocks.for_exam(wanted(space, 40), exam)
        form = mocks.propose(space, asked).form
        assert (form.terms.title, form.terms.pass_mark, len(form)) == ("Practical", 70, 6)


def test_what_was_typed_and_not_sent_is_there_again_and_counts_in_the_end(decks: Path) -> None:
    with workspace(decks) as space:
        held = begun(space)
        kinds = {place: shown.card for place in range(len(held.attempt.form)) if (shown := held.shown(place))}
        [place, *_] = [place for place, card in kinds.items() if isinstance(card.question, Typed)]
        other = next(place for place, card in kinds.items() if isinstance(card.question, SingleBestAnswer))
        right = cast("Typed", kinds[place].question).answers[0]
        held.go(place)
        held.type(right[:2])
        held.type(right)
        held.go(other)
        held.type("stands in no line")
        mocks.keep_pending(space.journal, held)
    with workspace(decks) as space:
        held = went_on(space)
        assert held.attempt.typed[place] == right
        ended = mocks.hand_in(space.journal, held, By.STUDENT)
        result = mocks.result_in(space.journal, ended)
        assert [each.place for each in result.marked if each.correct] == [place]
        assert not any(each.left_out for each in result.marked)


def test_only_a_wrong_answer_of_an_exam_can_be_given_another_rating() -> None:
    assert refusal_of(EventKind.OVERRULE, mode=Mode.EXAM, correct=True)
    assert not refusal_of(EventKind.OVERRULE, mode=Mode.EXAM, correct=False)


def test_an_exam_says_which_topic_nobody_has(decks: Path) -> None:
    with workspace(decks) as space, pytest.raises(mocks.NoMockError, match="no-such-topic"):
        mocks.propose(space, replace(wanted(space, 10), shares={"no-such-topic": 1.0}))


def test_cards_that_were_chosen_one_by_one_keep_their_order(decks: Path) -> None:
    from sciaquiz.study.choice import Choice

    with workspace(decks) as space:
        cards = tuple(card.id for card in space.library.decks[0].cards())[:5][::-1]
        form = mocks.propose(space, replace(wanted(space, 10), choice=Choice(cards=cards))).form
        assert {item.card_id for item in form.items} <= {CardId(card) for card in cards}
        assert form.items[0].card_id == cards[0]
