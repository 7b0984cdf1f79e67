"""What is typed and turned of an exam."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sciaquiz.exam.exam import ExamError
from sciaquiz.exam.setting import day_from, days_off_from, days_off_turned, number_from, with_share

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-02-18", date(2027, 2, 18)),
        (" 18 Feb ", date(2027, 2, 18)),
        ("18 february", date(2027, 2, 18)),
        ("18. Dec", date(2026, 12, 18)),
        ("18 Dec 2027", date(2027, 12, 18)),
        ("30", date(2026, 12, 22)),
        ("in 30 days", date(2026, 12, 22)),
        ("1 day", date(2026, 11, 23)),
    ],
)
def test_a_day_can_be_typed_in_several_ways(text: str, day: date) -> None:
    assert day_from(text, TODAY) == day


@pytest.mark.parametrize(
    "text", ["", "soon", "31 Feb", "2027-02-30", "18 mai", "18", "29 Feb", "9999999", "１８ Feb", "-3"]
)
def test_what_is_no_day_is_told_with_what_can_be_typed(text: str) -> None:
    if text == "18":
        assert day_from(text, TODAY) == date(2026, 12, 10)
        return
    with pytest.raises(ExamError, match="18 Feb"):
        day_from(text, TODAY)


def test_days_off_are_weekdays_or_none() -> None:
    assert days_off_from("sat sun") == days_off_from("Saturdays and Sundays") == days_off_from("sat,sunday") == {5, 6}
    assert days_off_from("none") == days_off_from(" ") == frozenset()
    with pytest.raises(ExamError, match="sat sun"):
        days_off_from("sat holidays")


def test_turning_days_off_comes_round_and_leaves_none_where_they_are_unusual() -> None:
    seen = [days_off := frozenset[int]()]
    while (days_off := days_off_turned(days_off, 1)) != seen[0]:
        seen.append(days_off)
    assert len(seen) == len(set(seen)) > 3
    assert days_off_turned(seen[1], -1) == seen[0]
    assert days_off_turned(frozenset({0, 2}), 1) == frozenset()


def test_a_number_is_whole() -> None:
    assert number_from(" 80 % ", "The goal") == 80
    for text in ("", "8.5", "-1", "many", "12345", "²"):
        with pytest.raises(ExamError, match="The goal is a whole number"):
            number_from(text, "The goal")


@given(
    st.lists(st.floats(0, 100), min_size=2, max_size=30).filter(lambda shares: sum(shares) > 1),
    st.lists(st.tuples(st.integers(0, 29), st.sampled_from((1, -1))), max_size=40),
)
def test_shares_stay_a_hundred_whatever_is_turned(sizes: list[float], turns: list[tuple[int, int]]) -> None:
    shares = {f"topic-{place}": 100 * size / sum(sizes) for place, size in enumerate(sizes)}
    for place, by in turns:
        name = f"topic-{place % len(shares)}"
        before = shares[name]
        shares = with_share(shares, name, by)
        assert sum(shares.values()) == pytest.approx(100)
        assert all(0 <= share <= 100 for share in shares.values())
        assert shares[name] % 5 == 0
        assert (shares[name] - before) * by >= -1e-9


def test_the_only_part_has_all() -> None:
    assert with_share({"roots": 100.0}, "roots", -1) == {"roots": 100.0}
