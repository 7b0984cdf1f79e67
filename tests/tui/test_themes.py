"""Every theme draws Home and a question; where a terminal cannot show one, another stands in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from drawn import text_of
from sciaquiz.tui.themes import ALL, DARK, LIGHT, TERMINAL, fitting

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from sciaquiz.tui.app import SciaquizApp


@pytest.mark.parametrize("theme", [theme.name for theme in ALL])
async def test_every_theme_draws_home_and_a_question_and_a_message(
    make_app: Callable[..., SciaquizApp], press: Callable[..., Awaitable[None]], theme: str
) -> None:
    app = make_app()
    app.theme = theme
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter", "question_mark")
        assert "Keys" in text_of(app)
        await press(pilot, "escape", "A")
        assert "✓ Right" in text_of(app)


@pytest.mark.parametrize(
    ("wanted", "color_system", "no_color", "shown"),
    [
        (LIGHT.name, "truecolor", False, LIGHT.name),
        (LIGHT.name, "256", False, LIGHT.name),
        (LIGHT.name, "standard", False, TERMINAL.name),
        (TERMINAL.name, "truecolor", False, TERMINAL.name),
        (TERMINAL.name, None, True, DARK.name),
        (LIGHT.name, "standard", True, LIGHT.name),
    ],
)
def test_a_theme_that_cannot_be_read_here_is_replaced(
    wanted: str, color_system: str | None, no_color: bool, shown: str
) -> None:
    assert fitting(wanted, color_system, no_color=no_color) == shown
