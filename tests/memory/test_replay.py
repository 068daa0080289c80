from dataclasses import replace

import pytest
from memory_builders import AGAIN, EASY, GOOD, HARD

from ft_cards.memory.parameters import DEFAULT_WEIGHTS, Parameters
from ft_cards.memory.records import (
    CardKey,
    CardStatus,
    Event,
    EventKind,
    Learning,
    New,
    Review,
    Reviewed,
    StudyDay,
    UtcMillis,
)
from ft_cards.memory.replay import replay

KEY = CardKey("lora-factors", 2)
DEFAULT = Parameters()
OTHER = Parameters((0.5, *DEFAULT_WEIGHTS[1:3], 12.0, *DEFAULT_WEIGHTS[4:]))


def review(number, day, grade, interval=None, parameters=DEFAULT):
    instant = UtcMillis(day * 86_400_000)
    return Review(number, KEY, instant, StudyDay(day), grade, "new", interval, 5000, None, parameters)


def event(number, day, kind, target=None, parameters=None):
    return Event(number, KEY, UtcMillis(day * 86_400_000), StudyDay(day), kind, target, parameters)


def test_no_actions_leave_a_blank_status():
    assert replay(KEY, []) == CardStatus(KEY)


def test_the_interval_that_was_promised_is_kept():
    status = replay(KEY, [review(1, 100, EASY, 11)])
    memory = Reviewed(8.2956, 1.0, StudyDay(100), StudyDay(111))
    assert status == CardStatus(KEY, 1, memory, 1, 0, False, None, DEFAULT)


def test_lapses_count_only_cards_that_were_past_the_steps():
    actions = [review(1, 100, AGAIN), review(2, 100, EASY, 2), review(3, 102, AGAIN), review(4, 102, AGAIN)]
    status = replay(KEY, actions)
    assert (status.reviews, status.lapses, type(status.memory)) == (4, 1, Learning)


def test_what_is_done_by_hand_leaves_the_memory_alone():
    actions = [
        review(1, 100, EASY, 8),
        event(2, 100, EventKind.SUSPEND),
        event(3, 100, EventKind.BURY, 105),
        event(4, 101, EventKind.UNSUSPEND),
        event(5, 101, EventKind.SUSPEND),
    ]
    before = replay(KEY, actions[:1])
    assert replay(KEY, actions) == replace(before, version=5, suspended=True, buried_until=105)
    assert replay(KEY, [*actions, event(6, 101, EventKind.UNBURY)]).buried_until is None


def test_a_reset_forgets_the_card_and_keeps_it_suspended():
    actions = [review(1, 1, EASY, 8), event(2, 1, EventKind.SUSPEND), event(3, 2, EventKind.RESET)]
    assert replay(KEY, actions) == CardStatus(KEY, 3, New(), suspended=True)


def test_setting_a_card_due_moves_the_day_and_not_the_strength():
    actions = [review(1, 100, EASY, 8), event(2, 103, EventKind.SET_DUE, 104, DEFAULT)]
    assert replay(KEY, actions).memory == Reviewed(8.2956, 1.0, StudyDay(100), StudyDay(104))


def test_setting_a_new_card_due_makes_it_a_reviewed_one():
    status = replay(KEY, [event(1, 100, EventKind.SET_DUE, 107, DEFAULT)])
    memory = status.memory
    assert isinstance(memory, Reviewed)
    assert (memory.stability, memory.last_day, memory.due_day) == (pytest.approx(7.0), 100, 107)


def test_under_other_weights_the_whole_history_is_counted_again():
    grades = [(1, 100, GOOD), (2, 100, GOOD), (3, 102, HARD), (4, 106, AGAIN), (5, 106, GOOD)]
    under_other = [review(*answer, 3, OTHER) for answer in grades]
    changed_late = [review(*answer, 3, DEFAULT) for answer in grades[:4]] + under_other[4:]
    assert replay(KEY, changed_late) == replay(KEY, under_other)
    assert replay(KEY, changed_late[:4]) != replay(KEY, under_other[:4])


def test_another_desired_retention_does_not_touch_the_strength():
    lax = replace(DEFAULT, desired_retention=0.8)
    memories = [
        replay(KEY, [review(1, 100, EASY, 8, first), review(2, 108, GOOD, 20, second)]).memory
        for first, second in ((DEFAULT, DEFAULT), (DEFAULT, lax), (lax, lax))
    ]
    assert memories[0] == memories[1] == memories[2]
