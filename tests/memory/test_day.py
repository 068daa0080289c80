from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_builders import at

from ft_cards.memory.day import Calendar, date_of
from ft_cards.memory.records import StudyDay, UtcMillis

ZONES = [
    "UTC", "Europe/Berlin", "America/New_York", "America/Sao_Paulo", "Australia/Lord_Howe", "Asia/Kolkata",
    "Asia/Kathmandu", "Pacific/Auckland", "Pacific/Chatham", "America/Los_Angeles", "Africa/Casablanca",
]  # fmt: skip
RECENT = st.integers(at("2015-01-01 00:00"), at("2036-01-01 00:00"))
calendars = st.builds(Calendar, st.sampled_from(ZONES).map(ZoneInfo), st.integers(0, 23))


def test_the_day_ends_at_the_rollover_hour_and_not_at_midnight():
    berlin = Calendar(ZoneInfo("Europe/Berlin"))
    evening, night, before, after = (
        berlin.day_of(at(f"2026-05-{wall}")) for wall in ("01 23:59", "02 00:01", "02 03:59", "02 04:00")
    )
    assert (night - evening, before - evening, after - evening) == (0, 0, 1)
    assert date_of(evening) == date(2026, 5, 1)


def test_day_zero_is_the_first_of_january_2000():
    assert Calendar(ZoneInfo("UTC"), 0).day_of(at("2000-01-01 00:00", "UTC")) == 0
    assert Calendar(ZoneInfo("UTC"), 0).day_of(at("1999-12-31 23:59", "UTC")) == -1


@pytest.mark.parametrize(
    ("wall", "hours"), [("2026-03-28 12:00", 23), ("2026-10-24 12:00", 25), ("2026-05-01 12:00", 24)]
)
def test_a_day_has_23_or_25_hours_where_the_clocks_change(wall, hours):
    berlin = Calendar(ZoneInfo("Europe/Berlin"))
    day = berlin.day_of(at(wall))
    assert berlin.start_of(StudyDay(day + 1)) - berlin.start_of(day) == hours * 3_600_000


def test_an_hour_that_comes_twice_begins_the_day_once():
    two = Calendar(ZoneInfo("Europe/Berlin"), 2)
    before = two.day_of(at("2026-10-25 01:59"))
    first = two.day_of(at("2026-10-25 02:30", fold=0))
    second = two.day_of(at("2026-10-25 02:30", fold=1))
    assert (first - before, second - before) == (1, 1)


def test_an_hour_that_never_comes_begins_the_day_all_the_same():
    two = Calendar(ZoneInfo("Europe/Berlin"), 2)
    assert two.day_of(at("2026-03-29 03:00")) - two.day_of(at("2026-03-29 01:59")) == 1


def test_a_moment_knows_when_its_day_ends():
    now = Calendar(ZoneInfo("Europe/Berlin")).moment(at("2026-05-02 01:00"))
    assert (date_of(now.day), now.ends_at) == (date(2026, 5, 1), at("2026-05-02 04:00"))


def test_without_a_zone_the_system_says_the_time():
    calendar = Calendar()
    assert calendar.day_of(calendar.start_of(StudyDay(9000))) == 9000


@pytest.mark.parametrize("hour", [-1, 24])
def test_an_hour_that_no_clock_shows_is_refused(hour):
    with pytest.raises(ValueError, match=f"the rollover hour is from 0 to 23, not {hour}"):
        Calendar(None, hour)


@settings(deadline=None)
@given(calendars, RECENT, st.integers(0, 3 * 86_400_000))
def test_days_never_run_backwards(calendar, instant, ahead):
    assert calendar.day_of(UtcMillis(instant)) <= calendar.day_of(UtcMillis(instant + ahead))


@settings(deadline=None)
@given(calendars, st.integers(5600, 13000))
def test_a_day_starts_where_the_one_before_ends(calendar, day):
    start = calendar.start_of(StudyDay(day))
    assert calendar.day_of(start) == day
    assert calendar.day_of(UtcMillis(start - 1000)) == day - 1
