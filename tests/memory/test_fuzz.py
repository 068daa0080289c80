from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ft_cards.memory.fuzz import luck_of, spread, whole_days
from ft_cards.memory.records import CardKey


def test_luck_is_the_same_everywhere_and_changes_with_card_and_count():
    lucks = [luck_of(CardKey(guid, number), reviews) for guid in "ab" for number in (0, 1) for reviews in (0, 1)]
    assert len(set(lucks)) == 8
    assert luck_of(CardKey("a", 0), 0) == pytest.approx(0.6075729, abs=1e-7)


def test_luck_is_spread_evenly():
    tenths = Counter(int(10 * luck_of(CardKey(f"card-{number}", 0), 3)) for number in range(10_000))
    assert sorted(tenths) == list(range(10))
    assert all(850 < count < 1150 for count in tenths.values())


@pytest.mark.parametrize(
    ("interval", "days"),
    [(1, 0), (2.4, 0), (2.5, 1), (7, 1.675), (20, 2.975), (100, 6.975)],
)
def test_an_interval_is_spread_as_in_anki(interval, days):
    assert spread(interval) == pytest.approx(days)


@pytest.mark.parametrize(
    ("interval", "possible"),
    [(1.0, [1]), (2.4, [2]), (3.0, [2, 3, 4]), (10.0, [8, 9, 10, 11, 12]), (20.0, list(range(17, 24)))],
)
def test_every_day_in_the_spread_is_given(interval, possible):
    given_days = sorted({whole_days(interval, number / 1000, 1, 36500) for number in range(1000)})
    assert given_days == possible


def test_without_luck_an_interval_is_rounded():
    assert [whole_days(days, None, 1, 30) for days in (0.2, 2.6, 17.4, 99.0)] == [1, 3, 17, 30]


@settings(deadline=None)
@given(st.floats(0, 1e6), st.none() | st.floats(0, 1, exclude_max=True), st.integers(1, 400), st.integers(1, 400))
def test_an_interval_stays_within_its_bounds(interval, luck, least, most):
    assert min(least, most) <= whole_days(interval, luck, least, most) <= most
