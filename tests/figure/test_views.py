from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from rich.cells import cell_len

from figures import ALL, BACK, FRONT, HALVES, LEG, PANELS, SOLE, drawing, place_of, targets, text
from sciaquiz.figure.draw import draw, shown
from sciaquiz.figure.drawing import Drawing, Ink, State
from sciaquiz.figure.labels import put
from sciaquiz.figure.layers import ordered
from sciaquiz.figure.palette import DARK, LIGHT, NAMED
from sciaquiz.figure.raster import SAMPLES
from sciaquiz.figure.views import lay, tones

if TYPE_CHECKING:
    from sciaquiz.deck.figure import Figure
    from sciaquiz.figure.palette import Palette

INKS = tuple(Ink)


def inside(polygon: tuple[tuple[float, float], ...], x: float, y: float) -> bool:
    crossings = 0
    for (x1, y1), (x2, y2) in zip(polygon, (*polygon[1:], polygon[0]), strict=True):
        if (y1 > y) != (y2 > y):
            crossings += x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
    return crossings % 2 == 1


@pytest.mark.parametrize("figure", [FRONT, SOLE], ids=lambda figure: figure.id)
@pytest.mark.parametrize(("width", "height"), [(40, 18), (76, 20)])
def test_a_click_hits_the_zone_that_has_most_of_the_cell(figure: Figure, width: int, height: int) -> None:
    laid = lay(figure, 0, 1, width, height)
    assert laid is not None
    (box,) = laid.boxes
    drawn = drawing(figure, width, height)
    compared = 0
    for row in range(box.height):
        for column in range(box.width):
            counts = [0] * (len(box.view.regions) + 1)
            for sample in range(SAMPLES * SAMPLES):
                x = (column + (sample % SAMPLES + 0.5) / SAMPLES) / box.width
                y = (row + (sample // SAMPLES + 0.5) / SAMPLES) / box.height
                hits = [
                    place
                    for place, region in enumerate(ordered(box.view))
                    if any(inside(polygon, x, y) for polygon in region.polygons)
                ]
                counts[hits[0] if hits else -1] += 1
            most = max(range(len(counts)), key=lambda place: counts[place])
            if sorted(counts)[-2] < counts[most] - 4:  # edges of neighbours differ in the last digits
                expected = None if most == len(counts) - 1 else most
                assert drawn.targets[box.row + row][box.column + column] == expected, (row, column)
                compared += 1
    assert compared > 0.8 * box.width * box.height


def test_labels_and_leaders_can_be_clicked() -> None:
    place = place_of(BACK, "S4-5")
    drawn = drawing(BACK, 40, 18, revealed=True)
    row = next(row for row, line in enumerate(text(drawn)) if "S4-5─" in line)
    start = text(drawn)[row].index("S4-5")
    assert set(drawn.targets[row][start : start + 6]) == {place}


@pytest.mark.parametrize(("width", "height"), [(40, 18), (24, 14), (100, 40)])
def test_tiny_zones_can_be_hit(width: int, height: int) -> None:
    drawn = drawing(BACK, width, height)
    hits = sum(row.count(place_of(BACK, "S4-5")) for row in drawn.targets)
    assert hits >= 3
    assert targets(drawn) == set(range(9))


def test_a_zone_between_two_samples_still_has_a_cell_and_a_letter() -> None:
    drawn = drawing(HALVES, 40, 12)
    place = place_of(HALVES, "dot")
    assert drawn.fits
    assert place in targets(drawn)
    assert any(chr(ord("a") + place) in line for line in text(drawn))


@pytest.mark.parametrize("figure", ALL[:-1], ids=lambda figure: figure.id)  # the last has three panels in a column
@pytest.mark.parametrize(("width", "height"), [(1, 1), (10, 6), (16, 30), (60, 7)])
def test_too_small_does_not_fit_and_is_blank(figure: Figure, width: int, height: int) -> None:
    drawn = drawing(figure, width, height)
    assert not drawn.fits
    assert text(drawn) == [""] * height
    assert targets(drawn) == set()


@pytest.mark.parametrize("figure", [FRONT, BACK, SOLE], ids=lambda figure: figure.id)
def test_one_leg_fits_from_24_by_14(figure: Figure) -> None:
    assert drawing(figure, 24, 14).fits


def test_every_zone_is_labelled_with_letters_and_with_names() -> None:
    for figure in (FRONT, BACK, SOLE):
        assert {letter for line in text(drawing(figure, 40, 18))[1:] for letter in line if letter.isalpha()} >= {
            chr(ord("a") + place) for place in range(len(figure.zones()))
        }
        revealed = "\n".join(text(drawing(figure, 40, 18, revealed=True))[1:])
        assert all(zone.name in revealed for zone in figure.zones())


@pytest.mark.parametrize("figure", [FRONT, BACK, SOLE], ids=lambda figure: figure.id)
@pytest.mark.parametrize(("width", "height"), [(24, 14), (40, 16), (40, 18), (76, 20), (100, 40)])
def test_labels_of_a_row_do_not_run_together(figure: Figure, width: int, height: int) -> None:
    laid = lay(figure, 0, 1, width, height)
    assert laid is not None
    for texts in (["x"] * len(figure.zones()), [zone.name for zone in figure.zones()]):
        labels = put(laid, tuple(texts))
        cells = [(label.row, label.column + at) for label in labels for at in range(-1, len(label.text))]
        assert len(labels) == len(texts)
        assert len(cells) == len(set(cells))


def test_regions_end_at_the_outline() -> None:
    (view,) = HALVES.views
    diamond = ((0.5, 0.0), (1.0, 0.5), (0.5, 1.0), (0.0, 0.5))
    kept = tuple(region for region in view.regions if region.key != "dot")
    figure = replace(HALVES, views=(replace(view, outline=diamond, regions=kept),))
    drawn = drawing(figure, 60, 21)
    assert drawn.fits
    hit = sum(place is not None for row in drawn.targets for place in row)
    whole = sum(place is not None for row in drawing(HALVES, 60, 21).targets for place in row)
    assert 0.45 < hit / whole < 0.55


def test_a_small_region_lies_upon_a_large_one_whatever_their_order() -> None:
    (view,) = HALVES.views
    small = replace(
        view.regions[0], key="small", label=(0.6, 0.9), polygons=(((0.4, 0.8), (0.8, 0.8), (0.8, 1), (0.4, 1)),)
    )
    for label in ((0.1, 0.1), (0.1, 0.95)):
        large = replace(view.regions[1], label=label, polygons=(view.outline,))
        figure = replace(HALVES, views=(replace(view, regions=(small, large)),))
        hits = [place for row in drawing(figure, 60, 21).targets for place in row]
        share = hits.count(place_of(figure, "small")) / sum(place is not None for place in hits)
        assert share == pytest.approx(0.08, abs=0.02)


def test_views_stand_side_by_side_as_far_as_there_is_room() -> None:
    assert targets(drawing(LEG, 76, 20)) == set(range(18))
    assert targets(drawing(LEG, 40, 18)) == set(range(15))
    assert targets(drawing(LEG, 24, 14)) == set(range(6))


def test_the_view_of_the_focused_zone_is_shown() -> None:
    for place in range(18):
        drawn = drawing(LEG, 24, 14, {place: State.FOCUS})
        assert drawn.fits
        assert place in targets(drawn)


def look_of(drawn: Drawing, *, colours: bool) -> tuple[object, ...]:
    return tuple(
        tuple((run.text, run.bold, run.reverse, *((run.foreground, run.background) if colours else ())) for run in row)
        for row in drawn.rows
    )


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("figure", [FRONT, BACK, PANELS], ids=lambda figure: figure.id)
def test_each_state_is_visible_without_colour(figure: Figure, ink: Ink) -> None:
    for place in range(len(figure.zones())):
        for revealed in (False, True):
            looks = {
                look_of(drawing(figure, 50, 18, {place: state}, ink=ink, revealed=revealed), colours=False)
                for state in State
            }
            assert len(looks) == len(State)


@pytest.mark.parametrize("ink", INKS)
@pytest.mark.parametrize("dark", [True, False])
def test_while_asking_nothing_depends_on_the_keys(ink: Ink, dark: bool) -> None:
    (view,) = BACK.views
    swapped = tuple(
        replace(region, key=other.key, name=other.name)
        for region, other in zip(view.regions, reversed(view.regions), strict=True)
    )
    other = replace(BACK, views=(replace(view, regions=swapped),))
    assert drawing(BACK, 60, 20, ink=ink, dark=dark) == drawing(other, 60, 20, ink=ink, dark=dark)


def fills(drawn: Drawing) -> set[str]:
    return {run.background for row in drawn.rows for run in row} - {""}


@pytest.mark.parametrize(("dark", "palette"), [(True, DARK), (False, LIGHT)])
def test_named_colours_are_for_the_map_alone(dark: bool, palette: Palette) -> None:
    names = {colour for colour, _ in NAMED.values()}
    assert fills(drawing(BACK, 76, 20, dark=dark)) <= set(palette.tones)
    judged = drawing(BACK, 76, 20, {1: State.RIGHT, 4: State.WRONG}, dark=dark, revealed=True)
    assert not fills(judged) & names
    assert fills(drawing(BACK, 76, 20, dark=dark, revealed=True)) == names


def test_neighbours_have_different_tones() -> None:
    for figure in (FRONT, BACK, SOLE):
        laid = lay(figure, 0, 1, 90, 36)
        assert laid is not None
        beside = {
            frozenset((cell.front - 1, cell.back - 1))
            for row in laid.cells
            for cell in row
            if cell.front != cell.back and 0 < cell.front < 255 and 0 < cell.back < 255
        }
        assert beside
        assert all(len({tones(figure)[place] for place in pair}) == 2 for pair in beside)


def test_a_changed_state_does_not_make_the_geometry_anew() -> None:
    drawing(BACK, 61, 21)
    before = lay.cache_info().misses, shown.cache_info().misses
    changed = drawing(BACK, 61, 21, {0: State.CHOSEN})
    assert (lay.cache_info().misses, shown.cache_info().misses) == before
    assert changed != drawing(BACK, 61, 21)


def test_names_of_any_script_keep_the_columns() -> None:
    (view,) = FRONT.views
    names = ("第一腰神経", "L2́̂", "L3" * 30, "\u200bL4\x1b", "é🙂", "")
    drawn = draw(
        replace(FRONT, views=(replace(view, title="右脚 " * 20),)),
        40, 18, look={0: State.FOCUS}, labels=names, ink=Ink.TRUE_COLOUR, dark=True, revealed=True,
    )  # fmt: skip
    assert [sum(cell_len(run.text) for run in row) for row in drawn.rows] == [40] * 18
    assert "\x1b" not in "".join(text(drawn))


@given(
    figure=st.sampled_from((*ALL, HALVES)),
    width=st.integers(1, 200),
    height=st.integers(1, 80),
    look=st.dictionaries(st.integers(0, 25), st.sampled_from(State), max_size=4),
    ink=st.sampled_from(Ink),
    dark=st.booleans(),
    revealed=st.booleans(),
)
@settings(max_examples=60, deadline=None)
def test_any_size_gives_whole_rows(
    figure: Figure, width: int, height: int, look: dict[int, State], ink: Ink, dark: bool, revealed: bool
) -> None:
    drawn = drawing(figure, width, height, look, ink=ink, dark=dark, revealed=revealed)
    assert len(drawn.rows) == len(drawn.targets) == height
    assert {sum(cell_len(run.text) for run in row) for row in drawn.rows} == {width}
    assert {len(row) for row in drawn.targets} == {width}
    assert drawn.fits == bool(targets(drawn))
    assert targets(drawn) <= set(range(len(figure.zones())))
