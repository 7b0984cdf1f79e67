from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from figures import ALL, LEG, PANELS, place_of
from sciaquiz.figure.arrows import neighbour

if TYPE_CHECKING:
    from sciaquiz.deck.figure import Figure

KEYS = ((-1, 0), (1, 0), (0, -1), (0, 1))


@pytest.mark.parametrize("figure", ALL, ids=lambda figure: figure.id)
def test_arrows_reach_every_zone_from_any(figure: Figure) -> None:
    places = set(range(len(figure.zones())))
    for start in places:
        reached, waiting = {start}, [start]
        while waiting:
            place = waiting.pop()
            for dx, dy in KEYS:
                to = neighbour(figure, place, dx, dy)
                if to is not None and to not in reached:
                    reached.add(to)
                    waiting.append(to)
        assert reached == places


def test_up_and_down_stay_in_the_view_and_sideways_may_leave_it() -> None:
    zones = LEG.zones()
    crossed = False
    for place, zone in enumerate(zones):
        for dy in (-1, 1):
            to = neighbour(LEG, place, 0, dy)
            assert to is None or zones[to].view == zone.view
        to = neighbour(LEG, place, 1, 0)
        crossed |= to is not None and zones[to].view != zone.view
    assert crossed


def test_the_bands_of_the_thigh_follow_one_another() -> None:
    first, second = place_of(LEG, "L1"), place_of(LEG, "L2")
    assert neighbour(LEG, first, 0, 1) == second
    assert neighbour(LEG, second, 0, -1) == first
    assert neighbour(LEG, first, 0, -1) is None


@pytest.mark.parametrize(
    ("size", "place", "step", "to"),
    [
        ((50, 17), 0, (1, 0), 1), ((50, 17), 2, (1, 0), None), ((50, 17), 2, (0, 1), 5),
        ((26, 26), 1, (1, 0), None), ((26, 26), 1, (0, 1), 3), ((80, 8), 2, (1, 0), 3),
        ((0, 0), 0, (0, 1), 3), ((0, 0), 0, (0, -1), None), ((0, 0), 0, (-1, 0), None),
    ],
)  # fmt: skip
def test_panels_go_by_the_grid_on_the_screen(
    size: tuple[int, int], place: int, step: tuple[int, int], to: int | None
) -> None:
    assert neighbour(PANELS, place, *step, size=size) == to
