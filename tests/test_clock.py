"""The clock: the division's day from any moment, in its own zone, and a sample's day that stands."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.clock import Clock, monotonic, zone
from models.errors import CofpError


def test_the_day_is_the_divisions_and_not_utcs() -> None:
    clock = Clock("America/Regina")  # six hours behind UTC, summer and winter
    assert clock.day_of(datetime(2026, 9, 26, 5, 59, 59)) == date(2026, 9, 25)
    assert clock.day_of(datetime(2026, 9, 26, 6, 0, 0)) == date(2026, 9, 26)
    assert clock.day_of(datetime(2027, 1, 1, 5, 59)) == date(2026, 12, 31)
    assert Clock("Europe/Berlin").day_of(datetime(2026, 9, 25, 22, 0)) == date(2026, 9, 26)


def test_a_clock_that_stands_still_says_so_always() -> None:
    at = datetime(2026, 9, 22, 18, 0)
    clock = Clock("America/Regina", fixed_at=at)
    assert (clock.now(), clock.today()) == (at, date(2026, 9, 22))
    assert clock.seconds_to_midnight() == 86400.0


@given(st.dates(date(2017, 1, 1), date(2100, 1, 1)))
def test_a_samples_day_stands_while_its_hours_go_on(on: date) -> None:
    clock = Clock("America/Regina", fixed=on)
    assert clock.today() == on
    now = datetime.now(UTC).astimezone(zone("America/Regina"))
    shown = clock.local(clock.now())
    apart = abs((shown.hour * 60 + shown.minute) - (now.hour * 60 + now.minute))
    assert min(apart, 1440 - apart) <= 1


def test_the_systems_clock_is_followed_in_naive_utc() -> None:
    clock = Clock()
    now = clock.now()
    assert now.tzinfo is None
    assert abs(now - datetime.now(UTC).replace(tzinfo=None)) < timedelta(seconds=5)
    local = clock.local(now)
    left = clock.seconds_to_midnight()
    assert 0 <= left <= 86400
    assert (local + timedelta(seconds=left + 2)).date() == local.date() + timedelta(days=1)


def test_a_zone_that_is_none_is_refused_in_words() -> None:
    for name in ("Regina/Nowhere", "", "../../etc/passwd"):
        with pytest.raises(CofpError, match="time zone"):
            zone(name)


def test_the_monotonic_clock_never_goes_back() -> None:
    seen = [monotonic() for _ in range(100)]
    assert seen == sorted(seen)
