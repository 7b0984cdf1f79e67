"""A deck in front of its author, on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from drawn import settled, text_of
from sciaquiz.previewing import Following
from sciaquiz.tui.screens.deckpreview import DeckPreviewScreen
from sciaquiz.tui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable
    from pathlib import Path

    from textual.pilot import Pilot

    from sciaquiz.tui.app import SciaquizApp

    Press = Callable[..., Awaitable[None]]
    MakeApp = Callable[..., SciaquizApp]


async def looked(pilot: Pilot[None]) -> str:
    """Let the screen look at the files now, and return what it shows then."""
    app = pilot.app
    assert isinstance(app.screen, DeckPreviewScreen)
    await settled(pilot)
    app.screen.look()
    await settled(pilot)
    return text_of(app)


async def test_a_save_shows_the_question_again_with_its_answer_or_its_errors(
    make_app: MakeApp, press: Press, deck: Path, home: Path
) -> None:
    good = deck.read_text(encoding="utf-8")
    app = make_app(preview=Following((deck,), "q3"))
    async with app.run_test(size=(120, 40)) as pilot:
        told = await looked(pilot)
        assert "q3 · demo.toml, line " in told
        assert "3 of 4" in told
        await press(pilot, "B")
        assert "Wrong" in text_of(app)
        assert "Rated Again" in text_of(app)
        deck.write_text("# moved\n" + good.replace("It everts the foot.", "It EVERTS the foot."), encoding="utf-8")
        told = await looked(pilot)
        assert "It EVERTS the foot." in told  # the answer stands, and what is said of it follows
        assert "Read again. 4 cards" in told
        deck.write_text(good[: good.index("The ankle jerk is absent.")], encoding="utf-8")
        told = await looked(pilot)
        assert "This is how it read before the errors." in told
        assert "demo.toml:" in told
        assert "The ankle jerk is absent." in told
        assert app.screen.query_one("#sheet", Sheet).has_class("-stale")
        deck.unlink()
        assert "this file is gone" in await looked(pilot)
        deck.write_text(good.replace('id = "q3"', 'id = "q9"'), encoding="utf-8")
        told = await looked(pilot)
        assert "“q3” is gone." in told
        assert "q9 · demo.toml" in told
        assert not app.screen.query_one("#sheet", Sheet).has_class("-stale")
        await press(pilot, "n", "enter", "3")
        assert "Rated Good" in text_of(app)
        await press(pilot, "q")
    assert app.return_code in (0, None)
    assert not (home / "journal.db").exists()


async def test_any_question_is_gone_to_and_looked_at_as_on_a_small_terminal_and_as_text(
    make_app: MakeApp, press: Press, deck: Path
) -> None:
    deck.write_text(deck.read_text(encoding="utf-8").replace("Femoral nerve", "None of the above", 1), encoding="utf-8")
    app = make_app(preview=Following((deck,)))
    async with app.run_test(size=(100, 30)) as pilot:
        told = await looked(pilot)
        assert "demo.toml:" in told
        assert "“none of the above”" in told
        await press(pilot, "slash", "r", "o", "enter")
        assert "roots · demo.toml, line " in text_of(app)
        await press(pilot, "z")
        frame = app.screen.query_one("#frame")
        assert (frame.content_size.width, frame.content_size.height) == (80, 24)
        await pilot.resize_terminal(80, 24)
        await settled(pilot)
        assert (frame.size.width, frame.size.height) == (80, 24)
        app.told = ()
        await settled(pilot)
        assert ": w ─" in text_of(app)
        await press(pilot, "n", "z")
        assert "  a. Tibial nerve" in text_of(app)
        await press(pilot, "a", "enter")
        assert "Right." in text_of(app)
        await press(pilot, "w")
        assert "“none of the above”" in text_of(app)
        await press(pilot, "escape", "left", "left", "escape")
        assert "q3 · demo.toml" in text_of(app)
        await press(pilot, "escape")
    assert app.return_code in (0, None)
