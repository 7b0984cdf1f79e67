"""The study day, and the one door for time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sciaquiz.clock import FixedClock, SystemClock, moment_at, study_day_of

ROME = ZoneInfo("Europe/Rome")


@pytest.mark.parametrize(
    ("local", "day"),
    [
        ("2026-11-22 03:59", "2026-11-21"),
        ("2026-11-22 04:00", "2026-11-22"),
        ("2027-01-01 03:00", "2026-12-31"),
        ("2028-02-29 23:59", "2028-02-29"),
        ("2028-03-01 00:30", "2028-02-29"),
    ],
)
def test_day_ends_at_the_rollover_hour(local: str, day: str) -> None:
    assert study_day_of(datetime.fromisoformat(local), 4) == date.fromisoformat(day)


@pytest.mark.parametrize("day", ["2026-03-29", "2026-10-25"])
def test_day_ends_when_the_wall_clock_says_so_on_days_the_clocks_change(day: str) -> None:
    just_before = datetime.fromisoformat(f"{day} 03:59").replace(tzinfo=ROME)
    just_after = datetime.fromisoformat(f"{day} 04:00").replace(tzinfo=ROME)
    assert moment_at(just_before).study_day == date.fromisoformat(day) - timedelta(days=1)
    assert moment_at(just_after).study_day == date.fromisoformat(day)


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 -- bounds
    st.integers(0, 23),
    st.sampled_from(["Europe/Rome", "America/New_York", "Australia/Lord_Howe", "Pacific/Kiritimati"]),
    st.integers(1, 3 * 24 * 60),
)
def test_study_days_never_run_backwards(instant: datetime, rollover: int, zone: str, minutes: int) -> None:
    earlier = moment_at(instant.astimezone(ZoneInfo(zone)), rollover)
    later = moment_at((instant + timedelta(minutes=minutes)).astimezone(ZoneInfo(zone)), rollover)
    assert earlier.study_day <= later.study_day


def test_moment_keeps_the_instant_in_utc_and_the_offset_beside_it() -> None:
    moment = moment_at(datetime(2026, 7, 1, 9, 30, 1, 123456, tzinfo=ROME))
    assert moment.instant == datetime(2026, 7, 1, 7, 30, 1, 123000, tzinfo=UTC)
    assert moment.offset_minutes == 120
    assert moment.local.hour == 9


def test_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        moment_at(datetime(2026, 7, 1))  # noqa: DTZ001 -- that is the point


def test_fixed_clock_stands_still_and_the_machines_clock_does_not() -> None:
    fixed = FixedClock(datetime(2026, 7, 1, 9, tzinfo=ROME))
    assert fixed.now() == fixed.now()
    assert SystemClock().now().instant.tzinfo is UTC
