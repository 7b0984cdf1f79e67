"""The forest plot, by plain calls."""

from __future__ import annotations

import pytest

from sciaquiz.text import cells
from sciaquiz.tui.widgets.forest import ForestRow, Scale, forest, legend, numbers, plot, scale_for

TENTHS = Scale(0.0, 1.0, 0.1)
ROWS = [
    ForestRow(label="all", n=712, share=0.91, interval=(0.885, 0.93), predicted=0.89),
    ForestRow(label="young", n=330, share=0.86, interval=(0.82, 0.89), predicted=0.87),
    ForestRow(label="mature", n=3, told="few"),
]


def test_the_rows_stand_under_each_other_and_few_answers_have_no_bar() -> None:
    assert [row.plain for row in forest(ROWS, scale_for(ROWS), 36)] == [
        "all     712  ┄┄┄┄┄┄┄┄┄┄━◇●━┄┄┄┄  91%",
        "young   330  ┄┄┄┄┄┄┄━━●◇━┄┄┄┄┄┄  86%",
        "mature    3  ┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄┄  few",
        "             70    80   90  100",
    ]
    assert legend(predicted=True, mark="chance").plain == "● you  ◇ predicted  ┊ chance"


@pytest.mark.parametrize("width", [16, 20, 25, 30, 31, 44, 58, 76])
def test_no_row_is_wider_than_its_room_and_a_plot_without_room_is_left_out(width: int) -> None:
    drawn = forest([*ROWS, ForestRow(label="a topic with a long name", n=1, share=1.0)], Scale(), width)
    assert max(cells(row.plain) for row in drawn) == width
    assert (len(drawn) == 5) is ("┄" in drawn[0].plain) is (width >= 31)
    assert all(row.plain.endswith(("91%", "86%", "few", "100%")) for row in drawn[:4])


def test_each_value_stands_in_its_cell_and_the_share_over_all_else() -> None:
    def drawn(share: float, low: float, high: float, predicted: float | None, mark: float | None) -> str:
        row = ForestRow(label="", share=share, interval=(low, high), predicted=predicted, mark=mark)
        return plot(row, TENTHS, 11).plain

    assert drawn(0.5, 0.3, 0.8, 0.9, 0.2) == "┄┄┊━━●━━━◇┄"
    assert drawn(0.5, 0.3, 0.8, 0.4, 0.7) == "┄┄┄━◇●━┊━┄┄"
    assert drawn(0.5, 0.5, 0.5, 0.5, 0.5) == "┄┄┄┄┄●┄┄┄┄┄"
    assert drawn(1.0, 0.9, 1.0, None, 0.0) == "┊┄┄┄┄┄┄┄┄━●"
    assert plot(ForestRow(label="", share=0.1, interval=(0.0, 0.2)), Scale(0.5, 1.0, 0.1), 6).plain == "●┄┄┄┄┄"


@pytest.mark.parametrize("scale", [Scale(), TENTHS, Scale(0.7, 1.0, 0.1), Scale(0.4, 1.0, 0.2)])
def test_numbers_below_a_plot_never_touch_and_its_ends_are_always_told(scale: Scale) -> None:
    for width in range(8, 90):
        row = numbers(scale, width)
        assert len(row) == width
        assert row.startswith(f"{100 * scale.low:.0f} ")
        assert row.endswith(" 100")
        told = row.split()
        assert set(told) <= {f"{100 * (scale.low + step * scale.step):.0f}" for step in range(11)}
        assert [int(number) for number in told] == sorted({int(number) for number in told})


def test_the_scale_reaches_as_far_as_something_lies() -> None:
    assert scale_for(ROWS) == Scale(0.7, 1.0, 0.1)
    assert scale_for([*ROWS, ForestRow(label="x", share=0.9, interval=(0.55, 1.0))]) == Scale(0.5, 1.0, 0.1)
    assert scale_for([*ROWS, ForestRow(label="x", share=0.9, interval=(0.8, 1.0), predicted=0.3)]) == Scale()
    assert scale_for([]) == Scale()
