"""A sitting in the app by keys alone; the journal is the witness."""

from __future__ import annotations

import re
from io import StringIO
from typing import TYPE_CHECKING, Any

import pytest

from commanding import sciaquiz
from drawn import text_of
from sciaquiz.ids import CardId
from sciaquiz.tui.screens import timing
from sciaquiz.tui.screens.card import CardScreen
from sciaquiz.tui.screens.home import HomeScreen
from sciaquiz.tui.screens.study import StudyScreen
from sciaquiz.tui.screens.summary import SummaryScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.screen import Screen

    from sciaquiz.journal.entries import Review
    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]


def front(app: SciaquizApp) -> Screen[Any]:
    return app.screen


def reviews(app: SciaquizApp, *cards: str) -> list[Review]:
    return [review for card in cards for review in app.workspace.journal.history(CardId(card))[0]]


async def test_two_keys_answer_a_question_and_it_is_saved(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "a", "3")
        screen = text_of(app)
        assert "✓ Right" in screen
        assert "✓ Right, certain" in screen
        assert "back in 10 min  saved" in screen
        [review] = reviews(app, "q1")
        assert (review.correct, review.certainty, review.response["chosen"]) == (True, 3, "tibial")


async def test_one_capital_letter_says_certain_as_well(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "B")
        screen = text_of(app)
        assert "✗ Wrong" in screen
        assert "✓  a" in screen
        assert "It everts the foot." in screen
        [review] = reviews(app, "q1")
        assert (review.correct, review.certainty) == (False, 3)


async def test_text_of_a_deck_is_never_markup(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert "[@click=app.quit]Sural nerve[/]" in text_of(app)
        await press(pilot, "A")
        screen = text_of(app)
        assert "It supplies tibialis posterior [/]." in screen
        assert "[C5] is [bold]plain[/bold]." in screen


async def test_enter_means_think_so_then_next(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "c", "enter", "enter")
        [review] = reviews(app, "q1")
        assert review.certainty == 2
        assert "A runner has pain" in text_of(app)


async def test_arrows_choose_as_letters_do(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "j", "down", "k", "enter", "1")
        [review] = reviews(app, "q1")
        assert (review.response["chosen"], review.certainty) == ("tibial", 1)
        assert "you guessed: back soon" in text_of(app)


async def test_undo_asks_the_question_again_and_the_answer_no_longer_counts(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "B", "u")
        assert "Inversion of the foot is weak." in text_of(app)
        assert app.workspace.journal.totals().answers == 0
        await press(pilot, "A")
        assert app.workspace.journal.totals().answers == 1
        assert len(reviews(app, "q1")) == 2


async def test_overruling_with_one_key_but_not_by_a_key_pressed_twice(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(timing, "OVERRULE_DELAY", 1000.0)
        await press(pilot, "enter", "b", "3", "3")
        assert [event.kind for event in app.workspace.journal.history(CardId("q1"))[1]] == []
        monkeypatch.setattr(timing, "OVERRULE_DELAY", 0.0)
        await press(pilot, "4")
        state = app.workspace.journal.states()[CardId("q1")]
        assert state.progress is not None
        assert state.progress.last_rating == 4


async def test_recall_is_shown_then_graded_with_the_intervals_in_sight(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "l", "l", "l")
        assert "Name the roots" in text_of(app)
        assert "L4, L5" not in text_of(app)
        await press(pilot, "enter")
        screen = text_of(app)
        assert "L4, L5, S1, S2 and S3." in screen
        assert "3 ⏎ Good 10 min" in screen
        await press(pilot, "3")
        [review] = reviews(app, "roots")
        assert review.rating == 3


@pytest.mark.parametrize(("key", "mark"), [("z", "buried_until"), ("x", "suspended")])
async def test_putting_a_card_off(make_app: MakeApp, press: Press, key: str, mark: str) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", key)
        assert getattr(app.workspace.journal.states()[CardId("q1")].marks, mark)
        assert "Inversion" not in text_of(app)


async def test_flag_and_note_are_kept(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "A", "asterisk", "n", "h", "i", "enter")
        marks = app.workspace.journal.states()[CardId("q1")].marks
        assert (marks.flagged, marks.note) == (True, "hi")


async def test_why_explains_and_any_key_leads_back(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "A", "w")
        assert "When it comes back" in text_of(app)
        await press(pilot, "w")
        assert "Why: q1" in text_of(app)
        await press(pilot, "escape")
        assert "When it comes back" in text_of(app)
        await press(pilot, "escape")
        assert "When it comes back" not in text_of(app)
        assert isinstance(front(app), StudyScreen)


async def test_a_sitting_ends_in_a_summary_and_leads_home(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "A", "enter", "B", "enter", "q")
        assert isinstance(front(app), SummaryScreen)
        screen = text_of(app)
        assert "1 of 2 right" in screen
        assert "! 1 certain and wrong" in screen
        assert "✗ A runner has pain in the buttock" in screen
        await press(pilot, "o")
        assert isinstance(front(app), CardScreen)
        await press(pilot, "escape", "s")
        assert "Practice: the schedule stays as it is." in text_of(app)
        assert "A runner has pain in the buttock" in text_of(app)
        await press(pilot, "q")
        assert isinstance(front(app), SummaryScreen)
        await press(pilot, "enter")
        assert isinstance(front(app), HomeScreen)
        assert "2 answered today" in text_of(app)


async def test_undo_from_the_summary_and_from_home(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "A", "enter", "q", "u")
        assert isinstance(front(app), StudyScreen)
        assert app.workspace.journal.totals().answers == 0
        await press(pilot, "A", "enter", "q", "enter", "u")
        assert isinstance(front(app), HomeScreen)
        assert app.workspace.journal.totals().answers == 0


async def test_a_limit_of_cards_ends_the_sitting(make_app: MakeApp, press: Press) -> None:
    app = make_app(study=[], card_limit=1)
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "A", "enter")
        assert isinstance(front(app), SummaryScreen)
        assert "1 of 1 right" in text_of(app)


async def test_an_answer_that_cannot_be_kept_stays_and_is_kept_on_the_next_try(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sciaquiz.journal.port import KeepError
    from sciaquiz.store.file import FAULTS
    from sciaquiz.store.journal import Journal

    kept = Journal.keep

    def full(*_: object) -> None:
        raise KeepError(FAULTS["SQLITE_FULL"])

    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        monkeypatch.setattr(Journal, "keep", full)
        await press(pilot, "A")
        assert "The disk is full: this is NOT saved yet." in text_of(app)
        [aside] = app.workspace.paths.data.glob("sciaquiz-answer-*.jsonl")
        text = aside.read_text(encoding="utf-8")
        await press(pilot, "enter")
        assert reviews(app, "q1") == []
        assert app.workspace.journal.import_from(StringIO(text), app.workspace.clock.now()).added == 2
        monkeypatch.setattr(Journal, "keep", kept)
        await press(pilot, "enter")
        assert "back in" in text_of(app)
        assert len(reviews(app, "q1")) == 1
        assert not aside.exists()


async def test_another_window_changes_nothing_under_a_dialogue(make_app: MakeApp, press: Press) -> None:
    here, there = make_app(), make_app()
    async with here.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "n", "a", "b")
        study_screen = here.screen_stack[-2]
        assert isinstance(study_screen, StudyScreen)
        async with there.run_test(size=(80, 24)) as other:
            await press(other, "enter", "A")
        study_screen.look_elsewhere()
        await press(pilot, "enter")
        assert here.workspace.journal.states()[CardId("q1")].marks.note == "ab"
        study_screen.look_elsewhere()
        await press(pilot)
        assert "Inversion of the foot" not in text_of(here)


async def test_enter_pressed_twice_skips_no_feedback_and_grades_nothing(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timing, "NEXT_DELAY", 1000.0)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "a", "enter", "enter")
        assert "✓ Right" in text_of(app)
        monkeypatch.setattr(timing, "NEXT_DELAY", 0.0)
        await press(pilot, "enter")
        assert "✓ Right" not in text_of(app)


