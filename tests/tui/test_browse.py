"""Browse and the page of a card: what is known of a card, and what can be done to it."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

import pytest
from textual.css.query import NoMatches

from drawn import text_of
from making import written
from sciaquiz.catalogue.matching import Matching
from sciaquiz.ids import CardId
from sciaquiz.tui.errors import tells_errors
from sciaquiz.tui.screens.browse import BrowseScreen
from sciaquiz.tui.screens.listed import PAGE
from sciaquiz.tui.widgets.queryline import QueryInput

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.screen import Screen

    from sciaquiz.journal.entries import Marks
    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]

FIRST = CardId("q1")


def marks(app: SciaquizApp, card: str = FIRST) -> Marks:
    return app.workspace.journal.states()[CardId(card)].marks


def typed(text: str) -> list[str]:
    """The keys that type a text."""
    return [
        {":": "colon", " ": "space", ",": "comma", "-": "minus", "<": "less_than_sign"}.get(key, key) for key in text
    ]


def rows_of(app: SciaquizApp) -> list[str]:
    """The rows of the list that are drawn, without what leads to them."""
    return [row.strip() for row in text_of(app).splitlines()[5:-9]]


async def test_nothing_is_counted_before_the_cards_are_read(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    heads: list[str] = []
    whole = Matching.nums

    def slow(*asked: Any) -> list[int]:
        asyncio.run_coroutine_threadsafe(look(), loop).result()
        return whole(*asked)

    async def look() -> None:
        await asyncio.sleep(0.05)
        heads.append(text_of(app))

    app = make_app()
    monkeypatch.setattr(Matching, "nums", slow)
    async with app.run_test(size=(80, 24)) as pilot:
        loop = asyncio.get_running_loop()
        await press(pilot, "b")
        assert "Browse" in heads[0]
        assert "0 questions" not in heads[0]
        assert "4 questions, due first" in text_of(app)


async def test_a_query_narrows_the_list_and_says_what_in_it_means_nothing(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "b")
        assert [row[:1] for row in rows_of(app)[:4]] == ["·"] * 4
        assert "q1" not in text_of(app)
        assert "✓" not in text_of(app)
        await press(pilot, "slash", *typed("is:"))
        assert "is: wrong  guessed  unseen  due" in text_of(app)
        assert "4 questions" in text_of(app)
        await press(pilot, *typed("un"), "tab")
        assert app.screen.query_one(QueryInput).value == "is:unseen "
        await press(pilot, *typed("ventral"))
        assert "1 of 4 questions, due first" in text_of(app)
        assert "Name the roots" in rows_of(app)[0]
        await press(pilot, *typed(" is:wrnog"), "enter")
        assert "There is no state “wrnog”. Did you mean wrong?" in text_of(app)
        assert "Name the roots" in rows_of(app)[0]
        await press(pilot, "slash", *["backspace"] * 8, *typed("is:flagged"), "down")
        assert "Nothing matches. Without is:flagged there is 1." in text_of(app)
        await press(pilot, "slash", "ctrl+u", *typed("is:due"), "enter")
        assert "Nothing matches. Without is:due there are 4." in text_of(app)


async def test_a_query_that_is_handed_over_is_found_and_can_be_changed(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "slash", *typed("is:un"), "tab")
        assert "/ is:unseen" in text_of(app)
        await press(pilot, "enter", "h")
        app.push_screen(BrowseScreen(await app.decks(), "ventral is:unseen"))
        await press(pilot)
        assert "/ ventral is:unseen" in text_of(app)
        assert "1 of 4 questions, due first" in text_of(app)
        await press(pilot, "slash", "ctrl+u", "enter")
        assert "4 questions, due first" in text_of(app)


async def test_the_answer_is_kept_until_it_is_asked_for(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "b")
        assert "a  Tibial nerve" in text_of(app)
        assert "It supplies" not in text_of(app)
        await press(pilot, "o")
        assert "a✓ Tibial nerve" in text_of(app)
        assert "It supplies tibialis posterior [/]." in text_of(app)
        await press(pilot, "j", "k")
        assert "✓" not in text_of(app)


async def test_acts_on_several_cards_are_done_and_undone_together(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await press(pilot, "b", "j", "space", "j", "V")
        assert "3 marked" in text_of(app)
        await press(pilot, "asterisk")
        assert "Flagged: 3 questions." in text_of(app)
        assert [row[:2] for row in rows_of(app)[:4]] == ["· ", "·*", "·*", "·*"]
        await press(pilot, "u")
        assert "Undone, for 3 questions." in text_of(app)
        assert [row[:2] for row in rows_of(app)[:4]] == ["· "] * 4
        await press(pilot, "n", *"beware", "enter", "x")
        assert "Suspended: 3 questions." in text_of(app)
        assert (marks(app, "q2").note, marks(app, "q2").suspended) == ("beware", True)
        await press(pilot, "escape", "g", "n", *"one", "enter", "g", "V", "G", "V", "n", *"all", "enter")
        assert (marks(app, "q1").note, marks(app, "q2").note) == ("one all", "beware all")
        await press(pilot, "escape", "g", "asterisk", "u")
        assert "Undone: the card is no longer flagged. “Inversion of the foot is weak." in text_of(app)
        await press(pilot, "V", "G", "V", "x", "x")
        assert not any(marks(app, card).suspended for card in ("q1", "q2", "q3", "roots"))
        await press(pilot, "asterisk", "enter", "x", "escape", "u")
        assert "Undone: the card is no longer suspended." in text_of(app)
        assert [marks(app, card).flagged for card in ("q1", "q2", "q3", "roots")] == [True] * 4


@pytest.mark.parametrize("on_the_card", [False, True])
async def test_a_card_is_put_off_and_lifted_again_and_every_act_is_told(
    make_app: MakeApp, press: Press, *, on_the_card: bool
) -> None:
    app = make_app()
    async with app.run_test(size=(100, 60), notifications=True) as pilot:
        await press(pilot, "b", *(["enter"] if on_the_card else []), "z")
        screen = text_of(app)
        assert "Put off until tomorrow." in screen
        assert ("put off until 23 Nov" if on_the_card else "1 day") in screen
        await press(pilot, "z")
        assert "No longer put off." in text_of(app)
        assert marks(app).buried_until is None
        await press(pilot, "u")
        assert "Undone: the card is put off again." in text_of(app)
        assert marks(app).buried_until is not None
        await press(pilot, "u")
        assert marks(app).buried_until is None
        await press(pilot, "x")
        assert marks(app).suspended
        assert "Suspended" in text_of(app)
        await press(pilot, "x", "asterisk", "n", *"beware", "enter")
        assert (marks(app).suspended, marks(app).flagged, marks(app).note) == (False, True, "beware")
        assert "Note kept." in text_of(app)


async def test_a_card_that_is_put_off_is_not_due_here_either(make_app: MakeApp, press: Press) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "A", "q", "enter", "b", "slash", *typed("is:due"), "enter")
        assert "1 of 4 questions" in text_of(app)
        await press(pilot, "z", "slash", "space", "enter")
        assert "1 of 4 questions" in text_of(app)  # what was found stays until something else is looked for
        await press(pilot, "slash", *typed("order:deck"), "enter")
        assert "Nothing matches." in text_of(app)


async def test_every_row_is_reached_however_many_there_are(deck: Path, make_app: MakeApp, press: Press) -> None:
    deck.write_text(written(*(f"n{number:03}" for number in range(3 * PAGE))), encoding="utf-8")
    app = make_app()
    async with app.run_test(size=(160, 50)) as pilot:
        await press(pilot, "b")
        assert "360 questions, due first" in text_of(app)
        await press(pilot, "G")
        assert "n359: inversion is weak" in text_of(app)
        assert "n320: inversion is weak" in text_of(app)
        await press(pilot, "pageup", "pageup", "pageup")
        assert "n250: inversion is weak" in text_of(app)
        await press(pilot, "slash", *typed("n07"), "enter")
        assert "10 of 360 questions" in text_of(app)
        assert "· one best answer" in text_of(app)
        await press(pilot, "tab", "j", "space")
        assert "/ n07 deck:demo" in text_of(app)
        assert "✓ Demo" in text_of(app)
        await press(pilot, "space", "tab", "s")
        assert "10 questions. Answers count as reviews." in text_of(app)


async def test_a_page_that_is_left_while_its_rows_are_read_ends_nothing(
    make_app: MakeApp, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was asked for comes back to a page whose list has gone."""
    app, read, go_on = make_app(), Matching.rows, threading.Event()

    def late(matching: Matching, *given: Any) -> Any:
        go_on.wait(10)
        return read(matching, *given)

    async with app.run_test(size=(100, 30)) as pilot:
        await press(pilot, "b")
        browse = app.screen
        assert isinstance(browse, BrowseScreen)
        monkeypatch.setattr(Matching, "rows", late)
        browse._listed.rows = {}
        left = asyncio.create_task(browse._fill())  # as a worker that is not in time to be cancelled
        searched = asyncio.create_task(browse._find())
        await asyncio.sleep(0)
        await press(pilot, "h")
        go_on.set()
        await asyncio.gather(left, searched)
        telling = tells_errors(BrowseScreen._fill)
        monkeypatch.setattr(BrowseScreen, "is_there", True)
        await telling(browse)
        assert app.is_running
        with pytest.raises(NoMatches):
            await tells_errors(look_for_nothing)(app.screen)


async def look_for_nothing(screen: Screen[Any]) -> None:
    screen.query_one("#nothing")
