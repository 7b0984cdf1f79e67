"""Past sittings in the app: listed by pages, opened, and what went wrong asked once more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from drawn import text_of
from making import card, single
from remembering import noon, review
from sciaquiz.clock import FixedClock
from sciaquiz.ids import CardId, DeckId
from sciaquiz.journal.entries import Certainty, Mode, Review
from sciaquiz.journal.past import PastSitting
from sciaquiz.text import cells
from sciaquiz.tui.screens import past, pastpage
from sciaquiz.tui.screens.card import CardScreen
from sciaquiz.tui.screens.past import PastScreen, PastSittingScreen
from sciaquiz.tui.screens.study import StudyScreen

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.screen import Screen

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

NOW = datetime.fromisoformat("2026-11-22T09:00:00+01:00")
TITLES = {DeckId("demo"): "A deck with quite a long title that goes on and on"}
TODAY = noon(1).study_day


def given(seq: int, minutes: float, rating: int, certainty: Certainty) -> Review:
    return replace(review(seq, noon(0, minutes), rating, certainty=certainty), card_id=CardId(f"q{seq}"))


def a_sitting(mode: Mode = Mode.STUDY) -> PastSitting:
    answers = (
        given(1, 0, 1, Certainty.CERTAIN),
        given(2, 2, 3, Certainty.GUESS),
        *(given(seq, 2 + seq, 3, Certainty.THINK_SO) for seq in range(3, 8)),
    )
    return PastSitting((0, "laptop"), tuple(replace(answer, mode=mode) for answer in answers))


def test_a_row_says_when_how_long_what_it_came_to_and_which_decks() -> None:
    assert pastpage.row(a_sitting(), TITLES, TODAY, 76).plain == (
        "Mon 2 Mar 12:00    9 min        6 of 7       86%  ! 1  A deck with quite a…"
    )
    assert pastpage.row(a_sitting(Mode.PRACTICE), {}, TODAY, 76).plain.endswith("! 1  practice: demo")
    last_year = replace(a_sitting(), key=(1, "x"))
    assert pastpage.row(last_year, {}, TODAY + timedelta(days=400), 76).plain.startswith("2 Mar 2026 12:00   9 min")


@pytest.mark.parametrize("width", [20, 37, 49, 56, 66, 116])
def test_no_row_is_wider_than_the_page(width: int) -> None:
    question = replace(single("q1"), stem="A long stem that goes on and on. " * 8)
    told = [pastpage.heads(width), pastpage.head(a_sitting(), TITLES, TODAY, width)]
    told += [pastpage.row(a_sitting(), TITLES, TODAY, width)] if width >= 42 else []
    told += [pastpage.answer_row(a_sitting().answers[place], card(question), width) for place in (0, 1)]
    told.append(pastpage.answer_row(a_sitting().answers[0], None, width))
    for content in told:
        assert [row for row in content.plain.split("\n") if cells(row) > width] == []
    assert pastpage.answer_row(a_sitting().answers[0], card(question), width).plain.count("\n") == 0


def in_front(app: SciaquizApp) -> type[Screen[Any]]:
    return type(app.screen)


async def test_a_past_sitting_is_opened_and_what_went_wrong_is_asked_once_more(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two sittings, read a page of one at a time; the newest opened, a card of it looked at, the wrong one practised."""
    monkeypatch.setattr(past, "AT_ONCE", 1)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "v")
        assert "No answers yet." in text_of(app)
        await press(pilot, "escape", "enter", "B", "q", "enter")
        app.workspace.clock = FixedClock(NOW + timedelta(hours=2))
        await press(pilot, "enter", "A", "enter", "B", "q", "enter", "v")
        assert in_front(app) is PastScreen
        rows = [row for row in text_of(app).splitlines() if "Demo deck" in row]
        assert [row.split()[3] for row in rows] == ["11:00", "09:00"]
        await press(pilot, "enter")
        assert in_front(app) is PastSittingScreen
        assert "1 of 2 right" in text_of(app)
        assert text_of(app).count("✗") == 1
        await press(pilot, "o")
        assert "Every answer" in text_of(app)
        await press(pilot, "o", "enter")
        assert in_front(app) is CardScreen
        await press(pilot, "escape", "s")
        assert in_front(app) is StudyScreen
        await press(pilot, "A", "enter")
        assert app.workspace.journal.sittings()[0][0].answers[-1].mode is Mode.PRACTICE
