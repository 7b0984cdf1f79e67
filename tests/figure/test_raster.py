from __future__ import annotations

from math import pi

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rows import each_row
from sciaquiz.deck.figure import Ellipse
from sciaquiz.figure.cells import GLYPHS, SHAPES, Cell, fit
from sciaquiz.figure.raster import SAMPLES, area, blank, clip, fill, polygon_of

SQUARE = ((0.25, 0.25), (0.75, 0.25), (0.75, 0.75), (0.25, 0.75))


def count(rows: list[bytearray], number: int) -> int:
    return sum(row.count(number) for row in rows)


def test_a_square_covers_its_samples_and_no_others() -> None:
    rows = blank(2, 2)
    fill(rows, SQUARE, 7)
    assert rows == [
        bytearray(7 if 4 <= x < 12 and 4 <= y < 12 else 0 for x in range(2 * SAMPLES)) for y in range(2 * SAMPLES)
    ]


def test_a_star_that_crosses_itself_is_hollow_by_the_even_odd_rule() -> None:
    rows = blank(8, 8)
    fill(rows, ((0.5, 0.0), (0.8, 0.95), (0.02, 0.35), (0.98, 0.35), (0.2, 0.95)), 1)
    assert rows[32][32] == 0
    assert rows[8][32] == 1


def test_an_ellipse_has_its_area() -> None:
    ellipse = Ellipse(cx=0.5, cy=0.5, rx=0.4, ry=0.2)
    rows = blank(16, 16)
    fill(rows, polygon_of(ellipse), 1)
    assert count(rows, 1) / (16 * SAMPLES) ** 2 == pytest.approx(pi * 0.4 * 0.2, rel=0.01)
    assert area(polygon_of(ellipse)) == pytest.approx(pi * 0.4 * 0.2, rel=0.01)


def test_neighbours_with_a_common_edge_leave_no_gap_and_do_not_overlap() -> None:
    rows = blank(5, 5)
    fill(rows, ((0, 0), (1, 0), (0.3, 1), (0, 1)), 1)
    alone = count(rows, 1)
    fill(rows, ((1, 0), (1, 1), (0.3, 1)), 2)
    assert count(rows, 0) == 0
    assert count(rows, 1) == alone


def test_what_lies_outside_of_the_outline_is_cut_off_and_the_rest_of_it_is_filled() -> None:
    rows = blank(2, 2)
    fill(rows, ((0, 0), (0.5, 0), (0.5, 1), (0, 1)), 3)
    clipped = clip(rows, SQUARE, 255)
    assert count(clipped, 3) == 4 * 8
    assert count(clipped, 255) == 4 * 8
    assert count(clipped, 0) == 256 - 64


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 1)), min_size=3, max_size=8), st.integers(1, 4))
@settings(max_examples=60)
def test_no_polygon_leaves_the_samples(polygon: list[tuple[float, float]], size: int) -> None:
    rows = blank(size, size)
    fill(rows, polygon, 1)
    assert [len(row) for row in rows] == [size * SAMPLES] * size * SAMPLES


def shaped(shape: int, front: int, back: int) -> list[bytes]:
    bits = f"{shape:064b}"
    return [bytes(front if bit == "1" else back for bit in bits[start : start + 8]) for start in range(0, 64, 8)]


@each_row(("glyph", "shape"), GLYPHS)
def test_each_block_character_is_found_again_from_its_own_shape(glyph: str, shape: int) -> None:
    ((cell,),) = fit(shaped(shape, 4, 9)).cells
    drawn = shape if cell.front == 4 else (1 << 64) - 1 ^ shape
    assert {cell.front, cell.back} == {4, 9}
    assert SHAPES[cell.glyph] == drawn


@each_row("glyph", "▘▝▀▖▌▞▛▗▚▐▜▄▙▟")
def test_at_the_silhouette_a_quadrant_has_the_zone_in_front(glyph: str) -> None:
    ((cell,),) = fit(shaped(SHAPES[glyph], 0, 5)).cells
    assert (cell.front, cell.back) == (5, 0)


def test_one_id_is_a_space() -> None:
    fitted = fit([bytes([6]) * 8] * 8)
    assert fitted.cells == [[Cell(" ", 0, 6)]]
    assert fitted.owners == [[6]]


def test_a_cell_belongs_to_the_id_with_most_samples() -> None:
    assert fit([bytes([1] * 3 + [2] * 5)] * 8).owners == [[2]]
    assert fit([bytes([1] * 3 + [2] * 2 + [3] * 3)] * 5 + [bytes([1] * 8)] * 3).owners == [[1]]
