"""What lies below the page is always told, and both the area that is right and the one that was picked are drawn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from asking import DECK, SHOWCASE, ask, review_count
from drawn import text_of
from sciaquiz.deck.kinds import Hotspot
from sciaquiz.figure.drawing import State
from sciaquiz.ids import CardId
from sciaquiz.marking.response import Pointed
from sciaquiz.tui.forms.form import Surface
from sciaquiz.tui.forms.pointing import PointingForm
from sciaquiz.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

MORE = re.compile(r"\d+ more lines?  space")
CARDS = {str(card.id): card for card in DECK.cards()}
ANSWERS = {
    "a-single": ["A"],
    "b-multiple": ["a", "3"],
    "d-recall": ["enter", "3"],
    "e-typed": ["x", "enter", "3"],
    "k-hotspot": ["c", "3"],
}


@pytest.fixture
def deck() -> Path:
    return SHOWCASE


async def test_what_lies_below_the_feedback_is_told_and_read_with_the_key_that_is_named(
    make_app: MakeApp, press: Press
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for card_id, keys in ANSWERS.items():
            card = CARDS[card_id]
            long = replace(card.question, explanation="A line of the reasons.\n\n" * 20 + "The last word.")
            await ask(app, pilot, replace(card, question=long))
            await press(pilot, *keys)
            assert review_count(app, CardId(card_id)) == 1
            for size in ((60, 20), (40, 15), (80, 24)):
                await pilot.resize_terminal(*size)
                await press(pilot)
                assert "saved" in text_of(app), card_id
                assert MORE.search(text_of(app)), card_id
            await press(pilot, "pagedown", "space", *["pagedown"] * 4)
            assert "The last word." in text_of(app)
            assert not MORE.search(text_of(app))
            assert app.screen.query_one("#sheet", Sheet).below == 0
            app.pop_screen()


@pytest.mark.parametrize("size", [(76, 20), (56, 20), (84, 36)])
def test_the_area_picked_and_the_right_one_are_both_drawn(size: tuple[int, int]) -> None:
    question = CARDS["k-hotspot"].question
    assert isinstance(question, Hotspot)
    [figure] = [figure for figure in DECK.figures if figure.id == question.figure]
    form = PointingForm(question, figure)
    form.surface = Surface(*size)
    right = next(place for place, zone in enumerate(figure.zones()) if zone.key in question.regions)
    for chosen, zone in enumerate(figure.zones()):
        in_place, below = form._reveal(Pointed(zone.key, chosen))
        pictures = [block for block in (*in_place, *below) if block.cell_targets]
        drawn = {place for block in pictures for row in block.cell_targets for place in row[:38]}
        assert {right, chosen} <= drawn


def test_nothing_is_drawn_twice_where_all_areas_have_room() -> None:
    question = CARDS["k-hotspot"].question
    assert isinstance(question, Hotspot)
    form = PointingForm(question, next(figure for figure in DECK.figures if figure.id == question.figure))
    form.surface = Surface(84, 36)
    keys = [zone.key for zone in form._zones]
    assert form._out_of_sight(dict.fromkeys(range(len(keys)), State.WRONG), keys) == []
