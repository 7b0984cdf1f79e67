"""What is drawn beside the zones: materials, layers, shapes, lines and texts."""

from __future__ import annotations

from itertools import combinations, product
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from figures import BACK, FRONT, MATERIALS, PANELS, contrast, drawing, pictured, place_of, targets, text
from sciaquiz.deck.authored.figure import FigureAuthored
from sciaquiz.deck.figure import Arrow, Material, Note, Shape, Stroke
from sciaquiz.figure.drawing import Drawing, Ink, State
from sciaquiz.figure.palette import DARK, LIGHT, SIXTEEN_DARK, SIXTEEN_LIGHT, is_seen, shade, text_on
from sciaquiz.figure.seeing import unseen

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from sciaquiz.deck.figure import Figure
    from sciaquiz.figure.palette import Palette

(VIEW,) = MATERIALS.views
BARE = replace(VIEW, shapes=(), lines=(), texts=())
BAND = ((0.0, 0.3), (1.0, 0.3), (1.0, 0.7), (0.0, 0.7))


def of(**parts: Any) -> Figure:
    """The figure of the tests with other parts."""
    return replace(MATERIALS, views=(replace(BARE, **parts),))


def cells_of(drawn: Drawing, colour: str) -> int:
    """How many cells show a colour."""
    return sum(len(run.text) for row in drawn.rows for run in row if colour in (run.foreground, run.background))


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
@pytest.mark.parametrize(("width", "height"), [(30, 14), (40, 14), (76, 28)])
def test_the_drawing(width: int, height: int, dark: bool, snapshot: SnapshotAssertion) -> None:
    asked = drawing(MATERIALS, width, height, {0: State.FOCUS}, dark=dark)
    look = {0: State.RIGHT, 1: State.WRONG}
    revealed = drawing(MATERIALS, width, height, look, dark=dark, revealed=True)
    assert pictured(asked) == snapshot(name="asked")
    assert pictured(revealed) == snapshot(name="revealed")


def test_a_figure_uses_the_width_whatever_its_names() -> None:
    (view,) = FRONT.views
    named = tuple(replace(region, name=f"the dermatome of the root {region.key}") for region in view.regions)
    long = replace(FRONT, views=(replace(view, regions=named),))
    assert drawing(FRONT, 40, 30) == drawing(long, 40, 30)


def test_what_stands_on_a_revealed_zone_is_short() -> None:
    zones = MATERIALS.zones()
    assert {zone.label for zone in zones} == {"Pir", "Gem", "Tro", "Art"}
    assert all(zone.label == zone.key for zone in BACK.zones())


def test_a_higher_layer_lies_upon_a_lower_one() -> None:
    large = replace(VIEW.regions[0], polygons=(BAND,), label=(0.5, 0.6))
    small = replace(VIEW.regions[1], polygons=(((0.4, 0.4), (0.6, 0.4), (0.6, 0.6), (0.4, 0.6)),), label=(0.5, 0.5))
    for layer, is_seen_ in ((0, True), (1, False)):
        figure = of(regions=(replace(large, layer=layer), small))
        hits = [place for row in drawing(figure, 60, 21).targets for place in row]
        assert (hits.count(place_of(figure, small.key)) > 3) is is_seen_


def test_shapes_and_lines_cannot_be_chosen_but_what_lies_under_a_line_can() -> None:
    band = replace(VIEW.regions[0], polygons=(BAND,), label=(0.2, 0.5))
    line = Stroke(points=((0.5, 0.0), (0.5, 1.0)), material=Material.NERVE, width=0.1)
    shape = Shape(material=Material.BONE, polygons=(((0.0, 0.8), (1.0, 0.8), (1.0, 1.0), (0.0, 1.0)),))
    alone, drawn = (
        drawing(of(regions=(band,)), 60, 21),
        drawing(of(regions=(band,), lines=(line,), shapes=(shape,)), 60, 21),
    )
    assert drawn.targets == alone.targets
    assert drawn.rows != alone.rows
    assert targets(drawn) == {0}


