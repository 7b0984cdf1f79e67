"""The pane beside a question: what it tells before and after the answer, and where it stands."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from answering import NOW, STEADY
from asking import DECK, SHOWCASE, ask
from drawn import text_of
from making import deck as deck_of
from making import single
from sciaquiz.clock import FixedClock, moment_at
from sciaquiz.deck.model import Source
from sciaquiz.ids import CardId, OptionId, SourceId
from sciaquiz.journal.entries import CardState, Certainty, Marks, Rating
from sciaquiz.marking.lexicon import Lexicon
from sciaquiz.marking.response import Choice
from sciaquiz.memory.explain import explain_card
from sciaquiz.memory.schedule import Graded, advance
from sciaquiz.settings.file import read_settings
from sciaquiz.study.pool import CardPool
from sciaquiz.study.queue import Limits
from sciaquiz.study.round import Round
from sciaquiz.study.sitting import Sitting
from sciaquiz.tui import side
from sciaquiz.tui.screens.study import StudyScreen
from sciaquiz.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from sciaquiz.tui.app import SciaquizApp
    from sciaquiz.tui.blocks import Block

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

CARDS = {str(card.id): card for card in DECK.cards()}
LATER = moment_at(NOW.instant + timedelta(days=3))
CITED = Source(id=SourceId("gray"), citation="Gray's Anatomy, which is cited in full, however long")


@pytest.fixture
def deck() -> Path:
    return SHOWCASE


def asked_again() -> Round:
    """A question that was answered three days ago, with a topic, a note and a source."""
    question = replace(single("q1"), topics=("foot-drop",), sources=(CITED.id,))
    of = replace(deck_of(question), sources=(CITED,))
    progress = advance(None, Graded(CardId("q1"), NOW, Rating.EASY), STEADY)
    states = {CardId("q1"): CardState(card_id=CardId("q1"), progress=progress, marks=Marks(note="Mine."))}
    sitting = Sitting(
        CardPool(list(of.cards()), states), policy_for=lambda _: STEADY, limits=Limits(9, 9), now=LATER, lexicon=Lexicon
    )
    round_ = Round(sitting, FixedClock(LATER.instant), {of.id: of})
    round_.shown = sitting.show(CardId("q1"), LATER)
    return round_


def words(blocks: list[Block]) -> list[str]:
    return [" ".join(block.text.plain.split()) for block in blocks]


def is_seen(pane: Sheet) -> bool:
    return pane.display


def test_before_the_answer_the_pane_tells_of_the_sitting_and_nothing_that_gives_the_answer_away() -> None:
    told = words(side.before(asked_again(), 40))
    assert told[0] == "This sitting"
    assert "your pace 20 s a question" in told
    assert "answered before once" in told
    assert not any("foot" in text or "Mine" in text or "Gray" in text or "Easy" in text for text in told)


@pytest.mark.parametrize("width", [30, 40, 62])
def test_after_the_answer_it_tells_when_the_question_comes_back_and_cites_in_full(width: int) -> None:
    round_ = asked_again()
    outcome = round_.answer(Choice(OptionId("o1"), ()), certainty=Certainty.CERTAIN)
    reasons = explain_card(CardState(card_id=CardId("q1")), [], [], LATER, STEADY)
    blocks, places = side.after(round_, outcome, reasons, width)
    told = words(blocks)
    assert told[places["w"]] == "When it comes back w"
    assert any(text.startswith("recall when asked") for text in told)
    assert any(text.startswith("stability") and "→" in text for text in told)
    assert "No answers before." in told
    assert told[places["r"] + 1] == CITED.citation
    assert all(block.wraps or block.text.cell_length <= width for block in blocks)


async def test_the_pane_stands_beside_the_question_and_goes_with_a_key(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await ask(app, pilot, CARDS["a-single"], CARDS["b-multiple"], CARDS["k-hotspot"])
        sheet, pane = (app.screen.query_one(f"#{name}", Sheet) for name in ("sheet", "side"))
        assert sheet.region.right < pane.region.x
        assert "This sitting" in text_of(app)
        await press(pilot, "B")
        assert "When it comes back" in text_of(app)
        await press(pilot, "r", "w")
        assert "Why: a-single" in text_of(app)
        await press(pilot, "escape", "p")
        assert not is_seen(pane)
        assert "When it comes back" not in text_of(app)
        await press(pilot, "p", "enter")
        assert is_seen(pane)
        assert "1 of 1 right" in text_of(app) or "0 of 1 right" in text_of(app)


async def test_in_a_narrow_terminal_it_opens_over_the_right_half_and_closes_without_ending_the_sitting(
    make_app: MakeApp, press: Press
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS["a-single"], CARDS["b-multiple"])
        pane = app.screen.query_one("#side", Sheet)
        assert not is_seen(pane)
        for key, told in (("w", "When it comes back"), ("r", "Sources"), ("p", "When it comes back")):
            await press(pilot, *(["B"] if key == "w" else []), key)
            assert told in text_of(app)
            assert "esc close" in text_of(app).splitlines()[-1]
            assert pane.region.x >= 38
            await press(pilot, "escape")
            assert not is_seen(pane)
        await press(pilot, "w", "r")
        assert is_seen(pane)  # at the sources now
        await press(pilot, "r")
        assert not is_seen(pane)
        await pilot.resize_terminal(80, 15)
        await press(pilot, "w")
        assert "more line" in text_of(app)
        await press(pilot, *["space"] * 3)
        assert not is_seen(pane)  # read to its end
        await press(pilot, "r", "enter")
        assert not is_seen(pane)
        assert isinstance(app.screen, StudyScreen)


async def test_a_figure_takes_the_width_that_the_pane_would_have(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await ask(app, pilot, CARDS["k-hotspot"])
        assert not app.screen.query_one("#side").display
        assert app.screen.query_one("#sheet", Sheet).room == 116
        await press(pilot, "p")
        assert app.screen.query_one("#sheet", Sheet).room < 76


async def test_every_reason_is_shown_from_then_on(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(120, 40)) as pilot:
        await ask(app, pilot, CARDS["a-single"], CARDS["b-multiple"])
        await press(pilot, "B")
        before = text_of(app)
        await press(pilot, "o")
        assert text_of(app) != before
    assert read_settings(app.workspace.paths.settings)[0].all_reasons


async def test_the_line_to_type_into_stands_below_its_question(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS["e-typed"])
        rows = text_of(app).splitlines()
        stem = next(row for row, line in enumerate(rows) if "Which nerve winds round" in line)
        typed = app.screen.query_one("#typed")
        assert typed.region.y == stem + 2
        await press(pilot, "x", "enter", "3")
        answered = text_of(app).splitlines()
        assert answered[stem] == rows[stem]
        assert "✗  →   x" in answered[stem + 2]
