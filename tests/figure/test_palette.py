from __future__ import annotations

import pytest

from figures import BACK, FRONT, PANELS, contrast, drawing
from sciaquiz.figure.drawing import Drawing, Ink, State
from sciaquiz.figure.palette import (
    BLACK,
    BRIGHT_WHITE,
    DARK,
    LIGHT,
    NAMED,
    SIXTEEN,
    SIXTEEN_DARK,
    SIXTEEN_LIGHT,
    Palette,
    text_on,
    towards,
)


def colours(drawn: Drawing) -> set[str]:
    return {colour for row in drawn.rows for run in row for colour in (run.foreground, run.background)} - {""}


def test_a_mixture_lies_between() -> None:
    assert towards("#000000", "#ffffff", 0.35) == "#595959"
    assert towards("#ff0000", "#0000ff", 0) == "#ff0000"
    assert towards("#ff0000", "#0000ff", 1) == "#0000ff"


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_letters_are_read_on_every_fill(palette: Palette) -> None:
    fills = (*palette.tones, palette.focus, palette.chosen, palette.right, palette.wrong, palette.body)
    for fill in (*fills, *(colour for colour, _ in NAMED.values())):
        assert contrast(fill, text_on(fill)) >= 4.5, fill


@pytest.mark.parametrize(("palette", "ground"), [(DARK, "#15191e"), (LIGHT, "#fbfaf7")])
def test_nerves_are_seen_on_the_muscle_and_beside_it(palette: Palette, ground: str) -> None:
    for nerve in (palette.tibial, palette.fibular):
        assert contrast(nerve, palette.muscle) >= 3
        assert contrast(nerve, ground) >= 3


@pytest.mark.parametrize("palette", [SIXTEEN_DARK, SIXTEEN_LIGHT])
def test_white_or_black_is_chosen_from_the_sixteen(palette: Palette) -> None:
    assert {text_on(colour) for colour in (*palette.tones, palette.focus)} == {BLACK, BRIGHT_WHITE}


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("revealed", [True, False])
def test_a_terminal_of_sixteen_colours_gets_no_others(dark: bool, revealed: bool) -> None:
    for figure in (FRONT, BACK, PANELS):
        for look in ({}, {0: State.FOCUS, 1: State.CHOSEN}, {2: State.RIGHT, 3: State.WRONG}):
            drawn = drawing(figure, 60, 18, look, ink=Ink.SIXTEEN, dark=dark, revealed=revealed)
            assert colours(drawn) <= SIXTEEN
            assert not any(run.bold and run.foreground == BLACK for row in drawn.rows for run in row)


def test_without_colour_there_is_none() -> None:
    for figure in (BACK, PANELS):
        assert colours(drawing(figure, 60, 18, {0: State.CHOSEN, 1: State.RIGHT}, ink=Ink.NONE)) == set()


@pytest.mark.parametrize("dark", [True, False])
def test_what_was_not_judged_fades_into_the_ground(dark: bool) -> None:
    palette = DARK if dark else LIGHT
    drawn = drawing(BACK, 60, 18, {2: State.RIGHT}, dark=dark, revealed=True)
    faded = {towards(tone, palette.ground, 0.35) for tone in palette.tones}
    assert colours(drawn) - {BLACK, BRIGHT_WHITE, palette.right} <= faded
    assert palette.right in colours(drawn)
