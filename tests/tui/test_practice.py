"""A sitting whose schedule stays, and one whose answers are told at the end, on the study screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drawn import text_of
from sciaquiz.journal.entries import Mode
from sciaquiz.study.choice import Answers, Choice, Schedule
from sciaquiz.study.query import Order, Query
from sciaquiz.tui.screens.study import StudyScreen
from sciaquiz.tui.screens.summary import SummaryScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

TWO = Query(order=Order.DECK, most=2)


def modes(app: SciaquizApp) -> list[Mode]:
    journal = app.workspace.journal
    return [review.mode for card_id in sorted(journal.states()) for review in journal.history(card_id)[0]]


async def test_practice_says_that_the_schedule_stays_and_takes_no_rating(make_app: MakeApp, press: Press) -> None:
    app = make_app(study=[], choice=Choice(TWO, schedule=Schedule.STAYS))
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot)
        assert isinstance(app.screen, StudyScreen)
        assert "practice   1 of 2" in text_of(app)
        await press(pilot, "a", "1")  # a right guess would be rated Again, and the reason told
        told = text_of(app)
        assert "practice: the schedule stays as it is" in told
        assert "Again" not in told
        assert "Rated" not in told
        assert "back in" not in told
        await press(pilot, "3")
        assert "That was practice: it has no rating" in text_of(app)
        await press(pilot, "enter", "A", "enter")
        assert isinstance(app.screen, SummaryScreen)
        assert "That was practice: the schedule stayed as it was." in text_of(app)
        assert modes(app) == [Mode.PRACTICE, Mode.PRACTICE]
        assert all(state.progress is None for state in app.workspace.journal.states().values())


async def test_nothing_is_said_of_an_answer_before_the_last_is_given(make_app: MakeApp, press: Press) -> None:
    app = make_app(study=[], choice=Choice(TWO, answers=Answers.END))
    async with app.run_test(size=(120, 40)) as pilot:
        await press(pilot, "B")
        assert isinstance(app.screen, StudyScreen)
        assert "2 of 2" in text_of(app)
        for word in ("Wrong", "✗", "✓", "everts the foot", "The principle behind"):
            assert word not in text_of(app)
        assert app.workspace.journal.totals().answers == 1
        await press(pilot, "u")
        assert "1 of 2" in text_of(app)
        assert app.workspace.journal.totals().answers == 0
        await press(pilot, "B", "A")
        told = text_of(app)
        assert "1 of 2 answers right" in told
        for words in (
            "✗ Wrong, you were certain",
            "everts the foot",
            "✓ Right, you were certain",
            "The principle behind",
        ):
            assert words in told
        await press(pilot, "enter")
        assert isinstance(app.screen, SummaryScreen)
        assert "1 of 2 right" in text_of(app)
        assert set(modes(app)) == {Mode.STUDY}
        assert app.workspace.journal.totals().answers == 2
