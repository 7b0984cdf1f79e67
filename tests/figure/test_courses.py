"""Panels of any courses past any layers."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from figures import LIGAMENTS, drawing, pictured, targets, text
from sciaquiz.deck.authored.figure import FigureAuthored
from sciaquiz.deck.figure import Layer, Material, Panel, Pass, Track
from sciaquiz.figure.courses import tracked
from sciaquiz.figure.drawing import Ink, State
from sciaquiz.figure.palette import is_seen
from sciaquiz.figure.seeing import unseen

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

BAND = {"name": "STL", "material": "ligament"}
COURSE = {"name": "pudendal nerve", "mark": "p", "passes": ["under"]}


def panel(passes: tuple[Pass, ...], *, split: bool = False) -> Panel:
    layers = tuple(Layer(name="band", material=Material.LIGAMENT, split=split and not at) for at in range(len(passes)))
    course = Track(name="nerve", mark="n", material=Material.NERVE, passes=passes)
    return Panel(key="a", name="a", describe="a", layers=layers, courses=(course,))


def codes(**changes: Any) -> list[tuple[tuple[str | int, ...], str]]:
    one = {"key": "A", "name": "A", "describe": "one", **changes}
    table = {"id": "one", "title": "One", "caption": "Schematic.", "alt": "Bands.", "panels": [one]}
    return [(where, code) for where, code, _ in FigureAuthored.model_validate(table).problems()]


@pytest.mark.parametrize("dark", [True, False], ids=["dark", "light"])
@pytest.mark.parametrize(("width", "height"), [(38, 8), (76, 17), (100, 28)])
def test_the_drawing(width: int, height: int, dark: bool, snapshot: SnapshotAssertion) -> None:
    look = {0: State.RIGHT, 1: State.WRONG}
    assert pictured(drawing(LIGAMENTS, width, height, {0: State.FOCUS}, dark=dark)) == snapshot(name="asked")
    assert pictured(drawing(LIGAMENTS, width, height, look, dark=dark, revealed=True)) == snapshot(name="revealed")


@pytest.mark.parametrize(("width", "height"), [(12, 7), (24, 9), (36, 12)])
@pytest.mark.parametrize("count", [1, 2])
@pytest.mark.parametrize("split", [False, True])
def test_no_two_ways_past_the_layers_look_alike(width: int, height: int, count: int, split: bool) -> None:
    ways = list(product(Pass, repeat=count))
    drawn = {tracked(panel(way, split=split), width, height) for way in ways}
    assert len(drawn) == len(ways)
    assert tracked(panel(ways[0], split=split), width, height) != tracked(panel(ways[0]), width, height) or not split


def test_a_panel_is_one_target_and_fits_where_the_others_do() -> None:
    assert targets(drawing(LIGAMENTS, 38, 8)) == {0, 1, 2}
    assert list(unseen(LIGAMENTS)) == []
    assert "SSL" in "\n".join(text(drawing(LIGAMENTS, 76, 17)))


@pytest.mark.parametrize("dark", [True, False])
@pytest.mark.parametrize("material", list(Material))
def test_every_course_is_seen_on_every_layer(material: Material, dark: bool) -> None:
    layers = tuple(Layer(name=str(other), material=other) for other in Material)
    for layer in layers:
        one = replace(panel((Pass.OVER,)), layers=(layer,))
        one = replace(one, courses=(replace(one.courses[0], material=material),))
        for ink in (Ink.TRUE_COLOUR, Ink.SIXTEEN):
            drawn = drawing(replace(LIGAMENTS, panels=(one,)), 30, 9, ink=ink, dark=dark)
            upon = [run for row in drawn.rows for run in row if run.text == "┃" and run.background]
            assert upon
            assert all(run.foreground != run.background for run in upon)
            assert ink is Ink.SIXTEEN or all(is_seen(run.foreground, run.background) for run in upon)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"layers": [BAND], "courses": [COURSE]}, []),
        ({"split": True, "tibial": "below", "fibular": "above"}, []),
        ({}, [(("panels", 0), "no-course")]),
        ({"split": True, "tibial": "below"}, [(("panels", 0), "no-course")]),
        ({"layers": [BAND]}, [(("panels", 0), "no-course")]),
        ({"layers": [BAND], "courses": [COURSE], "split": True}, [(("panels", 0), "two-forms")]),
        ({"layers": [BAND] * 2, "courses": [COURSE]}, [(("panels", 0, "courses", 0, "passes"), "passes")]),
        ({"layers": [BAND], "courses": [COURSE] * 2}, [(("panels", 0, "courses", 1, "mark"), "duplicate-mark")]),
        ({"layers": [BAND], "courses": [{**COURSE, "mark": "神"}]}, [(("panels", 0, "courses", 0, "mark"), "mark")]),
        (
            {"layers": [{**BAND, "split": True}] * 2, "courses": [{**COURSE, "passes": ["over", "over"]}]},
            [(("panels", 0, "layers"), "split")],
        ),
    ],
)
def test_what_is_wrong_with_a_panel_is_told_with_its_place(changes: dict[str, Any], expected: list[object]) -> None:
    assert codes(**changes) == expected
