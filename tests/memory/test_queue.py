import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from memory_builders import AGAIN, EASY, GOOD, answer, keys, later, moment

from ft_cards.memory.parameters import Parameters
from ft_cards.memory.queue import Counts, Queue, QueueSettings, cram, is_leech, order, spread_evenly
from ft_cards.memory.records import CardKey, CardStatus, EventKind, StudyDay, UtcMillis
from ft_cards.memory.situation import Due, InSteps, Situation
from ft_cards.memory.store import Store

TODAY, NOW = StudyDay(9600), UtcMillis(1_777_000_000_000)
A, B, C, D = keys("a", "b", "c", "d")


def situation(*, learning=(), due=(), hidden=(), studied=(), answered=()):
    sets = frozenset(hidden), frozenset(studied) | {card.key for card in (*learning, *due)}
    return Situation(NOW, TODAY, tuple(learning), tuple(due), *sets, tuple(answered))


def step(key, minutes, last_day=TODAY):
    return InSteps(key, UtcMillis(NOW + minutes * 60_000), last_day)


def due(key, elapsed, stability):
    return Due(key, StudyDay(TODAY - elapsed), stability)


def test_steps_come_first_and_those_that_are_ahead_last():
    now = situation(learning=[step(A, -1), step(B, 19), step(C, 21)], due=[due(D, 5, 5.0)])
    queue = order([A, B, C, D, *keys("e")], now, QueueSettings())
    assert queue == Queue((A, D, CardKey("e", 0), B), Counts(1, 2, 1), UtcMillis(NOW + 21 * 60_000))


def test_a_step_from_another_day_is_due_at_once():
    now = situation(learning=[step(A, 300, StudyDay(TODAY - 1)), step(B, 300)])
    assert order([A, B], now, QueueSettings()) == Queue((A,), Counts(0, 1, 0), UtcMillis(NOW + 300 * 60_000))


def test_reviews_are_ordered_by_how_far_the_recall_has_sunk():
    now = situation(due=[due(A, 10, 10.0), due(B, 3, 1.0), due(C, 30, 20.0)])
    assert order([A, B, C], now, QueueSettings()).cards == (B, C, A)


def test_new_cards_come_in_the_order_of_the_source_up_to_the_limit():
    fresh = keys(*"zyxwv")
    assert order(fresh, situation(), QueueSettings(new_per_day=3)) == Queue(tuple(fresh[:3]), Counts(3, 0, 0))


def test_a_seed_shuffles_new_cards_and_they_keep_their_order_when_one_leaves():
    fresh = keys(*"zyxwvutsr")
    shuffled = QueueSettings(seed=7)
    first = order(fresh, situation(), shuffled).cards
    assert sorted(first) == sorted(fresh)
    assert list(first) != fresh
    assert order(fresh, situation(studied=first[:2]), shuffled).cards == first[2:]
    assert order(fresh, situation(), QueueSettings(seed=8)).cards != first


def test_the_limits_count_what_was_done_today():
    done = [(CardKey("x", 0), "new"), (CardKey("y", 0), "review"), (CardKey("x", 0), "learning")]
    now = situation(due=[due(A, 3, 1.0), due(B, 2, 1.0)], answered=done)
    queue = order([A, B, C, D], now, QueueSettings(new_per_day=2, reviews_per_day=2))
    assert queue.counts == Counts(1, 0, 1)
    assert sorted(queue.cards) == [A, C]
    assert order([A, B, C, D], now, QueueSettings(new_per_day=1, reviews_per_day=1)).cards == ()


def test_one_sibling_a_day():
    one, two, three = keys("note", blanks=3)
    fresh = order([one, two, three, A], situation(), QueueSettings())
    assert fresh.cards == (one, A)
    assert order([one, two], situation(due=[due(two, 1, 1.0)]), QueueSettings()).cards == (two,)
    assert order([one, two], situation(learning=[step(two, 500)]), QueueSettings()).cards == ()
    after = situation(due=[due(three, 1, 1.0)], studied=[one], answered=[(one, "new")])
    assert order([one, two, three], after, QueueSettings()).cards == ()