@pytest.mark.parametrize("ink", list(Ink))
@pytest.mark.parametrize(("width", "height"), [(24, 14), (40, 14), (76, 28), (120, 45)])
def test_the_thinnest_line_is_seen_all_along(ink: Ink, width: int, height: int) -> None:
    for points in (((0.1, 0.13), (0.93, 0.13)), ((0.47, 0.02), (0.47, 0.98)), ((0.05, 0.07), (0.9, 0.95))):
        with_line = drawing(of(lines=(Stroke(points=points),)), width, height, ink=ink)
        without = drawing(of(), width, height, ink=ink)
        changed = sum(
            one != other
            for row, bare in zip(with_line.rows, without.rows, strict=True)
            for one, other in zip(
                ((c, r.foreground, r.background) for r in row for c in r.text),
                ((c, r.foreground, r.background) for r in bare for c in r.text),
                strict=True,
            )
        )
        rows = sum(any(run.background or run.text.strip() for run in row) for row in without.rows) - 1
        columns = max(len(line) for line in text(drawing(of(), width, height, ink=Ink.NONE)))
        least = 0.75 * (rows if points[0][0] == points[1][0] else min(rows, columns))
        assert changed >= least, points


def test_a_dashed_line_has_gaps_and_a_head_points_along() -> None:
    points = ((0.5, 0.05), (0.5, 0.95))
    whole, dashed = (
        drawing(
            of(regions=(replace(VIEW.regions[3], layer=0),), lines=(Stroke(points=points, dashed=is_dashed),)), 76, 28
        )
        for is_dashed in (False, True)
    )
    assert 0.3 < cells_of(dashed, DARK.pointer) / cells_of(whole, DARK.pointer) < 0.75
    for end, glyph in (((0.5, 0.9), "▼"), ((0.5, 0.1), "▲"), ((0.95, 0.4), "►"), ((0.05, 0.4), "◄")):
        line = Stroke(points=((0.5, 0.45), end), arrow=Arrow.END)
        assert glyph in "".join(text(drawing(of(lines=(line,)), 76, 28)))
    both = Stroke(points=points, arrow=Arrow.BOTH)
    for ink in Ink:
        assert {"▲", "▼"} <= set("".join(text(drawing(of(lines=(both,)), 76, 28, ink=ink))))


def test_a_line_goes_on_outside_of_the_outline() -> None:
    half = ((0.0, 0.0), (0.5, 0.0), (0.5, 1.0), (0.0, 1.0))
    region = replace(VIEW.regions[0], polygons=(half,), label=(0.25, 0.8))
    line = Stroke(points=((0.2, 0.2), (0.95, 0.2)))
    drawn = drawing(of(outline=half, regions=(region,), lines=(line,)), 76, 28)
    row = next(row for row in drawn.rows if any(run.foreground == DARK.pointer and not run.background for run in row))
    assert row


@pytest.mark.parametrize("ink", list(Ink))
def test_texts_always_stand_there_and_no_letter_on_them(ink: Ink) -> None:
    for width, height in ((30, 14), (40, 14), (76, 28)):
        for revealed in (False, True):
            drawn = text(drawing(MATERIALS, width, height, {0: State.FOCUS}, ink=ink, revealed=revealed))
            assert "nerve" in "\n".join(drawn)
            assert "S2" in "\n".join(drawn)


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_each_material_has_a_tone_of_its_own_on_which_letters_are_read(palette: Palette) -> None:
    assert set(palette.materials) == set(Material)
    dark = palette is DARK
    shades = {
        material: [shade(colour, tone, dark=dark) for tone in range(4)]
        for material, colour in palette.materials.items()
    }
    for one, other in combinations(shades, 2):
        assert not set(shades[one]) & set(shades[other])
    for colours in shades.values():
        assert len(set(colours)) == 4
        assert not {palette.focus, palette.chosen, palette.right, palette.wrong} & set(colours)
        assert all(contrast(colour, text_on(colour)) >= 4.5 for colour in colours)


@pytest.mark.parametrize("palette", [SIXTEEN_DARK, SIXTEEN_LIGHT])
def test_of_sixteen_colours_no_material_has_that_of_a_tone_or_a_state(palette: Palette) -> None:
    others = {*palette.tones, palette.focus, palette.chosen, palette.right, palette.wrong, palette.body}
    colours = [colour for material, colour in palette.materials.items() if material is not Material.BONE]
    assert len(set(palette.materials.values())) == len(Material)
    assert not others & set(colours)


