"""A figure that the check lets pass is drawn at every size, with each of its areas in sight; else the check says so."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from figures import ALL, HALVES, PANELS, SQUARE
from making import hotspot
from sciaquiz.deck.figure import Ellipse, Material, Region, Shape
from sciaquiz.deck.kinds import Asks
from sciaquiz.figure.room import PAGES
from sciaquiz.figure.seeing import unseen
from sciaquiz.ids import FigureId
from sciaquiz.tui.forms.form import Surface
from sciaquiz.tui.forms.pointing import NamingForm, PointingForm

if TYPE_CHECKING:
    from sciaquiz.deck.figure import Figure
    from sciaquiz.tui.blocks import Block

LEFT, RIGHT, _ = HALVES.views[0].regions
LONG = "Subscapularis and infraspinatus"


def changed(*regions: Region, **other: Any) -> Figure:
    """A square with these regions."""
    return replace(HALVES, views=(replace(HALVES.views[0], regions=regions, **other),))


def words_of(figure: Figure, terminal: str, place: int, asks: Asks) -> list[Block]:
    """What a student sees of a hotspot about an area, in a terminal of this size."""
    question = replace(hotspot(figure.zones()[place].key), figure=figure.id, asks=asks)
    form = (NamingForm if asks is Asks.NAME else PointingForm)(question, figure)
    form.surface = Surface(*PAGES[terminal])
    if asks is Asks.POINT:
        form.letter("abcdefghimorstvy"[place])
    return list(form.blocks())


def in_sight(blocks: list[Block], count: int) -> set[int]:
    return {
        place for block in blocks for row in block.cell_targets for place in row if place is not None and place < count
    }


def mutated(random: Random) -> Figure:
    """A figure with something of it longer, elsewhere, larger, smaller or squeezed."""
    figure = random.choice([figure for figure in ALL if figure.views and figure.id != "leg"])
    number = random.randrange(len(figure.views))
    view = figure.views[number]
    at = random.randrange(len(view.regions))
    region = view.regions[at]
    match random.randrange(6):
        case 0:
            region = replace(region, short=LONG[: random.randrange(1, 14)])
        case 1:
            region = replace(
                region, ellipse=Ellipse(cx=region.label[0], cy=region.label[1], rx=0.002, ry=0.002), polygons=()
            )
        case 2:
            region = replace(region, polygons=(SQUARE,), layer=random.randrange(3))
        case 3:
            view = replace(view, aspect=random.choice((0.1, 0.2, 4, 10)))
        case 4:
            region = replace(region, label=(random.random(), random.random()))
        case _:
            view = replace(view, outline=((0, 0), (0.3, 0), (0.3, 0.4), (0, 0.4)))
    regions = (*view.regions[:at], region, *view.regions[at + 1 :])
    views = (*figure.views[:number], replace(view, regions=regions), *figure.views[number + 1 :])
    return replace(figure, views=views)


def test_a_changed_figure_is_drawn_with_each_area_in_sight_or_the_check_says_that_it_is_not() -> None:
    random = Random(11)
    refused = 0
    for _ in range(10):
        figure = mutated(random)
        if list(unseen(figure)):
            refused += 1
            continue
        zones = len(figure.zones())
        for terminal, asks in zip(PAGES, (*Asks, *Asks), strict=True):
            for place in (0, zones - 1):
                assert place in in_sight(words_of(figure, terminal, place, asks), zones), (figure.id, terminal)
    assert 2 < refused < 9


def test_a_figure_that_has_no_room_beside_its_words_stands_above_them() -> None:
    figure = changed(*(replace(region, short=LONG[:12]) for region in HALVES.views[0].regions))
    assert list(unseen(figure)) == []
    beside = [len(words_of(figure, terminal, 0, Asks.NAME)) == 2 for terminal in PAGES]
    assert beside == [False, False, True, True]
    assert all(0 in in_sight(words_of(figure, terminal, 0, Asks.NAME), 3) for terminal in PAGES)


def test_where_a_figure_has_no_room_at_all_the_area_to_be_named_is_told_in_words() -> None:
    figure = replace(changed(LEFT, RIGHT, aspect=0.1), id=FigureId("thin"))
    blocks = words_of(figure, "60×20", 1, Asks.NAME)
    assert blocks[0].text.plain == "The area meant: right half."
    assert [block.text.plain for block in blocks[1:]] == ["left", "right"]


@pytest.mark.parametrize(
    ("figure", "where", "words"),
    [
        (
            changed(LEFT, replace(RIGHT, polygons=(((1.2, 0), (1.5, 0), (1.5, 1)),), label=(0.9, 0.5)), outline=((0, 0), (0.5, 0), (0.5, 1), (0, 1))),
            ("views", 0, "regions", 1),
            "next to nothing is seen of “right”: it lies outside of the outline",
        ),
        (
            changed(LEFT, replace(RIGHT, polygons=(SQUARE,), layer=2)),
            ("views", 0, "regions", 0),
            "next to nothing is seen of “left”: it lies under “right”",
        ),
        (
            changed(LEFT, RIGHT, outline=((0, 0), (0.54, 0), (0.54, 1), (0, 1))),
            ("views", 0, "regions", 1),
            "next to nothing is seen of “right”: it lies outside of the outline",
        ),
        (
            changed(LEFT, RIGHT, shapes=(Shape(material=Material.BONE, polygons=(((0.5, 0), (1, 0), (1, 0.95), (0.5, 0.95)),), layer=1),)),
            ("views", 0, "regions", 1),
            "next to nothing is seen of “right”: it lies under a shape",
        ),
        (
            changed(LEFT, replace(RIGHT, describe="Left half")),
            ("views", 0, "regions", 1, "describe"),
            "“left” and “right” are described alike: in plain lines they are one",
        ),
        (
            replace(PANELS, panels=(*PANELS.panels[:1], replace(PANELS.panels[1], describe=PANELS.panels[0].describe))),
            ("panels", 1, "describe"),
            "“A” and “B” are described alike: in plain lines they are one",
        ),
    ],
)  # fmt: skip
def test_what_lies_outside_under_another_or_is_told_like_another_is_said_with_its_name(
    figure: Figure, where: tuple[str | int, ...], words: str
) -> None:
    assert (where, words) in list(unseen(figure))


def test_regions_that_are_one_by_their_key_may_be_described_alike() -> None:
    assert list(unseen(changed(LEFT, replace(RIGHT, key="left", describe=LEFT.describe)))) == []
