from __future__ import annotations

from typing import Any

import msgspec
import pytest
from msgspec.structs import replace
from pydantic import ValidationError

from figures import ALL, FRONT, LIGAMENTS, MATERIALS, PANELS
from making import hotspot
from rows import each_row
from sciaquiz.catalogue.codec import ENCODER
from sciaquiz.deck.authored.figure import FigureAuthored
from sciaquiz.deck.figure import Course, Ellipse, Figure
from sciaquiz.deck.importing.questions import with_choices
from sciaquiz.deck.kinds import Asks
from sciaquiz.text import LETTERS

TRIANGLE = [[0, 0], [1.0, 0.0], [0.0, 1.0]]


def region(**changes: Any) -> dict[str, Any]:
    table = {"key": "S4-5", "name": "S4-5", "describe": "Corner", "label": [0.2, 0.2], "polygons": [TRIANGLE]}
    return {**table, **changes}


def view(**changes: Any) -> dict[str, Any]:
    return {"id": "front", "title": "Front", "aspect": 0.5, "outline": TRIANGLE, "regions": [region()], **changes}


def panel(**changes: Any) -> dict[str, Any]:
    table = {"key": "A", "name": "Type A", "describe": "Below", "split": False, "tibial": "below", "fibular": "through"}
    return {**table, **changes}


def figure(**changes: Any) -> dict[str, Any]:
    return {"id": "one", "title": "One", "caption": "Schematic.", "alt": "A triangle.", **changes}


def codes(table: dict[str, Any]) -> list[tuple[tuple[str | int, ...], str]]:
    return [(where, code) for where, code, _ in FigureAuthored.model_validate(table).problems()]


def test_a_figure_with_regions_is_read() -> None:
    ellipse = {"cx": 0.2, "cy": 0.2, "rx": 0.1, "ry": 0.05}
    authored = FigureAuthored.model_validate(figure(views=[view(regions=[region(polygons=[], ellipse=ellipse)])]))
    assert authored.problems() == []
    (read,) = authored.figure().views[0].regions
    assert read.ellipse == Ellipse(cx=0.2, cy=0.2, rx=0.1, ry=0.05)
    assert read.label == (0.2, 0.2)
    assert read.key == "S4-5"


def test_a_figure_with_panels_is_read() -> None:
    authored = FigureAuthored.model_validate(figure(panels=[panel()], sources=["natsis-2014"]))
    assert authored.problems() == []
    (read,) = authored.figure().panels
    assert (read.split, read.tibial, read.fibular) == (False, Course.BELOW, Course.THROUGH)
    assert authored.figure().sources == ("natsis-2014",)
    assert hash(authored.figure()) == hash(authored.figure())


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        (figure(), [((), "no-zone")]),
        (figure(views=[view()], panels=[panel()]), [(("panels",), "views-and-panels")]),
        (figure(views=[view(), view()]), [(("views", 1, "id"), "duplicate-id")]),
        (figure(panels=[panel(), panel()]), [(("panels", 1, "key"), "duplicate-key")]),
        (figure(views=[view(regions=[region(), region()])]), [(("views", 0, "regions", 1, "key"), "duplicate-key")]),
        (figure(views=[view(regions=[region(polygons=[])])]), [(("views", 0, "regions", 0), "no-shape")]),
        (
            figure(views=[view(regions=[region(label=[0.9, 0.9])])]),
            [(("views", 0, "regions", 0, "label"), "label-outside")],
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(table: dict[str, Any], expected: list[object]) -> None:
    assert codes(table) == expected


def test_two_views_may_show_one_key() -> None:
    assert codes(figure(views=[view(), view(id="back")])) == []


@each_row(
    "table",
    [
        figure(views=[view(outline=[[0, 0], [1, 1]])]),
        figure(views=[view(outline=[[0, 0], [1, 1], [0, 1.01]])]),
        figure(views=[view(outline=[[0, 0], [1, 1], [0, float("nan")]])]),
        figure(views=[view(outline=[[0, 0], [1, 1], [0, 1, 0]])]),
        figure(views=[view(outline=[[0, 0]] * 201)]),
        figure(views=[view(regions=[])]),
        figure(views=[view(regions=[region(key=str(number)) for number in range(41)])]),
        figure(views=[view(regions=[region(polygons=[TRIANGLE] * 9)])]),
        figure(views=[view(regions=[region(ellipse={"cx": 0.5, "cy": 0.5, "rx": 0, "ry": 0.1})])]),
        figure(views=[view(regions=[region(key="")])]),
        figure(views=[view(aspect=0)]),
        figure(views=[view(aspect=float("inf"))]),
        figure(views=[view(id=str(number)) for number in range(5)]),
        figure(panels=[panel(key=str(number)) for number in range(13)]),
        figure(panels=[panel(tibial="beneath")]),
        figure(panels=[panel(split="yes")]),
        figure(panels=[panel()], colour="red"),
        figure(panels=[panel()], id="Not a slug"),
        {key: value for key, value in figure(panels=[panel()]).items() if key != "caption"},
    ],
)
def test_what_has_not_the_form_is_refused(table: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        FigureAuthored.model_validate(table)


def test_zones_are_not_in_the_order_of_their_names() -> None:
    for drawn in ALL[:2]:
        keys = [zone.key for zone in drawn.zones()]
        assert keys != sorted(keys)


def test_how_often_a_blind_guess_is_right_counts_every_zone_that_is_right() -> None:
    halves = [region(key="L4", name="L4"), region(key="L5", name="L5")]
    two_views = [view(regions=halves), view(id="back", title="Back", regions=halves)]
    shown = FigureAuthored.model_validate(figure(views=two_views)).figure()
    pointed = with_choices(hotspot("L5"), shown)
    assert (pointed.choices, pointed.right_choices) == (4, 2)
    named = with_choices(replace(hotspot("L5"), asks=Asks.NAME), shown)
    assert (named.choices, named.right_choices) == (2, 1)


def test_more_zones_than_letters_are_refused_in_one_view_and_in_several() -> None:
    many = [region(key=str(number)) for number in range(len(LETTERS) + 1)]
    with pytest.raises(ValidationError):
        FigureAuthored.model_validate(figure(views=[view(regions=many)]))
    assert codes(figure(views=[view(regions=many[:9]), view(id="back", regions=many[9:])])) == [
        (("views",), "too-many")
    ]
    assert codes(figure(views=[view(regions=many[:9]), view(id="back", regions=many[9:-1])])) == []


@pytest.mark.parametrize("drawn", [MATERIALS, LIGAMENTS], ids=lambda drawn: drawn.id)
def test_the_catalogue_keeps_every_part_of_a_figure(drawn: Figure) -> None:
    assert msgspec.json.decode(ENCODER.encode(drawn), type=Figure) == drawn


def test_a_figure_kept_before_there_were_materials_and_layers_is_still_read() -> None:
    kept = msgspec.json.decode(ENCODER.encode(PANELS))
    for old in kept["panels"]:
        del old["layers"], old["courses"]
    assert msgspec.json.decode(msgspec.json.encode(kept), type=Figure) == PANELS
    kept = msgspec.json.decode(ENCODER.encode(FRONT))
    for old in kept["views"]:
        del old["shapes"], old["lines"], old["texts"]
        for part in old["regions"]:
            del part["short"], part["material"], part["layer"]
    assert msgspec.json.decode(msgspec.json.encode(kept), type=Figure) == FRONT
