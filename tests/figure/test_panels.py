from __future__ import annotations

from itertools import product

import pytest
from msgspec.structs import replace

from figures import PANELS, drawing, targets, text
from rows import each_row
from sciaquiz.deck.figure import Course, Panel
from sciaquiz.figure.drawing import Ink, State
from sciaquiz.figure.panels import FIBULAR, MUSCLE, TIBIAL, drawn, grid

SIX = """\
────── 1 ─────── ────── 2 ─────── ────── 3 ───────
###              ###              ###     ┏┓
###░░░░░░░░░░### ###░░░░░░░░░░### ###░╌╌╌╌╯┃░░░###
###░░░░░░░░░░### ### ╌╌╌╌╌┓░░░### ###░░░░░░┃░░░###
###░╌╌╮╮░░░░░### ###░╌╌╮░░┃░░░### ###░╌╌╮░░┃░░░###
###   ┃┃         ###   ┃  ┃       ###   ┃  ┃
      ┃┃               ┃  ┃             ┃  ┃
      tp               t  p             t  p

────── 4 ─────── ────── 5 ─────── ────── 6 ───────
###              ###     ┏┓       ###  ┏┓┓
###░░░░░░░░░░### ###░╌╌╌╌╯┃░░░### ###░╌╯┃┃░░░░░###
### ╌╌┓┓  ░░░### ### ╌╌┓  ┃░░░### ###░░░┃┃░░░░░###
###░░░┃┃░░░░░### ###░░░┃░░┃░░░### ###░░░┃┃░░░░░###
###   ┃┃         ###   ┃  ┃       ###   ┃┃
      ┃┃               ┃  ┃             ┃┃
      tp               t  p             tp"""


def test_the_six_types_look_as_they_should() -> None:
    assert text(drawing(PANELS, 50, 17, ink=Ink.NONE)) == SIX.splitlines()


SIZES = [(12, 7), (15, 7), (16, 7), (25, 9), (36, 12)]


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_all_types_are_told_apart_by_nerves_and_muscle(width: int, height: int) -> None:
    pictures = {drawn(panel, width, height) for panel in PANELS.panels}
    assert len(pictures) == 6


def rows_of(panel: Panel, width: int, height: int, division: int) -> set[int]:
    cells = drawn(panel, width, height)
    return {row for row, line in enumerate(cells) if any(cell.front == division for cell in line)}


@each_row(("size", "tibial", "fibular", "split"), product(SIZES, Course, Course, (True, False)))
def test_every_combination_shows_both_courses(
    size: tuple[int, int], tibial: Course, fibular: Course, split: bool
) -> None:
    width, height = size
    panel = replace(PANELS.panels[0], tibial=tibial, fibular=fibular, split=split)
    cells = drawn(panel, width, height)
    assert len(cells) == height
    assert {len(row) for row in cells} == {width}
    muscle = {
        row for row, line in enumerate(cells) if any(cell.back == MUSCLE or cell.front == MUSCLE for cell in line)
    }
    for course, division in ((tibial, TIBIAL), (fibular, FIBULAR)):
        first = min(rows_of(panel, width, height, division))
        if course is Course.ABOVE:
            assert first < min(muscle)
        elif course is Course.THROUGH:
            assert min(muscle) < first < max(muscle)
        else:
            assert first == max(muscle)
    marks = [cell.glyph for cell in cells[-1] if cell.front in (TIBIAL, FIBULAR)]
    assert marks == ["t", "p"]


def test_an_undivided_nerve_touches_itself_and_divisions_stand_apart() -> None:
    for panel in PANELS.panels:
        for width, height in SIZES:
            columns = [at for at, cell in enumerate(drawn(panel, width, height)[-1]) if cell.front in (TIBIAL, FIBULAR)]
            apart = columns[1] - columns[0]
            assert apart == 1 if panel.tibial == panel.fibular else apart >= 3


@pytest.mark.parametrize(
    ("size", "columns"), [((40, 18), 3), ((50, 17), 3), ((80, 24), 3), ((26, 26), 2), ((80, 8), 6)]
)
def test_the_grid_follows_the_room(size: tuple[int, int], columns: int) -> None:
    found = grid(6, *size)
    assert found is not None
    assert found.columns == columns
    assert targets(drawing(PANELS, *size)) == set(range(6))


def test_a_panel_is_one_target_with_its_number() -> None:
    shown = drawing(PANELS, 50, 17)
    for row in range(8):
        assert shown.targets[row][:16] == (0,) * 16
    assert shown.targets[8] == (None,) * 50


def test_types_are_named_only_when_revealed() -> None:
    asked, told = drawing(PANELS, 50, 17), drawing(PANELS, 50, 17, {2: State.RIGHT}, revealed=True)
    assert not set("ABCDEF") & set("".join(text(asked)))
    assert "✓C" in text(told)[0]