@pytest.mark.parametrize("palette", [DARK, LIGHT])
def test_a_nerve_is_seen_on_a_zone_whatever_its_state(palette: Palette) -> None:
    band = replace(VIEW.regions[0], polygons=(BAND,), label=(0.2, 0.5))
    line = Stroke(points=((0.6, 0.0), (0.6, 1.0)), material=Material.NERVE, layer=1)
    figure = of(regions=(band,), lines=(line,))
    for state, revealed in product(State, (False, True)):
        drawn = drawing(figure, 40, 14, {0: state}, dark=palette is DARK, revealed=revealed)
        upon = [run for row in drawn.rows[5:10] for run in row if run.text in "▌▐▍▋▊▎▏▉" and run.background]
        assert upon, state
        assert all(is_seen(run.foreground, run.background) for run in upon), state


def test_a_thin_nerve_does_not_step_back_when_another_zone_is_revealed() -> None:
    nerve = replace(VIEW.regions[3], material=Material.NERVE)
    figure = of(regions=(*VIEW.regions[:3], nerve))
    place = place_of(figure, "piriformis")
    drawn = drawing(figure, 40, 14, {place: State.RIGHT}, revealed=True)
    assert cells_of(drawn, DARK.materials[Material.NERVE])
    assert not cells_of(drawn, DARK.materials[Material.BONE])


def test_what_nobody_would_see_is_told() -> None:
    same = replace(MATERIALS, views=(replace(VIEW),))  # as another deck may have it: equal, and already laid out
    assert [fault for figure in (FRONT, BACK, PANELS, MATERIALS, same) for fault in unseen(figure)] == []
    under = Shape(material=Material.BONE, polygons=(((0.4, 0.4), (0.5, 0.4), (0.5, 0.45), (0.4, 0.45)),))
    band = replace(VIEW.regions[0], polygons=(BAND,), label=(0.5, 0.5), layer=1)
    line = Stroke(points=((0.3, 0.5), (0.6, 0.5)))
    texts = (Note(text="L4", at=(0.5, 0.1)), Note(text="L5", at=(0.52, 0.1)))
    found = list(unseen(of(regions=(band,), shapes=(under,), lines=(line,), texts=texts)))
    assert [where for where, _ in found] == [
        ("views", 0, "shapes", 0), ("views", 0, "lines", 0), ("views", 0, "texts", 1),
    ]  # fmt: skip
    assert found[0][1] == "nothing of this shape is seen in a terminal of 60×20"
    narrow = of(aspect=0.1)
    assert list(unseen(narrow)) == [
        (("views", 0), "has no room with a letter and a short name for each region in a terminal of 60×20")
    ]


@pytest.mark.parametrize(
    ("parts", "where"),
    [
        ({"shapes": [{"material": "bone"}]}, ("views", 0, "shapes", 0)),
        ({"lines": [{"points": [[0.1, 0.1], [0.1, 0.1]]}]}, ("views", 0, "lines", 0, "points")),
        ({"lines": [{"points": [[0.1, 0.1], [0.1, 0.2]]}] * 40,
          "shapes": [{"material": "bone", "ellipse": {"cx": 0.5, "cy": 0.5, "rx": 0.1, "ry": 0.1}}] * 30}, ("views",)),
    ],
)  # fmt: skip
def test_parts_without_a_form_are_told(parts: dict[str, Any], where: tuple[str | int, ...]) -> None:
    square = [[0, 0], [1, 0], [1, 1], [0, 1]]
    region = {"key": "a", "name": "a", "describe": "all", "label": [0.5, 0.5], "polygons": [square]}
    view = {"id": "one", "title": "One", "aspect": 1.0, "outline": square, "regions": [region], **parts}
    table = {"id": "one", "title": "One", "caption": "Schematic.", "alt": "A square.", "views": [view]}
    assert [place for place, _, _ in FigureAuthored.model_validate(table).problems()] == [where]