async def test_what_another_window_answers_is_not_asked_again_here(make_app: MakeApp, press: Press) -> None:
    here, there = make_app(), make_app()
    async with here.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        assert "Inversion of the foot" in text_of(here)
        async with there.run_test(size=(80, 24)) as other:
            await press(other, "enter", "A", "enter", "A")
        screen = here.screen
        assert isinstance(screen, StudyScreen)
        screen.look_elsewhere()
        await press(pilot)
        assert "The ankle jerk is absent." in text_of(here)
        await press(pilot, "A")
        assert here.workspace.journal.totals().answers == 3


async def test_what_another_window_answers_while_feedback_is_read_is_taken_in_afterwards(
    make_app: MakeApp, press: Press
) -> None:
    here, there = make_app(), make_app()
    async with here.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "A")
        async with there.run_test(size=(80, 24)) as other:
            await press(other, "enter", "A")
        screen = here.screen
        assert isinstance(screen, StudyScreen)
        screen.look_elsewhere()
        await press(pilot, "enter")
        screen.look_elsewhere()
        await press(pilot)
        assert "The ankle jerk is absent." in text_of(here)


async def test_a_click_chooses_and_a_second_click_commits(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        for _ in range(2):
            await pilot.click("#sheet", offset=(10, 6))
            await press(pilot)
        [review] = reviews(app, "q1")
        assert review.certainty == 2


async def test_both_faces_count_the_cards_that_are_left_alike(make_app: MakeApp, press: Press, deck: Path) -> None:
    """Cards on a learning step come back, and count: question by question both faces say the same number."""
    without_recall = deck.read_text(encoding="utf-8").rpartition("[[question]]")[0]
    deck.write_text(without_recall, encoding="utf-8")
    more = re.compile(r"\d+ of \d+")
    plain = sciaquiz(
        "study", str(deck), "--record", "--plain", said="a3\n" * 7, SCIAQUIZ_HOME=str(deck.parent / "plain")
    ).stdout
    counted = more.findall("\n".join(line for line in plain.splitlines() if line.startswith("Demo deck, ")))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        shown = more.findall(text_of(app))
        while isinstance(app.screen, StudyScreen):
            await press(pilot, "A", "enter")
            shown += more.findall(text_of(app)) if isinstance(app.screen, StudyScreen) else []
    assert shown == counted
    assert len(counted) == 6