def test_a_card_may_come_again_on_the_day_it_was_answered():
    now = situation(due=[due(A, 0, 1.0)], answered=[(A, "review")])
    assert order([A], now, QueueSettings()).cards == (A,)


def test_cards_of_other_projects_are_left_out():
    now = situation(learning=[step(A, -1)], due=[due(B, 1, 1.0)])
    assert order([C], now, QueueSettings()).cards == (C,)


def test_cramming_shows_all_but_the_hidden_ones():
    now = situation(learning=[step(A, 500)], due=[due(B, 1, 1.0)], hidden=[C], studied=[C])
    assert cram([D, C, B, A], now) == Queue((D, B, A), Counts(1, 0, 2))
    assert sorted(cram([D, C, B, A], now, seed=1).cards) == [A, B, D]


def test_a_leech_is_a_card_that_lapsed_eight_times():
    leeches = [is_leech(CardStatus(A, lapses=lapses), QueueSettings()) for lapses in (7, 8, 9)]
    assert leeches == [False, True, True]
    assert not is_leech(CardStatus(A, lapses=9), QueueSettings(leech_lapses=0))


@pytest.mark.parametrize("name", ["new_per_day", "reviews_per_day", "learn_ahead", "leech_lapses"])
def test_a_negative_setting_is_refused(name):
    with pytest.raises(ValueError, match=f"{name} can't be negative, and -1 is"):
        QueueSettings(**{name: -1})


def test_new_cards_stand_evenly_among_reviews():
    reviews, new = keys(*"123456"), keys(*"xy")
    mixed = "".join(key.guid for key in spread_evenly(reviews, new, 0, 0))
    assert mixed == "12x34y56"


@settings(deadline=None)
@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 60))
def test_the_course_of_the_day_does_not_change_on_the_way(reviews, new, steps):
    old, fresh = (
        keys(*(f"r{number}" for number in range(reviews))),
        keys(*(f"n{number}" for number in range(new))),
    )
    plan = list(spread_evenly(old, fresh, 0, 0))
    steps = min(steps, len(plan))
    done_new = sum(key in fresh for key in plan[:steps])
    done_reviews = steps - done_new
    rest = list(spread_evenly(old[done_reviews:], fresh[done_new:], done_reviews, done_new))
    assert rest == plan[steps:]


def test_a_day_with_a_real_store_goes_from_new_to_done(tmp_path):
    cards = keys("p", blanks=2) + keys("q")
    p0, p1, q0 = cards
    with Store(tmp_path / "reviews.sqlite3", moment().day) as store:
        assert order(cards, store.situation(moment()), QueueSettings()).cards == (p0, q0)
        answer(store, p0, GOOD, moment())
        answer(store, q0, EASY, later(minutes=1))
        queue = order(cards, store.situation(later(minutes=2)), QueueSettings())
        assert queue == Queue((p0,), Counts(0, 1, 0))
        answer(store, p0, GOOD, later(minutes=11))
        assert order(cards, store.situation(later(minutes=12)), QueueSettings()).cards == ()
        assert order(cards, store.situation(later(days=1)), QueueSettings()).cards == (p1,)
        answer(store, p1, AGAIN, later(days=1))
        assert order(cards, store.situation(later(days=9)), QueueSettings()).cards == (p1, q0)


def test_hidden_cards_come_back_when_they_are_due(tmp_path):
    cards = keys("p", "q")
    p0, q0 = cards
    with Store(tmp_path / "reviews.sqlite3", moment().day) as store:
        store.mark(p0, EventKind.BURY, moment())
        store.mark(q0, EventKind.SUSPEND, moment())
        assert order(cards, store.situation(moment()), QueueSettings()).cards == ()
        assert order(cards, store.situation(later(days=1)), QueueSettings()).cards == (p0,)
        assert cram(cards, store.situation(moment())).cards == ()
        store.mark(q0, EventKind.UNSUSPEND, later(days=1))
        assert order(cards, store.situation(later(days=1)), QueueSettings()).cards == (p0, q0)
        store.mark(q0, EventKind.SET_DUE, later(days=1), target=later(days=3).day, parameters=Parameters())
        assert order(cards, store.situation(later(days=3)), QueueSettings()).cards == (q0, p0)
