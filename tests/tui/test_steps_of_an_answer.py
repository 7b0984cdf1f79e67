"""One key has one meaning while an answer is made: Space picks, Enter goes on, u goes one step back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from asking import DECK, SHOWCASE, ask, review_count, review_of, typed
from drawn import settled, text_of
from sciaquiz.ids import CardId
from sciaquiz.text import LETTERS
from sciaquiz.tui.widgets.line import Line

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

CARDS = {str(card.id): card for card in DECK.cards()}


@pytest.fixture
def deck() -> Path:
    return SHOWCASE


async def click_on(pilot: Pilot[None], words: str) -> None:
    """Click on words of the status line."""
    line = pilot.app.screen.query_one("#status", Line)
    rows = text_of(pilot.app).split("\n")[line.region.y : line.region.bottom]
    row = next(row for row in rows if words in row)
    offset = (row.index(words) - line.region.x, rows.index(row))
    await pilot.click("#status", offset=offset)
    await settled(pilot)


async def leave(app: SciaquizApp, pilot: Pilot[None]) -> None:
    """Leave a sitting as if it had never been."""
    app.told = ()
    app.pop_screen()
    await settled(pilot)


async def test_space_ticks_and_commits_nothing(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        shown = await ask(app, pilot, CARDS["b-multiple"])
        await press(pilot, "j", "space", "j", "space", "space", "space")
        assert review_count(app, CardId("b-multiple")) == 0
        assert text_of(app).count("■") + text_of(app).count("›") == 2
        await press(pilot, "enter")
        assert review_of(app, CardId("b-multiple")).response["chosen_all"] == list(shown.order[:2])


PICKED = {
    "a-single": ["j", "space"],
    "c-true-false": ["space", "j", "space", "j", "space"],
    "i-ordering": ["j"],
    "j-matching": [],
    "k-hotspot": ["tab", "space"],
    "l-hotspot-name": ["j", "space"],
}


async def test_space_never_commits_whatever_the_kind_and_enter_does(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for card_id, picked in PICKED.items():
            shown = await ask(app, pilot, CARDS[card_id])
            keys = [*picked]
            if card_id == "j-matching":
                keys = list(LETTERS[: len(shown.order)])
            if card_id == "i-ordering":
                keys += ["space"] * (len(shown.order) - 1)
            await press(pilot, *keys)
            assert "How sure?" in text_of(app), card_id
            await press(pilot, "space", "space")
            assert review_count(app, CardId(card_id)) == 0
            await leave(app, pilot)


MEANING_NOTHING = [
    ("a-single", ["enter"], "Nothing is chosen yet."),
    ("a-single", ["1"], "Nothing is chosen yet."),
    ("a-single", ["v"], "v means nothing here."),
    ("a-single", ["space"], "Nothing is under the cursor: ↑↓ move it."),
    ("a-single", ["f2"], "This question has no hint."),
    ("a-single", ["backspace"], "There is nothing to take back."),
    ("b-multiple", ["j", "enter"], "Nothing is ticked yet."),
    ("c-true-false", ["t", "enter"], "2 left"),
    ("d-recall", ["3"], "The answer is not shown yet."),
    ("e-typed", ["escape", "1"], "Nothing is typed yet."),
    ("i-ordering", ["a", "enter"], "3 left"),
    ("j-matching", ["a", "enter"], "2 left"),
    ("j-matching", ["space"], "A letter gives its option to the line with ›."),
    ("k-hotspot", ["enter"], "Nothing is chosen yet."),
]


async def test_a_key_that_does_nothing_says_why_until_the_next_key(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for card_id, keys, told in MEANING_NOTHING:
            await ask(app, pilot, CARDS[card_id])
            before = text_of(app)
            await press(pilot, *keys)
            assert told in text_of(app), card_id
            assert told not in before
            assert app.workspace.journal.totals().answers == 0
            await press(pilot, "j")
            assert told not in text_of(app)
            await leave(app, pilot)


STEPS = [
    ("a-single", ["a", "b", "j"], "u"),
    ("b-multiple", ["a", "b", "a", "space"], "backspace"),
    ("c-true-false", ["t", "f", "space"], "u"),
    ("i-ordering", ["a", "c", "a"], "u"),
    ("i-ordering", ["a", "shift+down", "shift+up"], "backspace"),
    ("j-matching", ["a", "b", "a"], "u"),
    ("k-hotspot", ["a", "b", "tab"], "u"),
    ("l-hotspot-name", ["a", "j"], "u"),
]


async def test_each_step_is_taken_back_before_the_answer_to_the_card_before(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        for card_id, steps, key in STEPS:
            await ask(app, pilot, CARDS["d-recall"], CARDS[card_id])
            answers = app.workspace.journal.totals().answers
            await press(pilot, "enter", "3", "enter")
            if steps[1] == "shift+down":
                await press(pilot, "j")
            looks = []
            for step in steps:
                looks.append(text_of(app))
                await press(pilot, step)
            for look in reversed(looks):
                await press(pilot, key)
                assert text_of(app) == look, (card_id, key)
            assert app.workspace.journal.totals().answers == answers + 1
            await press(pilot, key)
            assert app.workspace.journal.totals().answers == answers + (0 if key == "u" else 1)
            await leave(app, pilot)


async def test_a_text_that_waits_for_how_sure_goes_back_into_the_line(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS["d-recall"], CARDS["e-typed"])
        await press(pilot, "enter", "3", "enter", *typed("sural"), "enter", "u")
        assert "How sure?" not in text_of(app)
        assert "sural" in text_of(app)
        assert app.workspace.journal.totals().answers == 1
        await press(pilot, "escape", "u")
        assert "sural" not in text_of(app)
        assert app.workspace.journal.totals().answers == 1
        await press(pilot, "u")
        assert app.workspace.journal.totals().answers == 0


async def test_an_answer_that_was_shown_is_hidden_again_before_anything_else(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS["a-single"], CARDS["d-recall"])
        await press(pilot, "A", "enter", "enter")
        assert "How was it?" in text_of(app)
        await press(pilot, "space")
        assert "How was it? 1 to 4 say so" in text_of(app)
        await press(pilot, "u")
        assert "How was it?" not in text_of(app)
        assert app.workspace.journal.totals().answers == 1


async def test_a_click_on_how_sure_is_what_was_clicked(make_app: MakeApp, press: Press) -> None:
    app, card_id = make_app(), CardId("a-single")
    async with app.run_test(size=(80, 24)) as pilot:
        for words, certainty in (("1 guess", 1), ("2 ⏎ think", 2), ("certain", 3), ("think so", 2)):
            before = review_count(app, card_id)
            await ask(app, pilot, CARDS["a-single"])
            await press(pilot, "a")
            await click_on(pilot, "How sure?")
            assert review_count(app, card_id) == before
            await click_on(pilot, words)
            assert review_count(app, card_id) == before + 1
            assert app.workspace.journal.history(card_id)[0][-1].certainty == certainty
            await leave(app, pilot)


async def test_the_keys_in_the_line_are_clicked_and_nothing_beside_them_is(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sciaquiz.tui.screens.timing.OVERRULE_DELAY", 0.0)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS["d-recall"], CARDS["e-typed"])
        await click_on(pilot, "⏎ show")
        await click_on(pilot, "4 Easy")
        assert review_of(app, CardId("d-recall")).rating == 4
        await click_on(pilot, "saved")
        await click_on(pilot, "2 Hard")
        state = app.workspace.journal.states()[CardId("d-recall")]
        assert state.progress is not None
        assert state.progress.last_rating == 2
        await press(pilot, "enter")
        assert "your answer" in text_of(app)
        await press(pilot, *typed("sural"))
        await click_on(pilot, "⏎ answer")
        await click_on(pilot, "3 certain")
        assert review_of(app, CardId("e-typed")).certainty == 3


async def test_a_note_is_shown_once_the_card_is_answered(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ask(app, pilot, CARDS["a-single"])
        await press(pilot, "n", *typed("heel first"), "enter")
        assert "heel first" not in text_of(app)
        await press(pilot, "A")
        assert "▌  heel first" in text_of(app)
        await press(pilot, "n", *typed("toes last"), "enter")
        assert "toes last" in text_of(app)
        await press(pilot, "u")
        assert "toes last" not in text_of(app)
