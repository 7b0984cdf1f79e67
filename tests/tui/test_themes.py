"""Every theme draws Home and a question and can be read; where a terminal cannot show one, another stands in."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from textual.color import Color

from drawn import text_of
from sciaquiz.tui import text
from sciaquiz.tui.themes import ALL, DARK, LIGHT, TERMINAL, fitting

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from textual.theme import Theme

    from sciaquiz.tui.app import SciaquizApp


async def test_every_theme_draws_home_and_a_question_and_a_message(
    make_app: Callable[..., SciaquizApp], press: Callable[..., Awaitable[None]]
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await press(pilot, "enter")
        for theme in ALL:
            app.theme = theme.name
            await press(pilot, "question_mark")
            assert "Keys" in text_of(app)
            await press(pilot, "escape", "A")
            assert "✓ Right" in text_of(app)
            await press(pilot, "enter")


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


OURS = (DARK, LIGHT)
TEXT = ("foreground", "text-muted", "accent", "text-success", "text-error", "text-warning")
"""What words are written in, on a page, a pane and the row under the cursor."""
MARKS = ("accent-dim", "ghost", "amber-dim", "faint")
"""What bars and points are drawn in, on the same."""
GROUNDS = ("background", "surface", "panel")
PAIRS = [
    *((ink, ground, 4.5) for ink in TEXT for ground in GROUNDS),
    *((ink, ground, 3.0) for ink in MARKS for ground in GROUNDS),
    *(("faint", ground, 4.5) for ground in ("background", "surface")),
    *((f"heat-{level}", ground, 3.0) for level in range(1, 5) for ground in ("background", "surface")),
    ("on-accent", "accent", 4.5),
    ("block-cursor-foreground", "block-cursor-background", 4.5),
    ("block-cursor-blurred-foreground", "block-cursor-blurred-background", 4.5),
    *((ink, "block-cursor-background", 4.5) for ink in TEXT),
    ("input-cursor-foreground", "input-cursor-background", 4.5),
    ("input-selection-foreground", "input-selection-background", 4.5),
    ("screen-selection-foreground", "screen-selection-background", 4.5),
    ("link-color", "background", 4.5),
    ("link-color-hover", "link-background-hover", 4.5),
    *((bar, track, 3.0) for bar in ("scrollbar", "scrollbar-hover", "scrollbar-active") for track in GROUNDS[:2]),
]
"""Every ink with the grounds that it is seen on, and the contrast that it needs."""


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
def test_every_colour_in_use_can_be_told_from_every_ground_that_it_is_seen_on(theme: Theme) -> None:
    colours = theme.to_color_system().generate() | theme.variables
    measured = {
        (ink, ground): contrast(Color.parse(colours[ink]), Color.parse(colours[ground])) for ink, ground, _ in PAIRS
    }
    low = {pair: round(measured[pair[:2]], 2) for pair in PAIRS if measured[pair[:2]] < pair[2]}
    assert low == {}


def test_the_names_for_colours_in_text_are_all_measured_and_every_theme_has_them() -> None:
    named = {value for name, value in vars(text).items() if name.isupper() and isinstance(value, str)} | set(text.HEAT)
    plain = {name.removeprefix("$") for name in named}
    measured = {ink for ink, _, _ in PAIRS}
    assert plain - measured == {"line", "heat-0", "chip", "chip-key"}  # what is empty, and grounds
    for theme in ALL:
        assert plain <= set(theme.to_color_system().generate() | theme.variables), theme.name


def test_no_screen_uses_a_colour_that_is_not_measured() -> None:
    """Neither one of its own, nor one of the many that Textual makes of a theme."""
    root = Path(text.__file__).parent
    measured = {name for pair in PAIRS for name in pair[:2]} | {"line", "heat-0", "chip", "chip-key"}
    styles = {"block-cursor-text-style", "block-cursor-blurred-text-style"}
    for path in (*root.rglob("*.py"), *root.rglob("*.tcss")):
        if path.name != "themes.py":
            source = path.read_text(encoding="utf-8")
            named = set(re.findall(r"\$([a-z][a-z0-9-]*)", source))
            assert named <= measured | styles, path
            assert not re.search(r"#[0-9a-fA-F]{6}", source), path


@pytest.mark.parametrize("theme", OURS, ids=lambda theme: theme.name)
def test_a_chip_is_written_in_colours_that_are_measured(theme: Theme) -> None:
    assert theme.variables["chip"] == f"on {theme.panel}"
    assert theme.variables["chip-key"] == f"{theme.variables['on-accent']} on {theme.accent}"


def test_the_dark_grounds_stay_grey_where_there_are_256_colours() -> None:
    """With more colour than this they become black and navy there."""
    colours = DARK.to_color_system().generate()
    assert all(Color.parse(colours[ground]).hsl.s < 0.15 for ground in GROUNDS)


def test_what_one_theme_sets_the_others_set_too() -> None:
    assert set(DARK.variables) == set(LIGHT.variables)
    assert set(TERMINAL.variables) ^ set(DARK.variables) == {
        "ansi-background",
        "input-cursor-background",
        "input-cursor-foreground",
    }


def test_the_terminals_own_colours_are_used_only_where_any_terminal_shows_them() -> None:
    """Its greys and bright colours may be those of its ground; what is chosen is reversed instead."""
    inks = {part for value in TERMINAL.variables.values() for part in value.split()}
    safe = {f"ansi_{name}" for name in ("default", "cyan", "green", "red", "yellow")}
    assert inks <= safe | {"reverse", "ansi_black"}
    for name, value in TERMINAL.variables.items():
        if "ansi_black" in value:  # on a ground of ours alone
            assert TERMINAL.variables[name.replace("foreground", "background")] == "ansi_cyan"


def contrast(one: Color, other: Color) -> float:
    """The contrast ratio of two colours as the accessibility guidelines define it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: Color) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(part) for part in colour.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
